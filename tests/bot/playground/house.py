"""What the tests of the playground share: a server on a free port, and a bot's hands."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.background import Nursery
from bot.playground.playground import Playground
from bot.playground.telegram.peer import TelegramPeer

TOKEN = "42:made-up"
MAYA, BEN = 1001, 1002
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@dataclass
class Bot:
    """Calls the Bot API as a bot would."""

    session: aiohttp.ClientSession
    api: str
    playground: Playground
    moved: list[timedelta] = field(default_factory=list)

    @property
    def peer(self) -> TelegramPeer:
        return self.playground.telegram

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Post JSON and check that the HTTP status is the one in the answer."""
        async with self.session.post(f"{self.api}{TOKEN}/{method}", json=parameters) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return body

    async def result(self, method: str, **parameters: Any) -> Any:
        """Post JSON and expect success."""
        body = await self.call(method, **parameters)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **parameters: Any) -> tuple[int, str]:
        """Post JSON and expect a refusal."""
        body = await self.call(method, **parameters)
        assert not body["ok"], body
        return int(body["error_code"]), str(body["description"])


class Server:
    """A uvicorn on a free port of this machine."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.socket.getsockname()[1]}"
        self._nursery = Nursery()

    async def start(self, routes: list[BaseRoute]) -> None:
        app = Starlette(routes=routes)
        self.uvicorn = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
        self.task = self._nursery.start(self.uvicorn.serve(sockets=[self.socket]), name="server")
        while not self.uvicorn.started:
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        self.uvicorn.should_exit = True
        async with asyncio.timeout(10):
            await self.task
