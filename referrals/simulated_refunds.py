"""Simulating refunds: what money given back takes from the rewards that stood on a purchase, as the service does it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from referrals.judging import judge, still_reached
from referrals.money import Amount
from referrals.program import Goal, Program
from referrals.progress import deadline_of
from referrals.reported import Facts
from referrals.rewarding import Portion
from referrals.simulation_records import Gift, Known, Memory, Past, Report, Row, named
from referrals.sizing import amount_of


class Played(Protocol):
    """The simulation that a refund happens in."""

    program: Program
    memory: Memory
    report: Report

    def facts(self, past: Past, known: Known, others: Sequence[Past]) -> Facts:
        """Gather what a judgement may look at."""
        ...

    def lose(self, known: Known) -> None:
        """Let a referral that had qualified count no more for its advocate."""
        ...


def refund(row: Row, played: Played) -> None:
    """Take back what a refunded event gave, or the part of it that went by percentage."""
    report, memory = played.report, played.memory
    if not row.refers_to:
        report.refuse("refund-of-nothing", row.line)
        return
    before = memory.recall(named(row.source, row.refers_to))
    if before is None:
        report.refunds += 1
        return
    paid = before.event.amount
    if paid is None or (row.amount is not None and row.amount.unit != paid.unit):
        report.refuse("refund-of-something-else", row.line)
        return
    less = row.amount.minor if row.amount is not None else paid.minor
    if less > paid.minor:
        report.refuse("refund-exceeds", row.line)
        return
    now = before._replace(event=replace(before.event, amount=Amount(paid.minor - less, paid.unit)))
    memory.remember(now)
    known = memory.customer(before.friend)
    if known.advocate:
        _take_back(before, now, row, known, played)


def _take_back(before: Past, now: Past, row: Row, known: Known, played: Played) -> None:
    goals = played.program.goals_for(now.event.type)
    looks_back = any(goal.needs_history for goal in goals)
    others = [past for past in played.memory.past_of(now.friend) if past.key != now.key] if looks_back else []
    facts = played.facts(now, known, others)
    undone = []
    changed = {past.key: past for past in (*others, now)}
    for goal in goals:
        gone = _gone(goal, now, others, facts, live=known.reached.get(goal.name, [0, 0])[0])
        if gone:
            known.reached[goal.name][0] = max(0, known.reached[goal.name][0] - len(gone))
            undone.append(goal)
        for key, past in changed.items():
            kept = [_left(gift, goal, gone, before, past, played=played) for gift in past.gifts]
            changed[key] = past._replace(gifts=tuple(gift for gift in kept if gift is not None))
    for past in (*others, now):
        if changed[past.key] != past:
            played.memory.remember(changed[past.key])
    if undone:
        _step_down(undone, facts, row, known, played)


def _gone(goal: Goal, now: Past, others: Sequence[Past], facts: Facts, *, live: int) -> set[int]:
    """Number the rewards of a goal that what is left does not reach any more."""
    of_event = {gift.occurrence for gift in now.gifts if gift.goal == goal.name}
    if not goal.needs_history:
        return set() if still_reached(goal, facts) else of_event
    over = live - _replayed(goal, now, others, facts)
    if over <= 0:
        return set()
    # What stood on this very event goes first, then what was reached last.
    numbers = of_event | {gift.occurrence for past in others for gift in past.gifts if gift.goal == goal.name}
    order = sorted(numbers, key=lambda number: (number in of_event and not now.stands, number))
    return set(order[-over:])


def _replayed(goal: Goal, now: Past, others: Sequence[Past], facts: Facts) -> int:
    """Count how often a goal is reached by what still stands, judging event after event as they came."""
    seen = [*facts.history, *([facts.event] if now.stands else [])]
    seen.sort(key=lambda event: event.occurred_at)
    alone = replace(facts.program, goals=(goal,))
    times = 0
    for number, reported in enumerate(seen):
        position = replace(facts.standing, state="joined", reached={goal.name: times})
        at_the_time = replace(facts, event=reported, program=alone, standing=position, history=seen[:number])
        times += len(judge(at_the_time).reached)
    return times


def _left(gift: Gift, goal: Goal, gone: set[int], before: Past, past: Past, *, played: Played) -> Gift | None:
    """Say what is left of a reward: nothing, less of a percentage, or all of it."""
    if gift.goal != goal.name:
        return gift
    if gift.occurrence in gone:
        if not gift.denied:
            played.report.take_back(gift.side, gift.unit, gift.minor, whole=True)
            for taken in gift.taken:
                played.memory.give_back(taken)
        return None
    if not gift.percent or gift.denied or past.key != before.key:
        return gift
    limit = Amount(gift.at_most, gift.unit) if gift.at_most is not None else None
    rest = amount_of(Portion(Decimal(gift.percent), limit), past.event.amount, gift.unit).minor
    played.report.take_back(gift.side, gift.unit, gift.minor - rest, whole=False)
    return gift._replace(minor=rest)


def _step_down(undone: Sequence[Goal], facts: Facts, row: Row, known: Known, played: Played) -> None:
    """Let a referral without any goal left count no more; one that needs several events may reach it again."""
    if known.has_qualified:
        return
    played.lose(known)
    known.ended = not any(goal.needs_history and row.at <= deadline_of(goal, facts) for goal in undone)
