"""The servers of a benchmark, each in a process of its own: the whole service, or one of the floors beside it."""

import asyncio
import json
import logging
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from time import process_time
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
    return Settings(_env_file=None, port=0, program="demo", secret_key=SECRET_KEY, api_key=API_KEY, **given)


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
async def telegram(*, people: int, per_second: int, per_chat: int = 1) -> AsyncIterator[Facts]:
    """Run the playground's strict Bot API with limits over a sliding second, and so many people who have started."""
    peer = TelegramPeer(
        token=floors.TOKEN, username="bench_bot", name="Bench", public_url="http://localhost", now=Clock().now
    )
    for number in audience.subjects(people):
        peer.add_person(number, f"Guest {number}").started = True
    peer.limits.enforce(per_second=per_second, per_chat=per_chat)
    async with _serving(Starlette(routes=BotApi(peer).routes)) as facts:
        yield {**facts, "report": lambda: _received(peer)}


def _received(peer: TelegramPeer) -> Facts:
    """Say what has arrived: how many messages, how many of them in one chat at most, and how many were refused."""
    counts = [len(person.messages) for person in peer.people.values()]
    sent = [call for call in peer.calls if call.method.startswith("send")]
    return {
        "messages": sum(counts),
        "reached": sum(count > 0 for count in counts),
        "most": max(counts, default=0),
        "refused": peer.limits.refused,
        "calls": len(sent),
        "unknown": peer.unknown_parameters,
    }


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
        report: Callable[[], Facts] = facts.pop("report", dict)
        print(json.dumps(facts), flush=True)
        while asked := await asyncio.to_thread(sys.stdin.readline):
            told = report() if asked.strip() == "report" else {}
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
