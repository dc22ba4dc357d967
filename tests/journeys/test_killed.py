"""`kill -9` between any two lines of the loop, then start again: facts once, every reward told, nothing doubled."""

from __future__ import annotations

import asyncio
import re
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any

import aiohttp

from bot.background import Nursery
from bot.clock import Clock
from bot.playground.playground import Playground
from bot.playground.street import BEN, MAYA
from bot.playground.telegram.peer import TelegramPeer
from messages.catalog import Catalog
from storage.connect import Database
from storage.schema import clicks, events, outbox, redemptions, referrals, rewards, vouchers
from tests.audit import audit
from tests.bot.playground.house import Server
from tests.dialogue import Dialogue
from tests.forks import context
from tests.journeys.lives import Place, live

TOKEN, KEY = "42:made-up", "k-of-the-till"
CODE = re.compile(r"Code: (\w{8})")
VOUCHER = re.compile(r"\b\w{4}-\w{4}-\w{4}\b")
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"}
PATIENCE = 30.0
# A Monday morning: which week a reward falls into must not depend on the day on which the test runs.
MONDAY = datetime(2035, 1, 1, 10, tzinfo=UTC)
# Longer than a notice is held by a process that may have died.
BETWEEN_LIVES = timedelta(minutes=2)


def places(*named: str) -> tuple[Place, ...]:
    """Read places such as "before commit-Joined"."""
    return tuple(Place(*name.split()) for name in named)


@dataclass
class Shop:
    """One database, one Telegram that outlives every process, and the process that lives at the moment."""

    database_url: str
    peer: TelegramPeer
    api_url: str
    web: aiohttp.ClientSession
    ahead: timedelta = field(default_factory=lambda: MONDAY - Clock().now())
    died_at: list[Place] = field(default_factory=list)
    visits: int = 0
    _process: Any = None
    _url: str = ""

    async def survives(
        self, act: Callable[[Shop], object], seen: Callable[[], object], *, dying: Sequence[Place]
    ) -> None:
        """Do something until it has worked, with a process that dies first at each of these places."""
        for place in dying:
            await self.lives(place)
            await self._attempt(act)
            await self._died()
            self.died_at.append(place)
        await self.lives(None)
        await self._attempt(act)
        await self.peer.wait_for(seen, PATIENCE)

    async def lives(self, place: Place | None) -> None:
        """End the process that lives, as the others ended, and start the next."""
        await self.kill()
        self.ahead += BETWEEN_LIVES
        here, there = context.Pipe(duplex=False)
        settings = {
            "database_url": self.database_url,
            "port": 0,
            "secret_key": "x" * 40,
            "api_key": KEY,
            "program": "demo",
            "telegram_token": TOKEN,
            "telegram_api_url": self.api_url,
        }
        self._process = context.Process(target=live, args=(place, settings, self.ahead, there))
        await asyncio.to_thread(self._process.start)
        there.close()
        self._url = await asyncio.to_thread(_address, here)

    async def kill(self) -> None:
        """End the process without a word."""
        if self._process is not None:
            self._process.kill()
            await self._died()
            self._process = None

    async def _died(self) -> None:
        await asyncio.to_thread(self._process.join, PATIENCE)
        assert self._process.exitcode == -signal.SIGKILL, self._process.exitcode

    async def _attempt(self, act: Callable[[Shop], object]) -> None:
        # Whoever asks a process that dies has no answer, and asks again.
        with suppress(aiohttp.ClientError):
            doing = act(self)
            if asyncio.iscoroutine(doing):
                await doing

    async def follows(self, code: str) -> None:
        """Follow a share link; only what was answered is remembered."""
        async with self.web.get(f"{self._url}/r/{code}", allow_redirects=False) as answer:
            assert answer.status == 302
            self.visits += 1

    async def posts(self, path: str, body: dict[str, Any], **headers: str) -> None:
        """The till reports or redeems."""
        key = {"authorization": f"Bearer {KEY}"} | {name.replace("_", "-"): said for name, said in headers.items()}
        async with self.web.post(f"{self._url}/api/v1{path}", json=body, headers=key) as answer:
            assert answer.status == 200, await answer.text()

    async def has_settled(self) -> None:
        """Wait until nothing is on its way to anybody."""
        database = Database(self.database_url)
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    async with database.reading() as store:
                        if not await store.outbox.waiting():
                            return
                    await asyncio.sleep(0.05)
        finally:
            await database.close()

    def heard(self, who: int, words: str) -> list[str]:
        """Read what somebody was told with these words in it."""
        return [one.words for one in self.peer.chat(who) if one.from_bot and words in one.words]

    def tap(self, who: int, label: str) -> None:
        """Tap the latest button with this label, if there is one yet."""
        for message in reversed(self.peer.chat(who)):
            if message.from_bot and any(label in button["text"] for row in message.buttons for button in row):
                self.peer.tap_label(who, message.message_id, label)
                return


