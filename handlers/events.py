"""Everything that can happen: frozen records of who did what and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from messages.message import Photo
from referrals.draw import Draw
from referrals.identity import Identity
from referrals.money import Amount


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who acts in a chat, as the platform describes them."""

    identity: Identity
    first_name: str = field(default="", repr=False)
    language: str | None = None
    zone: str | None = None
    is_external: bool = False  # from another organisation, met in a channel shared with it
    elsewhere: tuple[str, ...] = ()  # the other chat platforms this installation answers on


@dataclass(frozen=True, kw_only=True)
class Event:
    """Anything that happens: when, and the randomness that its ids and codes are drawn from."""

    at: datetime
    draw: Draw


@dataclass(frozen=True, kw_only=True)
class ChatEvent(Event):
    """Something a person does in a chat."""

    by: Person


# --- a person in a chat ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Joined(ChatEvent):
    """Someone starts the bot, perhaps through an invitation (`code`, `click`)."""

    code: str | None = None
    click: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimOpened(ChatEvent):
    """Someone opens the claim address of a purchase that was rung up with a code but without a customer."""

    token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SignInOpened(ChatEvent):
    """Someone opens a sign-in address that the business made for one of its customers."""

    token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class PhoneAsked(ChatEvent):
    """Someone wants the shop to find their purchases by phone number."""


@dataclass(frozen=True, kw_only=True)
class ContactShared(ChatEvent):
    """Someone shares a contact; `own` is true only when the platform vouches that it is their own."""

    phone: str = field(repr=False)
    own: bool


@dataclass(frozen=True, kw_only=True)
class MergeAnswered(ChatEvent):
    """Someone answers whether the record we found is theirs."""

    request: str
    yes: bool


@dataclass(frozen=True, kw_only=True)
class TextWritten(ChatEvent):
    """Someone writes something that is no command: a code, or a question.

    `message` is the platform's number of what they wrote: passing it on twice is noticed by it.
    """

    text: str = field(repr=False)
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class ShareAsked(ChatEvent):
    """Someone asks for their link, code and QR."""


@dataclass(frozen=True, kw_only=True)
class StatusAsked(ChatEvent):
    """Someone asks how their referrals stand; `page` counts from 0, and is given when they turn a page they look at."""

    page: int | None = None


@dataclass(frozen=True, kw_only=True)
class RewardsAsked(ChatEvent):
    """Someone asks which rewards are there and which are coming, perhaps from a panel they look at."""

    in_panel: bool = False


@dataclass(frozen=True, kw_only=True)
class RewardClaimed(ChatEvent):
    """Someone claims an available reward, or asks for its voucher again."""

    reward: str


@dataclass(frozen=True, kw_only=True)
class TopAsked(ChatEvent):
    """Someone asks for the leaderboard; `period` ("all", "month", "week") is given when they choose a tab of it."""

    period: str = ""


@dataclass(frozen=True, kw_only=True)
class SettingsAsked(ChatEvent):
    """Someone asks for their settings, perhaps from a panel they look at."""

    in_panel: bool = False


@dataclass(frozen=True, kw_only=True)
class SettingChosen(ChatEvent):
    """Someone changes one setting: `choice` is "name:value", such as "notices:off"."""

    choice: str


@dataclass(frozen=True, kw_only=True)
class Stopped(ChatEvent):
    """Someone wants no more messages."""


@dataclass(frozen=True, kw_only=True)
class HelpAsked(ChatEvent):
    """Someone asks what the bot can do."""


@dataclass(frozen=True, kw_only=True)
class OldButtonTapped(ChatEvent):
    """Someone taps a button we no longer know."""


@dataclass(frozen=True, kw_only=True)
class PictureSent(ChatEvent):
    """Someone sends a picture, perhaps with words; `message` is the platform's number of what they sent."""

    photo: Photo
    text: str = field(default="", repr=False)
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class HomeOpened(ChatEvent):
    """Someone opens their personal page in the app."""


@dataclass(frozen=True, kw_only=True)
class ConnectAsked(ChatEvent):
    """Someone wants to use the program on another platform (`to`) with the same record."""

    to: str


@dataclass(frozen=True, kw_only=True)
class Introduced(ChatEvent):
    """The platform told us, after they had acted, what somebody is called and where they live."""


@dataclass(frozen=True, kw_only=True)
class HumanAsked(ChatEvent):
    """Someone wants to reach a human of the team."""


@dataclass(frozen=True, kw_only=True)
class ConversationEnded(ChatEvent):
    """A customer has no more questions."""


@dataclass(frozen=True, kw_only=True)
class BotBlocked(ChatEvent):
    """Someone blocks the bot: it cannot write to them."""


@dataclass(frozen=True, kw_only=True)
class BotUnblocked(ChatEvent):
    """Someone lets the bot write to them again."""


# --- the team, in its chat ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class StatsAsked(ChatEvent):
    """Someone asks for the program's figures; `period` is what they typed, such as "week" or nothing."""

    period: str = ""


@dataclass(frozen=True, kw_only=True)
class TeamReplied(ChatEvent):
    """Someone writes in the thread of a support conversation; `message` is the platform's number of it."""

    thread: str
    message: str
    text: str = field(default="", repr=False)
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConversationClosed(ChatEvent):
    """Someone of the team closes a support conversation."""

    conversation: str


@dataclass(frozen=True, kw_only=True)
class ConversationReopened(ChatEvent):
    """Someone of the team opens a closed support conversation again."""

    conversation: str


@dataclass(frozen=True, kw_only=True)
class DecisionHandled(ChatEvent):
    """Someone of the team says that a waiting decision has been dealt with."""

    decision: str


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Event):
    """The owner makes somebody a team member, or gives a member another role."""

    member: Identity
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """The owner takes somebody off the team."""

    member: Identity


# --- the business, over the API ----------------------------------------------------------------------------------


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
class ClaimViewed(Event):
    """A visitor opens the claim page of an unclaimed purchase."""

    token: str = field(repr=False)


# --- the clock ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class HoldsDue(Event):
    """Holds may have passed."""


@dataclass(frozen=True, kw_only=True)
class ExpiriesDue(Event):
    """Rewards and vouchers may have expired."""


@dataclass(frozen=True, kw_only=True)
class VisitsDue(Event):
    """Clicks may wait to be counted for their links."""


@dataclass(frozen=True, kw_only=True)
class WeeklyBoardDue(Event):
    """A week may have ended: its leaderboard goes to those who agreed."""


@dataclass(frozen=True, kw_only=True)
class UpdateParked(Event):
    """An update failed three times and was set aside."""

    platform: str
    update: str
    error: str


# --- the owner ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ProgramApplied(Event):
    """The owner applies a program file, which becomes a new revision if it says anything new."""

    text: str
    zone: str  # the business's time zone
