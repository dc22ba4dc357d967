"""Opens the database, and holds the only commits: one event at a time, or many clicks at once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from storage.clicks import Click, append
from storage.errors import Busy, TryAgain, Unreachable
from storage.store import Store

WRITE_LOCK_SECONDS = 2.0  # Slack wants its answer within 3 seconds
# SQLite's own wait concerns only the command line beside a running service.
_SQLITE_BUSY_MS = 2000
# Serialization failure, deadlock: the same transaction run again sees fresh values. Lock not available: come later.
_TRY_AGAIN = {"40001", "40P01"}
_BUSY = {"55P03"}
# The server is stopping, has crashed, or is starting; the connection is gone.
_GONE = ("57P", "08")
# How asyncpg itself speaks of a line that was cut under it.
_UNSENT = (asyncpg.InterfaceError, asyncpg.InternalClientError)


class Database:
    """One SQLite file with a single writer, or a PostgreSQL pool; both hand out a Store inside a transaction."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._writing = asyncio.Lock()
        if self.is_sqlite:
            self._writer = _sqlite_engine(url, "BEGIN IMMEDIATE", poolclass=StaticPool)
            self._reader = _sqlite_engine(url, "BEGIN", pool_size=4, max_overflow=4)
        else:
            self._writer = self._reader = _postgres_engine(url)

    async def close(self) -> None:
        """Close every connection."""
        await self._writer.dispose()
        await self._reader.dispose()

    async def reach(self) -> None:
        """Try the connection once; raises Unreachable with the kind of the failure, never with the address."""
        try:
            if self.is_sqlite:
                _make_folder(self.url)
            async with self._writer.connect() as connection:
                await connection.execute(text("SELECT 1"))
        # What a driver raises while connecting is its own: refused, unknown host, wrong password, not a database.
        except Exception as error:  # noqa: BLE001
            raise Unreachable(type(error).__name__) from None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Store]:
        """Write in one transaction, committed at the end; raises Busy or TryAgain with nothing written."""
        async with self._write_lock(), self._connection(self._writer) as connection:
            yield Store(connection)
            await connection.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Store]:
        """Read in one transaction that leaves no row."""
        async with self._connection(self._reader) as connection:
            yield Store(connection)
            await connection.rollback()

    async def batch(self, clicks: Sequence[Click]) -> None:
        """Commit many clicks at once; raises Busy or TryAgain with nothing written."""
        if not clicks:
            return
        async with self._write_lock(), self._connection(self._writer) as connection:
            try:
                await append(connection, clicks)
            except BaseException:
                # SQLAlchemy does not see what the driver raises, and would hand out a dead connection again.
                await connection.invalidate()
                raise

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[AsyncConnection]:
        """Hand out a bare connection for the migrations, and commit what they did."""
        async with self._write_lock(), self._connection(self._writer) as connection:
            yield connection
            await connection.commit()

    @asynccontextmanager
    async def _write_lock(self) -> AsyncIterator[None]:
        if not self.is_sqlite:
            yield
            return
        try:
            async with asyncio.timeout(WRITE_LOCK_SECONDS):
                await self._writing.acquire()
        except TimeoutError as error:
            raise Busy from error
        try:
            yield
        finally:
            self._writing.release()

    @asynccontextmanager
    async def _connection(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        with _translated():
            async with engine.connect() as connection:
                yield connection


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (PoolTimeout, ConnectionError) as error:
        raise Busy from error
    except (DBAPIError, sqlite3.Error, asyncpg.PostgresError, *_UNSENT) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        state = getattr(cause, "sqlstate", None)
        if state in _TRY_AGAIN:
            raise TryAgain from error
        if state in _BUSY or "database is locked" in str(cause) or _is_gone(error, state):
            raise Busy from error
        raise


def _is_gone(error: Exception, state: str | None) -> bool:
    """Tell whether the server was lost rather than displeased: it comes back, and nobody did anything wrong."""
    was_cut = isinstance(error, DBAPIError) and error.connection_invalidated
    # What asyncpg refuses to send at all, such as a text for a number, is a ValueError besides: a defect of ours.
    was_closed = isinstance(error, _UNSENT) and not isinstance(error, ValueError)
    return was_cut or was_closed or (state or "").startswith(_GONE)


def _make_folder(url: str) -> None:
    name = make_url(url).database
    if name and name != ":memory:":
        Path(name).parent.mkdir(parents=True, exist_ok=True)


def _sqlite_engine(url: str, begin: str, **options: Any) -> AsyncEngine:
    # Parameters hold codes and names; an error must not repeat them.
    engine = create_async_engine(url, hide_parameters=True, **options)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself: we say BEGIN IMMEDIATE
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_SQLITE_BUSY_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres_engine(url: str) -> AsyncEngine:
    return create_async_engine(
        url,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=WRITE_LOCK_SECONDS,
        connect_args={"server_settings": {"lock_timeout": f"{int(WRITE_LOCK_SECONDS * 1000)}", "jit": "off"}},
    )
