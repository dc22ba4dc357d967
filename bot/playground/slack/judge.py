"""Judges pieces of Block Kit: collects what is wrong with them, in Slack's words and with pointers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.playground.slack.files import Files

Surface = Literal["message", "modal", "home"]
Json = dict[str, Any]

BLOCK_ID, ACTION_ID = 255, 255


def length(text: str) -> int:
    """Count as browsers do, in UTF-16 units; unverified, and the stricter way."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class Judge:
    """Everything found wrong so far, and what the judging must know."""

    surface: Surface
    files: Files
    is_address: Callable[[str], bool]
    errors: list[str] = field(default_factory=list)
    characters: int = 0

    def wrong(self, words: str, path: str) -> None:
        """Note one trouble."""
        self.errors.append(f"{words} [json-pointer:{path}]")

    def shape(self, value: Json, path: str, *, required: str, optional: str = "") -> bool:
        """Check that an object has what it must and nothing else."""
        known = {"type", *required.split(), *optional.split()}
        missing = [name for name in required.split() if value.get(name) is None]
        for name in missing:
            self.wrong(f"missing required field: {name}", path)
        for name in sorted(value.keys() - known):
            self.wrong(f"invalid additional property: {name}", path)
        return not missing

    def string(self, value: Any, path: str, *, most: int, least: int = 0) -> None:
        """Check the length of a string; one that is missing is fine."""
        if value is None:
            return
        if not isinstance(value, str):
            self.wrong("must provide a string", path)
        elif length(value) < least:
            self.wrong(f"must be more than {least - 1} characters", path)
        elif length(value) > most:
            self.wrong(f"must be less than {most + 1} characters", path)

    def text(self, value: Any, path: str, *, most: int, kinds: tuple[str, ...] = ("plain_text",)) -> None:
        """Check a text object; one that is missing is fine."""
        if value is None:
            return
        if not isinstance(value, dict):
            self.wrong("must provide an object", path)
            return
        kind = str(value.get("type"))
        if kind not in kinds:
            self.wrong(f"unsupported type: {kind}", f"{path}/type")
            return
        before = len(self.errors)
        if self.shape(value, path, required="text", optional="emoji" if kind == "plain_text" else "verbatim"):
            self.string(value["text"], f"{path}/text", most=most, least=1)
        if len(self.errors) > before and len(kinds) > 1:
            self.errors.insert(before, f"failed to match all allowed schemas [json-pointer:{path}]")
        self.characters += length(str(value.get("text", "")))

    def items(self, value: Any, path: str, *, most: int, least: int = 1) -> list[Any]:
        """Check the size of a list, and return what is in it."""
        if not isinstance(value, list):
            self.wrong("must provide an array", path)
            return []
        if len(value) < least:
            self.wrong(f"must provide at least {least} items", path)
        if len(value) > most:
            self.wrong(f"no more than {most} items allowed", path)
        return value[:most]

    def choice(self, value: Any, path: str, *, among: Iterable[str]) -> None:
        """Check a word out of a few; one that is missing is fine."""
        allowed = tuple(among)
        if value is not None and value not in allowed:
            self.wrong(f"must be one of: {', '.join(allowed)}", path)  # unverified wording

    def url(self, value: Any, path: str) -> None:
        """Check an address on a button; one that is missing is fine."""
        self.string(value, path, most=3000, least=1)
        if isinstance(value, str) and not value.startswith(("http://", "https://", "slack://", "mailto:")):
            self.wrong("must be a valid url", path)  # unverified wording
