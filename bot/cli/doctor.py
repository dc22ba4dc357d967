"""`grapevine doctor`: look at the settings, the database, the program, Telegram and Slack, and name what is wrong."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from difflib import get_close_matches
from http import HTTPStatus
from pathlib import Path

import aiohttp
import typer
from pydantic import SecretStr

from bot.cli.handing_over import examine_handing_over
from bot.cli.slack_check import examine_slack
from bot.cli.starting import complain, read_settings, told_in_words, too_new, unreached
from bot.cli.workers import examine_workers
from bot.listening import open_port
from bot.program import program_text
from bot.secret_key import secret_key
from bot.settings import Settings
from bot.settled import check
from bot.wrong import WrongSetting
from messages.catalog import Catalog
from messages.stories import BrokenTexts
from storage.connect import Database
from storage.errors import TooNew, Unreachable
from storage.migrate import is_migrated, refuse_newer

_TELEGRAM_SECONDS = 10
# Whoever has the API's key reports purchases and redeems vouchers; the secret one keeps visitors' addresses unread.
_SHORTEST_KEY = 16
_ASSIGNED = re.compile(r"^\s*(?:export\s+)?(GRAPEVINE_\w+)\s*=", re.MULTILINE | re.IGNORECASE)
# How Telegram says that it knows no such token.
_REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def doctor() -> None:
    """Check everything that can be checked from here; ends with status 1 when something is wrong."""
    settings = read_settings()
    with told_in_words():
        secret_key(settings)
        program_text(settings)
    is_well = asyncio.run(_examine(settings))
    raise typer.Exit(0 if is_well else 1)


async def _examine(settings: Settings) -> bool:
    is_well = True
    async for name, wrong in _findings(settings):
        typer.echo(f"{name}: {'fine' if wrong is None else wrong}")
        is_well = is_well and (wrong is None or wrong.startswith("note:"))
    if not is_well:
        complain("Something above needs your attention.")
    return is_well


async def _findings(settings: Settings) -> AsyncIterator[tuple[str, str | None]]:
    yield "Settings", _together(settings)
    yield "Texts", _texts()
    for name, look in _LOOKS.items():
        yield name, await look(settings)
    yield "Telegram", await examine_telegram(settings)
    async for found in examine_slack(settings):
        yield found


def _together(settings: Settings) -> str | None:
    """Look for settings that are right one by one and wrong together."""
    try:
        check(settings, Catalog.load().languages)
    except WrongSetting as wrong:
        return f"{wrong.name}: {wrong.matter} {wrong.remedy}"
    unknown = unknown_settings()
    if settings.has_chat or settings.is_of_this_machine:
        return unknown
    waits = "GRAPEVINE_PUBLIC_URL waits for the token of a bot: the playground stays on this machine"
    return f"{unknown}; {waits}" if unknown else f"note: {waits}"


def unknown_settings() -> str | None:
    """Name what looks like a setting of ours and is none; nothing where there is no such thing."""
    known = [f"GRAPEVINE_{field.upper()}" for field in Settings.model_fields]
    written = Path(".env").read_text(encoding="utf-8") if Path(".env").is_file() else ""
    given = {name for name in os.environ if name.upper().startswith("GRAPEVINE_")} | set(_ASSIGNED.findall(written))
    said = []
    for name in sorted(name for name in given if name.upper() not in known):
        close = get_close_matches(name.upper(), known, n=1)
        said.append(f"{name} is no setting{f'; is {close[0]} meant?' if close else ''}")
    return f"note: {'; '.join(said)}" if said else None


def _texts() -> str | None:
    try:
        Catalog.load().check()
    except BrokenTexts as broken:
        return f"{broken} What it says is said in English until the file is mended."
    return None


async def _database(settings: Settings) -> str | None:
    database = Database(settings.database_url)
    try:
        await database.reach()
        await refuse_newer(database)
        if not await is_migrated(database):
            return "note: it is not up to date yet; the next start migrates it"
    except Unreachable as error:
        return f"{unreached(error)} Is it running, and is GRAPEVINE_DATABASE_URL right?"
    except TooNew as error:
        return too_new(error)
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


async def _port(settings: Settings) -> str | None:
    """Look whether a start could listen; a Grapevine that runs already holds the port itself."""
    try:
        open_port(settings).close()
    except WrongSetting as wrong:
        if wrong.name != "GRAPEVINE_PORT":
            return f"{wrong.matter} {wrong.remedy}"
        return f"note: {wrong.matter} If that is not Grapevine itself: {wrong.remedy}"
    return None


async def _api(settings: Settings) -> str | None:
    if settings.api_key is None:
        why = "so shops cannot report purchases and tills cannot redeem vouchers"
        return f"note: GRAPEVINE_API_KEY is not set, {why}" if settings.has_chat else None
    return _guessable("GRAPEVINE_API_KEY", settings.api_key)


async def _key(settings: Settings) -> str | None:
    return _guessable("GRAPEVINE_SECRET_KEY", settings.secret_key) if settings.secret_key is not None else None


def _guessable(name: str, key: SecretStr) -> str | None:
    if len(key.get_secret_value()) >= _SHORTEST_KEY:
        return None
    return (
        f"{name} has fewer than {_SHORTEST_KEY} characters and can be guessed; "
        'python3 -c "import secrets; print(secrets.token_urlsafe(32))" makes a good one'
    )


async def examine_telegram(settings: Settings) -> str | None:
    """Look for what is wrong with the bot; nothing when all is well."""
    if settings.telegram_token is None:
        instead = "" if settings.has_chat else ", so the playground runs instead"
        return f"note: no GRAPEVINE_TELEGRAM_TOKEN{instead}"
    address = f"{settings.telegram_api_url}/bot{settings.telegram_token.get_secret_value()}/getMe"
    try:
        timeout = aiohttp.ClientTimeout(total=_TELEGRAM_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            told, status = await answer.json(), answer.status
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return "cannot be reached from here; is this machine online?"
    if not told.get("ok") and status not in _REFUSED:
        return f"does not answer as it should (status {status}); that is Telegram's own trouble, look again later"
    if not told.get("ok"):
        return "the token is refused; copy it again from @BotFather into GRAPEVINE_TELEGRAM_TOKEN"
    if not told.get("result", {}).get("supports_inline_queries"):
        return (
            "note: inline mode is off, so people share a plain link instead of their card with its picture; send "
            "/setinline to @BotFather, and /setinlinefeedback so that shares are counted"
        )
    return None


_LOOKS: Mapping[str, Callable[[Settings], Awaitable[str | None]]] = {
    "Database": _database,
    "Port": _port,
    "Secret key": _key,
    "Pages": _pages,
    "API": _api,
    "Workers": examine_workers,
    "Rewards": examine_handing_over,
}
