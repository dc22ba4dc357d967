"""Who is acting: the customer behind a person in a chat, greeted by name if we know it."""

from handlers.events import ChatEvent
from messages.message import Phrase
from storage.customers import Customer
from storage.store import Store

# Telegram allows 64 characters in a first name; the column holds as many.
LONGEST_NAME = 64
LONGEST_TAG = 16  # a language tag such as "en-GB"; longer ones name variants that no text of ours is written in


async def recognize(event: ChatEvent, store: Store) -> Customer | None:
    """Find the customer who acts, without changing anything."""
    return await store.standings.meet(event.by.identity)


async def welcome_in(event: ChatEvent, store: Store) -> tuple[Customer, bool]:
    """Find or add the customer who acts, note that they can be reached, and tell whether they are new."""
    found = await recognize(event, store)
    is_new = found is None
    if found is None:
        told = {"first_name": kept_name(event.by.first_name), "zone": event.by.zone}
        values = {**told, "language": kept_language(event.by.language)}
        identifier = await store.customers.add(event.draw.id("cus"), event.by.identity, values, event.at)
        found = await store.customers.by_id(identifier)
    else:
        await store.customers.reached(event.by.identity, is_reachable=True)
        told = {"first_name": kept_name(event.by.first_name), "language": kept_language(event.by.language)}
        # What was chosen in the settings, or told before, stays: an app that speaks another language changes nothing.
        if missing := {name: value for name, value in told.items() if value and not getattr(found, name)}:
            await store.customers.change(found.id, **missing)
    if found is None:
        raise LookupError("A customer who was just added is gone.")
    return found, is_new


async def lift_stop(customer: Customer, store: Store) -> None:
    """Let messages through again, because the person pressed Start; the consent to reminders does not come back."""
    if customer.stopped_at is not None:
        await store.customers.change(customer.id, stopped_at=None)


def kept_name(name: str) -> str:
    """Keep of a name what both databases can hold: no NUL, no half of a character, no more than the column's length."""
    return name.replace("\0", "").encode(errors="ignore").decode().strip()[:LONGEST_NAME]


def kept_language(tag: str | None) -> str | None:
    """Keep a language tag as it is given, if it looks like one."""
    is_tag = tag is not None and len(tag) <= LONGEST_TAG and tag.isascii() and tag.replace("-", "").isalnum()
    return tag if is_tag else None


def called(name: str) -> str | Phrase:
    """Call somebody by first name, or "a friend" when we have none."""
    return name.strip() or Phrase("words.a-friend")
