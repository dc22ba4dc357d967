"""`grapevine customers …`: part two customer records that were joined by mistake."""

import asyncio

import typer

from bot.cli.starting import read_settings, told_in_words
from bot.clock import Clock
from bot.dispatch import Dispatcher, fresh_draw
from bot.settings import Settings
from handlers.events import MergeUndone
from handlers.outcome import Outcome
from storage.connect import Database
from storage.migrate import migrate

commands = typer.Typer(help="Look after customer records.", no_args_is_help=True)


@commands.command()
def part(merge: str) -> None:
    """Undo a merge, named by its id (mrg_…)."""
    settings = read_settings()
    with told_in_words():
        outcome = asyncio.run(_part(settings, merge))
    if outcome.refused:
        typer.echo("There is no merge with this id that could be undone.", err=True)
        raise typer.Exit(1)
    typer.echo(f"Parted: {outcome.reply['kept']} and {outcome.reply['parted']}.")


@commands.command()
def merges() -> None:
    """List the merges, newest first."""
    settings = read_settings()
    with told_in_words():
        lines = asyncio.run(_list(settings))
    for line in lines:
        typer.echo(line)


async def _part(settings: Settings, merge: str) -> Outcome:
    database = Database(settings.database_url)
    try:
        await database.reach()
        await migrate(database)
        event = MergeUndone(at=Clock().now(), draw=fresh_draw(), merge=merge)
        return await Dispatcher(database, lambda: None).dispatch(event)
    finally:
        await database.close()


async def _list(settings: Settings) -> list[str]:
    database = Database(settings.database_url)
    try:
        await database.reach()
        await migrate(database)
        async with database.reading() as store:
            found = await store.merges.newest(100)
        return [f"{merge.id}  {merge.kept_id} + {merge.merged_id}  {merge.way}  {merge.state}" for merge in found]
    finally:
        await database.close()
