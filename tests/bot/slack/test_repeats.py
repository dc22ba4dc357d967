"""Each event once; a repeat waits for the first, and is let through if that failed."""

import asyncio

import pytest

from bot.slack.parking import FAILURES_REMEMBERED, Failures
from bot.slack.repeats import Repeats


async def test_an_event_is_new_once() -> None:
    repeats = Repeats()
    for expected in (True, False, False):
        async with repeats.turn("Ev1") as is_new:
            assert is_new is expected


async def test_a_failure_leaves_it_new() -> None:
    repeats = Repeats()
    with pytest.raises(ValueError, match="again"):
        async with repeats.turn("Ev1"):
            raise ValueError("again")
    async with repeats.turn("Ev1") as is_new:
        assert is_new


async def test_at_the_same_moment_one_goes_first() -> None:
    repeats = Repeats()
    seen: list[bool] = []

    async def take() -> None:
        async with repeats.turn("Ev1") as is_new:
            await asyncio.sleep(0)
            seen.append(is_new)

    await asyncio.gather(*(take() for _ in range(5)))
    assert sorted(seen) == [False] * 4 + [True]


async def test_what_is_long_past_makes_room() -> None:
    repeats = Repeats(remembered=2)
    for event in ("Ev1", "Ev2", "Ev3", "Ev1"):
        async with repeats.turn(event) as is_new:
            assert is_new


def test_counts_of_what_never_came_again_make_room() -> None:
    failures = Failures()
    assert [failures.another("Ev0") for _ in range(3)] == [1, 2, 3]
    for number in range(1, FAILURES_REMEMBERED + 1):
        failures.another(f"Ev{number}")
    assert failures.another("Ev0") == 1
    failures.forget("Ev0")
    assert failures.another("Ev0") == 1
