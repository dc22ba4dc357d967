"""Deliveries through misfortune: workers killed, databases restarted, a platform in a storm, two that should be one."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bench.floors import TOKEN
from bench.servers import listening
from bench.soak.workers import LEASE, LONG_LEASE, Crew
from bot.clock import Clock
from bot.playground.dice import Dice
from bot.playground.telegram.api import BotApi
from bot.playground.telegram.peer import TelegramPeer
from messages.catalog import Catalog, Reader
from messages.markup import Markup
from messages.message import Message
from storage.connect import Database
from storage.errors import Busy
from storage.migrate import migrate
from storage.notices import Claim
from storage.schema import outbox, slots
from tests import audience

PER_SECOND = 1000
MANY = 1000
_PATIENCE_SECONDS = 300.0
_LOOK_SECONDS = 0.2
ALL_ROLES = "web,chat,worker"
_SETTINGS = "Your settings"  # how the answer to /settings begins


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What was counted when nothing waited any more."""

    people: int
    lost: int  # rewards that did not arrive, and marketing said to be sent that did not
    doubled: int  # marketing that arrived more than once
    repeated: int  # rewards that arrived more than once, as they may
    unknown: int  # marketing that may or may not have arrived
    missed: int  # of the unknown, what did not arrive
    slots: int
    slots_undone: int
    deaths: int
    refused: int

    @property
    def broken(self) -> list[str]:
        """Say what must not be."""
        counted = {"lost": self.lost, "marketing doubled": self.doubled, "slots not done": self.slots_undone}
        return [f"{number} {what}" for what, number in counted.items() if number] + ["no slot"] * (not self.slots)


class Shop:
    """One database with people and what waits for them, one strict Telegram, and a crew."""

    def __init__(self, database_url: str, people: int, peer: TelegramPeer, crew: Crew) -> None:
        self.people = people
        self.peer = peer
        self.crew = crew
        self.database = Database(database_url)
        self._clock = Clock()

    @property
    def arrived(self) -> int:
        """How many messages have arrived; counting the chats themselves at every message would slow the peer down."""
        return self.peer.limits.accepted

    async def until_arrived(self, number: int) -> None:
        """Wait until so many messages have arrived, or nothing waits any more."""
        await self.peer.wait_for(lambda: self.arrived >= number, _PATIENCE_SECONDS)

    async def until_told(self, number: int, words: str) -> None:
        """Wait until a person was told so."""
        person = self.peer.people[number]
        await self.peer.wait_for(
            lambda: any(words in message.words for message in person.messages.values()), _PATIENCE_SECONDS
        )

    async def everything_left(self) -> None:
        """Wait until no notice waits and the week's slot is done."""
        began = self._clock.elapsed()
        while await self._waits():
            # The database is asked rather than the peer: what is suppressed or unknown never arrives.
            await self.peer.bell.wait(_LOOK_SECONDS)
            if self._clock.elapsed() - began > _PATIENCE_SECONDS:
                raise TimeoutError("Some notices never leave.")

    async def counted(self) -> Tally:
        """Compare what arrived with what the outbox says of it."""
        heard = {kind: self._heard(words) for kind, words in _words().items()}
        async with self.database.migrating() as connection:
            rows = (await connection.execute(select(outbox.c.customer_id, outbox.c.key, outbox.c.state))).all()
            done = (await connection.execute(select(slots.c.done_at))).scalars().all()
        lost = unknown = missed = 0
        for customer, key, state in rows:
            kind = str(key).partition(":")[0]
            has_arrived = heard[kind][audience.number_of(customer)] > 0
            unknown += state == "unknown"
            missed += state == "unknown" and not has_arrived
            lost += not has_arrived and state != "unknown"
        marketing = [heard["marketing"], heard["weekly"]]
        return Tally(
            people=self.people,
            lost=lost + 3 * self.people - len(rows),
            doubled=sum(count - 1 for counts in marketing for count in counts.values() if count > 1),
            repeated=sum(count - 1 for count in heard["reward"].values() if count > 1),
            unknown=unknown,
            missed=missed,
            slots=len(done),
            slots_undone=sum(at is None for at in done),
            deaths=self.crew.deaths,
            refused=self.peer.limits.refused,
        )

    async def _waits(self) -> bool:
        try:
            async with self.database.reading() as store:
                waiting = await store.outbox.waiting()
                return waiting > 0 or not await store.due.is_slot_done(*audience.weekly(Clock().now()))
        except Busy:
            return True

    def _heard(self, words: str) -> Counter[int]:
        people = self.peer.people.items()
        return Counter(
            {number: sum(words in message.words for message in person.messages.values()) for number, person in people}
        )


