"""What a program gives: how much of which unit, in what form, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from referrals.money import Amount


class Side(StrEnum):
    """The two who may be rewarded for a referral."""

    ADVOCATE = "advocate"
    FRIEND = "friend"


class Kind(StrEnum):
    """What a reward is to the one who gets it."""

    VOUCHER = "voucher"
    DISCOUNT = "discount"
    CREDIT = "credit"  # on a balance, in money or in a unit of the program: storage, miles, points
    PAYOUT = "payout"
    GIFT_CARD = "gift-card"
    PRODUCT = "product"
    ACCESS = "access"


class Delivery(StrEnum):
    """How a reward reaches the one who gets it."""

    TILL = "till"  # a voucher code, shown at a till
    BALANCE = "balance"  # added to a balance by itself, and spent from there
    TEAM = "team"  # somebody of the team does it
    CODES = "codes"  # a single-use code out of a stock


USUAL_DELIVERY = {
    Kind.VOUCHER: Delivery.TILL,
    Kind.DISCOUNT: Delivery.TILL,
    Kind.PRODUCT: Delivery.TILL,
    Kind.CREDIT: Delivery.BALANCE,
    Kind.PAYOUT: Delivery.TEAM,
    Kind.ACCESS: Delivery.TEAM,
    Kind.GIFT_CARD: Delivery.CODES,
}


@dataclass(frozen=True)
class Fixed:
    """Always the same amount."""

    amount: Amount


@dataclass(frozen=True)
class Portion:
    """A percentage of what the event was about, rounded half-even once, and no more than a limit."""

    percent: Decimal
    at_most: Amount | None = None


@dataclass(frozen=True)
class EarnRate:
    """So much for each full step of what the event was about, such as a point for each euro, and no more than a limit.

    What is left over after the last full step gives nothing.
    """

    amount: Amount
    each: Amount
    at_most: Amount | None = None


Part = Fixed | Portion | EarnRate


@dataclass(frozen=True)
class ByField:
    """Another amount for each value of a field, such as the product; nothing where no case fits."""

    field: str
    cases: tuple[tuple[str, Part], ...]
    otherwise: Part | None = None


@dataclass(frozen=True)
class ByStep:
    """More for the one who brings more: each step counts from the advocate's so manieth qualified referral on."""

    steps: tuple[tuple[int, Part | ByField], ...]  # in rising order; the first begins at 1


Size = Part | ByField | ByStep


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing that may be had: of a reward with several, the customer picks one."""

    name: str = ""  # the id of the option in the file; empty where there is no choice
    size: Size
    unit: str  # the program's currency, or a unit it declares
    kind: Kind = Kind.VOUCHER
    delivery: Delivery = Delivery.TILL
    stock: str = ""  # which stock of single-use codes it is taken from


@dataclass(frozen=True, kw_only=True)
class Expiry:
    """Until when a reward can be used: so long after it became available, until a day, or for ever."""

    after: timedelta | None = None
    on: datetime | None = None
    is_rolling: bool = False  # each further reward of the same unit extends those before it by `after`


@dataclass(frozen=True, kw_only=True)
class RewardRule:
    """What one side gets for a goal, or somebody for a milestone, a contest or a raffle."""

    side: Side
    options: tuple[Option, ...]
    expiry: Expiry = Expiry(after=timedelta(days=90))

    @property
    def first(self) -> Option:
        """The option a reward stands for until somebody picks another."""
        return self.options[0]

    @cached_property
    def fixed(self) -> tuple[Fixed, ...] | None:
        """What each option is worth where that is the same for everyone, and more than nothing somewhere."""
        sizes = tuple(option.size for option in self.options if isinstance(option.size, Fixed))
        is_same = len(sizes) == len(self.options) and any(size.amount.minor > 0 for size in sizes)
        return sizes if is_same else None

    @property
    def is_choice(self) -> bool:
        """Whether the customer picks one of several."""
        return len(self.options) > 1
