"""A playground served over real HTTP on loopback, and a bot's hands to call it with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from starlette.routing import BaseRoute

from bot.background import Nursery
from bot.playground.playground import Playground
from tests.bot.playground.house import MAYA, NOON, TOKEN, Bot, Server


@pytest.fixture
async def nursery() -> AsyncIterator[Nursery]:
    nursery = Nursery()
    yield nursery
    await nursery.stop()


@pytest.fixture
def shop() -> list[BaseRoute]:
    """Routes beside the playground's own; a test that needs some overrides this."""
    return []


@pytest.fixture
async def bot(shop: list[BaseRoute]) -> AsyncIterator[Bot]:
    server = Server()
    moved: list[timedelta] = []

    async def move(by: timedelta) -> None:
        moved.append(by)

    playground = Playground(
        public_url=server.url,
        token=TOKEN,
        bot_username="grapevine_demo_bot",
        bot_name="Grapevine",
        now=lambda: NOON + sum(moved, timedelta()),
        move_clock=move,
        api_key="till-key",
    )
    await server.start([*playground.routes, *shop])
    async with aiohttp.ClientSession() as session:
        yield Bot(session, playground.telegram_api_url, playground, moved)
    await playground.close()
    await server.stop()


@pytest.fixture
async def started(bot: Bot) -> Bot:
    """A bot that Maya has started."""
    bot.peer.press_start(MAYA)
    return bot
