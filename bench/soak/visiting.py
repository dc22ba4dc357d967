"""Visitors who follow links over many connections until the server is gone, and remember which click each was told."""

import asyncio
import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle
from typing import cast

import uvloop

from referrals.draw import read_click_token

_TOLD = re.compile(rb"\r\nlocation: [^\r]*[?&]click=([0-9A-Za-z]+)\r\n", re.IGNORECASE)
_AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
_PATIENCE_SECONDS = 30.0


class _Visitor(asyncio.Protocol):
    """One connection: asks again as soon as it is answered, until it is cut."""

    def __init__(self, requests: Sequence[bytes], told: list[int], cut: asyncio.Future[None]) -> None:
        self._requests = cycle(requests)
        self._told = told
        self._cut = cut
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own is no subclass of it
        self._transport.write(next(self._requests))

    def data_received(self, data: bytes) -> None:
        """Remember the click of a whole answer; half an answer was not seen."""
        self._buffer += data
        if not self._buffer.endswith(b"\r\n\r\n"):
            return
        token = _TOLD.search(self._buffer)
        number = read_click_token(token[1].decode()) if token else None
        if number is None:
            raise ValueError(f"Not an answer of the redirect: {self._buffer[:80]!r}")
        self._told.append(number)
        self._buffer = b""
        self._transport.write(next(self._requests))

    def connection_lost(self, error: Exception | None) -> None:
        """The server is gone."""
        if not self._cut.done():
            self._cut.set_result(None)


def visit(port: int, codes: Sequence[str], *, connections: int, seconds: float, kill: Callable[[], None]) -> list[int]:
    """Visit for so many seconds, kill the server while answers are under way, and return the clicks that were told."""

    async def until_cut() -> list[int]:
        loop = asyncio.get_running_loop()
        told: list[int] = []
        requests = [
            f"GET /r/{code} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {_AGENT}\r\n\r\n".encode() for code in codes
        ]
        cuts = [loop.create_future() for _ in range(connections)]
        async with asyncio.timeout(seconds + _PATIENCE_SECONDS):
            for cut in cuts:
                await loop.create_connection(partial(_Visitor, requests, told, cut), "127.0.0.1", port)
            loop.call_later(seconds, kill)
            await asyncio.gather(*cuts)
        return told

    return uvloop.run(until_cut())
