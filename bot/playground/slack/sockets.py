"""Socket Mode: the sockets the app opens, the envelopes that leave on them, and the acknowledgements that return."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from itertools import count
from typing import Any

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.slack.deliveries import Attempt, Delivery
from bot.playground.slack.people import APP
from bot.playground.slack.workspace import Workspace

MOST = 10  # sockets of one app
GOODBYE_SECONDS = 1.0
TYPES = {"event": "events_api", "command": "slash_commands", "interaction": "interactive"}


class Connection:
    """One socket: what leaves waits in a queue, so that nobody writes at the same time."""

    def __init__(self, socket: WebSocket) -> None:
        self.leaving: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._socket = socket

    async def write(self) -> None:
        """Send what waits until the socket is to be closed, and close it."""
        try:
            while (body := await self.leaving.get()) is not None:
                await self._socket.send_text(json.dumps(body))
            await self._socket.close()
        except WebSocketDisconnect:
            pass

    async def read(self, take: Callable[[str], None]) -> None:
        """Take what comes until the app has gone."""
        try:
            while True:
                take(await self._socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self.leaving.put_nowait(None)


class Sockets:
    """Every socket the app has open, used in turn."""

    def __init__(self, slack: Workspace) -> None:
        self._slack = slack
        self._turn = count()
        self._waiting: dict[str, tuple[Connection, asyncio.Future[Any]]] = {}
        self._served: set[Connection] = set()  # open ones, and those that were told goodbye
        self.open: list[Connection] = []
        self.routes: list[BaseRoute] = [WebSocketRoute("/socket", self.connect)]

    async def connect(self, socket: WebSocket) -> None:
        """Serve one socket from hello to goodbye."""
        if not self._slack.tickets.use_connection(socket.query_params.get("ticket", "")):
            await socket.close(code=1008)
            return
        await socket.accept()
        connection = Connection(socket)
        if not self._slack.installed.socket_mode:
            connection.leaving.put_nowait({"type": "disconnect", "reason": "link_disabled"})
            await self._serve(connection, last=True)
        elif len(self.open) >= MOST:
            connection.leaving.put_nowait({"type": "disconnect", "reason": "too_many_websockets"})
            await self._serve(connection, last=True)
        else:
            self.open.append(connection)
            connection.leaving.put_nowait(self._hello())
            await self._serve(connection, last=False)

    async def send(self, delivery: Delivery, *, attempt: int, reason: str) -> Attempt:
        """Send one envelope and wait for its acknowledgement."""
        began = self._slack.clock()
        if not self.open:
            return Attempt(None, 0.0, "connection_failed")
        connection = self.open[next(self._turn) % len(self.open)]
        number = self._slack.new_id("envelope-")
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[number] = connection, answered
        connection.leaving.put_nowait(_envelope(delivery, number, attempt=attempt, reason=reason))
        try:
            async with asyncio.timeout(self._slack.ack_seconds):
                delivery.answer = await answered
        except (TimeoutError, ConnectionError) as error:
            lost = "http_timeout" if isinstance(error, TimeoutError) else "connection_failed"
            return Attempt(None, self._slack.clock() - began, lost)
        finally:
            self._waiting.pop(number, None)
        return Attempt(200, self._slack.clock() - began)

    def disconnect(self, reason: str) -> None:
        """Say goodbye on every socket; the app may close it first, and a warning leaves it open."""
        for connection in list(self.open):
            host = {"host": "playground"}
            connection.leaving.put_nowait({"type": "disconnect", "reason": reason, "debug_info": host})
            if reason != "warning":
                self._forget(connection)
                asyncio.get_running_loop().call_later(GOODBYE_SECONDS, connection.leaving.put_nowait, None)

    def close(self) -> None:
        """Close every socket."""
        for connection in self._served:
            connection.leaving.put_nowait(None)

    async def _serve(self, connection: Connection, *, last: bool) -> None:
        self._served.add(connection)
        self._slack.changed()
        if last:
            connection.leaving.put_nowait(None)
        async with asyncio.TaskGroup() as group:
            reader = group.create_task(connection.read(self._take))
            await connection.write()
            reader.cancel()
        self._served.discard(connection)
        self._forget(connection)
        self._slack.changed()

    def _forget(self, connection: Connection) -> None:
        """Send nothing more on a socket, and wait for nothing from it."""
        if connection in self.open:
            self.open.remove(connection)
        for owner, answered in list(self._waiting.values()):
            if owner is connection and not answered.done():
                answered.set_exception(ConnectionResetError("The socket has closed."))

    def _take(self, text: str) -> None:
        """Read an acknowledgement."""
        try:
            body = json.loads(text)
        except ValueError:
            self._slack.warn("socket", "not JSON")
            return
        number = body.get("envelope_id") if isinstance(body, dict) else None
        waiting = self._waiting.get(str(number))
        if waiting is None or waiting[1].done():
            self._slack.warn("socket", f"nobody waits for {number}")
            return
        waiting[1].set_result(body.get("payload"))

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {"host": "playground", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP},
        }


def _envelope(delivery: Delivery, number: str, *, attempt: int, reason: str) -> dict[str, Any]:
    body: dict[str, Any] = {
        "envelope_id": number,
        "payload": delivery.body,
        "type": TYPES[delivery.kind],
        "accepts_response_payload": delivery.kind != "event",
    }
    if delivery.kind == "event":
        body |= {"retry_attempt": attempt, "retry_reason": reason}
    return body
