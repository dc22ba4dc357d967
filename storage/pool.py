"""Open connections that wait to be used again, the one used last first."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from storage.connection import Connection
from storage.errors import Busy

Open = Callable[[], Awaitable[Connection]]


class Pool:
    """Lends each connection to one transaction at a time; a pool of one is a lock, and its queue is fair."""

    def __init__(self, open_: Open, *, most: int, patience: float) -> None:
        self._open = open_
        self._free = asyncio.Semaphore(most)
        self._patience = patience
        self._idle: list[Connection] = []

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection, taken back clean: what fails inside is rolled back; raises Busy when none gets free."""
        await self._wait()
        try:
            connection = await self._any()
            try:
                yield connection
            except Exception:
                await self._clean(connection)
                raise
            except BaseException:
                # Cancelled: a statement of it may be under way still.
                await connection.close(is_lost=True)
                raise
            self._idle.append(connection)
        finally:
            self._free.release()

    async def close(self) -> None:
        """Close what is idle."""
        while self._idle:
            await self._idle.pop().close()

    async def _wait(self) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError as error:
            raise Busy from error

    async def _any(self) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_broken:
                return connection
            await connection.close(is_lost=True)
        return await self._open()

    async def _clean(self, connection: Connection) -> None:
        try:
            await connection.roll_back()
        except Exception:  # noqa: BLE001 - what made it fail is raised already; this connection is of no more use
            await connection.close(is_lost=True)
        else:
            self._idle.append(connection)
