"""What the edge asks of the composition root: to take an event, and to know how a person reads."""

from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.dispatch import fresh_draw
from bot.gestures import Circumstances
from handlers.events import Event, Person
from handlers.outcome import Outcome
from messages.catalog import Catalog, Reader


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

    def reader(self, person: Person, outcome: Outcome | None = None) -> Reader:
        """Take what the person chose, else what Slack says of them, else the business's own."""
        chosen = outcome or Outcome()
        zone = chosen.zone or person.zone
        return Reader(
            language=self.catalog.choose(chosen.language or person.language, self.language),
            zone=ZoneInfo(zone) if zone else self.zone,
        )


@dataclass(frozen=True, kw_only=True)
class House:
    """What the composition root hands over and every part of the edge needs."""

    dispatcher: Dispatches
    clock: Clock
    readers: Readers

    def now(self, by: Person) -> Circumstances:
        """Say who acts, when, and with which randomness."""
        return Circumstances(by=by, at=self.clock.now(), draw=fresh_draw())
