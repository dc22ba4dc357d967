"""Attribution: may this friend join through this link, and if not, why not."""

from dataclasses import dataclass
from datetime import datetime

from referrals.program import Program


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What is known when somebody arrives with a code, all of it read under locks."""

    advocate: str | None  # the owner of the link; nothing when there is no such code
    friend: str
    customer_since: datetime | None  # when the friend first bought or was known to the business
    invited_by: str | None  # the advocate this friend already belongs to
    is_circle: bool  # the friend is among those who brought the advocate here


def refusal(invitation: Invitation, program: Program | None, at: datetime) -> str | None:
    """Return the code of the first reason to refuse, in the order in which a person can do something about it."""
    if program is None or invitation.advocate is None:
        return "unknown-code"
    if invitation.advocate == invitation.friend:
        return "own-link"
    if invitation.invited_by == invitation.advocate:
        return "joined-before"
    if invitation.invited_by is not None:
        return "invited-by-another"
    if not program.is_open(at):
        return "program-over"
    if invitation.customer_since is not None and invitation.customer_since <= at:
        return "customer-before"
    return "circle" if invitation.is_circle else None
