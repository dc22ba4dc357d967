"""Attribution: may this friend join through this link, and if not, why not and what would have changed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from referrals.decisions import Decision
from referrals.matching import Look, checks, holds
from referrals.program import Exclusion, Program
from referrals.reported import Facts, Party, Reported, Standing
from referrals.rewarding import Side

# By so much the clock of a till may be behind ours.
CLOCKS_DIFFER_BY = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What is known when somebody arrives with a code, all of it read under locks."""

    advocate: str | None  # the owner of the link; nothing when there is no such code
    friend: str
    customer_since: datetime | None  # when the friend first bought or was known to the business
    last_bought: datetime | None = None
    invited_by: str | None  # the advocate this friend already belongs to
    is_circle: bool  # the friend is among those who brought the advocate here
    is_paused: bool = False
    advocate_attributes: Mapping[str, str] = field(default_factory=dict)
    friend_attributes: Mapping[str, str] = field(default_factory=dict)


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
    return (
        _closed(invitation, program, at) or _not_new(invitation, program, at) or _not_eligible(invitation, program, at)
    )


def is_before(happened_at: datetime, *, told_at: datetime, link_made: datetime) -> bool:
    """Tell whether what is told later happened before the link was made that it is said to have come through.

    Whoever comes now has the link, whatever our own clock said when it was made.
    """
    return happened_at < told_at and happened_at + CLOCKS_DIFFER_BY < link_made


def before_link(happened_at: datetime, *, link_made: datetime) -> Decision:
    """Explain that something cannot have come through a link that did not exist yet."""
    saw, wanted = _told(happened_at), f">= {_told(link_made)}"
    return Decision(outcome="before-link", rule="attribution", saw=saw, would_change=wanted)


def why_refused(code: str, invitation: Invitation, program: Program, at: datetime) -> Decision:
    """Explain a refusal: which rule, what it saw, and what would have changed it; of attributes, only that they fit."""
    since, found = invitation.customer_since, excluded_by(program, invitation, at)
    if code.startswith("excluded") and found is not None:
        side, exclusion = found
        look = _look(program, invitation, at)
        met = tuple(
            check._replace(rule=f"ineligible.{exclusion.name}", saw="met", passed=False)
            for check in checks(exclusion.when, look)
            if check.passed
        )
        return Decision(outcome=code, rule=f"ineligible.{exclusion.name}", saw=f"the {side}", checks=met)
    match code:
        case "program-not-begun" if program.starts is not None:
            return Decision(
                outcome=code, rule="program.starts", saw=_told(at), would_change=f">= {_told(program.starts)}"
            )
        case "program-over" if program.ends is not None:
            return Decision(outcome=code, rule="program.ends", saw=_told(at), would_change=f"< {_told(program.ends)}")
        case "program-paused":
            return Decision(outcome=code, rule="program", saw="paused", would_change="not paused")
        case "late-claim-over" if since is not None:
            last = _told(since + program.late_claim)
            return Decision(outcome=code, rule="joining.late_claim_days", saw=_told(at), would_change=f"<= {last}")
        case "customer-before" if since is not None:
            return Decision(outcome=code, rule="attribution", saw=_told(since), would_change=f"> {_told(at)}")
    return Decision(outcome=code, rule="attribution", saw=_ALREADY.get(code, "none"), would_change=_HELPS.get(code, ""))


_ALREADY = {"own-link": "own link", "joined-before": "joined", "invited-by-another": "invited", "circle": "a circle"}
_HELPS = {"unknown-code": "a code of this program", "own-link": "somebody else's link"}


def _told(at: datetime) -> str:
    return at.isoformat()


def excluded_by(program: Program, invitation: Invitation, at: datetime) -> tuple[Side, Exclusion] | None:
    """Find the first exclusion that fits, and whom it is about: where the file leaves it open, whom it was met by."""
    look = _look(program, invitation, at)
    for exclusion in program.exclusions:
        if holds(exclusion.when, look):
            met_by = {check.about for check in checks(exclusion.when, look) if check.passed}
            is_advocate = exclusion.who is Side.ADVOCATE or (exclusion.who is None and met_by == {"advocate"})
            return (Side.ADVOCATE if is_advocate else Side.FRIEND), exclusion
    return None


def counts_late(invitation: Invitation, program: Program, at: datetime) -> bool:
    """Tell whether somebody who is a customer already comes within the days in which a code may still be given."""
    since = invitation.customer_since
    return since is not None and bool(program.late_claim) and since <= at <= since + program.late_claim


def _closed(invitation: Invitation, program: Program, at: datetime) -> str | None:
    if program.starts is not None and at < program.starts:
        return "program-not-begun"
    if not program.is_open(at):
        return "program-over"
    return "program-paused" if invitation.is_paused else None


def _not_new(invitation: Invitation, program: Program, at: datetime) -> str | None:
    since = invitation.customer_since
    if since is None or since > at or counts_late(invitation, program, at):
        return None
    last = invitation.last_bought or since
    if program.lapsed_after is not None and last + program.lapsed_after <= at:
        return None
    return "late-claim-over" if program.late_claim else "customer-before"


def _not_eligible(invitation: Invitation, program: Program, at: datetime) -> str | None:
    excluded = excluded_by(program, invitation, at)
    if excluded is not None:
        return f"excluded-{excluded[0]}"
    return "circle" if invitation.is_circle else None


def _look(program: Program, invitation: Invitation, at: datetime) -> Look:
    """Let conditions look at the two people, with no event yet."""
    facts = Facts(
        event=Reported(type="", amount=None, occurred_at=at),
        program=program,
        standing=Standing(state="joined", joined_at=at),
        friend=Party(attributes=invitation.friend_attributes),
        advocate=Party(attributes=invitation.advocate_attributes),
    )
    return Look(facts, program.goals[0], {})
