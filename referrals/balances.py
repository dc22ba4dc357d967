"""Balances: what is left of rewards in one unit, what goes first when some of it is spent, and how debts are paid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from referrals.money import Amount

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one reward has on a balance; below zero it is owed, because it was taken back after it was spent."""

    reward: str
    left: Amount
    expires_at: datetime | None = None  # nothing: it never does
    on_balance: bool = True  # a debt may also come from a voucher that was used and then taken back


@dataclass(frozen=True)
class Take:
    """So many minor units out of one reward."""

    reward: str
    minor: int


@dataclass(frozen=True)
class Payment:
    """So many minor units of one reward, set against what is owed for another."""

    debt: str
    reward: str
    minor: int


def total(parts: Iterable[Part]) -> int:
    """Sum what is there, less what is owed."""
    return sum(part.left.minor for part in parts)


def soonest_first(parts: Iterable[Part]) -> list[Part]:
    """List what can be spent, what expires first in front."""
    usable = (part for part in parts if part.on_balance and part.left.minor > 0)
    return sorted(usable, key=lambda part: (part.expires_at or _NEVER, part.reward))


def payments(parts: Sequence[Part]) -> tuple[Payment, ...]:
    """Say how what is owed is paid from what is there, out of what expires first."""
    there = {part.reward: part.left.minor for part in soonest_first(parts)}
    found: list[Payment] = []
    for debt in sorted((part for part in parts if part.left.minor < 0), key=lambda part: part.reward):
        missing = -debt.left.minor
        for reward, left in there.items():
            paid = min(missing, left)
            if paid:
                found.append(Payment(debt.reward, reward, paid))
                there[reward] -= paid
                missing -= paid
    return tuple(found)


def after(parts: Sequence[Part], paid: Iterable[Payment]) -> list[Part]:
    """Return the parts as they are once these payments are made, leaving out what is empty."""
    left = {part.reward: part.left.minor for part in parts}
    for payment in paid:
        left[payment.reward] -= payment.minor
        left[payment.debt] += payment.minor
    changed = (replace(part, left=Amount(left[part.reward], part.left.unit)) for part in parts)
    return [part for part in changed if part.left.minor]


def taken(parts: Sequence[Part], minor: int) -> tuple[Take, ...] | None:
    """Say what a spending takes out of which reward; nothing when there is not that much."""
    if minor > total(parts):
        return None
    found: list[Take] = []
    for part in soonest_first(parts):
        some = min(minor, part.left.minor)
        if some:
            found.append(Take(part.reward, some))
            minor -= some
    return None if minor else tuple(found)
