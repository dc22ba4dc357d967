"""A bell that wakes everyone who waits for a change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Bell:
    """Lets any number of waiters sleep until something has changed."""

    def __init__(self) -> None:
        self.version = 0
        self.closed = False
        self._waiters: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Say that something has changed."""
        self.version += 1
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    def close(self) -> None:
        """Wake everyone for the last time; nobody sleeps here any more."""
        self.closed = True
        self.ring()

    async def wait(self, seconds: float | None) -> bool:
        """Sleep until the next change, at most so many seconds; tell whether one came."""
        if self.closed:
            return False
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiters.discard(waiter)
        return not self.closed

    async def until(self, true: Callable[[], bool], seconds: float) -> bool:
        """Sleep until a condition holds, at most so many seconds; tell whether it does."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not true():
            left = end - loop.time()
            if self.closed or left <= 0:
                return true()
            await self.wait(left)
        return True

    async def hold(self, seconds: float) -> None:
        """Hold a line open for a while, or until the playground closes."""
        await self.until(lambda: False, seconds)
