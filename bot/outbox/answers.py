"""Writes down what direct answers took of a token's time, where the workers of other processes see it."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.limiting import Limiter
from storage.connect import Database
from storage.errors import Busy, TryAgain

log = structlog.get_logger(__name__)

# Workers take slices of a fifth of a second: what is written down this often reaches the slice after next.
SECONDS_BETWEEN = 0.5


class AnswersCounted:
    """For a process that answers and does not send: a worker counts its own answers when it claims."""

    def __init__(self, database: Database, clock: Clock, limiters: Mapping[str, Limiter]) -> None:
        self._database = database
        self._clock = clock
        self._limiters = limiters

    async def run(self) -> None:
        """Count for ever."""
        while True:
            await asyncio.sleep(SECONDS_BETWEEN)
            try:
                await self.write()
            except (Busy, TryAgain):
                log.info("answers.not_counted_yet")

    async def write(self) -> None:
        """Take the time of the answers since the last time; a quiet process writes nothing."""
        for name, limiter in self._limiters.items():
            if not (owed := limiter.debt):
                continue
            async with self._database.transaction() as store:
                limit = await store.limits.hold(name)
                now = await store.limits.now(self._clock.real_now())
                took = timedelta(seconds=owed / limiter.allowance.pace)
                await store.limits.give(name, max(limit.next_at, now) + took)
            limiter.debt -= owed
