"""The doors of the page's Slack windows: what they do for people, what they refuse, and what they show."""

from __future__ import annotations

import json
from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.playground.drawings import HANDS, drawing
from bot.playground.fingers import LARGEST_FILE
from bot.playground.slack.peer import OWNER, SAM, TEAM_CHANNEL, SlackPeer
from tests.bot.playground.house import Bot


async def post(bot: Bot, path: str, **body: Any) -> int:
    async with bot.session.post(f"{bot.playground.public_url}/playground/slack/{path}", json=body) as answer:
        return answer.status


async def windows(bot: Bot) -> list[dict[str, Any]]:
    async with bot.session.get(f"{bot.playground.public_url}/playground/state") as answer:
        found: list[dict[str, Any]] = (await answer.json())["slack"]
        return found


def sent(peer: SlackPeer) -> list[str]:
    return [delivery.name for delivery in peer.deliveries]


MENU = {
    "type": "static_select",
    "action_id": "menu",
    "placeholder": {"type": "plain_text", "text": "Choose"},
    "options": [{"text": {"type": "plain_text", "text": one}, "value": one.lower()} for one in ("Tea", "Milk")],
}
BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "v"}
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Join"},
    "submit": {"type": "plain_text", "text": "Join"},
    "blocks": [
        {
            "type": "input",
            "block_id": "code",
            "label": {"type": "plain_text", "text": "Code"},
            "element": {"type": "plain_text_input", "action_id": "typed"},
        }
    ],
}


async def test_the_team_is_shown_first_and_then_a_customer(bot: Bot) -> None:
    olga, sam = await windows(bot)
    assert (olga["user"], olga["role"], olga["channels"][0]["id"]) == (OWNER, "team", TEAM_CHANNEL)
    assert (sam["user"], sam["role"], sam["subject"]) == (SAM, "customer", "T0CAFE.U0SAM")
    assert [one["command"] for one in sam["commands"]] == ["/grapevine"]


async def test_fingers_type_write_and_look_at_home(bot: Bot) -> None:
    peer = bot.playground.slack
    channel = peer.dm(SAM)
    assert await post(bot, f"people/{SAM}/command", channel=channel, text="/grapevine join  K7QM2X4R") == 200
    assert peer.deliveries[-1].body["text"] == "join  K7QM2X4R"
    assert await post(bot, f"people/{SAM}/text", channel=channel, text="hello") == 200
    assert await post(bot, f"people/{SAM}/home") == 200
    assert sent(peer) == ["/grapevine", "message", "app_home_opened"]
    assert peer.messages(SAM)[-1].words == "hello"


async def test_fingers_tap_and_choose(bot: Bot) -> None:
    peer = bot.playground.slack
    blocks = [{"type": "actions", "block_id": "b", "elements": [BUTTON, MENU]}]
    ts = (await bot.slack("chat.postMessage", channel=peer.dm(SAM), text="?", blocks=blocks))["ts"]
    assert await post(bot, f"people/{SAM}/tap", container=ts, block="b", action="go") == 200
    assert await post(bot, f"people/{SAM}/tap", container=ts, block="b", action="menu", option="milk") == 200
    tapped, chosen = [delivery.body["actions"][0] for delivery in peer.deliveries[-2:]]
    assert tapped["value"] == "v"
    assert chosen["selected_option"]["value"] == "milk"


async def test_fingers_fill_in_a_form_and_close_it(bot: Bot) -> None:
    peer = bot.playground.slack
    for gesture, body in (("submit", {"values": {"code": "K7QM2X4R"}}), ("close", {})):
        trigger = peer.command(SAM).body["trigger_id"]
        view = (await bot.slack("views.open", trigger_id=trigger, view=FORM))["view"]["id"]
        assert await post(bot, f"people/{SAM}/{gesture}", view=view, **body) == 200
    values = peer.deliveries[1].body["view"]["state"]["values"]
    assert values["code"]["typed"]["value"] == "K7QM2X4R"
    assert len(peer.modals[SAM]) == 0


