"""Who belongs to the team, and with which role."""

from handlers.events import ChatEvent, MemberAdded, MemberRemoved
from handlers.outcome import Outcome
from handlers.refusing import Refused
from messages.message import Member as Mention
from messages.message import Message, Phrase
from referrals.identity import Identity
from storage.store import Store
from storage.team import Member

# Each role may do what the roles before it may.
ROLES = ("viewer", "cashier", "manager", "owner")
OWNER = ROLES[-1]


async def on_member_added(event: MemberAdded, store: Store) -> Outcome:
    """Make somebody a team member, or give a member another role."""
    if event.role not in ROLES:
        raise Refused("unknown-role")
    await store.team.hold()
    before = await store.team.member(event.member)
    if event.role != OWNER:
        await _keep_an_owner(before, store)
    await store.team.set_role(event.member, event.role, event.at)
    return Outcome(reply={"member": _written(event.member), "role": event.role, "was": before.role if before else None})


async def on_member_removed(event: MemberRemoved, store: Store) -> Outcome:
    """Take somebody off the team; the last owner stays."""
    await store.team.hold()
    before = await store.team.member(event.member)
    if before is None:
        raise Refused("unknown-member")
    await _keep_an_owner(before, store)
    await store.team.remove(event.member)
    return Outcome(reply={"member": _written(event.member), "role": None, "was": before.role})


async def team_member(event: ChatEvent, store: Store, at_least: str = ROLES[0]) -> Member | None:
    """Find the member who acts, if their role allows it; somebody of another organisation is never one."""
    found = None if event.by.is_external else await store.team.member(event.by.identity)
    return found if found is not None and ROLES.index(found.role) >= ROLES.index(at_least) else None


async def no_access(event: ChatEvent, store: Store, at_least: str = ROLES[0]) -> Outcome:
    """Say that this is for the team, whom to ask, and what they have to type."""
    if event.by.is_external:
        return Outcome(answers=(Message(key="staffing.for-the-team"),), refused="no-access")
    owners = [member for member in await store.team.everyone() if member.role == OWNER]
    here = [member for member in owners if member.platform == event.by.identity.platform]
    values = {"member": _written(event.by.identity), "role": at_least}
    message = Message(
        key="staffing.ask-an-owner" if here else "staffing.ask-whoever-runs-it",
        values=values,
        lines=tuple(Phrase("staffing.owner", {"owner": Mention(owner.platform, owner.subject)}) for owner in here),
    )
    return Outcome(answers=(message,), refused="no-access")


async def _keep_an_owner(leaving: Member | None, store: Store) -> None:
    if leaving is None or leaving.role != OWNER:
        return
    if not any(member.role == OWNER and member != leaving for member in await store.team.everyone()):
        raise Refused("last-owner")


def _written(identity: Identity) -> str:
    """Write an identity the way the command line reads it."""
    return f"{identity.platform}:{identity.subject}"
