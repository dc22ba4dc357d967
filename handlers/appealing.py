"""A customer asks the team to decide again, as a case: asked once, answered once, and told to whoever asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handlers import prizing, reasons, restoring
from handlers.acquaintance import called, recognize
from handlers.events import AppealAnswered, AppealMade, AppealSettled, Event
from handlers.justifying import said_of
from handlers.menu import HUMAN, PANEL_REWARDS, PANEL_STATUS, REWARDS, SHARE
from handlers.outcome import Notice, NoticeKind, Outcome, TeamPost
from handlers.passing_on import has_team
from handlers.picking import worth_of
from handlers.prizing import Prize
from handlers.programs import running_program, terms, worth
from handlers.reasons import Reason
from handlers.refusing import Refused
from handlers.restoring import OVER
from handlers.rewarding import claim_button
from handlers.staffing import no_access, team_member
from messages.message import Act, Button, Code, Member, Message, NameOf, Phrase, Said, Value
from referrals.decisions import Decision
from referrals.denials import DENIALS
from referrals.money import Amount
from referrals.program import Goal, Program
from referrals.rewarding import Delivery, Fixed, Option, Part, RewardRule, Side
from referrals.sizing import amount_of
from storage.appeals import OPEN, OVERTURNED, UPHELD, Appeal
from storage.customers import Customer
from storage.events import ReportedEvent
from storage.rewards import Reward
from storage.store import Store

DECIDES = "manager"
GRANT, KEEP = "grant", "keep"


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a decision was about, and what is given if it is overturned: the reward itself, or what a rule gives."""

    reason: Reason
    gain: Value
    reward: Reward | None = None
    program: Program | None = None
    rule: RewardRule | None = None


async def on_appeal_made(event: AppealMade, store: Store) -> Outcome:
    """Open a case for a decision, once; asked again, say how it stands."""
    customer = await recognize(event, store)
    is_heard = await has_team(store)
    case = await _case(event.about, customer, event, store) if customer is not None and is_heard else None
    if customer is None or case is None:
        # What the terms do not put into an amount by themselves is for a conversation.
        return _said("appealing.cannot", customer, first=(HUMAN,) if is_heard else ())
    appeal = Appeal(
        id=event.draw.id("apl"),
        customer_id=customer.id,
        about=event.about,
        outcome=case.reason.code,
        decision_id=case.reason.decision,
        platform=event.by.identity.platform,
        asked_at=event.at,
    )
    if await store.appeals.open(appeal):
        post = TeamPost(message=_card(appeal, case, NameOf(customer.id)), key=f"appeal:{appeal.id}")
        return replace(_said("appealing.asked", customer), posts=(post,))
    before = await store.appeals.of_decision(event.about, case.reason.code)
    if before is None or before.state == OPEN:
        return _said("appealing.asked", customer)
    told = _said("appealing.answered", customer, said_of(before.state, before.settled_at or before.asked_at))
    return replace(told, refused="appealed-before")


async def on_appeal_answered(event: AppealAnswered, store: Store) -> Outcome:
    """Take what somebody of the team decides about a case, once, and tell whoever asked."""
    if await team_member(event, store, at_least=DECIDES) is None:
        return await no_access(event, store, at_least=DECIDES)
    found = await store.appeals.by_id(event.appeal)
    customer = await store.customers.by_id(found.customer_id) if found else None
    if found is None or customer is None:
        return Outcome(answers=(Message(key="appealing.unknown"),))
    case = await _case(found.about, customer, event, store)
    to = OVERTURNED if event.is_granted else UPHELD
    settled = await store.appeals.settle(found.id, to, at=event.at, by=event.by.identity)
    if settled is None:
        return Outcome(answers=(await _settled_before(found.id, store),))
    notice = await _settled(settled, case, event, store)
    shown = _card(settled, case, called(customer.first_name)) if case else Message(key="appealing.unknown")
    values = {"member": Member(event.by.identity.platform, event.by.identity.subject)}
    by = Phrase(f"appealing.{to}-by", values)
    return Outcome(answers=(replace(shown, lines=(*shown.lines, by), buttons=(), in_place=True),), notices=(notice,))


