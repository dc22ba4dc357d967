"""One connection to a database, and how it looks where the database is a file: SQLite in this process."""

import asyncio
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import perf_counter
from typing import Any, TypeVar, cast

from sqlalchemy import Dialect, Engine, Executable, Result

# How a transaction of SQLite's begins: one that only reads, and one that takes the only lock there is for writing.
READ, WRITE = "BEGIN", "BEGIN IMMEDIATE"
# A statement that took longer, as those of a broadcast do, which change 200 rows, lets everybody else have their turn.
LONG_SECONDS = 0.0005
Row = Sequence[Any]
Rows = Result[*tuple[Any, ...]]
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]
Done = TypeVar("Done")


class Connection(ABC):
    """What an aggregate speaks through; the transaction around it is opened and closed by `Database`."""

    dialect: Dialect

    @abstractmethod
    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> Rows:
        """Run any statement of SQLAlchemy's."""

    @abstractmethod
    async def fetch(self, text: str, arguments: Sequence[Any]) -> Sequence[Row]:
        """Run a statement that was compiled before, whose work is short: rows found by an index, a row written."""

    @abstractmethod
    async def later(self, text: str, arguments: Sequence[Any]) -> None:
        """Run a short statement before the next one or the commit; it reads nothing that others write later, too."""

    @abstractmethod
    async def fetch_along(self, text: str, arguments: Sequence[Any]) -> Sequence[Row]:
        """Run a short statement together with those that wait, which it must not have to see."""

    @abstractmethod
    async def hold(self, number: int) -> None:
        """Hold a number until the end of the transaction, for what has no row to lock yet."""

    @abstractmethod
    async def send(self, *statements: tuple[str, Sequence[Any]]) -> None:
        """Run statements as a transaction of their own, durable when this returns."""

    @abstractmethod
    async def run_sync(self, work: Callable[..., Done], *arguments: Any) -> Done:
        """Run what knows only SQLAlchemy's synchronous connection."""

    @abstractmethod
    async def begin(self, within: float, *, is_reading: bool = False) -> None:
        """Open a transaction, waiting for another process at most so many seconds."""

    @abstractmethod
    async def commit(self) -> None:
        """Commit it; it is durable when this returns."""

    @abstractmethod
    async def roll_back(self) -> None:
        """Leave nothing of it."""

    @abstractmethod
    async def close(self, *, is_lost: bool = False) -> None:
        """Close the connection, and what it may still be doing with it if it is lost."""

    @property
    @abstractmethod
    def is_broken(self) -> bool:
        """Tell whether the connection is known to be of no use any more."""


class SqliteConnection(Connection):
    """SQLite: short statements run where they stand, what may take long runs in a thread.

    A row is found in 2 microseconds and a thread reached in 60. What waits for the disk or for another process goes to
    the thread all the same: a commit, a lock that is not free, and every statement that was not prepared.
    """

    def __init__(self, engine: Engine, *, begin: str, patience_ms: int) -> None:
        self.dialect = engine.dialect
        self._begin = begin
        self._patience_ms = patience_ms
        self._thread = ThreadPoolExecutor(1, "sqlite")
        self._alchemy = engine.connect()
        self._driver: sqlite3.Connection = cast(Any, self._alchemy.connection.dbapi_connection)
        self._changes_before = 0
        self._wait(patience_ms)

    @property
    def is_broken(self) -> bool:
        """A file that is open stays open."""
        return False

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> Rows:
        """Run any statement, in the thread, and bring all of its rows along."""
        return await self._in_thread(self._execute, statement, parameters)

    async def fetch(self, text: str, arguments: Sequence[Any]) -> Sequence[Row]:
        """Run a short statement right here."""
        began = perf_counter()
        rows = self._driver.execute(text, arguments).fetchall()
        if perf_counter() - began > LONG_SECONDS:
            await asyncio.sleep(0)
        return rows

    async def later(self, text: str, arguments: Sequence[Any]) -> None:
        """Run it right here: nothing would be saved."""
        self._driver.execute(text, arguments)

    async def fetch_along(self, text: str, arguments: Sequence[Any]) -> Sequence[Row]:
        """Run it; nothing waits."""
        return self._driver.execute(text, arguments).fetchall()

    async def hold(self, number: int) -> None:
        """Do nothing: there is one writer anyway."""

    async def send(self, *statements: tuple[str, Sequence[Any]]) -> None:
        """Run them and their commit in one trip to the thread; one alone SQLite commits by itself."""
        if len(statements) == 1:
            await self._in_thread(self._driver.execute, *statements[0])
        else:
            await self._in_thread(self._send, statements)

    async def run_sync(self, work: Callable[..., Done], *arguments: Any) -> Done:
        """Run it in the thread."""
        return await self._in_thread(work, self._alchemy, *arguments)

    async def begin(self, within: float, *, is_reading: bool = False) -> None:
        """Open a transaction; wait in the thread for another process that is writing."""
        self._changes_before = self._driver.total_changes
        if self._begin == READ:
            # It takes no lock, so it cannot have to wait.
            self._driver.execute(self._begin)
            return
        self._wait(0)
        try:
            self._driver.execute(self._begin)
            return
        except sqlite3.OperationalError:
            self._wait(int(within * 1000))
            await self._in_thread(self._driver.execute, self._begin)
        finally:
            self._wait(self._patience_ms)

    async def commit(self) -> None:
        """Commit in the thread, which waits for the disk; where no row was changed there is nothing to wait for."""
        # Alembic has committed its steps by itself.
        if self._driver.in_transaction:
            if self._driver.total_changes == self._changes_before:
                self._driver.execute("COMMIT")
            else:
                await self._in_thread(self._driver.execute, "COMMIT")
        self._forget()

    async def roll_back(self) -> None:
        """Leave nothing of the transaction."""
        if self._driver.in_transaction:
            self._driver.execute("ROLLBACK")
        self._forget()

    async def close(self, *, is_lost: bool = False) -> None:
        """Close the file, which leaves nothing of a transaction."""
        self._thread.shutdown()
        self._alchemy.close()

    def _send(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> None:
        self._driver.execute(self._begin)
        for text, arguments in statements:
            self._driver.execute(text, arguments)
        self._driver.execute("COMMIT")

    def _execute(self, statement: Executable, parameters: Parameters | None) -> Rows:
        result = self._alchemy.execute(statement, parameters)
        return result.freeze()() if result.returns_rows else result

    def _wait(self, milliseconds: int) -> None:
        self._driver.execute(f"PRAGMA busy_timeout={milliseconds}")

    def _forget(self) -> None:
        # SQLAlchemy noted a transaction of its own when it ran a statement; there is none in the database any more.
        if (noted := self._alchemy.get_transaction()) is not None:
            noted.close()

    async def _in_thread(self, work: Callable[..., Done], *arguments: Any) -> Done:
        """Wait for the thread to the end even when cancelled: the next transaction must not meet it at work."""
        job = self._thread.submit(work, *arguments)
        try:
            return await asyncio.wrap_future(job)
        except asyncio.CancelledError:
            # What waits is cancelled, what works is not: it is waited for anew.
            while not job.done():
                with suppress(asyncio.CancelledError):
                    await asyncio.wait({asyncio.wrap_future(job)})
            raise
