"""One event to its handler, inside one transaction; what must leave is in the outbox before anything does."""

import secrets
from collections.abc import Callable

import structlog

from handlers import HANDLERS, READS
from handlers.events import Event
from handlers.outcome import Outcome
from handlers.refusing import Refused
from messages.codec import encode
from referrals.draw import Draw
from storage.connect import Database
from storage.errors import Busy, TryAgain
from storage.notices import TEAM, Entry
from storage.store import Store

__all__ = ["Busy", "Dispatcher", "fresh_draw"]

log = structlog.get_logger(__name__)

# DESIGN.md: dispatch repeats a crossed transaction at most three times.
MOST_REPEATS = 3


def fresh_draw() -> Draw:
    """Draw the randomness of one event."""
    return Draw(secrets.token_bytes(32))


class Dispatcher:
    """Takes every event of every edge to its handler."""

    def __init__(self, database: Database, on_notices: Callable[[], None]) -> None:
        self._database = database
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
                return await handler(event, store)
        async with self._database.transaction() as store:
            outcome = await handler(event, store)
            await _put_notices(outcome, event, store)
        return outcome


async def _put_notices(outcome: Outcome, event: Event, store: Store) -> None:
    for notice in outcome.notices:
        entry = Entry(
            recipient=notice.to,
            key=notice.key,
            kind=notice.kind,
            message=encode(notice.message),
            at=event.at,
            wait=notice.wait,
            via=notice.via,
        )
        await store.outbox.put(entry)
    for post in outcome.posts:
        entry = Entry(
            recipient=post.conversation or TEAM, key=post.key, kind=TEAM, message=encode(post.message), at=event.at
        )
        await store.outbox.put(entry)
