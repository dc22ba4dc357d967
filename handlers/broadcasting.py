"""The team writes to many at once: planned in chunks, sent at most once, and stopped whenever the team wants it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.events import (
    CampaignBegun,
    CampaignsDue,
    CampaignSteered,
    CampaignTapped,
    CampaignWeighed,
    Plan,
)
from handlers.menu import REWARDS, SHARE, STATUS, TOP
from handlers.outcome import LASTS, Outcome
from handlers.programs import running_program
from handlers.refusing import Refused
from handlers.staffing import no_access, team_member
from messages.codec import encode
from messages.message import Act, Announced, Button, Message, Phrase, Value
from referrals.periods import period_key
from referrals.quiet import Night, chosen_night, leaves_at, read_night, zone_of
from referrals.segments import read_segment
from storage.campaigns import CANCELLED, DONE, PAUSED, RUNNING, Campaign
from storage.planning import Chunk, Group, Place
from storage.segments import Audience
from storage.store import Store

SENDS = "manager"
BUTTONS: Mapping[str, Act] = {"share": SHARE, "status": STATUS, "rewards": REWARDS, "top": TOP}
LONGEST_TITLE = 60
# From which states, to which state.
STEPS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "pause": ((RUNNING,), PAUSED),
    "resume": ((PAUSED,), RUNNING),
    "cancel": ((RUNNING, PAUSED), CANCELLED),
}


async def on_campaign_weighed(event: CampaignWeighed, store: Store) -> Outcome:
    """Tell whom a message would reach, who is left out and why, and who is asleep; a pure read."""
    zone = ZoneInfo(event.plan.zone)
    week = period_key("week", event.at, zone)
    program = await running_program(store)
    if program is None:
        raise Refused("no-program")
    groups = await store.planning.weigh(await _audience(event.plan, store), week=week, per_week=event.per_week)
    written = [group for group in groups if not group.reason]
    left_out: dict[str, int] = {}
    for group in groups:
        if group.reason:
            left_out[group.reason] = left_out.get(group.reason, 0) + group.count
    mornings = _mornings({(group.zone, group.quiet) for group in written}, event.plan, event.at)
    asleep = [(group, mornings[group.zone, group.quiet]) for group in written if (group.zone, group.quiet) in mornings]
    return Outcome(
        reply={
            "program": program.name,
            "matching": sum(group.count for group in groups),
            "written": sum(group.count for group in written),
            "platforms": _summed(written, "platform"),
            "languages": _summed(written, "language"),
            "left_out": left_out,
            "asleep": sum(group.count for group, _ in asleep),
            "last_morning": max((morning for _, morning in asleep), default=None),
        }
    )


async def on_campaign_begun(event: CampaignBegun, store: Store) -> Outcome:
    """Begin a campaign: the clock plans it from now on, and what is planned leaves."""
    program = await running_program(store)
    if program is None:
        raise Refused("no-program")
    plan = event.plan
    campaign = Campaign(
        id=event.draw.id("cmp"),
        state=RUNNING,
        message=encode(announcement(event.texts, plan.language, program.name, event.button)),
        segment={
            "where": str(read_segment(plan.segment)),
            "platforms": list(plan.platforms),
            "zone": plan.zone,
            "language": plan.language,
            "quiet_hours": plan.quiet_hours,
        },
        title=_title(next(iter(event.texts.values()))),
        asked_by=event.asked_by,
        created_at=event.at,
    )
    await store.campaigns.add(campaign)
    return Outcome(reply={"campaign": campaign.id})


async def on_campaigns_due(event: CampaignsDue, store: Store) -> Outcome:
    """Plan the next few notices of a campaign, drop the next few of a cancelled one, close those that are through."""
    chunk = await store.planning.next(event.most)
    if chunk is not None:
        await _plan(chunk, event.at, store)
        return Outcome(more=True)
    await store.campaigns.end_those_done(event.at)
    return Outcome(more=await store.campaigns.drop_some(event.at, event.most))


async def on_campaign_steered(event: CampaignSteered, store: Store) -> Outcome:
    """Pause, resume or cancel a campaign from the command line."""
    found = await store.campaigns.by_id(event.campaign)
    if found is None:
        raise Refused("unknown-campaign")
    states, to = STEPS[event.to]
    moved = await store.campaigns.move(found.id, states=states, to=to)
    return Outcome(reply={"state": (moved or found).state, "moved": moved is not None})


async def on_campaign_tapped(event: CampaignTapped, store: Store) -> Outcome:
    """Pause, resume or cancel a campaign under its message in the team's channel; a second tap changes nothing."""
    if await team_member(event, store, at_least=SENDS) is None:
        return await no_access(event, store, at_least=SENDS)
    states, to = STEPS[event.to]
    await store.campaigns.move(event.campaign, states=states, to=to)
    found = await store.campaigns.by_id(event.campaign)
    if found is None:
        return Outcome(answers=(Message(key="broadcasting.unknown-campaign"),))
    return Outcome(
        answers=(replace(progress(found), in_place=True),), toast=Phrase(f"broadcasting.toast-{found.state}")
    )


