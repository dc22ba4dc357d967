"""Has notices stand back while people are being answered: both take turns in one loop, and on one line."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

# Of the time, so much at most, and so long at a time: a broadcast makes up for it, and however many people write, most
# of its pace is left to it.
SHARE = 0.3
LONGEST_SECONDS = 0.1


class Courtesy:
    """Knows whether somebody is being answered, and how long notices still stand back for it."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._attended = 0
        self._nobody = asyncio.Event()
        self._left = LONGEST_SECONDS
        self._at = now()

    @property
    def left(self) -> float:
        """How many seconds notices would stand back now: what was used up grows again with the time."""
        return min(LONGEST_SECONDS, self._left + (self._now() - self._at) * SHARE)

    @contextmanager
    def attending(self) -> Iterator[None]:
        """Have notices stand back until somebody was answered."""
        self._attended += 1
        try:
            yield
        finally:
            self._attended -= 1
            if not self._attended:
                self._nobody.set()

    async def stand_back(self) -> None:
        """Wait until nobody is being answered, or the share of the time is used up."""
        if not self._attended:
            return
        began, may = self._now(), self.left
        self._nobody.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(may):
                await self._nobody.wait()
        self._at = self._now()
        self._left = max(0.0, may - (self._at - began))
