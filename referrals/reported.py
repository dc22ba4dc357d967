"""What rules may look at: the event, the referral, both people, and what the friend did before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from referrals.money import Amount
from referrals.program import Program

Property = str | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reported:
    """The part of a reported event that rules look at; of its amount, what has not been refunded."""

    type: str
    amount: Amount | None
    occurred_at: datetime
    source: str = ""
    properties: Mapping[str, Property] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Party:
    """One of the two: what the business says of them, and how many referrals of theirs have qualified before."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    referrals: int = 0


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far a referral has come: its state, since when it counts, and how often each goal was reached."""

    state: str
    joined_at: datetime
    clicked_at: datetime | None = None
    reached: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a judgement may look at, read beforehand; `history` is the friend's, oldest first, nothing refunded."""

    event: Reported
    program: Program
    standing: Standing
    friend: Party = Party()
    advocate: Party = Party()
    history: Sequence[Reported] = ()
