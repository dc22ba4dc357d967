"""The business reports what a customer did: a signup, a purchase, a refund, or something of its own."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from handlers.attributing import Arrival, Attribution, attribute
from handlers.earning import Consequences, news, qualify
from handlers.events import EventReported
from handlers.gathering import amount_of, looked_at, makes_a_customer
from handlers.identifying import customer_of, is_new
from handlers.joining import joined
from handlers.outcome import Notice, Outcome
from handlers.programs import running_program, terms, worth
from handlers.promising import story
from handlers.refunding import catch_up_refunds, refund
from handlers.refusing import Refused
from messages.codec import decode_message, encode
from messages.message import Message, Value
from referrals import codes
from referrals.attribution import before_link, is_before
from referrals.decisions import Decision
from referrals.draw import read_click_token
from referrals.judging import currency_refusal
from referrals.money import Amount
from referrals.program import Program
from storage.customers import Customer
from storage.errors import TryAgain
from storage.events import Claim, ReportedEvent
from storage.links import Link
from storage.referrals import Referral
from storage.reports import Known
from storage.rewards import Reward
from storage.store import Store

# Outcomes whose plain text is about a first purchase.
_TOLD_OF_PURCHASES = frozenset({"qualified", "goal-reached-before", "too-late"})


@dataclass(frozen=True, kw_only=True)
class _Report:
    """An event that is being counted: whom it is about, and what else was found before."""

    event: EventReported
    row: ReportedEvent
    customer: Customer | None
    program: Program | None
    known: Known


async def on_event_reported(event: EventReported, store: Store) -> Outcome:
    """Count an event once, judge it, and answer with what it led to and why."""
    # A purchase and its refund that arrive at once would each look for the other and find nothing.
    await store.events.hold(event.source, event.refers_to or event.id)
    first = event.identities[0] if event.identities else None
    known = await store.reports.known(event.source, event.id, identity=first, code=_written(event.code))
    repeated = known.repeated
    if repeated is None:
        customer = await customer_of(event, store, first=known.owner)
        program = await running_program(store)
        row = _row(event, customer, program)
        await store.events.add(row)
        return await _count(_Report(event=event, row=row, customer=customer, program=program, known=known), store)
    if repeated.body_hash != event.body_hash:
        raise Refused("id-reused", {"id": event.id})
    answer = repeated.answer
    return Outcome(reply=answer["reply"], answers=(decode_message(answer["summary"]),))


async def _count(report: _Report, store: Store) -> Outcome:
    event, row = report.event, report.row
    if event.type == "refund":
        found = await refund(event, row, store)
    elif report.program is None:
        found = Consequences(decision=Decision(outcome="no-program", rule="program", saw="none"))
    elif report.customer is None:
        found = await _keep_unclaimed(report, report.program, store)
    else:
        found = await _credit(report, report.customer, report.program, store)
    outcome = _told(row, found, None if event.type == "refund" else report.program)
    answer = {"reply": dict(outcome.reply), "summary": encode(outcome.answers[0])}
    await store.events.change(row.id, answer=answer, **found.changes)
    trace = outcome.reply["decision"]
    if isinstance(trace, Mapping):
        identifier = event.draw.id("dec")
        await store.decisions.add(identifier, about=row.id, customer=row.customer_id, trace=trace, at=event.at)
    return outcome


async def _credit(report: _Report, customer: Customer, program: Program, store: Store) -> Consequences:
    """Bind the customer if the event carries an invitation, then see which goals it reaches."""
    event, row = report.event, report.row
    refused = ""
    bound: Referral | None = None
    invited: Attribution | None = None
    if not is_new(customer.id, event):  # nobody else can see a record that is not committed
        locked = await store.customers.lock([customer.id])
        if locked[customer.id].merged_into is not None:
            # Joined to another record while we waited for the lock: their invitation is there now.
            raise TryAgain
    if event.code or event.click:
        link = await _link(report, store)
        invited = await attribute(_arrival(event, customer.id, link), store)
        refused, bound = invited.refused, invited.referral
    reported = replace(row, properties=event.properties) if event.properties else row
    found = await qualify(reported, customer, program, event.draw, store, referral=bound)
    if refused and found.referral is None:
        found.decision = Decision(outcome=refused, rule="attribution", saw="code" if event.code else "click")
    if makes_a_customer(event.type, program):
        await store.customers.became_customer(customer.id, event.occurred_at)
    if report.known.has_refunds:
        await catch_up_refunds(row, found, event, store)
    if invited is not None and not refused:
        found.notices = [*_of_joining(invited, customer, found)]
    return found


def _of_joining(invited: Attribution, friend: Customer, found: Consequences) -> tuple[Notice, ...]:
    """Tell of the joining, unless everybody whom it concerns hears of a reward anyway."""
    concerned = {invited.left, invited.advocate.id if invited.advocate else None} - {None}
    if concerned <= {notice.to for notice in found.notices}:
        return tuple(found.notices)
    return news(joined(invited, friend).notices, found)


def _arrival(event: EventReported, friend: str, link: Link | None) -> Arrival:
    return Arrival(
        friend=friend,
        link=link,
        click=event.click,
        by_code=bool(event.code),
        joined_at=min(event.at, event.occurred_at),
        at=event.at,
        draw=event.draw,
        is_new=is_new(friend, event),
    )


async def _keep_unclaimed(report: _Report, program: Program, store: Store) -> Consequences:
    """Keep a purchase that has a code but no customer, for whoever opens its claim address."""
    event, row = report.event, report.row
    link = await _link(report, store)
    if link is None:
        raise Refused("unknown-code")
    promised = await terms(store, link.program_id, link.revision)
    seen = looked_at((program, promised), event.properties)
    found = Consequences(decision=await _unclaimed_decision(row, link, program, store))
    found.changes = {"properties": seen} if seen else {}
    if found.decision.outcome != "unclaimed":
        return found
    token = event.draw.token("claim")
    await store.events.add_claim(
        Claim(
            hash=hashed(token),
            event_id=row.id,
            link_id=link.id,
            click=read_click_token(event.click) if event.click else None,
            expires_at=event.at + program.claim_within,
        )
    )
    if report.known.has_refunds:
        await catch_up_refunds(row, Consequences(decision=found.decision), event, store)
    found.changes |= {"state": "unclaimed"}
    found.claim_token = token
    return found


async def _unclaimed_decision(row: ReportedEvent, link: Link, program: Program, store: Store) -> Decision:
    """Say whether it is worth keeping: not what no goal can count, whoever it was."""
    amount = amount_of(row)
    other = currency_refusal(amount, program)
    goals = program.goals_for(row.type)
    if other is not None:
        return other
    if not goals:
        return Decision(outcome="no-goal", rule="goals", saw=row.type)
    if is_before(row.occurred_at, told_at=row.received_at, link_made=link.created_at):
        return before_link(row.occurred_at, link_made=link.created_at)
    if await store.programs.is_paused():
        return Decision(outcome="program-paused", rule="program", saw="paused")
    minima = [goal.minimum for goal in goals if goal.minimum is not None]
    lowest = min(minima, key=lambda minimum: minimum.minor) if len(minima) == len(goals) else None
    if lowest is not None and (amount is None or amount.minor < lowest.minor):
        saw, wanted = amount.decimal() if amount else "none", f">= {lowest.decimal()}"
        return Decision(outcome="below-minimum", rule=f"{goals[0].name}.minimum", saw=saw, would_change=wanted)
    return Decision(outcome="unclaimed", rule="joining.claim_within_days", saw="code without customer")


async def _link(report: _Report, store: Store) -> Link | None:
    """Find the link that a report's code or click stands for."""
    event = report.event
    if event.code:
        return report.known.link
    number = read_click_token(event.click) if event.click else None
    visit = await store.clicks.by_number(number) if number is not None else None
    return await store.links.by_id(visit.link_id) if visit else None


