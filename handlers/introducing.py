"""The platform tells us what somebody is called and where they live, after they have acted."""

from handlers.events import Introduced
from handlers.outcome import Outcome
from storage.store import Store


async def on_introduced(event: Introduced, store: Store) -> Outcome:
    """Keep a name, a language and a zone that we do not have yet."""
    return Outcome()
