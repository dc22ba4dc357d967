"""A refund or a merge takes back what an event had led to, at any time: also after it was spent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from handlers.earning import OPEN_REWARDS, Consequences
from handlers.events import Event
from handlers.gathering import Case, as_reported, gather
from handlers.outcome import Notice
from handlers.taken_back import lowered, owed, revoked, tell_team
from handlers.winning import fallen
from referrals import ledger
from referrals.decisions import Decision
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.program import Goal, Program
from referrals.progress import deadline_of
from referrals.refunds import Stood, Way, after_refund, options_left, room_taken, size_of
from referrals.reported import Reported
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


@dataclass(frozen=True)
class _Terms:
    """What a reward was given for, and by which program."""

    goal: Goal
    program: Program


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
        of_goal = [reward for reward in rewards if reward.goal == goal.name]
        own = await _not_fallen(of_goal, times.get(goal.name, [0, 0]), store)
        gone = await _judge_again(goal, own, case, live=times.get(goal.name, [0, 0])[0], refund=refund, store=store)
        if gone:
            live, *rest = times[goal.name]
            times[goal.name] = [max(0, live - len(gone)), *rest, *sorted(gone)]
            undone.append(goal)
    if undone:
        found.decision = _took_back(undone[0], left)
        found.notices += await _step_down(case, undone, times, event, store=store)
    return found


async def _judge_again(
    goal: Goal, own: Sequence[Reward], case: Case, *, live: int, refund: _Refund, store: Store
) -> frozenset[int]:
    """Take back what of a goal falls and lower what shrinks; return the times for which it is not reached any more."""
    stood = [await _stood(reward, goal, refund.purchase, store) for reward in own]
    before = refund.purchase.left or refund.left
    after = after_refund(goal, case.facts, stood, before=before, live=live, events=_in_order(case))
    for reward, was, worth in zip(own, stood, after.worth, strict=True):
        if reward.occurrence in after.fallen:
            at, found = refund.event.at, refund.found
            await revoke(reward, case.program, "refunded", at=at, found=found, store=store)
        elif was.by_event:
            await _reduce(reward, worth, was, _Terms(goal, case.program), refund=refund, store=store)
    return after.fallen


async def revoke(
    reward: Reward, program: Program, reason: str, *, at: datetime, found: Consequences, store: Store
) -> None:
    """Take one reward back with a compensating entry; one already redeemed is owed, and its owner and the team told."""
    state = RewardState(reward.state)
    if state not in TAKEN_FROM:
        return
    step = ":".join(part for part in ("take-back", reason, found.occasion) if part)
    if state is RewardState.REDEEMED:
        # An earlier refund may have made a part of it owed already, or all of it.
        rest = Amount(await store.ledger.cost_of(reward.id), reward.unit)
        if rest.minor:
            await store.ledger.book(reward, ledger.take_back(step, rest, state), at)
            if reason == "refunded":
                await _owe(reward, rest, program, step, found=found, store=store)
        await store.caps.give_back(reward.id, reward.program_id, reward.takes)
        return
    moved = await store.rewards.move(reward.id, states=OPEN_REWARDS, to=RewardState.REVOKED, reason=reason, ended_at=at)
    if moved is None:
        return
    await store.ledger.book(reward, ledger.take_back(step, reward.worth, state), at)
    await store.vouchers.end(reward.id, "revoked")
    found.rewards.append(moved)
    found.notices.append(revoked(reward, program, reason))


async def _owe(reward: Reward, less: Amount, program: Program, step: str, *, found: Consequences, store: Store) -> None:
    """Say what was taken of a reward after it had been used: to its owner, to the team, and in the answer."""
    found.rewards.append(reward)
    found.owed[reward.id] = less.minor
    found.notices.append(owed(reward, less, program, occasion=step))
    found.posts += await tell_team(reward, less, program, occasion=step, store=store)


async def _referral_of(purchase: ReportedEvent, friend: Customer | None, store: Store) -> Referral | None:
    """Find the referral an event counts for: the one whose goal it reached, or one that it is a step of."""
    if purchase.referral_id:
        return await store.referrals.by_id(purchase.referral_id)
    return await store.referrals.of_friend(purchase.program_id, friend.id) if friend and purchase.program_id else None


def _times(referral: Referral, rewards: Iterable[Reward]) -> dict[str, list[int]]:
    """Say how often each goal stands reached and ever was; of referrals from before that was counted, by rewards.

    Behind these two stand the times for which it was reached and is not any more.
    """
    if referral.reached:
        return {goal: [int(count) for count in counts] for goal, counts in referral.reached.items()}
    occurrences: dict[str, set[int]] = {}
    for reward in rewards:
        if reward.state != RewardState.REVOKED:
            occurrences.setdefault(reward.goal, set()).add(reward.occurrence)
    return {goal: [len(numbers), max(numbers)] for goal, numbers in occurrences.items()}


async def _not_fallen(rewards: Sequence[Reward], times: Sequence[int], store: Store) -> list[Reward]:
    """Leave out what an earlier refund took, whatever has become of the rewards for it."""
    live, ever, *fell = times
    if live + len(fell) == ever:
        return [each for each in rewards if each.occurrence not in fell]
    # It fell before the times were noted: of what was redeemed nothing is left, and what was denied stays so.
    fell = [each.occurrence for each in rewards if each.state == RewardState.REVOKED and each.reason == "refunded"]
    over = {(RewardState.REVOKED, False), (RewardState.REVOKED, True), (RewardState.DENIED, True)}
    found = [each for each in rewards if (RewardState(each.state), each.occurrence in fell) not in over]
    return [each for each in found if each.state != RewardState.REDEEMED or await store.ledger.cost_of(each.id)]


async def _stood(reward: Reward, goal: Goal, purchase: ReportedEvent, store: Store) -> Stood:
    """Tell the rules of a reward: what it costs by the ledger, as an earlier refund may have made a part of it owed."""
    by_event = reward.event_id == purchase.id
    has_cost = by_event and RewardState(reward.state) in TAKEN_FROM
    worth = Amount(await store.ledger.cost_of(reward.id), reward.unit) if has_cost else reward.worth
    size = size_of(goal, reward.side, Way(reward.option, worth, reward.fitted))
    return Stood(occurrence=reward.occurrence, by_event=by_event, size=size, worth=worth)


def _in_order(case: Case) -> list[Reported]:
    """List what the friend did as it came; those who give a code late have several events of one moment."""
    events = sorted((*case.history, case.event), key=lambda event: (event.occurred_at, event.received_at, event.id))
    return [as_reported(event, case.referral, case.program) for event in events]


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


async def _reduce(reward: Reward, to: Amount, stood: Stood, terms: _Terms, *, refund: _Refund, store: Store) -> None:
    """Lower a percentage reward to what is left of the purchase; of a redeemed one a part is owed."""
    state = RewardState(reward.state)
    options = _options_left(reward, terms.goal, refund)
    is_less = to.minor < stood.worth.minor
    if state not in TAKEN_FROM or not (is_less or options != list(reward.options)):
        return
    less, step = Amount(max(0, stood.worth.minor - to.minor), reward.unit), f"reduce:{refund.left.decimal()}"
    if is_less:
        await store.ledger.book(reward, ledger.take_back(step, less, state), refund.event.at)
    ways = [Amount(int(option["amount"]), str(option["unit"])) for option in options] or [to]
    takes = [(*rest, unit, count, room_taken(unit, value, ways)) for *rest, unit, count, value in reward.takes]
    # What was redeemed stays what it was: the part that is owed stands in the ledger.
    amount = to.minor if is_less and state is not RewardState.REDEEMED else reward.amount
    await store.rewards.reduce(reward, amount, options=options, takes=takes)
    told = Decision(outcome="refund-reduced", rule=f"{terms.goal.name}.percent", saw=refund.left.decimal())
    refund.found.decision = told
    if state is not RewardState.REDEEMED:
        now = replace(reward, amount=amount, options=options)
        refund.found.rewards.append(now)
        refund.found.notices.append(lowered(reward, now, terms.program))
    elif is_less:
        await _owe(reward, less, terms.program, step, found=refund.found, store=store)


def _options_left(reward: Reward, goal: Goal, refund: _Refund) -> list[Mapping[str, Any]]:
    """List what can still be picked, with what it is worth now; an option that came to nothing is none any more."""
    options = [
        Way(str(one["name"]), Amount(int(one["amount"]), str(one["unit"])), str(one.get("fitted", "")))
        for one in reward.options
    ]
    before = refund.purchase.left or refund.left
    left = options_left(goal, reward.side, options, before=before, left=refund.left)
    pairs = zip(reward.options, left, strict=True)
    return [{**one, "amount": worth.minor} for one, worth in pairs if worth.minor > 0 or one["name"] == reward.option]
