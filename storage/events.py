"""Reported events: each counts once per source, with a hash of what was said and the answer we gave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, func, select, text, update

from referrals.money import Amount
from storage import statements
from storage.connection import Connection
from storage.prepared import prepared, records
from storage.schema import claims, events


@dataclass(frozen=True, kw_only=True)
class ReportedEvent:
    """A fact the business reported."""

    id: str
    source: str
    external_id: str
    type: str
    body_hash: str
    program_id: str | None = None
    customer_id: str | None = None
    referral_id: str | None = None
    amount: int | None = None
    unit: str | None = None
    refunded: int = 0
    refers_to: str | None = None
    state: str = "counted"
    occurred_at: datetime
    received_at: datetime
    answer: Mapping[str, Any] = field(default_factory=dict)
    properties: Mapping[str, Any] = field(default_factory=dict)

    @property
    def left(self) -> Amount | None:
        """What was paid and has not been refunded."""
        return Amount(self.amount - self.refunded, self.unit) if self.amount is not None and self.unit else None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A purchase rung up with a code, waiting for whoever opens its address."""

    hash: bytes = field(repr=False)
    event_id: str
    link_id: str
    click: int | None
    expires_at: datetime
    claimed_by: str | None = None
    claimed_at: datetime | None = None


@records(ReportedEvent)
def _by_external_id() -> Executable:
    return statements.columns_of(events, ReportedEvent).where(
        events.c.source == bindparam("source"), events.c.external_id == bindparam("external_id")
    )


@records(ReportedEvent)
def _held() -> Executable:
    query = statements.columns_of(events, ReportedEvent).where(events.c.id == bindparam("event"))
    return query.with_for_update()


@records(ReportedEvent)
def _seen() -> Executable:
    return statements.columns_of(events, ReportedEvent).where(events.c.id == bindparam("event"))


@records(ReportedEvent)
def _history() -> Executable:
    left = events.c.amount.is_(None) | (events.c.amount > events.c.refunded) | (events.c.amount == 0)
    return (
        statements.columns_of(events, ReportedEvent)
        .where(events.c.customer_id == bindparam("customer"), events.c.program_id == bindparam("program"))
        .where(statements.listed(events.c.type, "types"), events.c.state == "counted")
        .where(events.c.occurred_at >= bindparam("since", type_=events.c.occurred_at.type), left)
        .order_by(events.c.occurred_at, events.c.received_at, events.c.id)
    )


@prepared
def _last_deed() -> Executable:
    return select(func.max(events.c.occurred_at)).where(
        events.c.customer_id == bindparam("customer"),
        statements.listed(events.c.type, "types"),
        events.c.occurred_at < bindparam("before", type_=events.c.occurred_at.type),
    )


@records(ReportedEvent)
def _waiting_for() -> Executable:
    return (
        statements.columns_of(events, ReportedEvent)
        .where(events.c.source == bindparam("source"), events.c.refers_to == bindparam("external_id"))
        .where(text("state = 'waiting'"))  # as the index says it: a parameter would not be seen to match
        .order_by(events.c.received_at, events.c.id)
    )


class Events:
    """Keeps what was reported, and the purchases that still have no customer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, event: ReportedEvent) -> None:
        """Keep an event that is new; where its source reports this id twice at once, the slower one runs again."""
        await statements.entered(self._connection, events, vars(event))

    async def hold(self, source: str, external_id: str) -> None:
        """Let nobody else look for this purchase or its refunds until the end of the transaction."""
        await statements.hold(self._connection, f"event:{source}:{external_id}")

    async def by_external_id(self, source: str, external_id: str) -> ReportedEvent | None:
        """Find an event by the id its source gave it."""
        return await _by_external_id.first(self._connection, source=source, external_id=external_id)

    async def by_id(self, event: str) -> ReportedEvent | None:
        """Find an event, and hold it until the end of the transaction."""
        return await _held.first(self._connection, event=event)

    async def seen(self, event: str) -> ReportedEvent | None:
        """Find an event without holding it."""
        return await _seen.first(self._connection, event=event)

    async def waiting_for(self, source: str, external_id: str) -> list[ReportedEvent]:
        """List the refunds that came before this purchase."""
        return await _waiting_for.all(self._connection, source=source, external_id=external_id)

    async def history(
        self, customer: str, *, program: str, types: Iterable[str], since: datetime
    ) -> list[ReportedEvent]:
        """List what a customer did since a moment and that still stands, of these types, oldest first."""
        return await _history.all(self._connection, customer=customer, program=program, types=types, since=since)

    async def last_deed(self, customer: str, *, types: Iterable[str], before: datetime) -> datetime | None:
        """Find when a customer last did something of these types before a moment."""
        found = await _last_deed.value(self._connection, customer=customer, types=types, before=before)
        return found if isinstance(found, datetime) else None

    async def change(self, event: str, **values: Any) -> None:
        """Change fields of an event."""
        await statements.changed(self._connection, events, event, values)

    async def refund(self, purchase: str, amount: int) -> int | None:
        """Add a refund to a purchase and return what was refunded in all; nothing if it exceeds the purchase."""
        statement = (
            update(events)
            .where(events.c.id == purchase, events.c.refunded + amount <= events.c.amount)
            .values(refunded=events.c.refunded + amount)
            .returning(events.c.refunded)
        )
        total: int | None = (await self._connection.execute(statement)).scalar_one_or_none()
        return total

    async def add_claim(self, claim: Claim) -> bool:
        """Keep an unclaimed purchase under the hash of its secret."""
        return await statements.added(self._connection, claims, vars(claim))

    async def claim(self, hashed: bytes) -> Claim | None:
        """Find an unclaimed purchase by the hash of its secret."""
        query = statements.columns_of(claims, Claim).where(claims.c.hash == hashed)
        return statements.maybe(Claim, (await self._connection.execute(query)).first())

    async def take_claim(self, hashed: bytes, customer: str, at: datetime) -> bool:
        """Make the purchase this customer's; tell whether it was still to be had."""
        statement = (
            update(claims)
            .where(claims.c.hash == hashed, claims.c.claimed_by.is_(None), claims.c.expires_at > at)
            .values(claimed_by=customer, claimed_at=at)
            .returning(claims.c.event_id)
        )
        return (await self._connection.execute(statement)).first() is not None

    async def hand_over(self, ids: list[str], to: str) -> None:
        """Give events to another customer record."""
        await self._connection.execute(update(events).where(events.c.id.in_(ids)).values(customer_id=to))

    async def ids_of(self, customer: str) -> list[str]:
        """List the events of a customer."""
        query = events.select().with_only_columns(events.c.id).where(events.c.customer_id == customer)
        return list((await self._connection.execute(query)).scalars())
