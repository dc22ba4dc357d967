"""Rewards: someone looks at theirs or claims one, holds pass, and what was not used in time expires."""

from dataclasses import replace
from datetime import timedelta

from handlers.acquaintance import recognize
from handlers.events import ExpiriesDue, HoldsDue, RewardClaimed, RewardsAsked
from handlers.informing import tell_of_completed
from handlers.menu import PANEL_STATUS, REWARDS, SHARE, STATUS
from handlers.outcome import Notice, NoticeKind, Outcome
from handlers.passing_on import REPEATED_WITHIN
from handlers.programs import terms, worth
from messages.message import QR, Act, Button, Code, Copy, Day, Message, Phrase, Value
from referrals import ledger
from referrals.codes import spaced
from referrals.ledger import RewardState
from storage.customers import Customer
from storage.rewards import Reward, Voucher
from storage.store import Store

# A hundred steps of some five statements stay near 100 ms of held write lock on SQLite.
CHUNK = 50
# A screen of buttons; older rewards stay claimable as these are used.
MOST_SHOWN = 10
# A question that nobody wanted a human to see is nobody's business after a week.
QUESTIONS_KEPT = timedelta(days=7)
ENDED = (RewardState.REDEEMED, RewardState.EXPIRED, RewardState.REVOKED, RewardState.DENIED)


async def on_rewards_asked(event: RewardsAsked, store: Store) -> Outcome:
    """Show what is there to claim, what is coming and what is past; a pure read."""
    customer = await recognize(event, store)
    message = await overview(customer, store) if customer else None
    if customer is None or message is None:
        message = Message(key="rewarding.nothing-yet", buttons=((SHARE, PANEL_STATUS),), in_place=event.in_panel)
        return Outcome(answers=(message,), language=customer.language if customer else None)
    answer = replace(message, in_place=event.in_panel)
    return Outcome(answers=(answer,), language=customer.language, zone=customer.zone)


async def overview(customer: Customer, store: Store) -> Message | None:
    """Show the rewards of a customer with a button for each that is ready; nothing when there never was one."""
    rewards = await store.rewards.of_customer(customer.id)
    if not rewards:
        return None
    vouchers = await store.vouchers.of_customer(customer.id)
    live = [reward for reward in rewards if reward.state not in ENDED]
    past = [reward for reward in rewards if reward.state in ENDED]
    shown = [*live, *past[-3:]][:MOST_SHOWN]
    lines = [await line(reward, vouchers.get(reward.id), store) for reward in shown]
    buttons: list[tuple[Button, ...]] = [
        (await _claim_button(reward, store),) for reward in shown if reward.state in {"available", "claimed"}
    ]
    return Message(
        key="rewarding.overview",
        values={"ready": sum(reward.state in {"available", "claimed"} for reward in live)},
        lines=tuple(lines),
        buttons=(*buttons, (PANEL_STATUS, SHARE)),
    )


async def on_reward_claimed(event: RewardClaimed, store: Store) -> Outcome:
    """Turn an available reward into a voucher, once; a second tap shows the same voucher again."""
    customer = await recognize(event, store)
    reward = await store.rewards.by_id(event.reward)
    if customer is None or reward is None or reward.customer_id != customer.id:
        message = Message(key="rewarding.not-yours", buttons=((REWARDS,),))
        return Outcome(answers=(message,), language=customer.language if customer else None, refused="not-yours")
    if reward.state == RewardState.AVAILABLE and reward.expires_at > event.at:
        await _issue(event, reward, store)
    fresh = await store.rewards.by_id(reward.id) or reward
    voucher = await store.vouchers.of_reward(reward.id)
    if fresh.state == RewardState.CLAIMED and voucher is not None:
        return Outcome(answers=(await _voucher(fresh, voucher, store),), language=customer.language, zone=customer.zone)
    values: dict[str, Value] = {"gain": await _worth(fresh, store), "free": Day(fresh.pending_until)}
    if voucher is not None and voucher.redeemed_at is not None:
        values["day"] = Day(voucher.redeemed_at)
    over = "expired" if fresh.state == RewardState.AVAILABLE else fresh.state
    message = Message(key=f"rewarding.cannot-claim-{over}", values=values, buttons=((REWARDS, SHARE),))
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone, refused=f"reward-{over}")


