"""What the team does: in its chat, and its owner on the machine."""

from dataclasses import dataclass, field

from handlers.events.acting import ChatEvent, Event
from messages.message import Photo
from referrals.identity import Identity
from referrals.money import Amount


@dataclass(frozen=True, kw_only=True)
class StatsAsked(ChatEvent):
    """Someone asks for the program's figures, perhaps from a panel; `period` is what they typed: "week" or nothing."""

    period: str = ""
    in_panel: bool = False


@dataclass(frozen=True, kw_only=True)
class TeamReplied(ChatEvent):
    """Someone writes in a thread of the team's channel; `message` is the platform's number of it.

    `to_us` says that the thread is under a message of ours.
    """

    thread: str
    message: str
    text: str = field(default="", repr=False)
    photos: tuple[Photo, ...] = ()
    to_us: bool = False


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
class AppealAnswered(ChatEvent):
    """Someone of the team answers an appeal: the reward is given after all, or the decision is kept."""

    appeal: str
    is_granted: bool


@dataclass(frozen=True, kw_only=True)
class AppealSettled(Event):
    """Whoever runs the machine answers an appeal, with a note for the customer."""

    appeal: str
    is_granted: bool
    because: str


@dataclass(frozen=True, kw_only=True)
class DeliveryAnswered(ChatEvent):
    """Someone of the team says what became of a reward they were to hand over.

    `answer` is "done", "cannot" (which asks why), "waits" (not that, after all), or the reason why it cannot be.
    """

    reward: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class DeliverySettled(Event):
    """Whoever runs the machine says that a reward was handed over, or why it cannot be."""

    reward: str
    is_done: bool
    because: str = ""
    is_over: bool = False  # it is denied, instead of going back to the customer


@dataclass(frozen=True, kw_only=True)
class StockLoaded(Event):
    """Single-use codes come into a stock."""

    stock: str
    codes: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class RewardTakenBack(Event):
    """A team member takes a reward back by hand."""

    reward: str
    because: str


@dataclass(frozen=True, kw_only=True)
class RewardGivenAgain(Event):
    """A team member gives a reward again that was revoked, denied or has expired."""

    reward: str
    because: str


@dataclass(frozen=True, kw_only=True)
class RewardGranted(Event):
    """A team member gives a customer a reward that no goal of the program led to."""

    customer: str
    amount: Amount
    kind: str
    because: str


@dataclass(frozen=True, kw_only=True)
class RewardsRaised(Event):
    """The team gives those who earned under earlier revisions what the running one gives more, some at a time."""

    because: str
    after: str = ""  # the reward that was looked at last
    is_trial: bool = False  # only say how much it would be


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Event):
    """The owner makes somebody a team member, or gives a member another role."""

    member: Identity
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """The owner takes somebody off the team."""

    member: Identity


@dataclass(frozen=True, kw_only=True)
class ProgramPaused(Event):
    """The owner pauses the running program, or lets it go on."""

    is_paused: bool


@dataclass(frozen=True, kw_only=True)
class ProgramApplied(Event):
    """The owner applies a program file, which becomes a new revision if it says anything new."""

    text: str
    zone: str  # the business's time zone
