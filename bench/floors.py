"""The floors: what the same parts cost when they do the least that could be called the same."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from telegram import Update
from telegram.ext import CallbackContext, CommandHandler

from bot.addresses import Addresses
from bot.background import Nursery
from bot.clock import Clock
from bot.settings import Settings
from bot.telegram.application import build_application
from bot.web.application import build
from bot.web.bodies import read_body
from handlers.events import Event, EventReported
from handlers.outcome import Outcome
from messages.catalog import Catalog
from messages.message import Message
from storage.connect import Database
from storage.events import ReportedEvent
from storage.migrate import migrate

TOKEN = "1000:benchmark"  # noqa: S105 - opens nothing
_BOT = {"id": 1000, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_SENT = {"message_id": 1, "date": 1_780_000_000, "chat": {"id": 1, "type": "private"}, "from": _BOT, "text": "…"}
# What the service asks of Telegram around a message; everything else is answered with a plain yes.
_RESULTS: dict[str, Any] = {
    "getMe": _BOT,
    "sendMessage": _SENT,
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
}
# The demo program's answer to a qualifying purchase, as the API writes it.
_REPLY = {
    "event": "1", "outcome": "qualified", "referral": "ref_0123456789abcdef", "customer": "cus_0123456789abcdef",
    "decision": {"rule": "first-purchase", "saw": "25.00 EUR", "would_change": ""},
    "rewards": [{"id": "rew_0123456789abcdef", "side": side, "amount": "5.00", "unit": "EUR", "state": "pending",
                 "pending_until": "2026-03-16T10:00:00Z"} for side in ("advocate", "friend")],
}  # fmt: skip


async def redirect(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer every request with the same 302, as bytes that were made before."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    headers = [(b"location", b"/join/AAAAAAAA?click=00000000000"), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def bot_api(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer every method of the Bot API as if it had worked."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
        return
    await read_body(scope, receive, limit=1_000_000)
    result = _RESULTS.get(scope["path"].rpartition("/")[2], True)
    await _answer(send, json.dumps({"ok": True, "result": result}).encode())


@asynccontextmanager
async def constant_bot(telegram_api_url: str) -> AsyncIterator[ASGIApp]:
    """Yield an application that hands each posted update to PTB, whose one handler answers with a constant."""
    application = build_application(TOKEN, telegram_api_url)

    async def say(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
        if update.message:
            await application.bot.send_message(update.message.chat_id, "Everything is as it was.")

    async def take(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        raw = json.loads(await read_body(scope, receive, limit=1_000_000))
        await application.process_update(Update.de_json(raw, application.bot))
        await _answer(send, b"")

    application.add_handler(CommandHandler("status", say))
    async with application:
        yield take


class OneInsert:
    """Stands where the dispatcher stands: keeps the reported event, and judges nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def dispatch(self, event: Event) -> Outcome:
        """Insert one row in one transaction."""
        assert isinstance(event, EventReported)
        row = ReportedEvent(
            id=event.draw.id("evt"),
            source=event.source,
            external_id=event.id,
            type=event.type,
            body_hash=event.body_hash,
            occurred_at=event.occurred_at,
            received_at=event.at,
        )
        async with self._database.transaction() as store:
            await store.events.add(row)
        return Outcome(reply=_REPLY, answers=(Message(key="commands.trouble"),))


@asynccontextmanager
async def one_insert(settings: Settings, nursery: Nursery) -> AsyncIterator[ASGIApp]:
    """Yield the service's own web application over `OneInsert`: the same door, the same validation."""
    database = Database(settings.database_url)
    await database.reach()
    await migrate(database)
    key = settings.api_key
    try:
        yield build(
            settings=settings,
            dispatcher=OneInsert(database),
            clock=Clock(),
            catalog=Catalog.load(),
            addresses=lambda: Addresses(public_url=settings.own_url, bot_chat=settings.own_url),
            find_link=_no_link,
            commit_clicks=database.batch,
            nursery=nursery,
            api_key=key.get_secret_value() if key else None,
            telegram_hook=None,
            ready=_nothing_missing,
            playground_routes=[],
        )
    finally:
        await database.close()


async def _no_link(_: str) -> None:
    return None


async def _nothing_missing() -> list[str]:
    return []


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def _answer(send: Send, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
