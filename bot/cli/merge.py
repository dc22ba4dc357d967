"""`grapevine customers …`: part two customer records that were joined by mistake."""

import asyncio

import typer

from bot.cli.opening import opened, told
from bot.cli.starting import read_settings, told_in_words
from bot.settings import Settings
from handlers.events import MergeUndone

commands = typer.Typer(help="Look after customer records.", no_args_is_help=True)


@commands.command()
def part(merge: str) -> None:
    """Undo a merge, named by its id (mrg_…)."""
    settings = read_settings()
    with told_in_words():
        outcome = asyncio.run(told(settings, MergeUndone, merge=merge))
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
    if not lines:
        typer.echo("No two records were ever joined.", err=True)


async def _list(settings: Settings) -> list[str]:
    async with opened(settings) as database, database.reading() as store:
        found = await store.merges.newest(100)
    return [f"{merge.id}  {merge.kept_id} + {merge.merged_id}  {merge.way}  {merge.state}" for merge in found]
