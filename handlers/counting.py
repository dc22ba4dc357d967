"""Visits are counted for their links, a moment after the clicks were recorded."""

from datetime import timedelta

from handlers.events import VisitsDue
from handlers.outcome import Outcome
from referrals.draw import click_number_at
from storage.store import Store

# A click's number is made before its batch is committed; five seconds later the batch is through or was refused.
SETTLED_AFTER = timedelta(seconds=5)
CURSOR = "visits-counted-until"
# SQLite counts as many in five milliseconds, in which the next clicks and all chats wait.
MOST = 20_000


async def on_visits_due(event: VisitsDue, store: Store) -> Outcome:
    """Add the next visits to their links; the cursor moves in the same transaction, and only if there were some."""
    after = int(await store.due.held_fact(CURSOR) or 0)
    until = click_number_at(event.at - SETTLED_AFTER)
    if until <= after:
        return Outcome()
    last = await store.clicks.last_of(MOST, after=after, until=until)
    counts = await store.clicks.counts_between(after, until if last is None else last)
    if counts or last is not None:
        await store.links.visited(counts)
        await store.due.keep_fact(CURSOR, str(until if last is None else last))
    return Outcome(more=last is not None)
