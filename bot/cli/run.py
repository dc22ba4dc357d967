"""`grapevine run`: start the service and keep it running until told to stop."""

import asyncio
import signal
from collections.abc import Callable
from typing import Annotated

import typer
import uvloop

from bot import logs, memory
from bot.app import App, running
from bot.cli.owner import settle_owner
from bot.cli.starting import read_settings, told_in_words
from bot.settings import Settings


def run(*, verbose: Annotated[bool, typer.Option("--verbose", help="Log every event.")] = False) -> None:
    """Start the service; the last line printed is the address to open."""
    settings = read_settings()
    logs.configure(verbose=verbose, in_playground=not settings.has_chat)
    with told_in_words():
        settle_owner(settings)
        uvloop.run(_run(settings))


async def _run(settings: Settings) -> None:
    told_to_stop = asyncio.Event()
    this = asyncio.current_task()
    assert this is not None, "a coroutine that runs is in a task"  # noqa: S101 - states what asyncio guarantees

    def leave() -> None:
        # Once: cancelling a second time would end the stopping, and leave open what it closes.
        _on_signal(lambda: None)
        this.cancel()

    # Starting waits for Telegram however long it cannot be reached, and must end when it is told to.
    _on_signal(leave)
    try:
        async with running(settings) as app:
            _on_signal(told_to_stop.set)
            memory.settle()
            if app.playground is None and not await app.has_program():
                typer.echo("No program is running yet: set GRAPEVINE_PROGRAM to a program file, or to demo.")
            typer.echo(_greeting(app))
            await told_to_stop.wait()
            typer.echo("Stopping…", err=True)
    except asyncio.CancelledError:
        typer.echo("Stopped before it had started.", err=True)


def _on_signal(do: Callable[[], object]) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, do)


def _greeting(app: App) -> str:
    if app.playground is not None:
        return f"Grapevine's playground is open. Stop it with Ctrl+C.\n{app.url}"
    chats = []
    if app.telegram is not None:
        chats.append(f"the bot is https://t.me/{app.telegram.username}")
    if app.slack is not None:
        # Its address needs the app's id, which Slack tells only to an app that may look at people.
        chats.append(f"the Slack app is {app.slack.app_home}" if app.slack.app_home else "Slack is connected")
    return f"Grapevine is running; {' and '.join(chats)}\n{app.url}"
