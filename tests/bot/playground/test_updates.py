"""Updates reach the bot as Telegram hands them over: by polling or by webhook, in order, until confirmed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.background import Nursery
from tests.bot.playground.house import BEN, MAYA, Bot, Server

PATIENCE = 30.0
OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def ids(bot: Bot, **parameters: Any) -> list[int]:
    return [update["update_id"] for update in await bot.result("getUpdates", **parameters)]


async def test_updates_stay_until_a_later_offset_confirms_them(started: Bot) -> None:
    started.peer.send_text(MAYA, "one")
    started.peer.send_text(MAYA, "two")
    first, second, third = await ids(started)
    assert await ids(started) == [first, second, third]
    assert await ids(started, limit=1) == [first]
    assert await ids(started, offset=second) == [second, third]
    assert await ids(started) == [second, third], "what an offset has passed is gone"
    assert await ids(started, offset=-1) == [third]
    assert await ids(started) == [third], "a negative offset forgets what is older"
    assert await ids(started, offset=third + 1) == []


async def test_a_long_poll_ends_with_the_first_news(bot: Bot, nursery: Nursery) -> None:
    poll = nursery.start(ids(bot, timeout=20), name="poll")
    await bot.peer.mailbox.bell.wait(PATIENCE)
    bot.peer.press_start(MAYA)
    assert len(await asyncio.wait_for(poll, PATIENCE)) == 1


async def test_a_poll_without_timeout_does_not_wait(bot: Bot) -> None:
    async with asyncio.timeout(PATIENCE):
        assert await ids(bot) == []


async def test_a_second_poll_ends_the_first(bot: Bot, nursery: Nursery) -> None:
    first = nursery.start(bot.call("getUpdates", timeout=20), name="first")
    await bot.peer.mailbox.bell.wait(PATIENCE)
    second = nursery.start(ids(bot, timeout=20), name="second")
    assert (await asyncio.wait_for(first, PATIENCE))["description"] == OTHER
    bot.peer.press_start(MAYA)
    assert len(await asyncio.wait_for(second, PATIENCE)) == 1


async def test_closing_ends_a_long_poll(bot: Bot, nursery: Nursery) -> None:
    poll = nursery.start(ids(bot, timeout=50), name="poll")
    await bot.peer.mailbox.bell.wait(PATIENCE)
    await bot.playground.close()
    assert await asyncio.wait_for(poll, PATIENCE) == []


async def test_only_the_kinds_asked_for_arrive(bot: Bot) -> None:
    assert await ids(bot, allowed_updates=["callback_query"]) == []
    bot.peer.press_start(MAYA)
    assert await ids(bot) == [], "the list is remembered, and messages are not in it"
    assert await ids(bot, allowed_updates=[]) == []
    bot.peer.send_text(MAYA, "hello")
    bot.peer.mailbox.put("chat_member", {})
    assert len(await ids(bot)) == 1, "an empty list means everything but the opt-in kinds"
    await ids(bot, allowed_updates=["message", "chat_member"])
    bot.peer.mailbox.put("chat_member", {})
    assert len(await ids(bot)) == 2


async def test_a_repeated_update_keeps_its_number(started: Bot) -> None:
    (update,) = await started.result("getUpdates")
    assert await ids(started, offset=update["update_id"] + 1) == []
    started.peer.mailbox.repeat(update)
    assert await ids(started) == [update["update_id"]]


class Hook:
    """A webhook that fails a few times first."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.tries = 0
        self.two = asyncio.Event()

    async def take(self, request: Request) -> Response:
        self.tries += 1
        if self.failures > 0:
            self.failures -= 1
            return Response(status_code=500)
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if len(self.got) == 2:
            self.two.set()
        return Response()


async def test_a_webhook_gets_everything_in_order_with_its_secret(bot: Bot, nursery: Nursery) -> None:
    hook, server = Hook(failures=2), Server()
    await server.start([Route("/hook", hook.take, methods=["POST"])])
    nursery.start(bot.playground.run(), name="webhook")
    url = f"{server.url}/hook"
    body = await bot.call("setWebhook", url=url, secret_token="s-E_1", allowed_updates=["message"])
    assert body == {"ok": True, "result": True, "description": "Webhook was set"}
    bot.peer.press_start(MAYA)
    bot.peer.press_start(BEN, "r_K7QM2X4R")
    async with asyncio.timeout(PATIENCE):
        await hook.two.wait()
    assert [update["message"]["text"] for update in hook.got] == ["/start", "/start r_K7QM2X4R"]
    assert hook.tries == 4
    assert hook.secrets == ["s-E_1"] * 2
    info = await bot.result("getWebhookInfo")
    assert (info["url"], info["allowed_updates"]) == (url, ["message"])
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    status, words = await bot.refused("getUpdates")
    assert (status, words.startswith("Conflict: can't use getUpdates method while webhook is active")) == (409, True)
    assert await bot.result("deleteWebhook")
    assert await ids(bot) == []
    await bot.playground.close()
    await server.stop()


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "http://example.com/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.com:81/"}, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ({"url": "https://example.com/"}, "bad webhook: Failed to resolve host: Name or service not known"),
        ({"url": "nonsense"}, "bad webhook: invalid webhook URL specified"),
        ({"url": "http://localhost:1/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "http://localhost:1/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_webhook_telegram_refuses_is_refused(bot: Bot, parameters: dict[str, Any], words: str) -> None:
    assert await bot.refused("setWebhook", **parameters) == (400, f"Bad Request: {words}")


async def test_waiting_updates_can_be_dropped(started: Bot) -> None:
    assert await started.result("deleteWebhook", drop_pending_updates=True)
    assert await ids(started) == []
