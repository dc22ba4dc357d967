"""`grapevine migrate`: bring the database up to date without starting the service."""

import asyncio

import typer

from bot.cli.starting import read_settings, told_in_words
from storage.connect import Database
from storage.migrate import head, migrate


def run_migrations() -> None:
    """Apply every migration the database has not seen."""
    settings = read_settings()
    with told_in_words():
        asyncio.run(_migrate(settings.database_url))
    typer.echo(f"The database is up to date (schema {head()}).")


async def _migrate(url: str) -> None:
    database = Database(url)
    try:
        await database.reach()
        await migrate(database)
    finally:
        await database.close()
