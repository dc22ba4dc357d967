"""`grapevine program …`: check a program file, apply it, and list the presets."""

import asyncio
from pathlib import Path

import typer

from bot.cli.starting import read_settings, told_in_words
from bot.clock import Clock
from bot.dispatch import Dispatcher, fresh_draw
from bot.settings import Settings
from handlers.events import ProgramApplied
from handlers.outcome import Outcome
from referrals.program_file import preset_names, read_program
from storage.connect import Database
from storage.migrate import migrate

commands = typer.Typer(help="Check, apply and list programs.", no_args_is_help=True)


@commands.command()
def check(file: Path) -> None:
    """Read a program file and say whether it can be used."""
    settings = read_settings()
    with told_in_words():
        program = read_program(_text(file), settings.zone)
    typer.echo(f"{file} is fine: {program.name}, {len(program.goals)} goal(s), in {program.currency}.")


@commands.command()
def apply(file: Path) -> None:
    """Make a program file the running program's newest revision."""
    settings = read_settings()
    with told_in_words():
        text = _text(file)
        read_program(text, settings.zone)
        reply = asyncio.run(_apply(settings, text)).reply
    word = "is running now" if reply["is_new"] else "was running already"
    typer.echo(f"Revision {reply['revision']} of {reply['program']} {word}.")


@commands.command()
def presets() -> None:
    """List the programs that ship with Grapevine."""
    for name in preset_names():
        typer.echo(name)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        typer.echo(f"{file} cannot be read as text.", err=True)
        raise typer.Exit(2) from None


async def _apply(settings: Settings, text: str) -> Outcome:
    database = Database(settings.database_url)
    try:
        await database.reach()
        await migrate(database)
        event = ProgramApplied(at=Clock().now(), draw=fresh_draw(), text=text, zone=settings.timezone)
        return await Dispatcher(database, lambda: None).dispatch(event)
    finally:
        await database.close()
