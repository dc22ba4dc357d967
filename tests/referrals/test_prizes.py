"""Milestones, contests and raffles: who has earned what beyond the reward for each friend."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.money import Amount
from referrals.prizes import (
    Contender,
    Entrant,
    drawn,
    fingerprint,
    has_won,
    milestone_left,
    milestones_reached,
    winners,
)
from referrals.program import Contest, Milestone, Raffle
from referrals.rewarding import Fixed, Option, RewardRule, Side

MONDAY = datetime(2027, 3, 1, tzinfo=UTC)
CAR = RewardRule(side=Side.ADVOCATE, options=(Option(size=Fixed(Amount(1, "cars")), unit="cars"),))


@pytest.mark.parametrize(
    ("repeats", "before", "after", "reached"),
    [
        (False, 4, 5, (1,)),
        (False, 3, 4, ()),
        (False, 5, 6, ()),
        (False, 0, 12, (1,)),
        (False, 9, 10, ()),
        (True, 9, 10, (2,)),
        (True, 4, 15, (1, 2, 3)),
        (True, 10, 10, ()),
    ],
)
def test_a_milestone_is_reached_when_its_number_is_passed(
    repeats: bool,  # noqa: FBT001 - a case's value
    before: int,
    after: int,
    reached: tuple[int, ...],
) -> None:
    milestone = Milestone(name="five", at=5, repeats=repeats, reward=CAR)
    assert milestones_reached(milestone, before=before, after=after) == reached


@given(st.integers(1, 20), st.lists(st.integers(0, 5), max_size=20))
def test_however_referrals_come_each_time_is_reached_once(at: int, steps: list[int]) -> None:
    milestone = Milestone(name="each", at=at, repeats=True, reward=CAR)
    number = 0
    times: list[int] = []
    for step in steps:
        times += milestones_reached(milestone, before=number, after=number + step)
        number += step
    assert times == list(range(1, number // at + 1))


@pytest.mark.parametrize(
    ("repeats", "number", "left"), [(False, 0, 5), (False, 4, 1), (False, 5, 0), (True, 5, 5), (True, 9, 1)]
)
def test_somebody_may_ask_how_many_are_missing(repeats: bool, number: int, left: int) -> None:  # noqa: FBT001 - a case's value
    assert milestone_left(Milestone(name="five", at=5, repeats=repeats, reward=CAR), number) == left


def contender(name: str, score: int, day: int = 0, partition: str = "") -> Contender:
    return Contender(customer=name, score=score, since=MONDAY + timedelta(days=day), partition=partition)


def test_the_first_to_a_number_wins() -> None:
    contest = Contest(name="first", first_to=10, reward=CAR)
    assert [has_won(contest, score) for score in (9, 10, 11)] == [False, True, True]
    assert not has_won(Contest(name="most", reward=CAR), 1000)


def test_of_equals_the_one_who_got_there_first_wins() -> None:
    contest = Contest(name="most", winners=2, at_least=2, reward=CAR)
    found = winners(contest, [contender("c", 5, 3), contender("a", 5, 2), contender("d", 1), contender("b", 7, 9)])
    assert [each.customer for each in found[""]] == ["b", "a"]


def test_each_region_has_winners_of_its_own_and_nobody_wins_with_too_little() -> None:
    contest = Contest(name="most", at_least=3, partition="region", reward=CAR)
    everybody = [contender("a", 9, 0, "asia"), contender("b", 3, 0, "europe"), contender("c", 2, 0, "africa")]
    found = winners(contest, everybody)
    assert {part: [each.customer for each in won] for part, won in found.items()} == {"asia": ["a"], "europe": ["b"]}


ENTRANTS = st.lists(
    st.builds(Entrant, customer=st.text("abcdef", min_size=1, max_size=4), entries=st.integers(0, 50)),
    unique_by=lambda entrant: entrant.customer,
    max_size=12,
)


@given(ENTRANTS, st.binary(min_size=16, max_size=16), st.integers(1, 5))
def test_a_draw_can_be_repeated_and_nobody_wins_twice(entrants: list[Entrant], seed: bytes, number: int) -> None:
    raffle = Raffle(name="car", winners=number, reward=CAR)
    won = drawn(raffle, entrants, seed)
    assert won == drawn(raffle, entrants[::-1], seed)
    assert len(set(won)) == len(won) == min(number, sum(entrant.entries > 0 for entrant in entrants))
    assert all(entrant.entries for entrant in entrants if entrant.customer in won)


def test_every_entry_is_as_likely_as_every_other() -> None:
    raffle = Raffle(name="car", reward=CAR)
    entrants = [Entrant(customer="one", entries=1), Entrant(customer="three", entries=3)]
    won = [drawn(raffle, entrants, seed.to_bytes(16, "big"))[0] for seed in range(4000)]
    # Of 4,000 draws a quarter, give or take five standard deviations of 27.
    assert abs(won.count("one") - 1000) < 137


def test_a_seed_is_named_without_being_told() -> None:
    seed = bytes(range(16))
    assert fingerprint(seed) == fingerprint(seed)
    assert seed.hex() not in fingerprint(seed)
