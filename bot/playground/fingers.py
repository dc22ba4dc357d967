"""The page's doors for what people do in Slack: they type, tap, look at Home, fill in forms, send pictures."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.playground.doors import Body, body_of, refused
from bot.playground.drawings import drawing
from bot.playground.slack.peer import SlackPeer
from bot.playground.slack.refusal import ImpossibleGesture

LARGEST_FILE = 4 * 1024 * 1024  # bytes, as the page allows; a phone's photo is about 3 MB
KEEP = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}


class Fingers:
    """Turns requests of the page's Slack windows into gestures, and shows the pictures in them."""

    def __init__(self, peer: SlackPeer) -> None:
        self._peer = peer
        self._gestures: dict[str, Callable[[str, Body], object]] = {
            "command": self._command,
            "text": lambda user, body: peer.write(
                user, _word(body, "channel"), _text(body), thread=_word(body, "thread")
            ),
            "file": self._file,
            "tap": self._tap,
            "home": lambda user, _: peer.open_home(user),
            "submit": lambda user, body: peer.submit(user, _word(body, "view"), _values(body)),
            "close": lambda user, body: peer.close_view(user, _word(body, "view")),
        }
        self.routes: list[BaseRoute] = [
            Route("/slack/people/{user}/{gesture}", self.gesture, methods=["POST"]),
            Route("/slack/files/{file_id}", self.picture),
            Route("/slack/drawings/{name}", self.drawing),
        ]

    async def gesture(self, request: Request) -> Response:
        """Do what a finger did."""
        gesture = self._gestures.get(request.path_params["gesture"])
        if gesture is None:
            return refused("There is no such gesture.", status=404)
        body = await body_of(request)
        try:
            gesture(request.path_params["user"], body)
        except (ImpossibleGesture, KeyError, TypeError, ValueError, LookupError) as trouble:
            return refused(trouble)
        return JSONResponse({"ok": True})

    async def picture(self, request: Request) -> Response:
        """Show a picture of a conversation, once Slack would show it."""
        file = self._peer.files.by_id(request.path_params["file_id"])
        if file is None or file.content is None or not file.media_type.startswith("image/"):
            return PlainTextResponse("No such picture.", status_code=404)
        return Response(file.content, media_type=file.media_type, headers=KEEP)

    async def drawing(self, request: Request) -> Response:
        """Show one of the drawings that can be attached."""
        content = drawing(request.path_params["name"])
        if content is None:
            return PlainTextResponse("No such drawing.", status_code=404)
        return Response(content, media_type="image/png", headers=KEEP)

    def _command(self, user: str, body: Body) -> object:
        name, _, words = _text(body).strip().partition(" ")
        return self._peer.command(user, words.strip(), channel=_word(body, "channel"), name=name)

    def _file(self, user: str, body: Body) -> object:
        files = [_attached(body)]
        return self._peer.write(user, _word(body, "channel"), _text(body), thread=_word(body, "thread"), files=files)

    def _tap(self, user: str, body: Body) -> object:
        container, action, block = str(body["container"]), str(body["action"]), str(body.get("block", ""))
        if "option" not in body:
            return self._peer.tap_action(user, container, action, block_id=block)
        found = self._peer.find(user, container)
        for element in found.buttons:
            if element["action_id"] == action and element["block_id"] == block:
                for option in element.get("options", []):
                    if option["value"] == body["option"]:
                        return self._peer.tap_element(user, found, element | {"selected_option": option})
        raise ImpossibleGesture("There is no such choice.")


def _text(body: Body) -> str:
    return str(body.get("text") or "")


def _word(body: Body, name: str) -> str | None:
    value = body.get(name)
    return None if value is None else str(value)


def _values(body: Body) -> dict[str, str]:
    values = body.get("values")
    return {str(name): str(value) for name, value in values.items()} if isinstance(values, dict) else {}


def _attached(body: Body) -> tuple[str, bytes]:
    """Read a drawing by its name, or a file of the person's own."""
    if body.get("drawing"):
        name = str(body["drawing"])
        content = drawing(name)
        if content is None:
            raise ImpossibleGesture("There is no such drawing.")
        return f"{name}.png", content
    try:
        content = b64decode(str(body.get("content") or ""), validate=True)
    except binascii.Error:
        content = b""
    if not content or len(content) > LARGEST_FILE:
        raise ImpossibleGesture("A file has 1 byte to 4 MB.")
    return str(body.get("name") or "picture"), content
