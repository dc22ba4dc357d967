"""A program: the rules under which customers refer friends, as one revision states them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from referrals.brand import Brand
from referrals.money import Amount, share_of


class Side(StrEnum):
    """The two who may be rewarded for a referral."""

    ADVOCATE = "advocate"
    FRIEND = "friend"


@dataclass(frozen=True, kw_only=True)
class RewardRule:
    """What one side gets for a goal: a fixed amount, or a percentage of the purchase."""

    side: Side
    unit: str
    amount: Amount | None = None
    percent: Decimal | None = None
    expires_after: timedelta  # counted from the day the reward becomes available

    def worth(self, purchase: Amount | None) -> Amount:
        """Say what the reward is worth for this purchase."""
        if self.amount is not None:
            return self.amount
        return share_of(purchase or Amount(0, self.unit), self.percent or Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Goal:
    """An event with conditions that makes a referral qualify."""

    name: str
    event: str
    minimum: Amount | None = None
    hold: timedelta
    rewards: tuple[RewardRule, ...]

    def reward_of(self, side: Side) -> RewardRule | None:
        """Find what one side gets, or nothing."""
        return next((rule for rule in self.rewards if rule.side is side), None)


@dataclass(frozen=True, kw_only=True)
class Program:
    """One revision of the rules."""

    id: str
    name: str
    revision: int = 0
    zone: ZoneInfo  # the business's: months, weeks and the program's dates are counted in it
    currency: str
    units: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # unit -> plural category, words
    goals: tuple[Goal, ...]
    qualify_within: timedelta  # from joining to the goal
    claim_within: timedelta  # for a purchase rung up with a code but without a customer
    voucher_valid_for: timedelta
    starts: datetime | None = None
    ends: datetime | None = None
    destination: str | None = None  # where a share link leads; our own landing page when nothing is said
    brand: Brand = field(default_factory=Brand)

    def is_open(self, at: datetime) -> bool:
        """Tell whether new referrals are taken at this moment."""
        return (self.starts is None or self.starts <= at) and (self.ends is None or at < self.ends)

    def goal_for(self, event: str) -> Goal | None:
        """Find the goal that an event of this type may reach."""
        return next((goal for goal in self.goals if goal.event == event), None)

    def names_of(self, unit: str) -> tuple[tuple[str, str], ...]:
        """Return the singular and plural of a declared unit; nothing for a currency."""
        return self.units.get(unit, ())
