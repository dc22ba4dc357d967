"""What a sender does, and the ways in which a delivery can fail."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from messages.catalog import Reader
from messages.message import Message, Photo
from storage.notices import TEAM

Reason = Literal["blocked", "gone", "wait", "refused", "unknown", "unreachable"]

# No later attempt can succeed: the person blocked us, does not exist any more, or the platform refuses this message.
FINAL: frozenset[Reason] = frozenset({"blocked", "gone", "refused"})


class DeliveryFailed(Exception):
    """A message that did not arrive, or may not have: `reason` says what follows.

    *blocked*, *gone*, *refused* are final; *wait* asks for `retry_after` seconds, of `everyone` or of this chat alone;
    *unknown* may have arrived; *unreachable* surely did not.
    """

    def __init__(
        self, reason: Reason, detail: str = "", *, retry_after: float | None = None, everyone: bool = False
    ) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after
        self.everyone = everyone

    @property
    def final(self) -> bool:
        """Tell whether trying again is pointless."""
        return self.reason in FINAL


class Sender(Protocol):
    """Sends one message to one person of one platform, once, or raises DeliveryFailed."""

    platform: str

    async def send(self, subject: str, message: Message, *, reader: Reader) -> None:
        """Send a message to the platform's id of a person, in the reader's language and zone."""
        ...


class TeamSender(Protocol):
    """Posts to the team's channel once, or raises DeliveryFailed."""

    async def post(self, message: Message, *, thread: str | None, reader: Reader) -> str:
        """Post to the channel or into a thread of it, and return the platform's number of the new message."""
        ...

    async def edit(self, number: str, message: Message, *, reader: Reader) -> None:
        """Let a message that was posted before say something else."""
        ...


@dataclass(frozen=True, kw_only=True)
class Carriers:
    """What carries notices: the platforms that are set up, and those of them that are connected now."""

    known: frozenset[str] = frozenset()
    senders: Mapping[str, Sender] = field(default_factory=dict)
    has_team: bool = False
    team: TeamSender | None = None

    @property
    def lanes(self) -> frozenset[str]:
        """By which ways out we send, when they are connected: the platforms, and the team's channel."""
        return self.known | ({TEAM} if self.has_team else frozenset())

    @property
    def is_idle(self) -> bool:
        """Whether nothing can leave at the moment."""
        return not self.senders and self.team is None


@dataclass(frozen=True)
class File:
    """A file somebody sent, with its bytes."""

    content: bytes
    media_type: str
    name: str


class FileGone(Exception):
    """A file cannot be had from the platform that kept it."""


# Fetches a picture from the platform that keeps it; raises FileGone when it is not there, DeliveryFailed for a while.
Fetch = Callable[[Photo], Awaitable[File]]
