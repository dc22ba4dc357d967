"""What the `program` commands ask of the database: what runs, what ran before, and to change it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import Clock
from bot.dispatch import Dispatcher, fresh_draw
from bot.settings import Settings
from handlers.events import ProgramApplied, ProgramPaused
from handlers.outcome import Outcome
from storage.connect import Database
from storage.migrate import migrate
from storage.programs import Revision


async def running(settings: Settings) -> Revision | None:
    """Find the newest revision of the running program."""
    async with _opened(settings) as database, database.reading() as store:
        return await store.programs.running()


async def is_paused(settings: Settings) -> bool:
    """Tell whether the running program takes nobody new for the time being."""
    async with _opened(settings) as database, database.reading() as store:
        return await store.programs.is_paused()


async def history(settings: Settings) -> list[Revision]:
    """List every revision that was ever applied, the newest first."""
    async with _opened(settings) as database, database.reading() as store:
        return await store.programs.history()


async def apply(settings: Settings, text: str) -> Outcome:
    """Make a text the running program's newest revision."""
    async with _opened(settings) as database:
        event = ProgramApplied(at=Clock().now(), draw=fresh_draw(), text=text, zone=settings.timezone)
        return await Dispatcher(database, lambda: None).dispatch(event)


async def pause(settings: Settings, *, is_paused: bool) -> Outcome:
    """Pause the running program, or let it go on."""
    async with _opened(settings) as database:
        event = ProgramPaused(at=Clock().now(), draw=fresh_draw(), is_paused=is_paused)
        return await Dispatcher(database, lambda: None).dispatch(event)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url)
    try:
        await database.reach()
        await migrate(database)
        yield database
    finally:
        await database.close()
