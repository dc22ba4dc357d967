"""The business reads what is known about a customer."""

from collections.abc import Mapping
from datetime import datetime

from handlers import spending
from handlers.events import CustomerViewed
from handlers.outcome import Outcome
from handlers.placing import word_of
from handlers.programs import running_program
from handlers.refusing import Refused
from referrals import balances
from referrals.balances import Part
from referrals.money import Amount
from storage.customers import Customer
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store


async def on_customer_viewed(event: CustomerViewed, store: Store) -> Outcome:
    """Answer with one part of what is known about a customer; a pure read."""
    customer = await store.customers.by_id(event.customer)
    if customer is None:
        raise Refused("unknown-customer")
    if event.part == "referrals":
        return Outcome(reply={"customer": customer.id, "referrals": await _referrals(customer, store)})
    if event.part == "rewards":
        rewards = await store.rewards.of_customer(customer.id)
        parts = await store.spendings.parts(customer.id)
        return Outcome(
            reply={"customer": customer.id, "rewards": [_reward(reward, event.at, parts) for reward in rewards]}
        )
    if event.part == "stats":
        return Outcome(reply=await _stats(customer, store))
    return Outcome(reply=await _customer(customer, store))


async def _customer(customer: Customer, store: Store) -> Mapping[str, object]:
    program = await running_program(store)
    link = await store.links.main_of(program.id, customer.id) if program else None
    identities = await store.customers.identities_of(customer.id)
    return {
        "id": customer.id,
        "first_name": customer.first_name,
        "attributes": dict(customer.attributes),
        "identities": [{"platform": identity.platform, "id": identity.subject} for identity in identities],
        "code": link.code if link else None,
        "customer_since": _iso(customer.customer_since),
        "created_at": _iso(customer.created_at),
        "stopped": customer.stopped_at is not None,
        "balances": await _balances(customer, store),
    }


async def _referrals(customer: Customer, store: Store) -> list[Mapping[str, object]]:
    found = await store.referrals.of_customer(customer.id)
    return [_referral(referral, customer) for referral in sorted(found, key=lambda item: (item.joined_at, item.id))]


def _referral(referral: Referral, customer: Customer) -> Mapping[str, object]:
    return {
        "id": referral.id,
        "side": "advocate" if referral.advocate_id == customer.id else "friend",
        "advocate": referral.advocate_id,
        "friend": referral.friend_id,
        "state": referral.state,
        "reason": referral.reason,
        "joined_at": _iso(referral.joined_at),
        "qualified_at": _iso(referral.qualified_at),
        "completed_at": _iso(referral.completed_at),
    }


def _reward(reward: Reward, at: datetime, parts: list[Part]) -> Mapping[str, object]:
    return {
        "id": reward.id,
        "referral": reward.referral_id,
        "side": reward.side,
        "amount": reward.worth.decimal(),
        "unit": reward.unit,
        "state": reward.state,
        "word": word_of(reward, at, parts),
        "reason": reward.reason,
        "pending_until": _iso(reward.pending_until),
        "expires_at": _iso(reward.expires_at),
        "goal": reward.goal,
        "occurrence": reward.occurrence,
        "waits_for": reward.waits_for,
        "kind": reward.kind,
        "delivery": reward.delivery,
        "option": reward.option,
        "spent": Amount(reward.spent, reward.unit).decimal(),
    }


async def _stats(customer: Customer, store: Store) -> Mapping[str, object]:
    program = await running_program(store)
    counts = await store.referrals.counts_of(program.id, customer.id) if program else {}
    score = counts.get("completed", 0)
    links = await store.links.of_advocate(customer.id)
    return {
        "customer": customer.id,
        "visits": sum(link.visits for link in links),
        **{state: counts.get(state, 0) for state in ("joined", "qualified", "completed", "ineligible")},
        "score": score,
        "place": await store.scores.place_of(program.id, score) if program and score else None,
        "balances": await _balances(customer, store),
    }


async def _balances(customer: Customer, store: Store) -> list[Mapping[str, object]]:
    found = await spending.balances_of(customer, store)
    return [_balance(unit, parts) for unit, parts in sorted(found.items()) if parts]


def _balance(unit: str, parts: list[Part]) -> Mapping[str, object]:
    usable = [part for part in balances.soonest_first(parts) if part.expires_at is not None]
    first = usable[0].expires_at if usable else None
    next_ = Amount(sum(part.left.minor for part in usable if part.expires_at == first), unit)
    return {
        "unit": unit,
        "amount": Amount(balances.total(parts), unit).decimal(),
        "expires_next": {"amount": next_.decimal(), "expires_at": _iso(first)} if first else None,
    }


def _iso(moment: object) -> str | None:
    return moment.isoformat() if hasattr(moment, "isoformat") else None
