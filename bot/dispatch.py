"""One event to its handler, inside one transaction; what must leave is in the outbox before anything does."""

import secrets
from collections.abc import Callable

import structlog

from bot.peace import Peace
from handlers import HANDLERS, READS
from handlers.events import BotBlocked, CardAsked, CardSent, ChatEvent, Event, Introduced
from handlers.outcome import LASTS, Notice, NoticeKind, Outcome
from handlers.refusing import Refused
from messages.codec import encode
from referrals.draw import Draw
from referrals.identity import Identity
from storage.connect import Database
from storage.customers import Customer
from storage.errors import Busy, TryAgain
from storage.notices import TEAM, Entry
from storage.store import Store

__all__ = ["Busy", "Dispatcher", "fresh_draw"]

log = structlog.get_logger(__name__)

# DESIGN.md: dispatch repeats a crossed transaction at most three times.
MOST_REPEATS = 3
# What people do elsewhere, or their platform tells of them, does not say that we can write to them.
NOT_IN_OUR_CHAT: frozenset[type[Event]] = frozenset({BotBlocked, CardAsked, CardSent, Introduced})


def fresh_draw() -> Draw:
    """Draw the randomness of one event."""
    return Draw(secrets.token_bytes(32))


class Dispatcher:
    """Takes every event of every edge to its handler."""

    def __init__(self, database: Database, on_notices: Callable[[], None], peace: Peace | None = None) -> None:
        self._database = database
        self._peace = peace or Peace()
        self._on_notices = on_notices  # wakes the sender of notices in this process

    async def dispatch(self, event: Event) -> Outcome:
        """Handle one event and commit; raises Busy with nothing written when the write lock is not to be had."""
        for repeat in range(MOST_REPEATS + 1):
            try:
                outcome = await self._handle(event)
            except TryAgain:
                if repeat == MOST_REPEATS:
                    raise
                log.info("dispatch.repeated", event_type=type(event).__name__, repeat=repeat + 1)
            except Refused as refusal:
                log.info("dispatch.refused", event_type=type(event).__name__, code=refusal.outcome.refused)
                return refusal.outcome
            else:
                log.debug("dispatch.handled", event_type=type(event).__name__, notices=len(outcome.notices))
                if outcome.notices or outcome.posts:
                    self._on_notices()
                return outcome
        raise AssertionError("unreachable")

    async def _handle(self, event: Event) -> Outcome:
        handler = HANDLERS[type(event)]
        if type(event) in READS:
            async with self._database.reading() as store:
                outcome = await handler(event, store)
            if back := _back(event, store):
                async with self._database.transaction() as writing:
                    await writing.customers.reached(back, is_reachable=True)
            return outcome
        async with self._database.transaction() as store:
            outcome = await handler(event, store)
            if back := _back(event, store):
                await store.customers.reached(back, is_reachable=True)
            await _put_notices(outcome, event, self._peace, store)
        return outcome


def _back(event: Event, store: Store) -> Identity | None:
    """Tell who was thought out of reach and is there: they unblocked us, or their account is back."""
    if not isinstance(event, ChatEvent) or type(event) in NOT_IN_OUR_CHAT:
        return None
    return event.by.identity if event.by.identity in store.customers.out_of_reach else None


async def _put_notices(outcome: Outcome, event: Event, peace: Peace, store: Store) -> None:
    people = await store.customers.by_ids({notice.to for notice in outcome.notices}) if outcome.notices else {}
    notices = [_entry(notice, event, people.get(notice.to), peace) for notice in outcome.notices]
    posts = [
        Entry(recipient=post.conversation or TEAM, key=post.key, kind=TEAM, message=encode(post.message), at=event.at)
        for post in outcome.posts
    ]
    await store.outbox.put(*notices, *posts)


def _entry(notice: Notice, event: Event, reader: Customer | None, peace: Peace) -> Entry:
    ready_at = event.at + notice.wait
    return Entry(
        recipient=notice.to,
        key=notice.key,
        kind=notice.kind,
        message=encode(notice.message),
        at=event.at,
        wait=(peace.leaves_at(notice.kind, reader, ready_at) if reader else ready_at) - event.at,
        via=notice.via,
        expires_at=event.at + LASTS if notice.kind == NoticeKind.MARKETING else None,
    )
