"""The shortcut: a visit through a link that is known is answered at its commit, without a task of its own.

What is not that simple goes the long way through ASGI, as everything would if uvicorn gave its parts other names.
"""

import asyncio
from contextlib import suppress
from functools import cache, partial
from typing import Any, Literal, cast

from starlette.types import Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from bot.web.redirect import ALWAYS, PREFIX, Redirect

# A proxy on this machine says who asks; from anywhere else that header is what a stranger writes.
PROXIES = ["127.0.0.1", "::1"]

# What uvicorn takes: a protocol of ours, or the name of one of its own.
HttpProtocol = type[asyncio.Protocol] | Literal["auto"]

_HEADERS = b"".join(b"%b: %b\r\n" % header for header in ALWAYS)
_CLOSE = b"connection: close\r\n"


def shortcut(redirect: Redirect) -> type[asyncio.Protocol]:
    """Return uvicorn's own protocol of HTTP/1.1 that asks the redirect before it starts a task."""

    class Shortcut(HttpToolsProtocol):
        """One connection."""

        def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
            scope = cast(Scope, cycle.scope)
            # Who reads no answers is made to wait by uvicorn's own way of sending them.
            is_visit = scope["path"].startswith(PREFIX) and app is self.app and not self.flow.write_paused
            if not (is_visit and redirect.begin(_behind_proxies(scope), partial(self._end, cycle))):
                super()._start_asgi_task(cycle, app)

        def _end(self, cycle: RequestResponseCycle, location: bytes, *, is_committed: bool) -> None:
            if cycle.disconnected or self.transport.is_closing():
                return
            if not is_committed:
                super()._start_asgi_task(cycle, cast(Any, redirect.busy(cast(Scope, cycle.scope))))
                return
            self.transport.write(self._written(location, is_last=not cycle.keep_alive))
            cycle.response_started = cycle.response_complete = True
            if not cycle.keep_alive:
                self.transport.close()
            self.on_response_complete()

        def _written(self, location: bytes, *, is_last: bool) -> bytes:
            own = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
            return b"HTTP/1.1 302 Found\r\n%blocation: %b\r\n%b%b\r\n" % (
                b"".join(own), location, _HEADERS, _CLOSE if is_last else b"",
            )  # fmt: skip

    return Shortcut


def _behind_proxies(scope: Scope) -> Scope:
    """Return the request as seen by the first proxy that is ours, which uvicorn's own rules tell."""
    # A generator looking through them would take a twentieth of the whole visit.
    if b"x-forwarded-for" not in dict(scope["headers"]):
        return scope
    seen = {**scope}
    with suppress(StopIteration):
        # It awaits nothing but the application, which here does nothing.
        _proxies()(cast(Any, seen), cast(Any, None), cast(Any, None)).send(None)
    return seen


@cache
def _proxies() -> ProxyHeadersMiddleware:
    return ProxyHeadersMiddleware(cast(Any, _nothing), PROXIES)


async def _nothing(_: Scope, __: Receive, ___: Send) -> None:
    pass
