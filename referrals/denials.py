"""Denials: every reason for which something is refused, held or taken back, who is told, and what helps."""

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
    "customer-before": Denial(sides=BOTH, remedy="share-again"),
    "late-claim-over": Denial(sides=FRIEND, remedy="share-again"),
    "circle": Denial(sides=BOTH, remedy="share-again"),
    "excluded-advocate": Denial(sides=BOTH, remedy="ask"),
    "excluded-friend": Denial(sides=FRIEND, remedy="ask"),
    "click-too-old": Denial(sides=FRIEND, remedy="use-link"),
    # when an event is judged
    "not-invited": Denial(sides=FRIEND, remedy="use-link"),
    "no-program": Denial(sides=frozenset(), remedy="none", can_appeal=False),
    "no-goal": Denial(sides=frozenset(), remedy="none", can_appeal=False),
    "goal-reached-before": Denial(sides=FRIEND, remedy="share-again", can_appeal=False),
    "referral-ended": Denial(sides=BOTH, remedy="ask"),
    "before-joining": Denial(sides=BOTH, remedy="buy-again"),
    "too-late": Denial(sides=BOTH, remedy="ask"),
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
    "refunded": Denial(sides=BOTH, remedy="buy-again"),
    "refund-took-back": Denial(sides=BOTH, remedy="buy-again"),
    "refund-reduced": Denial(sides=BOTH, remedy="none"),
    "event-never-came": Denial(sides=BOTH, remedy="share-again"),
    "not-delivered": Denial(sides=BOTH, remedy="ask"),
    "by-hand": Denial(sides=BOTH, remedy="ask"),
    "revoked-by-hand": Denial(sides=BOTH, remedy="ask"),
    "milestone-lost": Denial(sides=ADVOCATE, remedy="share-again"),
    # when two records turn out to be one person
    "same-person": Denial(sides=BOTH, remedy="none"),
    "invited-before": Denial(sides=BOTH, remedy="none"),
}
