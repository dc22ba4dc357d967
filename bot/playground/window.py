"""The page itself: its files, its live stream, and the two little pages its phones open."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.playground.guard import LOOPBACK
from bot.playground.telegram.peer import TelegramPeer

HEARTBEAT = 15.0  # seconds; a silent stream is cut by some browsers after half a minute
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class Window:
    """Serves what the browser shows."""

    def __init__(
        self, peer: TelegramPeer, view: Callable[[], dict[str, Any]], *, public_url: str, till: dict[str, str]
    ) -> None:
        self._peer = peer
        self._view = view
        self._public_url = public_url
        self._till = till
        own = urlsplit(public_url)
        self._own = own
        self._policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            f"frame-src 'self' {own.scheme}://{own.netloc}; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'self'"
        )
        self.routes: list[BaseRoute] = [
            Route("/state", self.state),
            Route("/events", self.events),
            Route("/open", self.little_page),
            Route("/share", self.little_page),
            Route("/static/{name}", self.static),
            Route("/photos/{file_id}", self.photo),
        ]

    async def page(self, request: Request) -> Response:
        """Show the playground, at the address its links use."""
        asked = urlsplit(f"//{request.headers.get('host', '')}")
        same_port = (asked.port, self._own.scheme) == (self._own.port, "http")
        if same_port and self._own.hostname in LOOPBACK and asked.hostname != self._own.hostname:
            # A frame of localhost inside a page of 127.0.0.1 is a stranger to it: phones could not open links.
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{self._public_url}/playground{query}")
        return self._file("playground.html")

    async def little_page(self, request: Request) -> Response:
        """Show the page behind a link to the bot or to the share sheet; its script tells the phone around it."""
        return self._file("open.html")

    async def static(self, request: Request) -> Response:
        """Serve a file of the page."""
        return self._file(request.path_params["name"])

    async def photo(self, request: Request) -> Response:
        """Show a picture of a chat."""
        photo = self._peer.files.by_id(request.path_params["file_id"])
        if photo is None:
            return PlainTextResponse("No such picture.", status_code=404)
        headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
        return Response(photo.content, media_type=photo.media_type, headers=headers)

    async def state(self, request: Request) -> Response:
        """Describe everything once, and what the till needs to ring."""
        about = {"public_url": self._public_url, **self._till}
        return JSONResponse(self._view() | {"about": about}, headers={"Cache-Control": "no-store"})

    async def events(self, request: Request) -> Response:
        """Describe everything at every change."""
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=headers)

    async def _stream(self) -> AsyncIterator[str]:
        bell = self._peer.bell
        seen = -1
        yield "retry: 500\n\n"
        while not bell.closed:
            if bell.version != seen:
                seen = bell.version
                yield f"data: {json.dumps(self._view())}\n\n"
            elif not await bell.wait(HEARTBEAT):
                yield ": still here\n\n"

    def _file(self, name: str) -> Response:
        source = files("bot.playground").joinpath("page", name)
        kind = TYPES.get(name.rpartition(".")[2])
        if kind is None or "/" in name or not source.is_file():
            return PlainTextResponse("No such file.", status_code=404)
        headers = {
            "Content-Security-Policy": self._policy,
            "Cache-Control": "no-cache",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(source.read_bytes(), media_type=kind, headers=headers)
