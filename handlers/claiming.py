"""Someone makes a purchase their own that was rung up with a friend's code but without a customer."""

from handlers.acquaintance import lift_stop, welcome_in
from handlers.attributing import Arrival, Attribution, attribute
from handlers.earning import qualify
from handlers.events import ClaimOpened, ClaimViewed
from handlers.joining import counted, joined, refused
from handlers.menu import SHARE
from handlers.outcome import Outcome
from handlers.programs import brand_of, running_program, terms, worth
from handlers.promising import gain
from handlers.purchasing import hashed
from messages.message import Message
from referrals.draw import click_token
from referrals.money import Amount
from referrals.rewarding import Side
from storage.customers import Customer
from storage.events import Claim
from storage.store import Store


async def on_claim_opened(event: ClaimOpened, store: Store) -> Outcome:
    """Bind whoever opens the claim address as the friend, and judge the purchase as theirs."""
    customer, _ = await welcome_in(event, store)
    await lift_stop(customer, store)
    claim = await store.events.claim(hashed(event.token))
    if claim is None or claim.claimed_by is not None or claim.expires_at <= event.at:
        return _over(claim, customer, event)
    purchase = await store.events.by_id(claim.event_id)
    link = await store.links.by_id(claim.link_id)
    if purchase is None or link is None:
        raise LookupError("A claim without its purchase or link.")
    if link.advocate_id == customer.id:
        # Refused before it is taken: the friend who bought can still claim it.
        own = Attribution(refused="own-link", program=await running_program(store))
        return await refused(own, customer, store)
    if not await store.events.take_claim(claim.hash, customer.id, event.at):
        return _over(await store.events.claim(claim.hash), customer, event)
    await store.events.change(purchase.id, customer_id=customer.id, state="counted")
    arrival = Arrival(
        friend=customer.id,
        link=link,
        click=click_token(claim.click) if claim.click is not None else None,
        joined_at=min(purchase.occurred_at, event.at),
        at=event.at,
        draw=event.draw,
        was_promised=True,
    )
    attribution = await attribute(arrival, store)
    outcome = joined(attribution, customer) if not attribution.refused else await refused(attribution, customer, store)
    outcome = await _judge(outcome, attribution, customer, claim=claim, event=event, store=store)
    await store.customers.became_customer(customer.id, purchase.occurred_at)
    return outcome


async def on_claim_viewed(event: ClaimViewed, store: Store) -> Outcome:
    """Tell a visitor what waits behind a claim address; leaves no row."""
    claim = await store.events.claim(hashed(event.token))
    if claim is None:
        return Outcome(refused="unknown-claim")
    if claim.claimed_by is not None:
        return Outcome(refused="claim-used")
    if claim.expires_at <= event.at:
        return Outcome(refused="claim-expired")
    purchase = await store.events.by_id(claim.event_id)
    link = await store.links.by_id(claim.link_id)
    advocate = await store.customers.by_id(link.advocate_id) if link else None
    program = await running_program(store)
    if purchase is None or program is None or link is None:
        return Outcome(refused="unknown-claim")
    promised = await terms(store, link.program_id, link.revision)
    return Outcome(
        reply={
            "amount": worth(program, Amount(purchase.amount or 0, purchase.unit or program.currency)),
            "program": program.name,
            "brand": brand_of(program),
            "friend_gets": gain(promised, Side.FRIEND),
            "advocate": advocate.first_name if advocate else "",
            "expires": claim.expires_at,
        }
    )


async def _judge(
    outcome: Outcome, attribution: Attribution, customer: Customer, *, claim: Claim, event: ClaimOpened, store: Store
) -> Outcome:
    """Let the purchase count towards the goal, for a new referral or one that was there before."""
    referral, program = attribution.referral, attribution.program
    if referral is None or program is None or referral.friend_id != customer.id:
        return outcome
    purchase = await store.events.by_id(claim.event_id)
    if purchase is None:
        raise LookupError("A claim without its purchase.")
    found = await qualify(purchase, customer, program, event.draw, store)
    if found.changes:
        await store.events.change(purchase.id, **found.changes)
    trace = {**found.decision.to_json(), **found.trace}
    await store.decisions.add(event.draw.id("dec"), about=purchase.id, customer=customer.id, trace=trace, at=event.at)
    if found.decision.outcome != "qualified":
        return outcome
    return await counted(outcome, found, referral, customer, store)


def _over(claim: Claim | None, customer: Customer, event: ClaimOpened) -> Outcome:
    if claim is None:
        code = "unknown"
    elif claim.claimed_by == customer.id:
        code = "yours"
    else:
        code = "used" if claim.claimed_by is not None else "expired"
    message = Message(key=f"claiming.{code}", buttons=((SHARE,),))
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone, refused=f"claim-{code}")
