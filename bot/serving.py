"""The web server in our own loop: uvicorn on a port that is open already, stopped by whoever runs the app."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.background import Nursery
from bot.web.shortcut import PROXIES, HttpProtocol

_GRACE_SECONDS = 3


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever runs the app."""
        yield


class Serving:
    """One web application on one open socket."""

    def __init__(
        self, application: ASGIApp, listener: socket.socket, nursery: Nursery, *, protocol: HttpProtocol = "auto"
    ) -> None:
        config = uvicorn.Config(
            application,
            http=protocol,
            log_config=None,
            access_log=False,
            lifespan="on",
            forwarded_allow_ips=PROXIES,
            ws="websockets-sansio",  # the playground's pretend Slack speaks to the bot over one
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        self._server = _Server(config)
        self._listener = listener
        self._nursery = nursery
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Return once requests are answered."""
        self._task = self._nursery.start(self._server.serve(sockets=[self._listener]), name="web")
        while not self._server.started:
            if self._task.done():
                await self._task
                raise RuntimeError("The web server ended before it began.")
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        """Finish the requests under way, and close."""
        self._server.should_exit = True
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=_GRACE_SECONDS + 2)
