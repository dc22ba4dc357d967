"""Refunds: judged again by what is left of an event, what each reward that stood on it is still worth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from referrals.judging import judge, still_reached
from referrals.money import Amount
from referrals.program import Goal
from referrals.reported import Facts, Reported
from referrals.rewarding import ByField, ByStep, Fixed, Portion, Size
from referrals.sizing import amount_of


@dataclass(frozen=True, kw_only=True)
class Stood:
    """A reward as it stood before a refund."""

    occurrence: int  # for the so manieth time its goal was reached
    by_event: bool  # by the refunded event itself, rather than by another that counts towards the same goal
    size: Size  # of the option it stands for
    worth: Amount  # what it costs, after what was taken from it before


def after_refund(goal: Goal, facts: Facts, stood: Sequence[Stood], *, before: Amount, live: int) -> tuple[Amount, ...]:
    """Say what each reward of a goal is worth after a refund: nothing where it falls, less where it was a percentage.

    `facts` hold what is left of the event, and the friend's other events that stand; `before` is what was left of it
    until now, and `live` how often the goal stood reached.
    """
    gone = fallen(goal, facts, stood, live=live)
    left = facts.event.amount
    return tuple(
        Amount(0, each.worth.unit)
        if each.occurrence in gone
        else worth_left(each.size, each.worth, before=before, left=left)
        if each.by_event
        else each.worth
        for each in stood
    )


def fallen(goal: Goal, facts: Facts, stood: Iterable[Stood], *, live: int) -> frozenset[int]:
    """Number the times for which a goal was reached and is not any more, by what is left."""
    by_event = {each.occurrence: each.by_event for each in stood}
    if not goal.needs_history:
        of_event = frozenset(number for number, is_its in by_event.items() if is_its)
        return frozenset() if still_reached(goal, facts) else of_event
    over = live - times_reached_by(goal, facts)
    if over <= 0:
        return frozenset()
    # What stood on an event of which nothing is left goes first, then what was reached last.
    is_gone = not stands(facts.event)
    order = sorted(by_event, key=lambda number: (by_event[number] and is_gone, number))
    return frozenset(order[-over:])


def times_reached_by(goal: Goal, facts: Facts) -> int:
    """Count how often a goal is reached by all that stands, judging event after event in the order of their times."""
    standing = sorted(filter(stands, (*facts.history, facts.event)), key=lambda event: event.occurred_at)
    alone = replace(facts.program, goals=(goal,))
    times = 0
    for number, event in enumerate(standing):
        position = replace(facts.standing, state="joined", reached={goal.name: times})
        again = replace(facts, event=event, program=alone, standing=position, history=standing[:number])
        times += len(judge(again).reached)
    return times


def worth_left(size: Size, worth: Amount, *, before: Amount, left: Amount | None) -> Amount:
    """Say what a reward, or an option of one, is worth once less is left of its event: only percentages shrink.

    Which percentage it was is known by what it came to, since the case or the step that fitted then may not fit now.
    """
    for part in _parts(size):
        if isinstance(part, Fixed) and part.amount == worth:
            return worth
    for part in _parts(size):
        if isinstance(part, Portion) and amount_of(part, before, worth.unit) == worth:
            less = amount_of(part, left, worth.unit)
            return less if less.minor < worth.minor else worth
    return worth


def stands(event: Reported) -> bool:
    """Tell whether anything of an event is left; one without an amount cannot be given back."""
    return event.amount is None or event.amount.minor > 0


def _parts(size: Size) -> list[Fixed | Portion]:
    match size:
        case ByField():
            return [part for _, part in size.cases] + ([size.otherwise] if size.otherwise else [])
        case ByStep():
            return [part for _, step in size.steps for part in _parts(step)]
    return [size]
