"""An event of an invited friend is judged against every goal of the terms: what it leads to, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from handlers.gathering import Case, earliest, gather, looked_at, terms_of
from handlers.granting import Granted, ever_reached, expires, grant, is_there
from handlers.outcome import Notice, TeamPost
from referrals.decisions import Decision
from referrals.draw import Draw
from referrals.judging import Judgement, Verdict, free_at, judge
from referrals.ledger import RewardState
from referrals.program import Goal, Program
from storage.customers import Customer
from storage.events import ReportedEvent
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store

OPEN_REWARDS = (RewardState.PENDING, RewardState.AVAILABLE, RewardState.CLAIMED)


@dataclass(kw_only=True)
class Consequences:
    """What an event led to, gathered while it is worked through."""

    decision: Decision
    occasion: str = ""  # a merge, which can be undone and happen again: it tells the ledger's steps apart
    referral: str | None = None
    rewards: list[Reward] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    posts: list[TeamPost] = field(default_factory=list)
    owed: dict[str, int] = field(default_factory=dict)  # reward -> what was taken of it after it had been used
    trace: Mapping[str, Any] = field(default_factory=dict)  # what is kept of the judgement besides the decision
    changes: dict[str, Any] = field(default_factory=dict)  # what is still to be kept of the event
    claim_token: str = field(default="", repr=False)  # of a purchase that waits for its customer


async def qualify(
    event: ReportedEvent,
    friend: Customer,
    program: Program,
    draw: Draw,
    store: Store,
    *,
    referral: Referral | None = None,  # where it is known already
) -> Consequences:
    """Judge an event under the terms of the friend's referral; each reached goal grants both sides their reward."""
    referral = referral or await store.referrals.of_friend(program.id, friend.id)
    if referral is None:
        unbound = Decision(outcome="not-invited", rule="attribution", saw="no invitation")
        kept = looked_at((program,), event.properties)
        return Consequences(decision=unbound, changes={"properties": kept} if kept else {})
    case = await gather(event, referral, friend, store, given=event.properties)
    judgement = _judged(case)
    seen = case.facts.event.properties
    found = Consequences(
        decision=discreet(judgement.decision),
        referral=referral.id,
        changes={"properties": dict(seen)} if seen else {},
    )
    await _end_if_customer_before(found, case, store)
    released = await _release(case, store)
    if released and not judgement.reached:
        found.decision = Decision(outcome="hold-released", rule=f"{released[0].goal}.hold_until", saw=event.type)
    granted = Granted()
    if judgement.reached and await _note_reached(judgement.reached, case, store):
        granted = await grant(judgement.reached, case, draw, store)
        found.changes["referral_id"] = referral.id
        await _complete_without_rewards(judgement.reached, granted, case, store)
    elif judgement.reached:
        found.decision = Decision(outcome="goal-reached-before", rule=judgement.reached[0].goal.name, saw="qualified")
    found.rewards += granted.rewards
    found.notices += granted.notices
    found.trace = _trace(judgement, case)
    await _keep_refusals(granted, draw, event, store)
    return found


async def _end_if_customer_before(found: Consequences, case: Case, store: Store) -> None:
    if found.decision.outcome == "customer-before":
        ended = {"reason": "customer-before", "ended_at": case.event.received_at}
        await store.referrals.move(case.referral.id, states=["joined"], to="ineligible", **ended)


async def count_earlier(referral: Referral, friend: Customer, draw: Draw, store: Store) -> Consequences | None:
    """Judge what a friend did shortly before they gave the code, where the program lets it be given late."""
    program = await terms_of(referral, store)
    if not program.late_claim or friend.customer_since is None:
        return None
    types = sorted({event for goal in program.goals for event in goal.events})
    since = earliest(referral, program)
    told: Consequences | None = None
    for event in await store.events.history(friend.id, program=program.id, types=types, since=since):
        found = await qualify(event, friend, program, draw, store)
        if found.changes:
            await store.events.change(event.id, **found.changes)
        trace = {**found.decision.to_json(), **found.trace}
        identifier = draw.id("dec", event.id)
        await store.decisions.add(
            identifier, about=event.id, customer=friend.id, trace=trace, at=max(referral.joined_at, event.received_at)
        )
        if found.rewards:
            rewards, notices = (told.rewards, told.notices) if told else ([], [])
            found.rewards, found.notices = [*rewards, *found.rewards], [*notices, *found.notices]
            told = found
    return told


def news(of_joining: Sequence[Notice], found: Consequences, *, besides: str | None = None) -> tuple[Notice, ...]:
    """Tell nobody two things at once: who hears of a reward need not hear of the joining, nor who has the answer."""
    told = {notice.to for notice in found.notices}
    joining = [notice for notice in of_joining if notice.to not in told]
    return tuple(notice for notice in (*joining, *found.notices) if notice.to != besides)


