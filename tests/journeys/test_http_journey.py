"""The loop over plain HTTP, on both databases, by polling and by webhook: from the first tap to a redeemed voucher."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any, Literal

import aiogram.methods
import aiohttp
import pytest
import zxingcpp
from PIL import Image

from bot.app import App, running
from bot.playground.street import BEN, MAYA
from bot.playground.telegram.peer import TelegramPeer
from bot.playground.telegram.people import Message
from bot.settings import Settings

CHLOE = 1003
CODE = re.compile(r"Code: (\w{8})")
VOUCHER = re.compile(r"\b\w{4}-\w{4}-\w{4}\b")
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"}
# Two cores that also run a PostgreSQL and a browser took 9 s for one answer.
PATIENCE = 30.0

Mode = Literal["polling", "webhook"]


@dataclass
class Visit:
    """Maya's and Ben's phones, the till, and a browser, all before one running service."""

    app: App
    peer: TelegramPeer
    web: aiohttp.ClientSession

    async def hears(self, who: int) -> Message:
        """Wait for the next message to somebody."""
        return await self.peer.next_message(who, timeout=PATIENCE)

    async def says(self, who: int, words: str) -> Message:
        """Write to the bot and wait for the answer."""
        self.peer.send_text(who, words)
        return await self.hears(who)

    async def reports(self, **body: object) -> dict[str, Any]:
        """The till reports an event."""
        told = {"source": "till", "occurred_at": self.app.clock.now().isoformat()} | body
        told |= {"currency": "EUR"} if "amount" in body else {}
        async with self.web.post("/api/v1/events", json=told, headers=self._key()) as answer:
            assert answer.status == 200, await answer.text()
            found: dict[str, Any] = await answer.json()
            return found

    async def redeems(self, code: str, *, key: str) -> tuple[int, dict[str, Any]]:
        """The till redeems a voucher."""
        body = {"cashier": "Carol", "place": "Market"}
        headers = self._key() | {"idempotency-key": key}
        async with self.web.post(f"/api/v1/vouchers/{code}/redemptions", json=body, headers=headers) as answer:
            return answer.status, await answer.json(content_type=None)

    async def reads(self, path: str) -> dict[str, Any]:
        """The business reads what is known."""
        async with self.web.get(f"/api/v1{path}", headers=self._key()) as answer:
            assert answer.status == 200, await answer.text()
            found: dict[str, Any] = await answer.json()
            return found

    async def follows(self, code: str) -> str:
        """Follow a share link in a browser, read the landing page, and return the start payload it leads to."""
        async with self.web.get(f"/r/{code}", allow_redirects=False) as answer:
            assert answer.status == 302
            onward = answer.headers["location"]
        async with self.web.get(onward) as page:
            assert page.status == 200
            text = await page.text()
        assert "Maya" in text
        found = re.search(rf"start=(r_{code}_\w+)", text)
        assert found is not None
        return found[1]

    def _key(self) -> dict[str, str]:
        key = self.app.settings.api_key
        assert key is not None
        return {"authorization": f"Bearer {key.get_secret_value()}"}


@asynccontextmanager
async def visit(url: str, mode: Mode) -> AsyncIterator[Visit]:
    """Run the service over this database, and check at the end that Telegram would have understood every call."""
    settings = Settings(_env_file=None, database_url=url, port=0, secret_key="x" * 40, telegram_mode=mode)
    async with running(settings) as app:
        assert app.playground is not None
        peer = app.playground.telegram
        async with aiohttp.ClientSession(app.settings.own_url, headers=BROWSER) as web:
            yield Visit(app, peer, web)
        assert peer.unknown_parameters == []
        assert judged(peer) > 0


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_from_the_first_tap_to_a_redeemed_voucher(database_url: str, mode: Mode) -> None:
    async with visit(database_url, mode) as shop:
        code = await maya_shares(shop)
        await ben_joins(shop, code)
        await ben_buys(shop)
        await shop.app.move_clock(timedelta(days=15))
        voucher = await maya_claims(shop)
        await carol_redeems(shop, voucher)
        await everyone_looks(shop)


async def test_a_restart_in_the_middle_loses_nothing(database_url: str) -> None:
    async with visit(database_url, "polling") as shop:
        code = await maya_shares(shop)
        await ben_joins(shop, code)
    async with visit(database_url, "polling") as shop:
        shop.peer.press_start(MAYA)
        assert "Good to see you again" in (await shop.hears(MAYA)).words
        assert code in (await shop.says(MAYA, "/share")).words
        shop.peer.press_start(BEN)
        assert "invited by" in (await shop.hears(BEN)).words
        await ben_buys(shop)
        await shop.app.move_clock(timedelta(days=15))
        for who in (MAYA, BEN):
            assert "is ready" in (await shop.hears(who)).words
    async with visit(database_url, "webhook") as shop:
        # The clock stands where it was moved to, and what was ready is ready.
        shop.peer.press_start(MAYA)
        await shop.hears(MAYA)
        ready = await shop.says(MAYA, "/rewards")
        assert "one is ready" in ready.words
        shop.peer.tap_label(MAYA, ready.message_id, "Claim")
        found = VOUCHER.search((await shop.hears(MAYA)).words)
        assert found is not None
        await carol_redeems(shop, found[0])


async def test_a_purchase_with_a_code_is_claimed_in_the_chat(database_url: str) -> None:
    async with visit(database_url, "polling") as shop:
        code = await maya_shares(shop)
        told = await shop.reports(id="7", type="purchase", code=code, amount="19.90")
        assert told["outcome"] == "unclaimed"
        async with shop.web.get(told["claim_url"]) as page:
            assert page.status == 200
            assert "Maya" in await page.text()
        shop.peer.add_person(CHLOE, "Chloe")
        shop.peer.press_start(CHLOE, f"c_{told['claim_url'].rpartition('/')[2]}")
        assert "Maya" in (await shop.hears(CHLOE)).words
        assert "Chloe made their first purchase" in (await shop.hears(MAYA)).words
        refund = await shop.reports(id="8", type="refund", refers_to="7", amount="19.90")
        assert refund["outcome"] == "refund-took-back"
        assert "cancelled" in (await shop.hears(MAYA)).words


async def maya_shares(shop: Visit) -> str:
    """Maya starts, asks for her link, and is asked about reminders once; the picture leads where the link does."""
    shop.peer.press_start(MAYA)
    assert "Welcome to Corner Café" in (await shop.hears(MAYA)).words
    card = await shop.says(MAYA, "/share")
    assert "may I write to you" in (await shop.hears(MAYA)).words
    found = CODE.search(card.words)
    assert found is not None
    assert card.photo is not None
    [seen] = zxingcpp.read_barcodes(Image.open(BytesIO(card.photo.content)))
    assert seen.text == f"{shop.app.settings.own_url}/r/{found[1]}"
    return found[1]


async def ben_joins(shop: Visit, code: str) -> None:
    """Ben follows the link in his browser and presses START; pressing it again changes nothing."""
    payload = await shop.follows(code)
    shop.peer.press_start(BEN, payload)
    assert "Maya invited you" in (await shop.hears(BEN)).words
    assert "Ben joined through your link" in (await shop.hears(MAYA)).words
    shop.peer.press_start(BEN, payload)
    assert "invited by" in (await shop.hears(BEN)).words
    shop.peer.press_start(MAYA, payload)
    assert (await shop.hears(MAYA)).words


async def ben_buys(shop: Visit) -> None:
    """The till reports Ben's purchase twice, and it counts once."""
    at = shop.app.clock.now().isoformat()
    bought = {"id": "1", "type": "purchase", "customer": customer(BEN), "amount": "25.00", "occurred_at": at}
    first = await shop.reports(**bought)
    assert first["outcome"] == "qualified"
    assert await shop.reports(**bought) == first
    assert "on its way" in (await shop.hears(BEN)).words + (await shop.hears(MAYA)).words


