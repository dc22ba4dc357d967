"""Opens the database for one command, and takes its events to their handlers."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import typer

from bot.cli.starting import complain
from bot.clock import Clock, recall_clock
from bot.dispatch import Dispatcher, fresh_draw
from bot.peace import peace_of
from bot.settings import Settings
from handlers.events import Event
from handlers.outcome import Outcome
from messages.catalog import Catalog, Reader
from messages.markup import Markup
from storage.connect import Database
from storage.migrate import migrate


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Reach and migrate the database, and close it again."""
    database = Database(settings.database_url)
    try:
        await database.reach()
        await migrate(database)
        yield database
    finally:
        await database.close()


async def house_clock(database: Database) -> Clock:
    """Return the clock that the service goes by, wherever the playground has moved it to."""
    clock = Clock()
    await recall_clock(database, clock)
    return clock


async def tell(database: Database, settings: Settings, kind: Callable[..., Event], /, **details: object) -> Outcome:
    """Dispatch an event of this kind, now; what must leave goes out from the running service."""
    event = kind(at=(await house_clock(database)).now(), draw=fresh_draw(), **details)
    return await Dispatcher(database, lambda: None, peace_of(settings)).dispatch(event)


async def told(settings: Settings, kind: Callable[..., Event], /, **details: object) -> Outcome:
    """Open the database for one event."""
    async with opened(settings) as database:
        return await tell(database, settings, kind, **details)


def end_if_refused(outcome: Outcome, settings: Settings) -> None:
    """Say why something was refused, and end the command."""
    if not outcome.refused:
        return
    reader = Reader(language="en", zone=settings.zone)
    catalog = Catalog.load()
    for message in outcome.answers:
        complain(catalog.text(message.key, message.values, reader, markup=Markup.PLAIN, address=str))
    raise typer.Exit(1)
