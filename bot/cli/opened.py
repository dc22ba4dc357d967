"""The database of this installation, opened for one command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.dispatch import Dispatcher
from bot.peace import peace_of
from bot.settings import Settings
from handlers.events import Event
from handlers.outcome import Outcome
from storage.connect import Database
from storage.migrate import migrate


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Open the database, brought up to date; raises Unreachable."""
    database = Database(settings.database_url)
    try:
        await database.reach()
        await migrate(database)
        yield database
    finally:
        await database.close()


async def told(settings: Settings, event: Event) -> Outcome:
    """Tell the service's handlers of one event, and return what comes of it."""
    async with opened(settings) as database:
        return await Dispatcher(database, lambda: None, peace_of(settings)).dispatch(event)
