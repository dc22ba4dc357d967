"""An event reaches a goal, or a refund takes it back: what that does to the referral and both sides' rewards."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from handlers.menu import REWARDS, SHARE, STATUS
from handlers.outcome import Notice, NoticeKind
from handlers.programs import terms, worth
from messages.message import Day, Message, NameOf, Values
from referrals import ledger
from referrals.decisions import Decision
from referrals.draw import Draw
from referrals.ledger import RewardState
from referrals.money import Amount, share_of
from referrals.program import Goal, Program
from referrals.qualifying import Reported, judge, survives_refund
from referrals.rewarding import Fixed, Portion, RewardRule, Side
from storage.customers import Customer
from storage.events import ReportedEvent
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store

# A till's clock and ours differ by this much at most: the same as the API allows an event to lie ahead.
CLOCK_SKEW = timedelta(minutes=5)
OPEN_REWARDS = (RewardState.PENDING, RewardState.AVAILABLE, RewardState.CLAIMED)


@dataclass(kw_only=True)
class Consequences:
    """What an event led to, gathered while it is worked through."""

    decision: Decision
    occasion: str = ""  # a merge, which can be undone and happen again: it tells the ledger's steps apart
    referral: str | None = None
    rewards: list[Reward] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


async def qualify(
    event: ReportedEvent,
    friend: Customer,
    program: Program,
    draw: Draw,
    store: Store,
    *,
    referral: Referral | None = None,  # where it is known already
) -> Consequences:
    """Judge an event under the terms of the friend's referral; a reached goal grants both sides their reward."""
    referral = referral or await store.referrals.of_friend(program.id, friend.id)
    if referral is None:
        return Consequences(decision=Decision(outcome="not-invited", rule="attribution", saw="no invitation"))
    pinned = await terms(store, referral.program_id, referral.revision)
    decision = _judge(event, referral, pinned)
    found = Consequences(decision=decision, referral=referral.id)
    if decision.outcome == "customer-before":
        await store.referrals.move(
            referral.id, states=["joined"], to="ineligible", reason="customer-before", ended_at=event.received_at
        )
    goal = next(iter(pinned.goals_for(event.type)), None)
    if decision.outcome != "qualified" or goal is None:
        return found
    if not await store.referrals.move(referral.id, states=["joined"], to="qualified", qualified_at=event.occurred_at):
        found.decision = Decision(outcome="goal-reached-before", rule=goal.name, saw="qualified")
        return found
    await store.events.change(event.id, referral_id=referral.id)
    for side in Side:
        reward = _reward(side, goal, event, referral=referral, program=pinned, draw=draw)
        if reward is not None and await store.rewards.add(reward):
            await store.ledger.book(reward, ledger.grant(reward.worth), event.received_at)
            found.rewards.append(reward)
            if goal.hold.days:
                found.notices.append(_pending(reward, referral, pinned))
    return found


def _judge(event: ReportedEvent, referral: Referral, pinned: Program) -> Decision:
    amount = event.left
    reported = Reported(type=event.type, amount=amount, occurred_at=event.occurred_at)
    earliest = referral.joined_at - CLOCK_SKEW
    decision = judge(reported, pinned, state=referral.state, joined_at=earliest, qualify_by=referral.qualify_by)
    goal = next(iter(pinned.goals_for(event.type)), None)
    if decision.outcome == "qualified" and event.refunded and amount and goal and not survives_refund(amount, goal):
        # An unclaimed purchase may be returned before anybody claims it.
        return replace(decision, outcome="below-minimum", rule="refund")
    if decision.outcome == "before-joining" and event.type == "purchase":
        # Whoever bought before they were invited was a customer already.
        return replace(decision, outcome="customer-before", rule="attribution")
    return decision


def _reward(
    side: Side, goal: Goal, event: ReportedEvent, *, referral: Referral, program: Program, draw: Draw
) -> Reward | None:
    rule = goal.reward_of(side)
    amount = _worth_of(rule, event.left or Amount(0, program.currency)) if rule else None
    if rule is None or amount is None or amount.minor == 0:  # zero: a percentage of next to nothing
        return None
    free = max(event.occurred_at, referral.joined_at) + goal.hold.days
    return Reward(
        id=draw.id("rwd", f"{event.id}:{side}"),
        program_id=program.id,
        referral_id=referral.id,
        goal=goal.name,
        side=side,
        occurrence=1,
        customer_id=referral.advocate_id if side is Side.ADVOCATE else referral.friend_id,
        event_id=event.id,
        revision=referral.revision,
        amount=amount.minor,
        unit=amount.unit,
        state=RewardState.PENDING,
        pending_until=free,
        expires_at=free + (rule.expiry.after or timedelta()),
        earned_at=event.received_at,
    )


