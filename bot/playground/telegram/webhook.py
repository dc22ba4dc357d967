"""Hands updates to the bot's webhook, one after the other, again and again until it says yes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import aiohttp

from bot.playground.telegram.addresses import AddressBook
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.refusal import bad_request
from bot.playground.telegram.updates import Mailbox, Update, Webhook

SECRET = re.compile(r"[A-Za-z0-9_-]*")
LONGEST_SECRET = 256
PATIENCE = aiohttp.ClientTimeout(total=30)
FIRST_PAUSE = 0.2  # seconds; the platform waits longer, but nobody in front of the page should
LONGEST_PAUSE = 10.0


class WebhookPost:
    """Carries updates from the mailbox to the address the bot has set."""

    def __init__(self, mailbox: Mailbox, *, addresses: AddressBook, now: Callable[[], datetime]) -> None:
        self._mailbox = mailbox
        self._addresses = addresses
        self._now = now

    def set(self, parameters: Parameters) -> None:
        """Set or, with an empty address, remove the webhook."""
        url = parameters.text("url")
        if not url:
            self.delete(parameters)
            return
        if wrong := self._addresses.wrong_webhook(url):
            raise bad_request(f"bad webhook: {wrong}")
        secret = parameters.text("secret_token")
        if len(secret) > LONGEST_SECRET:
            raise bad_request("secret token is too long")  # unverified wording
        if not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        self._mailbox.allow(parameters)
        self._drop_if_asked(parameters)
        connections = min(max(parameters.integer("max_connections", default=40), 1), 100)
        self._mailbox.webhook = Webhook(url, secret, connections)
        self._mailbox.bell.ring()

    def delete(self, parameters: Parameters) -> None:
        """Remove the webhook, and the waiting updates if asked."""
        self._drop_if_asked(parameters)
        self._mailbox.webhook = Webhook()
        self._mailbox.bell.ring()

    def info(self) -> dict[str, Any]:
        """Describe the webhook as getWebhookInfo does."""
        webhook = self._mailbox.webhook
        info: dict[str, Any] = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._mailbox.waiting),
        }
        if webhook.url:
            info["max_connections"] = webhook.max_connections
        if webhook.last_error_message:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
        if self._mailbox.allowed is not None:
            info["allowed_updates"] = sorted(self._mailbox.allowed)
        return info

    async def run(self) -> None:
        """Deliver until the playground closes."""
        pause = FIRST_PAUSE
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            while (update := await self._mailbox.next_for_webhook()) is not None:
                trouble = await self._deliver(session, update)
                if not trouble:
                    pause = FIRST_PAUSE
                    self._take(update)
                    continue
                self._mailbox.webhook.last_error_date = int(self._now().timestamp())
                self._mailbox.webhook.last_error_message = trouble
                await self._mailbox.pause(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def _drop_if_asked(self, parameters: Parameters) -> None:
        if parameters.flag("drop_pending_updates"):
            self._mailbox.waiting.clear()

    def _take(self, update: Update) -> None:
        if update in self._mailbox.waiting:
            self._mailbox.waiting.remove(update)

    async def _deliver(self, session: aiohttp.ClientSession, update: Update) -> str:
        """Post one update and say what went wrong, or nothing."""
        webhook = self._mailbox.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update, headers=headers, allow_redirects=False) as answer:
                if 200 <= answer.status < 300:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            return "Read timeout expired" if isinstance(error, TimeoutError) else "Connection refused"
