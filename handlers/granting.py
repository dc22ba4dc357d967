"""What a reached goal gives: the rewards of both sides, what they take up of caps, and the news of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from handlers import capping
from handlers.capping import Refusal
from handlers.gathering import Case
from handlers.menu import REWARDS, SHARE, STATUS, why_button
from handlers.outcome import Notice, NoticeKind
from handlers.programs import worth
from handlers.promising import Gain, either, event_name, story, what_counts
from messages.message import Day, Message, NameOf, Value
from referrals.caps import Owners
from referrals.decisions import Decision
from referrals.draw import Draw
from referrals.judging import Grant, Verdict, free_at, given_up_at
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.program import Goal, Program
from referrals.rewarding import Expiry, Option, Part, Side
from referrals.sizing import noted
from storage.rewards import Reward
from storage.store import Store


@dataclass(kw_only=True)
class Granted:
    """What came of the goals that an event reached."""

    rewards: list[Reward] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    refused: dict[str, Decision] = field(default_factory=dict)  # reward -> which cap was full


async def grant(verdicts: Sequence[Verdict], case: Case, draw: Draw, store: Store) -> Granted:
    """Grant what the reached goals give, each side by itself: what is over a cap is denied, and its owner told why."""
    found = Granted()
    asked: list[Reward] = []
    for given in (given for verdict in verdicts for given in verdict.grants):
        asked.append(await _within_caps(given, _reward(given, case, draw), case, found=found, store=store))
    found.rewards = await store.grants.add(asked, are_first=store.referrals.is_new(case.referral.id))
    await store.grants.book(found.rewards, case.event.received_at)
    new = {reward.id for reward in found.rewards}
    for reward in asked:
        if reward.id not in new:
            await store.caps.give_back(reward.id, reward.program_id, reward.takes)
    found.notices += [_on_its_way(reward, case) for reward in found.rewards if _is_announced(reward, case.program)]
    return found


def expires(expiry: Expiry, free: datetime) -> datetime | None:
    """Return until when a reward can be used that is free at a moment; nothing when it never expires."""
    return free + expiry.after if expiry.after is not None else expiry.on


def _reward(given: Grant, case: Case, draw: Draw) -> Reward:
    """Make a reward as it is when no cap is in its way."""
    goal, side, program = given.goal, given.side, case.program
    number, option = next(
        (number, option) for number, option in enumerate(given.rule.options) if given.amounts[number].minor > 0
    )
    free = free_at(goal, case.reached_at)
    waits = goal.hold.until_event if goal.hold.until_event and not is_there(goal.hold.until_event, case) else None
    return Reward(
        id=draw.id("rwd", f"{case.event.id}:{goal.name}:{side}"),
        program_id=program.id,
        referral_id=case.referral.id,
        goal=goal.name,
        side=side,
        occurrence=ever_reached(goal, case) + 1,
        customer_id=case.referral.advocate_id if side is Side.ADVOCATE else case.referral.friend_id,
        event_id=case.event.id,
        revision=program.revision,
        amount=given.amounts[number].minor,
        unit=given.amounts[number].unit,
        kind=option.kind,
        delivery=option.delivery,
        stock=option.stock,
        option=option.name,
        options=_options(given) if given.rule.is_choice else (),
        fitted=noted(given.sizes[number]),
        state=RewardState.PENDING,
        pending_until=free,
        waits_for=waits,
        waits_until=given_up_at(goal, case.reached_at) if waits else None,
        expires_at=expires(given.rule.expiry, free),
        earned_at=case.event.received_at,
    )


def ever_reached(goal: Goal, case: Case) -> int:
    """Say how often a goal was ever reached, taken back or not: it numbers the rewards."""
    counted = case.referral.reached.get(goal.name)
    if counted:
        return int(counted[1])
    # Before goals were counted, a referral that had come so far had reached each of them once.
    return int(not case.referral.reached and case.referral.state != "joined")


def _options(given: Grant) -> tuple[Mapping[str, Any], ...]:
    found = zip(given.rule.options, given.amounts, given.sizes, strict=True)
    return tuple(_option(option, amount, size) for option, amount, size in found if amount.minor > 0)


def _option(option: Option, amount: Amount, size: Part | None) -> Mapping[str, Any]:
    return {
        "name": option.name,
        "amount": amount.minor,
        "unit": amount.unit,
        "kind": str(option.kind),
        "delivery": str(option.delivery),
        "stock": option.stock,
        "fitted": noted(size),
    }


def is_there(event: str, case: Case) -> bool:
    """Tell whether what a reward waits for was reported before what it is for."""
    return any(past.type == event and past.occurred_at >= case.event.occurred_at for past in case.history)


async def _within_caps(given: Grant, reward: Reward, case: Case, *, found: Granted, store: Store) -> Reward:
    """Take what the reward needs of every cap, or deny it: the row stays, so that its owner can see it and why."""
    if not case.program.caps:
        return reward
    referral = case.referral
    owners = Owners(advocate=referral.advocate_id, friend=referral.friend_id, referral=referral.id)
    takes, refusal = await capping.take(given, case.program, case.reached_at, owners=owners, store=store)
    if refusal is None:
        return replace(reward, takes=takes)
    found.refused[reward.id] = refusal.decision
    found.notices.append(_refused(reward, refusal, case))
    return capping.denied(reward, refusal, case.event.received_at)


def _is_announced(reward: Reward, program: Program) -> bool:
    """Tell whether it takes so long until a reward is there that its owner hears of it now."""
    goal = program.goal(reward.goal)
    return reward.state == RewardState.PENDING and goal is not None and bool(goal.hold.days or reward.waits_for)


def _on_its_way(reward: Reward, case: Case) -> Notice:
    values = _values(reward, case)
    key = f"earning.pending-{reward.side}{story(case.program)}"
    if reward.waits_for:
        key = f"earning.waiting-{reward.side}"
        values["event"] = event_name(reward.waits_for, case.program)
    message = Message(key=key, values=values, buttons=((STATUS, REWARDS),))
    return Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"pending:{reward.id}", message=message)


def _refused(reward: Reward, refusal: Refusal, case: Case) -> Notice:
    """Say once for each cap and period that it is full: further ones stand in the list of rewards."""
    lines = capping.opens_again(refusal, case.program, case.reached_at, told_at=case.event.received_at)
    values = {**_values(reward, case), "why": capping.why(refusal, case.program)}
    buttons = ((why_button(reward.id),), (REWARDS, SHARE))
    message = Message(key=f"earning.denied-{reward.side}", values=values, lines=lines, buttons=buttons)
    key = f"full:{refusal.take.cap.name}:{reward.customer_id}:{refusal.take.period}"
    return Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=key, message=message)


def _values(reward: Reward, case: Case) -> dict[str, Value]:
    goal = case.program.goal(reward.goal)
    return {
        "gain": said(reward, case.program),
        "free": Day(reward.pending_until),
        "name": NameOf(case.referral.friend_id if reward.side == Side.ADVOCATE else case.referral.advocate_id),
        "what": what_counts(goal, case.program) if goal else "",
    }


def said(reward: Reward, program: Program) -> Gain:
    """Say what a reward is, or what may be picked."""
    if len(reward.options) > 1:
        amounts = [Amount(int(option["amount"]), str(option["unit"])) for option in reward.options]
        return either([worth(program, amount) for amount in amounts])
    return worth(program, reward.worth)
