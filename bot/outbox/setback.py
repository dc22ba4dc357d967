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
    """Compares the clock, which may be set, with the seconds that only grow."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._ahead = self._measured()

    async def look(self) -> None:
        """Mend what was written down by a clock that has been set back since the last look."""
        ahead = self._measured()
        back = timedelta(seconds=self._ahead - ahead)
        if back < LEAST:
            back = timedelta()
        now = self._clock.now()
        async with self._database.transaction() as store:
            held = await store.clocks.shorten_leases(self._clock.real_now(), LEASE)
            moved = await store.clocks.bring_forward(now, now + back) if back else 0
        self._ahead = ahead
        if held or back:
            log.warning("outbox.clock_set_back", seconds=back.total_seconds(), held=held, brought_forward=moved)

    def _measured(self) -> float:
        return self._clock.now().timestamp() - self._clock.elapsed()
