"""Starts the processes of a benchmark, and talks with them line by line."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.load import Job, Tally

ROOT = Path(__file__).parents[1]
_STOP_SECONDS = 15


class Process:
    """A process that answers each line we write with one line of JSON."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT, env=clean_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, line: str) -> Any:
        """Write a line and read the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self.hear()

    def hear(self) -> Any:
        """Read one line of JSON."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"A process of the benchmark ended by itself ({self._process.wait()}).")
        return json.loads(line)

    def kill(self) -> None:
        """End it between any two of its instructions."""
        self._process.kill()

    def stop(self) -> None:
        """Close its input, which ends it."""
        with self._process as process:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


class Server(Process):
    """A server in a process of its own."""

    def __init__(self, kind: str, **options: Any) -> None:
        super().__init__("bench.servers", kind, json.dumps(options))
        self.facts: dict[str, Any] = self.hear()
        self.port = int(self.facts["port"])

    def cpu(self) -> float:
        """Ask how many seconds of a processor it has used."""
        return float(self.ask("cpu")["cpu"])


class Load(Process):
    """The one who asks, in a process of its own."""

    def __init__(self) -> None:
        super().__init__("bench.load")

    def measure(self, job: Job) -> Tally:
        """Do one job."""
        return Tally(**self.ask(json.dumps(asdict(job))))


@contextmanager
def serving(kind: str, **options: Any) -> Iterator[Server]:
    """Run a server for as long as the block lasts."""
    server = Server(kind, **options)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def loading() -> Iterator[Load]:
    """Run a load generator for as long as the block lasts."""
    load = Load()
    try:
        yield load
    finally:
        load.stop()


def clean_environment() -> dict[str, str]:
    """Keep the settings of whoever runs the benchmark out of what is measured."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GRAPEVINE_")}
