"""Keeps the playground to this machine: strangers are told that nothing is here."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
FORWARDING = ("forwarded", "via", "x-real-ip")
# The page is scripts, styles and pictures of this machine, and shows our own pages in frames.
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
WORDS = (
    "Nothing here.\n\nThe playground answers only on the machine it runs on: "
    "open it there, at http://localhost and the port it was started on.\n"
)


class LoopbackOnly:
    """Answers 404 unless host and origin are this machine and nobody has passed the request on.

    A page elsewhere whose name was bent to 127.0.0.1 (DNS rebinding) still sends its own name as the host.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or tell it that nothing is here."""
        if scope["type"] in {"http", "websocket"} and not is_local(Headers(scope=scope)):
            await _nothing_here(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("content-security-policy", POLICY)
            await send(message)

        await self._app(scope, receive, send_with_policy)


async def _nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose()(scope, receive, send)
    else:
        await PlainTextResponse(WORDS, status_code=404)(scope, receive, send)


def is_local(headers: Headers) -> bool:
    """Tell whether a request came straight from this machine."""
    if any(name in FORWARDING or name.startswith("x-forwarded") for name in headers):
        return False
    origin = headers.get("origin")
    return _is_loopback(f"//{headers.get('host', '')}") and (origin is None or _is_loopback(origin))


def _is_loopback(address: str) -> bool:
    try:
        return urlsplit(address).hostname in LOOPBACK
    except ValueError:
        return False
