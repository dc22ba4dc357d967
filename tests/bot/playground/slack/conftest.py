"""A pretend Slack served over real HTTP on loopback, with an app behind its events address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.background import Nursery
from bot.playground.playground import Playground
from bot.playground.slack.peer import BOT_TOKEN
from tests.bot.playground.house import NOON, TOKEN, Server
from tests.bot.playground.slack.house import App, House, manifest


@pytest.fixture
def described() -> dict[str, Any]:
    """The manifest; a test that needs another overrides this."""
    return manifest()


@pytest.fixture
def by_socket() -> bool:
    """Whether the app is reached by Socket Mode; a test that needs it overrides this."""
    return False


@pytest.fixture
async def house(described: dict[str, Any], nursery: Nursery, *, by_socket: bool) -> AsyncIterator[House]:
    server, app = Server(), App()

    async def stand_still(by: timedelta) -> None:
        """Nobody moves this clock."""

    playground = Playground(
        public_url=server.url,
        token=TOKEN,
        bot_username="grapevine_demo_bot",
        bot_name="Grapevine",
        now=lambda: NOON,
        move_clock=stand_still,
        api_key="till-key",
        slack_manifest=described,
        slack_socket_mode=by_socket,
    )
    slack = playground.slack
    slack.retry_pauses = (0.01, 0.02, 0.03)
    await server.start([*playground.routes, *app.routes], ws="websockets-sansio")
    running = nursery.start(playground.run(), name="playground")
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(BOT_TOKEN, base_url=playground.slack_api_url, session=session)
        yield House(slack, app, client, session)
        await playground.close()
        await running
    await server.stop()
