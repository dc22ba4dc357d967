"""Journeys through every fault, at random with a seed and on command: nothing about a reward is lost."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest

from bot.app import running
from bot.playground.slack.peer import SAM, TEAM, TESS
from bot.playground.street import BEN, MAYA
from bot.settings import Settings
from bot.telegram import polling
from messages.catalog import Catalog
from tests.journeys.weather import Shop

CODE = re.compile(r"Code: `?(\w{8})")
VOUCHER = re.compile(r"\b\w{4}-\w{4}-\w{4}\b")
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"}
PATIENCE = 30.0
STRIKES = 12


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait tenths of seconds where a second poller would be waited out for ten."""
    monkeypatch.setattr(polling, "CONFLICT_SECONDS", 0.1)


@asynccontextmanager
async def opened(database_url: str, catalog: Catalog) -> AsyncIterator[Shop]:
    """Run the service over this database, in fine weather."""
    settings = Settings(_env_file=None, database_url=database_url, port=0, secret_key="x" * 40)
    async with running(settings) as app, aiohttp.ClientSession(app.settings.own_url, headers=BROWSER) as web:
        assert app.playground is not None
        yield Shop(app, app.playground.telegram, app.playground.slack, web, catalog)


async def maya_brings_ben(shop: Shop) -> None:
    """Maya gets her link, and Ben joins with its code."""
    await shop.asks(lambda: shop.telegram.press_start(MAYA), lambda: shop.heard(MAYA, "Corner Café"))
    await shop.asks(lambda: shop.telegram.send_text(MAYA, "/share"), lambda: shop.heard(MAYA, "Code: "))
    found = CODE.search(shop.heard(MAYA, "Code: ")[0])
    assert found is not None
    await shop.asks(
        lambda: shop.telegram.press_start(BEN, f"r_{found[1]}"),
        lambda: shop.heard(BEN, "Maya invited you") or shop.heard(BEN, "invited by"),
    )


async def maya_claims(shop: Shop) -> str:
    """Maya claims, as often as it takes, and has one voucher."""
    await shop.asks(lambda: shop.tap(MAYA, "Claim"), lambda: shop.heard(MAYA, "Show this at the till"))
    vouchers = {found[0] for said in shop.heard(MAYA, "Show this at the till") if (found := VOUCHER.search(said))}
    assert len(vouchers) == 1
    return vouchers.pop()


@pytest.mark.parametrize("seed", [1, 3])
async def test_telegram_in_a_storm(database_url: str, catalog: Catalog, seed: int) -> None:
    async with opened(database_url, catalog) as shop:
        shop.telegram.faults.at_random(seed, one_in=3, times=STRIKES)
        await maya_brings_ben(shop)
        await shop.buys("telegram", str(BEN))
        await shop.everything_is_told()
        await shop.app.move_clock(timedelta(days=15))
        await shop.everything_is_told()
        voucher = await maya_claims(shop)
        await shop.posts(f"/vouchers/{voucher}/redemptions", {"cashier": "Carol"}, idempotency_key="till-1-0001")
        await shop.everything_is_told()
        for who, words in (
            (MAYA, "Ben joined through your link"),
            (MAYA, "Ben made their first purchase"),
            (BEN, "Maya invited you, so you get"),
            (MAYA, "Your reward of €10 is ready"),
            (BEN, "Your reward of €5 is ready"),
            (MAYA, "has just been used"),
        ):
            assert len(set(shop.heard(who, words))) == 1, words
        assert shop.telegram.faults.storm is not None
        assert len(shop.telegram.faults.storm.struck) > STRIKES // 3
        await shop.agrees()


async def test_every_fault_meets_one_notice_of_telegram(database_url: str, catalog: Catalog) -> None:
    async with opened(database_url, catalog) as shop:
        await maya_brings_ben(shop)
        await shop.everything_is_told()
        shop.telegram.faults.add("getUpdates", status=409, times=2)
        await shop.asks(lambda: shop.telegram.send_text(MAYA, "/status"), lambda: shop.heard(MAYA, "Joined: 1"))
        for fault in ({"status": 429, "retry_after": 30}, {"status": 500}, {"hold": 0.05}):
            shop.telegram.faults.add("sendMessage", chat_id=MAYA, **fault)
        for fault in ({"status": 502}, {"hold": 0.05}):
            shop.telegram.faults.add("sendMessage", chat_id=MAYA, after_delivery=True, **fault)
        await shop.buys("telegram", str(BEN))
        await shop.everything_is_told()
        told = shop.heard(MAYA, "Ben made their first purchase")
        assert len(told) == 3  # twice before the trouble that followed it, and once more to be sure
        assert len(set(told)) == 1
        assert len(shop.heard(BEN, "Maya invited you, so you get")) == 1
        await shop.asks(lambda: shop.telegram.send_text(MAYA, "/rewards"), lambda: shop.heard(MAYA, "on its way"))
        assert shop.telegram.faults.waiting == []
        await shop.agrees()