@pytest.mark.parametrize("name", sorted(HANDS))
async def test_drawings_are_shown_attached_and_shown_again(bot: Bot, name: str) -> None:
    peer = bot.playground.slack
    assert await post(bot, f"people/{OWNER}/file", channel=TEAM_CHANNEL, text="Look", drawing=name) == 200
    (file,) = (await windows(bot))[0]["channels"][0]["messages"][-1]["files"]
    assert peer.messages(OWNER, TEAM_CHANNEL)[-1].words == "Look"
    for path in (file["url"], f"/playground/slack/drawings/{name}"):
        async with bot.session.get(f"{bot.playground.public_url}{path}") as answer:
            assert answer.content_type == "image/png"
            assert await answer.read() == drawing(name)
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_picture_of_ones_own_can_be_attached(bot: Bot) -> None:
    content = BytesIO()
    Image.new("RGB", (20, 10)).save(content, "JPEG")
    own = b64encode(content.getvalue()).decode()
    assert await post(bot, f"people/{SAM}/file", name="shop.jpg", content=own) == 200
    (message,) = (await windows(bot))[1]["channels"][0]["messages"]
    assert message["files"][0]["name"] == "shop.jpg"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"people/{SAM}/dance", {}, 404),
        ("people/U0NOBODY/text", {"text": "hi"}, 400),
        (f"people/{SAM}/text", {"text": " "}, 400),
        (f"people/{SAM}/text", {"channel": TEAM_CHANNEL, "text": "hi"}, 400),
        (f"people/{SAM}/text", {"text": "hi", "thread": "1.2"}, 400),
        (f"people/{SAM}/command", {"text": "/other"}, 400),
        (f"people/{SAM}/tap", {}, 400),
        (f"people/{SAM}/tap", {"container": "1.2", "action": "go"}, 400),
        (f"people/{SAM}/tap", {"container": "1.2", "action": "go", "option": "x"}, 400),
        (f"people/{SAM}/submit", {"view": "V1"}, 400),
        (f"people/{SAM}/close", {}, 400),
        (f"people/{SAM}/file", {"drawing": "castle"}, 400),
        (f"people/{SAM}/file", {"content": "no base64"}, 400),
        (f"people/{SAM}/file", {"content": ""}, 400),
    ],
)
async def test_impossible_gestures_are_refused(bot: Bot, path: str, body: dict[str, Any], status: int) -> None:
    assert await post(bot, path, **body) == status
    assert not bot.playground.slack.deliveries


async def test_a_file_that_is_too_large_is_refused(bot: Bot) -> None:
    body = BytesIO(json.dumps({"content": b64encode(bytes(LARGEST_FILE + 1)).decode()}).encode())
    address = f"{bot.playground.public_url}/playground/slack/people/{SAM}/file"
    async with bot.session.post(address, data=body) as answer:
        assert answer.status == 400
        assert "4 MB" in (await answer.json())["detail"]


async def test_what_is_no_picture_is_not_shown(bot: Bot) -> None:
    message = bot.playground.slack.write(SAM, files=[("notes.txt", b"<script>alert(1)</script>")])
    for path in (f"files/{message.files[0]}", "files/F0NOTHING", "drawings/castle"):
        async with bot.session.get(f"{bot.playground.public_url}/playground/slack/{path}") as answer:
            assert answer.status == 404


async def test_strangers_see_no_pictures_and_have_no_fingers(bot: Bot) -> None:
    headers = {"X-Forwarded-For": "203.0.113.7"}
    root = f"{bot.playground.public_url}/playground/slack"
    async with bot.session.get(f"{root}/drawings/cup", headers=headers) as answer:
        assert answer.status == 404
    async with bot.session.post(f"{root}/people/{SAM}/text", json={"text": "hi"}, headers=headers) as answer:
        assert answer.status == 404
