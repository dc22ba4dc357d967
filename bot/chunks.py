"""How much long work does in one transaction: as much as the last one shows to fit into the time it may take."""

from collections.abc import Awaitable, Callable

from handlers.outcome import Outcome

# DESIGN.md allows a chunk 100 ms, for so long an answer may have to wait for SQLite's write lock; three times as slow
# a moment as the last one was must still fit. With 45 ms, one in fifty took more than 100 on PostgreSQL.
WANTED_SECONDS = 0.03
FEWEST, MOST = 100, 5000
FIRST = 250
# From one to the next: up carefully, since the time of one says little about another; down at once.
GROWS_AT_MOST = 1.5


class Chunks:
    """So many rows for the next transaction."""

    def __init__(self, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self.rows = FIRST

    async def measured(self, chunk: Awaitable[Outcome]) -> Outcome:
        """Do a chunk, and learn from how long it took; the last of its kind may be short, and teaches nothing."""
        began = self._elapsed()
        outcome = await chunk
        if outcome.more:
            self.learn(self._elapsed() - began)
        return outcome

    def learn(self, seconds: float) -> None:
        """Have as many in the next chunk as would have taken the time that is wanted."""
        factor = min(GROWS_AT_MOST, WANTED_SECONDS / seconds) if seconds > 0 else GROWS_AT_MOST
        self.rows = max(FEWEST, min(MOST, int(self.rows * factor)))
