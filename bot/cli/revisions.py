"""What the `program` commands ask of the database: what runs, what ran before, and to change it."""

from bot.cli.opening import opened, told
from bot.settings import Settings
from handlers.events import ProgramApplied, ProgramPaused
from handlers.outcome import Outcome
from storage.programs import Revision


async def running(settings: Settings) -> Revision | None:
    """Find the newest revision of the running program."""
    async with opened(settings) as database, database.reading() as store:
        return await store.programs.running()


async def is_paused(settings: Settings) -> bool:
    """Tell whether the running program takes nobody new for the time being."""
    async with opened(settings) as database, database.reading() as store:
        return await store.programs.is_paused()


async def history(settings: Settings) -> list[Revision]:
    """List every revision that was ever applied, the newest first."""
    async with opened(settings) as database, database.reading() as store:
        return await store.programs.history()


async def apply(settings: Settings, text: str) -> Outcome:
    """Make a text the running program's newest revision."""
    return await told(settings, ProgramApplied, text=text, zone=settings.timezone)


async def pause(settings: Settings, *, is_paused: bool) -> Outcome:
    """Pause the running program, or let it go on."""
    return await told(settings, ProgramPaused, is_paused=is_paused)
