"""Which events were handled lately: Slack repeats what it believes was not, and what it was told too late."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

# Slack repeats for an hour at most and sends an app at most 30,000 events in it; an id is 60 bytes.
REMEMBERED = 30_000


class Repeats:
    """Lets each event through once; a repeat waits for the first to end and is let through if that failed."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._handled: OrderedDict[str, None] = OrderedDict()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, event: str) -> AsyncIterator[bool]:
        """Tell whether an event is to be handled; leaving without a failure means that it was."""
        async with self._turns.setdefault(event, asyncio.Lock()):
            is_new = event not in self._handled
            yield is_new
            self.handled(event)

    def handled(self, event: str) -> None:
        """Remember that an event needs no more handling."""
        self._handled[event] = None
        self._handled.move_to_end(event)
        if len(self._handled) > self._remembered:
            self._handled.popitem(last=False)