async def maya_claims(shop: Visit) -> str:
    """The hold has passed: both hear of it, and a tap gives the voucher."""
    assert "is ready" in (await shop.hears(BEN)).words
    ready = await shop.hears(MAYA)
    assert "Your reward of €10 is ready" in ready.words
    shop.peer.tap_label(MAYA, ready.message_id, "Claim")
    found = VOUCHER.search((await shop.hears(MAYA)).words)
    assert found is not None
    return found[0]


async def carol_redeems(shop: Visit, voucher: str) -> None:
    """Carol redeems it once, and another till is told who, where and when."""
    status, told = await shop.redeems(voucher, key="till-1-0001")
    assert (status, told["voucher"]) == (200, "redeemed")
    assert await shop.redeems(voucher, key="till-1-0001") == (200, told)
    status, refused = await shop.redeems(voucher, key="till-2-0001")
    assert status == 409
    assert (refused["cashier"], refused["place"], refused["redeemed_at"]) == ("Carol", "Market", told["redeemed_at"])
    assert "has just been used" in (await shop.hears(MAYA)).words


async def everyone_looks(shop: Visit) -> None:
    """Maya looks at everything; the business reads the same; stop is obeyed."""
    assert "Completed: 1" in (await shop.says(MAYA, "/status")).words
    assert "used on" in (await shop.says(MAYA, "/rewards")).words
    assert "You – 1 referral" in (await shop.says(MAYA, "/top")).words
    settings = await shop.says(MAYA, "/settings")
    shop.peer.tap_label(MAYA, settings.message_id, "Show my first name")
    await shop.peer.wait_for(lambda: "your first name" in settings.words, PATIENCE)
    assert settings.edit_date is not None
    for words in ("/help", "what is this?"):
        assert (await shop.says(BEN, words)).buttons
    told = await shop.reports(id="1-again", type="signup", customer=customer(MAYA))
    stats = await shop.reads(f"/customers/{told['customer']}/stats")
    assert (stats["completed"], stats["score"]) == (1, 1)
    [reward] = (await shop.reads(f"/customers/{told['customer']}/rewards"))["rewards"]
    assert (reward["state"], reward["amount"]) == ("redeemed", "10.00")
    assert "not hear from me again" in (await shop.says(MAYA, "/stop")).words


def customer(who: int) -> dict[str, Any]:
    """Name a customer by their chat."""
    return {"identities": [{"platform": "telegram", "id": str(who)}]}


def judged(peer: TelegramPeer) -> int:
    """Let aiogram's models read every call, and count them."""
    for call in peer.calls:
        model = getattr(aiogram.methods, call.method[0].upper() + call.method[1:])
        uploaded = {"photo": "uploaded"} if call.method == "sendPhoto" else {}
        model.model_validate(uploaded | call.parameters)
    return len(peer.calls)
