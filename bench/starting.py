"""From the command to the first ready answer, beside what its largest libraries take to import."""

import socket
import subprocess
import sys
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bench import databases
from bench.processes import clean_environment
from bench.report import Section, Table
from bench.rounds import ratio

_FLOOR = "import telegram, sqlalchemy, uvicorn, starlette.applications"
_PATIENCE_SECONDS = 30
_SETTLED_SECONDS = 0.5  # until the bot's menu is set and the demo's notices are through
_HOW = (
    "`python -m bot run` on a SQLite file that exists already, playground and demo customers included, until "
    f'`/readyz` answers 200; the floor is `python -c "{_FLOOR}"` in the same round. Memory is the resident size of the '
    "idle service. Seconds are absolute: they belong to this machine on that day."
)


def run(rounds: int) -> Section:
    """Start the service again and again on the same file."""
    with databases.folder() as place:
        first, _ = _start(place)
        floors, starts, sizes = [], [], []
        for _ in range(rounds):
            floors.append(_floor())
            seconds, size = _start(place)
            starts.append(seconds)
            sizes.append(size)
    rows = [
        ["the imports alone", _spread(floors), "1.00", ""],
        ["start to ready", _spread(starts), f"{ratio(starts, floors):.2f}", f"{median(sizes) / 1024:.0f}"],
    ]
    table = Table(["", "seconds (min–max)", "× floor", "memory, MB"], rows)
    return Section(
        title="Start", how=_HOW, parts=[table, f"The very first start, which makes the database: {first:.2f} s."]
    )


def _start(place: Path) -> tuple[float, int]:
    """Return the seconds until ready, and the kilobytes held soon after."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = clean_environment() | {
        "GRAPEVINE_PORT": str(port),
        "GRAPEVINE_DATABASE_URL": f"sqlite:///{place / 'grapevine.db'}",
    }
    with ExitStack() as stack:
        began = perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=place, env=environment, stdout=subprocess.DEVNULL
        )
        stack.callback(process.wait, _PATIENCE_SECONDS)
        stack.callback(process.terminate)
        while not _is_ready(port):
            if process.poll() is not None or perf_counter() - began > _PATIENCE_SECONDS:
                raise RuntimeError("The service did not become ready.")
            sleep(0.005)
        seconds = perf_counter() - began
        sleep(_SETTLED_SECONDS)
        size = subprocess.run(
            ["/bin/ps", "-o", "rss=", "-p", str(process.pid)], capture_output=True, text=True, check=True
        )
        return seconds, int(size.stdout)


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _floor() -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-c", _FLOOR], env=clean_environment(), check=True)
    return perf_counter() - began


def _spread(times: list[float]) -> str:
    return f"{median(times):.2f} ({min(times):.2f}–{max(times):.2f})"
