"""What nobody claimed, used or spent in time expires, and its owner hears of it."""

from datetime import timedelta

from handlers import spending
from handlers.events import ExpiriesDue
from handlers.menu import SHARE, STATUS, why_button
from handlers.outcome import Notice, NoticeKind, Outcome
from handlers.passing_on import REPEATED_WITHIN
from handlers.picking import worth_of
from handlers.programs import terms, worth
from messages.message import Message, Value
from referrals import ledger
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.rewarding import Delivery
from storage.rewards import Reward
from storage.store import Store

# A hundred steps of some five statements stay near 100 ms of held write lock on SQLite.
CHUNK = 50
# A question that nobody wanted a human to see is nobody's business after a week.
QUESTIONS_KEPT = timedelta(days=7)


async def on_expiries_due(event: ExpiriesDue, store: Store) -> Outcome:
    """Expire rewards that nobody claimed and vouchers that nobody used; forget questions no longer needed."""
    await store.conversations.forget_questions(event.at - QUESTIONS_KEPT)
    await store.conversations.forget_openings(event.at - REPEATED_WITHIN)
    notices: list[Notice] = []
    rewards = await store.rewards.take_expired(event.at, CHUNK)
    for reward in rewards:
        is_on_balance = reward.delivery == Delivery.BALANCE
        notices += await (_expire_balance if is_on_balance else _expire)(reward, event, store)
    vouchers = await store.vouchers.take_expired(event.at, CHUNK)
    for voucher in vouchers:
        claimed = await store.rewards.by_id(voucher.reward_id)
        if claimed is not None and await store.vouchers.end(voucher.reward_id, "expired"):
            notices += await _expire(claimed, event, store)
    return Outcome(notices=tuple(notices), more=CHUNK in {len(rewards), len(vouchers)})


async def _expire(reward: Reward, event: ExpiriesDue, store: Store) -> list[Notice]:
    before = RewardState(reward.state)
    moved = await store.rewards.move(reward.id, states=[before], to=RewardState.EXPIRED, ended_at=event.at)
    if moved is None:
        return []
    await store.ledger.book(moved, ledger.advance("expire", moved.worth, before, RewardState.EXPIRED), event.at)
    return [_notice(moved, f"expired-{before}", {"gain": await worth_of(moved, store)})]


async def _expire_balance(reward: Reward, event: ExpiriesDue, store: Store) -> list[Notice]:
    """Expire what is left of a reward on a balance, once what was owed has been paid from it."""
    parts = await spending.pay_off(reward.customer_id, reward.unit, event, store)
    left = next((part.left.minor for part in parts if part.reward == reward.id), 0)
    moved = await store.rewards.move(
        reward.id, states=[RewardState.AVAILABLE], to=RewardState.EXPIRED, ended_at=event.at
    )
    if moved is None or left <= 0:
        return []
    rest = Amount(left, reward.unit)
    # What was spent may come back and expire once more: then it is a step of its own.
    step = f"expire:{event.draw.id('stp', reward.id)}"
    await store.ledger.book(moved, ledger.advance(step, rest, RewardState.AVAILABLE, RewardState.EXPIRED), event.at)
    values: dict[str, Value] = {"gain": worth(await terms(store, moved.program_id, moved.revision), rest)}
    return [_notice(moved, "expired-balance", values)]


def _notice(reward: Reward, story: str, values: dict[str, Value]) -> Notice:
    buttons = ((why_button(reward.id),), (SHARE, STATUS))
    message = Message(key=f"rewarding.notice-{story}", values=values, buttons=buttons)
    return Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"{story}:{reward.id}", message=message)
