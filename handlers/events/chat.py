"""What a person can do in a chat."""

from dataclasses import dataclass, field

from handlers.events.acting import ChatEvent
from messages.message import Photo


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
    """Someone asks for their link, code and QR; `started` when they came by pressing START, on their way to share."""

    started: bool = False


@dataclass(frozen=True, kw_only=True)
class CardAsked(ChatEvent):
    """Someone is about to send their card into a chat of theirs."""


@dataclass(frozen=True, kw_only=True)
class CardSent(ChatEvent):
    """Someone has sent their card into a chat of theirs; `mark` is the platform's name for that one card."""

    mark: str


@dataclass(frozen=True, kw_only=True)
class WordsAsked(ChatEvent):
    """Someone wants to tell their friends in words of their own: what they write next is meant."""


@dataclass(frozen=True, kw_only=True)
class WordsSettled(ChatEvent):
    """Someone keeps what their friends are told, or goes back to `ours`."""

    ours: bool = False


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
class ChoiceAsked(ChatEvent):
    """Someone wants to see what they can pick for a reward."""

    reward: str


@dataclass(frozen=True, kw_only=True)
class OptionPicked(ChatEvent):
    """Someone picks one of several things that a reward offers."""

    reward: str
    option: str


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
class QuestionAsked(ChatEvent):
    """Someone asks about the program by a button: `about` is the question, such as "when"."""

    about: str


@dataclass(frozen=True, kw_only=True)
class WhyAsked(ChatEvent):
    """Someone asks why a reward or a referral of theirs is where it is: `about` is its id."""

    about: str


@dataclass(frozen=True, kw_only=True)
class AppealMade(ChatEvent):
    """Someone asks the team to decide again about a reward, a referral, or what was reported about them."""

    about: str


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
