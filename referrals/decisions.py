"""Decisions: the trace of a judgement, saying which rule saw which value and what would change the outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Check(NamedTuple):
    """One rule applied to one value; `about` says whose value it is, so that nobody is shown the other's."""

    rule: str
    saw: str
    wanted: str
    passed: bool
    about: str = "event"  # or "friend", "advocate", "program"

    def to_json(self) -> Mapping[str, Any]:
        """Write the check as it is stored."""
        return {"rule": self.rule, "saw": self.saw, "wanted": self.wanted, "passed": self.passed, "about": self.about}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One judgement: `outcome` is its code; `rule`, `saw` and `would_change` say why, free of personal data."""

    outcome: str
    rule: str
    saw: str
    would_change: str = ""
    checks: tuple[Check, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Write the trace as it is stored, and as it stands in the API's answer."""
        told: dict[str, Any] = {
            "outcome": self.outcome,
            "rule": self.rule,
            "saw": self.saw,
            "would_change": self.would_change,
        }
        return {**told, "checks": [check.to_json() for check in self.checks]} if self.checks else told
