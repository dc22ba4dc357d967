"""Denials: every reason for which something is refused, held or taken back, who is told what, and what helps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Remedy = Literal[
    "share-again",  # nothing is lost: another friend, another time
    "buy-again",  # another purchase may still count
    "buy-more",  # more of the same is needed
    "wait",  # it opens again by itself
    "use-link",  # the right link or code helps
    "ask",  # only a human can help
    "none",
]


@dataclass(frozen=True, kw_only=True)
class Denial:
    """One reason: which sides are told of it, the way out, and whether somebody of the team may decide otherwise."""

    sides: frozenset[str]
    remedy: Remedy
    can_appeal: bool = True
    is_apart: bool = False  # the advocate reads a text of their own, since the friend's tells of the friend


BOTH = frozenset({"advocate", "friend"})
FRIEND = frozenset({"friend"})
ADVOCATE = frozenset({"advocate"})

DENIALS: Mapping[str, Denial] = {
    # when a friend arrives
    "unknown-code": Denial(sides=FRIEND, remedy="use-link", can_appeal=False),
    "own-link": Denial(sides=FRIEND, remedy="share-again", can_appeal=False),
    "joined-before": Denial(sides=FRIEND, remedy="none", can_appeal=False),
    "invited-by-another": Denial(sides=FRIEND, remedy="share-again"),
    "program-over": Denial(sides=FRIEND, remedy="none", can_appeal=False),
    "program-not-begun": Denial(sides=FRIEND, remedy="wait", can_appeal=False),
    "program-paused": Denial(sides=FRIEND, remedy="wait", can_appeal=False),
    "customer-before": Denial(sides=BOTH, remedy="share-again", is_apart=True),
    "late-claim-over": Denial(sides=FRIEND, remedy="share-again"),
    "circle": Denial(sides=BOTH, remedy="share-again", is_apart=True),
    "excluded-advocate": Denial(sides=BOTH, remedy="ask", is_apart=True),
    "excluded-friend": Denial(sides=FRIEND, remedy="ask"),
    "before-link": Denial(sides=FRIEND, remedy="ask"),
    "click-too-old": Denial(sides=FRIEND, remedy="use-link"),
    # when an event is judged
    "not-invited": Denial(sides=FRIEND, remedy="use-link"),
    "no-program": Denial(sides=frozenset(), remedy="none", can_appeal=False),
    "no-goal": Denial(sides=frozenset(), remedy="none", can_appeal=False),
    "goal-reached-before": Denial(sides=FRIEND, remedy="share-again", can_appeal=False),
    "referral-ended": Denial(sides=BOTH, remedy="ask", is_apart=True),
    "before-joining": Denial(sides=FRIEND, remedy="buy-again"),
    "too-late": Denial(sides=BOTH, remedy="ask", is_apart=True),
    "other-currency": Denial(sides=FRIEND, remedy="buy-again"),
    "below-minimum": Denial(sides=FRIEND, remedy="buy-again"),
    "conditions-not-met": Denial(sides=FRIEND, remedy="buy-again"),
    "more-needed": Denial(sides=FRIEND, remedy="buy-more", can_appeal=False),
    # when a reward would be too much
    "cap-friend": Denial(sides=BOTH, remedy="none"),
    "cap-day": Denial(sides=BOTH, remedy="wait"),
    "cap-week": Denial(sides=BOTH, remedy="wait"),
    "cap-month": Denial(sides=BOTH, remedy="wait"),
    "cap-year": Denial(sides=BOTH, remedy="wait"),
    "cap-lifetime": Denial(sides=BOTH, remedy="none"),
    "cap-budget": Denial(sides=BOTH, remedy="ask"),
    # when a purchase with a code is claimed
    "unknown-claim": Denial(sides=FRIEND, remedy="ask"),
    "claim-used": Denial(sides=FRIEND, remedy="ask"),
    "claim-expired": Denial(sides=FRIEND, remedy="ask"),
    # when a reward ends otherwise than by being used
    "refunded": Denial(sides=BOTH, remedy="buy-again", is_apart=True),
    "refund-took-back": Denial(sides=BOTH, remedy="buy-again", is_apart=True),
    "refund-reduced": Denial(sides=BOTH, remedy="none", is_apart=True),
    "event-never-came": Denial(sides=BOTH, remedy="share-again", is_apart=True),
    "not-delivered": Denial(sides=BOTH, remedy="ask"),
    "by-hand": Denial(sides=BOTH, remedy="ask"),
    "revoked-by-hand": Denial(sides=BOTH, remedy="ask"),
    "expired": Denial(sides=BOTH, remedy="share-again"),
    "milestone-lost": Denial(sides=ADVOCATE, remedy="share-again"),
    # when two records turn out to be one person
    "same-person": Denial(sides=BOTH, remedy="none"),
    "invited-before": Denial(sides=BOTH, remedy="none", is_apart=True),
}

# What an advocate reads of a friend to whom anything else has happened: the same for a purchase that did not count, and
# for none. Whoever could tell the two apart would know what somebody else has bought.
NOT_YET = "not-yet"
# What only the friend can do is no way out for the advocate; another friend is.
_THEIRS = frozenset({"buy-again", "buy-more", "use-link"})


def told_as(code: str, side: str) -> str:
    """Name the text in which one side reads of a denial."""
    denial = DENIALS[code]
    if side != "advocate" or denial.sides == ADVOCATE:
        return code
    if "advocate" not in denial.sides:
        return NOT_YET
    return f"advocate-{code}" if denial.is_apart else code


def remedy_for(code: str, side: str) -> Remedy:
    """Say what one side can do about a denial."""
    denial = DENIALS[code]
    if side != "advocate":
        return denial.remedy
    if "advocate" not in denial.sides:
        return "none"
    return "share-again" if denial.remedy in _THEIRS else denial.remedy
