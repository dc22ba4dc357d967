"""The business reports what a customer did: a signup, a purchase, a refund, or something of its own."""

import hashlib
from collections.abc import Mapping, Sequence

from handlers.attributing import Arrival, attribute
from handlers.earning import Consequences, news, qualify, take_back
from handlers.events import EventReported
from handlers.joining import joined
from handlers.outcome import Notice, Outcome
from handlers.programs import running_program, worth
from handlers.refusing import Refused
from messages.codec import decode_message, encode
from messages.message import Message, Value
from referrals import codes
from referrals.decisions import Decision
from referrals.draw import read_click_token
from referrals.identity import Identity
from referrals.money import Amount
from referrals.program import Program
from referrals.qualifying import currency_refusal
from storage.customers import Customer
from storage.errors import TryAgain
from storage.events import Claim, ReportedEvent
from storage.links import Link
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store


async def on_event_reported(event: EventReported, store: Store) -> Outcome:
    """Count an event once, judge it, and answer with what it led to and why."""
    # A purchase and its refund that arrive at once would each look for the other and find nothing.
    await store.events.hold(event.source, event.refers_to or event.id)
    repeated = await store.events.by_external_id(event.source, event.id)
    if repeated is None:
        customer = await _customer_of(event, store)
        program = await running_program(store)
        row = _row(event, customer, program)
        if await store.events.add(row):
            return await _count(event, row, customer, program, store)
        # The same event came twice at once and the other was quicker: run again, its answer is there to read.
        raise TryAgain
    if repeated.body_hash != event.body_hash:
        raise Refused("id-reused", {"id": event.id})
    answer = repeated.answer
    return Outcome(reply=answer["reply"], answers=(decode_message(answer["summary"]),))


async def _count(
    event: EventReported, row: ReportedEvent, customer: Customer | None, program: Program | None, store: Store
) -> Outcome:
    if event.type == "refund":
        outcome = await _refund(event, row, store)
    elif program is None:
        outcome = _told(row, Consequences(decision=Decision(outcome="no-program", rule="program", saw="none")), program)
    elif customer is None:
        outcome = await _keep_unclaimed(event, row, program, store)
    else:
        outcome = await _credit(event, row, customer, program, store)
    answer = {"reply": dict(outcome.reply), "summary": encode(outcome.answers[0])}
    await store.events.change(row.id, answer=answer)
    decision = outcome.reply["decision"]
    if isinstance(decision, Mapping):
        await store.decisions.add(
            event.draw.id("dec"), about=row.id, customer=row.customer_id, trace=decision, at=event.at
        )
    return outcome


async def _credit(
    event: EventReported, row: ReportedEvent, customer: Customer, program: Program, store: Store
) -> Outcome:
    """Bind the customer if the event carries an invitation, then see whether it reaches a goal."""
    notices: tuple[Notice, ...] = ()
    refused = ""
    bound: Referral | None = None
    if not _is_new(customer.id, event):  # nobody else can see a record that is not committed
        locked = await store.customers.lock([customer.id])
        if locked[customer.id].merged_into is not None:
            # Joined to another record while we waited for the lock: their invitation is there now.
            raise TryAgain
    if event.code or event.click:
        link = await link_of(event.code, event.click, store)
        invited = await attribute(_arrival(event, customer.id, link), store)
        refused, bound = invited.refused, invited.referral
        notices = () if refused else joined(invited, customer).notices
    found = await qualify(row, customer, program, event.draw, store, referral=bound)
    if refused and found.referral is None:
        found.decision = Decision(outcome=refused, rule="attribution", saw="code" if event.code else "click")
    if event.type == "purchase":
        await store.customers.became_customer(customer.id, event.occurred_at)
    found.notices = [*news(notices, found)]
    await _catch_up_refunds(row, found, store)
    return _told(row, found, program)


def _arrival(event: EventReported, friend: str, link: Link | None) -> Arrival:
    return Arrival(
        friend=friend,
        link=link,
        click=event.click,
        joined_at=min(event.at, event.occurred_at),
        at=event.at,
        draw=event.draw,
    )


async def _keep_unclaimed(event: EventReported, row: ReportedEvent, program: Program, store: Store) -> Outcome:
    """Keep a purchase that has a code but no customer, for whoever opens its claim address."""
    link = await link_of(event.code, event.click, store)
    if link is None:
        raise Refused("unknown-code")
    found = Consequences(decision=_unclaimed_decision(row, program))
    if found.decision.outcome != "unclaimed":
        return _told(row, found, program)
    token = event.draw.token("claim")
    await store.events.change(row.id, state="unclaimed")
    await store.events.add_claim(
        Claim(
            hash=hashed(token),
            event_id=row.id,
            link_id=link.id,
            click=read_click_token(event.click) if event.click else None,
            expires_at=event.at + program.claim_within,
        )
    )
    await _catch_up_refunds(row, Consequences(decision=found.decision), store)
    outcome = _told(row, found, program)
    return Outcome(reply={**outcome.reply, "claim_token": token}, answers=outcome.answers)


