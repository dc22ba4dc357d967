"""The doors of the Web API: HTTP in, JSON out, as slack.com/api does it."""

from __future__ import annotations

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.playground.slack.answering import answer
from bot.playground.slack.faults import Fault
from bot.playground.slack.looking import missing_scope
from bot.playground.slack.methods import METHODS, Method
from bot.playground.slack.parameters import Parameters
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.tokens import APP_TOKEN, BOT_TOKEN
from bot.playground.slack.workspace import Call, Workspace

LARGEST_BODY = 20 * 1024 * 1024
_CALLERS = {BOT_TOKEN: "bot", APP_TOKEN: "app"}


class WebApi:
    """Serves the workspace over HTTP."""

    def __init__(self, slack: Workspace) -> None:
        self._slack = slack
        self.routes: list[BaseRoute] = [
            Route("/api/{method}", self.method, methods=["GET", "POST"]),
            Route("/upload/{ticket}", self.upload, methods=["POST"]),
            Route("/commands/{hook:path}", self.respond, methods=["POST"]),
            Route("/actions/{hook:path}", self.respond, methods=["POST"]),
            Route("/files-pri/{reference}/{name:path}", self.file),
            Route("/signin", self.sign_in),
        ]

    async def method(self, request: Request) -> Response:
        """Answer one method, or be the trouble that was ordered."""
        name = str(request.path_params["method"])
        try:
            parameters = await read_parameters(request)
        except Refusal as refusal:
            return self._json(refusal.as_json())
        fault = self._slack.faults.take(name, self._about(parameters))
        if fault is None:
            return self._json(self._call(name, parameters, _token(request, parameters)))
        if fault.after_delivery:
            self._call(name, parameters, _token(request, parameters))
        return self._troubled(fault)

    async def upload(self, request: Request) -> Response:
        """Take the bytes of an announced file, raw or as a form."""
        fault = self._slack.faults.take("upload")
        if fault is not None and not fault.after_delivery:
            return self._troubled(fault)
        content = await _read_upload(request)
        if not self._slack.files.receive(request.path_params["ticket"], content):
            return PlainTextResponse("invalid upload", status_code=400)  # unverified wording
        if fault is not None:
            return self._troubled(fault)
        return PlainTextResponse(f"OK - {len(content)}")

    async def respond(self, request: Request) -> Response:
        """Take an answer at a response address."""
        fault = self._slack.faults.take("response_url")
        if fault is not None and not fault.after_delivery:
            return self._troubled(fault)
        body = _loaded(await request.body())
        given = {"body": body}
        try:
            hook = self._slack.tickets.use_hook(request.path_params["hook"])
            answer(self._slack, hook, body, where="response_url")
        except Refusal as refusal:
            self._slack.calls.append(Call("response_url", given, refusal.as_json()))
            # Slack answers 404 for an address that is spent, 400 for a message it would not show.
            return JSONResponse(refusal.as_json(), status_code=refusal.status if refusal.status != 200 else 400)
        self._slack.calls.append(Call("response_url", given, {"ok": True}))
        return self._troubled(fault) if fault is not None else PlainTextResponse("ok")

    async def file(self, request: Request) -> Response:
        """Hand out a file to those who show the app's token; anybody else is sent to a page to sign in."""
        may = _bearer(request) == BOT_TOKEN and "files:read" in self._slack.installed.scopes
        file = self._slack.files.by_id(request.path_params["reference"].rpartition("-")[2])
        if not may or self._slack.is_uninstalled:
            return RedirectResponse(f"{self._slack.public_url}/playground/slack/signin", status_code=302)
        fault = self._slack.faults.take("files-pri")
        if fault is not None:
            return self._troubled(fault)
        if file is None or file.content is None:
            return PlainTextResponse("Not Found", status_code=404)
        return Response(file.content, media_type=file.media_type or "application/octet-stream")

    async def sign_in(self, request: Request) -> Response:
        """Show the page that Slack shows where a token is missing: with status 200, as if all were well."""
        return HTMLResponse("<!DOCTYPE html><title>Sign in to Slack</title><p>Sign in to see this file.</p>")

    def _call(self, name: str, parameters: Parameters, token: str) -> dict[str, Any]:
        """Answer one call of the app, and remember it."""
        try:
            method = METHODS.get(name)
            if method is None:
                raise Refusal("unknown_method", req_method=name)
            names = parameters.given.keys() - method.known - {"token", "team_id"}
            self._slack.unknown_parameters.extend((name, one) for one in sorted(names))
            self._admit(method, token)
            body: dict[str, Any] = {"ok": True} | method.answer(self._slack, parameters)
        except Refusal as refusal:
            body = refusal.as_json()
        self._slack.calls.append(Call(name, parameters.decoded(), body))
        return body

    def _about(self, parameters: Parameters) -> frozenset[str]:
        """Name whom a call is about: the conversation, and the person where it is the direct line to one."""
        named = parameters.about()
        found = [self._slack.channels[name] for name in named if name in self._slack.channels]
        return named | {channel.person for channel in found if channel.is_im}

    def _admit(self, method: Method, token: str) -> None:
        """Check the token, and that the app was given what the method needs."""
        if method.caller == "anyone":
            return
        if not token:
            raise Refusal("not_authed")
        if token not in _CALLERS:
            raise Refusal("invalid_auth")
        if self._slack.is_uninstalled:
            raise Refusal("account_inactive")
        if _CALLERS[token] != method.caller:
            raise Refusal("not_allowed_token_type")
        if method.caller == "bot" and method.scope and method.scope not in self._slack.installed.scopes:
            raise missing_scope(self._slack, method.scope)

    def _troubled(self, fault: Fault) -> Response:
        if fault.is_silence:
            return _Dropped(self._slack, fault)
        refusal = fault.refusal()
        headers = {"Retry-After": str(fault.retry_after or 1)} if refusal.status == 429 else {}
        return JSONResponse(refusal.as_json(), status_code=refusal.status, headers=headers)

    def _json(self, body: dict[str, Any]) -> JSONResponse:
        return JSONResponse(body, headers={"X-OAuth-Scopes": ",".join(self._slack.installed.scopes)})


