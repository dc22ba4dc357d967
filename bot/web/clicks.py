"""Commits clicks in batches: whatever queued while the last batch was being committed is the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram

from storage.clicks import Click

log = structlog.get_logger(__name__)

Commit = Callable[[Sequence[Click]], Awaitable[None]]
# Keeps one commit within a few milliseconds, so that an event of the chat never waits long for the write lock.
LARGEST_BATCH = 512


class ClickLost(Exception):
    """The click was not recorded: the commit failed, or the service is stopping."""


class ClickCommitter:
    """Takes clicks from many requests and answers each once its batch is committed."""

    def __init__(self, commit: Commit, registry: CollectorRegistry, *, limit: int = LARGEST_BATCH) -> None:
        self._commit = commit
        self._limit = limit
        self._queue: list[tuple[Click, asyncio.Future[None]]] = []
        self._wake = asyncio.Event()
        self._stopping = False
        self._ended = asyncio.Event()
        recorded = Counter("grapevine_clicks", "Clicks recorded.", ["counted"], registry=registry)
        self._counted, self._uncounted = recorded.labels(counted="yes"), recorded.labels(counted="no")
        self._lost = Counter("grapevine_clicks_lost", "Clicks whose commit failed.", registry=registry)
        self._sizes = Histogram(
            "grapevine_click_batch_size", "Clicks in one commit.", buckets=(1, 4, 16, 64, 256, 512), registry=registry
        )

    async def add(self, click: Click) -> None:
        """Return once the click is committed; raises ClickLost when it could not be."""
        if self._stopping:
            raise ClickLost
        settled: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append((click, settled))
        self._wake.set()
        await settled

    async def run(self) -> None:
        """Commit batch after batch until told to stop."""
        try:
            while not self._stopping or self._queue:
                await self._wake.wait()
                self._wake.clear()
                while self._queue:
                    await self._gather()
                    await self._flush()
        finally:
            self._stopping = True
            self._settle(self._queue, is_committed=False)
            self._ended.set()

    async def stop(self) -> None:
        """Take no more clicks, and return once those that wait are committed."""
        self._stopping = True
        self._wake.set()
        await self._ended.wait()

    async def _gather(self) -> None:
        """Let those in who are at the door: as long as a turn of the loop brings clicks, the batch waits for another.

        A commit costs some 200 microseconds whatever its size. With 64 connections this makes batches of 41 out of 32,
        and a click costs 47 microseconds instead of 56; a visitor who comes alone waits for one empty turn.
        """
        seen = 0
        while seen < len(self._queue) < self._limit:
            seen = len(self._queue)
            await asyncio.sleep(0)

    async def _flush(self) -> None:
        batch, self._queue = self._queue[: self._limit], self._queue[self._limit :]
        failure: BaseException | None = asyncio.CancelledError()
        try:
            # gather hands a failure back as a value: whatever the commit raises, every waiter is settled.
            (failure,) = await asyncio.gather(self._commit([click for click, _ in batch]), return_exceptions=True)
        finally:
            self._settle(batch, is_committed=failure is None)
        if failure is not None:
            log.error("clicks.lost", clicks=len(batch), exc_info=failure)

    def _settle(self, batch: Sequence[tuple[Click, asyncio.Future[None]]], *, is_committed: bool) -> None:
        for _, settled in batch:
            # A visitor who went away has cancelled theirs; the click happened all the same.
            if settled.done():
                continue
            if is_committed:
                settled.set_result(None)
            else:
                settled.set_exception(ClickLost())
        self._measure([click for click, _ in batch], is_committed=is_committed)

    def _measure(self, clicks: Sequence[Click], *, is_committed: bool) -> None:
        if not is_committed:
            self._lost.inc(len(clicks))
            return
        counted = sum(click.is_counted for click in clicks)
        self._counted.inc(counted)
        self._uncounted.inc(len(clicks) - counted)
        self._sizes.observe(len(clicks))