async def on_appeal_settled(event: AppealSettled, store: Store) -> Outcome:
    """Take the same from whoever runs the machine, with a note for the customer."""
    found = await store.appeals.by_id(event.appeal)
    customer = await store.customers.by_id(found.customer_id) if found else None
    if found is None or customer is None:
        raise Refused("unknown-appeal")
    case = await _case(found.about, customer, event, store)
    to = OVERTURNED if event.is_granted else UPHELD
    settled = await store.appeals.settle(found.id, to, at=event.at, note=event.because)
    if settled is None:
        raise Refused("appeal-settled")
    notice = await _settled(settled, case, event, store)
    fresh = await store.appeals.by_id(found.id) or settled
    return Outcome(reply={"appeal": fresh.id, "state": fresh.state, "reward": fresh.reward_id}, notices=(notice,))


async def _case(about: str, customer: Customer, event: Event, store: Store) -> Case | None:
    """Find what somebody asks about, if it was decided about them, and may be decided otherwise."""
    reward = await store.rewards.by_id(about)
    if reward is not None:
        reason = await reasons.of_reward(reward, customer, event.at, store)
        is_theirs = reward.customer_id == customer.id
        return _open(Case(reason=reason, gain=await worth_of(reward, store), reward=reward)) if is_theirs else None
    referral = await store.referrals.by_id(about)
    if referral is not None:
        if customer.id not in {referral.advocate_id, referral.friend_id}:
            return None
        reason = await reasons.of_referral(referral, customer, event.at, store)
        return _ruled(reason, await terms(store, referral.program_id, referral.revision), None)
    reported = await store.events.seen(about)
    if reported is None or reported.customer_id != customer.id:
        return None
    return await _of_event(reported, customer, store)


async def _of_event(reported: ReportedEvent, customer: Customer, store: Store) -> Case | None:
    program = await running_program(store)
    own = await store.referrals.of_friend(program.id, customer.id) if program else None
    program = await terms(store, own.program_id, own.revision) if own else program
    kept = await store.decisions.refusal_of(reported.id, DENIALS)
    if program is None or kept is None:
        return None
    return _ruled(await reasons.of_decision(kept, program, store), program, reported)


def _ruled(reason: Reason, program: Program, event: ReportedEvent | None) -> Case | None:
    """Find what the terms give one side for what was refused; nothing where only an event would tell how much."""
    rule = gives(program, reason.side, event)
    if rule is None or not isinstance(rule.first.size, Fixed):
        return None
    return _open(Case(reason=reason, gain=worth(program, rule.first.size.amount), program=program, rule=rule))


def gives(program: Program, side: str, event: ReportedEvent | None) -> RewardRule | None:
    """Find the rule by which one side would be rewarded, with its sizes worked out for this event."""
    goals: tuple[Goal, ...] = tuple(program.goals_for(event.type)) if event else program.goals
    rules = [rule for goal in goals or program.goals for rule in goal.rewards if rule.side == side]
    for rule in rules:
        options = tuple(each for option in rule.options if (each := _worked_out(option, event)) is not None)
        if options:
            return replace(rule, options=options)
    return None


def _worked_out(option: Option, event: ReportedEvent | None) -> Option | None:
    size = option.size
    if not isinstance(size, Part):
        return None
    amount: Amount = amount_of(size, event.left if event else None, option.unit)
    return replace(option, size=Fixed(amount)) if amount.minor > 0 else None


def _open(case: Case) -> Case | None:
    denial = DENIALS.get(case.reason.code)
    return case if denial is not None and denial.can_appeal else None


