"""Messages as people see them: what they read, which buttons they have, whom they would ping."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground.slack.mrkdwn import Pings, Reading, read_block, read_mrkdwn, read_text


@dataclass(eq=False)
class Message:
    """One message of a conversation."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    from_bot: bool = False
    thread_ts: str | None = None
    seen_by: str | None = None  # an ephemeral one: the only person who sees it
    files: list[str] = field(default_factory=list)
    edited: bool = False
    deleted: bool = False
    in_mrkdwn: bool = True
    finds_names: bool = False  # link_names or parse=full: Slack looks for @here in the text by itself
    unfurls: bool = True  # Slack's robot visits the links in it, as it does unless told otherwise
    version: int = 0

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.seen_by is not None

    @property
    def readings(self) -> list[Reading]:
        """What there is to read, piece by piece; blocks hide the text."""
        if self.blocks:
            return [reading for block in self.blocks for reading in read_block(block)]
        return [self._text]

    @property
    def words(self) -> str:
        """What people read: mentions and links by their labels, a line for each piece."""
        return "\n".join(reading.words for reading in self.readings if reading.words)

    @property
    def pings(self) -> Pings:
        """Who would be notified; the text above blocks counts too, for it is the notification."""
        return Pings.of([reading.pings for reading in [*self.readings, self._text]])

    @property
    def _text(self) -> Reading:
        return read_mrkdwn(self.text) if self.finds_names else read_text(self.text, in_mrkdwn=self.in_mrkdwn)

    @property
    def links(self) -> list[str]:
        """Where one could click to, buttons apart."""
        return [link for reading in self.readings for link in reading.links]

    @property
    def pictures(self) -> list[dict[str, Any]]:
        """The image blocks and accessories."""
        return [found for block in self.blocks for found in _images(block)]

    @property
    def tables(self) -> list[dict[str, Any]]:
        """The table blocks."""
        return [block for block in self.blocks if block["type"] == "table"]

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Everything that can be tapped, each with the id of its block."""
        return interactive(self.blocks)

    @property
    def labels(self) -> list[str]:
        """The words on the buttons, in reading order."""
        return [label_of(element) for element in self.buttons if element["type"] == "button"]


def interactive(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """List the elements of blocks that send something when touched."""
    found = []
    for block in blocks:
        elements = list(block.get("elements", [])) if block["type"] == "actions" else []
        if block["type"] == "section" and "accessory" in block:
            elements.append(block["accessory"])
        found += [element | {"block_id": block["block_id"]} for element in elements if "action_id" in element]
    return found


def label_of(element: dict[str, Any]) -> str:
    """Read the words on a button, or the placeholder of another element."""
    return str((element.get("text") or element.get("placeholder") or {}).get("text", ""))


def pick(elements: list[dict[str, Any]], label: str) -> dict[str, Any]:
    """Find the first element whose words contain these."""
    for element in elements:
        if label.casefold() in label_of(element).casefold():
            return element
    raise LookupError(f"no button {label!r}; there are {[label_of(element) for element in elements]}")


def _images(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    candidates = [block, block.get("accessory") or {}, *block.get("elements", [])]
    yield from (one for one in candidates if one.get("type") == "image")
