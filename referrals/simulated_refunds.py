"""Simulating refunds: what money given back takes from the rewards that stood on a purchase, as the service does it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from referrals.money import Amount
from referrals.program import Goal, Program
from referrals.progress import deadline_of
from referrals.refunds import Stood, Way, after_refund, options_left, room_taken, size_of
from referrals.reported import Facts, Reported
from referrals.simulation_records import Gift, Known, Memory, Past, Report, Row, named


class Played(Protocol):
    """The simulation that a refund happens in."""

    program: Program
    memory: Memory
    report: Report

    def facts(self, past: Past, known: Known, others: Sequence[Past]) -> Facts:
        """Gather what a judgement may look at."""
        ...

    def lose(self, friend: str, known: Known) -> None:
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
    looks_back = any(goal.is_replayed for goal in goals)
    pasts = played.memory.past_of(now.friend) if looks_back else [now]
    facts = played.facts(now, known, [past for past in pasts if past.key != now.key])
    came = _in_order(pasts, facts) if looks_back else []
    changed = {past.key: past for past in pasts}
    was = {**changed, now.key: before}
    undone = []
    for goal in goals:
        stood = [(past.key, gift) for past in pasts for gift in past.gifts if gift.goal == goal.name]
        left = after_refund(
            goal,
            facts,
            [_stood(gift, goal, by_event=key == now.key) for key, gift in stood],
            before=before.event.amount or Amount(0, ""),
            live=known.reached.get(goal.name, [0, 0])[0],
            events=came,
        )
        for (key, gift), worth in zip(stood, left.worth, strict=True):
            if gift.occurrence in left.fallen:
                _fall(gift, played)
                changed[key] = _with(changed[key], gift, None)
            else:
                rest = _shrunk(gift, worth, goal, (was[key], changed[key]), played)
                changed[key] = _with(changed[key], gift, rest)
        if left.fallen:
            known.reached[goal.name][0] = max(0, known.reached[goal.name][0] - len(left.fallen))
            undone.append(goal)
    for past in pasts:
        if changed[past.key] != past:
            played.memory.remember(changed[past.key])
    if undone:
        _step_down(undone, facts, row, (now.friend, known), played)


def _in_order(pasts: Sequence[Past], facts: Facts) -> list[Reported]:
    """List what counts of what the friend did, as it came, with the times by which it is judged."""
    joined_at = facts.standing.joined_at
    since = joined_at - facts.program.late_claim
    seen = sorted((past.event for past in pasts if past.event.occurred_at >= since), key=lambda each: each.occurred_at)
    return [replace(event, occurred_at=max(event.occurred_at, joined_at)) for event in seen]


def _stood(gift: Gift, goal: Goal, *, by_event: bool) -> Stood:
    worth = Amount(gift.minor, gift.unit)
    size = size_of(goal, gift.side, Way(gift.option, worth, gift.fitted))
    return Stood(occurrence=gift.occurrence, by_event=by_event, size=size, worth=worth)


def _fall(gift: Gift, played: Played) -> None:
    """Take a whole reward back, and give back its places; one that a cap refused had none."""
    if gift.denied:
        return
    played.report.take_back(gift.side, gift.unit, gift.minor, whole=True)
    for taken in gift.taken:
        played.memory.give_back(taken)


def _shrunk(gift: Gift, worth: Amount, goal: Goal, event: tuple[Past, Past], played: Played) -> Gift:
    """Lower a reward, its options and what it takes of caps to what is left of its event: before, and now."""
    before, left = (past.event.amount for past in event)
    if gift.denied or before is None:
        return gift
    was = [Way(name, Amount(minor, unit), fitted) for name, unit, minor, fitted in gift.options]
    options = options_left(goal, gift.side, was, before=before, left=left)
    if worth.minor >= gift.minor and list(options) == [way.worth for way in was]:
        return gift
    if worth.minor < gift.minor:
        played.report.take_back(gift.side, gift.unit, gift.minor - worth.minor, whole=False)
    taken = []
    for cap, owner, period, unit, value in gift.taken:
        to = room_taken(unit, value, options or [worth])
        played.memory.lower((cap, owner, period, unit, value), to)
        taken.append((cap, owner, period, unit, to))
    named_options = ((way.name, each.unit, each.minor, way.fitted) for way, each in zip(was, options, strict=True))
    return gift._replace(minor=worth.minor, options=tuple(named_options), taken=tuple(taken))


def _with(past: Past, gift: Gift, rest: Gift | None) -> Past:
    """Let something else, or nothing, stand where a reward of an event stood."""
    gifts = (rest if each is gift else each for each in past.gifts)
    return past._replace(gifts=tuple(each for each in gifts if each is not None))


def _step_down(undone: Sequence[Goal], facts: Facts, row: Row, of: tuple[str, Known], played: Played) -> None:
    """Let a referral without any goal left count no more; one that needs several events may reach it again."""
    friend, known = of
    if known.has_qualified:
        return
    played.lose(friend, known)
    known.ended = not any(goal.needs_history and row.at <= deadline_of(goal, facts) for goal in undone)