def _worth_of(rule: RewardRule, purchase: Amount) -> Amount:
    size = rule.first.size
    if isinstance(size, Fixed):
        return size.amount
    return share_of(purchase, size.percent) if isinstance(size, Portion) else Amount(0, purchase.unit)


def news(of_joining: Sequence[Notice], found: Consequences, *, besides: str | None = None) -> tuple[Notice, ...]:
    """Tell nobody two things at once: who hears of a reward need not hear of the joining, nor who has the answer."""
    told = {notice.to for notice in found.notices}
    joining = [notice for notice in of_joining if notice.to not in told]
    return tuple(notice for notice in (*joining, *found.notices) if notice.to != besides)


def _pending(reward: Reward, referral: Referral, program: Program) -> Notice:
    values: Values = {
        "gain": worth(program, reward.worth),
        "free": Day(reward.pending_until),
        "name": NameOf(referral.friend_id if reward.side == Side.ADVOCATE else referral.advocate_id),
    }
    message = Message(key=f"earning.pending-{reward.side}", values=values, buttons=((STATUS, REWARDS),))
    return Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"pending:{reward.id}", message=message)


async def take_back(purchase: ReportedEvent, refunded: int, at: datetime, store: Store) -> Consequences:
    """Work out what a refund does: nothing, a smaller percentage, or the end of the rewards."""
    left = Amount((purchase.amount or 0) - refunded, purchase.unit or "")
    found = Consequences(decision=Decision(outcome="refund-recorded", rule="refund", saw=left.decimal()))
    referral = await store.referrals.by_id(purchase.referral_id) if purchase.referral_id else None
    if referral is None:
        return found
    found.referral = referral.id
    program = await terms(store, referral.program_id, referral.revision)
    goal = next(iter(program.goals_for(purchase.type)), None)
    rewards = [item for item in await store.rewards.of_referral(referral.id) if item.event_id == purchase.id]
    if goal is None or not rewards:
        return found
    if survives_refund(left, goal):
        found.decision = await _reduce(rewards, goal, left, at=at, store=store) or found.decision
        return found
    found.decision = Decision(
        outcome="refund-took-back",
        rule=f"{goal.name}.minimum",
        saw=left.decimal(),
        would_change=f">= {goal.minimum.decimal()}" if goal.minimum else "> 0",
    )
    await store.referrals.move(
        referral.id, states=["qualified", "completed"], to="ineligible", reason="refunded", ended_at=at
    )
    for reward in rewards:
        await revoke(reward, program, "refunded", at=at, found=found, store=store)
    return found


async def revoke(
    reward: Reward, program: Program, reason: str, *, at: datetime, found: Consequences, store: Store
) -> None:
    """Take one reward back with a compensating entry; one already redeemed is owed and shown to the team."""
    state = RewardState(reward.state)
    step = ":".join(part for part in ("take-back", reason, found.occasion) if part)
    if state is RewardState.REDEEMED:
        # An earlier refund may have made a part of it owed already, or all of it.
        rest = await store.ledger.cost_of(reward.id)
        if rest:
            await store.ledger.book(reward, ledger.take_back(step, Amount(rest, reward.unit), state), at)
        return
    moved = await store.rewards.move(reward.id, states=OPEN_REWARDS, to=RewardState.REVOKED, reason=reason, ended_at=at)
    if moved is None:
        return
    await store.ledger.book(reward, ledger.take_back(step, reward.worth, state), at)
    await store.vouchers.end(reward.id, "revoked")
    found.rewards.append(moved)
    message = Message(
        key=f"earning.revoked-{reason}-{reward.side}",
        values={"gain": worth(program, reward.worth)},
        buttons=((SHARE, STATUS),),
    )
    found.notices.append(
        Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"revoked:{reward.id}:{reason}", message=message)
    )


async def _reduce(rewards: list[Reward], goal: Goal, left: Amount, *, at: datetime, store: Store) -> Decision | None:
    """Lower percentage rewards to what is left of the purchase; of a redeemed one a part is owed; fixed ones stay."""
    decision = None
    for reward in rewards:
        rule = goal.reward_of(Side(reward.side))
        state = RewardState(reward.state)
        size = rule.first.size if rule else None
        if not isinstance(size, Portion) or state not in (*OPEN_REWARDS, RewardState.REDEEMED):
            continue
        now_worth = share_of(left, size.percent)
        less = Amount(await store.ledger.cost_of(reward.id) - now_worth.minor, reward.unit)
        if less.minor > 0:
            await store.ledger.book(reward, ledger.take_back(f"reduce:{left.decimal()}", less, state), at)
            if state is not RewardState.REDEEMED:
                await store.rewards.reduce(reward.id, now_worth.minor)
            decision = Decision(outcome="refund-reduced", rule=f"{goal.name}.percent", saw=left.decimal())
    return decision
