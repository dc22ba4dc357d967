"""Bodies: read whole, within a size and a time."""

import asyncio

import pytest
from starlette.types import Message, Scope

from bot.web.bodies import BodyRefused, read_body, replayed

SCOPE: Scope = {"type": "http", "headers": []}


async def never() -> Message:
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


async def gone() -> Message:
    return {"type": "http.disconnect"}


async def test_a_body_that_does_not_arrive_is_given_up() -> None:
    with pytest.raises(BodyRefused, match="too-slow"):
        await read_body(SCOPE, never, limit=10, patience=0.01)


async def test_a_sender_who_goes_away_sent_no_body() -> None:
    with pytest.raises(BodyRefused, match="too-slow"):
        await read_body(SCOPE, gone, limit=10)


async def test_a_declared_length_is_believed_when_it_is_too_large() -> None:
    with pytest.raises(BodyRefused, match="too-large"):
        await read_body({"type": "http", "headers": [(b"content-length", b"11")]}, never, limit=10)


async def test_a_read_body_is_read_again_and_then_what_follows() -> None:
    receive = replayed(b"body", gone)
    assert await receive() == {"type": "http.request", "body": b"body", "more_body": False}
    assert await receive() == {"type": "http.disconnect"}
