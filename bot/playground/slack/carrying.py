"""Carries what happened to the app: over signed HTTP or a socket, again where Slack would try again."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections import defaultdict
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.playground.slack import answering
from bot.playground.slack.deliveries import Attempt, Delivery
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.sockets import Sockets
from bot.playground.slack.tokens import SIGNING_SECRET
from bot.playground.slack.workspace import Workspace

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


class Carrier:
    """Takes deliveries off the queue and brings each to the app, all at the same time."""

    def __init__(self, slack: Workspace) -> None:
        self._slack = slack
        self.sockets = Sockets(slack)
        self._orders: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def run(self) -> None:
        """Deliver until the playground closes."""
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            while (delivery := await self._slack.queue.get()) is not None:
                group.create_task(self._carry(session, delivery))

    async def _carry(self, session: aiohttp.ClientSession, delivery: Delivery) -> None:
        """Bring one delivery, with as many attempts as Slack makes: four for an event, one for anything else."""
        pauses = self._slack.retry_pauses if delivery.kind == "event" else ()
        async with self._order(delivery):
            is_last = await self._attempt(session, delivery, number=0, reason="")
        for number, pause in enumerate(pauses, 1):
            if is_last or not await self._pause(pause):
                break
            reason = delivery.attempts[-1].reason
            is_last = await self._attempt(session, delivery, number=number, reason=reason)
        self._finish(delivery)

    def _order(self, delivery: Delivery) -> AbstractAsyncContextManager[object]:
        """Let one event of a conversation follow another, as people's thumbs are slower than the line.

        Commands, taps and repeats go at once: a double tap is a race on the platform, too.
        """
        if delivery.kind != "event" or delivery.context.get("at_once"):
            return nullcontext()
        event = delivery.body["event"]
        return self._orders[str(event.get("channel", ""))]

    async def _attempt(self, session: aiohttp.ClientSession, delivery: Delivery, *, number: int, reason: str) -> bool:
        """Make one attempt; tell whether it is the last."""
        if self._slack.socket_mode:
            attempt, is_last = await self.sockets.send(delivery, attempt=number, reason=reason), False
        else:
            attempt, is_last = await self._post(session, delivery, number=number, reason=reason)
        delivery.attempts.append(attempt)
        self._slack.changed()
        return is_last or not attempt.reason

    async def _pause(self, seconds: float) -> bool:
        """Wait before the next attempt; tell whether there is to be one."""
        bell = self._slack.bell
        await bell.until(lambda: bell.closed, seconds)
        return not bell.closed

    async def _post(
        self, session: aiohttp.ClientSession, delivery: Delivery, *, number: int, reason: str
    ) -> tuple[Attempt, bool]:
        """Post once, signed; tell also whether the app wants no more attempts."""
        body, kind = _body(delivery)
        headers = self._signed(body) | {"Content-Type": kind}
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        began = self._slack.clock()
        try:
            async with (
                asyncio.timeout(self._slack.ack_seconds),
                session.post(self._slack.events_url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                text = await answer.text(errors="replace")
        except (aiohttp.ClientError, TimeoutError) as error:
            lost = "http_timeout" if isinstance(error, TimeoutError) else "connection_failed"
            return Attempt(None, self._slack.clock() - began, lost), False
        seconds = self._slack.clock() - began
        if not 200 <= answer.status < 300:
            return Attempt(answer.status, seconds, "http_error"), answer.headers.get("X-Slack-No-Retry") == "1"
        delivery.answer = _read(text, answer.content_type)
        return Attempt(answer.status, seconds), False

    def _signed(self, body: bytes) -> dict[str, str]:
        timestamp = str(int(self._slack.real_now().timestamp()))
        signed = f"v0:{timestamp}:".encode() + body
        signature = hmac.new(SIGNING_SECRET.encode(), signed, hashlib.sha256).hexdigest()
        return {
            "User-Agent": AGENT,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={signature}",
        }

    def _finish(self, delivery: Delivery) -> None:
        try:
            if delivery.is_acked:
                answering.apply(self._slack, delivery)
            elif delivery.attempts:
                answering.failed(self._slack, delivery)
        except Refusal as refusal:
            delivery.refusal = ", ".join([refusal.error, *refusal.messages])
        delivery.is_done = True
        self._slack.changed()


def _body(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "command":
        return urlencode(delivery.body).encode(), FORM
    if delivery.kind == "interaction":
        return urlencode({"payload": json.dumps(delivery.body)}).encode(), FORM
    return json.dumps(delivery.body).encode(), JSON


def _read(text: str, kind: str) -> Any:
    """Read the body of an acknowledgement; what is not JSON is taken as words."""
    if kind != JSON:
        return text
    try:
        return json.loads(text) if text.strip() else None
    except ValueError:
        return text
