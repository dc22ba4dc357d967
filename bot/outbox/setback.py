"""Notices that the machine's clock was set back, and keeps what waits from waiting for the hours that it repeats."""

from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.outbox.claiming import LEASE
from storage.connect import Database

log = structlog.get_logger(__name__)

# A clock that is put right by less is waited for.
LEAST = timedelta(seconds=30)


class Setback:
    """Compares the clock, which may be set, with the seconds that only grow, and with when others were seen."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._ahead: float | None = None

    async def look(self) -> None:
        """Mend what was written down by a clock that has been set back since the last look."""
        ahead = self._clock.now().timestamp() - self._clock.elapsed()
        back = await self._before_we_began() if self._ahead is None else timedelta(seconds=self._ahead - ahead)
        moved = 0
        async with self._database.transaction() as store:
            held = await store.clocks.shorten_leases(self._clock.real_now(), LEASE)
            if back >= LEAST:
                moved = await store.clocks.bring_forward(self._clock.now(), back)
        self._ahead = ahead
        if held or back >= LEAST:
            log.warning("outbox.clock_set_back", seconds=back.total_seconds(), held=held, brought_forward=moved)

    async def _before_we_began(self) -> timedelta:
        """Say by how much somebody was seen in the future."""
        async with self._database.reading() as store:
            workers = await store.workers.every()
        now = self._clock.real_now()
        return max((worker.seen_at - now for worker in workers), default=timedelta())
