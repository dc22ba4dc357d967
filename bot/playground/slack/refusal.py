"""What the platform says when it says no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Refusal(Exception):
    """An answer of the Web API that is not ok."""

    def __init__(self, error: str, *, messages: Sequence[str] = (), status: int = 200, **fields: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = tuple(messages)
        self.status = status
        self.fields = fields

    def as_json(self) -> dict[str, Any]:
        """Write the refusal as the Web API does."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.fields}
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {words}" for words in self.messages]}
        return body


class ImpossibleGesture(ValueError):
    """A person tried something that no Slack app lets them do."""


def invalid_arguments(*messages: str) -> Refusal:
    """Refuse a request for what is in it, with a word on each trouble."""
    return Refusal("invalid_arguments", messages=messages)


def missing_argument(name: str) -> Refusal:
    """Refuse a request that lacks something."""
    return invalid_arguments(f"missing required field: {name}")
