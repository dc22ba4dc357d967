"""What the tests of the playground share: a server on a free port, and a bot's hands."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Literal

import aiohttp
import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from uvicorn.server import ServerState

from bot.playground.playground import Playground
from bot.playground.slack.peer import BOT_TOKEN
from bot.playground.telegram.peer import TelegramPeer

TOKEN = "42:made-up"
MAYA, BEN = 1001, 1002
NASTY = "<img src=x onerror=alert(1)> & <b>bold</b>"
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

    async def slack(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call Slack's Web API as the app would, and expect success."""
        address = f"{self.playground.slack_api_url}/{method}"
        headers = {"Authorization": f"Bearer {BOT_TOKEN}"}
        async with self.session.post(address, json=parameters, headers=headers) as answer:
            body: dict[str, Any] = await answer.json()
            assert body["ok"], body
            return body


class Server:
    """Uvicorn's HTTP on a free port of this machine, without the 0.2 s its own runner takes to stop."""

    def __init__(self) -> None:
        # The protocol is named because asyncio turns Nagle off only where it is: 40 ms a request otherwise.
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self.socket.bind(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.socket.getsockname()[1]}"
        self._state = ServerState()

    async def start(self, routes: list[BaseRoute], *, ws: Literal["none", "websockets-sansio"] = "none") -> None:
        config = uvicorn.Config(Starlette(routes=routes), log_level="critical", lifespan="off", ws=ws)
        config.load()
        protocol_class: Any = config.http_protocol_class  # typed as any protocol, though it takes more
        protocol = partial(protocol_class, config=config, server_state=self._state, app_state={})
        self._server = await asyncio.get_running_loop().create_server(protocol, sock=self.socket)

    async def stop(self) -> None:
        self._server.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            await asyncio.wait(self._state.tasks, timeout=10)
        await asyncio.sleep(0)  # the transports say goodbye in the next turn of the loop
