"""What a reward takes up of the program's limits, and how a full one is told; the same for goals and for prizes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from handlers.programs import worth
from messages.message import Day, Phrase, Value
from referrals import caps
from referrals.caps import Asked, Owners, Take
from referrals.decisions import Decision
from referrals.judging import Grant
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.periods import period_end
from referrals.program import Program
from storage.caps import remembered
from storage.rewards import Reward
from storage.store import Store


class Refusal(NamedTuple):
    """A limit that had no room: which it was, what was taken up of it before, and the decision that says so."""

    take: Take
    has: Amount | int
    decision: Decision


async def take(
    asked: Grant | Asked, program: Program, at: datetime, *, owners: Owners, store: Store
) -> tuple[Sequence[Any], Refusal | None]:
    """Take what a reward needs of every limit and return it, or nothing with the first one that is full."""
    takes = caps.takes(asked, program, at, owners) if program.caps else ()
    full = await store.caps.take(program.id, takes)
    if full is None:
        return [remembered(take) for take in takes], None
    count, value = await store.caps.has(program.id, full)
    limit = full.cap.value
    has = Amount(value, limit.unit) if limit is not None else count
    return [], Refusal(full, has, caps.full(full, program, at, has=has))


async def full(asked: Asked, program: Program, at: datetime, *, owners: Owners, store: Store) -> Take | None:
    """Find the first limit that has no room for what somebody might get, without taking anything."""
    for take in caps.takes(asked, program, at, owners):
        count, value = await store.caps.has(program.id, take)
        is_used_up = take.most_count is not None and count >= take.most_count
        if is_used_up or (take.most_value is not None and value + take.worth > take.most_value):
            return take
    return None


def denied(reward: Reward, refusal: Refusal, at: datetime) -> Reward:
    """Deny a reward from the start: the row stays, so that its owner can see it and why."""
    return replace(
        reward,
        state=RewardState.DENIED,
        reason=refusal.decision.outcome,
        ended_at=at,
        waits_for=None,
        waits_until=None,
    )


def why(refusal: Refusal, program: Program) -> Phrase:
    """Say which limit is full and how much it allows."""
    take, has, decision = refusal
    most: Value = Phrase("justifying.rewards", {"count": take.cap.count or 0})
    if take.cap.value is not None and caps.is_by_value(take, has):
        most = worth(program, take.cap.value)
    return Phrase(f"earning.why-{decision.outcome}", {"most": most})


def opens_again(
    refusal: Refusal, program: Program, at: datetime, *, told_at: datetime | None = None
) -> tuple[Phrase, ...]:
    """Say from when there is room again, where that comes by itself and is not over by the time it is told."""
    opens = period_end(refusal.take.cap.period, at, program.zone)
    return (Phrase("earning.opens-again", {"day": Day(opens)}),) if opens and opens > (told_at or at) else ()
