"""The webhook: an update is processed within its request, so that Telegram repeats what was not committed."""

import asyncio
import hmac
import json
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import Bot, Update

from bot.dispatch import Busy
from bot.telegram.answering import Conversation
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.parking import ATTEMPTS, Park, describe
from bot.telegram.request import UNREADABLE

# An update that Telegram stopped repeating is never heard of again: the oldest counts make room.
FAILURES_REMEMBERED = 1000

log = structlog.get_logger(__name__)


class Webhook:
    """Takes updates as Telegram posts them and says with which HTTP status to answer."""

    def __init__(self, bot: Bot, conversation: Conversation, *, secret: str, park: Park) -> None:
        self._bot = bot
        self._conversation = conversation
        self._secret = secret
        self._park = park
        self._failures: dict[int, int] = {}
        self._chats: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def open(self, url: str) -> None:
        """Ask Telegram to post updates to us from now on."""
        await self._bot.set_webhook(url, secret_token=self._secret, allowed_updates=ALLOWED_UPDATES)

    async def take(self, body: bytes, secret_header: str | None) -> int:
        """Process one posted update and return the status: 200 only when it is committed or set aside."""
        if not hmac.compare_digest((secret_header or "").encode(), self._secret.encode()):
            return 403
        raw = _object(body)
        number = raw.get("update_id") if raw else None
        if raw is None or not isinstance(number, int) or isinstance(number, bool):
            # Telegram posts nothing of this shape, so nothing is lost by refusing it, however often it comes.
            return 400
        try:
            update = Update.de_json(raw, self._bot)
        except UNREADABLE as error:
            # This one may be Telegram's, of a kind we are too old for: refused twice, then set aside.
            return await self._failed(number, error, None, status=400)
        user = update.effective_user
        async with self._lock(user.id if user else -update.update_id):
            return await self._process(update)

    async def _process(self, update: Update) -> int:
        error = await self._conversation.take(update)
        if error is None:
            self._failures.pop(update.update_id, None)
            return 200
        if isinstance(error, Busy):
            return 503
        return await self._failed(update.update_id, error, update, status=500)

    async def _failed(self, number: int, error: Exception, update: Update | None, *, status: int) -> int:
        failures = self._failures.pop(number, 0) + 1
        self._failures[number] = failures
        if len(self._failures) > FAILURES_REMEMBERED:
            del self._failures[next(iter(self._failures))]
        if failures < ATTEMPTS:
            log.warning("telegram.update-failed", update=number, error=describe(error))
            return status
        await self._park(str(number), describe(error))
        self._failures.pop(number, None)
        log.error("telegram.update-given-up", update=number, exc_info=error)
        if update is not None:
            await self._conversation.apologise(update)
        return 200

    def _lock(self, chat: int) -> asyncio.Lock:
        # Telegram posts up to forty updates at once, those of one chat among them, and repeats one it waits for.
        return self._chats.setdefault(chat, asyncio.Lock())


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) else None
