"""What the team hears of: completed referrals, parked updates, decisions that wait."""

from handlers.events import DecisionHandled
from handlers.outcome import Outcome
from storage.store import Store


async def on_decision_handled(event: DecisionHandled, store: Store) -> Outcome:
    """Close a decision that a team member has dealt with."""
    return Outcome()