async def on_holds_due(event: HoldsDue, store: Store) -> Outcome:
    """Release rewards whose hold has passed, complete their referrals, and tell their owners and the team."""
    due = await store.rewards.take_due_holds(event.at, CHUNK)
    notices = []
    completed = []
    for held in due:
        moved = await store.rewards.move(held.id, states=[RewardState.PENDING], to=RewardState.AVAILABLE)
        if moved is None:
            continue
        step = ledger.advance("release", moved.worth, RewardState.PENDING, RewardState.AVAILABLE)
        await store.ledger.book(moved, step, event.at)
        if await store.referrals.move(
            moved.referral_id, states=["qualified"], to="completed", completed_at=moved.pending_until
        ):
            completed.append(moved.referral_id)
        values = {"gain": await _worth(moved, store), "expires": Day(moved.expires_at)}
        notices.append(_notice(moved, "available", values, (await _claim_button(moved, store),)))
    posts = await tell_of_completed(completed, store)
    return Outcome(notices=tuple(notices), posts=posts, more=len(due) == CHUNK)


async def on_expiries_due(event: ExpiriesDue, store: Store) -> Outcome:
    """Expire rewards that nobody claimed and vouchers that nobody used; forget questions no longer needed."""
    await store.conversations.forget_questions(event.at - QUESTIONS_KEPT)
    await store.conversations.forget_openings(event.at - REPEATED_WITHIN)
    notices = []
    rewards = await store.rewards.take_expired(event.at, CHUNK)
    for reward in rewards:
        notices += await _expire(reward, event, store)
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
    values = {"gain": await _worth(moved, store)}
    return [_notice(moved, f"expired-{before}", values, (SHARE, STATUS))]


async def _issue(event: RewardClaimed, reward: Reward, store: Store) -> None:
    moved = await store.rewards.move(
        reward.id, states=[RewardState.AVAILABLE], to=RewardState.CLAIMED, claimed_at=event.at
    )
    if moved is None:
        return
    program = await terms(store, reward.program_id, reward.revision)
    values = {
        "reward_id": reward.id,
        "customer_id": reward.customer_id,
        "issued_at": event.at,
        "expires_at": event.at + program.voucher_valid_for,
    }
    await store.vouchers.issue(event.draw.voucher_codes(reward.id), values)
    step = ledger.advance("claim", moved.worth, RewardState.AVAILABLE, RewardState.CLAIMED)
    await store.ledger.book(moved, step, event.at)


async def _voucher(reward: Reward, voucher: Voucher, store: Store) -> Message:
    program = await terms(store, reward.program_id, reward.revision)
    code = Code(spaced(voucher.code))
    values: dict[str, Value] = {
        "gain": worth(program, reward.worth),
        "program": program.name,
        "code": code,
        "until": Day(voucher.expires_at),
    }
    copy = Copy(label="rewarding.button-copy-voucher", what=code)
    return Message(key="rewarding.voucher", values=values, picture=QR(code), buttons=((copy,), (REWARDS,)))


async def line(reward: Reward, voucher: Voucher | None, store: Store) -> Phrase:
    """Put one reward into words: what it is, and until or from when."""
    values: dict[str, Value] = {
        "gain": await _worth(reward, store),
        "free": Day(reward.pending_until),
        "expires": Day(voucher.expires_at if voucher and reward.state == "claimed" else reward.expires_at),
    }
    if voucher is not None and voucher.redeemed_at is not None:
        values["day"] = Day(voucher.redeemed_at)
    return Phrase(f"rewarding.line-{reward.state}", values)


async def _claim_button(reward: Reward, store: Store) -> Act:
    label = "rewarding.button-claim" if reward.state == RewardState.AVAILABLE else "rewarding.button-show"
    values = {"gain": await _worth(reward, store)}
    return Act(label=label, action="claim", about=reward.id, values=values, style="success")


async def _worth(reward: Reward, store: Store) -> Value:
    return worth(await terms(store, reward.program_id, reward.revision), reward.worth)


def _notice(reward: Reward, story: str, values: dict[str, Value], buttons: tuple[Button, ...]) -> Notice:
    message = Message(key=f"rewarding.notice-{story}", values=values, buttons=(buttons,))
    return Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"{story}:{reward.id}", message=message)
