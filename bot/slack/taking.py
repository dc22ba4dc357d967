"""What is known of a payload while it is taken: whether it is committed, and what is said once it is acknowledged."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.background import Nursery

# An answer takes at most the patience of whoever waits for it, and a picture's three seconds.
FINISH_SECONDS = 15.0

# Slack waits three seconds for an acknowledgement; the rest is for its way, and for ours to here.
ACKNOWLEDGE_SECONDS = 2.2
# A transaction waits for the write lock as long as this, and for that time nothing can be done about it.
LOCK_SECONDS = 2.0

log = structlog.get_logger(__name__)

Work = Callable[[], Coroutine[Any, Any, None]]


@dataclass
class Taking:
    """One payload on its way through bolt, which hands neither failures nor afterthoughts back."""

    committed: bool = False
    later: list[Work] = field(default_factory=list)
    began: float = field(default_factory=lambda: asyncio.get_running_loop().time())

    @property
    def left(self) -> float:
        """Tell how many seconds are left until the acknowledgement must be on its way."""
        return self.began + ACKNOWLEDGE_SECONDS - asyncio.get_running_loop().time()

    @property
    def can_wait(self) -> bool:
        """Tell whether there is time for one more transaction, however long it waits for its turn."""
        return self.left >= LOCK_SECONDS


taking: ContextVar[Taking] = ContextVar("slack_taking")


class Afterwards:
    """Says the answers once the payload is acknowledged, and waits for those begun when the process stops."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._running: set[asyncio.Task[None]] = set()
        self._taking = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    @contextmanager
    def beginning(self) -> Iterator[Taking]:
        """Keep in mind that a payload is in hand: what it leaves for afterwards is waited for, too."""
        self._taking += 1
        self._quiet.clear()
        try:
            yield Taking()
        finally:
            self._taking -= 1
            if not self._taking:
                self._quiet.set()

    def start(self, taken: Taking) -> None:
        """Begin what was left for afterwards, each by itself."""
        for work in taken.later:
            task = self._nursery.start(work(), name="slack-answer")
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Wait for the payloads in hand and for the answers that were begun."""
        try:
            async with asyncio.timeout(FINISH_SECONDS):
                await self._quiet.wait()
                while self._running:
                    await asyncio.wait(set(self._running))
        except TimeoutError:
            log.warning("slack.answers-given-up", answers=len(self._running))
