"""The redirect: a click is recorded durably, and the visitor goes on to where the program says."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.clock import Clock
from bot.dispatch import fresh_draw
from bot.web.clicks import ClickCommitter, ClickLost
from bot.web.links import KnownLink, Links
from bot.web.visitors import Visitors, is_robot, source_of
from referrals import codes
from referrals.draw import click_number, click_token
from storage.clicks import Click
from storage.errors import Busy, TryAgain

PREFIX = "/r/"

# Says sorry with a page: (scope, what for, further headers) -> response.
Sorry = Callable[[Scope, str, Mapping[str, str]], Response]

_ALWAYS = [
    (b"content-length", b"0"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Record the visit and answer 302, or say kindly why not."""
        if scope["method"] not in {"GET", "HEAD"}:
            await self._sorry(scope, "wrong-method", {"allow": "GET, HEAD"})(scope, receive, send)
            return
        try:
            code, link = await self._find(scope["path"][len(PREFIX) :])
            if link is None:
                await self._sorry(scope, "unknown-code", {})(scope, receive, send)
                return
            click = self._click(scope, link)
            await self._committer.add(click)
        except (Busy, TryAgain, ClickLost):
            await self._sorry(scope, "busy", {})(scope, receive, send)
            return
        location = where_to(link.destination, code, click_token(click.number))
        await send(
            {"type": "http.response.start", "status": 302, "headers": [(b"location", location.encode()), *_ALWAYS]}
        )
        await send({"type": "http.response.body", "body": b""})

    async def _find(self, typed: str) -> tuple[str, KnownLink | None]:
        code = _read(typed)
        return code, await self._links.by_code(code) if code else None

    def _click(self, scope: Scope, link: KnownLink) -> Click:
        at = self._clock.now()
        # Two visits of one millisecond may draw the same 20 bits; a step keeps numbers of this process apart.
        self._last = max(click_number(at, fresh_draw()), self._last + 1)
        headers: Mapping[bytes, bytes] = dict[bytes, bytes](scope["headers"])
        agent = headers.get(b"user-agent", b"")
        client: Any = scope.get("client")
        return Click(
            number=self._last,
            link_id=link.id,
            revision=link.revision,
            at=at,
            source=source_of(scope["query_string"], headers.get(b"referer", b"")),
            visitor=self._visitors.hash(client[0] if client else "", agent, at.date()),
            is_counted=scope["method"] == "GET" and not is_robot(agent) and not _is_prefetch(headers),
        )


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
    purpose = headers.get(b"sec-purpose") or headers.get(b"purpose") or headers.get(b"x-moz") or b""
    return b"prefetch" in purpose or b"preview" in purpose
