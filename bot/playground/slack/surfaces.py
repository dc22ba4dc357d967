"""Modals and Home tabs: what a person has open, and what they could fill in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.playground.slack.bubbles import interactive, label_of
from bot.playground.slack.mrkdwn import read_block, read_object

DEPTH = 3  # views on top of each other


@dataclass(eq=False)
class View:
    """One modal or Home tab of one person."""

    view_id: str
    user: str
    given: dict[str, Any]  # as the app wrote it, block ids and action ids filled in
    hash: str
    external_id: str = ""
    root_id: str = ""
    previous_id: str | None = None
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""  # what Slack itself shows when the app did not answer
    version: int = 0

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Its blocks."""
        return list(self.given["blocks"])

    @property
    def title(self) -> str:
        """Its title; a Home tab has none."""
        return read_object(self.given.get("title")).words

    @property
    def words(self) -> str:
        """What people read, a line for each piece."""
        pieces = [reading.words for block in self.blocks for reading in read_block(block)]
        return "\n".join(piece for piece in [self.title, *pieces] if piece)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Everything that can be tapped, each with the id of its block."""
        return interactive(self.blocks)

    @property
    def labels(self) -> list[str]:
        """The words on the buttons, in reading order."""
        return [label_of(element) for element in self.buttons if element["type"] == "button"]

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """Its input blocks."""
        return [block for block in self.blocks if block["type"] == "input"]

    @property
    def pictures(self) -> list[dict[str, Any]]:
        """Its image blocks and accessories."""
        candidates = [one for block in self.blocks for one in (block, block.get("accessory") or {})]
        return [one for one in candidates if one.get("type") == "image"]

    def as_json(self, *, team: str, app: str, bot: str) -> dict[str, Any]:
        """Write the view as the platform gives it back."""
        return {
            "id": self.view_id,
            "team_id": team,
            "type": self.given["type"],
            "blocks": self.blocks,
            "private_metadata": self.given.get("private_metadata", ""),
            "callback_id": self.given.get("callback_id", ""),
            "state": {"values": self.values},
            "hash": self.hash,
            "title": self.given.get("title"),
            "clear_on_close": bool(self.given.get("clear_on_close")),
            "notify_on_close": bool(self.given.get("notify_on_close")),
            "close": self.given.get("close"),
            "submit": self.given.get("submit"),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id or self.view_id,
            "app_id": app,
            "external_id": self.external_id,
            "app_installed_team_id": team,
            "bot_id": bot,
        }
