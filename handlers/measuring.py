"""The program's figures, for the team."""

from handlers.events import StatsAsked
from handlers.outcome import Outcome
from storage.store import Store


async def on_stats_asked(event: StatsAsked, store: Store) -> Outcome:
    """Show the figures of a period to a team member, as a table and a chart; a pure read."""
    return Outcome()
