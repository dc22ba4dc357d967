"""Elects, with a row that must be renewed, the one process that polls a platform."""

import secrets
from datetime import timedelta

from bot.clock import Clock
from storage.connect import Database
from storage.errors import Busy, TryAgain

# A process that died is followed by another after this long.
LEASE = timedelta(seconds=30)


class Election:
    """Whether this process is the one that does a thing; on SQLite there is only one process."""

    def __init__(self, database: Database, clock: Clock, name: str) -> None:
        self._database = database
        self._clock = clock
        self._name = name
        self._holder = secrets.token_hex(8)

    async def is_ours(self) -> bool:
        """Take or renew the lease; says no when the database cannot tell."""
        if self._database.is_sqlite:
            return True
        try:
            async with self._database.transaction() as store:
                return await store.due.lease(self._name, self._holder, self._clock.real_now(), LEASE)
        except (Busy, TryAgain):
            return False

    async def resign(self) -> None:
        """Let another process take over at once."""
        if self._database.is_sqlite:
            return
        try:
            async with self._database.transaction() as store:
                await store.due.release(self._name, self._holder)
        except (Busy, TryAgain):
            return  # the lease ends by itself, and whoever stops must not fail at it
