"""What a request brought: parameters read with Telegram's leniency, files, and what it has no use for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bot.playground.telegram.refusal import bad_request


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Parameters:
    """The parameters of one call, as JSON values or as the strings of a form."""

    given: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Read a string; what is missing is empty."""
        value = self.given.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value)

    def flag(self, name: str) -> bool:
        """Read a yes or no as the platform does."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def integer(self, name: str, *, default: int = 0) -> int:
        """Read a whole number; what is not one counts as the default, as on the platform."""
        try:
            return int(self.text(name))
        except ValueError:
            return default

    def structure(self, name: str, *, what: str = "") -> Any:
        """Read an object or a list, written as JSON where the request is a form."""
        value = self.given.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise bad_request(f"can't parse {what or name} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """Find the file of a parameter: sent under its name, or attached under another."""
        if name in self.uploads:
            return self.uploads[name]
        return self.attached(self.text(name))

    def attached(self, reference: str) -> Upload | None:
        """Find the file that attach:// names."""
        if reference.startswith("attach://"):
            return self.uploads.get(reference.removeprefix("attach://"))
        return None

    def decoded(self) -> dict[str, Any]:
        """Return everything as values, for the journal: JSON in strings opened, files by their name."""
        values = {name: _opened(value) for name, value in self.given.items()}
        return values | {name: f"<{len(upload.content)} bytes>" for name, upload in self.uploads.items()}


def _opened(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            return value
    return value
