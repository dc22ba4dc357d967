"""What is left of each reward when something of an event is given back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.conditions import Condition, Group, Operator
from referrals.judging import Verdict, judge
from referrals.money import Amount
from referrals.program import CountBy, Goal
from referrals.program_file import preset, read_program
from referrals.refunds import Stood, after_refund, times_reached_by, worth_left
from referrals.reported import Facts, Reported, Standing
from referrals.rewarding import ByField, ByStep, Fixed, Portion, Size
from referrals.sizing import amount_of

DEMO = read_program(preset("demo"), ZoneInfo("Europe/Berlin"))
GOAL = DEMO.goals[0]
JOINED = datetime(2027, 3, 1, tzinfo=UTC)
TEN = Fixed(Amount(1000, "EUR"))
TENTH, FIFTH = Portion(Decimal(10)), Portion(Decimal(20), at_most=Amount(300, "EUR"))


def euros(minor: int) -> Amount:
    return Amount(minor, "EUR")


def bought(minor: int, day: int = 1) -> Reported:
    return Reported(type="purchase", amount=euros(minor), occurred_at=JOINED + timedelta(days=day))


def after(
    goal: Goal, left: Reported, stood: Sequence[Stood], *others: Reported, before: int = 2400, live: int = 1
) -> list[int]:
    terms = replace(DEMO, goals=(goal,))
    standing = Standing(state="qualified", joined_at=JOINED, reached={goal.name: live})
    facts = Facts(event=left, program=terms, standing=standing, history=others)
    return [amount.minor for amount in after_refund(goal, facts, stood, before=euros(before), live=live).worth]


def reward(size: Size, worth: int, occurrence: int = 1, *, by_event: bool = True) -> Stood:
    return Stood(occurrence=occurrence, by_event=by_event, size=size, worth=euros(worth))


@pytest.mark.parametrize(
    ("left", "worth"),
    [(2400, [1000, 240, 300]), (1500, [1000, 150, 300]), (1000, [1000, 100, 200]), (999, [0, 0, 0]), (0, [0, 0, 0])],
)
def test_a_fixed_reward_stays_a_percentage_shrinks_and_below_the_minimum_all_fall(left: int, worth: list[int]) -> None:
    stood = [reward(TEN, 1000), reward(TENTH, 240), reward(FIFTH, 300)]
    assert after(GOAL, bought(left), stood) == worth


def test_what_was_reduced_before_is_reduced_from_there() -> None:
    assert after(GOAL, bought(1200), [reward(TENTH, 150)], before=1500) == [120]


@pytest.mark.parametrize(
    ("size", "worth", "left"),
    [
        (ByField("product", (("tea", TENTH), ("cake", TEN))), 240, 120),
        (ByField("product", (("tea", TENTH), ("cake", TEN))), 1000, 1000),
        (ByField("product", (("tea", TEN),), FIFTH), 300, 240),
        (ByStep(((1, TENTH), (5, TEN))), 240, 120),
        (ByStep(((1, ByField("product", (("tea", TENTH),))),)), 240, 120),
        (TENTH, 777, 777),
    ],
)
def test_which_percentage_it_was_is_known_by_what_it_came_to(size: Size, worth: int, left: int) -> None:
    assert worth_left(size, euros(worth), before=euros(2400), left=euros(1200)) == euros(left)


def test_without_an_amount_nothing_of_a_percentage_is_left() -> None:
    assert worth_left(TENTH, euros(240), before=euros(2400), left=None) == euros(0)


def test_of_a_goal_that_needs_several_events_the_last_time_falls_when_one_of_them_does() -> None:
    trips = replace(GOAL, minimum=None, count=CountBy(number=2), most_times=None)
    others = [bought(500, day) for day in (1, 2, 3)]
    stood = [reward(TEN, 1000, 1, by_event=False), reward(TEN, 1000, 2)]
    assert after(trips, bought(0, 4), stood, *others, live=2) == [1000, 0]
    # The first of four was returned: three are left, which reach it once.
    stood = [reward(TEN, 1000, 1, by_event=False), reward(TEN, 1000, 2, by_event=False)]
    assert after(trips, bought(0, 0), stood, *others, live=2) == [1000, 0]
    # Five are enough for two times without any one of them.
    assert after(trips, bought(0, 0), stood, *others, bought(500, 4), live=2) == [1000, 1000]


def test_a_total_is_added_up_again() -> None:
    total = Condition("total", Operator.IS_AT_LEAST, (Decimal(30),))
    spender = replace(GOAL, minimum=None, when=Group("all", (total,)))
    stood = [reward(TEN, 1000)]
    assert after(spender, bought(1500, 2), stood, bought(1500, 1)) == [1000]
    assert after(spender, bought(1499, 2), stood, bought(1500, 1)) == [0]


def test_several_events_must_all_still_stand() -> None:
    both = replace(GOAL, minimum=None, events=("purchase", "review"))
    review = Reported(type="review", amount=None, occurred_at=JOINED + timedelta(days=2))
    assert after(both, bought(100), [reward(TEN, 1000, by_event=False)], review) == [1000]
    assert after(both, bought(0), [reward(TEN, 1000, by_event=False)], review) == [0]


SHARES = st.sampled_from([Portion(Decimal("12.5")), Portion(Decimal(50), at_most=Amount(700, "EUR"))])


@given(SHARES, st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_percentage_never_grows_and_two_refunds_take_what_one_takes(
    size: Portion, purchase: int, first: int, second: int
) -> None:
    whole, some, rest = euros(purchase), euros(max(purchase - first, 0)), euros(max(purchase - first - second, 0))
    worth = amount_of(size, whole, "EUR")
    once = worth_left(size, worth, before=whole, left=rest)
    assert once == amount_of(size, rest, "EUR")
    assert once.minor <= worth.minor
    assert worth_left(size, worth_left(size, worth, before=whole, left=some), before=some, left=rest) == once


GOALS = st.builds(
    lambda count, times, minimum: replace(
        GOAL, count=CountBy(number=count), most_times=times, minimum=euros(minimum) if minimum else None
    ),
    st.integers(1, 3),
    st.sampled_from([1, 2, None]),
    st.sampled_from([None, 400]),
)


@given(GOALS, st.lists(st.sampled_from([0, 300, 500, 900]), min_size=1, max_size=7))
def test_a_goal_is_reached_by_all_that_stands_as_often_as_when_it_came(goal: Goal, amounts: list[int]) -> None:
    terms = replace(DEMO, goals=(goal,))
    events = [bought(minor, day) for day, minor in enumerate(amounts) if minor] or [bought(0)]
    reached: list[Verdict] = []
    times = 0
    for number, event in enumerate(events):
        standing = Standing(state="joined", joined_at=JOINED, reached={goal.name: times})
        facts = Facts(event=event, program=terms, standing=standing, history=events[:number])
        reached += judge(facts).reached
        times = len(reached)
    again = Facts(event=events[0], program=terms, standing=Standing(state="completed", joined_at=JOINED))
    assert times_reached_by(goal, replace(again, history=events[1:])) == (times if events[0].amount != euros(0) else 0)
