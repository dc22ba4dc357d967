"""A refund or a merge takes back what an event had led to, at any time: also after it was spent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers.earning import OPEN_REWARDS, Consequences
from handlers.events import Event
from handlers.gathering import Case, as_reported, gather
from handlers.granting import said
from handlers.menu import SHARE, STATUS, why_button
from handlers.outcome import Notice, NoticeKind
from handlers.winning import fallen
from messages.message import Message
from referrals import ledger
from referrals.decisions import Decision
from referrals.judging import judge, still_reached
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.program import Goal, Program
from referrals.progress import deadline_of
from referrals.rewarding import ByField, ByStep, Fixed, Portion, Size
from referrals.sizing import amount_of
from storage.customers import Customer
from storage.events import ReportedEvent
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store

# Nothing is taken from a reward that is over; one that has expired costs nothing any more.
TAKEN_FROM = (*OPEN_REWARDS, RewardState.REDEEMED)


@dataclass(frozen=True, kw_only=True)
class _Refund:
    """Money given back: the purchase as it was before, what is left of it, and what follows."""

    purchase: ReportedEvent
    left: Amount
    event: Event
    found: Consequences


async def take_back(
    purchase: ReportedEvent, refunded: int, friend: Customer | None, event: Event, store: Store
) -> Consequences:
    """Work out what a refund does: nothing, a smaller percentage, or the end of the rewards that stood on it."""
    left = Amount((purchase.amount or 0) - refunded, purchase.unit or "")
    found = Consequences(decision=Decision(outcome="refund-recorded", rule="refund", saw=left.decimal()))
    referral = await _referral_of(purchase, friend, store)
    if referral is None or friend is None:
        return found
    found.referral = referral.id
    now = replace(purchase, refunded=refunded)
    case = await gather(now, referral, friend, store, given=purchase.properties)
    rewards = await store.rewards.of_referral(referral.id)
    times = _times(referral, rewards)
    refund = _Refund(purchase=purchase, left=left, event=event, found=found)
    undone = []
    for goal in case.program.goals_for(purchase.type):
        own = [reward for reward in rewards if reward.goal == goal.name and reward.state != RewardState.REVOKED]
        gone = _gone(goal, own, case, live=times.get(goal.name, [0, 0])[0])
        for reward in own:
            if reward.occurrence in gone:
                await revoke(reward, case.program, "refunded", at=event.at, found=found, store=store)
        if gone:
            times[goal.name] = [max(0, times[goal.name][0] - len(gone)), times[goal.name][1]]
            undone.append(goal)
        kept = [reward for reward in own if reward.event_id == purchase.id and reward.occurrence not in gone]
        await _reduce(kept, goal, refund, store)
    if undone:
        found.decision = _took_back(undone[0], left)
        found.notices += await _step_down(case, undone, times, event, store=store)
    return found


async def revoke(
    reward: Reward, program: Program, reason: str, *, at: datetime, found: Consequences, store: Store
) -> None:
    """Take one reward back with a compensating entry; one already redeemed is owed and shown to the team."""
    state = RewardState(reward.state)
    if state not in TAKEN_FROM:
        return
    step = ":".join(part for part in ("take-back", reason, found.occasion) if part)
    if state is RewardState.REDEEMED:
        # An earlier refund may have made a part of it owed already, or all of it.
        rest = await store.ledger.cost_of(reward.id)
        if rest:
            await store.ledger.book(reward, ledger.take_back(step, Amount(rest, reward.unit), state), at)
        await store.caps.give_back(reward.id, reward.program_id, reward.takes)
        return
    moved = await store.rewards.move(reward.id, states=OPEN_REWARDS, to=RewardState.REVOKED, reason=reason, ended_at=at)
    if moved is None:
        return
    await store.ledger.book(reward, ledger.take_back(step, reward.worth, state), at)
    await store.vouchers.end(reward.id, "revoked")
    found.rewards.append(moved)
    message = Message(
        key=f"earning.revoked-{reason}-{reward.side}",
        values={"gain": said(reward, program)},
        buttons=((why_button(reward.id),), (SHARE, STATUS)),
    )
    found.notices.append(
        Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"revoked:{reward.id}:{reason}", message=message)
    )


async def _referral_of(purchase: ReportedEvent, friend: Customer | None, store: Store) -> Referral | None:
    """Find the referral an event counts for: the one whose goal it reached, or one that it is a step of."""
    if purchase.referral_id:
        return await store.referrals.by_id(purchase.referral_id)
    return await store.referrals.of_friend(purchase.program_id, friend.id) if friend and purchase.program_id else None


def _times(referral: Referral, rewards: Iterable[Reward]) -> dict[str, list[int]]:
    """Say how often each goal stands reached and ever was; of referrals from before that was counted, by rewards."""
    if referral.reached:
        return {goal: [int(counts[0]), int(counts[1])] for goal, counts in referral.reached.items()}
    occurrences: dict[str, set[int]] = {}
    for reward in rewards:
        if reward.state != RewardState.REVOKED:
            occurrences.setdefault(reward.goal, set()).add(reward.occurrence)
    return {goal: [len(numbers), max(numbers)] for goal, numbers in occurrences.items()}


def _gone(goal: Goal, own: Sequence[Reward], case: Case, *, live: int) -> set[int]:
    """Number the rewards of a goal that what is left does not reach any more."""
    of_event = {reward.occurrence for reward in own if reward.event_id == case.event.id}
    if not goal.needs_history:
        return set() if still_reached(goal, case.facts) else of_event
    over = live - _replayed(goal, case)
    if over <= 0:
        return set()
    # What stood on this very event goes first, then what was reached last.
    stands = _stands(case.event)
    numbers = {reward.occurrence for reward in own}
    order = sorted(numbers, key=lambda number: (number in of_event and not stands, number))
    return set(order[-over:])


def _replayed(goal: Goal, case: Case) -> int:
    """Count how often a goal is reached by what still stands, judging event after event as they came."""
    standing = [*case.history, *([case.event] if _stands(case.event) else [])]
    standing.sort(key=lambda event: (event.occurred_at, event.received_at, event.id))
    alone = replace(case.program, goals=(goal,))
    seen = [as_reported(event, case.referral, case.program) for event in standing]
    times = 0
    for number, reported in enumerate(seen):
        position = replace(case.facts.standing, state="joined", reached={goal.name: times})
        facts = replace(case.facts, event=reported, program=alone, standing=position, history=seen[:number])
        times += len(judge(facts).reached)
    return times


def _stands(event: ReportedEvent) -> bool:
    return event.left is None or event.left.minor > 0


async def _step_down(
    case: Case, undone: Sequence[Goal], times: Mapping[str, Sequence[int]], event: Event, *, store: Store
) -> list[Notice]:
    """Let a referral without any goal left count no more; one that needs several events may reach it again."""
    referral = case.referral
    if any(counts[0] for counts in times.values()):
        await store.referrals.note(referral.id, times)
        return []
    values: dict[str, Any] = {"reached": times}
    if any(goal.needs_history and event.at <= deadline_of(goal, case.facts) for goal in undone):
        values |= {"to": "joined", "qualified_at": None}
    else:
        values |= {"to": "ineligible", "reason": "refunded", "ended_at": event.at}
    await store.referrals.move(referral.id, states=["qualified", "completed"], **values)
    return await fallen(referral, event, store) if referral.state == "completed" else []


def _took_back(goal: Goal, left: Amount) -> Decision:
    needed = f">= {goal.minimum.decimal()}" if goal.minimum else "> 0"
    rule = f"{goal.name}.count" if goal.needs_history else f"{goal.name}.minimum"
    return Decision(outcome="refund-took-back", rule=rule, saw=left.decimal(), would_change=needed)


async def _reduce(rewards: Sequence[Reward], goal: Goal, refund: _Refund, store: Store) -> None:
    """Lower percentage rewards to what is left of the purchase; of a redeemed one a part is owed; fixed ones stay."""
    for reward in rewards:
        state = RewardState(reward.state)
        if state not in TAKEN_FROM or not _takes_parts(goal, reward):
            continue
        cost = await store.ledger.cost_of(reward.id)
        now_worth = _less(_parts_of(goal, reward), Amount(cost, reward.unit), refund)
        if now_worth is None or now_worth.minor >= cost:
            continue
        less = Amount(cost - now_worth.minor, reward.unit)
        booked = ledger.take_back(f"reduce:{refund.left.decimal()}", less, state)
        await store.ledger.book(reward, booked, refund.event.at)
        if state is not RewardState.REDEEMED:
            await store.rewards.reduce(reward.id, now_worth.minor)
        told = Decision(outcome="refund-reduced", rule=f"{goal.name}.percent", saw=refund.left.decimal())
        refund.found.decision = told


def _takes_parts(goal: Goal, reward: Reward) -> bool:
    return any(isinstance(part, Portion) for part in _parts_of(goal, reward))


def _less(parts: Sequence[Fixed | Portion], cost: Amount, refund: _Refund) -> Amount | None:
    """Find the percentage that a reward was, by what it came to before the refund, and take it of what is left."""
    for part in parts:
        if isinstance(part, Portion) and amount_of(part, refund.purchase.left, cost.unit) == cost:
            return amount_of(part, refund.left, cost.unit)
    return None


def _parts_of(goal: Goal, reward: Reward) -> list[Fixed | Portion]:
    rule = next((rule for rule in goal.rewards if rule.side == reward.side), None)
    option = next((option for option in rule.options if option.name == reward.option), rule.first) if rule else None
    return _parts(option.size) if option else []


def _parts(size: Size) -> list[Fixed | Portion]:
    match size:
        case ByField():
            return [part for _, part in size.cases] + ([size.otherwise] if size.otherwise else [])
        case ByStep():
            return [part for _, step in size.steps for part in _parts(step)]
    return [size]
