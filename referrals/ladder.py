"""The ladder: one word for where a referral or a reward stands, the same in chat, Slack, the API and the database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from referrals.ledger import RewardState

Facts = TypeVar("Facts")


@dataclass(frozen=True)
class Rung(Generic[Facts]):
    """One word, with what must be true for it; the first rung that fits is where something stands."""

    word: str
    fits: Callable[[Facts], bool]


@dataclass(frozen=True, kw_only=True)
class ReferralFacts:
    """What is known of a referral when somebody asks how it stands; of a mere click, nothing."""

    has_joined: bool = False
    has_reached: bool = False  # a goal
    has_cleared: bool = False  # the hold of a goal has passed
    has_ended: bool = False  # with nothing: refunded, merged, or never allowed


# In this order: what came to nothing stands before what had been reached on the way.
REFERRAL_RUNGS: tuple[Rung[ReferralFacts], ...] = (
    Rung("ineligible", lambda referral: referral.has_ended),
    Rung("completed", lambda referral: referral.has_cleared),
    Rung("qualified", lambda referral: referral.has_reached),
    Rung("joined", lambda referral: referral.has_joined),
    Rung("invited", lambda _: True),
)
REFERRAL_WORDS = tuple(rung.word for rung in reversed(REFERRAL_RUNGS))


@dataclass(frozen=True, kw_only=True)
class RewardFacts:
    """What is known of a reward when somebody asks how it stands."""

    state: RewardState
    at: datetime
    pending_until: datetime
    waits_for: str = ""  # an event
    expires_at: datetime | None = None
    is_choice: bool = False  # several things may be had, and none was picked yet
    owes: bool = False  # it was used and then taken back
    delivery: str = "till"
    delivery_state: str = ""  # of one that somebody of the team delivers, or that comes out of a stock


# In this order: what is over stands before what may still come, and what hinders before what merely waits.
REWARD_RUNGS: tuple[Rung[RewardFacts], ...] = (
    Rung("owed", lambda reward: reward.owes),
    Rung("denied", lambda reward: reward.state is RewardState.DENIED),
    Rung("revoked", lambda reward: reward.state is RewardState.REVOKED),
    Rung("expired", lambda reward: reward.state is RewardState.EXPIRED),
    Rung("redeemed", lambda reward: reward.state is RewardState.REDEEMED),
    Rung("waiting-for-stock", lambda reward: _is_delivering(reward, "codes")),
    Rung("waiting-for-team", lambda reward: _is_delivering(reward, "team")),
    Rung("claimed", lambda reward: reward.state is RewardState.CLAIMED),
    Rung("on-balance", lambda reward: reward.state is RewardState.AVAILABLE and reward.delivery == "balance"),
    Rung("to-choose", lambda reward: reward.state is RewardState.AVAILABLE and reward.is_choice),
    Rung("available", lambda reward: reward.state is RewardState.AVAILABLE),
    Rung("waiting-for-event", lambda reward: bool(reward.waits_for)),
    Rung("pending", lambda _: True),
)


def referral_word(referral: ReferralFacts) -> str:
    """Say where a referral stands: the word of the first rung that fits."""
    return next(rung.word for rung in REFERRAL_RUNGS if rung.fits(referral))


def reward_word(reward: RewardFacts) -> str:
    """Say where a reward stands: the word of the first rung that fits."""
    return next(rung.word for rung in REWARD_RUNGS if rung.fits(reward))


def _is_delivering(reward: RewardFacts, delivery: str) -> bool:
    is_under_way = reward.state is RewardState.CLAIMED and reward.delivery_state == "waiting"
    return is_under_way and reward.delivery == delivery