def _address(pipe: Connection) -> str:
    """Wait for the address of a process; one that died first has none."""
    with suppress(EOFError):
        if pipe.poll(PATIENCE):
            return str(pipe.recv())
    return "http://127.0.0.1:1"


@asynccontextmanager
async def opened(database_url: str) -> AsyncIterator[Shop]:
    """Run a Telegram in this process, and kill whatever lives at the end."""
    server, nursery = Server(), Nursery()
    playground = Playground(
        public_url=server.url,
        token=TOKEN,
        bot_username="grapevine_demo_bot",
        bot_name="Grapevine",
        now=Clock().now,
        move_clock=_stands_still,
        api_key=KEY,
    )
    await server.start(list(playground.routes))
    nursery.start(playground.run(), name="playground")
    async with aiohttp.ClientSession(headers=BROWSER) as web:
        shop = Shop(database_url, playground.telegram, playground.telegram_api_url.removesuffix("/bot"), web)
        try:
            yield shop
        finally:
            await shop.kill()
            await playground.close()
            await nursery.stop()
            await server.stop()


async def _stands_still(_: timedelta) -> None:
    raise NotImplementedError


async def test_the_loop_survives_a_death_between_any_two_of_its_lines(database_url: str, catalog: Catalog) -> None:
    async with opened(database_url) as shop:
        code = await maya_shares(shop)
        await ben_joins_and_buys(shop, code)
        await both_are_rewarded(shop)
        await a_week_goes_by(shop)
        assert len(shop.died_at) >= 20
        talk = Dialogue(Database(database_url), catalog)
        try:
            await every_fact_is_there_once(talk, shop)
            await everyone_was_told(talk, shop)
        finally:
            await talk.database.close()


async def maya_shares(shop: Shop) -> str:
    """Maya starts, asks for her link, and agrees to reminders."""
    await shop.survives(
        lambda shop: shop.peer.press_start(MAYA),
        lambda: shop.heard(MAYA, "Good to see you again"),
        dying=places("before commit-Joined", "after commit-Joined", "after answer"),
    )
    await shop.survives(
        lambda shop: shop.peer.send_text(MAYA, "/share"),
        lambda: shop.heard(MAYA, "Code: "),
        dying=places("before commit-ShareAsked", "after commit-ShareAsked"),
    )
    await agrees(shop, MAYA)
    codes = {found[1] for words in shop.heard(MAYA, "Code: ") if (found := CODE.search(words))}
    assert len(codes) == 1
    return codes.pop()


async def agrees(shop: Shop, who: int) -> None:
    """Somebody turns reminders on, and with them the weekly leaderboard."""
    shop.peer.send_text(who, "/settings")
    await shop.peer.wait_for(lambda: shop.heard(who, "Your settings"), PATIENCE)
    await shop.survives(
        lambda shop: shop.tap(who, "Turn reminders on"),
        lambda: shop.heard(who, "weekly leaderboard: on"),
        dying=places("after commit-SettingChosen"),
    )


async def ben_joins_and_buys(shop: Shop, code: str) -> None:
    """Ben follows the link, joins, and the till reports what he buys until it is answered."""
    await shop.survives(
        lambda shop: shop.follows(code), lambda: shop.visits, dying=places("before clicks", "after clicks")
    )
    await shop.survives(
        lambda shop: shop.peer.press_start(BEN, f"r_{code}"),
        lambda: shop.heard(MAYA, "Ben joined through your link"),
        dying=places("before commit-Joined", "after commit-Joined", "before notice", "before settling"),
    )
    await agrees(shop, BEN)
    bought = {
        "id": "receipt-1",
        "source": "till",
        "type": "purchase",
        "customer": {"identities": [{"platform": "telegram", "id": str(BEN)}]},
        "amount": "25.00",
        "currency": "EUR",
    }
    await shop.survives(
        lambda shop: shop.posts("/events", bought),
        lambda: shop.heard(MAYA, "Ben made their first purchase") and shop.heard(BEN, "Maya invited you, so you get"),
        dying=places("before commit-EventReported", "after commit-EventReported", "after notice"),
    )


