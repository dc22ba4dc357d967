"""The webhook: who may post, what is answered, and that a failure comes again until it is set aside."""

import asyncio
import json
from typing import Any

import pytest

from bot.dispatch import Busy
from bot.telegram.edge import TelegramEdge
from handlers.events import Joined, TextWritten
from tests.bot.playground.house import MAYA
from tests.bot.telegram.stage import SECRET, Stage, says


@pytest.fixture
async def hook(stage: Stage) -> TelegramEdge:
    """An edge that is posted to."""
    edge = stage.edge(webhook=True)
    await edge.start()
    return edge


def post(text: str = "/start", *, number: int = 7, **more: Any) -> bytes:
    maya = {"id": MAYA, "is_bot": False, "first_name": "Maya"}
    chat = {"id": MAYA, "type": "private", "first_name": "Maya"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": maya, "text": text}
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return json.dumps({"update_id": number, "message": message, **more}).encode()


async def test_an_update_is_answered_over_the_webhook(stage: Stage, hook: TelegramEdge) -> None:
    stage.script.on(Joined, says("commands.help"))
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    await stage.until(lambda: not stage.peer.mailbox.waiting)
    assert stage.peer.mailbox.allowed == set(
        "message callback_query my_chat_member inline_query chosen_inline_result".split()
    )
    assert stage.peer.mailbox.webhook.secret == SECRET
    assert hook.healthy


async def test_only_who_knows_the_secret_may_post(stage: Stage, hook: TelegramEdge) -> None:
    for secret in (None, "", "wrong", SECRET[:-1], f"{SECRET}x", "ключ"):
        assert await hook.take_webhook(post(), secret) == 403
    assert stage.script.events == []


NO_UPDATES = (
    *(b"", b"nonsense", b"[]", b"1", b"null", b'"x"', b"{}", b"\xff\xfe", b"[" * 100_000),
    *(b'{"update_id": "7"}', b'{"update_id": true}', b'{"update_id": null}', b'{"update_id": 1.5}'),
    *(b'{"update_id": 8, "message": "hello"}', b'{"update_id": 9, "message": {"chat": 5}}'),
    b'{"update_id": 10, "callback_query": {"id": "1", "from": []}}',
)


async def test_what_is_no_update_is_refused(stage: Stage, hook: TelegramEdge) -> None:
    for body in NO_UPDATES:
        assert await hook.take_webhook(body, SECRET) == 400
    assert stage.script.events == []


async def test_an_update_of_a_kind_we_do_not_know_is_taken_and_left(stage: Stage, hook: TelegramEdge) -> None:
    assert await hook.take_webhook(b'{"update_id": 7, "a_kind_of_next_year": {"x": 1}}', SECRET) == 200
    assert stage.script.events == []
    assert stage.parked == []


async def test_an_update_that_stays_unreadable_is_set_aside_at_last(stage: Stage, hook: TelegramEdge) -> None:
    body = b'{"update_id": 7, "message": {"chat": 5}}'
    assert [await hook.take_webhook(body, SECRET) for _ in range(3)] == [400, 400, 200]
    ((number, _),) = stage.parked
    assert number == "7"


async def test_a_failure_comes_again_and_is_set_aside_the_third_time(stage: Stage, hook: TelegramEdge) -> None:
    stage.script.on(TextWritten, RuntimeError("a defect of ours, on order"))
    stage.script.on(Joined, says("commands.help"))
    stage.peer.press_start(MAYA)
    await stage.peer.next_message(MAYA)
    stage.peer.send_text(MAYA, "something that breaks us")
    stage.peer.press_start(MAYA)
    assert "Please try again in a few minutes" in (await stage.peer.next_message(MAYA)).words
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert len(stage.script.heard(TextWritten)) == 3
    ((_, error),) = stage.parked
    assert error.startswith("RuntimeError at stage.py:")
    assert hook.healthy


async def test_waiting_for_the_write_lock_does_not_count(stage: Stage, hook: TelegramEdge) -> None:
    stage.script.on(TextWritten, *[Busy() for _ in range(5)], says("commands.help"))
    assert [await hook.take_webhook(post("hi"), SECRET) for _ in range(6)] == [503] * 5 + [200]
    assert stage.parked == []


async def test_one_chat_is_served_in_order_even_when_posted_at_once(stage: Stage, hook: TelegramEdge) -> None:
    stage.script.on(TextWritten, says("commands.help"))
    posts = [post(str(number), number=number) for number in range(10)]
    statuses = await asyncio.gather(*(hook.take_webhook(body, SECRET) for body in posts))
    assert statuses == [200] * 10
    assert [event.text for event in stage.script.heard(TextWritten)] == [str(number) for number in range(10)]
    assert stage.script.most_at_once == 1


async def test_a_bot_that_polls_has_no_webhook(stage: Stage, edge: TelegramEdge) -> None:
    assert await edge.take_webhook(post(), SECRET) == 404
    assert stage.peer.mailbox.webhook.url == ""


async def test_nothing_is_taken_before_the_start(stage: Stage) -> None:
    assert await stage.edge(webhook=True).take_webhook(post(), SECRET) == 503


async def test_going_back_to_polling_removes_the_webhook(stage: Stage, hook: TelegramEdge) -> None:
    await hook.stop()
    stage.script.on(Joined, says("commands.help"))
    await stage.edge().start()
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
