"""The only place that reads the time; the playground moves it forward."""

import time
from datetime import UTC, datetime, timedelta

from storage.connect import Database

AHEAD_FACT = "playground-clock-ahead"


class Clock:
    """Tells the time in UTC, moved forward by what the playground asked for."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC) + self.ahead

    def real_now(self) -> datetime:
        """Return the moment that other machines agree on, however far the playground has moved ours."""
        return datetime.now(UTC)

    def elapsed(self) -> float:
        """Return seconds that only grow, whatever happens to the machine's clock: for waiting, not for writing down."""
        return time.monotonic() + self.ahead.total_seconds()

    def real_elapsed(self) -> float:
        """Return the same, however far the playground has moved ours: for how long something has really taken."""
        return time.monotonic()

    def move(self, by: timedelta) -> None:
        """Move the clock forward; raises ValueError for a step back, which no stored time could bear."""
        if by < timedelta():
            raise ValueError("The clock only moves forward.")
        self.ahead += by


async def recall_clock(database: Database, clock: Clock) -> None:
    """Let a clock stand where the playground has moved it to; elsewhere it is never moved."""
    async with database.reading() as store:
        ahead = await store.due.fact(AHEAD_FACT)
    clock.ahead = timedelta(seconds=float(ahead)) if ahead else timedelta()


async def remember_clock(database: Database, clock: Clock) -> None:
    """Keep how far the playground's clock was moved."""
    async with database.transaction() as store:
        await store.due.keep_fact(AHEAD_FACT, str(clock.ahead.total_seconds()))
