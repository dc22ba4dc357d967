"""The scheduler: every process beats, and each piece of work happens once."""

import asyncio

import pytest

from bot import scheduler as beating
from bot.scheduler import DUE, Scheduler
from handlers.events import Event, HoldsDue
from handlers.outcome import Outcome
from storage.connect import Database
from storage.errors import Busy, TryAgain
from storage.schema import outbox, slots
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, a_crowd


async def test_several_schedulers_at_once_do_each_slot_once(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    for friend in a_crowd(6):
        await talk.joins(friend, code)
        await talk.buys(friend)
    await talk.taps(ALICE, await talk.says(ALICE, "/settings"), "Turn reminders on")
    for days in (15, 7, 91):
        talk.later(days=days)
        await asyncio.gather(*(Scheduler(talk.dispatcher.dispatch, talk.clock).beat() for _ in range(6)))
    keys = [row.key for row in await talk.rows(outbox)]
    assert len(keys) == len(set(keys))
    assert sum(key.startswith("available:") for key in keys) == 12
    assert sum(key.startswith("weekly:") for key in keys) == 1
    assert all(row.done_at for row in await talk.rows(slots))


async def test_two_processes_beat_over_one_database(database_url: str, talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    other = Dialogue(Database(database_url), talk.catalog, clock=talk.clock)
    talk.later(days=15)
    await asyncio.gather(talk.scheduler.beat(), other.scheduler.beat())
    assert sum(row.key.startswith("available:") for row in await talk.rows(outbox)) == 2
    await other.database.close()


async def test_a_busy_database_leaves_the_rest_of_the_beat_alone(talk: Dialogue) -> None:
    tried: list[type[Event]] = []

    async def busy(event: Event) -> Outcome:
        tried.append(type(event))
        raise Busy if isinstance(event, HoldsDue) else TryAgain

    await Scheduler(busy, talk.clock).beat()
    assert tuple(tried) == DUE


async def test_work_that_has_more_is_asked_again_at_once(talk: Dialogue) -> None:
    left: dict[type[Event], int] = {HoldsDue: 3}

    async def chunked(event: Event) -> Outcome:
        left[type(event)] = left.get(type(event), 0) - 1
        return Outcome(more=left[type(event)] > 0)

    await Scheduler(chunked, talk.clock).beat()
    assert left[HoldsDue] == 0


async def test_it_beats_by_itself_and_stops(talk: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beating, "BEAT_SECONDS", 0.02)
    beats = asyncio.Semaphore(0)

    async def counted(event: Event) -> Outcome:
        if isinstance(event, HoldsDue):
            beats.release()
        return Outcome()

    scheduler = Scheduler(counted, talk.clock)
    scheduler.start()
    for _ in range(3):
        await asyncio.wait_for(beats.acquire(), 30)
    await scheduler.stop()
    await scheduler.stop()


async def test_a_beat_under_way_ends_its_transaction_and_nothing_else(
    talk: Dialogue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(beating, "BEAT_SECONDS", 0.02)
    begun, go_on, done = asyncio.Event(), asyncio.Event(), list[type[Event]]()

    async def slow(event: Event) -> Outcome:
        begun.set()
        await go_on.wait()
        done.append(type(event))
        return Outcome(more=True)

    scheduler = Scheduler(slow, talk.clock)
    scheduler.start()
    await asyncio.wait_for(begun.wait(), 30)
    async with asyncio.TaskGroup() as group:
        group.create_task(scheduler.stop())
        await asyncio.sleep(0)
        go_on.set()
    assert done == [HoldsDue]
    assert caplog.records == []