def _judged(case: Case) -> Judgement:
    judgement = judge(case.facts)
    decision, event = judgement.decision, case.event
    if judgement.reached and event.refunded and not (event.left and event.left.minor > 0):
        # An unclaimed purchase may be returned before anybody claims it.
        returned = Decision(outcome="below-minimum", rule="refund", saw=event.left.decimal() if event.left else "none")
        return Judgement(decision=returned)
    if decision.outcome == "below-minimum" and event.refunded:
        return replace(judgement, decision=replace(decision, rule="refund"))
    if decision.outcome == "before-joining" and not _had_lapsed(case):
        # Whoever did what counts before they were invited was a customer already.
        return replace(judgement, decision=replace(decision, outcome="customer-before", rule="attribution"))
    return judgement


def _had_lapsed(case: Case) -> bool:
    lapsed_after = case.program.lapsed_after
    return lapsed_after is not None and case.event.occurred_at + lapsed_after <= case.referral.joined_at


async def _note_reached(reached: Sequence[Verdict], case: Case, store: Store) -> bool:
    """Count the goals as reached; the friend is held, so that two events at once count one after the other."""
    referral = case.referral
    times = dict(referral.reached)
    for verdict in reached:
        goal = verdict.goal
        live = times[goal.name][0] if goal.name in times else ever_reached(goal, case)
        times[goal.name] = [live + 1, ever_reached(goal, case) + 1, *times.get(goal.name, ())[2:]]
    if referral.state == "joined":
        first = {"qualified_at": case.event.occurred_at, "completes_at": None}
        return await store.referrals.move(referral.id, states=["joined"], to="qualified", reached=times, **first)
    return await store.referrals.note(referral.id, times)


async def _complete_without_rewards(reached: Sequence[Verdict], granted: Granted, case: Case, store: Store) -> None:
    """Say when a referral is completed whose goals gave nothing, or only what a cap refused: no reward tells it."""
    if any(reward.state != RewardState.DENIED for reward in granted.rewards):
        return
    goals = [verdict.goal for verdict in reached if not _still_waits(verdict.goal, case)]
    if goals:
        await store.referrals.complete_at(case.referral.id, min(free_at(goal, case.reached_at) for goal in goals))


def _still_waits(goal: Goal, case: Case) -> bool:
    event = goal.hold.until_event
    return bool(event) and not is_there(event, case)


async def _release(case: Case, store: Store) -> list[Reward]:
    """Let rewards that waited for this event wait for nothing more but their days."""
    if all(goal.hold.until_event != case.event.type for goal in case.program.goals):
        return []
    given = [reward for reward in await store.rewards.of_referral(case.referral.id) if reward.state in OPEN_REWARDS]
    if not given:
        await _let_go(case, store)
    waiting = [
        reward for reward in given if reward.state == RewardState.PENDING and reward.waits_for == case.event.type
    ]
    for reward in waiting:
        free = max(reward.pending_until, case.event.occurred_at)
        await store.grants.release(reward.id, free=free, expires_at=_expires(reward, case.program, free))
    return waiting


async def _let_go(case: Case, store: Store) -> None:
    """Let a referral without rewards that waited for this event wait for nothing more but its days."""
    since = case.referral.qualified_at
    goals = [goal for goal in case.program.goals if goal.hold.until_event == case.event.type]
    days = [free_at(goal, since) for goal in goals if since is not None and goal.name in case.referral.times]
    if days:
        await store.referrals.complete_at(case.referral.id, max(min(days), case.event.occurred_at))


def _expires(reward: Reward, program: Program, free: datetime) -> datetime | None:
    goal = program.goal(reward.goal)
    rule = next((rule for rule in goal.rewards if rule.side == reward.side), None) if goal else None
    return expires(rule.expiry, free) if rule else reward.expires_at


def _trace(judgement: Judgement, case: Case) -> Mapping[str, Any]:
    """Write down what is kept beside the decision: the terms, and what each of several goals answered."""
    told: dict[str, Any] = {"revision": case.program.revision}
    if len(judgement.verdicts) > 1:
        told["goals"] = [
            {"goal": verdict.goal.name, **discreet(verdict.decision).to_json()} for verdict in judgement.verdicts
        ]
    return told


def discreet(decision: Decision) -> Decision:
    """Leave out what is known of the advocate: a decision about a friend's event tells the friend's side of it."""
    checks = tuple(
        check._replace(saw="met" if check.passed else "not met") if check.about == "advocate" else check
        for check in decision.checks
    )
    about_advocate = ".advocate." in decision.rule
    return replace(decision, checks=checks, saw="not met" if about_advocate else decision.saw)


async def _keep_refusals(granted: Granted, draw: Draw, event: ReportedEvent, store: Store) -> None:
    owners = {reward.id: reward.customer_id for reward in granted.rewards}
    for reward, decision in granted.refused.items():
        if reward in owners:
            identifier = draw.id("dec", reward)
            trace = decision.to_json()
            await store.decisions.add(
                identifier, about=reward, customer=owners[reward], trace=trace, at=event.received_at
            )
