"""Who may join through whose link: one reason at a time, the one a person can act on first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from referrals.attribution import Invitation, refusal
from referrals.program import Program
from referrals.program_file import preset, read_program

NOON = datetime(2027, 3, 15, 12, tzinfo=UTC)
DEMO = read_program(preset("demo"), ZoneInfo("Europe/Berlin"))
OVER = replace(DEMO, ends=NOON)
WELCOME = Invitation(advocate="cus_alice", friend="cus_bob", customer_since=None, invited_by=None, is_circle=False)

# In order of precedence: each refusal with what brings it about, over everything below it.
REFUSALS: list[tuple[str, dict[str, object]]] = [
    ("unknown-code", {"advocate": None}),
    ("own-link", {"friend": "cus_alice"}),
    ("joined-before", {"invited_by": "cus_alice"}),
    ("invited-by-another", {"invited_by": "cus_dora"}),
    ("program-over", {}),
    ("customer-before", {"customer_since": NOON - timedelta(days=1)}),
    ("circle", {"is_circle": True}),
]
CODES = [code for code, _ in REFUSALS]


def _invitation(*reasons: str) -> Invitation:
    changes: dict[str, object] = {}
    for code in sorted(reasons, key=CODES.index, reverse=True):
        changes |= dict(REFUSALS)[code]
    return replace(WELCOME, **changes)  # type: ignore[arg-type]  # the table mixes the types of several fields


def _refusal(*reasons: str) -> str | None:
    return refusal(_invitation(*reasons), OVER if "program-over" in reasons else DEMO, NOON)


def test_a_newcomer_is_welcome() -> None:
    assert _refusal() is None


@pytest.mark.parametrize("code", CODES)
def test_each_reason_refuses_by_itself(code: str) -> None:
    assert _refusal(code) == code


@pytest.mark.parametrize("code", CODES)
def test_a_reason_stands_over_all_that_follow_it(code: str) -> None:
    followers = CODES[CODES.index(code) + 1 :]
    if code == "joined-before":
        followers.remove("invited-by-another")  # one friend has one advocate
    assert _refusal(code, *followers) == code
    assert all(_refusal(code, follower) == code for follower in followers)


def test_without_a_program_no_code_is_known() -> None:
    assert refusal(WELCOME, None, NOON) == "unknown-code"


@pytest.mark.parametrize(
    ("since", "code"),
    [(timedelta(days=-900), "customer-before"), (timedelta(), "customer-before"), (timedelta(seconds=1), None)],
)
def test_only_what_came_before_the_invitation_makes_a_customer(since: timedelta, code: str | None) -> None:
    assert refusal(replace(WELCOME, customer_since=NOON + since), DEMO, NOON) == code


@pytest.mark.parametrize(
    ("program", "code"),
    [
        (replace(DEMO, starts=NOON), None),
        (replace(DEMO, starts=NOON + timedelta(microseconds=1)), "program-over"),
        (replace(DEMO, ends=NOON), "program-over"),
        (replace(DEMO, ends=NOON + timedelta(microseconds=1)), None),
    ],
)
def test_a_program_is_open_from_its_start_until_its_end(program: Program, code: str | None) -> None:
    assert refusal(WELCOME, program, NOON) == code
