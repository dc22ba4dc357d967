"""The playground put together: the fake platform, the page, and the doors between them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route

from bot.playground.desk import Desk
from bot.playground.guard import LoopbackOnly
from bot.playground.street import Street
from bot.playground.telegram.api import BotApi
from bot.playground.telegram.peer import TelegramPeer
from bot.playground.thumbs import Thumbs
from bot.playground.till import Till
from bot.playground.view import everything
from bot.playground.window import Window


@dataclass(kw_only=True)
class Playground:
    """A pretend Telegram with a page; the app mounts its routes at the root and starts `run` in its nursery."""

    public_url: str
    token: str
    bot_username: str
    bot_name: str
    now: Callable[[], datetime]
    move_clock: Callable[[timedelta], Awaitable[None]]
    api_key: str
    currency: str = "EUR"
    telegram: TelegramPeer = field(init=False)
    routes: list[BaseRoute] = field(init=False)

    def __post_init__(self) -> None:
        self.telegram = TelegramPeer(
            token=self.token,
            username=self.bot_username,
            name=self.bot_name,
            public_url=self.public_url,
            now=self.now,
        )
        street, till = Street(self.telegram), Till()
        street.open()
        window = Window(
            self.telegram,
            lambda: everything(self.telegram, street, till=till),
            public_url=self.public_url,
            till={"api_key": self.api_key, "currency": self.currency},
        )
        thumbs = Thumbs(street, till, move_clock=self.move_clock)
        guard = [Middleware(LoopbackOnly)]
        inner = [
            *Desk(self.telegram).routes,
            Mount("/telegram", routes=BotApi(self.telegram).routes),
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
    def share_sheet(self) -> str:
        """What stands in for https://t.me/share/url."""
        return f"{self.public_url}/playground/share"

    @property
    def bot_chat(self) -> str:
        """What stands in for https://t.me/<bot>; takes ?start=."""
        return f"{self.public_url}/playground/open"

    async def run(self) -> None:
        """Deliver updates to the bot's webhook, if it sets one, until the playground closes."""
        await self.telegram.webhooks.run()

    async def close(self) -> None:
        """Wake long polls and event streams so that shutdown is quick."""
        self.telegram.close()
