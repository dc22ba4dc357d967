"""A lane of the outbox: one platform, which may have to wait while the others go on."""

import asyncio
from datetime import datetime

IDLE_SECONDS = 1.0


class Lane:
    """Until when a platform must be left alone, and the bell that calls its sender."""

    def __init__(self, now: datetime) -> None:
        self.pause_until = now
        self.wake = asyncio.Event()
        self.troubles = 0  # how often in a row the platform refused or missed all of us, not one message

    async def rest(self) -> None:
        """Wait until something is put into the outbox, or a moment."""
        self.wake.clear()
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                await self.wake.wait()
        except TimeoutError:
            return
