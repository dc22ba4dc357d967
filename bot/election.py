"""Elects the one process that polls a platform: with a row that must be renewed, or beside SQLite with a lock."""

import fcntl
import os
import secrets
from datetime import timedelta
from pathlib import Path

import structlog

from bot.clock import Clock
from storage.connect import Database
from storage.errors import Busy, TryAgain

# A process that died is followed by another after this long.
LEASE = timedelta(seconds=30)
SUFFIX = ".polling"

log = structlog.get_logger(__name__)


class Election:
    """Whether this process is the one that does a thing.

    Beside SQLite it is a lock on a file, which ends with the process that holds it: whoever restarts after a crash need
    not wait for anything.
    """

    def __init__(self, database: Database, clock: Clock, name: str) -> None:
        self._database = database
        self._clock = clock
        self._name = name
        self._holder = secrets.token_hex(8)
        self._path = database.path.with_name(database.path.name + SUFFIX) if database.path is not None else None
        self._lock: int | None = None
        self._has_asked = False
        self._stands_by = False

    async def is_ours(self) -> bool:
        """Take or renew the lease; says no when the database cannot tell."""
        self._has_asked = True
        ours = self._lock_taken(self._path) if self._path is not None else await self._row_taken()
        if not ours and not self._stands_by:
            self._tell()
        self._stands_by = not ours
        return ours

    def is_free(self) -> bool:
        """Take the lock beside an SQLite file, and say nothing where another process has it; elsewhere always free."""
        return self._path is None or self._lock_taken(self._path)

    async def resign(self) -> None:
        """Let another process take over at once."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        if self._database.is_sqlite or not self._has_asked:
            return
        try:
            async with self._database.transaction() as store:
                await store.due.release(self._name, self._holder)
        except (Busy, TryAgain):
            return  # the lease ends by itself, and whoever stops must not fail at it

    async def _row_taken(self) -> bool:
        if self._database.is_sqlite:
            return True  # in memory, where nobody else can be
        try:
            async with self._database.transaction() as store:
                return await store.due.lease(self._name, self._holder, self._clock.real_now(), LEASE)
        except (Busy, TryAgain):
            return False

    def _lock_taken(self, path: Path) -> bool:
        if self._lock is not None:
            return True
        # Never the database's own file: whoever closes that once more lets go of SQLite's locks on it.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._lock = descriptor
        return True

    def _tell(self) -> None:
        """Say that somebody else has it; beside SQLite that is probably a mistake."""
        if not self._database.is_sqlite:
            log.info("polling.stands_by", reason="another process of this installation polls")
            return
        log.warning(
            "polling.stands_by",
            reason="another Grapevine runs on the same SQLite file and answers in chat",
            consequence="this one helps with what waits in the outbox, and takes over when the other ends",
            remedy="stop one of them; many processes need PostgreSQL (docs/scaling.md)",
        )
