"""What a call brought: a form, JSON, or a query, read with Slack's leniency."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.playground.slack.refusal import Refusal, missing_argument


@dataclass(frozen=True)
class Parameters:
    """The parameters of one call, as JSON values or as the strings of a form."""

    given: dict[str, Any]

    def text(self, name: str) -> str:
        """Read a string; what is missing is empty."""
        value = self.given.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value)

    def required(self, name: str) -> str:
        """Read a string that must be there."""
        if not (value := self.text(name)):
            raise missing_argument(name)
        return value

    def flag(self, name: str) -> bool:
        """Read a yes or no as the platform does."""
        return self.text(name).lower() in {"true", "1"}

    def structure(self, name: str, *, error: str = "invalid_arguments") -> Any:
        """Read an object or a list, written as JSON where the request is a form."""
        value = self.given.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise Refusal(error) from None

    def about(self) -> frozenset[str]:
        """Name the channel or person a call is about, for troubles on order."""
        return frozenset(self.text(name) for name in ("channel", "user", "user_id", "users", "channel_id"))

    def decoded(self) -> dict[str, Any]:
        """Return everything as values, for the journal: JSON in strings opened."""
        return {name: _opened(value) for name, value in self.given.items() if name != "token"}


def _opened(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value
