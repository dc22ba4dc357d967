"""Who belongs to the team, and with which role."""

from handlers.events import MemberAdded, MemberRemoved
from handlers.outcome import Outcome
from storage.store import Store


async def on_member_added(event: MemberAdded, store: Store) -> Outcome:
    """Make somebody a team member, or give a member another role."""
    return Outcome()


async def on_member_removed(event: MemberRemoved, store: Store) -> Outcome:
    """Take somebody off the team."""
    return Outcome()
