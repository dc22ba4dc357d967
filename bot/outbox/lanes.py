"""A lane of the outbox: one way out, with its limits, which may have to wait while the others go on."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from bot.limiting import Limiter

IDLE_SECONDS = 1.0


@dataclass
class Lane:
    """What goes by one platform, to the team, or to nobody we know where."""

    name: str
    limiter: Limiter
    pause_until: datetime
    troubles: int = 0  # how often in a row the platform refused or missed all of us, not one message
    given_until: datetime | None = None  # until when we ourselves have last taken the token's time
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.places = asyncio.Semaphore(self.limiter.allowance.at_once)

    async def rest(self, seconds: float = IDLE_SECONDS) -> None:
        """Wait until something is put into the outbox, or a moment; the bell was silenced before we looked."""
        try:
            async with asyncio.timeout(seconds):
                await self.wake.wait()
        except TimeoutError:
            return
