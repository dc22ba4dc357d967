"""Courtesy: notices stand back while somebody is being answered, and not for ever."""

import asyncio

import pytest

from bot.background import Nursery
from bot.courtesy import LONGEST_SECONDS, SHARE, Courtesy
from bot.limiting import ANSWERS_KEPT_SECONDS, FEWEST_UNDER_WAY, SEEN, Allowance, Limiter
from bot.outbox.lanes import CATCH_UP_BESIDE_ANSWERS_SECONDS, CATCH_UP_SECONDS, Lane


class Time:
    """A clock that the test moves."""

    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


async def turned() -> None:
    """Let everything go as far as it can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_notice_waits_until_somebody_was_answered() -> None:
    courtesy = Courtesy(Time())
    await courtesy.stand_back()  # nobody is there
    with courtesy.attending():
        standing = Nursery().start(courtesy.stand_back(), name="notice")
        with courtesy.attending():
            await turned()
        await turned()
        assert not standing.done()  # one of two is still being answered
    await standing


async def test_who_never_stops_writing_takes_a_share_of_the_time_and_no_more() -> None:
    time = Time()
    courtesy = Courtesy(time)
    with courtesy.attending():
        await waited(courtesy, time, LONGEST_SECONDS)
        await courtesy.stand_back()  # nothing is left of it: this returns
        time.seconds += LONGEST_SECONDS
        assert courtesy.left == pytest.approx(LONGEST_SECONDS * SHARE)
        await waited(courtesy, time, LONGEST_SECONDS * SHARE)
        time.seconds += 1000.0
        assert courtesy.left == pytest.approx(LONGEST_SECONDS)


async def waited(courtesy: Courtesy, time: Time, seconds: float) -> None:
    """Stand back for so long, by the test's clock."""
    standing = Nursery().start(courtesy.stand_back(), name="notice")
    await turned()
    time.seconds += seconds
    await standing
    assert courtesy.left == pytest.approx(0.0)


async def test_while_people_ask_no_more_are_on_their_way_than_the_line_carries() -> None:
    time = Time()
    limiter = Limiter(Allowance(per_second=1000, chat_seconds=0), time)
    for chat in range(SEEN + 1):
        async with limiter.sending(str(chat)):
            time.seconds += 0.0015
    time.seconds += 1.0
    here = asyncio.Event()
    under_way = [Nursery().start(sent(limiter, f"late {number}", here), name="s") for number in range(FEWEST_UNDER_WAY)]
    await turned()
    await limiter.turn()  # nobody asks
    async with limiter.answering("asker"):
        pass
    turn = Nursery().start(limiter.turn(), name="turn")
    await turned()
    assert not turn.done()
    await limiter.turn(late=1.0)  # whoever is far behind fills the line
    here.set()
    await turn
    await asyncio.gather(*under_way)
    await limiter.turn()


async def test_while_people_ask_lateness_is_lost_rather_than_made_up_for_in_a_burst() -> None:
    time = Time()
    lane = Lane("telegram", Limiter(Allowance(per_second=1000), time))
    assert lane.catches_up == CATCH_UP_SECONDS
    async with lane.limiter.answering("asker"):
        pass
    time.seconds += ANSWERS_KEPT_SECONDS - 1
    assert lane.catches_up == CATCH_UP_BESIDE_ANSWERS_SECONDS
    time.seconds += 2
    assert lane.catches_up == CATCH_UP_SECONDS


async def sent(limiter: Limiter, chat: str, here: asyncio.Event) -> None:
    """Send a message that arrives when it is told to."""
    async with limiter.sending(chat):
        await here.wait()
