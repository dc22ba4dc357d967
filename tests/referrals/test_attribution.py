"""Who may join through whose link: one reason at a time, the one a person can act on first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from referrals.attribution import Invitation, counts_late, excluded_by, refusal, why_refused
from referrals.conditions import Condition, Group, Operator
from referrals.decisions import Decision
from referrals.program import Exclusion, Program
from referrals.program_file import preset, read_program
from referrals.rewarding import Side

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
        (replace(DEMO, starts=NOON + timedelta(microseconds=1)), "program-not-begun"),
        (replace(DEMO, ends=NOON), "program-over"),
        (replace(DEMO, ends=NOON + timedelta(microseconds=1)), None),
    ],
)
def test_a_program_is_open_from_its_start_until_its_end(program: Program, code: str | None) -> None:
    assert refusal(WELCOME, program, NOON) == code


# --- what only some programs ask -------------------------------------------------------------------------------------

ADULTS = Exclusion(
    name="minors", who=Side.FRIEND, when=Group("all", (Condition("friend.age", Operator.IS_LESS_THAN, (Decimal(18),)),))
)
STAFF = Exclusion(name="staff", when=Group("all", (Condition("advocate.staff", Operator.IS, (True,)),)))
EVERYWHERE = Exclusion(
    name="abroad",
    when=Group(
        "any",
        (
            Condition("friend.country", Operator.IS_NOT, ("DE",)),
            Condition("advocate.country", Operator.IS_NOT, ("DE",)),
        ),
    ),
)
GERMAN = {"country": "DE"}


def test_a_paused_program_takes_nobody_new() -> None:
    assert refusal(replace(WELCOME, is_paused=True), DEMO, NOON) == "program-paused"
    assert refusal(replace(WELCOME, is_paused=True), OVER, NOON) == "program-over"


@pytest.mark.parametrize(
    ("exclusion", "friend", "advocate", "code"),
    [
        (ADULTS, {"age": "17"}, {}, "excluded-friend"),
        (ADULTS, {"age": "18"}, {}, None),
        (ADULTS, {}, {}, None),
        (STAFF, {}, {"staff": "true"}, "excluded-advocate"),
        (STAFF, {"staff": "true"}, {}, None),
        (EVERYWHERE, GERMAN, GERMAN, None),
        (EVERYWHERE, GERMAN, {"country": "AT"}, "excluded-advocate"),
        (EVERYWHERE, {"country": "AT"}, GERMAN, "excluded-friend"),
    ],
)
def test_the_program_says_who_cannot_take_part(
    exclusion: Exclusion, friend: dict[str, str], advocate: dict[str, str], code: str | None
) -> None:
    terms = replace(DEMO, exclusions=(exclusion,))
    invitation = replace(WELCOME, friend_attributes=friend, advocate_attributes=advocate)
    assert refusal(invitation, terms, NOON) == code
    found = excluded_by(terms, invitation, NOON)
    assert (found[1].name if found else None) == (exclusion.name if code else None)


@pytest.mark.parametrize(
    ("days", "code"), [(0, None), (7, None), (7.001, "late-claim-over"), (900, "late-claim-over"), (-1, None)]
)
def test_a_code_may_be_given_late_for_so_many_days(days: float, code: str | None) -> None:
    terms = replace(DEMO, late_claim=timedelta(days=7))
    invitation = replace(WELCOME, customer_since=NOON - timedelta(days=days))
    assert refusal(invitation, terms, NOON) == code
    assert counts_late(invitation, terms, NOON) is (code is None and days >= 0)


@pytest.mark.parametrize(
    ("since", "last", "code"),
    [
        (900, 366, None),
        (900, 365, None),
        (900, 364, "customer-before"),
        (900, None, None),
        (10, None, "customer-before"),
    ],
)
def test_who_has_not_bought_for_so_long_counts_as_new(since: int, last: int | None, code: str | None) -> None:
    terms = replace(DEMO, lapsed_after=timedelta(days=365))
    bought = None if last is None else NOON - timedelta(days=last)
    invitation = replace(WELCOME, customer_since=NOON - timedelta(days=since), last_bought=bought)
    assert refusal(invitation, terms, NOON) == code


# --- and why ---------------------------------------------------------------------------------------------------------


def _changed(decision: Decision, terms: Program, invitation: Invitation) -> str | None:
    """Ask again at the moment, or with the first purchase, that a decision names."""
    moment = datetime.fromisoformat(decision.would_change.split(" ")[1])
    instant = timedelta(microseconds=1)
    if decision.outcome == "customer-before":
        return refusal(replace(invitation, customer_since=moment + instant), terms, NOON)
    return refusal(invitation, terms, moment - (instant if decision.would_change.startswith("< ") else timedelta()))


@pytest.mark.parametrize(
    ("terms", "change"),
    [
        (replace(DEMO, starts=NOON + timedelta(days=1)), {}),
        (replace(DEMO, ends=NOON - timedelta(days=1)), {}),
        (replace(DEMO, late_claim=timedelta(days=3)), {"customer_since": NOON - timedelta(days=4)}),
        (DEMO, {"customer_since": NOON - timedelta(days=4)}),
    ],
)
def test_what_would_have_changed_a_refusal_does(terms: Program, change: dict[str, Any]) -> None:
    invitation = replace(WELCOME, **change)
    code = refusal(invitation, terms, NOON)
    assert code is not None
    decision = why_refused(code, invitation, terms, NOON)
    assert decision.outcome == code
    assert decision.saw
    assert _changed(decision, terms, invitation) is None


def test_an_exclusion_is_named_and_nobodys_attributes_are() -> None:
    terms = replace(DEMO, exclusions=(ADULTS,))
    decision = why_refused("excluded-friend", replace(WELCOME, friend_attributes={"age": "17"}), terms, NOON)
    assert (decision.rule, decision.saw) == ("ineligible.minors", "the friend")
    assert "17" not in str(decision.to_json())
    assert [check.about for check in decision.checks] == ["friend"]


@pytest.mark.parametrize("code", [*CODES, "program-paused"])
def test_every_refusal_says_what_it_saw(code: str) -> None:
    decision = why_refused(code, WELCOME, OVER, NOON)
    assert (decision.outcome, bool(decision.rule), bool(decision.saw)) == (code, True, True)
