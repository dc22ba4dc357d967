"""Someone of the team takes a reward back, gives one again, or grants one by hand: with a reason, which is kept."""

from dataclasses import replace
from datetime import timedelta

from handlers import spending
from handlers.events import Event, RewardGivenAgain, RewardGranted, RewardTakenBack
from handlers.menu import HUMAN, REWARDS, why_button
from handlers.outcome import Notice, NoticeKind, Outcome
from handlers.prizing import book_available, expires
from handlers.programs import running_program, terms, worth
from handlers.refusing import Refused
from handlers.releasing import rule_of
from handlers.rewarding import claim_button
from messages.message import Button, Day, Message, Said, Value
from referrals import ledger
from referrals.decisions import Decision
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.rewarding import USUAL_DELIVERY, Delivery, Kind, RewardRule, Side
from storage.rewards import Reward
from storage.store import Store

BY_HAND = "by-hand"
# Where a reward is over, and may be given again.
OVER = (RewardState.REVOKED, RewardState.DENIED, RewardState.EXPIRED)
OPEN = (RewardState.PENDING, RewardState.AVAILABLE, RewardState.CLAIMED)
# Where nothing says how long: as long as a voucher of the demo program.
USUAL_TIME = timedelta(days=90)


async def on_reward_taken_back(event: RewardTakenBack, store: Store) -> Outcome:
    """Revoke a reward with a compensating entry; what was used already is owed from then on."""
    reward = await _known(event.reward, store)
    state = RewardState(reward.state)
    if state in OVER:
        raise Refused("reward-over", reply={"state": reward.state})
    owed = state is RewardState.REDEEMED
    rest = await store.ledger.cost_of(reward.id) if owed else reward.amount
    if owed and not rest:
        raise Refused("reward-over", reply={"state": "owed"})
    amount = Amount(rest, reward.unit)
    if not owed:
        moved = await store.rewards.move(
            reward.id, states=OPEN, to=RewardState.REVOKED, reason=BY_HAND, ended_at=event.at
        )
        if moved is None:
            raise LookupError("A reward that is held was moved by somebody else.")
        await store.vouchers.end(reward.id, "revoked")
        await store.caps.give_back(reward.id, reward.program_id, reward.takes)
    await store.ledger.book(reward, ledger.take_back(f"take-back:{BY_HAND}", amount, state), event.at)
    await _keep(event, reward, "revoked-by-hand", event.because, store)
    values = await _values(reward, event.because, store)
    message = Message(
        key=f"restoring.{'owed' if owed else 'taken-back'}",
        values=values,
        buttons=((why_button(reward.id), REWARDS, HUMAN),),
    )
    notice = Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"by-hand:{reward.id}", message=message)
    after = await store.rewards.by_id(reward.id) or reward
    return Outcome(reply={"reward": reward.id, "state": after.state, "owed": owed}, notices=(notice,))


async def on_reward_given_again(event: RewardGivenAgain, store: Store) -> Outcome:
    """Give somebody a reward again that was over: a new one like it, once, beside the old one."""
    before = await _known(event.reward, store)
    if before.state not in OVER:
        raise Refused("reward-not-over", reply={"state": before.state})
    reward = await give_again(before, event, event.because, store)
    if reward is None:
        raise Refused("given-again-already")
    return await _told(reward, event.because, store)


async def give_again(before: Reward, event: Event, because: str, store: Store) -> Reward | None:
    """Give a reward that is over once more as a new one, booked and with its decision; nothing when it was before."""
    # An expired reward may be spent in part; of the others nothing is left to them.
    gone = before.amount - before.spent if before.state == RewardState.EXPIRED else before.amount
    again = replace(before, id=event.draw.id("rwd"), occasion=f"again:{before.id}", amount=gone)
    rule = rule_of(before, await terms(store, before.program_id, before.revision))
    return await _afresh(again, rule, event, because, store=store) if gone > 0 else None


