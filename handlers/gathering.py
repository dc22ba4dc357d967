"""What a judgement may look at, read beforehand: no more than the rules of the program ask for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from handlers.programs import running_program, terms
from referrals.money import Amount
from referrals.program import Goal, Program
from referrals.ratchet import better_of
from referrals.reported import Facts, Party, Property, Reported, Standing
from referrals.rewarding import ByField, ByStep, Size
from storage.customers import Customer
from storage.events import ReportedEvent
from storage.referrals import Referral
from storage.store import Store

# A till's clock and ours differ by this much at most: the same as the API allows an event to lie ahead.
CLOCK_SKEW = timedelta(minutes=5)
# What stands by itself in `properties`; everything else there is called `property.<name>` by the rules.
_BY_NAME = ("product", "category", "country")
_LONGEST_PROPERTY = 256
# Rules about the advocate: what is known of them, and how many friends they have brought.
_ADVOCATE = frozenset({"advocate", "step"})


@dataclass(kw_only=True)
class Case:
    """One event of one friend, with everything that is needed to judge it and to grant what follows."""

    event: ReportedEvent
    referral: Referral
    friend: Customer
    program: Program  # the terms it is judged by
    history: list[ReportedEvent] = field(default_factory=list)
    facts: Facts

    @property
    def reached_at(self) -> datetime:
        """When a goal is reached by it: not before the friend joined."""
        return max(self.event.occurred_at, self.referral.joined_at)


async def gather(
    event: ReportedEvent, referral: Referral, friend: Customer, store: Store, *, given: Mapping[str, object]
) -> Case:
    """Read what the terms of a referral ask for, to judge one event of its friend."""
    program = await terms_of(referral, store)
    properties = looked_at({program.revision: program, **await _running(store)}.values(), given) if given else {}
    goals = program.goals_for(event.type)
    history = await _history(event, referral, goals, program, store=store)
    fields = set(_fields_of(goals))
    facts = Facts(
        event=_seen(event, referral, program, properties=properties),
        program=program,
        standing=Standing(
            state=referral.state,
            joined_at=referral.joined_at,
            clicked_at=referral.clicked_at,
            reached=referral.times,
        ),
        friend=Party(
            attributes=friend.attributes,
            referrals=await _qualified(friend.id, program, store) if "friend" in fields else 0,
        ),
        advocate=await _advocate(referral, fields, program, store),
        history=[as_reported(past, referral, program) for past in history],
    )
    return Case(event=event, referral=referral, friend=friend, program=program, history=history, facts=facts)


async def terms_of(referral: Referral, store: Store) -> Program:
    """Return the terms a referral is judged by: those it is pinned to, or newer ones that take nothing from anybody."""
    pinned = await terms(store, referral.program_id, referral.revision)
    newest = await running_program(store)
    if newest is None or not newest.applies_to_open or newest.id != pinned.id or newest.revision <= pinned.revision:
        return pinned
    return better_of(pinned, newest)


async def _running(store: Store) -> dict[int, Program]:
    """Return the newest terms too: what they look at is kept, for an event that is judged by them one day."""
    newest = await running_program(store)
    return {newest.revision: newest} if newest else {}


def makes_a_customer(event: str, program: Program) -> bool:
    """Tell whether who does this is a customer from then on, and can no longer be invited."""
    return event == program.new_until


def deeds_of(program: Program) -> list[str]:
    """List the types of events that make somebody a customer."""
    return [program.new_until]


def earliest(referral: Referral, program: Program) -> datetime:
    """Return from when on an event counts: a till's clock may be behind, and a code may have been given late."""
    return referral.joined_at - max(CLOCK_SKEW, program.late_claim)


def as_reported(event: ReportedEvent, referral: Referral, program: Program) -> Reported:
    """Show a kept event to the rules."""
    return _seen(event, referral, program, properties=kept_properties(event))


