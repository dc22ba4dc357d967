"""What the platform brings to the app: each with its attempts, how long they took, and what came back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["event", "command", "interaction", "challenge"]


@dataclass
class Attempt:
    """One try: how it ended and how long it took."""

    status: int | None  # none: no answer in time, or no connection
    seconds: float
    reason: str = ""  # http_timeout, http_error, connection_failed


@dataclass(eq=False)
class Delivery:
    """One event, command, or interaction on its way to the app."""

    kind: Kind
    name: str  # message, app_home_opened, /grapevine, block_actions, view_submission…
    body: dict[str, Any]
    user: str = ""
    attempts: list[Attempt] = field(default_factory=list)
    answer: Any = None  # the body of the acknowledgement: JSON where it is, else the text
    refusal: str = ""  # why the platform could not use that body
    is_done: bool = False
    context: dict[str, Any] = field(default_factory=dict)  # what the platform remembers of it for itself

    @property
    def is_acked(self) -> bool:
        """Whether the app said yes in time."""
        return bool(self.attempts) and not self.attempts[-1].reason

    @property
    def status(self) -> int | None:
        """The HTTP status of the last attempt; 200 for an acknowledgement over a socket."""
        return self.attempts[-1].status if self.attempts else None

    @property
    def seconds(self) -> float:
        """How long the last attempt took."""
        return self.attempts[-1].seconds if self.attempts else 0.0
