"""The committer: one batch after another, and no waiter is ever left alone."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from bot.background import Nursery
from bot.web.clicks import ClickCommitter, ClickLost
from storage.clicks import Click
from tests.bot.web.house import TIME


def click(number: int) -> Click:
    return Click(
        number=number,
        link_id="lnk_1",
        revision=1,
        at=TIME,
        source="direct",
        visitor=b"v" * 16,
        is_counted=number % 2 == 0,
    )


async def visits(committer: ClickCommitter, number: int) -> None:
    await committer.add(click(number))


class Disk:
    """Where batches go: slow until released, or broken."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.free = asyncio.Event()
        self.failure: BaseException | None = None

    async def commit(self, clicks: Sequence[Click]) -> None:
        await self.free.wait()
        if self.failure is not None:
            raise self.failure
        self.batches.append([each.number for each in clicks])


@asynccontextmanager
async def committing(disk: Disk, registry: CollectorRegistry | None = None) -> AsyncIterator[ClickCommitter]:
    nursery = Nursery()
    committer = ClickCommitter(disk.commit, registry or CollectorRegistry(), limit=4)
    nursery.start(committer.run(), name="test.clicks")
    yield committer
    await nursery.stop()


async def test_what_queues_during_a_commit_is_the_next_batch_within_the_limit() -> None:
    disk = Disk()
    async with committing(disk) as committer:
        waiting = asyncio.gather(*(committer.add(click(number)) for number in range(10)))
        await asyncio.sleep(0)
        disk.free.set()
        await waiting
    assert [len(batch) for batch in disk.batches] == [4, 4, 2]
    assert [number for batch in disk.batches for number in batch] == list(range(10))


@pytest.mark.parametrize("failure", [OSError("disk"), asyncio.CancelledError(), ZeroDivisionError()])
async def test_a_failed_commit_settles_all_its_waiters_and_the_committer_goes_on(failure: BaseException) -> None:
    disk = Disk()
    disk.free.set()
    async with committing(disk) as committer:
        disk.failure = failure
        results = await asyncio.gather(*(committer.add(click(number)) for number in range(3)), return_exceptions=True)
        assert [type(result) for result in results] == [ClickLost] * 3
        disk.failure = None
        await committer.add(click(9))
    assert disk.batches == [[9]]


async def test_a_visitor_who_goes_away_takes_nobody_along() -> None:
    disk = Disk()
    async with committing(disk) as committer:
        nursery = Nursery()
        gone = nursery.start(visits(committer, 1), name="test.gone")
        stays = nursery.start(visits(committer, 2), name="test.stays")
        await asyncio.sleep(0.01)
        gone.cancel()
        await asyncio.sleep(0)
        disk.free.set()
        await stays
    assert disk.batches == [[1, 2]]  # the visit happened, whether or not the visitor waited for our answer


async def test_stopping_commits_what_waits_and_takes_no_more() -> None:
    disk = Disk()
    async with committing(disk) as committer:
        waiting = asyncio.gather(*(committer.add(click(number)) for number in range(6)))
        await asyncio.sleep(0)
        stopping = asyncio.gather(committer.stop())
        await asyncio.sleep(0)
        with pytest.raises(ClickLost):
            await committer.add(click(7))
        disk.free.set()
        await asyncio.gather(waiting, stopping)
    assert [number for batch in disk.batches for number in batch] == list(range(6))


async def test_an_aborted_committer_leaves_nobody_waiting() -> None:
    disk = Disk()
    nursery = Nursery()
    committer = ClickCommitter(disk.commit, CollectorRegistry(), limit=2)
    nursery.start(committer.run(), name="test.clicks")
    waiting = asyncio.gather(*(committer.add(click(number)) for number in range(5)), return_exceptions=True)
    await asyncio.sleep(0.01)
    await nursery.stop()
    assert [type(result) for result in await waiting] == [ClickLost] * 5
    with pytest.raises(ClickLost):
        await committer.add(click(6))


async def test_numbers_are_kept_for_prometheus() -> None:
    disk, registry = Disk(), CollectorRegistry()
    disk.free.set()
    async with committing(disk, registry) as committer:
        await asyncio.gather(*(committer.add(click(number)) for number in range(3)))
        disk.failure = OSError("disk")
        await asyncio.gather(committer.add(click(4)), return_exceptions=True)
    text = generate_latest(registry).decode()
    assert 'grapevine_clicks_total{counted="yes"} 2.0' in text
    assert 'grapevine_clicks_total{counted="no"} 1.0' in text
    assert "grapevine_clicks_lost_total 1.0" in text
