"""Refunds: judged again by what is left of an event, what each reward that stood on it is still worth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from referrals.judging import judge, still_reached
from referrals.money import Amount
from referrals.program import Goal
from referrals.reported import Facts, Reported
from referrals.rewarding import ByField, ByStep, Fixed, Part, Size
from referrals.sizing import amount_of, as_noted


@dataclass(frozen=True, kw_only=True)
class Stood:
    """A reward as it stood before a refund."""

    occurrence: int  # for the so manieth time its goal was reached
    by_event: bool  # by the refunded event itself, rather than by another that counts towards the same goal
    size: Size  # of the option it stands for
    worth: Amount  # what it costs, after what was taken from it before


class Way(NamedTuple):
    """An option of a reward: its name, what it is worth, and which size fitted when it was granted."""

    name: str
    worth: Amount
    fitted: str = ""


@dataclass(frozen=True, kw_only=True)
class Left:
    """What a refund leaves of the rewards of a goal."""

    fallen: frozenset[int]  # the times for which the goal is not reached any more
    worth: tuple[Amount, ...]  # of each reward, in the order in which they were handed over


def after_refund(
    goal: Goal, facts: Facts, stood: Sequence[Stood], *, before: Amount, live: int, events: Sequence[Reported] = ()
) -> Left:
    """Say what each reward of a goal is worth after a refund: nothing where it falls, less where it was a part of it.

    `facts` hold what is left of the event, and the friend's other events that stand; `before` is what was left of it
    until now, and `live` how often the goal stood reached. `events` are all of them in the order in which they came,
    where their times alone do not tell it.
    """
    gone = fallen(goal, facts, stood, live=live, events=events)
    left = facts.event.amount
    worth = tuple(
        Amount(0, each.worth.unit)
        if each.occurrence in gone
        else worth_left(each.size, each.worth, before=before, left=left)
        if each.by_event
        else each.worth
        for each in stood
    )
    return Left(fallen=gone, worth=worth)


def fallen(
    goal: Goal, facts: Facts, stood: Iterable[Stood], *, live: int, events: Sequence[Reported] = ()
) -> frozenset[int]:
    """Number the times for which a goal was reached and is not any more, by what is left."""
    by_event: dict[int, bool] = {}
    for each in stood:
        by_event[each.occurrence] = each.by_event or by_event.get(each.occurrence, False)
    if not goal.is_replayed:
        of_event = frozenset(number for number, is_its in by_event.items() if is_its)
        return frozenset() if still_reached(goal, facts) else of_event
    over = live - times_reached_by(goal, facts, events)
    if over <= 0:
        return frozenset()
    if not goal.rewards:
        return frozenset(range(live - over + 1, live + 1))
    # What stood on an event of which nothing is left goes first, then what was reached last.
    is_gone = not stands(facts.event)
    order = sorted(by_event, key=lambda number: (by_event[number] and is_gone, number))
    return frozenset(order[-over:])


def times_reached_by(goal: Goal, facts: Facts, events: Sequence[Reported] = ()) -> int:
    """Count how often a goal is reached by all that stands, judging event after event in the order of their times."""
    came = events or sorted((*facts.history, facts.event), key=lambda event: event.occurred_at)
    standing = list(filter(stands, came))
    alone = replace(facts.program, goals=(goal,))
    times = 0
    for number, event in enumerate(standing):
        position = replace(facts.standing, state="joined", reached={goal.name: times})
        again = replace(facts, event=event, program=alone, standing=position, history=standing[:number])
        times += len(judge(again).reached)
    return times


def size_of(goal: Goal, side: str, way: Way) -> Size:
    """Say how much a side's reward, or an option of it, is: what fitted when it was granted.

    Of rewards from before that was kept, the terms tell what it may have been; what they do not know stays as it is.
    """
    _, worth, fitted = way
    if fitted:
        return as_noted(fitted, worth)
    options = next((rule.options for rule in goal.rewards if rule.side == side), ())
    found = next((each for each in options if each.name == way.name), options[0] if options else None)
    return found.size if found is not None else Fixed(worth)


def worth_left(size: Size, worth: Amount, *, before: Amount, left: Amount | None) -> Amount:
    """Say what a reward, or an option of one, is worth once less is left of its event: only a part of it shrinks.

    Where the terms have several and it was not kept which one fitted, it is known by what it came to: the case or the
    step that fitted then may not fit now.
    """
    for part in _parts(size):
        if isinstance(part, Fixed) and part.amount == worth:
            return worth
    for part in _parts(size):
        if not isinstance(part, Fixed) and amount_of(part, before, worth.unit) == worth:
            less = amount_of(part, left, worth.unit)
            return less if less.minor < worth.minor else worth
    return worth


def options_left(
    goal: Goal, side: str, options: Iterable[Way], *, before: Amount, left: Amount | None
) -> tuple[Amount, ...]:
    """Say what each option of a choice is worth once less is left of its event, whichever of them is picked now."""
    return tuple(worth_left(size_of(goal, side, way), way.worth, before=before, left=left) for way in options)


def room_taken(unit: str, value: int, ways: Iterable[Amount]) -> int:
    """Say how much a reward still takes of a cap by value: what the dearest it can be is worth, and never more."""
    return min(value, max((way.minor for way in ways if way.unit == unit), default=0))


def stands(event: Reported) -> bool:
    """Tell whether anything of an event is left; one without an amount cannot be given back."""
    return event.amount is None or event.amount.minor > 0


def _parts(size: Size) -> list[Part]:
    match size:
        case ByField():
            return [part for _, part in size.cases] + ([size.otherwise] if size.otherwise else [])
        case ByStep():
            return [part for _, step in size.steps for part in _parts(step)]
    return [size]