async def _settled(appeal: Appeal, case: Case | None, event: Event, store: Store) -> Notice:
    """Give what was asked for, or keep the decision, and word what is said to whoever asked."""
    note = (Phrase("appealing.note", {"why": Said(appeal.note)}),) if appeal.note else ()
    outcome = Decision(outcome=f"appeal-{appeal.state}", rule="the team", saw=appeal.outcome)
    await store.decisions.add(
        event.draw.id("dec", appeal.id),
        about=appeal.id,
        customer=appeal.customer_id,
        trace={**outcome.to_json(), "decided_on": appeal.about, "because": appeal.note},
        at=event.at,
    )
    if appeal.state == OVERTURNED and case is not None and case.rule is not None:
        note = (Phrase("appealing.besides"), *note)
    gain: Mapping[str, Value] = {"gain": case.gain if case else Phrase("words.nothing")}
    buttons: tuple[Button, ...] = (SHARE, HUMAN)
    if appeal.state == OVERTURNED:
        given = await _give(appeal, case, event, store) if case else None
        buttons = (REWARDS,)
        if given is not None:
            await store.appeals.given(appeal.id, given.id)
            if given.delivery != Delivery.BALANCE:
                buttons = (await claim_button(given, store), REWARDS)
    message = Message(key=f"appealing.{appeal.state}", values=gain, lines=note, buttons=(buttons,))
    return Notice(to=appeal.customer_id, kind=NoticeKind.REWARD, key=f"appeal-answered:{appeal.id}", message=message)


async def _give(appeal: Appeal, case: Case, event: Event, store: Store) -> Reward | None:
    """Give it by the way every reward is given by hand; nothing when it was given before, or is there again."""
    if case.reward is not None:
        if case.reward.state not in OVER:
            return None
        return await restoring.give_again(case.reward, event, f"appeal:{appeal.id}", store)
    if case.rule is None or case.program is None:
        return None
    occasion = f"appeal:{appeal.id}"
    prize = Prize(story="appeal", occasion=occasion, customer=appeal.customer_id, rule=case.rule, program=case.program)
    return next((given.reward for given in await prizing.grant(prize, event, store)), None)


def _card(appeal: Appeal, case: Case, name: Value) -> Message:
    """Put a case before the team: who asks for what, and what they were told."""
    values: dict[str, Value] = {"name": name, "gain": case.gain, "customer": Code(appeal.customer_id)}
    values["appeal"] = Code(appeal.id)
    told = tuple(Phrase("appealing.told", {"words": line}) for line in case.reason.lines)
    grant = Act(
        label="appealing.button-grant",
        action="judge",
        about=f"{appeal.id}.{GRANT}",
        values={"gain": case.gain},
        style="success",
    )
    keep = Act(label="appealing.button-keep", action="judge", about=f"{appeal.id}.{KEEP}")
    side = "advocate" if case.reason.side == Side.ADVOCATE else "friend"
    alone = (Phrase("appealing.alone", {"name": name}),) if case.rule is not None else ()
    lines = (*told, Phrase(f"appealing.as-{side}"), *alone)
    return Message(key="appealing.card", values=values, lines=lines, buttons=((grant, keep),))


async def _settled_before(appeal: str, store: Store) -> Message:
    found = await store.appeals.by_id(appeal)
    if found is None or found.by_platform is None or found.by_subject is None:
        return Message(key="appealing.settled-before")
    by = {"member": Member(found.by_platform, found.by_subject)}
    return Message(key="appealing.settled-before", lines=(Phrase(f"appealing.{found.state}-by", by),))


def _said(key: str, customer: Customer | None, *lines: Phrase, first: tuple[Button, ...] = ()) -> Outcome:
    rows = tuple(row for row in (first, (PANEL_STATUS, PANEL_REWARDS)) if row)
    message = Message(key=key, lines=lines, buttons=rows)
    if customer is None:
        return Outcome(answers=(message,))
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone)
