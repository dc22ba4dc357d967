"""Stopping: the service ends soon when it is told to, also while it still waits for Telegram."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

# Nobody listens there, so the start waits for Telegram for ever.
NOWHERE = "http://127.0.0.1:1"


@pytest.mark.parametrize("numbers", [[signal.SIGINT], [signal.SIGTERM], [signal.SIGINT, signal.SIGTERM, signal.SIGINT]])
async def test_it_stops_while_it_waits_for_telegram(tmp_path: Path, numbers: list[signal.Signals]) -> None:
    settings = {
        "GRAPEVINE_DATABASE_URL": f"sqlite:///{tmp_path}/grapevine.db",
        "GRAPEVINE_PORT": "0",
        "GRAPEVINE_TELEGRAM_TOKEN": "1000:nobody",
        "GRAPEVINE_TELEGRAM_API_URL": NOWHERE,
        "PYTHONPATH": str(ROOT),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=tmp_path,
        env={**os.environ, **settings},
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    async with asyncio.timeout(60):
        while b"telegram.unreachable" not in (line := await process.stderr.readline()):
            assert line, "It ended by itself."
        for number in numbers:
            process.send_signal(number)
        rest = await process.stderr.read()
        assert await process.wait() == 0
    assert b"Traceback" not in rest


async def test_ctrl_c_while_python_still_reads_our_code_says_nothing(tmp_path: Path) -> None:
    # Stands in for uvloop, and is found first: whoever reads it presses Ctrl+C.
    (tmp_path / "uvloop.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(60):
        _, said = await process.communicate()
    assert (process.returncode, said) == (-signal.SIGINT, b"")
