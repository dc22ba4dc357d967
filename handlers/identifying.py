"""Who an event is about: the one customer with these identities, found or added, never two of them merged."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.events import EventReported
from handlers.refusing import Refused
from referrals.identity import Identity
from storage.customers import Customer
from storage.errors import TryAgain
from storage.store import Store


async def customer_of(event: EventReported, store: Store, *, first: Customer | None) -> Customer | None:
    """Find the one customer with these identities, or add them; refuses identities of two different customers.

    Who has the first of them is known already: nobody mostly, or the only one.
    """
    found: dict[str, Customer] = {}
    known: set[Identity] = set()
    for place, identity in enumerate(event.identities):
        owner = await store.customers.by_identity(identity) if place else first
        if owner is not None:
            found[owner.id] = owner
            known.add(identity)
    if len(found) > 1:
        raise Refused("two-customers")
    if not event.identities:
        return None
    customer = next(iter(found.values()), None)
    if customer is not None:
        customer = await _updated(customer, event, store)
    else:
        values = {"first_name": event.first_name, "attributes": dict(event.attributes)}
        added = await store.customers.add(event.draw.id("cus"), event.identities[0], values, event.at)
        if is_new(added, event):
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


async def _updated(customer: Customer, event: EventReported, store: Store) -> Customer:
    """Keep what the business tells of a customer who is known already."""
    told = {**customer.attributes, **event.attributes}
    if told == dict(customer.attributes):
        return customer
    await store.customers.change(customer.id, attributes=told)
    return replace(customer, attributes=told)


def is_new(customer: str, event: EventReported) -> bool:
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
