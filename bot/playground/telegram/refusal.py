"""What the platform says when it says no."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(eq=False)
class Refusal(Exception):
    """An answer of the Bot API that is not ok."""

    status: int
    words: str
    parameters: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Write the refusal as the Bot API does."""
        body: dict[str, object] = {"ok": False, "error_code": self.status, "description": self.words}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


class ImpossibleGesture(ValueError):
    """A person tried something that no Telegram app lets them do."""


def bad_request(words: str) -> Refusal:
    """Refuse a request for what is in it."""
    return Refusal(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    """Refuse a request the bot has no right to make."""
    return Refusal(403, f"Forbidden: {words}")


def conflict(words: str) -> Refusal:
    """Refuse a request that another one stands against."""
    return Refusal(409, f"Conflict: {words}")


def too_many_requests(retry_after: int) -> Refusal:
    """Refuse a request that came too soon, and say how long to wait."""
    words = f"Too Many Requests: retry after {retry_after}"
    return Refusal(429, words, {"retry_after": retry_after})
