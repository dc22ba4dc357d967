"""Opens the database, and holds the only commits: one event at a time, or many clicks at once."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.clicks import Click, append
from storage.columns import as_json
from storage.connection import READ, WRITE, Connection, SqliteConnection
from storage.errors import Busy, TryAgain, Unreachable
from storage.pool import Open, Pool
from storage.programs import Revisions
from storage.store import Store

WRITE_LOCK_SECONDS = 2.0  # Slack wants its answer within 3 seconds
# SQLite's own wait concerns only the command line beside a running service.
_SQLITE_BUSY_MS = 2000
# We have some two hundred statements; sqlite3 would keep 128 of them ready, asyncpg 100.
CACHED_STATEMENTS = 512
# Serialization failure, deadlock: the same transaction run again sees fresh values. Lock not available: come later.
_TRY_AGAIN = {"40001", "40P01"}
# A transaction that stood still for too long was ended by the server: nothing of it was written.
_BUSY = {"55P03", "25P03"}
# What is added without asking whether it is new, and the same one then finds: a purchase and a refund with one id.
_CROSSED = {"an_event_counts_once"}
# The server is stopping, has crashed, or is starting; the connection is gone.
_GONE = ("57P", "08")
# Nobody listens at the address, its socket is not there, or its name is not known just now: a server that restarts.
_UNREACHED = (ConnectionError, FileNotFoundError, socket.gaierror)
_Errors = tuple[type[Exception], ...]


class Database:
    """One SQLite file with a single writer, or PostgreSQL; both hand out a Store inside a transaction."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._revisions: Revisions = {}
        self._errors: _Errors = (DBAPIError, sqlite3.Error)
        self._unsent: _Errors = ()  # what a driver raises when its line is cut
        if self.is_sqlite:
            self._writers = Pool(_sqlite(url, WRITE), most=1, patience=WRITE_LOCK_SECONDS)
            self._readers = Pool(_sqlite(url, READ), most=8, patience=WRITE_LOCK_SECONDS)
        else:
            from storage import postgres  # noqa: PLC0415  # costs the start of whoever has a file a tenth of a second

            self._errors, self._unsent = (*self._errors, *postgres.ERRORS), postgres.UNSENT
            opener = postgres.opener(url, lock_seconds=WRITE_LOCK_SECONDS, statements=CACHED_STATEMENTS)
            self._writers = self._readers = Pool(opener, most=20, patience=WRITE_LOCK_SECONDS)

    @property
    def path(self) -> Path | None:
        """The file of an embedded database; nothing where it is in memory, or on a server."""
        name = make_url(self.url).database if self.is_sqlite else None
        return Path(name) if name and name != ":memory:" else None

    async def close(self) -> None:
        """Close every connection."""
        await self._writers.close()
        await self._readers.close()

    async def reach(self) -> None:
        """Try the connection once; raises Unreachable with the kind of the failure, never with the address."""
        try:
            if self.is_sqlite:
                _make_folder(self.url)
            async with self._writers.connection() as connection:
                await connection.execute(text("SELECT 1"))
                await connection.roll_back()
        # What a driver raises while connecting is its own: refused, unknown host, wrong password, not a database.
        except Exception as error:  # noqa: BLE001
            raise Unreachable(type(error).__name__) from None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Store]:
        """Write in one transaction, committed at the end; raises Busy or TryAgain with nothing written."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + WRITE_LOCK_SECONDS
        with self._translated():
            async with self._writers.connection() as connection:
                # Waiting for our turn and waiting for another process share the two seconds.
                await connection.begin(max(0.0, latest - loop.time()))
                yield Store(connection, self._revisions)
                await connection.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Store]:
        """Read in one transaction that leaves no row."""
        with self._translated():
            async with self._readers.connection() as connection:
                await connection.begin(WRITE_LOCK_SECONDS, is_reading=True)
                yield Store(connection, self._revisions)
                await connection.roll_back()

    async def batch(self, clicks: Sequence[Click]) -> None:
        """Commit many clicks at once; raises Busy or TryAgain with nothing written."""
        if clicks:
            with self._translated():
                async with self._writers.connection() as connection:
                    await append(connection, clicks)

    @asynccontextmanager
    async def migrating(self) -> AsyncIterator[Connection]:
        """Hand out a bare connection for the migrations, and commit what they did."""
        with self._translated():
            async with self._writers.connection() as connection:
                await connection.begin(WRITE_LOCK_SECONDS)
                yield connection
                await connection.commit()

    @asynccontextmanager
    async def altering(self) -> AsyncIterator[Connection]:
        """Do the same where tables may be written anew that others refer to, which SQLite would miss meanwhile."""
        with self._translated():
            async with self._writers.connection() as connection, self._without_references(connection):
                await connection.begin(WRITE_LOCK_SECONDS)
                if not self.is_sqlite:  # a step may compute for long between two statements
                    await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
                    await connection.execute(text("SET LOCAL application_name = 'grapevine migrates'"))
                yield connection
                await connection.commit()

    @asynccontextmanager
    async def _without_references(self, connection: Connection) -> AsyncIterator[None]:
        """Switch off what SQLite checks of references, as its manual says of altering a table, and on again."""
        if not self.is_sqlite:
            yield
            return
        await connection.execute(text("PRAGMA foreign_keys=OFF"))
        try:
            yield
        finally:
            # Inside a transaction the switch would be without effect.
            await connection.roll_back()
            await connection.execute(text("PRAGMA foreign_keys=ON"))
            await connection.roll_back()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except _UNREACHED as error:
            raise Busy from error
        except self._errors as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            state = getattr(cause, "sqlstate", None)
            if state in _TRY_AGAIN or getattr(cause, "constraint_name", None) in _CROSSED:
                raise TryAgain from error
            if state in _BUSY or "database is locked" in str(cause) or _is_gone(error, state, self._unsent):
                raise Busy from error
            raise


def _is_gone(error: Exception, state: str | None, unsent: _Errors) -> bool:
    """Tell whether the server was lost rather than displeased: it comes back, and nobody did anything wrong."""
    was_cut = isinstance(error, DBAPIError) and error.connection_invalidated
    # What asyncpg refuses to send at all, such as a text for a number, is a ValueError besides: a defect of ours.
    was_closed = isinstance(error, unsent) and not isinstance(error, ValueError)
    return was_cut or was_closed or (state or "").startswith(_GONE)


def _make_folder(url: str) -> None:
    name = make_url(url).database
    if name and name != ":memory:":
        Path(name).parent.mkdir(parents=True, exist_ok=True)


def _sqlite(url: str, begin: str) -> Open:
    # Parameters hold codes and names; an error must not repeat them.
    engine = create_engine(
        make_url(url).set(drivername="sqlite+pysqlite"),
        hide_parameters=True,
        json_serializer=as_json,
        poolclass=NullPool,
        # One at a time all the same: a connection is in one transaction, which waits for what it gave to the thread.
        connect_args={"check_same_thread": False, "cached_statements": CACHED_STATEMENTS},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself: we say BEGIN IMMEDIATE
        for pragma in (f"busy_timeout={_SQLITE_BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    async def open_() -> Connection:
        return await asyncio.to_thread(SqliteConnection, engine, begin=begin, patience_ms=_SQLITE_BUSY_MS)

    return open_
