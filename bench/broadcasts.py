"""Broadcasts against a Bot API that enforces Telegram's limits over a sliding second, in a process of its own."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter, sleep
from typing import Any

from bench import databases
from bench.floors import TOKEN
from bench.processes import Server, serving
from bench.report import Section, Table
from bot.clock import Clock
from storage.connect import Database
from storage.migrate import migrate
from tests import audience

_QUICK, _FREE = 1000, 30
_ASKERS = 64
# Every quarter of a second or so, for somebody listens first whether all is quiet.
_ASKED = 80
# What is still on its way must not be in the next figure; and a broadcast this much slower has failed anyway.
_PATIENCE = 3.0
_HOW = (
    "A campaign of the same words waits in the outbox for all recipients; the worker claims, looks at, sends and "
    "settles each. The seconds are the platform's: from the first message it accepts to the last, against the ideal of "
    "exactly as many a second as it allows. It is the playground's strict Bot API in another process, one message per "
    "second and chat and so many over all chats in any second; the machine is shared by both."
)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What the platform counted of one broadcast."""

    people: int
    per_second: int
    seconds: float
    refused: int
    doubled: int
    cpu: float  # microseconds of the service for each message

    def row(self, kind: str) -> list[str]:
        """Write it as a row."""
        ideal = (self.people - 1) / self.per_second
        ratio = f"{self.seconds / ideal:.3f}" if self.seconds else "not finished"
        words = (f"{self.people:,} at {self.per_second:,} a second", kind, f"{self.seconds:.2f} s", ratio)
        return [*words, str(self.refused), str(self.doubled), f"{self.cpu:.0f} µs"]


def run(_: int) -> Section:
    """Measure both limits, each once, for at the free one a broadcast takes 100 seconds; and the answers meanwhile."""
    rows = [
        _broadcast(3000, _FREE, databases.sqlite).row("SQLite"),
        _broadcast(30_000, _QUICK, databases.sqlite).row("SQLite"),
        _broadcast(30_000, _QUICK, lambda: databases.postgresql("broadcasts")).row("PostgreSQL"),
    ]
    headings = ("", "database", "took", "of the ideal", "429", "twice", "CPU a message")
    answers = [_answers(3000, _FREE), _answers(30_000, _QUICK)]
    meanwhile = ("/status in between", "quiet: p50", "p95", "broadcast: p50", "p95", "p95, of the quiet one's")
    return Section(title="Broadcasts", how=_HOW, parts=[Table(headings, rows), Table(meanwhile, answers)])


def _broadcast(people: int, per_second: int, opened: Callable[[], AbstractContextManager[str]]) -> Sent:
    with _waiting(people, per_second, opened, roles=["worker"]) as (url, telegram, service):
        cpu = service.cpu()
        asyncio.run(_release(url))
        counted = _finished(telegram, people, per_second)
        return Sent(
            people=people,
            per_second=per_second,
            seconds=counted["seconds"] if counted["reached"] == people else 0.0,
            refused=counted["refused"],
            doubled=counted["messages"] - counted["reached"],
            cpu=(service.cpu() - cpu) / people * 1_000_000,
        )


def _answers(people: int, per_second: int) -> list[str]:
    with _waiting(people, per_second, databases.sqlite, roles=["web", "chat", "worker"]) as (url, telegram, _):
        quiet = [_asked(telegram) for _ in range(_ASKED)]
        asyncio.run(_release(url))
        sleep(1)
        busy = [_asked(telegram) for _ in range(_ASKED)]
        # Every question was asked before the broadcast was over.
        assert telegram.ask("report")["reached"] < people
    p50, p95 = _percentiles(quiet)
    busy_p50, busy_p95 = _percentiles(busy)
    figures = [f"{figure * 1000:.1f} ms" for figure in (p50, p95, busy_p50, busy_p95)]
    return [f"at {per_second:,} a second", *figures, f"{busy_p95 / p95:.2f}"]


@contextmanager
def _waiting(
    people: int, per_second: int, opened: Callable[[], AbstractContextManager[str]], *, roles: list[str]
) -> Iterator[tuple[str, Server, Server]]:
    with ExitStack() as stack:
        url = stack.enter_context(opened())
        asyncio.run(_plan(url, people))
        telegram = stack.enter_context(serving("telegram", people=people, askers=_ASKERS, per_second=per_second))
        service = stack.enter_context(
            serving(
                "service",
                advocates=_ASKERS if "web" in roles else 0,
                database_url=url,
                telegram_token=TOKEN,
                telegram_api_url=f"http://127.0.0.1:{telegram.port}",
                telegram_per_second=per_second,
                roles=roles,
            )
        )
        sleep(2)  # what is done once at the start: the menu, the first beat of the clock
        yield url, telegram, service


def _finished(telegram: Server, people: int, per_second: int) -> dict[str, Any]:
    """Wait until everybody was reached, or too long."""
    latest = perf_counter() + _PATIENCE * people / per_second + 10
    while (counted := telegram.ask("report"))["reached"] < people and perf_counter() < latest:
        sleep(0.5)
    return dict(counted)


def _asked(telegram: Server) -> float:
    """Let somebody ask, and return how many seconds their answer took."""
    return float(telegram.ask("ask")["seconds"])


def _percentiles(seconds: list[float]) -> tuple[float, float]:
    cuts = quantiles(seconds, n=20, method="inclusive")
    return cuts[9], cuts[18]


async def _plan(url: str, people: int) -> None:
    database, now = Database(url), Clock().now()
    await database.reach()
    await migrate(database)
    await audience.gather(database, people, at=now)
    await audience.queue_offer(database, people, at=now)
    await database.close()


async def _release(url: str) -> None:
    database = Database(url)
    await audience.release(database)
    await database.close()
