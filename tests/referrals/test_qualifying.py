"""Which event reaches a goal, and what a refund leaves of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from referrals.decisions import Decision
from referrals.money import Amount
from referrals.program_file import preset, read_program
from referrals.qualifying import Reported, currency_refusal, judge, survives_refund

JOINED = datetime(2027, 3, 1, 9, tzinfo=UTC)
UNTIL = JOINED + timedelta(days=60)
DEMO = read_program(preset("demo"), ZoneInfo("Europe/Berlin"))
GOAL = DEMO.goals[0]
FREE = replace(DEMO, goals=(replace(GOAL, minimum=None),))
BOUGHT = Reported(type="purchase", amount=Amount(2400, "EUR"), occurred_at=JOINED + timedelta(days=3))
INSTANT = timedelta(microseconds=1)


def _judge(event: Reported, *, state: str = "joined") -> Decision:
    return judge(event, DEMO, state=state, joined_at=JOINED, qualify_by=UNTIL)


def test_a_purchase_in_time_and_large_enough_qualifies() -> None:
    assert _judge(BOUGHT) == Decision(outcome="qualified", rule="first-purchase", saw="24.00")


# In order of precedence.
REFUSALS: list[tuple[str, str, dict[str, object]]] = [
    ("no-goal", "goals", {"type": "signup"}),
    ("before-joining", "joining", {"occurred_at": JOINED - INSTANT}),
    ("too-late", "joining.qualify_within_days", {"occurred_at": UNTIL + INSTANT}),
    ("other-currency", "program.currency", {"amount": Amount(2400, "USD")}),
    ("below-minimum", "first-purchase.minimum", {"amount": Amount(999, "EUR")}),
    ("below-minimum", "first-purchase.minimum", {"amount": None}),
]


@pytest.mark.parametrize(("outcome", "rule", "change"), REFUSALS)
def test_each_reason_names_its_rule_and_what_would_change_it(
    outcome: str, rule: str, change: dict[str, object]
) -> None:
    event = replace(BOUGHT, **change)  # type: ignore[arg-type]  # the table mixes the types of several fields
    decision = _judge(event)
    assert (decision.outcome, decision.rule) == (outcome, rule)
    assert decision.saw
    assert decision.would_change


@pytest.mark.parametrize("place", range(len(REFUSALS) - 1))
def test_a_reason_stands_over_those_that_follow_it(place: int) -> None:
    changes: dict[str, object] = {}
    for _, _, change in reversed(REFUSALS[place:-1]):
        changes |= change
    event = replace(BOUGHT, **changes)  # type: ignore[arg-type]  # as above
    assert _judge(event).outcome == REFUSALS[place][0]


@pytest.mark.parametrize("state", ["qualified", "completed", "ineligible"])
def test_a_referral_reaches_its_goal_once(state: str) -> None:
    assert _judge(BOUGHT, state=state) == Decision(outcome="goal-reached-before", rule="first-purchase", saw=state)


def test_the_bounds_belong_to_the_window_and_to_the_minimum() -> None:
    for at in (JOINED, UNTIL):
        assert _judge(replace(BOUGHT, occurred_at=at)).outcome == "qualified"
    assert _judge(replace(BOUGHT, amount=Amount(1000, "EUR"))).outcome == "qualified"


def test_without_a_minimum_an_event_needs_no_amount() -> None:
    event = replace(BOUGHT, amount=None)
    assert judge(event, FREE, state="joined", joined_at=JOINED, qualify_by=UNTIL).outcome == "qualified"


def test_a_decision_is_written_with_what_would_change_it() -> None:
    assert _judge(replace(BOUGHT, amount=Amount(999, "EUR"))).to_json() == {
        "outcome": "below-minimum",
        "rule": "first-purchase.minimum",
        "saw": "9.99",
        "would_change": ">= 10.00",
    }


def test_only_another_currency_is_refused() -> None:
    assert currency_refusal(None, DEMO) is None
    assert currency_refusal(Amount(1, "EUR"), DEMO) is None
    refused = currency_refusal(Amount(1, "JPY"), DEMO)
    assert refused == Decision(outcome="other-currency", rule="program.currency", saw="JPY", would_change="EUR")


@pytest.mark.parametrize(("left", "survives"), [(2400, True), (1000, True), (999, False), (0, False), (-1, False)])
def test_what_is_left_must_still_reach_the_minimum(left: int, survives: bool) -> None:  # noqa: FBT001 - a case's value
    assert survives_refund(Amount(left, "EUR"), GOAL) is survives


@pytest.mark.parametrize(("left", "survives"), [(1, True), (0, False), (-1, False)])
def test_without_a_minimum_anything_left_is_enough(left: int, survives: bool) -> None:  # noqa: FBT001 - a case's value
    assert survives_refund(Amount(left, "EUR"), FREE.goals[0]) is survives
