"""Someone asks how their referrals stand."""

from collections.abc import Mapping, Sequence

from handlers.acquaintance import called, recognize
from handlers.events import StatusAsked
from handlers.granting import said
from handlers.menu import HELP, PANEL_REWARDS, SHARE, in_pairs, why_button
from handlers.outcome import Outcome
from handlers.programs import running_program, terms, worth
from handlers.promising import FIRST_PURCHASE, deed, is_endless, what_counts
from messages.message import Act, Button, Day, Message, Phrase, Value, Values
from referrals.program import Program
from storage.customers import Customer
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store

PAGE = 5
# What is said of the one reward that a referral has brought, by what has become of it.
_PLACES = {"redeemed": "used", "expired": "expired", "pending": "coming"}


async def on_status_asked(event: StatusAsked, store: Store) -> Outcome:
    """List every referral by the five words, with its date and next step; a pure read."""
    customer = await recognize(event, store)
    program = await running_program(store)
    if customer is None or program is None:
        return Outcome(answers=(Message(key="standing.not-started", buttons=((SHARE, HELP),)),))
    message = await overview(customer, program, store, page=event.page)
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone)


async def overview(customer: Customer, program: Program, store: Store, *, page: int | None = None) -> Message:
    """Show how the referrals of a customer stand, from the newest on or a page further back."""
    standing = await store.standings.of(program.id, customer.id)
    total = sum(standing.counts.values())
    shown_page = min(max(page or 0, 0), max(0, (total - 1) // PAGE))
    found = await store.standings.page(program.id, customer.id, offset=shown_page * PAGE, limit=PAGE) if total else []
    shown, names = [referral for referral, _ in found], {referral.friend_id: name for referral, name in found}
    lines = await _lines(shown, customer.id, names, store)
    asking = _asking(shown, names)
    if standing.own is not None:
        lines += (Phrase("standing.own", {"line": await where_friend_stands(standing.own, store)}),)
        asking.append(why_button(standing.own.id, Phrase("standing.own-invitation")))
    if standing.shares and not shown_page:
        lines += (Phrase("standing.shares", {"shares": standing.shares}),)
    return Message(
        key="standing.overview" if total else "standing.nobody-yet",
        values=_counts(standing.counts, standing.visits),
        lines=lines,
        buttons=_buttons(shown_page, total, asking),
        in_place=page is not None,
    )


async def where_friend_stands(referral: Referral, store: Store) -> Phrase:
    """Say in one line how an invitation stands for the friend who was invited, and what comes next."""
    program = await terms(store, referral.program_id, referral.revision)
    advocate = await store.customers.by_id(referral.advocate_id)
    rewards = await _rewards_of([referral], referral.friend_id, store)
    name = called(advocate.first_name if advocate else "")
    return _line("friend", referral, name, rewards.get(referral.id, []), program)


async def lines_of(shown: list[Referral], advocate: str, store: Store) -> tuple[Phrase, ...]:
    """Put an advocate's referrals into words, one line each."""
    return await _lines(shown, advocate, await _names_of(shown, store), store)


async def asking_of(shown: list[Referral], store: Store) -> list[Act]:
    """Return the button for each of an advocate's referrals that asks why it stands there."""
    return _asking(shown, await _names_of(shown, store))


async def _names_of(shown: list[Referral], store: Store) -> dict[str, str]:
    friends = await store.customers.by_ids(referral.friend_id for referral in shown)
    return {friend.id: friend.first_name for friend in friends.values()}


def _asking(shown: list[Referral], names: Mapping[str, str]) -> list[Act]:
    return [why_button(referral.id, called(names.get(referral.friend_id, ""))) for referral in shown]


async def _lines(shown: list[Referral], advocate: str, names: Mapping[str, str], store: Store) -> tuple[Phrase, ...]:
    rewards = await _rewards_of(shown, advocate, store)
    lines = []
    for referral in shown:
        pinned = await terms(store, referral.program_id, referral.revision)
        name = called(names.get(referral.friend_id, ""))
        lines.append(_line("advocate", referral, name, rewards.get(referral.id, []), pinned))
    return tuple(lines)


async def _rewards_of(shown: list[Referral], customer: str, store: Store) -> dict[str, list[Reward]]:
    """Find what a customer got for each of these referrals, leaving out what was denied or taken back."""
    found: dict[str, list[Reward]] = {}
    # Who has only joined and never reached a goal can have brought nothing yet.
    further = [referral.id for referral in shown if referral.reached or referral.state != "joined"]
    for reward in await store.rewards.of_both_sides(further) if further else ():
        if reward.customer_id == customer and reward.state not in ("denied", "revoked"):
            found.setdefault(str(reward.referral_id), []).append(reward)
    return found


def _line(side: str, referral: Referral, name: str | Phrase, rewards: list[Reward], program: Program) -> Phrase:
    """Put one referral into words: `standing.<side>-<state>`, or the reason when it is ineligible."""
    values: dict[str, Value] = {"name": name, "joined": Day(referral.joined_at), "until": Day(referral.qualify_by)}
    values |= {"deed": deed(program), "next": _next(referral, program)}
    if rewards:
        values |= {"reward": _reward(rewards[0], program), "count": len(rewards)}
    if referral.qualified_at is not None:
        values["qualified"] = Day(referral.qualified_at)
    if referral.completed_at is not None:
        values["completed"] = Day(referral.completed_at)
    if referral.state == "ineligible":
        reason = Phrase(f"standing.reason-{referral.reason}")
        return Phrase(f"standing.{side}-ineligible", {"name": name, "reason": reason})
    minimum = program.goals[0].minimum
    if referral.state == "joined" and minimum is not None and deed(program) == FIRST_PURCHASE:
        return Phrase(f"standing.{side}-joined-minimum", {**values, "minimum": worth(program, minimum)})
    if referral.state == "joined" and is_endless(program) and deed(program) != FIRST_PURCHASE:
        return Phrase(f"standing.{side}-joined-endless", values)
    return Phrase(f"standing.{side}-{referral.state}{_how_many(referral, rewards)}", values)


def _reward(reward: Reward, program: Program) -> Phrase:
    """Say where a reward is; that of one side may still wait when the referral is completed by the other's."""
    place = "waiting" if reward.state == "pending" and reward.waits_for else _PLACES.get(reward.state, "there")
    values: Values = {"gain": said(reward, program), "free": Day(reward.pending_until)}
    return Phrase(f"standing.reward-{place}", values)


def _how_many(referral: Referral, rewards: list[Reward]) -> str:
    if referral.state == "joined" or len(rewards) == 1:
        return ""
    return "-several" if rewards else "-without-reward"


def _next(referral: Referral, program: Program) -> Value:
    """Name the first goal that is still to be reached."""
    left = [goal for goal in program.goals if not referral.times.get(goal.name)]
    return what_counts((left or program.goals)[0], program)


def _counts(counts: Mapping[str, int], visits: int) -> Values:
    return {
        "visits": visits,
        **{state: counts.get(state, 0) for state in ("joined", "qualified", "completed", "ineligible")},
    }


def _buttons(page: int, total: int, asking: Sequence[Act]) -> tuple[tuple[Button, ...], ...]:
    pages: list[Button] = []
    if page > 0:
        pages.append(Act(label="standing.button-newer", action="status", about=str(page - 1)))
    if (page + 1) * PAGE < total:
        pages.append(Act(label="standing.button-older", action="status", about=str(page + 1)))
    refresh = Act(label="standing.button-refresh", action="status", about=str(page))
    rows = (tuple(pages), *in_pairs(asking))
    return (*(row for row in rows if row), (refresh, PANEL_REWARDS), (SHARE,))
