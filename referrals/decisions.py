"""Decisions: the trace of a judgement, saying which rule saw which value and what would change the outcome."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One judgement: `outcome` is its code; `rule`, `saw` and `would_change` say why, free of personal data."""

    outcome: str
    rule: str
    saw: str
    would_change: str = ""

    def to_json(self) -> dict[str, str]:
        """Write the trace as it stands in the API's answer."""
        return {"outcome": self.outcome, "rule": self.rule, "saw": self.saw, "would_change": self.would_change}
