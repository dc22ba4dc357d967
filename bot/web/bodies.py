"""Request bodies: read whole, within a size and a time, before anything parses them."""

import asyncio

from starlette.types import Message, Receive, Scope

# A body of a few kilobytes that takes longer is stuck, or meant to hold the connection.
PATIENCE_SECONDS = 10.0


class BodyRefused(Exception):
    """The body was not taken; `kind` is the problem's name."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


async def read_body(scope: Scope, receive: Receive, *, limit: int, patience: float = PATIENCE_SECONDS) -> bytes:
    """Return the whole body; raises BodyRefused when it is larger than it may be, whatever its headers say."""
    for name, value in scope["headers"]:
        # The server has refused a length that is no number before we come to see it.
        if name == b"content-length" and int(value) > limit:
            raise BodyRefused("too-large")
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(patience):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise BodyRefused("too-slow")
                part = message.get("body", b"")
                size += len(part)
                if size > limit:
                    raise BodyRefused("too-large")
                parts.append(part)
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError as error:
        raise BodyRefused("too-slow") from error


def replayed(body: bytes, receive: Receive) -> Receive:
    """Give an inner application the body that was read, and then whatever else comes."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again


def header(scope: Scope, name: bytes) -> bytes:
    """Return the first header of this lower-case name, or nothing."""
    return next((value for key, value in scope["headers"] if key == name), b"")
