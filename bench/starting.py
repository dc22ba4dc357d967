"""From the command to the first ready answer, beside what its largest libraries take to import."""

import compileall
import socket
import subprocess
import sys
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bench import databases
from bench.processes import ROOT, clean_environment
from bench.report import Section, Table
from bench.rounds import ratio

_FLOOR = "import telegram, sqlalchemy, uvicorn, starlette.applications"
# The least that could speak with both platforms: their own applications, built, with a handler each and nothing else.
_BARE = """
import asyncio, sys
from slack_bolt.async_app import AsyncApp
from telegram.ext import Application, CommandHandler

async def nothing(*_): pass

async def main():
    slack = AsyncApp(token="xoxb-1", signing_secret="secret")
    slack.command("/x")(nothing)
    telegram = Application.builder().token("1:x").updater(None).job_queue(None).build()
    telegram.add_handler(CommandHandler("x", nothing))
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)

asyncio.run(main())
"""
_PACKAGES = ("bot", "handlers", "messages", "referrals", "storage")
_PATIENCE_SECONDS = 30
_SETTLED_SECONDS = 0.5  # until the bot's menu is set and the demo's notices are through
_HOW = (
    "`python -m bot run` on a SQLite file that exists already, playground and demo customers included, compiled as "
    "`make` and pip leave it, until "
    f'`/readyz` answers 200; the floor is `python -c "{_FLOOR}"` in the same round. Memory is the resident size of the '
    "idle service, and beside it that of a process with nothing but python-telegram-bot and Bolt, built and waiting. "
    "Seconds are absolute: they belong to this machine on that day."
)


def run(rounds: int) -> Section:
    """Start the service again and again on the same file."""
    # The libraries have their bytecode from pip; ours is not written where PYTHONDONTWRITEBYTECODE is set.
    for package in _PACKAGES:
        assert compileall.compile_dir(ROOT / package, quiet=1)
    with databases.folder() as place:
        first, _ = _start(place)
        floors, starts, sizes, bare_sizes = [], [], [], []
        for _ in range(rounds):
            floors.append(_floor())
            bare_sizes.append(_bare())
            seconds, size = _start(place)
            starts.append(seconds)
            sizes.append(size)
    rows = [
        ["the imports alone", _spread(floors), "1.00", ""],
        ["PTB and Bolt, idle", "", "", f"{median(bare_sizes) / 1024:.0f}"],
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
        return seconds, _resident(process.pid)


def _bare() -> int:
    """Return the kilobytes that a process holds in which PTB and Bolt wait for something to do."""
    with subprocess.Popen(
        [sys.executable, "-c", _BARE], env=clean_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        size = _resident(process.pid)
        process.stdin.close()
    return size


def _resident(process: int) -> int:
    size = subprocess.run(["/bin/ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=True)
    return int(size.stdout)


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
