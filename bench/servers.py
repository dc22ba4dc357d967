"""The servers of a benchmark, each in a process of its own: the whole service, or one of the floors beside it."""

import asyncio
import gc
import json
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import cycle
from time import perf_counter, process_time
from typing import Any

import structlog
import uvloop
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from bench import crowd, floors
from bot import memory
from bot.app import running
from bot.background import Nursery
from bot.clock import Clock
from bot.listening import open_port
from bot.playground.telegram.api import BotApi
from bot.playground.telegram.peer import TelegramPeer
from bot.serving import Serving
from bot.settings import Settings
from tests import audience

SECRET_KEY = "of-a-benchmark-and-nothing-else-at-all"  # noqa: S105 - opens nothing
API_KEY = "of-a-benchmark"
Facts = dict[str, Any]


def settings(**given: Any) -> Settings:
    """Read nothing from the environment of whoever runs the benchmark."""
    # No quiet hours: whoever measures at night wants to see what leaves.
    house = {"quiet_hours": "off", "program": "demo", "secret_key": SECRET_KEY, "api_key": API_KEY}
    return Settings(_env_file=None, port=0, **{**house, **given})


@asynccontextmanager
async def service(*, advocates: int, friends: int = 0, **given: Any) -> AsyncIterator[Facts]:
    """Run the whole service, with advocates who have a link and some friends each."""
    async with running(settings(**given)) as app:
        codes = await crowd.gather(app.dispatcher.dispatch, app.clock.now(), advocates=advocates, friends=friends)
        memory.settle()  # as `grapevine run` does
        yield {"port": app.settings.port, "codes": codes}


@asynccontextmanager
async def bare() -> AsyncIterator[Facts]:
    """Run the same uvicorn with an application that answers every request with the same 302."""
    async with _serving(floors.redirect) as facts:
        yield facts


@asynccontextmanager
async def one_insert(*, database_url: str) -> AsyncIterator[Facts]:
    """Run the same web application over a dispatcher that only inserts one row in one transaction."""
    nursery = Nursery()
    own = settings(database_url=database_url)
    async with floors.one_insert(own, nursery) as application, _serving(application, nursery) as facts:
        yield facts


@asynccontextmanager
async def constant_bot(*, telegram_api_url: str) -> AsyncIterator[Facts]:
    """Run PTB with one handler that answers with a constant, behind the same request class."""
    async with floors.constant_bot(telegram_api_url) as application, _serving(application) as facts:
        yield facts


@asynccontextmanager
async def bot_api() -> AsyncIterator[Facts]:
    """Run a Bot API that takes everything and answers with constants."""
    async with _serving(floors.bot_api) as facts:
        yield facts


@asynccontextmanager
async def telegram(*, people: int, per_second: int, askers: int = 0) -> AsyncIterator[Facts]:
    """Run the playground's strict Bot API with limits over a sliding second, and so many people who have started."""
    peer = TelegramPeer(
        token=floors.TOKEN, username="bench_bot", name="Bench", public_url="http://localhost", now=Clock().now
    )
    asking_people = range(crowd.FIRST_ADVOCATE, crowd.FIRST_ADVOCATE + askers)
    for number in (*audience.subjects(people), *asking_people):
        peer.add_person(number, f"Guest {number}").started = True
    peer.limits.enforce(per_second=per_second)
    # No platform stops to look through all it was ever sent: this one did, four times a broadcast, for up to 0.38 s.
    gc.disable()
    async with _serving(Starlette(routes=BotApi(peer).routes)) as facts:
        asking = cycle(asking_people)
        commands = {"report": lambda: _received(peer), "ask": lambda: _answered(peer, next(asking))}
        yield {**facts, "commands": commands}


async def _received(peer: TelegramPeer) -> Facts:
    """Say what has arrived at the audience, and what was refused."""
    counts = [len(person.messages) for person in peer.people.values() if person.user_id >= audience.FIRST_PERSON]
    assert not peer.unknown_parameters, peer.unknown_parameters
    return {"messages": sum(counts), "reached": sum(count > 0 for count in counts), **peer.limits.as_json()}


async def _answered(peer: TelegramPeer, asker: int) -> Facts:
    """Let somebody ask for their status, and say after how many seconds the answer was there."""
    while (await _last(peer, asker, 0.2)) is not None:
        pass  # what an earlier question was answered with
    began = perf_counter()
    peer.send_text(asker, "/status")
    answer = await _last(peer, asker, 30.0)
    return {"seconds": perf_counter() - began if answer else None}


async def _last(peer: TelegramPeer, asker: int, seconds: float) -> object:
    try:
        return await peer.next_message(asker, seconds)
    except TimeoutError:
        return None


@asynccontextmanager
async def listening(routes: Sequence[BaseRoute]) -> AsyncIterator[int]:
    """Serve these routes in this very process, and yield the port."""
    async with _serving(Starlette(routes=routes)) as facts:
        yield int(facts["port"])


@asynccontextmanager
async def _serving(application: ASGIApp, nursery: Nursery | None = None) -> AsyncIterator[Facts]:
    nursery = nursery or Nursery()
    listener = open_port(Settings(_env_file=None, port=0))
    web = Serving(application, listener, nursery)
    await web.start()
    try:
        yield {"port": int(listener.getsockname()[1])}
    finally:
        await web.stop()
        await nursery.stop()


KINDS: dict[str, Callable[..., AbstractAsyncContextManager[Facts]]] = {
    "service": service,
    "bare": bare,
    "one-insert": one_insert,
    "constant-bot": constant_bot,
    "bot-api": bot_api,
    "telegram": telegram,
}


async def serve(kind: str, options: dict[str, Any]) -> None:
    """Run a server, say where it listens, and tell the processor time it has used whenever asked."""
    async with KINDS[kind](**options) as facts:
        commands: dict[str, Callable[[], Awaitable[Facts]]] = facts.pop("commands", {})
        print(json.dumps(facts), flush=True)
        while asked := await asyncio.to_thread(sys.stdin.readline):
            command = commands.get(asked.strip())
            told = await command() if command else {}
            print(json.dumps({"cpu": process_time(), **told}), flush=True)


def quiet() -> None:
    """Log only what goes wrong, and not where the answers go."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def main() -> None:
    """Run one server until its input is closed."""
    quiet()
    uvloop.run(serve(sys.argv[1], json.loads(sys.argv[2])))


if __name__ == "__main__":
    main()
