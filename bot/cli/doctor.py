"""`grapevine doctor`: look at the settings, the database, the program and Telegram, and name what is wrong."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import typer

from bot.cli.starting import complain, read_settings, told_in_words
from bot.program import program_text
from bot.secret_key import secret_key
from bot.settings import Settings
from storage.connect import Database
from storage.errors import Unreachable
from storage.migrate import is_migrated

Check = Callable[[Settings], Awaitable[str | None]]
_TELEGRAM_SECONDS = 10


def doctor() -> None:
    """Check everything that can be checked from here; ends with status 1 when something is wrong."""
    settings = read_settings()
    with told_in_words():
        secret_key(settings)
        program_text(settings, is_playground=not settings.has_chat)
    is_well = asyncio.run(_examine(settings))
    raise typer.Exit(0 if is_well else 1)


async def _examine(settings: Settings) -> bool:
    is_well = True
    for name, check in (("Database", _database), ("Pages", _pages), ("API", _api), ("Telegram", _telegram)):
        wrong = await check(settings)
        typer.echo(f"{name}: {'fine' if wrong is None else wrong}")
        is_well = is_well and (wrong is None or wrong.startswith("note:"))
    if not is_well:
        complain("Something above needs your attention.")
    return is_well


async def _database(settings: Settings) -> str | None:
    database = Database(settings.database_url)
    try:
        await database.reach()
        if not await is_migrated(database):
            return "note: it is not up to date yet; the next start migrates it"
    except Unreachable as error:
        return f"cannot be reached ({error}). Is it running, and is GRAPEVINE_DATABASE_URL right?"
    finally:
        await database.close()
    return None


async def _pages(settings: Settings) -> str | None:
    if settings.is_public:
        return None
    return (
        "note: GRAPEVINE_PUBLIC_URL is not a public https address, so share links lead straight to the bot, and the "
        "landing page and QR addresses work on this machine only"
    )


async def _api(settings: Settings) -> str | None:
    if settings.api_key is None and settings.has_chat:
        return "note: GRAPEVINE_API_KEY is not set, so shops cannot report purchases and tills cannot redeem vouchers"
    return None


async def _telegram(settings: Settings) -> str | None:
    if settings.telegram_token is None:
        return "note: no GRAPEVINE_TELEGRAM_TOKEN, so the playground runs instead"
    if settings.telegram_mode == "webhook" and not settings.is_public:
        return "webhook mode needs a public https GRAPEVINE_PUBLIC_URL; or choose GRAPEVINE_TELEGRAM_MODE=polling"
    address = f"{settings.telegram_api_url}/bot{settings.telegram_token.get_secret_value()}/getMe"
    try:
        timeout = aiohttp.ClientTimeout(total=_TELEGRAM_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            told = await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return "cannot be reached from here; is this machine online?"
    if not told.get("ok"):
        return "the token is refused; copy it again from @BotFather into GRAPEVINE_TELEGRAM_TOKEN"
    return None
