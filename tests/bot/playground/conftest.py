"""A playground served over real HTTP on loopback, and a bot's hands to call it with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Page, async_playwright
from starlette.routing import BaseRoute

from bot.background import Nursery
from bot.playground.playground import Playground
from tests.bot.playground.house import MAYA, NOON, TOKEN, Bot, Server
from tests.browser import START_MILLISECONDS, executable


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
def slack_app() -> dict[str, Any]:
    """The manifest of an app that may do whatever the page shows."""
    command = {"command": "/grapevine", "description": "Invite friends", "usage_hint": "join CODE", "url": "x"}
    scopes = ["chat:write", "commands", "files:write", "im:history", "im:write", "channels:history"]
    return {
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Grapevine"},
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": scopes}},
        "settings": {
            "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"], "request_url": "x"},
            "interactivity": {"is_enabled": True, "request_url": "x"},
        },
    }


@pytest.fixture
async def bot(shop: list[BaseRoute], slack_app: dict[str, Any]) -> AsyncIterator[Bot]:
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
        slack_manifest=slack_app,
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


@pytest.fixture
async def page(bot: Bot) -> AsyncIterator[Page]:
    """The playground in a window; anything the browser complains about fails the test."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox"], timeout=START_MILLISECONDS
        )
        page = await browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(f"{bot.playground.public_url}/playground")
        await page.get_by_test_id(f"start-{MAYA}").wait_for()
        yield page
        await browser.close()
    assert [one for one in complaints if "the server responded with a status of" not in one] == []
