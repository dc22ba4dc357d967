"""The redirect: a click is recorded durably, and the visitor goes on to where the program says."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.clock import Clock
from bot.web.clicks import ClickCommitter, ClickLost
from bot.web.limits import TooMany
from bot.web.links import KnownLink, Links
from bot.web.turnstile import TOO_MANY
from bot.web.visitors import Visitors, is_robot, source_of
from referrals import codes
from referrals.draw import CLICK_BITS, click_number_at, click_token
from storage.clicks import Click
from storage.errors import Busy, TryAgain

PREFIX = "/r/"

_PURPOSES = frozenset({b"sec-purpose", b"purpose", b"x-moz"})

# Says sorry with a page: (scope, what for, further headers) -> response.
Sorry = Callable[[Scope, str, Mapping[str, str]], Response]

_READING = frozenset({"GET", "HEAD"})

# Every header costs uvicorn two searches; what has no body needs no word about how to read it.
ALWAYS = [
    (b"content-length", b"0"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
]


class Redirect:
    """Answers `GET /r/{code}` as plain ASGI: a framework's route costs twice to four times as much."""

    def __init__(
        self, links: Links, committer: ClickCommitter, *, clock: Clock, visitors: Visitors, sorry: Sorry
    ) -> None:
        self._links = links
        self._committer = committer
        self._clock = clock
        self._visitors = visitors
        self._sorry = sorry
        self._last = 0
        self._bits = _bits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Record the visit and answer 302, or say kindly why not."""
        if scope["method"] not in _READING:
            await self._sorry(scope, "wrong-method", {"allow": "GET, HEAD"})(scope, receive, send)
            return
        try:
            code = _read(scope["path"][len(PREFIX) :])
            link = self._links.known(code) or await self._links.guessed(code, scope)
            if link is None:
                await self._sorry(scope, "unknown-code", {})(scope, receive, send)
                return
            click = self._click(scope, link)
            await self._committer.add(click)
        except TooMany as many:
            await self._sorry(scope, TOO_MANY, many.headers)(scope, receive, send)
            return
        except (Busy, TryAgain, ClickLost):
            await self.busy(scope)(scope, receive, send)
            return
        location = where_to(link.destination, code, click_token(click.number)).encode()
        await send({"type": "http.response.start", "status": 302, "headers": [(b"location", location), *ALWAYS]})
        await send({"type": "http.response.body", "body": b""})

    def begin(self, scope: Scope, end: Callable[..., None]) -> bool:
        """Record a visit and call `end(location, is_committed=…)` later, if that is all there is to do."""
        if scope["method"] not in _READING:
            return False
        code = _read(scope["path"][len(PREFIX) :])
        link = self._links.known(code)
        if link is None:
            return False
        click = self._click(scope, link)
        location = where_to(link.destination, code, click_token(click.number)).encode()
        return self._committer.hand_in(click, partial(end, location))

    def busy(self, scope: Scope) -> Response:
        """Say that the visit could not be recorded just now."""
        return self._sorry(scope, "busy", {})

    def _click(self, scope: Scope, link: KnownLink) -> Click:
        at = self._clock.now()
        # Two visits of one millisecond may draw the same 20 bits; a step keeps numbers of this process apart.
        self._last = max(click_number_at(at) | next(self._bits), self._last + 1)
        headers: Mapping[bytes, bytes] = dict[bytes, bytes](scope["headers"])
        agent = headers.get(b"user-agent", b"")
        client: Any = scope.get("client")
        return Click(
            self._last,
            link.id,
            link.revision,
            at,
            source=source_of(scope["query_string"], headers.get(b"referer", b"")),
            is_counted=scope["method"] == "GET" and not is_robot(agent) and not _is_prefetch(headers),
            visitor=self._visitors.hash(client[0] if client else "", agent, at.date()),
        )


def _bits() -> Iterator[int]:
    # Asking the system for every click would take a tenth of the whole redirect.
    while True:
        some = secrets.token_bytes(4096)
        yield from (int.from_bytes(some[at : at + 4], "big") >> 32 - CLICK_BITS for at in range(0, len(some), 4))


# Checking the letters takes as long as everything else that is done to find a link.
@lru_cache(maxsize=4096)
def _read(typed: str) -> str:
    code = codes.normalize(typed)
    return code if typed.isprintable() and codes.is_valid(code) else ""


def where_to(destination: str | None, code: str, click: str) -> str:
    """Write the address a visitor goes on to: our landing page, or the shop's with the code and the click."""
    if destination is None:
        return f"/join/{code}?click={click}"
    parts = urlsplit(destination)
    query = f"{parts.query}&" if parts.query else ""
    return urlunsplit(parts._replace(query=f"{query}ref={code}&click={click}"))


def _is_prefetch(headers: Mapping[bytes, bytes]) -> bool:
    if _PURPOSES.isdisjoint(headers):
        return False
    purpose = headers.get(b"sec-purpose") or headers.get(b"purpose") or headers.get(b"x-moz") or b""
    return b"prefetch" in purpose or b"preview" in purpose
