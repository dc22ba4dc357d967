"""What `grapevine doctor` finds out about rewards that wait: for the team to hand them over, or for codes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.cli.opening import house_clock
from bot.settings import Settings
from handlers.stocking import LOW
from referrals.rewarding import Delivery as Way
from storage.connect import Database
from storage.deliveries import Held
from storage.errors import Unreachable
from storage.migrate import is_migrated
from storage.stock import FREE

# A weekend is nobody's fault; whoever waits longer asks the shop, not the bot.
LATE_AFTER = timedelta(days=3)
_LOAD = "load codes with `grapevine codes load`"


async def examine_handing_over(settings: Settings) -> str | None:
    """Look for stocks that run low, and for people who wait long for what they claimed; nothing when all is well."""
    database = Database(settings.database_url)
    try:
        await database.reach()
        if not await is_migrated(database):
            return None
        now = (await house_clock(database)).now()
        async with database.reading() as store:
            return _judged(await store.deliveries.held(), await store.stock.counts(), now)
    except Unreachable:
        return None  # said of the database already
    finally:
        await database.close()


def _judged(held: Sequence[Held], stocks: Mapping[str, Mapping[str, int]], now: datetime) -> str | None:
    wanted = {found.stock: found for found in held if found.delivery == Way.CODES.value}
    wrong = [_wanted(found, stocks, now) for found in wanted.values()]
    wrong += [
        f"{_people(found.waiting)} for the team to hand over what they claimed, the first for "
        f"{_days(now - found.since)}; `grapevine rewards waiting` lists them"
        for found in held
        if found.delivery == Way.TEAM.value and now - found.since > LATE_AFTER
    ]
    if wrong:
        return "; ".join(wrong)
    low = {name: counts.get(FREE, 0) for name, counts in stocks.items() if counts.get(FREE, 0) <= LOW}
    said = [f"the stock {name} has {free or 'no'} code{'s' * (free != 1)} left" for name, free in low.items()]
    return f"note: {', '.join(said)}; {_LOAD}" if said else None


def _wanted(found: Held, stocks: Mapping[str, Mapping[str, int]], now: datetime) -> str:
    """Say who waits for a code: of an empty stock, or of the clock, which gives them out every two seconds."""
    people = f"{_people(found.waiting)} for a code, the first for {_days(now - found.since)}"
    if stocks.get(found.stock, {}).get(FREE, 0):
        return f"the stock {found.stock} has codes and {people}: does a worker run?"
    return f"the stock {found.stock} is empty and {people}; {_LOAD}"


def _people(count: int) -> str:
    return "1 person waits" if count == 1 else f"{count} people wait"


def _days(length: timedelta) -> str:
    return "less than a day" if length.days < 1 else "1 day" if length.days == 1 else f"{length.days} days"
