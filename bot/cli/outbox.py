"""`grapevine outbox …`: see what waits to leave, and pause, resume or cancel a campaign."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated

import typer

from bot.cli.opening import house_clock, opened, told
from bot.cli.starting import complain, read_settings, told_in_words
from bot.clock import Clock
from bot.outbox.serving import NAMES, REMEDIES, unserved
from bot.settings import Settings
from handlers.events import CampaignSteered
from storage.campaigns import Campaign
from storage.queue import Queued
from storage.workers import served

commands = typer.Typer(help="See what waits to leave, and steer campaigns.", invoke_without_command=True)

SHOWN = 10
CAMPAIGN_HELP = "Its id, as `grapevine outbox` shows it (cmp_…)."
_STATES = {"running": "running", "paused": "paused", "cancelled": "cancelled", "done": "through"}
Chosen = Annotated[str, typer.Argument(help=CAMPAIGN_HELP)]


@commands.callback()
def show(context: typer.Context) -> None:
    """Show what waits by kind and age, and how far the newest campaigns are."""
    if context.invoked_subcommand is not None:
        return
    settings = read_settings()
    with told_in_words():
        lines = asyncio.run(_shown(settings))
    for line in lines:
        typer.echo(line)


@commands.command()
def pause(campaign: Chosen) -> None:
    """Let nothing more of a campaign leave until it is resumed."""
    _steer(campaign, "pause")


@commands.command()
def resume(campaign: Chosen) -> None:
    """Go on with a paused campaign."""
    _steer(campaign, "resume")


@commands.command()
def cancel(campaign: Chosen) -> None:
    """End a campaign: whoever has not got it by now does not get it."""
    _steer(campaign, "cancel")


async def _shown(settings: Settings) -> list[str]:
    async with opened(settings) as database:
        now = (await house_clock(database)).now()
        async with database.reading() as store:
            queued = await store.queue.by_kind(now)
            backlog, workers = await store.outbox.backlog(), await store.workers.every()
            campaigns = await store.campaigns.newest(SHOWN)
    left = unserved(backlog, served(workers, Clock().real_now())) if workers else {}
    return [*_waiting(queued, now), *_left(left), "", *_campaigns(campaigns)]


def _waiting(queued: list[Queued], now: datetime) -> Iterator[str]:
    if not queued:
        yield "Nothing waits."
        return
    yield "kind           due now   later  being sent  oldest due"
    for one in queued:
        oldest = age(now - one.oldest) if one.oldest else "–"
        yield f"{one.kind:<12}{one.due:>10,}{one.later:>8,}{one.sending:>12,}  {oldest}"


def _left(left: Mapping[str, int]) -> Iterator[str]:
    for lane, count in sorted(left.items()):
        remedy = REMEDIES.get(lane, "start a worker that does")
        yield f"{count:,} of these wait for {NAMES.get(lane, lane)}, by which no worker sends: {remedy}."


def _campaigns(campaigns: list[Campaign]) -> Iterator[str]:
    if not campaigns:
        yield "There has been no campaign. grapevine broadcast begins one."
    for campaign in campaigns:
        is_planned = campaign.planned_at is not None or campaign.ended_at is not None
        of = f"{campaign.planned:,}" if is_planned else f"{campaign.planned:,} so far"
        yield f"{campaign.id}  {_STATES.get(campaign.state, campaign.state):<9}  sent {campaign.sent:,} of {of}"
        others = {"waiting": campaign.waiting, "not written to": campaign.suppressed}
        others |= {"unknown": campaign.unknown, "refused": campaign.failed}
        said = ", ".join(f"{name} {count:,}" for name, count in others.items() if count)
        yield f"    {campaign.title}" + (f"  ({said})" if said else "")


def age(waited: timedelta) -> str:
    """Write how long something has waited, to the unit that matters."""
    seconds = max(0, int(waited.total_seconds()))
    for unit, length in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"


def _steer(campaign: str, to: str) -> None:
    settings = read_settings()
    with told_in_words():
        outcome = asyncio.run(told(settings, CampaignSteered, campaign=campaign, to=to))
    if outcome.refused:
        complain("There is no campaign with this id. `grapevine outbox` lists them.")
        raise typer.Exit(1)
    state = _STATES.get(str(outcome.reply["state"]), "")
    typer.echo(f"{campaign} is {state} now." if outcome.reply["moved"] else f"{campaign} is {state}; nothing changed.")
