"""An open referral is judged by a newer revision only where nobody ends with less."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from referrals.conditions import Condition, Group, Operator
from referrals.money import Amount
from referrals.program import Cap, Hold, Program
from referrals.program_file import preset, read_program
from referrals.ratchet import better_of, takes_nothing
from referrals.rewarding import ByStep, Expiry, Fixed, Option, Portion, RewardRule, Side
from tests.referrals.programs import programs

OLD = replace(read_program(preset("demo"), ZoneInfo("UTC")), applies_to_open=True)
GOAL = OLD.goals[0]
TEA = Condition("product", Operator.IS, ("tea",))
YEARLY = Cap(owner="advocate", period="year", count=10)
WORTH = Cap(owner="program", period="lifetime", value=Amount(5000, "EUR"))


def with_goal(**changes: object) -> Program:
    return replace(OLD, goals=(replace(GOAL, **changes),))  # type: ignore[arg-type]  # fields by name


def paying(advocate: Fixed | Portion | ByStep, *, days: int | None = 90) -> Program:
    rule = RewardRule(
        side=Side.ADVOCATE,
        options=(Option(size=advocate, unit="EUR"),),
        expiry=Expiry(after=timedelta(days=days) if days else None),
    )
    return with_goal(rewards=(rule, GOAL.rewards[1]))


BETTER = {
    "the same": OLD,
    "more for the advocate": paying(Fixed(Amount(1500, "EUR"))),
    "a lower minimum": with_goal(minimum=Amount(500, "EUR")),
    "no minimum": with_goal(minimum=None),
    "more time": replace(OLD, qualify_within=timedelta(days=90)),
    "a shorter hold": with_goal(hold=Hold(days=timedelta(days=1))),
    "more often": with_goal(most_times=None),
    "never expires": paying(Fixed(Amount(1000, "EUR")), days=None),
    "a further goal": replace(OLD, goals=(GOAL, replace(GOAL, name="second", events=("signup",)))),
}
WORSE = {
    "less for the advocate": paying(Fixed(Amount(900, "EUR"))),
    "a percentage, which cannot be compared": paying(Portion(Decimal(90))),
    "a higher minimum": with_goal(minimum=Amount(1001, "EUR")),
    "less time": replace(OLD, qualify_within=timedelta(days=59)),
    "a longer hold": with_goal(hold=Hold(days=timedelta(days=15))),
    "a hold for an event": with_goal(hold=Hold(days=timedelta(days=14), until_event="checkout")),
    "another condition": with_goal(when=Group("all", (TEA,))),
    "another event": with_goal(events=("order",)),
    "another name": with_goal(name="other"),
    "nothing for the friend": with_goal(rewards=GOAL.rewards[:1]),
    "expires sooner": paying(Fixed(Amount(1000, "EUR")), days=89),
    "a new cap": replace(OLD, caps=(Cap(owner="advocate", period="year", count=1000),)),
    "another currency": replace(OLD, currency="USD"),
}


@pytest.mark.parametrize("newer", BETTER.values(), ids=BETTER.keys())
def test_what_takes_nothing_is_taken(newer: Program) -> None:
    assert better_of(OLD, newer) is newer


@pytest.mark.parametrize("newer", WORSE.values(), ids=WORSE.keys())
def test_what_takes_anything_or_cannot_be_compared_is_not(newer: Program) -> None:
    assert better_of(OLD, newer) is OLD


def test_only_a_revision_that_says_so_is_for_open_referrals() -> None:
    newer = replace(BETTER["more for the advocate"], applies_to_open=False)
    assert takes_nothing(OLD, newer)
    assert better_of(OLD, newer) is OLD


def test_caps_and_conditions_may_only_loosen() -> None:
    capped = replace(with_goal(when=Group("all", (TEA,))), caps=(YEARLY,))
    assert takes_nothing(capped, OLD)
    assert takes_nothing(capped, replace(capped, caps=(replace(YEARLY, count=11),)))
    assert not takes_nothing(capped, replace(capped, caps=(replace(YEARLY, count=9),)))
    assert not takes_nothing(replace(OLD, caps=(WORTH,)), replace(OLD, caps=(replace(WORTH, value=Amount(1, "EUR")),)))


def at_any_price(terms: Program) -> Program:
    return replace(terms, goals=tuple(replace(goal, minimum=None) for goal in terms.goals))


def capped_at(count: int) -> Program:
    return replace(OLD, caps=(Cap(owner="advocate", period="month", count=count),))


# What could give somebody less, although it looks kinder: each was once taken.
PERCENT = paying(Portion(Decimal(10)))
FALLING = paying(ByStep(((1, Fixed(Amount(1000, "EUR"))), (5, Fixed(Amount(500, "EUR"))))))
AT_MOST_TWO = with_goal(when=Group("all", (Condition("count", Operator.IS_AT_MOST, (Decimal(2),)),)))
TREACHEROUS = {
    "a lower minimum, where what counts may not be too many": (AT_MOST_TWO, at_any_price(AT_MOST_TWO)),
    "more time, where what counts may not be too many": (
        AT_MOST_TWO,
        replace(AT_MOST_TWO, qualify_within=timedelta(days=90)),
    ),
    "less often": (with_goal(most_times=2), OLD),
    "not without end any more": (with_goal(most_times=None), with_goal(most_times=99)),
    "a shorter life of vouchers": (OLD, replace(OLD, voucher_valid_for=timedelta(days=1))),
    "a lower minimum, where a percentage of the first purchase is all there is": (
        PERCENT,
        at_any_price(PERCENT),
    ),
    "a lower minimum, where a cap has room for one": (capped_at(1), at_any_price(capped_at(1))),
    "more for each, where a cap adds them up": (
        replace(OLD, caps=(WORTH,)),
        replace(paying(Fixed(Amount(1500, "EUR"))), caps=(WORTH,)),
    ),
    "one of two caps raised": (
        replace(OLD, caps=(*capped_at(1).caps, YEARLY)),
        replace(OLD, caps=(*capped_at(2).caps, YEARLY)),
    ),
    "a lower minimum, where less is paid to those who bring more": (FALLING, at_any_price(FALLING)),
}


@pytest.mark.parametrize("pair", TREACHEROUS.values(), ids=TREACHEROUS.keys())
def test_what_only_looks_kinder_is_not_taken(pair: tuple[Program, Program]) -> None:
    assert better_of(*pair) is pair[0]


@pytest.mark.parametrize("newer", [capped_at(3), replace(paying(Fixed(Amount(1500, "EUR"))), caps=capped_at(2).caps)])
def test_a_single_cap_by_number_may_rise_and_so_may_what_each_reward_is_worth(newer: Program) -> None:
    assert better_of(capped_at(2), newer) is newer


@settings(max_examples=30, deadline=None)
@given(programs())
def test_every_revision_takes_nothing_when_it_is_compared_with_itself(terms: Program) -> None:
    assert takes_nothing(terms, replace(terms, revision=2))
