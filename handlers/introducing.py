"""The platform tells us more about somebody who has acted."""

from zoneinfo import ZoneInfo

from handlers.acquaintance import kept_language, kept_name, recognize
from handlers.events import Introduced
from handlers.outcome import Outcome
from storage.store import Store


async def on_introduced(event: Introduced, store: Store) -> Outcome:
    """Keep a name, a language and a zone that we do not have yet."""
    customer = await recognize(event, store)
    if customer is None:
        return Outcome()
    told = {
        "first_name": kept_name(event.by.first_name),
        "language": kept_language(event.by.language),
        "zone": _zone(event.by.zone),
    }
    missing = {name: value for name, value in told.items() if value and not getattr(customer, name)}
    if missing:
        await store.customers.change(customer.id, **missing)
    return Outcome()


def _zone(name: str | None) -> str | None:
    """Keep a time zone only if we know it: a later reader could not be told the time in another."""
    try:
        return ZoneInfo(name).key if name else None
    except (ValueError, KeyError, OSError):  # not a name, not a zone, a folder of zones
        return None
