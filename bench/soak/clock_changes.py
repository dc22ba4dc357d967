"""Clocks that jump: a daylight-saving change in either direction, and a machine whose clock is set right and wrong."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry
from sqlalchemy import select

from bot.clock import Clock
from bot.delivery import Carriers
from bot.dispatch import Dispatcher, fresh_draw
from bot.limiting import Allowance, Limiter
from bot.outbox.outbox import Outbox
from bot.scheduler import Scheduler
from handlers.events import ProgramApplied
from messages.catalog import Catalog, Reader
from messages.message import Message
from referrals.program_file import preset
from storage.connect import Database
from storage.migrate import migrate
from storage.schema import outbox, slots
from tests import audience

BERLIN = ZoneInfo("Europe/Berlin")
# Sunday at one o'clock by UTC: two in the morning becomes three in spring, three becomes two in autumn.
CHANGES = {"spring": datetime(2026, 3, 29, 1, tzinfo=UTC), "autumn": datetime(2026, 10, 25, 1, tzinfo=UTC)}
_PROCESSES = 3
_HOUR = timedelta(hours=1)


@dataclass
class JumpingClock(Clock):
    """A clock that somebody sets."""

    at: datetime = CHANGES["spring"]
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        """Return what it was set to."""
        return self.at

    def real_now(self) -> datetime:
        """Return the same: the machine itself is wrong."""
        return self.at


@dataclass
class Postman:
    """Counts what arrives."""

    platform: str = "telegram"
    arrived: Counter[str] = field(default_factory=Counter)

    async def send(self, subject: str, message: Message, *, reader: Reader) -> None:
        """Take a message."""
        self.arrived[subject] += 1


@dataclass(frozen=True, kw_only=True)
class Beaten:
    """What was counted when the clock had come to Tuesday."""

    beats: int
    slots: Sequence[str]
    undone: int
    lost: int
    doubled: int

    @property
    def broken(self) -> list[str]:
        """Say what must not be."""
        counted = {"lost": self.lost, "marketing doubled": self.doubled, "slots not done": self.undone}
        wrong = [f"{number} {what}" for what, number in counted.items() if number]
        return wrong + [f"{len(self.slots)} slots instead of 2"] * (len(self.slots) != 2)


async def across(change: datetime, *, database_url: str, people: int) -> Beaten:
    """Let three processes beat from before a change until Tuesday, with a clock that jumps an hour both ways."""
    database, clock, postman = Database(database_url), JumpingClock(at=change - 2 * _HOUR), Postman()
    try:
        await migrate(database)
        dispatcher = Dispatcher(database, lambda: None)
        applied = ProgramApplied(at=clock.now(), draw=fresh_draw(), text=preset("demo"), zone=BERLIN.key)
        await dispatcher.dispatch(applied)
        await audience.gather(database, people, at=clock.now())
        for weeks in range(2):
            await audience.score(database, at=change + timedelta(days=7 * weeks), zone=BERLIN)
        schedulers = [Scheduler(dispatcher.dispatch, clock) for _ in range(_PROCESSES)]
        box = _box(database, clock, postman)
        moments = _moments(change)
        for clock.at in moments:
            await asyncio.gather(*(scheduler.beat() for scheduler in schedulers))
            while await box.send_some():
                pass
        return await _counted(database, postman, people=people, beats=len(moments) * _PROCESSES)
    finally:
        await database.close()


def _moments(change: datetime) -> list[datetime]:
    """List what the clock shows: over the change and back again, and so over Monday at nine, when the slot opens."""
    monday = (change.astimezone(BERLIN) + timedelta(days=1)).replace(hour=9, minute=0).astimezone(UTC)
    steps = [timedelta(minutes=minutes) for minutes in (-120, -61, -60, -1, 0, 1, 59, 60, 61)]
    to_and_fro = [timedelta(), _HOUR, timedelta(), -_HOUR, timedelta(), _HOUR]
    walked = [around + step for around in (change, monday) for step in (*steps, *to_and_fro)]
    return [*walked, monday + timedelta(days=1)]


def _box(database: Database, clock: Clock, postman: Postman) -> Outbox:
    limiters = {"telegram": Limiter(Allowance(per_second=100_000, chat_seconds=0, at_once=256), clock.elapsed)}
    return Outbox(
        database,
        clock=clock,
        catalog=Catalog.load(),
        carriers=lambda: Carriers(known=frozenset({"telegram"}), senders={"telegram": postman}),
        limiters=limiters,
        reader=Reader("en", BERLIN),
        registry=CollectorRegistry(),
    )


async def _counted(database: Database, postman: Postman, *, people: int, beats: int) -> Beaten:
    async with database.migrating() as connection:
        rows = (await connection.execute(select(outbox.c.key).where(outbox.c.kind == "marketing"))).scalars().all()
        opened = (await connection.execute(select(slots.c.slot, slots.c.done_at).order_by(slots.c.slot))).all()
    expected = people * len(opened)
    arrived = [postman.arrived[str(number)] for number in audience.subjects(people)]
    return Beaten(
        beats=beats,
        slots=[slot for slot, _ in opened],
        undone=sum(done_at is None for _, done_at in opened),
        lost=expected - len(rows) + sum(max(0, len(opened) - count) for count in arrived),
        doubled=sum(max(0, count - len(opened)) for count in arrived),
    )
