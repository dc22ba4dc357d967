"""What the business reports or asks over the API and its pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from handlers.events.acting import Event
from referrals.identity import Identity
from referrals.money import Amount


@dataclass(frozen=True, kw_only=True)
class EventReported(Event):
    """The business reports a fact about a customer: a signup, a purchase, a refund, or one of its own."""

    source: str
    id: str
    type: str
    body_hash: str
    identities: tuple[Identity, ...] = ()
    first_name: str = field(default="", repr=False)
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)
    amount: Amount | None = None
    code: str | None = None
    click: str | None = None
    refers_to: str | None = None
    occurred_at: datetime
    properties: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class VoucherRedeemed(Event):
    """A cashier redeems a voucher; the same `key` from the same cashier's system is the same redemption."""

    code: str = field(repr=False)
    key: str
    cashier: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class BalanceSpent(Event):
    """A customer spends some of a balance in the business's own system; the same `key` is the same spending."""

    customer: str
    amount: Amount
    key: str


@dataclass(frozen=True, kw_only=True)
class SpendingUndone(Event):
    """The business gives back what a customer spent."""

    customer: str
    spending: str


@dataclass(frozen=True, kw_only=True)
class SignInRequested(Event):
    """The business asks for a sign-in token for one of its customers."""

    customer: str


@dataclass(frozen=True, kw_only=True)
class MergeUndone(Event):
    """A team member takes a merge of two records back."""

    merge: str


@dataclass(frozen=True, kw_only=True)
class CustomerViewed(Event):
    """The business reads a customer: `part` is "customer", "referrals", "rewards" or "stats"."""

    customer: str
    part: str


@dataclass(frozen=True, kw_only=True)
class LinkLookedUp(Event):
    """The redirect asks what it must know of a link."""

    code: str


@dataclass(frozen=True, kw_only=True)
class LandingViewed(Event):
    """A visitor opens the landing page of a share code."""

    code: str


@dataclass(frozen=True, kw_only=True)
class SharePageViewed(Event):
    """An advocate opens the page from which their link is sent on."""

    code: str


@dataclass(frozen=True, kw_only=True)
class BrandViewed(Event):
    """A page asks how the shop looks: its colour and its logo."""


@dataclass(frozen=True, kw_only=True)
class ClaimViewed(Event):
    """A visitor opens the claim page of an unclaimed purchase."""

    token: str = field(repr=False)
