"""An update that failed three times is set aside, and the team is told."""

from handlers.events import UpdateParked
from handlers.informing import tell_of_parked
from handlers.outcome import Outcome
from storage.store import Store


async def on_update_parked(event: UpdateParked, store: Store) -> Outcome:
    """Keep which update it was and which kind of error it met; what it said is not kept."""
    is_new = await store.due.park(event.platform, event.update, event.error, event.at)
    trace = {"outcome": "update-parked", "rule": event.platform, "saw": event.error, "would_change": "a repair"}
    if not is_new:
        return Outcome()
    decision = event.draw.id("dec")
    await store.decisions.add(decision, about=event.update[:24], customer=None, trace=trace, at=event.at, is_open=True)
    return Outcome(posts=await tell_of_parked(event.platform, event.update, decision, store))