Misfortune = Callable[[Shop], Awaitable[None]]


async def killed(shop: Shop, seed: int, deaths: int) -> None:
    """Three workers; after a random number of messages a random one dies, again and again."""
    dice, wanted = Dice(seed), 3 * shop.people
    await shop.crew.start(3)
    for at in sorted(dice.throw(wanted) for _ in range(deaths)):
        await shop.until_arrived(at)
        await shop.crew.kill(dice.throw(3))


async def restarted(shop: Shop, restart: Callable[[], None], times: int) -> None:
    """Two workers; the database is restarted in the middle."""
    await shop.crew.start(2)
    for time in range(times):
        await shop.until_arrived(shop.people * 3 * (time + 1) // (times + 1))
        await asyncio.to_thread(restart)


async def stormed(shop: Shop, seed: int, troubles: int) -> None:
    """One worker; the platform answers 429, 500, 502 after delivery, or not at all, before delivery or after."""
    # Spread over all that is sent: the rewards leave first, and marketing must meet its share.
    shop.peer.faults.at_random(seed, one_in=3 * shop.people // troubles, times=troubles)
    await shop.crew.start(1)


async def survived(shop: Shop) -> None:
    """Two whole services; the one that answers in chat dies in the middle, and nobody starts it again.

    The other sends what is left of everything, and takes over the chat.
    """
    await shop.crew.start(1)
    await shop.crew.start(1)
    await shop.until_arrived(shop.people * 3 // 2)
    await shop.crew.lose(0)
    asking = audience.FIRST_PERSON
    shop.peer.send_text(asking, "/settings")
    await shop.until_told(asking, _SETTINGS)


async def abandoned(shop: Shop) -> None:
    """A worker holds what waits and has begun nothing of it when it dies; another follows."""
    clock, held = Clock(), 0
    while held < shop.people:
        async with shop.database.transaction() as store:
            now = clock.now()
            held += len(await store.outbox.claim(Claim(fence="dead", lanes=["telegram"], at=now, until=now), MANY))
    await shop.crew.start(1)


async def doubled(shop: Shop) -> None:
    """Two whole instances, where there should be one."""
    await shop.crew.start(2)


async def through(
    misfortune: Misfortune, *, database_url: str, people: int, lease: timedelta | None = None, roles: str = "worker"
) -> Tally:
    """Send a reward's notice, a campaign and the weekly leaderboard to so many people through a misfortune."""
    async with _shop(database_url, people, lease=lease, roles=roles) as shop:
        await misfortune(shop)
        await shop.everything_left()
        return await shop.counted()


@asynccontextmanager
async def _shop(database_url: str, people: int, *, lease: timedelta | None, roles: str) -> AsyncIterator[Shop]:
    clock = Clock()
    peer = TelegramPeer(token=TOKEN, username="soak_bot", name="Soak", public_url="http://localhost", now=clock.now)
    for number in audience.subjects(people):
        peer.add_person(number, f"Guest {number}").started = True
    peer.limits.enforce(per_second=PER_SECOND)
    async with listening(BotApi(peer).routes) as port:
        crew = Crew(
            lease=lease or (LONG_LEASE if people > MANY else LEASE),
            roles=roles,
            database_url=database_url,
            telegram_token=TOKEN,
            telegram_api_url=f"http://127.0.0.1:{port}",
            telegram_per_second=PER_SECOND,
        )
        shop = Shop(database_url, people, peer, crew)
        await migrate(shop.database)
        now = clock.now()
        await audience.gather(shop.database, people, at=now)
        await audience.queue_rewards(shop.database, people, at=now)
        await audience.queue_offer(shop.database, people, at=now)
        await audience.release(shop.database)
        await audience.score(shop.database, at=now)
        try:
            yield shop
        finally:
            peer.close()
            await crew.stop()
            await shop.database.close()


def _words() -> dict[str, str]:
    """Say how each kind of message begins, as it is read."""
    catalog, reader = Catalog.load(), Reader("en", ZoneInfo("UTC"))

    def said(message: Message) -> str:
        return catalog.text(message.key, message.values, reader, markup=Markup.PLAIN, address=lambda _: "")

    return {"reward": said(audience.REWARD), "marketing": said(audience.OFFER), "weekly": "Last week at"}
