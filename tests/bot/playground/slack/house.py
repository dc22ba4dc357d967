"""What the tests of the pretend Slack share: an app that answers as it is told, and hands to call the Web API with."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

import aiohttp
from PIL import Image
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.playground.slack.bubbles import Message
from bot.playground.slack.peer import BOT_TOKEN, SIGNING_SECRET, SlackPeer

SCOPES = (
    "channels:history channels:read chat:write commands files:read files:write groups:history groups:read im:history "
    "im:read im:write users:read"
).split()
EVENTS = "app_home_opened app_uninstalled message.channels message.groups message.im tokens_revoked".split()


def manifest(
    *, scopes: list[str] | None = None, events: list[str] | None = None, url: str | None = "x"
) -> dict[str, Any]:
    """An app as its owner would describe it."""
    reached = {"request_url": url} if url else {}
    return {
        "display_information": {"name": "Grapevine"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Grapevine"},
            "slash_commands": [{"command": "/grapevine", "description": "x", **({"url": url} if url else {})}],
        },
        "oauth_config": {"scopes": {"bot": SCOPES if scopes is None else scopes}},
        "settings": {
            "event_subscriptions": {"bot_events": EVENTS if events is None else events, **reached},
            "interactivity": {"is_enabled": True, **reached},
        },
    }


@dataclass
class Heard:
    """One request that reached the app."""

    kind: str  # event, command, interaction
    body: dict[str, Any]
    headers: dict[str, str]
    is_signed: bool


@dataclass
class App:
    """A pretend app behind the events address: it notes what it hears and answers as it is told."""

    heard: list[Heard] = field(default_factory=list)
    # A number: seconds to wait. A barrier: others who must be here at the same time.
    answers: list[Response | Callable[[], Response] | float | asyncio.Barrier] = field(default_factory=list)

    @property
    def routes(self) -> list[BaseRoute]:
        return [Route("/slack/events", self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        body = await request.body()
        signed = SignatureVerifier(SIGNING_SECRET).is_valid_request(body, dict(request.headers))
        kind, read = _read(body, request.headers.get("content-type", ""))
        self.heard.append(Heard(kind, read, dict(request.headers), signed))
        if read.get("type") == "url_verification":
            return PlainTextResponse(read["challenge"])
        answer = self.answers.pop(0) if self.answers else Response()
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            return Response()
        if isinstance(answer, asyncio.Barrier):
            await answer.wait()
            return Response()
        return answer if isinstance(answer, Response) else answer()

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The bodies of one kind."""
        return [one.body for one in self.heard if one.kind == kind]


@dataclass
class House:
    """The workspace, the app, and hands to call with."""

    slack: SlackPeer
    app: App
    client: AsyncWebClient
    session: aiohttp.ClientSession

    @property
    def api(self) -> str:
        return f"{self.slack.public_url}/playground/slack/api"

    async def call(self, method: str, *, token: str | None = BOT_TOKEN, **parameters: Any) -> dict[str, Any]:
        """Post JSON and return the answer, refusals too."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self.session.post(f"{self.api}/{method}", json=parameters, headers=headers) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    async def result(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Post JSON and expect success."""
        body = await self.call(method, **parameters)
        assert body["ok"], body
        return body

    async def refused(self, method: str, **parameters: Any) -> tuple[str, list[str]]:
        """Post JSON and expect a refusal."""
        body = await self.call(method, **parameters)
        assert not body["ok"], body
        return str(body["error"]), list(body.get("response_metadata", {}).get("messages", []))

    async def says(self, channel: str, **words: Any) -> Message:
        """Post a message as the app and return it as people see it."""
        sent = await self.result("chat.postMessage", channel=channel, **words)
        return self.slack.channels[sent["channel"]].messages[sent["ts"]]

    async def respond(self, url: str, **body: Any) -> tuple[int, str]:
        """Post to a response address."""
        async with self.session.post(url, json=body) as answer:
            text = await answer.text()
            return answer.status, json.loads(text)["error"] if text.startswith("{") else text


def section(text: str = "Hello", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str = "Go", action_id: str = "go", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def actions(*buttons: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(buttons), **more}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def field_block(name: str = "code", **element: Any) -> dict[str, Any]:
    inner = {"type": "plain_text_input", "action_id": "typed", **element}
    return {"type": "input", "block_id": name, "label": plain("Code"), "element": inner}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Join"), "submit": plain("Join"), "blocks": list(blocks), **more}


def home(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks), **more}


def png(side: int = 8) -> bytes:
    content = BytesIO()
    Image.new("RGB", (side, side), "purple").save(content, "PNG")
    return content.getvalue()


def json_ack(body: Any) -> Response:
    return JSONResponse(body)


def _read(body: bytes, kind: str) -> tuple[str, dict[str, Any]]:
    if kind.startswith("application/json"):
        return "event", json.loads(body)
    form = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    if "payload" in form:
        return "interaction", json.loads(form["payload"])
    return "command", form
