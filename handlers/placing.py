"""Where rewards stand, in the one ladder of words that chat, Slack and the API share."""

from collections.abc import Iterable
from datetime import datetime

from handlers.picking import is_open
from referrals.balances import Part
from referrals.ladder import RewardFacts, reward_word
from referrals.ledger import RewardState
from referrals.rewarding import Delivery
from storage.rewards import Reward


def word_of(reward: Reward, at: datetime, parts: Iterable[Part]) -> str:
    """Say where a reward stands; what is owed for it shows in the parts of its customer's balances."""
    is_asked_for = reward.state == RewardState.CLAIMED and reward.delivery != Delivery.TILL
    facts = RewardFacts(
        state=RewardState(reward.state),
        at=at,
        pending_until=reward.pending_until,
        waits_for=reward.waits_for or "",
        expires_at=reward.expires_at,
        is_choice=is_open(reward),
        owes=any(part.reward == reward.id and part.left.minor < 0 for part in parts),
        delivery=reward.delivery,
        delivery_state="waiting" if is_asked_for else "",
    )
    return reward_word(facts)
