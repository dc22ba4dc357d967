"""The playground put together: the fake platforms, the page, and the doors between them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route

from bot.playground.desk import Desk
from bot.playground.fingers import Fingers
from bot.playground.guard import LoopbackOnly
from bot.playground.slack.peer import SlackPeer
from bot.playground.street import Street
from bot.playground.telegram.api import BotApi
from bot.playground.telegram.peer import TelegramPeer
from bot.playground.thumbs import Thumbs
from bot.playground.till import Till
from bot.playground.view import everything
from bot.playground.window import Window

TELEGRAM_TOKEN = "1000:playground"  # noqa: S105 - opens only the pretend Telegram on this machine


@dataclass(kw_only=True)
class Playground:
    """A pretend Telegram and Slack with a page; the app mounts the routes at the root and starts `run`."""

    public_url: str
    token: str
    bot_username: str
    bot_name: str
    now: Callable[[], datetime]
    move_clock: Callable[[timedelta], Awaitable[None]]
    api_key: str
    currency: str = "EUR"
    slack_events_url: str | None = None  # none: where this server's own Slack door is
    slack_manifest: Mapping[str, Any] = field(default_factory=dict)
    slack_socket_mode: bool = False
    telegram: TelegramPeer = field(init=False)
    slack: SlackPeer = field(init=False)
    routes: list[BaseRoute] = field(init=False)

    def __post_init__(self) -> None:
        self.telegram = TelegramPeer(
            token=self.token,
            username=self.bot_username,
            name=self.bot_name,
            public_url=self.public_url,
            now=self.now,
        )
        self.slack = SlackPeer(
            public_url=self.public_url,
            events_url=self.slack_events_url or f"{self.public_url}/slack/events",
            manifest=self.slack_manifest,
            now=self.now,
            socket_mode=self.slack_socket_mode,
            bell=self.telegram.bell,  # one bell, so that the page's stream hears of both
        )
        street, till = Street(self.telegram), Till()
        street.open()
        window = Window(
            self.telegram,
            lambda: everything(self.telegram, street, till=till, slack=self.slack),
            public_url=self.public_url,
            till={"api_key": self.api_key, "currency": self.currency},
        )
        thumbs = Thumbs(street, till, move_clock=self.move_clock)
        guard = [Middleware(LoopbackOnly)]
        inner = [
            *Desk(self.telegram).routes,
            Mount("/telegram", routes=BotApi(self.telegram).routes),
            *Fingers(self.slack).routes,
            Mount("/slack", routes=self.slack.routes),
            *window.routes,
            *thumbs.routes,
        ]
        self.routes = [
            Route("/playground", window.page, middleware=guard),
            Mount("/playground", routes=inner, middleware=guard),
        ]

    @property
    def telegram_api_url(self) -> str:
        """Where the bot finds its Bot API: what comes before the token."""
        return f"{self.public_url}/playground/telegram/bot"

    @property
    def slack_api_url(self) -> str:
        """Where the app finds its Web API: what comes before the method, without the last slash."""
        return f"{self.public_url}/playground/slack/api"

    @property
    def slack_chat(self) -> str:
        """What stands in for https://slack.com/app_redirect: brings a Slack window forward."""
        return f"{self.public_url}/playground/open?slack=1"

    @property
    def share_sheet(self) -> str:
        """What stands in for https://t.me/share/url."""
        return f"{self.public_url}/playground/share"

    @property
    def bot_chat(self) -> str:
        """What stands in for https://t.me/<bot>; takes ?start=."""
        return f"{self.public_url}/playground/open"

    async def run(self) -> None:
        """Deliver to the bots, until the playground closes."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.telegram.webhooks.run())
            group.create_task(self.slack.run())

    async def close(self) -> None:
        """Wake long polls and event streams so that shutdown is quick."""
        self.telegram.close()
        self.slack.close()
