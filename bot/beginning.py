"""What the database must hold before anybody is served: its program, its facts, and in the playground its people."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import demo
from bot.clock import Clock
from bot.dispatch import Dispatcher, fresh_draw
from bot.election import Election
from bot.playground.playground import TELEGRAM_TOKEN, Playground
from bot.program import program_text
from bot.settings import Settings
from bot.slack.manifest import manifest, plainly
from bot.wrong import WrongSetting
from handlers.choosing import QUIET_HOURS
from handlers.events import MemberAdded, ProgramApplied
from handlers.passing_on import TEAM_CHANNEL
from messages.catalog import Catalog, Reader
from referrals.identity import Identity
from referrals.program import Program
from referrals.program_file import preset, read_program
from storage.connect import Database

DEMO = "demo"
PLAYED_FACT = "playground-was-here"


async def keep_play_apart(database: Database, *, is_playground: bool) -> None:
    """Refuse to serve real customers from a database with demo people and a moved clock; raises WrongSetting."""
    if is_playground:
        async with database.transaction() as store:
            await store.due.keep_fact(PLAYED_FACT, "yes")
        return
    async with database.reading() as store:
        has_played = await store.due.fact(PLAYED_FACT) is not None
    if has_played:
        raise WrongSetting(
            "GRAPEVINE_DATABASE_URL",
            "The playground has used this database: its demo customers and its moved clock are in it.",
            "Choose another, such as sqlite:///data/shop.db, or delete this one.",
        )


def be_alone(election: Election) -> None:
    """Refuse a second playground on one SQLite file: the taps in its windows would never be answered."""
    if not election.is_free():
        raise WrongSetting(
            "GRAPEVINE_DATABASE_URL",
            "Another Grapevine runs on this database, and a playground shares it with nobody.",
            "Stop that one, or choose another file, such as sqlite:///data/second.db.",
        )


async def note_team_channel(database: Database, *, is_there: bool) -> None:
    """Remember whether a human of the team can be reached: without a channel nobody is promised one."""
    await _note(database, TEAM_CHANNEL, "yes" if is_there else "no")


async def note_quiet_hours(database: Database, hours: str) -> None:
    """Remember the house's quiet hours, so that people see in their settings what holds for them."""
    await _note(database, QUIET_HOURS, hours)


async def apply_program(
    database: Database, dispatcher: Dispatcher, settings: Settings, now: datetime, *, is_playground: bool
) -> None:
    """Apply the program that the settings name, if they name one; a playground where none runs plays the demo."""
    text = program_text(settings)
    if text is None and is_playground and await running_program(database) is None:
        text = preset(DEMO)
    if text is not None:
        await dispatcher.dispatch(ProgramApplied(at=now, draw=fresh_draw(), text=text, zone=settings.timezone))


async def running_program(database: Database) -> Program | None:
    """Return the program that runs, or nothing where none was ever applied."""
    async with database.reading() as store:
        found = await store.programs.running()
    return read_program(found.text, ZoneInfo(found.zone), found.number) if found else None


async def people_playground(
    database: Database, dispatcher: Dispatcher, program: Program, now: datetime, *, owner: Identity
) -> None:
    """Give a new playground its owner and a few customers with a history."""
    async with database.reading() as store:
        is_new = await store.customers.count() == 0
        has_team = bool(await store.team.everyone())
    if not has_team:
        await dispatcher.dispatch(MemberAdded(at=now, draw=fresh_draw(), member=owner, role="owner"))
    if is_new and program.id == DEMO:
        await demo.seed(dispatcher.dispatch, now)


def open_playground(
    settings: Settings,
    program: Program,
    *,
    clock: Clock,
    catalog: Catalog,
    move_clock: Callable[[timedelta], Awaitable[None]],
) -> Playground:
    """Build the pretend platforms, with the name of the program and the app that our manifest makes."""
    key = settings.api_key
    by_socket = settings.slack_app_token is not None
    return Playground(
        public_url=settings.own_url,
        token=TELEGRAM_TOKEN,
        bot_username="grapevine_demo_bot",
        bot_name=program.name,
        currency=program.currency,
        now=clock.now,
        move_clock=move_clock,
        api_key=key.get_secret_value() if key else "",
        slack_manifest=manifest(
            name="Grapevine",
            public_url=settings.own_url,
            socket_mode=by_socket,
            say=plainly(catalog, Reader(settings.language, settings.zone)),
        ),
        slack_socket_mode=by_socket,
    )


async def _note(database: Database, fact: str, value: str) -> None:
    async with database.reading() as store:
        known = await store.due.fact(fact)
    if known != value:
        async with database.transaction() as store:
            await store.due.keep_fact(fact, value)
