"""Runs our commands as a person does, in a process of their own, before a pretend Slack served on loopback."""

from __future__ import annotations

import asyncio
import os
import pty
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from starlette.routing import Mount

from bot.clock import Clock
from bot.playground.slack.peer import APP_TOKEN, BOT_TOKEN, SlackPeer
from bot.settings import Settings
from bot.slack.manifest import manifest, plainly
from messages.catalog import Catalog, Reader
from tests.architecture.sources import ROOT
from tests.bot.playground.house import Server
from tests.forks import command, context

# Two cores that also run a PostgreSQL took 9 s for one answer.
PATIENCE = 60.0


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Slack:
    """A workspace, and the settings that lead to it."""

    peer: SlackPeer
    environment: dict[str, str]

    @property
    def settings(self) -> Settings:
        """Read the settings as a command does."""
        names = {name.removeprefix("GRAPEVINE_").lower(): value for name, value in self.environment.items()}
        return Settings(_env_file=None, **names)  # type: ignore[arg-type]  # read from text, as the environment is

    def with_settings(self, **changed: str | None) -> Slack:
        """Change settings, or take them away."""
        wanted = {f"GRAPEVINE_{name.upper()}": value for name, value in changed.items()}
        kept = {**self.environment, **wanted}
        return Slack(self.peer, {name: value for name, value in kept.items() if value is not None})

    async def run(self, *words: str) -> Said:
        """Run `grapevine …` to its end; nobody is there to answer it."""
        said = await grapevine(self.folder, *words, **self.environment)
        for token in (BOT_TOKEN, APP_TOKEN):
            assert token not in said.out + said.err
        return said

    @property
    def folder(self) -> Path:
        """Where the command runs; no `.env` lies there."""
        return Path(self.environment["GRAPEVINE_DATABASE_URL"].partition(":///")[2]).parent


def whole_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with these settings and none of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GRAPEVINE_")}
    return {**clean, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200", **settings}


async def grapevine(folder: Path, *words: str, **settings: str) -> Said:
    """Run `grapevine …` in a folder without `.env`, to its end."""
    with tempfile.TemporaryDirectory() as streams:
        out, err = Path(streams, "out"), Path(streams, "err")
        process = _start(folder, words, settings, (os.devnull, str(out), str(err)))
        await _ends(process)
        said = Said(process.exitcode or 0, *(await asyncio.to_thread(_read, out, err)))
    assert "Traceback" not in said.err, said.err
    return said


async def at_terminal(folder: Path, words: list[str], talk: list[tuple[str, str]], **settings: str) -> str:
    """Run `grapevine …` at a terminal, answer what it asks, and return what stood there."""
    ours, theirs = pty.openpty()
    process = _start(folder, tuple(words), settings, (os.ttyname(theirs),) * 3)
    answering = asyncio.create_task(_talk(ours, talk))  # noqa: TID251 - ended below
    try:
        await _ends(process)
    finally:
        os.close(theirs)  # until then the other end is open, and what is read there has no end
        shown = await answering
        os.close(ours)
    return shown


def _start(folder: Path, words: tuple[str, ...], settings: Mapping[str, str], streams: tuple[str, str, str]) -> Any:
    process = context.Process(target=command, args=(words, folder, whole_environment(settings), streams))
    process.start()
    return process


def _read(*files: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in files]


async def _ends(process: Any) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            while process.is_alive():
                await asyncio.to_thread(process.join, 1)
    finally:
        process.kill()


async def _talk(terminal: int, talk: list[tuple[str, str]]) -> str:
    shown, answered = "", 0
    waiting = list(talk)
    while True:
        try:
            piece = await asyncio.to_thread(os.read, terminal, 4096)
        except OSError:  # how Linux says that the other end is closed
            return shown
        if not piece:
            return shown
        shown += piece.decode()
        if waiting and waiting[0][0] in shown[answered:]:
            answered = len(shown)
            os.write(terminal, f"{waiting.pop(0)[1]}\n".encode())


@asynccontextmanager
async def slack(folder: Path, **scopes: Any) -> AsyncIterator[Slack]:
    """Serve a workspace; `without` names scopes that an older manifest did not ask for."""
    server = Server()
    made = manifest(
        name="Grapevine",
        public_url=None,
        socket_mode=True,
        say=plainly(Catalog.load(), Reader(language="en", zone=ZoneInfo("UTC"))),
    )
    asked = made["oauth_config"]["scopes"]
    asked["bot"] = [scope for scope in asked["bot"] if scope not in scopes.get("without", ())]
    clock = Clock()
    peer = SlackPeer(
        public_url=server.url,
        events_url=f"{server.url}/slack/events",
        manifest=made,
        now=clock.now,
        socket_mode=True,
    )
    await server.start([Mount("/playground/slack", routes=peer.routes)])
    try:
        yield Slack(
            peer,
            {
                "GRAPEVINE_DATABASE_URL": f"sqlite:///{folder}/grapevine.db",
                "GRAPEVINE_PORT": "0",
                "GRAPEVINE_PROGRAM": "demo",
                "GRAPEVINE_SLACK_API_URL": f"{server.url}/playground/slack/api",
                "GRAPEVINE_SLACK_BOT_TOKEN": BOT_TOKEN,
                "GRAPEVINE_SLACK_APP_TOKEN": APP_TOKEN,
            },
        )
    finally:
        peer.close()
        await server.stop()
    assert peer.unknown_parameters == []
