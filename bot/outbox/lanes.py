"""A lane of the outbox: one way out, with its limits, which may have to wait while the others go on."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from bot.limiting import Limiter
from storage.limits import Limit

IDLE_SECONDS = 1.0
# This much lateness is made up for, of a claim that took its time or a loop that was busy: the limiter knows what left
# in the last second, and lets no more pass than the platform does. More than that is lost for good.
CATCH_UP_SECONDS = 0.6
# And this much while people ask. What is sent in a burst leaves a hole a second later, and then the next one: at
# 1,000 a second, 0.6 s came back every second for half a minute, and answers waited behind it (p95 2 to 5 times that
# of a quiet service, with this 0.9 to 1.3 times).
CATCH_UP_BESIDE_ANSWERS_SECONDS = 0.05


@dataclass
class Lane:
    """What goes by one platform, to the team, or to nobody we know where."""

    name: str
    limiter: Limiter
    troubles: int = 0  # how often in a row the platform refused or missed all of us, not one message
    given_until: datetime | None = None  # until when we ourselves have last taken the token's time
    others_until: float = float("-inf")  # until when others are taken to send, too, in the seconds of `Clock.elapsed`
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    # Until when it waits, in the seconds of `Clock.elapsed`: no clock that is set back makes a pause longer.
    pause_ends: float = float("-inf")
    _asked: datetime | None = None
    _asked_ends: float = float("-inf")

    def __post_init__(self) -> None:
        self.places = asyncio.Semaphore(self.limiter.allowance.at_once)

    @property
    def catches_up(self) -> float:
        """How many seconds of lateness are made up for now."""
        return CATCH_UP_BESIDE_ANSWERS_SECONDS if self.limiter.reserved else CATCH_UP_SECONDS

    def pause(self, seconds: float, elapsed: float) -> None:
        """Wait for so long, unless it waits for longer anyway."""
        self.pause_ends = max(self.pause_ends, elapsed + seconds)

    def asked_to_wait(self, limit: Limit, now: datetime, elapsed: float) -> float:
        """Say for how many seconds what some process was asked for still holds, counted from when we first saw it."""
        if limit.paused_until != self._asked:
            self._asked, self._asked_ends = limit.paused_until, elapsed + limit.paused_for(now)
        return self._asked_ends - elapsed

    async def rest(self, seconds: float = IDLE_SECONDS) -> None:
        """Wait until something is put into the outbox, or a moment; the bell was silenced before we looked."""
        try:
            async with asyncio.timeout(seconds):
                await self.wake.wait()
        except TimeoutError:
            return
