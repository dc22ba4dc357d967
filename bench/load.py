"""Asks a server on this machine the same things over many connections: a process of its own, JSON in and JSON out."""

import asyncio
import json
import re
import sys
from dataclasses import asdict, dataclass, field
from functools import partial
from time import perf_counter, process_time
from typing import cast

import uvloop

# Stands in a request for a number of twelve digits that no other request carries; its length is the digits' own.
NUMBER = b"@" * 12
_FIRST_NUMBER = 100_000_000_000
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_PATIENCE_SECONDS = 20.0  # for the answers under way when the time is over


@dataclass(frozen=True, kw_only=True)
class Job:
    """What to ask, of whom, how long, and how many answers are enough."""

    port: int
    requests: list[str]
    status: int
    connections: int
    seconds: float
    limit: int
    first: int = 0  # numbers count from here, so that a second job does not repeat those of the first


@dataclass(kw_only=True)
class Tally:
    """What came back: the answers as wanted, the others, and how long each took in milliseconds."""

    answers: int = 0
    others: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    p50: float = 0.0
    p99: float = 0.0


@dataclass(kw_only=True)
class Run:
    """What the connections of one job share."""

    job: Job
    end: float
    asked: int = 0
    others: int = 0
    times: list[float] = field(default_factory=list)

    def request(self) -> bytes | None:
        """Write the next request; nothing when it is enough."""
        if self.asked >= self.job.limit or perf_counter() >= self.end:
            return None
        text = self.job.requests[self.asked % len(self.job.requests)].encode()
        self.asked += 1
        return text.replace(NUMBER, b"%d" % (_FIRST_NUMBER + self.job.first + self.asked))


class Connection(asyncio.Protocol):
    """One connection that is kept alive and asks again as soon as it is answered."""

    def __init__(self, run: Run, ended: asyncio.Future[None]) -> None:
        self._run = run
        self._ended = ended
        self._buffer = b""
        self._asked_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own is no subclass of it
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Take a piece of an answer, and ask again once it is whole."""
        self._buffer += data
        head, blank, body = self._buffer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not blank or (length is not None and len(body) < int(length[1])):
            return
        self._run.times.append(perf_counter() - self._asked_at)
        self._run.others += int(head[9:12]) != self._run.job.status
        self._buffer = b""
        self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        """Let the job end; what was asked and not answered shows in the count."""
        if not self._ended.done():
            self._ended.set_result(None)

    def _ask(self) -> None:
        request = self._run.request()
        if request is None:
            self._transport.close()
            return
        self._asked_at = perf_counter()
        self._transport.write(request)


async def measure(job: Job) -> Tally:
    """Do one job and count what came back."""
    loop = asyncio.get_running_loop()
    began, cpu = perf_counter(), process_time()
    run = Run(job=job, end=began + job.seconds)
    ends = [loop.create_future() for _ in range(job.connections)]
    async with asyncio.timeout(job.seconds + _PATIENCE_SECONDS):
        for end in ends:
            await loop.create_connection(partial(Connection, run, end), "127.0.0.1", job.port)
        await asyncio.gather(*ends)
    times = sorted(run.times)
    return Tally(
        answers=len(times) - run.others,
        others=run.others + run.asked - len(times),
        seconds=perf_counter() - began,
        cpu=process_time() - cpu,
        p50=times[len(times) // 2] * 1000,
        p99=times[len(times) * 99 // 100] * 1000,
    )


def main() -> None:
    """Read jobs, one on each line, and answer each with a tally."""
    for line in sys.stdin:
        tally = uvloop.run(measure(Job(**json.loads(line))))
        print(json.dumps(asdict(tally)), flush=True)


if __name__ == "__main__":
    main()