def announcement(texts: Mapping[str, str], first: str, program: str, button: str) -> Message:
    """Say what the team wrote, why it came, and how to end it with one tap."""
    end = Act(label="broadcasting.button-no-more", action="set", about="news:end")
    offered: tuple[tuple[Button, ...], ...] = ((BUTTONS[button],),) if button else ()
    first = first if first in texts else next(iter(texts))
    return Message(
        key="broadcasting.announcement",
        values={"text": Announced(texts, first)},
        lines=(Phrase("broadcasting.why", {"program": program}),),
        buttons=(*offered, (end,)),
    )


def progress(campaign: Campaign) -> Message:
    """Show the team how far a campaign is, with what can be done about it."""
    figures: dict[str, Value] = {"planned": campaign.planned, "sent": campaign.sent, "waiting": campaign.waiting}
    lines = [Phrase("broadcasting.figures", figures)]
    ends: dict[str, int] = {
        "suppressed": campaign.suppressed,
        "unknown": campaign.unknown,
        "failed": campaign.failed,
    }
    lines += [Phrase(f"broadcasting.{end}", {"count": count}) for end, count in ends.items() if count]
    if where := campaign.segment.get("where"):
        lines.append(Phrase("broadcasting.segment", {"segment": str(where)}))
    return Message(
        key=f"broadcasting.progress-{_stage(campaign)}",
        values={"title": campaign.title},
        lines=tuple(lines),
        buttons=_controls(campaign),
    )


def _stage(campaign: Campaign) -> str:
    if campaign.state == RUNNING and campaign.planned_at is None:
        return "planning"
    return "cancelling" if campaign.state == CANCELLED and campaign.ended_at is None else campaign.state


def _controls(campaign: Campaign) -> tuple[tuple[Button, ...], ...]:
    if campaign.state in {CANCELLED, DONE}:
        return ()
    goes_on = "pause" if campaign.state == RUNNING else "resume"
    return (
        (
            Act(label=f"broadcasting.button-{goes_on}", action=goes_on, about=campaign.id),
            Act(label="broadcasting.button-cancel", action="cancel", about=campaign.id, style="danger"),
        ),
    )


async def _plan(chunk: Chunk, at: datetime, store: Store) -> None:
    kept = chunk.campaign.segment
    plan = Plan(
        segment=str(kept["where"]),
        platforms=tuple(kept["platforms"]),
        zone=str(kept["zone"]),
        language=str(kept["language"]),
        quiet_hours=str(kept["quiet_hours"]),
    )
    mornings = _mornings(set(chunk.places), plan, at)
    audience = await _audience(plan, store)
    await store.planning.put(chunk, audience, at=at, mornings=mornings, expires_at=chunk.campaign.created_at + LASTS)


async def _audience(plan: Plan, store: Store) -> Audience:
    program = await store.programs.running()
    return Audience(
        segment=read_segment(plan.segment),
        program=program.program_id if program else "",
        zone=ZoneInfo(plan.zone),
        language=plan.language,
        platforms=plan.platforms,
    )


def _mornings(places: set[Place], plan: Plan, at: datetime) -> dict[Place, datetime]:
    """Say of each place where it is night when it will be morning."""
    usual: Night | None = read_night(plan.quiet_hours)
    found = {}
    for zone, quiet in places:
        morning = leaves_at(at, chosen_night(quiet, usual), zone_of((zone,), ZoneInfo(plan.zone)))
        if morning > at:
            found[zone, quiet] = morning
    return found


def _summed(groups: list[Group], name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for group in groups:
        key = getattr(group, name) or ""
        found[key] = found.get(key, 0) + group.count
    return found


def _title(text: str) -> str:
    """Take the first words of a text, by which the team knows it again."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