@pytest.mark.parametrize("is_told", [True, False], ids=["told", "found-out"])
async def test_who_blocked_the_bot_is_not_written_to_until_they_come_back(
    database_url: str, catalog: Catalog, *, is_told: bool
) -> None:
    async with opened(database_url, catalog) as shop:
        await maya_brings_ben(shop)
        await shop.everything_is_told()
        if is_told:
            shop.telegram.block(MAYA)
            await shop.asks(lambda: shop.telegram.send_text(BEN, "/status"), lambda: shop.heard(BEN, "invite"))
        else:
            shop.telegram.faults.add("sendMessage", chat_id=MAYA, status=403)
        await shop.buys("telegram", str(BEN))
        await shop.everything_is_told()
        tried = written_to(shop, MAYA)
        await shop.app.move_clock(timedelta(days=15))
        await shop.everything_is_told()
        assert shop.heard(BEN, "Your reward of €5 is ready")
        assert written_to(shop, MAYA) == tried
        assert {row.reason for row in await shop.notices() if row.state != "sent"} <= {
            "blocked",
            "no-chat",
            "told-in-another",
        }
        # What was not told is not lost: it is there when she comes back, and what follows reaches her.
        if is_told:
            shop.telegram.unblock(MAYA)
        await shop.asks(lambda: shop.telegram.press_start(MAYA), lambda: shop.heard(MAYA, "Good to see you again"))
        await shop.asks(lambda: shop.telegram.send_text(MAYA, "/rewards"), lambda: shop.heard(MAYA, "one is ready"))
        voucher = await maya_claims(shop)
        await shop.posts(f"/vouchers/{voucher}/redemptions", {}, idempotency_key="till-1-0001")
        await shop.telegram.wait_for(lambda: shop.heard(MAYA, "has just been used"), PATIENCE)


def written_to(shop: Shop, who: int) -> int:
    """Count how often the bot has tried to write to somebody."""
    return len([call for call in shop.telegram.calls if str(call.parameters.get("chat_id")) == str(who)])


async def sam_brings_tess(shop: Shop) -> None:
    """Sam gets his link, and Tess types its code."""
    await shop.asks(lambda: shop.slack.command(SAM, "share"), lambda: shop.read(SAM, "Code: "))
    found = CODE.search(shop.read(SAM, "Code: ")[0])
    assert found is not None
    await shop.asks(
        lambda: shop.slack.command(TESS, f"join {found[1]}"),
        lambda: shop.read(TESS, "invited you") or shop.read(TESS, "already"),
    )


@pytest.mark.parametrize("seed", [1, 3])
async def test_slack_in_a_storm(database_url: str, catalog: Catalog, seed: int) -> None:
    async with opened(database_url, catalog) as shop:
        shop.slack.faults.at_random(seed, one_in=3, times=STRIKES)
        await sam_brings_tess(shop)
        await shop.buys("slack", f"{TEAM}.{TESS}")
        await shop.everything_is_told()
        await shop.app.move_clock(timedelta(days=15))
        await shop.everything_is_told()
        await shop.asks(lambda: shop.slack.command(SAM, "rewards"), lambda: shop.read(SAM, "one is ready"))
        for who, words in (
            (SAM, "joined through your link"),
            (SAM, "made their first purchase"),
            (TESS, "so you get"),
            (SAM, "Your reward of €10 is ready"),
            (TESS, "Your reward of €5 is ready"),
        ):
            assert len(set(shop.read(who, words))) == 1, words
        assert shop.slack.faults.storm is not None
        assert len(shop.slack.faults.storm.struck) > STRIKES // 3
        await shop.agrees()


async def test_every_fault_meets_one_notice_of_slack(database_url: str, catalog: Catalog) -> None:
    async with opened(database_url, catalog) as shop:
        await sam_brings_tess(shop)
        await shop.everything_is_told()
        for fault in ({"status": 429, "retry_after": 30}, {"status": 500}, {"error": "fatal_error"}, {"hold": 0.05}):
            shop.slack.faults.add("chat.postMessage", channel=SAM, **fault)
        for fault in ({"status": 503}, {"hold": 0.05}):
            shop.slack.faults.add("chat.postMessage", channel=SAM, after_delivery=True, **fault)
        await shop.buys("slack", f"{TEAM}.{TESS}")
        await shop.everything_is_told()
        told = shop.read(SAM, "made their first purchase")
        assert len(told) == 3
        assert len(set(told)) == 1
        assert shop.slack.faults.waiting == []
        await shop.agrees()
