"""The clock: a beat in every process turns due times into events; what happens once is claimed by a row."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.chunks import Chunks
from bot.clock import Clock
from bot.dispatch import fresh_draw
from handlers.events import (
    CampaignsDue,
    DeliveriesDue,
    Event,
    ExpiriesDue,
    HoldsDue,
    PrizesDue,
    VisitsDue,
    WeeklyBoardDue,
)
from handlers.outcome import Outcome
from storage.errors import Busy, TryAgain

log = structlog.get_logger(__name__)

DUE: tuple[type[Event], ...] = (
    HoldsDue,
    ExpiriesDue,
    DeliveriesDue,
    PrizesDue,
    VisitsDue,
    WeeklyBoardDue,
    CampaignsDue,
)
BEAT_SECONDS = 2
# One transaction waits for the lock at most two seconds; what takes longer is cancelled.
STOP_SECONDS = 3


class Scheduler:
    """Beats in memory; every process may run one, since each piece of work is taken by a row."""

    def __init__(self, dispatch: Callable[[Event], Awaitable[Outcome]], clock: Clock) -> None:
        self._dispatch = dispatch
        self._clock = clock
        self._chunks = Chunks(clock.elapsed)
        self._beating = asyncio.Lock()
        self._is_stopping = False
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self) -> None:
        """Begin to beat."""
        self._scheduler.add_job(self.beat, "interval", seconds=BEAT_SECONDS)
        self._scheduler.start()

    async def stop(self) -> None:
        """Beat no more; a beat under way finishes the transaction it is in, and leaves the rest to the next start."""
        if self._is_stopping or not self._scheduler.running:
            return
        self._is_stopping = True
        self._scheduler.pause()
        await asyncio.sleep(0)  # lets a beat that was asked for a moment ago begin, and see that it is too late
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS), self._beating:
                pass
        self._scheduler.shutdown(wait=False)

    async def beat(self) -> None:
        """Do everything that is due now, in small transactions."""
        async with self._beating:
            for due in DUE:
                try:
                    while not self._is_stopping and (await self._do(due)).more:
                        pass
                except (Busy, TryAgain):
                    log.info("scheduler.busy", due=due.__name__)

    async def _do(self, due: type[Event]) -> Outcome:
        at, draw = self._clock.now(), fresh_draw()
        if due is CampaignsDue:
            return await self._chunks.measured(self._dispatch(CampaignsDue(at=at, draw=draw, most=self._chunks.rows)))
        return await self._dispatch(due(at=at, draw=draw))
