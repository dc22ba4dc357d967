"""What a reward takes under each cap, and what a full one says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from referrals.caps import NOBODY, Owners, full, is_by_value, takes
from referrals.judging import Grant, judge
from referrals.money import Amount
from referrals.program import Cap, Program
from referrals.program_file import preset, read_program
from referrals.reported import Facts, Reported, Standing
from referrals.rewarding import Fixed, Option, RewardRule, Side

AT = datetime(2027, 3, 31, 23, 30, tzinfo=UTC)  # already April in Berlin
DEMO = read_program(preset("demo"), ZoneInfo("Europe/Berlin"))
OWNERS = Owners(advocate="cus_alice", friend="cus_bob", referral="ref_1")


def grant(side: Side, terms: Program = DEMO) -> Grant:
    event = Reported(type="purchase", amount=Amount(2400, "EUR"), occurred_at=AT)
    standing = Standing(state="joined", joined_at=AT - timedelta(days=1))
    reached = judge(Facts(event=event, program=terms, standing=standing)).reached
    return next(each for each in reached[0].grants if each.side is side)


def capped(*caps: Cap) -> Program:
    return replace(DEMO, caps=caps)


@pytest.mark.parametrize(
    ("cap", "owner", "period"),
    [
        (Cap(owner="advocate", period="friend", count=1), "cus_alice", "ref_1"),
        (Cap(owner="advocate", period="day", count=1), "cus_alice", "2027-04-01"),
        (Cap(owner="advocate", period="week", count=1), "cus_alice", "2027-W13"),
        (Cap(owner="advocate", period="month", count=1), "cus_alice", "2027-04"),
        (Cap(owner="advocate", period="year", count=1), "cus_alice", "2027"),
        (Cap(owner="advocate", period="lifetime", count=1), "cus_alice", "lifetime"),
        (Cap(owner="program", period="month", count=1), NOBODY, "2027-04"),
    ],
)
def test_a_reward_takes_a_place_in_the_business_own_calendar(cap: Cap, owner: str, period: str) -> None:
    (take,) = takes(grant(Side.ADVOCATE), capped(cap), AT, OWNERS)
    assert (take.owner, take.period, take.most_count, take.most_value) == (owner, period, 1, None)


def test_each_side_has_caps_of_its_own_and_the_program_counts_both() -> None:
    terms = capped(
        Cap(owner="advocate", period="lifetime", count=1),
        Cap(owner="friend", period="lifetime", count=2),
        Cap(owner="program", period="lifetime", value=Amount(5000, "EUR")),
    )
    assert [take.cap.name for take in takes(grant(Side.ADVOCATE), terms, AT, OWNERS)] == [
        "caps.advocate.lifetime",
        "caps.program.lifetime",
    ]
    friends = takes(grant(Side.FRIEND), terms, AT, OWNERS)
    assert [(take.owner, take.worth) for take in friends] == [("cus_bob", 0), (NOBODY, 500)]


def test_a_cap_may_be_about_some_goals_only() -> None:
    assert (
        takes(
            grant(Side.ADVOCATE),
            capped(Cap(owner="advocate", period="day", count=1, goals=frozenset({"x"}))),
            AT,
            OWNERS,
        )
        == ()
    )
    about = Cap(owner="advocate", period="day", count=1, goals=frozenset({"first-purchase"}))
    assert len(takes(grant(Side.ADVOCATE), capped(about), AT, OWNERS)) == 1


def test_a_cap_by_value_adds_up_its_own_unit_and_the_dearest_of_a_choice() -> None:
    cap = Cap(owner="advocate", period="lifetime", value=Amount(5000, "EUR"))
    options = tuple(
        Option(name=name, size=Fixed(Amount(minor, unit)), unit=unit)
        for name, minor, unit in (("small", 500, "EUR"), ("large", 900, "EUR"), ("bags", 2000, "bags"))
    )
    rule = RewardRule(side=Side.ADVOCATE, options=options)
    terms = replace(capped(cap), goals=(replace(DEMO.goals[0], rewards=(rule,)),))
    assert [take.worth for take in takes(grant(Side.ADVOCATE, terms), terms, AT, OWNERS)] == [900]
    bags = replace(terms, goals=(replace(DEMO.goals[0], rewards=(replace(rule, options=options[2:]),)),))
    assert takes(grant(Side.ADVOCATE, bags), bags, AT, OWNERS) == ()


def test_places_are_taken_in_the_same_order_by_everyone() -> None:
    caps = [
        Cap(owner="program", period="day", count=9),
        Cap(owner="advocate", period="year", count=9),
        Cap(owner="advocate", period="day", count=9),
    ]
    orders = [takes(grant(Side.ADVOCATE), capped(*some), AT, OWNERS) for some in (caps, caps[::-1])]
    assert orders[0] == orders[1]


def test_a_full_cap_says_what_it_holds_and_when_it_opens_again() -> None:
    terms = capped(Cap(owner="advocate", period="month", count=20))
    (take,) = takes(grant(Side.ADVOCATE), terms, AT, OWNERS)
    said = full(take, terms, AT, has=20)
    assert (said.outcome, said.rule, said.saw) == ("cap-month", "caps.advocate.month", "20")
    assert said.would_change == "from 2027-04-30T22:00:00+00:00"  # midnight in Berlin


@pytest.mark.parametrize(
    ("cap", "code", "change"),
    [
        (Cap(owner="advocate", period="lifetime", value=Amount(500000, "EUR")), "cap-lifetime", "<= 5000.00"),
        (Cap(owner="advocate", period="friend", value=Amount(500000, "EUR")), "cap-friend", "<= 5000.00"),
        (Cap(owner="program", period="lifetime", value=Amount(500000, "EUR")), "cap-budget", "<= 5000.00"),
    ],
)
def test_what_never_opens_again_says_how_much_there_was(cap: Cap, code: str, change: str) -> None:
    (take,) = takes(grant(Side.ADVOCATE), capped(cap), AT, OWNERS)
    said = full(take, capped(cap), AT, has=Amount(500000, "EUR"))
    assert (said.outcome, said.saw, said.would_change) == (code, "5000.00", change)


def test_of_a_cap_by_number_and_worth_the_one_that_is_full_is_told() -> None:
    cap = Cap(owner="advocate", period="year", count=3, value=Amount(5000, "EUR"))
    terms = capped(cap)
    (take,) = takes(grant(Side.ADVOCATE), terms, AT, OWNERS)
    by_worth, by_number = (full(take, terms, AT, has=Amount(minor, "EUR")) for minor in (4500, 3000))
    assert (is_by_value(take, Amount(4500, "EUR")), by_worth.saw, by_worth.checks[0].wanted) == (
        True,
        "45.00",
        "<= 50.00",
    )
    assert (is_by_value(take, Amount(3000, "EUR")), by_number.saw, by_number.checks[0].wanted) == (
        False,
        ">= 3",
        "<= 3",
    )
