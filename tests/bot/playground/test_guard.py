"""The playground is for this machine only: every door of it, whatever a stranger sends."""

from __future__ import annotations

import pytest

from tests.bot.playground.house import TOKEN, Bot

DOORS = [
    "/playground",
    "/playground/state",
    "/playground/events",
    "/playground/static/page.js",
    "/playground/open",
    f"/playground/telegram/bot{TOKEN}/getMe",
    "/playground/telegram/journal",
    "/playground/no-such-door",
]
STRANGERS = [
    {"Host": "example.com"},
    {"Host": "localhost.example.com"},
    {"Host": "127.0.0.1.nip.io"},
    {"Host": "[bad"},
    {"Origin": "https://example.com"},
    {"Origin": "null"},
    {"X-Forwarded-For": "10.0.0.1"},
    {"X-Forwarded-Host": "localhost"},
    {"Forwarded": "for=10.0.0.1"},
    {"Via": "1.1 proxy"},
]


@pytest.mark.parametrize("door", DOORS)
async def test_strangers_find_nothing(bot: Bot, door: str) -> None:
    for headers in STRANGERS:
        async with bot.session.get(f"{bot.playground.public_url}{door}", headers=headers) as answer:
            assert answer.status == 404, headers
            assert (await answer.text()).startswith("Nothing here."), headers


async def test_a_stranger_moves_nothing(bot: Bot) -> None:
    for path, body in (("clock", {"hours": 1}), ("people/1001/start", {}), ("people", {})):
        url = f"{bot.playground.public_url}/playground/{path}"
        async with bot.session.post(url, json=body, headers={"Origin": "http://evil.example"}) as answer:
            assert answer.status == 404
    assert not bot.moved
    assert not bot.peer.chat(1001)


@pytest.mark.parametrize("origin", ["http://localhost:1", "http://127.0.0.1", "http://[::1]:8080"])
async def test_this_machine_is_let_in(bot: Bot, origin: str) -> None:
    async with bot.session.get(f"{bot.playground.public_url}/playground/state", headers={"Origin": origin}) as answer:
        assert answer.status == 200