def _written(code: str | None) -> str | None:
    """Write a code as links have it; nothing for what cannot be one."""
    written = codes.normalize(code) if code else ""
    return written if codes.is_valid(written) else None


def hashed(token: str) -> bytes:
    """Hash a secret, of which the database keeps nothing else."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def _row(event: EventReported, customer: Customer | None, program: Program | None) -> ReportedEvent:
    return ReportedEvent(
        id=event.draw.id("evt"),
        source=event.source,
        external_id=event.id,
        type=event.type,
        body_hash=event.body_hash,
        program_id=program.id if program else None,
        customer_id=customer.id if customer else None,
        amount=event.amount.minor if event.amount else None,
        unit=event.amount.unit if event.amount else None,
        refers_to=event.refers_to,
        occurred_at=event.occurred_at,
        received_at=event.at,
    )


def _told(row: ReportedEvent, found: Consequences, program: Program | None) -> Outcome:
    """Put the consequences into the API's answer and one plain sentence."""
    decision = found.decision
    reply: dict[str, object] = {
        "event": row.id,
        "outcome": decision.outcome,
        "decision": {**decision.to_json(), **found.trace},
        "referral": found.referral,
        "rewards": [_reward_json(reward, found.owed) for reward in found.rewards],
        "customer": row.customer_id,
    }
    if found.claim_token:
        reply["claim_token"] = found.claim_token
    values: dict[str, Value] = {}
    minima = [goal.minimum for goal in program.goals_for(row.type) if goal.minimum] if program else []
    if program is not None and minima:
        values["minimum"] = worth(program, min(minima, key=lambda minimum: minimum.minor))
    if program is not None:
        values["currency"] = program.currency
    other = "-other" if program and story(program) and decision.outcome in _TOLD_OF_PURCHASES else ""
    summary = Message(key=f"purchasing.{decision.outcome}{other}", values=values)
    return Outcome(answers=(summary,), notices=tuple(found.notices), posts=tuple(found.posts), reply=reply)


def _reward_json(reward: Reward, owed: Mapping[str, int]) -> dict[str, Any]:
    less = owed.get(reward.id)
    return {
        "id": reward.id,
        "goal": reward.goal,
        "side": str(reward.side),
        "occurrence": reward.occurrence,
        "amount": reward.worth.decimal(),
        "unit": reward.unit,
        "kind": str(reward.kind),
        "delivery": str(reward.delivery),
        "state": str(reward.state),
        "reason": reward.reason,
        "owed": Amount(less, reward.unit).decimal() if less else None,
        "pending_until": reward.pending_until.isoformat(),
        "waits_for": reward.waits_for,
    }
