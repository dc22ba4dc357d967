"""Which goals an event reaches, what each side gets, and what would have changed the answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from referrals.conditions import Condition, Group, Operator
from referrals.decisions import Decision
from referrals.judging import currency_refusal, judge, still_reached
from referrals.money import Amount
from referrals.program import CountBy, Goal, Hold, Program
from referrals.program_file import preset, read_program
from referrals.reported import Facts, Party, Reported, Standing
from referrals.rewarding import ByField, ByStep, Fixed, Option, Portion, RewardRule, Side

JOINED = datetime(2027, 3, 1, 9, tzinfo=UTC)
UNTIL = JOINED + timedelta(days=60)
DEMO = read_program(preset("demo"), ZoneInfo("Europe/Berlin"))
GOAL = DEMO.goals[0]
FREE = replace(DEMO, goals=(replace(GOAL, minimum=None),))
BOUGHT = Reported(type="purchase", amount=Amount(2400, "EUR"), occurred_at=JOINED + timedelta(days=3))
INSTANT = timedelta(microseconds=1)
JUST_JOINED = Standing(state="joined", joined_at=JOINED)


def program(*goals: Goal) -> Program:
    return replace(DEMO, goals=goals)


def asking(*parts: Condition | Group, quantifier: str = "all") -> Program:
    group = Group("any" if quantifier == "any" else "all", parts)
    return program(replace(GOAL, minimum=None, when=group))


def facts(event: Reported = BOUGHT, terms: Program = DEMO, *history: Reported, **more: object) -> Facts:
    known = Facts(event=event, program=terms, standing=JUST_JOINED, history=history)
    return replace(known, **more)  # type: ignore[arg-type]  # the fields of facts, by name


def outcome(event: Reported = BOUGHT, terms: Program = DEMO, *history: Reported, **more: object) -> str:
    return judge(facts(event, terms, *history, **more)).decision.outcome


def days_later(days: float, event: Reported = BOUGHT, **changes: object) -> Reported:
    return replace(event, occurred_at=JOINED + timedelta(days=days), **changes)  # type: ignore[arg-type]  # by name


def test_a_purchase_in_time_and_large_enough_reaches_the_goal_and_rewards_both() -> None:
    judged = judge(facts())
    assert (judged.decision.outcome, judged.decision.rule, judged.decision.saw) == (
        "qualified",
        "first-purchase",
        "24.00",
    )
    assert all(check.passed for check in judged.decision.checks)
    given_out = [(grant.side, grant.amount, grant.occurrence) for grant in judged.reached[0].grants]
    assert given_out == [(Side.ADVOCATE, Amount(1000, "EUR"), 1), (Side.FRIEND, Amount(500, "EUR"), 1)]


# In order of precedence.
REFUSALS: list[tuple[str, str, dict[str, object]]] = [
    ("no-goal", "goals", {"type": "signup"}),
    ("before-joining", "joining", {"occurred_at": JOINED - INSTANT}),
    ("too-late", "joining.qualify_within_days", {"occurred_at": UNTIL + INSTANT}),
    ("other-currency", "program.currency", {"amount": Amount(2400, "USD")}),
    ("below-minimum", "first-purchase.minimum", {"amount": Amount(999, "EUR")}),
    ("below-minimum", "first-purchase.minimum", {"amount": None}),
]


@pytest.mark.parametrize(("code", "rule", "change"), REFUSALS)
def test_each_reason_names_its_rule_and_what_would_change_it(code: str, rule: str, change: dict[str, object]) -> None:
    decision = judge(facts(replace(BOUGHT, **change))).decision  # type: ignore[arg-type]  # a table of several types
    assert (decision.outcome, decision.rule) == (code, rule)
    assert decision.saw
    assert decision.would_change


@pytest.mark.parametrize("place", range(len(REFUSALS) - 1))
def test_a_reason_stands_over_those_that_follow_it(place: int) -> None:
    changes: dict[str, object] = {}
    for _, _, change in reversed(REFUSALS[place:-1]):
        changes |= change
    assert outcome(replace(BOUGHT, **changes)) == REFUSALS[place][0]  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("state", ["qualified", "completed"])
def test_a_referral_from_before_goals_were_counted_has_reached_its_own(state: str) -> None:
    assert outcome(standing=replace(JUST_JOINED, state=state)) == "goal-reached-before"


def test_an_ended_referral_reaches_nothing() -> None:
    assert outcome(standing=replace(JUST_JOINED, state="ineligible")) == "referral-ended"


def test_the_bounds_belong_to_the_window_and_to_the_minimum() -> None:
    for at in (JOINED, UNTIL):
        assert outcome(replace(BOUGHT, occurred_at=at)) == "qualified"
    assert outcome(replace(BOUGHT, amount=Amount(1000, "EUR"))) == "qualified"


def test_without_a_minimum_an_event_needs_no_amount() -> None:
    assert outcome(replace(BOUGHT, amount=None), FREE) == "qualified"


def test_only_another_currency_is_refused() -> None:
    assert currency_refusal(None, DEMO) is None
    assert currency_refusal(Amount(1, "EUR"), DEMO) is None
    refused = currency_refusal(Amount(1, "JPY"), DEMO)
    assert refused == Decision(outcome="other-currency", rule="program.currency", saw="JPY", would_change="EUR")


@pytest.mark.parametrize(("left", "survives"), [(2400, True), (1000, True), (999, False), (0, False), (-1, False)])
def test_what_is_left_must_still_reach_the_minimum(left: int, survives: bool) -> None:  # noqa: FBT001 - a case's value
    assert still_reached(GOAL, facts(replace(BOUGHT, amount=Amount(left, "EUR")))) is survives


@pytest.mark.parametrize(("left", "survives"), [(1, True), (0, False)])
def test_without_a_minimum_anything_left_is_enough(left: int, survives: bool) -> None:  # noqa: FBT001 - a case's value
    assert still_reached(FREE.goals[0], facts(replace(BOUGHT, amount=Amount(left, "EUR")), FREE)) is survives


# --- windows, times, several events ----------------------------------------------------------------------------------


def test_a_window_may_run_from_the_click() -> None:
    terms = program(replace(GOAL, within=timedelta(days=10), counted_from="click"))
    clicked = replace(JUST_JOINED, clicked_at=JOINED - timedelta(days=5))
    assert outcome(days_later(5), terms, standing=clicked) == "qualified"
    assert outcome(days_later(5.1), terms, standing=clicked) == "too-late"
    assert outcome(days_later(5.1), terms) == "qualified"


def test_a_goal_may_be_reached_so_many_times_or_without_end() -> None:
    twice = program(replace(GOAL, most_times=2))
    for times, expected in ((1, "qualified"), (2, "goal-reached-before")):
        assert outcome(BOUGHT, twice, standing=replace(JUST_JOINED, reached={"first-purchase": times})) == expected
    endless = program(replace(GOAL, most_times=None))
    judged = judge(facts(BOUGHT, endless, standing=replace(JUST_JOINED, reached={"first-purchase": 41})))
    assert [grant.occurrence for grant in judged.reached[0].grants] == [42, 42]


def test_several_events_must_all_have_happened_in_any_order() -> None:
    terms = program(replace(GOAL, minimum=None, events=("account", "install")))
    account = days_later(1, type="account", amount=None)
    install = days_later(2, type="install", amount=None)
    assert outcome(install, terms) == "more-needed"
    assert judge(facts(install, terms)).decision.would_change == "account"
    assert outcome(install, terms, account) == "qualified"
    assert outcome(days_later(3, account), terms, install) == "qualified"


def test_a_goal_may_need_so_many_events_in_time() -> None:
    terms = program(replace(GOAL, minimum=None, count=CountBy(number=3), within=timedelta(days=30)))
    trips = [days_later(day) for day in (1, 2, 3)]
    assert outcome(trips[1], terms, trips[0]) == "more-needed"
    assert outcome(trips[2], terms, *trips[:2]) == "qualified"
    before = days_later(-1)
    assert outcome(trips[2], terms, before, trips[0]) == "more-needed"
    again = replace(JUST_JOINED, reached={"first-purchase": 1})
    often = program(replace(terms.goals[0], most_times=None))
    assert outcome(days_later(4), often, *trips, standing=again) == "more-needed"
    assert outcome(days_later(6), often, *trips, days_later(4), days_later(5), standing=again) == "qualified"


def test_how_many_may_depend_on_the_city() -> None:
    count = CountBy(number=1, field="friend.city", cases=(("chicago", 2),))
    terms = program(replace(GOAL, minimum=None, count=count))
    assert outcome(BOUGHT, terms, friend=Party(attributes={"city": "chicago"})) == "more-needed"
    assert outcome(BOUGHT, terms, friend=Party(attributes={"city": "berlin"})) == "qualified"


def test_the_goal_that_came_nearest_is_told() -> None:
    small = replace(GOAL, name="small", minimum=Amount(5000, "EUR"))
    late = replace(GOAL, name="late", within=timedelta(days=1))
    assert judge(facts(BOUGHT, program(late, small))).decision.rule == "small.minimum"
    judged = judge(facts(BOUGHT, program(late, small, GOAL)))
    assert (judged.decision.rule, [verdict.goal.name for verdict in judged.reached]) == (GOAL.name, [GOAL.name])


# --- conditions ------------------------------------------------------------------------------------------------------

SEEN = replace(BOUGHT, source="till", properties={"product": ("tea", "cake"), "country": "DE", "day": "2027-03-04"})
PEOPLE = {
    "friend": Party(attributes={"plan": "plus", "age": "30"}),
    "advocate": Party(attributes={"vip": "true"}, referrals=4),
}
CONDITIONS: list[tuple[str, str, tuple[str | Decimal | bool, ...], bool]] = [
    ("amount", "is_at_least", (Decimal("24.00"),), True),
    ("amount", "is_more_than", (Decimal("24.00"),), False),
    ("amount", "is_at_most", (Decimal("24"),), True),
    ("amount", "is_less_than", (Decimal("24"),), False),
    ("amount", "is", (Decimal("24"),), True),
    ("product", "is", ("tea",), True),
    ("product", "is", ("Tea",), False),
    ("product", "is_not", ("tea",), False),
    ("product", "is_one_of", ("milk", "cake"), True),
    ("product", "is_none_of", ("milk", "beer"), True),
    ("product", "starts_with", ("te",), True),
    ("product", "ends_with", ("ke",), True),
    ("product", "contains", ("ak",), True),
    ("product", "does_not_contain", ("ak",), False),
    ("country", "is_one_of", ("AT", "DE"), True),
    ("category", "is", ("tea",), False),
    ("category", "is_not", ("tea",), True),
    ("category", "is_at_least", (Decimal(1),), False),
    ("source", "is", ("till",), True),
    ("property.day", "is_at_least", ("2027-03-04",), True),
    ("property.day", "is_more_than", ("2027-03-04",), False),
    ("friend.plan", "is", ("plus",), True),
    ("friend.age", "is_at_least", (Decimal(18),), True),
    ("friend.plan", "is_at_least", (Decimal(18),), False),
    ("advocate.vip", "is", (True,), True),
    ("advocate.vip", "is_not", (True,), False),
    ("advocate.referrals", "is_at_least", (Decimal(5),), False),
    ("count", "is_at_least", (Decimal(2),), True),
    ("total", "is_at_least", (Decimal("48.00"),), True),
    ("total", "is_more_than", (Decimal("48.00"),), False),
    ("first", "is", (True,), False),
    ("first", "is", (False,), True),
]


@pytest.mark.parametrize(("field", "operator", "values", "met"), CONDITIONS)
def test_a_condition_compares_what_it_sees(
    field: str,
    operator: str,
    values: tuple[str | Decimal | bool, ...],
    met: bool,  # noqa: FBT001 - a case's value
) -> None:
    terms = asking(Condition(field, Operator(operator), values))
    judged = judge(facts(SEEN, terms, days_later(1), **PEOPLE))
    assert (judged.decision.outcome == "qualified") is met
    assert any(check.passed is met for check in judged.decision.checks if check.rule.endswith(field))


def test_a_condition_on_one_of_the_two_is_marked_as_theirs() -> None:
    terms = asking(Condition("friend.plan", Operator.IS, ("free",)), Condition("advocate.vip", Operator.IS, (True,)))
    about = {check.rule: check.about for check in judge(facts(SEEN, terms, **PEOPLE)).decision.checks}
    assert about == {"first-purchase.friend.plan": "friend", "first-purchase.advocate.vip": "advocate"}


def test_groups_of_all_and_any_may_stand_in_each_other() -> None:
    tea, beer = Condition("product", Operator.IS, ("tea",)), Condition("product", Operator.IS, ("beer",))
    german = Condition("country", Operator.IS, ("DE",))
    for group, expected in (
        ((tea, beer), "conditions-not-met"),
        ((Group("any", (beer, tea)), german), "qualified"),
        ((Group("any", (beer, Group("all", (tea, german)))),), "qualified"),
        ((Group("any", (beer, Group("all", (tea, beer)))),), "conditions-not-met"),
    ):
        assert outcome(SEEN, asking(*group)) == expected
    assert outcome(SEEN, asking(beer, tea, quantifier="any")) == "qualified"


def test_what_was_missed_is_told_as_the_file_says_it() -> None:
    decision = judge(facts(SEEN, asking(Condition("product", Operator.IS_ONE_OF, ("beer", "wine"))))).decision
    assert (decision.rule, decision.saw) == ("first-purchase.product", "tea, cake")
    assert decision.would_change == "is_one_of beer, wine"


# --- how much --------------------------------------------------------------------------------------------------------


def paying(size: Fixed | Portion | ByField | ByStep) -> Program:
    rule = RewardRule(side=Side.ADVOCATE, options=(Option(size=size, unit="EUR"),))
    return program(replace(GOAL, rewards=(rule,)))


TEN, FIVE = Fixed(Amount(1000, "EUR")), Fixed(Amount(500, "EUR"))


@pytest.mark.parametrize(
    ("size", "minor"),
    [
        (TEN, 1000),
        (Portion(Decimal("12.5")), 300),
        (Portion(Decimal(50), at_most=Amount(700, "EUR")), 700),
        (ByField("product", (("cake", TEN),), FIVE), 1000),
        (ByField("country", (("AT", TEN),), FIVE), 500),
        (ByField("country", (("AT", TEN),)), None),
        (ByStep(((1, FIVE), (5, TEN))), 1000),
        (ByStep(((1, FIVE), (6, TEN))), 500),
        (Portion(Decimal("0.001")), None),
    ],
)
def test_a_reward_is_worth_what_its_size_says(size: Fixed | Portion | ByField | ByStep, minor: int | None) -> None:
    grants = judge(facts(SEEN, paying(size), **PEOPLE)).reached[0].grants
    assert [grant.amount.minor for grant in grants] == ([] if minor is None else [minor])


def test_every_option_of_a_choice_has_its_amount() -> None:
    options = (
        Option(name="money", size=TEN, unit="EUR"),
        Option(name="bag", size=Fixed(Amount(1, "bags")), unit="bags"),
    )
    terms = program(replace(GOAL, rewards=(RewardRule(side=Side.FRIEND, options=options),)))
    assert judge(facts(BOUGHT, terms)).reached[0].grants[0].amounts == (Amount(1000, "EUR"), Amount(1, "bags"))


def test_of_several_ways_the_shortest_is_told() -> None:
    product, country = Condition("product", Operator.IS, ("beer",)), Condition("country", Operator.IS, ("AT",))
    plan = Condition("friend.plan", Operator.IS, ("free",))
    both = Group("all", (product, country))
    decision = judge(facts(SEEN, asking(Group("any", (both, plan))), **PEOPLE)).decision
    assert (decision.rule, decision.would_change) == ("first-purchase.friend.plan", "is free")
    decision = judge(facts(SEEN, asking(both, plan), **PEOPLE)).decision
    assert decision.would_change == "product is beer; country is AT; friend.plan is free"


def test_a_hold_may_end_with_an_event() -> None:
    waiting = replace(GOAL, hold=Hold(days=timedelta(days=2), until_event="checkout"))
    grants = judge(facts(BOUGHT, program(waiting))).reached[0].grants
    assert {grant.goal.hold.until_event for grant in grants} == {"checkout"}


def test_a_decision_is_written_with_what_would_change_it() -> None:
    decision = judge(facts(replace(BOUGHT, amount=Amount(999, "EUR")))).decision
    assert decision.to_json() == {
        "outcome": "below-minimum",
        "rule": "first-purchase.minimum",
        "saw": "9.99",
        "would_change": ">= 10.00",
    }