def _unclaimed_decision(row: ReportedEvent, program: Program) -> Decision:
    amount = _amount(row)
    other = currency_refusal(amount, program)
    goal = next(iter(program.goals_for(row.type)), None)
    if other is not None:
        return other
    if goal is None:
        return Decision(outcome="no-goal", rule="goals", saw=row.type)
    if goal.minimum is not None and (amount is None or amount.minor < goal.minimum.minor):
        saw = amount.decimal() if amount else "none"
        return Decision(
            outcome="below-minimum", rule=f"{goal.name}.minimum", saw=saw, would_change=f">= {goal.minimum.decimal()}"
        )
    return Decision(outcome="unclaimed", rule="joining.claim_within_days", saw="code without customer")


async def _refund(event: EventReported, row: ReportedEvent, store: Store) -> Outcome:
    """Take a refund off its purchase, or let it wait for a purchase that was not reported yet."""
    purchase = await store.events.by_external_id(event.source, event.refers_to or "")
    if purchase is None:
        await store.events.change(row.id, state="waiting")
        waits = Decision(outcome="refund-waits", rule="refers_to", saw="no such purchase yet")
        return _told(row, Consequences(decision=waits), None)
    if purchase.type == "refund" or purchase.unit != row.unit:
        raise Refused("refund-of-something-else")
    locked = await store.events.by_id(purchase.id)
    refunded = await store.events.refund(purchase.id, row.amount or 0)
    if refunded is None or locked is None:
        raise Refused("refund-exceeds")
    return _told(row, await take_back(locked, refunded, event.at, store), None)


async def _catch_up_refunds(purchase: ReportedEvent, found: Consequences, store: Store) -> None:
    """Apply the refunds that came before this purchase."""
    for refund in await store.events.waiting_for(purchase.source, purchase.external_id):
        await store.events.change(refund.id, state="counted")
        if refund.unit != purchase.unit:
            continue
        before = await store.events.by_id(purchase.id)
        left = before.left if before else None
        # What came first was answered and cannot be refused any more: of too much, all that was paid is taken.
        refunded = await store.events.refund(purchase.id, min(refund.amount or 0, left.minor if left else 0))
        fresh = await store.events.by_id(purchase.id)
        if refunded is not None and fresh is not None:
            after = await take_back(fresh, refunded, purchase.received_at, store)
            found.decision = after.decision
            found.notices += after.notices
            found.rewards = [reward for reward in found.rewards if reward.id not in {gone.id for gone in after.rewards}]
            found.rewards += after.rewards


async def _customer_of(event: EventReported, store: Store) -> Customer | None:
    """Find the one customer with these identities, or add them; refuses identities of two different customers."""
    found: dict[str, Customer] = {}
    known: set[Identity] = set()
    for identity in event.identities:
        owner = await store.customers.by_identity(identity)
        if owner is not None:
            found[owner.id] = owner
            known.add(identity)
    if len(found) > 1:
        raise Refused("two-customers")
    if not event.identities:
        return None
    customer = next(iter(found.values()), None)
    if customer is None:
        values = {"first_name": event.first_name, "attributes": dict(event.attributes)}
        added = await store.customers.add(event.draw.id("cus"), event.identities[0], values, event.at)
        if _is_new(added, event):
            customer = Customer(
                id=added, first_name=event.first_name, attributes=dict(event.attributes), created_at=event.at
            )
        else:
            customer = await store.customers.by_id(added)
        known.add(event.identities[0])
    if customer is None:
        raise LookupError("A customer who was just added is gone.")
    await _add_identities(customer, [new for new in event.identities if new not in known], event, store)
    return customer


def _is_new(customer: str, event: EventReported) -> bool:
    """Tell whether this event has added this customer: nobody else draws the same id."""
    return customer == event.draw.id("cus")


async def _add_identities(
    customer: Customer, identities: Sequence[Identity], event: EventReported, store: Store
) -> None:
    """Give the customer the identities that are new; run again when somebody else was quicker to take one."""
    for identity in identities:
        if not await store.customers.add_identity(customer.id, identity, event.at):
            owner = await store.customers.by_identity(identity)
            if owner is not None and owner.id != customer.id:
                raise TryAgain


async def link_of(code: str | None, click: str | None, store: Store) -> Link | None:
    """Find the link that a code or a click stands for."""
    if code:
        written = codes.normalize(code)
        return await store.links.by_code(written) if codes.is_valid(written) else None
    number = read_click_token(click) if click else None
    visit = await store.clicks.by_number(number) if number is not None else None
    return await store.links.by_id(visit.link_id) if visit else None


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
        "decision": decision.to_json(),
        "referral": found.referral,
        "rewards": [_reward_json(reward) for reward in found.rewards],
        "customer": row.customer_id,
    }
    values: dict[str, Value] = {}
    goal = next(iter(program.goals_for(row.type)), None) if program else None
    if program is not None and goal is not None and goal.minimum is not None:
        values["minimum"] = worth(program, goal.minimum)
    if program is not None:
        values["currency"] = program.currency
    summary = Message(key=f"purchasing.{decision.outcome}", values=values)
    return Outcome(answers=(summary,), notices=tuple(found.notices), reply=reply)


def _reward_json(reward: Reward) -> dict[str, str]:
    return {
        "id": reward.id,
        "side": str(reward.side),
        "amount": reward.worth.decimal(),
        "unit": reward.unit,
        "state": str(reward.state),
        "pending_until": reward.pending_until.isoformat(),
    }


def _amount(row: ReportedEvent) -> Amount | None:
    return Amount(row.amount, row.unit) if row.amount is not None and row.unit else None