class _Dropped(Response):
    """An answer that never comes: the line is held, then cut in the middle of nothing."""

    def __init__(self, slack: Workspace, fault: Fault) -> None:
        super().__init__()
        self._slack = slack
        self._fault = fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._slack.bell.hold(self._fault.hold)
        # A promise of more bytes than are sent makes the server cut the connection.
        headers = [(b"content-type", b"application/json"), (b"content-length", b"512")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


async def read_parameters(request: Request) -> Parameters:
    """Read parameters from the address and from a body of any kind."""
    given: dict[str, Any] = dict(request.query_params)
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        given |= await (_read_json(request) if kind == "application/json" else _read_form(request))
    return Parameters({name: value for name, value in given.items() if value is not None})


async def _read_json(request: Request) -> dict[str, Any]:
    body = await request.body()
    values = _loaded(body) if body else {}
    if not isinstance(values, dict):
        raise Refusal("invalid_json" if values is None else "json_not_object")
    values.pop("token", None)  # in JSON a token counts only as a header
    return values


async def _read_form(request: Request) -> dict[str, Any]:
    try:
        async with request.form(max_part_size=LARGEST_BODY) as form:
            return {name: value for name, value in form.multi_items() if isinstance(value, str)}
    except HTTPException:
        raise Refusal("invalid_form_data") from None


async def _read_upload(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form(max_part_size=LARGEST_BODY) as form:
        for value in form.values():
            if not isinstance(value, str):
                return await value.read()
    return b""


def _loaded(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _token(request: Request, parameters: Parameters) -> str:
    return _bearer(request) or parameters.text("token")


def _bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""