def kept_properties(event: ReportedEvent) -> Mapping[str, Property]:
    """Read back the properties that were kept of an event."""
    return {name: value if isinstance(value, str) else tuple(value) for name, value in event.properties.items()}


def looked_at(programs: Iterable[Program], given: Mapping[str, object]) -> dict[str, Property]:
    """Keep of an event's properties those that a rule of these terms looks at, as texts."""
    wanted = {
        name.removeprefix("property.")
        for program in programs
        for goal in program.goals
        for name in _names_of(goal)
        if name in _BY_NAME or name.startswith("property.")
    }
    found = {name: _as_text(given[name]) for name in sorted(wanted) if name in given}
    return {name: value for name, value in found.items() if value}


def _seen(
    event: ReportedEvent, referral: Referral, program: Program, *, properties: Mapping[str, Property]
) -> Reported:
    at = event.occurred_at
    if earliest(referral, program) <= at < referral.joined_at:
        at = referral.joined_at
    return Reported(
        type=event.type, amount=event.left, occurred_at=at, source=event.source, properties=dict(properties)
    )


async def _history(
    event: ReportedEvent, referral: Referral, goals: tuple[Goal, ...], program: Program, *, store: Store
) -> list[ReportedEvent]:
    """Read what else the friend did, where a goal looks back or a reward waits for something that may be there."""
    types = {kind for goal in goals if goal.is_replayed for kind in goal.events}
    types |= {goal.hold.until_event for goal in goals if goal.hold.until_event}
    if not types:
        return []
    since = earliest(referral, program)
    found = await store.events.history(referral.friend_id, program=program.id, types=sorted(types), since=since)
    return [past for past in found if past.id != event.id]


async def _advocate(referral: Referral, fields: set[str], program: Program, store: Store) -> Party:
    if not fields & _ADVOCATE:
        return Party()
    # Held, so that of two friends who buy at once one is the next referral and the other the one after it.
    locked = await store.customers.lock([referral.advocate_id])
    advocate = locked.get(referral.advocate_id)
    count = await _qualified(referral.advocate_id, program, store)
    return Party(attributes=advocate.attributes if advocate else {}, referrals=count)


def asks_about_advocates(programs: Iterable[Program]) -> bool:
    """Tell whether a rule looks at the advocate, who is locked for that: their friends come one after the other."""
    return any(field in _ADVOCATE for program in programs for field in _fields_of(program.goals))


async def _qualified(customer: str, program: Program, store: Store) -> int:
    counts = await store.referrals.counts_of(program.id, customer)
    return counts.get("qualified", 0) + counts.get("completed", 0)


def _fields_of(goals: tuple[Goal, ...]) -> Iterator[str]:
    """Say about whom the rules ask: the first part of each field, and "step" for more to those who bring more."""
    for goal in goals:
        yield from (name.partition(".")[0] for name in _names_of(goal))
        if any(isinstance(option.size, ByStep) for rule in goal.rewards for option in rule.options):
            yield "step"


def _names_of(goal: Goal) -> Iterator[str]:
    yield from (condition.field for condition in goal.when.conditions())
    if goal.count.field:
        yield goal.count.field
    for rule in goal.rewards:
        for option in rule.options:
            yield from _names_in(option.size)


def _names_in(size: Size) -> Iterator[str]:
    if isinstance(size, ByField):
        yield size.field
    if isinstance(size, ByStep):
        for _, step in size.steps:
            yield from _names_in(step)


def _as_text(value: object) -> Property:
    """Write a property as rules read it: a text, or several; nothing of what is neither."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return value[:_LONGEST_PROPERTY]
        case int() | float() | Decimal():
            return format(Decimal(str(value)), "f")[:_LONGEST_PROPERTY]
        case list() | tuple():
            return tuple(text for item in value[:50] if isinstance(text := _as_text(item), str) and text)
    return ()


def amount_of(event: ReportedEvent) -> Amount | None:
    """Return what an event was about when it was reported."""
    return Amount(event.amount, event.unit) if event.amount is not None and event.unit else None
