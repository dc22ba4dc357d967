"""What the team does: in its chat, and its owner on the machine."""

from dataclasses import dataclass, field

from handlers.events.acting import ChatEvent, Event
from messages.message import Photo
from referrals.identity import Identity


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
class MemberAdded(Event):
    """The owner makes somebody a team member, or gives a member another role."""

    member: Identity
    role: str


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """The owner takes somebody off the team."""

    member: Identity


@dataclass(frozen=True, kw_only=True)
class ProgramApplied(Event):
    """The owner applies a program file, which becomes a new revision if it says anything new."""

    text: str
    zone: str  # the business's time zone
