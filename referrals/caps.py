"""Caps: what a reward takes of what may be earned in a period, and what a full one says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from referrals.decisions import Check, Decision
from referrals.judging import Grant
from referrals.money import Amount
from referrals.periods import period_end, period_key
from referrals.program import Cap, Program
from referrals.rewarding import Side

# A cap of the program itself belongs to nobody.
NOBODY = "program"


@dataclass(frozen=True, kw_only=True)
class Owners:
    """Whose rewards a grant counts among: the ids of the two, and of their referral."""

    advocate: str
    friend: str
    referral: str


class Asked(NamedTuple):
    """What asks for room: its side, what each of its options is worth, and its goal; a prize has none."""

    side: Side
    amounts: Sequence[Amount]
    goal: str = ""


@dataclass(frozen=True, kw_only=True)
class Take:
    """One place and so much worth that a reward takes under a cap; both are taken together, or neither."""

    cap: Cap
    owner: str
    period: str  # the name of the calendar period, or of the friend
    unit: str
    worth: int  # in minor units; what a cap by value adds up

    @property
    def most_count(self) -> int | None:
        """How many rewards the cap has room for."""
        return self.cap.count

    @property
    def most_value(self) -> int | None:
        """How much worth the cap has room for; nothing where it only counts."""
        return self.cap.value.minor if self.cap.value is not None else None


def takes(given: Grant | Asked, program: Program, at: datetime, owners: Owners) -> tuple[Take, ...]:
    """List what a reward takes, in an order that is the same for everyone: locks taken in it close no circle.

    A cap by value adds up rewards of its own unit and lets others pass. Of a choice the dearest option counts.
    A milestone or another prize takes what a goal's reward takes, except of caps that name their goals or a friend.
    """
    asked = given if isinstance(given, Asked) else Asked(given.side, given.amounts, given.goal.name)
    found = [
        Take(
            cap=cap,
            owner=_owner(cap, owners),
            period=owners.referral if cap.period == "friend" else period_key(cap.period, at, program.zone),
            unit=unit,
            worth=worth,
        )
        for cap in program.caps
        for unit, worth in [_worth(cap, asked)]
        if _concerns(cap, asked) and (worth or cap.count is not None)
    ]
    return tuple(sorted(found, key=lambda take: (take.cap.name, take.owner, take.period, take.unit)))


def is_by_value(take: Take, has: Amount | int) -> bool:
    """Tell whether it is the worth of a cap that is used up, rather than its number of rewards."""
    most = take.most_value
    return most is not None and isinstance(has, Amount) and (take.most_count is None or has.minor + take.worth > most)


def full(take: Take, program: Program, at: datetime, *, has: Amount | int) -> Decision:
    """Say which cap is full, what it holds, and when it opens again; `has` is what was taken up of it before."""
    cap = take.cap
    if is_by_value(take, has) and isinstance(has, Amount) and cap.value is not None:
        saw, limit = has.decimal(), cap.value.decimal()
    else:
        # Of a cap by both, what is handed over is its worth: that its number is used up says the least there were.
        saw, limit = (f">= {cap.count}" if isinstance(has, Amount) else str(has)), str(cap.count)
    opens = opens_again(cap, program, at)
    return Decision(
        outcome="cap-budget" if cap.owner == "program" else f"cap-{cap.period}",
        rule=cap.name,
        saw=saw,
        would_change=f"from {opens.isoformat()}" if opens else f"<= {limit}",
        checks=(Check(rule=cap.name, saw=saw, wanted=f"<= {limit}", passed=False, about=cap.owner),),
    )


def opens_again(cap: Cap, program: Program, at: datetime) -> datetime | None:
    """Return the moment from which a full cap has room again by itself; nothing when it never has."""
    return period_end(cap.period, at, program.zone) if cap.period not in {"friend", "lifetime"} else None


def _concerns(cap: Cap, asked: Asked) -> bool:
    if cap.goals and asked.goal not in cap.goals:
        return False
    if cap.period == "friend" and not asked.goal:
        return False  # a prize is for many friends together
    return cap.owner in {"program", asked.side.value}


def _owner(cap: Cap, owners: Owners) -> str:
    return {"advocate": owners.advocate, "friend": owners.friend, "program": NOBODY}[cap.owner]


def _worth(cap: Cap, asked: Asked) -> tuple[str, int]:
    if cap.value is None:
        return "", 0
    unit = cap.value.unit
    return unit, max((amount.minor for amount in asked.amounts if amount.unit == unit), default=0)
