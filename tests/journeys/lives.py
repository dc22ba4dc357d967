"""One life of the service in a process of its own: it serves until it is killed, or kills itself at a chosen place.

The places are found from outside: what the product calls at a boundary is wrapped here, in the process that will die.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

from bot import election, scheduler
from bot.app import App
from bot.clock import Clock
from bot.dispatch import Dispatcher
from bot.outbox import lanes, settling
from bot.outbox.sending import Sending
from bot.outbox.settling import Settling
from bot.settings import Settings
from bot.telegram import polling
from bot.telegram.outgoing import TelegramSender
from storage.connect import Database

_doing: ContextVar[str] = ContextVar("doing", default="")


@dataclass(frozen=True)
class Place:
    """Between which two lines to die: just before, or just after, something happens."""

    when: str  # "before" or "after"
    what: str  # "commit-" and an event, "clicks", "answer", "notice" or "settling"

    def __str__(self) -> str:
        return f"{self.when} {self.what}"


def live(place: Place | None, settings: dict[str, Any], ahead: timedelta, told: Connection) -> None:
    """Run the service; says its address once it is up, and dies at the place."""
    if place is not None:
        _will_die_at(place)
    _hurry()
    asyncio.run(_serve(Settings(_env_file=None, **settings), ahead, told))


async def _serve(settings: Settings, ahead: timedelta, told: Connection) -> None:
    app = App(settings)
    app.clock.move(ahead)
    # The address is known before the chats begin: what waits there may be what kills this process.
    starting = asyncio.create_task(app.start())  # noqa: TID251 - this process is its own nursery
    while app._serving is None or app.settings.port == 0:
        await asyncio.sleep(0.005)
        if starting.done():
            break
    told.send(app.settings.own_url)
    await starting
    await asyncio.Event().wait()


def _hurry() -> None:
    """Let the next life go on in tenths of seconds where a real one may wait for seconds."""
    scheduler.BEAT_SECONDS = 0.2  # type: ignore[assignment]  # whole seconds in life
    lanes.IDLE_SECONDS = 0.1
    settling.SECONDS_BETWEEN = 0
    # Between two lives pass minutes, and with them the claims of the dead.
    setattr(Clock, "real_now", Clock.now)  # noqa: B010 - mypy knows methods are not assigned to
    polling.LEASE_SECONDS = 0.05
    election.LEASE = timedelta(seconds=0.3)


def _will_die_at(place: Place) -> None:
    def cross(when: str, what: str) -> None:
        if (when, what) == (place.when, place.what):
            os.kill(os.getpid(), signal.SIGKILL)

    def around(owner: type, method: str, what: Callable[[], str]) -> None:
        inner: Callable[..., Awaitable[Any]] = getattr(owner, method)

        async def outer(*given: Any, **named: Any) -> Any:
            cross("before", what())
            result = await inner(*given, **named)
            cross("after", what())
            return result

        setattr(owner, method, outer)

    around(Database, "batch", lambda: "clicks")
    around(TelegramSender, "send", lambda: _doing.get() if _doing.get() == "notice" else "answer")
    around(Settling, "_write", lambda: "settling")
    _name_what_is_done()
    _watch_commits(cross)


def _name_what_is_done() -> None:
    dispatch, deliver = Dispatcher.dispatch, Sending._deliver

    async def named_dispatch(self: Dispatcher, event: Any) -> Any:
        before = _doing.set(type(event).__name__)
        try:
            return await dispatch(self, event)
        finally:
            _doing.reset(before)

    async def named_delivery(self: Sending, *given: Any) -> None:
        before = _doing.set("notice")
        try:
            await deliver(self, *given)
        finally:
            _doing.reset(before)

    setattr(Dispatcher, "dispatch", named_dispatch)  # noqa: B010 - mypy knows methods are not assigned to
    setattr(Sending, "_deliver", named_delivery)  # noqa: B010 - likewise


def _watch_commits(cross: Callable[[str, str], None]) -> None:
    transaction = Database.transaction

    @asynccontextmanager
    async def watched(self: Database) -> AsyncIterator[Any]:
        async with transaction(self) as store:
            yield store
            cross("before", f"commit-{_doing.get()}")
        cross("after", f"commit-{_doing.get()}")

    setattr(Database, "transaction", watched)  # noqa: B010 - likewise
