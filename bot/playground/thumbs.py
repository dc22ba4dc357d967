"""The page's doors for what people do: thumbs on a phone, a hand on the clock, a slip from the till."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.playground.doors import Body, body_of, refused
from bot.playground.street import Street
from bot.playground.telegram.refusal import ImpossibleGesture
from bot.playground.till import Till

LONGEST_STEP = 24 * 366  # hours; a year and a day is as far as anybody needs to look ahead


class Thumbs:
    """Turns requests of the page into gestures."""

    def __init__(self, street: Street, till: Till, *, move_clock: Callable[[timedelta], Awaitable[None]]) -> None:
        self._street = street
        self._peer = street.peer
        self._till = till
        self._move_clock = move_clock
        self._gestures: dict[str, Callable[[int, Body], object]] = {
            "start": lambda user, body: self._peer.press_start(user, body.get("payload")),
            "text": lambda user, body: self._peer.send_text(user, str(body.get("text", ""))),
            "tap": self._tap,
            "contact": lambda user, body: self._peer.share_contact(user, body.get("of")),
            "block": lambda user, _: self._peer.block(user),
            "unblock": lambda user, _: self._peer.unblock(user),
            "send": self._send,
            "send-card": lambda user, body: self._street.send_card(user, int(body["to"]), str(body["query"])),
        }
        self.routes: list[BaseRoute] = [
            Route("/people", self.add, methods=["POST"]),
            Route("/people/{user:int}/card", self.card, methods=["POST"]),
            Route("/people/{user:int}/{gesture}", self.gesture, methods=["POST"]),
            Route("/clock", self.clock, methods=["POST"]),
            Route("/till", self.slip, methods=["POST"]),
        ]

    async def add(self, request: Request) -> Response:
        """Give one more person a phone."""
        body = await body_of(request)
        try:
            person = self._street.add(str(body.get("first_name", "")))
        except ImpossibleGesture as trouble:
            return refused(trouble)
        return JSONResponse({"id": person.user_id}, status_code=201)

    async def gesture(self, request: Request) -> Response:
        """Do what a thumb did."""
        gesture = self._gestures.get(request.path_params["gesture"])
        if gesture is None:
            return refused("There is no such gesture.", status=404)
        body = await body_of(request)
        try:
            gesture(request.path_params["user"], body)
        except (ImpossibleGesture, KeyError, TypeError, ValueError, LookupError) as trouble:
            return refused(trouble)
        return JSONResponse({"ok": True})

    async def card(self, request: Request) -> Response:
        """Ask the bot what it offers to send, as the platform's apps do while a chat is chosen."""
        typed = str((await body_of(request)).get("query", ""))
        try:
            offered = await self._street.offer(request.path_params["user"], typed)
        except (ImpossibleGesture, TimeoutError) as trouble:
            return refused(trouble)
        return JSONResponse(offered)

    async def clock(self, request: Request) -> Response:
        """Move the house's clock forward."""
        hours = (await body_of(request)).get("hours")
        if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= LONGEST_STEP:
            return refused("The clock moves forward, by up to a year.")
        await self._move_clock(timedelta(hours=hours))
        self._peer.changed()
        return JSONResponse({"now": self._peer.now().isoformat()})

    async def slip(self, request: Request) -> Response:
        """Keep what the till has just done."""
        body = await body_of(request)
        if not body.get("id") or not body.get("kind"):
            return refused("A slip has an id and a kind.")
        self._till.keep(body)
        self._peer.changed()
        return JSONResponse({"ok": True})

    def _tap(self, user: int, body: Body) -> object:
        if "data" in body:
            return self._peer.tap_data(user, int(body["message_id"]), str(body["data"]))
        return self._peer.tap(user, int(body["message_id"]), row=int(body["row"]), col=int(body["col"]))

    def _send(self, user: int, body: Body) -> None:
        self._street.send(user, int(body["to"]), text=str(body.get("text", "")), url=str(body.get("url", "")))
