"""What the edge asks of the composition root: to take an event, and to know how a person reads."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.background import Nursery
from bot.clock import Clock
from bot.dispatch import Busy, fresh_draw
from bot.gestures import Circumstances
from bot.limiting import Limiter
from bot.slack.taking import Taking
from handlers.events import Event, Person
from handlers.outcome import Outcome
from messages.catalog import Catalog, Reader
from storage.errors import NotYet

# Slack would bring the payload again at once, and then only after a minute.
MOMENT_SECONDS = 0.1


class Dispatches(Protocol):
    """What takes an event: it returns when the event's transaction is committed, or raises."""

    async def dispatch(self, event: Event) -> Outcome:
        """Take one event and return what is to be said."""
        ...


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Knows in which language and zone a person reads."""

    catalog: Catalog
    language: str
    zone: ZoneInfo
    clock: Clock

    def reader(self, person: Person, outcome: Outcome | None = None) -> Reader:
        """Take what the person chose, else what Slack says of them, else the business's own."""
        chosen = outcome or Outcome()
        zone = chosen.zone or person.zone
        return Reader(
            language=self.catalog.choose(chosen.language or person.language, self.language),
            zone=ZoneInfo(zone) if zone else self.zone,
        ).at(self.clock.now())


@dataclass(frozen=True, kw_only=True)
class House:
    """What the composition root hands over and every part of the edge needs."""

    dispatcher: Dispatches
    clock: Clock
    readers: Readers
    nursery: Nursery
    limiter: Limiter

    def now(self, by: Person) -> Circumstances:
        """Say who acts, when, and with which randomness."""
        return Circumstances(by=by, at=self.clock.now(), draw=fresh_draw())

    async def take(self, events: Sequence[Event], taken: Taking) -> list[Outcome]:
        """Take what one payload brought, one after the other; raises Busy once its time is up.

        What is under way then goes on: the payload comes again, and finds what was committed.
        """
        outcomes: list[Outcome] = []
        for event in events:
            if taken.can_wait:
                outcomes.append(await self._soon(event, taken))
                continue
            if taken.left <= 0:
                raise Busy
            attempt = self.nursery.start(self._attempt(event), name="slack-dispatch")
            await asyncio.wait({attempt}, timeout=taken.left)
            outcome = attempt.result() if attempt.done() else None
            if outcome is None:
                raise Busy
            outcomes.append(outcome)
        return outcomes

    async def _soon(self, event: Event, taken: Taking) -> Outcome:
        """Take an event, and once more in a moment while what it follows is still being written down."""
        while True:
            try:
                return await self.dispatcher.dispatch(event)
            except NotYet:
                if taken.left < MOMENT_SECONDS:
                    raise
                await asyncio.sleep(MOMENT_SECONDS)

    async def _attempt(self, event: Event) -> Outcome | None:
        try:
            return await self.dispatcher.dispatch(event)
        except Busy:
            return None
