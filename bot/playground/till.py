"""What the till on the page has rung up: kept here so that a reload shows the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

RECORDS = 200  # a day of playing; older slips are dropped


@dataclass
class Till:
    """The slips of one pretend till, newest last."""

    slips: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, slip: dict[str, Any]) -> None:
        """Keep a slip; one with the same id replaces the earlier."""
        self.slips = [one for one in self.slips if one.get("id") != slip.get("id")][-RECORDS:]
        self.slips.append(slip)

    def has(self, kind: str) -> bool:
        """Tell whether something of a kind has happened."""
        return any(slip.get("kind") == kind for slip in self.slips)
