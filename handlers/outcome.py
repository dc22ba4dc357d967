"""What a handler returns: what to say to the one who acted, what to tell others, and what to answer a machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from messages.message import Message, Phrase

# Of marketing. What was true a week ago is no news; whoever could not be reached until then is not written to.
LASTS = timedelta(days=7)


class NoticeKind(StrEnum):
    """How a notice is delivered: about a reward or the service at least once, marketing at most once.

    News of rewards, of the service and marketing wait for the morning of their reader; vouchers and humans do not.
    """

    REWARD = "reward"
    VOUCHER = "voucher"  # what becomes of a voucher in somebody's hand: as urgent as at the till, at any hour
    SERVICE = "service"
    MARKETING = "marketing"
    SUPPORT = "support"  # what a human of the team answers, or must know whatever was switched off; at least once


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A message to somebody else, or later; `key` makes it leave once however often its fact is told."""

    to: str  # customer id
    message: Message
    kind: NoticeKind
    key: str
    wait: timedelta = timedelta()  # how long it may wait for what it needs, such as a name
    via: str | None = None  # the platform to answer on, where it matters; else wherever they can be reached


@dataclass(frozen=True, kw_only=True)
class TeamPost:
    """A message to the team's channel, or to the thread of a support conversation."""

    message: Message
    key: str
    conversation: str | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The result of one event."""

    answers: tuple[Message, ...] = ()
    notices: tuple[Notice, ...] = ()
    posts: tuple[TeamPost, ...] = ()  # what the team should know
    toast: Phrase | None = None  # a short word on the tapped button itself
    language: str | None = None  # the reader's chosen language, where it is known
    zone: str | None = None
    reply: Mapping[str, object] = field(default_factory=dict)  # what the API answers
    refused: str = ""  # a denial code, when the event was refused
    more: bool = False  # there is more of the same work: the clock should ask again at once
