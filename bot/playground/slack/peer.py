"""The fake Slack as the app and the tests meet it: calls in, gestures in, and a way to wait for what follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.routing import BaseRoute

from bot.playground.slack.api import WebApi
from bot.playground.slack.bubbles import Message
from bot.playground.slack.carrying import Carrier
from bot.playground.slack.deliveries import Delivery
from bot.playground.slack.desk import Desk
from bot.playground.slack.interactions import Interactions
from bot.playground.slack.people import (
    APP,
    BOT,
    BOT_USER,
    CAROL,
    OTHER_TEAM,
    OWNER,
    SAM,
    TEAM,
    TEAM_CHANNEL,
    TESS,
    XENA,
)
from bot.playground.slack.tokens import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from bot.playground.slack.view import windows

__all__ = [
    "APP",
    "APP_TOKEN",
    "BOT",
    "BOT_TOKEN",
    "BOT_USER",
    "CAROL",
    "OTHER_TEAM",
    "OWNER",
    "SAM",
    "SIGNING_SECRET",
    "TEAM",
    "TEAM_CHANNEL",
    "TESS",
    "XENA",
    "SlackPeer",
]


class SlackPeer(Interactions):
    """A strict Slack with people on the other side; the playground mounts `routes` and runs `run`."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._read: dict[str, set[str]] = {}
        self._carrier = Carrier(self)
        self.routes: list[BaseRoute] = [*WebApi(self).routes, *Desk(self).routes, *self._carrier.sockets.routes]

    @property
    def connections(self) -> int:
        """How many sockets the app has open."""
        return len(self._carrier.sockets.open)

    def messages(self, user: str, channel: str | None = None) -> list[Message]:
        """Read a conversation as somebody sees it, threads included; without a channel their line to the app."""
        where = self.channels[channel or self.dm(user)]
        return [message for message in where.messages.values() if self._sees(user, message)]

    async def wait_for(self, true: Callable[[], object], timeout: float = 30.0) -> None:
        """Wait until something holds, and complain if it does not in time."""
        if not await self.bell.until(lambda: bool(true()), timeout):
            raise TimeoutError(f"That did not happen within {timeout} seconds.")

    async def settled(self, delivery: Delivery | None = None, timeout: float = 30.0) -> None:
        """Wait until a delivery, or every one so far, has been answered or given up."""
        await self.wait_for(lambda: all(one.is_done for one in ([delivery] if delivery else self.deliveries)), timeout)

    async def next_message(self, user: str, channel: str | None = None, timeout: float = 30.0) -> Message:
        """Wait for the next message of the app that somebody sees and that has not been returned here before."""
        seen = self._read.setdefault(user, set())

        def fresh() -> list[Message]:
            return [one for one in self.messages(user, channel) if one.from_bot and one.ts not in seen]

        await self.wait_for(fresh, timeout)
        message = fresh()[0]
        seen.add(message.ts)
        return message

    def view(self, user: str) -> dict[str, Any]:
        """Describe everything somebody sees, for the page."""
        return windows(self, [user])[0]

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell the app to open its socket anew, and close the old one a moment later."""
        self._carrier.sockets.disconnect(reason)

    async def run(self) -> None:
        """Deliver to the app until the playground closes."""
        await self._carrier.run()

    def close(self) -> None:
        """Let go of everyone who waits."""
        self.queue.put_nowait(None)
        self._carrier.sockets.close()
        self.bell.close()
