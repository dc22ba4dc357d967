"""Workers, or whole services, in processes of their own: started, killed and started again while they send."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

from bench.servers import quiet, settings
from bot import election
from bot.app import running
from bot.outbox import claiming, lanes

# What a dead worker held is taken over after this; in life it is a minute. With thousands of notices on two starved
# cores a transaction may wait for seconds: with 4 s, living workers were taken for dead, and 13,332 rewards came twice.
LEASE, LONG_LEASE = timedelta(seconds=4), timedelta(seconds=20)
_PATIENCE_SECONDS = 30.0
# The modules are read once; each worker is a fork of the process that has them.
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["bench.soak.workers"])


class Crew:
    """Some workers over one database and one Telegram."""

    def __init__(self, *, lease: timedelta = LEASE, roles: str = "worker", **given: Any) -> None:
        self._given = {**given, "roles": roles}
        self._lease = lease
        self._workers: list[Any] = []
        self.deaths = 0

    async def start(self, workers: int) -> None:
        """Start so many workers at once, and wait until each of them runs."""
        await asyncio.gather(*(self._start() for _ in range(workers)))

    async def kill(self, place: int) -> None:
        """End a worker between any two of its instructions, and start another in its stead."""
        await self.lose(place % len(self._workers))
        await self._start()

    async def lose(self, place: int) -> None:
        """End a worker between any two of its instructions; nobody follows it."""
        worker = self._workers.pop(place)
        worker.kill()
        await asyncio.to_thread(worker.join, _PATIENCE_SECONDS)
        assert worker.exitcode == -signal.SIGKILL, worker.exitcode
        self.deaths += 1

    async def stop(self) -> None:
        """End them all without a word."""
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            await asyncio.to_thread(worker.join, _PATIENCE_SECONDS)

    async def _start(self) -> None:
        here, there = _context.Pipe(duplex=False)
        worker = _context.Process(target=live, args=(self._given, self._lease, there))
        await asyncio.to_thread(worker.start)
        there.close()
        self._workers.append(worker)
        await asyncio.to_thread(_is_up, here)


def live(given: dict[str, Any], lease: timedelta, told: Connection) -> None:
    """Run one worker until it is killed."""
    quiet()
    claiming.LEASE = election.LEASE = lease
    lanes.IDLE_SECONDS = 0.1
    asyncio.run(_serve(given, told))


async def _serve(given: dict[str, Any], told: Connection) -> None:
    async with running(settings(**given)):
        told.send("up")
        # Whoever started us may be killed, too, and nobody else would end us.
        parent = os.getppid()
        while os.getppid() == parent:  # noqa: ASYNC110 - the system tells nobody of it
            await asyncio.sleep(1)


def _is_up(told: Connection) -> None:
    if not told.poll(_PATIENCE_SECONDS):
        raise TimeoutError("A worker did not start.")
    told.recv()
    told.close()
