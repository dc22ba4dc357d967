"""The door of the Bot API: HTTP in, JSON out, as api.telegram.org does it."""

from __future__ import annotations

import json
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.playground.telegram.faults import Fault
from bot.playground.telegram.parameters import Parameters, Upload
from bot.playground.telegram.peer import NOT_FOUND, TelegramPeer
from bot.playground.telegram.refusal import Refusal, bad_request

UNAUTHORIZED = Refusal(401, "Unauthorized")


class BotApi:
    """Serves the peer over HTTP."""

    def __init__(self, peer: TelegramPeer) -> None:
        self._peer = peer
        self.routes: list[BaseRoute] = [
            Route("/file/bot{token}/{path:path}", self.file, methods=["GET"]),
            Route("/bot{token}/{method}", self.method, methods=["GET", "POST"]),
            Route("/{path:path}", self.nothing, methods=["GET", "POST"]),
        ]

    async def method(self, request: Request) -> Response:
        """Answer one method, or be the trouble that was ordered."""
        if request.path_params["token"] != self._peer.token:
            return _json(UNAUTHORIZED.as_json())
        try:
            parameters = await read_parameters(request)
        except Refusal as refusal:
            return _json(refusal.as_json())
        method = str(request.path_params["method"])
        fault = self._peer.faults.take(method, parameters.text("chat_id"))
        if fault is None:
            return _json(await self._peer.call(method, parameters))
        if fault.after_delivery:
            await self._peer.call(method, parameters)
        if fault.status is None:
            return _Dropped(self._peer, fault)
        return _json(fault.refusal().as_json())

    async def file(self, request: Request) -> Response:
        """Hand out a file, or be the trouble that was ordered for the method "file"."""
        if request.path_params["token"] != self._peer.token:
            return _json(UNAUTHORIZED.as_json())
        fault = self._peer.faults.take("file", "")
        if fault is not None:
            return _Dropped(self._peer, fault) if fault.status is None else _json(fault.refusal().as_json())
        file = self._peer.files.by_path(request.path_params["path"])
        if file is None:
            return _json(NOT_FOUND.as_json())
        return Response(file.content, media_type=file.media_type)

    async def nothing(self, request: Request) -> Response:
        """Answer everything else."""
        return _json(NOT_FOUND.as_json())


class _Dropped(Response):
    """An answer that never comes: the line is held, then cut in the middle of nothing."""

    def __init__(self, peer: TelegramPeer, fault: Fault) -> None:
        super().__init__()
        self._peer = peer
        self._fault = fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._peer.bell.hold(self._fault.hold)
        # A promise of more bytes than are sent makes the server cut the connection.
        headers = [(b"content-type", b"application/json"), (b"content-length", b"512")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


async def read_parameters(request: Request) -> Parameters:
    """Read parameters from the address and from a body of any of the three kinds."""
    given: dict[str, Any] = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST" and kind == "application/json":
        given |= await _read_json(request)
    elif request.method == "POST":
        try:
            async with request.form(max_part_size=10_000_000) as form:
                for name, value in form.multi_items():
                    if isinstance(value, UploadFile):
                        uploads[name] = Upload(value.filename or name, await value.read())
                    else:
                        given[name] = value
        except HTTPException:
            raise bad_request("can't parse the form") from None  # unverified wording
    return Parameters(given, uploads)


async def _read_json(request: Request) -> dict[str, Any]:
    body = await request.body()
    if not body:
        return {}
    try:
        values = json.loads(body)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise bad_request("can't parse JSON object")  # unverified wording
    return {name: value for name, value in values.items() if value is not None}


def _json(body: dict[str, Any]) -> JSONResponse:
    return JSONResponse(body, status_code=int(body.get("error_code", 200)))
