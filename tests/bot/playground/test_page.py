"""The page's doors: files under a strict policy, a live stream, gestures, the clock and the till."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest

from tests.bot.playground.house import BEN, MAYA, Bot


async def state(bot: Bot) -> dict[str, Any]:
    async with bot.session.get(f"{bot.playground.public_url}/playground/state") as answer:
        body: dict[str, Any] = await answer.json()
        return body


async def post(bot: Bot, path: str, **body: Any) -> int:
    async with bot.session.post(f"{bot.playground.public_url}/playground/{path}", json=body) as answer:
        return answer.status


async def test_every_file_of_the_page_is_served_under_a_strict_policy(bot: Bot) -> None:
    names = [f"static/{file.name}" for file in files("bot.playground").joinpath("page").iterdir()]
    assert len(names) > 8
    for path in ["", "/open?start=x", "/share?url=x", *(f"/{name}" for name in names)]:
        async with bot.session.get(f"{bot.playground.public_url}/playground{path}") as answer:
            assert answer.status == 200, path
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for path in ("static/..%2Fplayground.py", "static/nothing.js", "photos/nothing"):
        async with bot.session.get(f"{bot.playground.public_url}/playground/{path}") as answer:
            assert answer.status == 404


def test_the_page_asks_nobody_else_and_inlines_nothing() -> None:
    for file in files("bot.playground").joinpath("page").iterdir():
        text = file.read_text()
        outside = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+", text)) - {"http://www.w3.org"}
        assert not outside, (file.name, outside)
        assert "innerHTML" not in text
        assert "insertAdjacentHTML" not in text
        if file.name.endswith(".html"):
            assert not re.search(r"<script(?![^>]*src)|\son\w+=|<style|\sstyle=", text), file.name


async def test_the_other_name_of_this_machine_is_sent_to_the_right_one(bot: Bot) -> None:
    address = bot.playground.public_url.replace("localhost", "127.0.0.1")
    async with bot.session.get(f"{address}/playground?link=/r/x", allow_redirects=False) as answer:
        assert answer.headers["Location"] == f"{bot.playground.public_url}/playground?link=/r/x"


async def test_thumbs_move_people(bot: Bot) -> None:
    assert await post(bot, f"people/{MAYA}/start") == 200
    assert await post(bot, f"people/{MAYA}/text", text="hello") == 200
    markup = {"inline_keyboard": [[{"text": "Claim", "callback_data": "c"}]]}
    sent = await bot.result("sendMessage", chat_id=MAYA, text="?", reply_markup=markup)
    assert await post(bot, f"people/{MAYA}/tap", message_id=sent["message_id"], row=0, col=0) == 200
    assert await post(bot, f"people/{MAYA}/contact") == 200
    assert await post(bot, f"people/{MAYA}/block") == 200
    assert await post(bot, f"people/{MAYA}/unblock") == 200
    assert len(bot.peer.mailbox.waiting) == 6
    assert (await state(bot))["steps"]["claim"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("people/1001/dance", {}, 404),
        ("people/77/start", {}, 400),
        ("people/1001/start", {"payload": "a b"}, 400),
        ("people/1001/start", {"payload": 7}, 400),
        ("people/1001/text", {"text": "before start"}, 400),
        ("people/1001/tap", {}, 400),
        ("people/1001/send", {"to": 77, "text": "x", "url": "y"}, 400),
        ("clock", {"hours": 0}, 400),
        ("clock", {"hours": -1}, 400),
        ("clock", {"hours": "soon"}, 400),
        ("clock", {"hours": True}, 400),
        ("clock", {}, 400),
        ("till", {}, 400),
    ],
)
async def test_impossible_gestures_are_refused(bot: Bot, path: str, body: dict[str, Any], status: int) -> None:
    assert await post(bot, path, **body) == status
    assert not bot.moved


async def test_the_clock_moves_forward(bot: Bot) -> None:
    before = (await state(bot))["now"]
    assert await post(bot, "clock", hours=24) == 200
    assert bot.moved == [timedelta(days=1)]
    assert (await state(bot))["now"] > before


async def test_friends_can_be_added_until_the_street_is_full(bot: Bot) -> None:
    assert [await post(bot, "people") for _ in range(11)] == [201] * 10 + [400]
    names = [person["name"] for person in (await state(bot))["people"]]
    assert names[:4] == ["Maya", "Ben", "Chloe", "Dan"]


async def test_a_link_is_passed_on(bot: Bot) -> None:
    assert await post(bot, f"people/{MAYA}/send", to=BEN, text="Try this", url="http://x") == 200
    ben = (await state(bot))["people"][1]
    letter = {"id": 1, "from": MAYA, "name": "Maya", "text": "Try this", "url": "http://x", "photo": ""}
    assert ben["inbox"] == [letter]


async def test_the_tour_ticks_itself_off(bot: Bot) -> None:
    assert not any((await state(bot))["steps"].values())
    bot.peer.press_start(MAYA)
    await bot.result("sendMessage", chat_id=MAYA, text=f"{bot.playground.public_url}/r/K7QM2X4R")
    bot.peer.press_start(BEN, "r_K7QM2X4R")
    await post(bot, "till", kind="purchase", id="1", name="Ben")
    await post(bot, "till", kind="purchase", id="1", name="Ben", refunded=True)
    await post(bot, "till", kind="redemption", id="2")
    now = await state(bot)
    assert now["steps"] == {"link": True, "friend": True, "purchase": True, "claim": False, "redeem": True}
    assert [slip["id"] for slip in now["till"]] == ["1", "2"]
    assert now["about"] == {"public_url": bot.playground.public_url, "api_key": "till-key", "currency": "EUR"}


async def test_the_stream_tells_every_change_and_ends_with_the_house(bot: Bot) -> None:
    async with bot.session.get(f"{bot.playground.public_url}/playground/events") as answer:

        async def next_state() -> dict[str, Any]:
            async with asyncio.timeout(30):
                while not (line := await answer.content.readline()).startswith(b"data: "):
                    assert line
            found: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
            return found

        assert not (await next_state())["people"][0]["started"]
        bot.peer.press_start(MAYA)
        assert (await next_state())["people"][0]["messages"][0]["text"] == "/start"
        await bot.playground.close()
        async with asyncio.timeout(30):
            await answer.content.read()


async def test_commands_and_descriptions_reach_the_phones(bot: Bot) -> None:
    everyone = [{"command": "share", "description": "Your link"}]
    await bot.result("setMyCommands", commands=everyone, scope={"type": "all_private_chats"})
    hers = [{"command": "redeem", "description": "Redeem"}]
    await bot.result("setMyCommands", commands=hers, scope={"type": "chat", "chat_id": BEN})
    await bot.result("setMyDescription", description="Invite friends.")
    await bot.result("setMyName", name="Corner Café")
    now = await state(bot)
    assert [person["commands"] for person in now["people"]] == [everyone, hers]
    assert (now["bot"]["name"], now["bot"]["description"]) == ("Corner Café", "Invite friends.")
    assert await bot.result("getMyCommands", scope={"type": "all_private_chats"}) == everyone
    assert await bot.result("getMyCommands") == []
    assert await bot.result("getMyDescription") == {"description": "Invite friends."}
    await bot.result("deleteMyCommands", scope={"type": "chat", "chat_id": BEN})
    assert (await state(bot))["people"][1]["commands"] == everyone