async def both_are_rewarded(shop: Shop) -> None:
    """The hold passes, both hear of it, Maya claims, and the till redeems until it is answered."""
    shop.ahead += timedelta(days=15)
    await shop.survives(
        lambda shop: None,
        lambda: shop.heard(MAYA, "Your reward of €10 is ready") and shop.heard(BEN, "Your reward of €5 is ready"),
        dying=places("before commit-HoldsDue", "after commit-HoldsDue", "before notice", "before settling"),
    )
    await shop.survives(
        lambda shop: shop.tap(MAYA, "Claim"),
        lambda: shop.heard(MAYA, "Show this at the till"),
        dying=places("before commit-RewardClaimed", "after commit-RewardClaimed"),
    )
    told = {found[0] for words in shop.heard(MAYA, "Show this at the till") if (found := VOUCHER.search(words))}
    assert len(told) == 1
    await shop.survives(
        lambda shop: shop.posts(
            f"/vouchers/{next(iter(told))}/redemptions", {"cashier": "Carol"}, idempotency_key="till-1-0001"
        ),
        lambda: shop.heard(MAYA, "has just been used"),
        dying=places("before commit-VoucherRedeemed", "after commit-VoucherRedeemed", "after notice"),
    )
    # Heard before the last death, and said again after it: the next life is to die at the leaderboard, not here.
    await shop.has_settled()


async def a_week_goes_by(shop: Shop) -> None:
    """One weekly leaderboard was sent and not noted, the other perhaps: neither is sent again."""
    shop.ahead += timedelta(days=7)
    await shop.survives(
        lambda shop: None,
        lambda: shop.heard(MAYA, "Last week at") or shop.heard(BEN, "Last week at"),
        dying=places("before commit-WeeklyBoardDue", "after commit-WeeklyBoardDue", "after notice"),
    )
    # One more life, in which whatever might still be sent would be.
    await shop.lives(None)
    shop.peer.send_text(BEN, "/help")
    before = len(shop.peer.chat(BEN))
    await shop.peer.wait_for(lambda: len(shop.peer.chat(BEN)) > before, PATIENCE)
    await asyncio.sleep(0.5)


async def every_fact_is_there_once(talk: Dialogue, shop: Shop) -> None:
    """One friend, one purchase, two rewards, one voucher used, and every click that was answered."""
    await audit(talk)
    counted = {table.name: len(await talk.rows(table)) for table in (referrals, events, rewards, vouchers, redemptions)}
    assert counted == {"referrals": 1, "events": 1, "rewards": 2, "vouchers": 1, "redemptions": 1}
    assert {reward.state for reward in await talk.rows(rewards)} == {"available", "redeemed"}
    assert len(await talk.rows(clicks)) >= shop.visits


async def everyone_was_told(talk: Dialogue, shop: Shop) -> None:
    """Every notice about a reward arrived, a repeat read the same, and nothing of marketing came twice."""
    for who, words in (
        (MAYA, "Ben joined through your link"),
        (MAYA, "Ben made their first purchase"),
        (BEN, "Maya invited you, so you get"),
        (MAYA, "Your reward of €10 is ready"),
        (BEN, "Your reward of €5 is ready"),
        (MAYA, "has just been used"),
    ):
        assert len(set(shop.heard(who, words))) == 1, words
    # The process died when it knew of one arrival; what was on its way beside it may have arrived or not.
    boards = [len(shop.heard(who, "Last week at")) for who in (MAYA, BEN)]
    assert sorted(boards) in ([0, 1], [1, 1])
    notices = await talk.rows(outbox)
    assert [row.state for row in notices if row.kind == "marketing"] == ["unknown", "unknown"]
    assert {row.state for row in notices if row.kind != "marketing"} == {"sent"}