async def top_up(like: Reward, rule: RewardRule, event: Event, because: str, *, store: Store) -> tuple[Notice, ...]:
    """Give more of a reward that somebody had, by a rule, and tell them; nothing when its occasion had that before."""
    reward = await _afresh(like, rule, event, because, store=store)
    return (await _told(reward, because, store)).notices if reward else ()


async def _afresh(like: Reward, rule: RewardRule | None, event: Event, because: str, *, store: Store) -> Reward | None:
    reward = replace(
        like,
        referral_id=None,  # a later refund does not take back what was given knowingly
        event_id=None,
        spent=0,
        state=RewardState.AVAILABLE,
        reason=None,
        waits_for=None,
        waits_until=None,
        takes=(),  # no cap is asked: the decision says so
        pending_until=event.at,
        expires_at=expires(rule, event.at) if rule else event.at + USUAL_TIME,
        earned_at=event.at,
        claimed_at=None,
        ended_at=None,
    )
    if not await store.rewards.add(reward):
        return None
    await _enter(reward, event, because, store)
    return reward


async def on_reward_granted(event: RewardGranted, store: Store) -> Outcome:
    """Grant a customer a reward that no goal led to; caps and budget are not asked, and the decision says so."""
    customer = await store.customers.by_id(event.customer)
    program = await running_program(store)
    if customer is None:
        raise Refused("unknown-customer")
    if program is None:
        raise Refused("no-program")
    kind = Kind(event.kind)
    delivery = USUAL_DELIVERY[kind]
    if delivery is Delivery.CODES:
        raise Refused("codes-by-hand")
    reward = Reward(
        id=event.draw.id("rwd"),
        program_id=program.id,
        referral_id=None,
        goal=BY_HAND,
        side=Side.ADVOCATE,
        occurrence=1,
        customer_id=customer.id,
        event_id=None,
        revision=program.revision,
        amount=event.amount.minor,
        unit=event.amount.unit,
        kind=kind,
        delivery=delivery,
        state=RewardState.AVAILABLE,
        occasion=f"by-hand:{event.draw.id('ocn')}",
        pending_until=event.at,
        expires_at=event.at + USUAL_TIME,
        earned_at=event.at,
    )
    await store.rewards.add(reward)
    await _enter(reward, event, event.because, store)
    return await _told(reward, event.because, store)


async def _known(reward: str, store: Store) -> Reward:
    found = await store.rewards.by_id(reward)
    if found is None:
        raise Refused("unknown-reward")
    return found


async def _enter(reward: Reward, event: Event, because: str, store: Store) -> None:
    await book_available(reward, event.at, store)
    if reward.delivery == Delivery.BALANCE:
        await spending.pay_off(reward.customer_id, reward.unit, event, store)
    await _keep(event, reward, "granted-by-hand", because, store)


async def _told(reward: Reward, because: str, store: Store) -> Outcome:
    values = await _values(reward, because, store)
    buttons: tuple[Button, ...] = (REWARDS,)
    if reward.delivery != Delivery.BALANCE:
        buttons = (await claim_button(reward, store), REWARDS)
    message = Message(key="restoring.given", values=values, buttons=(buttons,))
    notice = Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"given:{reward.id}", message=message)
    return Outcome(reply={"reward": reward.id, "state": reward.state}, notices=(notice,))


async def _keep(event: Event, reward: Reward, outcome: str, because: str, store: Store) -> None:
    """Store the decision; a reason is the team's own words and may name people, so only the reward's row is told."""
    trace = Decision(outcome=outcome, rule="the team", saw=reward.worth.decimal(), would_change="").to_json()
    await store.decisions.add(
        event.draw.id("dec", reward.id),
        about=reward.id,
        customer=reward.customer_id,
        trace={**trace, "because": because, "overrides": "caps"},
        at=event.at,
    )


async def _values(reward: Reward, because: str, store: Store) -> dict[str, Value]:
    program = await terms(store, reward.program_id, reward.revision)
    values: dict[str, Value] = {"gain": worth(program, reward.worth), "why": Said(because)}
    if reward.expires_at is not None:
        values["expires"] = Day(reward.expires_at)
    return values
