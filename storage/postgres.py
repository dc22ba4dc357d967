"""One connection to PostgreSQL: every statement is a trip, so what needs no answer of its own travels together.

A trip costs about 35 microseconds of waiting and as much of our processor, and a purchase made 25 of them.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import asyncpg
from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage import sessions
from storage.columns import as_json
from storage.connection import Connection, Done, Parameters, Row, Rows
from storage.pool import Open

# Whoever stands still in the middle of a transaction, a frozen machine or one whose line was cut, holds what everybody
# waits for, such as a token's row: without this until TCP gives up, two hours later. Ours never pause for a second.
IDLE_SECONDS = 15

_RECURSIVE = "WITH RECURSIVE "
_PLACE = re.compile(r"\$(\d+)")
Statement = tuple[str, Sequence[Any]]
# A statement of more parts than these is planned anew too often: each number of parts is another text.
_MOST_WAITING = 8


# How asyncpg speaks of a line that was cut under it, and of that and whatever the server refuses.
UNSENT = (asyncpg.InterfaceError, asyncpg.InternalClientError)
ERRORS = (asyncpg.PostgresError, *UNSENT)


def opener(url: str, *, lock_seconds: float, statements: int) -> Open:
    """Return what opens a connection, on which nobody waits longer for a lock, and so many statements are kept."""
    settings = {
        "default_transaction_isolation": "read committed",
        "jit": "off",
        "application_name": sessions.NAME,
        "lock_timeout": f"{int(lock_seconds * 1000)}",
        "idle_in_transaction_session_timeout": f"{IDLE_SECONDS * 1000}",
    }
    # SQLAlchemy leaves transactions alone: BEGIN and COMMIT are ours, whoever sends what is between them.
    engine = create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        json_serializer=as_json,
        poolclass=NullPool,
        connect_args={"server_settings": settings, "statement_cache_size": statements},
    )

    async def open_() -> Connection:
        alchemy = await engine.connect()
        driver: Any = (await alchemy.get_raw_connection()).driver_connection
        return PostgresConnection(alchemy, driver)

    return open_


class PostgresConnection(Connection):
    """PostgreSQL: everything is sent by asyncpg itself, which prepares each text once for a connection.

    A transaction begins with its first statement. One that only reads is none at all: here each statement sees its own
    moment anyway, so BEGIN would change nothing; that it writes nothing is asked of each statement instead.
    """

    def __init__(self, alchemy: AsyncConnection, driver: "asyncpg.Connection[Any]") -> None:
        self.dialect = alchemy.dialect
        self._alchemy = alchemy
        self._driver = driver
        self._is_reading = False
        self._must_begin = False
        self._has_begun = False
        self._was_built = False  # a statement that went through SQLAlchemy, which then notes a transaction
        self._waiting: list[Statement] = []

    @property
    def is_broken(self) -> bool:
        """Tell whether the line was cut."""
        return self._driver.is_closed() or self._alchemy.invalidated

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> Rows:
        """Run any statement."""
        await self._prepare(looks=statement.is_select or statement.is_text)
        self._was_built = True
        return await self._alchemy.execute(statement, parameters)

    async def fetch(self, text: str, arguments: Sequence[Any]) -> Sequence[Row]:
        """Run a statement, prepared by the server when it is first seen."""
        await self._prepare(looks=text.startswith(("SELECT", "WITH")))
        return await self._driver.fetch(text, *arguments)

    async def fetch_along(self, text: str, arguments: Sequence[Any]) -> Sequence[Row]:
        """Run a statement in one trip with what waits."""
        if not self._has_begun or self._collides(text):
            return await self.fetch(text, arguments)
        together = joined((*self._waiting, (text, arguments)))
        self._waiting.clear()
        return await self._driver.fetch(together[0], *together[1])

    async def later(self, text: str, arguments: Sequence[Any]) -> None:
        """Let a statement wait for the next one."""
        if not self._has_begun or self._collides(text) or len(self._waiting) == _MOST_WAITING:
            await self._prepare(looks=False)
        self._waiting.append((text, arguments))
        if not self._has_begun:  # outside of a transaction nothing would come after it
            await self._send_waiting()

    async def hold(self, number: int) -> None:
        """Hold a number; as the first thing in a transaction it comes with its BEGIN."""
        await self._send_waiting()
        begin = "BEGIN; " if self._must_begin else ""
        self._has_begun, self._must_begin = self._has_begun or self._must_begin, False
        await self._driver.execute(f"{begin}SELECT pg_advisory_xact_lock({number})")

    async def send(self, *statements: Statement) -> None:
        """Run them; one alone the server commits by itself."""
        if len(statements) == 1:
            ((text, arguments),) = statements
            await self._driver.execute(text, *arguments)
            return
        async with self._driver.transaction():
            for text, arguments in statements:
                await self._driver.execute(text, *arguments)

    async def run_sync(self, work: Callable[..., Done], *arguments: Any) -> Done:
        """Run it through SQLAlchemy."""
        await self._prepare(looks=False)
        self._was_built = True
        return await self._alchemy.run_sync(work, *arguments)

    async def begin(self, within: float, *, is_reading: bool = False) -> None:
        """Begin with the first statement; PostgreSQL makes nobody wait before the first row."""
        self._is_reading, self._must_begin = is_reading, not is_reading

    async def commit(self) -> None:
        """Commit it."""
        await self._send_waiting()
        if self._has_begun:
            await self._driver.execute("COMMIT")
        await self._forget()

    async def roll_back(self) -> None:
        """Leave nothing of the transaction."""
        self._waiting.clear()
        if self._has_begun:
            await self._driver.execute("ROLLBACK")
        await self._forget()

    async def close(self, *, is_lost: bool = False) -> None:
        """Close the line, without waiting for an answer if it is lost."""
        if is_lost:
            await self._alchemy.invalidate()
        await self._alchemy.close()

    async def _prepare(self, *, looks: bool) -> None:
        """Do what comes before a statement: begin, and what waits."""
        if self._is_reading and not looks:
            raise RuntimeError("A transaction that only reads was told to write.")
        if self._must_begin:
            self._has_begun, self._must_begin = True, False
            await self._driver.execute("BEGIN")
        await self._send_waiting()

    async def _send_waiting(self) -> None:
        if self._waiting:
            text, arguments = joined(tuple(self._waiting))
            self._waiting.clear()
            await self._driver.fetch(text, *arguments)

    def _collides(self, text: str) -> bool:
        """Tell whether it names a table that waits to be written: a row changes once only, and is read as it was."""
        return any(_names(text, _table(other)) for other, _ in self._waiting)

    async def _forget(self) -> None:
        self._is_reading = self._must_begin = self._has_begun = False
        if self._was_built and (noted := self._alchemy.get_transaction()) is not None:
            await noted.close()
        self._was_built = False


def joined(statements: Sequence[Statement]) -> Statement:
    """Make one statement of several, which answers what the last one does; none of them sees what another writes."""
    texts, arguments = zip(*statements, strict=True)
    return _joined(texts), list(chain.from_iterable(arguments))


@lru_cache(maxsize=256)
def _joined(texts: tuple[str, ...]) -> str:
    moved: list[str] = []
    count = 0
    for text in texts:
        moved.append(_renumbered(text, by=count))
        count += max((int(place) for place in _PLACE.findall(text)), default=0)
    before = "".join(f"waiting_{place} AS ({text}), " for place, text in enumerate(moved[:-1]))
    last = moved[-1]
    if last.startswith(_RECURSIVE):
        return f"{_RECURSIVE}{before}{last.removeprefix(_RECURSIVE)}"
    return f"WITH {before.removesuffix(', ')} {last}" if before else last


def _renumbered(text: str, by: int) -> str:
    return _PLACE.sub(lambda place: f"${int(place[1]) + by}", text)


@lru_cache(maxsize=1024)
def _names(text: str, table: str) -> bool:
    return re.search(rf"\b{table}\b", text) is not None


@lru_cache(maxsize=256)
def _table(text: str) -> str:
    """Return which table a statement writes to."""
    return text.removeprefix("INSERT INTO ").removeprefix("UPDATE ").split(None, 1)[0]
