"""Every reason to refuse is in the catalogue: none is missing and none is made up."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from referrals.denials import DENIALS
from referrals.judging import NEARNESS
from referrals.rewarding import Side

ROOT = Path(__file__).parent.parent.parent


def test_there_are_at_least_as_many_as_were_promised() -> None:
    assert len(DENIALS) >= 25


def test_every_answer_of_the_judge_but_yes_is_a_denial() -> None:
    assert set(NEARNESS) - {"qualified"} <= set(DENIALS)


# Codes that are put together: one for each period or side.
COMPUTED = {f"cap-{period}" for period in ("friend", "day", "week", "month", "year", "lifetime")}
COMPUTED |= {f"excluded-{side}" for side in Side}
# Decisions that refuse nothing.
NO_DENIALS = frozenset(
    "qualified hold-released unclaimed merged contest-decided raffle-drawn given-again "
    "refund-recorded refund-waits withdrawn".split()
)
# Refusals at a chat's or a team's door, which are about the gesture and not about a referral.
GESTURES = frozenset({"no-link", "not-yours", "no-access", "too-many-codes", "too-late-to-pick", "appealed-before"})


def _said() -> set[str]:
    """Gather every code that the rules and the stories give as an outcome, a reason or a refusal."""
    found: set[str] = set()
    for folder in ("referrals", "handlers"):
        for path in (ROOT / folder).rglob("*.py"):
            if path.name != "denials.py":
                found |= set(_codes(ast.parse(path.read_text(encoding="utf-8"))))
    return found


def _codes(tree: ast.Module) -> Iterator[str]:
    named = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        values: list[ast.expr | None] = []
        if isinstance(node, ast.keyword) and node.arg in {"outcome", "reason", "refused"}:
            values = [node.value]
        elif isinstance(node, ast.Dict):
            values = [value for key, value in zip(node.keys, node.values, strict=True) if _is_reason(key)]
        elif isinstance(node, ast.Assign) and any(
            _is_reason(getattr(target, "slice", None)) for target in node.targets
        ):
            values = [node.value]
        for value in values:
            meant = named.get(value.id, value) if isinstance(value, ast.Name) else value
            yield from _texts(meant)


def _is_reason(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Constant) and key.value == "reason"


def _texts(value: ast.expr | None) -> Iterator[str]:
    if isinstance(value, ast.IfExp):
        yield from (text for branch in (value.body, value.orelse) for text in _texts(branch))
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        yield value.value


def test_every_code_that_is_said_is_in_the_catalogue() -> None:
    assert _said() - NO_DENIALS - GESTURES - set(DENIALS) == set()


def test_every_denial_is_said_somewhere() -> None:
    """A code that no rule and no story names would be a reason that never happens."""
    sources = [path for folder in ("referrals", "handlers") for path in (ROOT / folder).rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.name != "denials.py")
    missing = [code for code in DENIALS if code not in COMPUTED and not re.search(rf'"{code}"', text)]
    assert missing == []


def test_what_refuses_nothing_is_no_denial() -> None:
    assert set(DENIALS).isdisjoint(NO_DENIALS | GESTURES)


def test_whoever_can_do_nothing_may_at_least_ask_or_share_again() -> None:
    stuck = [
        code for code, denial in DENIALS.items() if denial.sides and denial.remedy == "none" and not denial.can_appeal
    ]
    # Nothing was refused to these: they have what they came for, or there is nothing to be had from anybody.
    assert set(stuck) == {"joined-before", "program-over"}
