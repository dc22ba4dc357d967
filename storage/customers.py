"""Customers and their identities: the only records that say who somebody is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Select, bindparam, func, or_, select, update

from referrals.identity import Identity
from storage import statements
from storage.connection import Connection
from storage.prepared import prepared, records
from storage.schema import customers, identities
from storage.scores import Scores

CHATS = ("telegram", "slack")


@dataclass(frozen=True, kw_only=True)
class Customer:
    """A person the business knows."""

    id: str
    first_name: str = field(default="", repr=False)
    language: str | None = None
    zone: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)
    shows_name: bool = False
    on_board: bool = True
    wants_notices: bool = True
    reminders_asked_at: datetime | None = None
    reminders_agreed_at: datetime | None = None
    news_agreed_at: datetime | None = None
    quiet: str | None = None
    stopped_at: datetime | None = None
    customer_since: datetime | None = None
    merged_into: str | None = None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Met(Customer):
    """A customer, and whether they could be written to where they were met."""

    is_reachable: bool


@dataclass(frozen=True, kw_only=True)
class Chat:
    """Where a customer can be written to."""

    platform: str
    subject: str = field(repr=False)
    is_reachable: bool


@records(Customer)
def _by_id() -> Executable:
    return statements.columns_of(customers, Customer).where(customers.c.id == bindparam("customer"))


@records(Customer)
def _by_ids() -> Executable:
    return statements.columns_of(customers, Customer).where(statements.listed(customers.c.id, "ids"))


@records(Customer)
def _locked() -> Executable:
    query = statements.columns_of(customers, Customer).where(statements.listed(customers.c.id, "ids"))
    # Not against rows that only refer to them: two events of one customer, both written first, would deadlock.
    return query.order_by(customers.c.id).with_for_update(key_share=True)


@records(Customer)
def _kept() -> Executable:
    query = statements.columns_of(customers, Customer).where(statements.listed(customers.c.id, "ids"))
    return query.order_by(customers.c.id).with_for_update(read=True)


def by_identity() -> Select[Any]:
    """Find who has an identity, and whether they could be written to there."""
    return (
        statements.columns_of(customers, Customer)
        .add_columns(identities.c.is_reachable)
        .join(identities, identities.c.customer_id == customers.c.id)
        .where(identities.c.platform == bindparam("platform"), identities.c.subject == bindparam("subject"))
    )


_by_identity = records(Met)(by_identity)


@prepared
def _identities_of() -> Executable:
    return select(identities.c.platform, identities.c.subject).where(identities.c.customer_id == bindparam("customer"))


@records(Chat)
def _chats_of() -> Executable:
    return (
        statements.columns_of(identities, Chat)
        .where(identities.c.customer_id == bindparam("customer"))
        .where(or_(*(identities.c.platform == chat for chat in CHATS)))
        .order_by(identities.c.created_at)
    )


@prepared
def _chats_of_all() -> Executable:
    return (
        select(identities.c.customer_id, identities.c.platform, identities.c.subject, identities.c.is_reachable)
        # Asked for the platform, too, SQLite walks through everybody who is on it: 10 ms among 30,000.
        .where(statements.listed(identities.c.customer_id, "ids"))
        .order_by(identities.c.created_at)
    )


@prepared
def _became_customer() -> Executable:
    since = bindparam("since", type_=customers.c.customer_since.type)
    return (
        update(customers)
        .where(customers.c.id == bindparam("customer"))
        .where(customers.c.customer_since.is_(None) | (customers.c.customer_since > since))
        .values(customer_since=since)
    )


@prepared
def _reached() -> Executable:
    return (
        update(identities)
        .where(identities.c.platform == bindparam("of"), identities.c.subject == bindparam("called"))
        .where(identities.c.is_reachable != bindparam("reachable", type_=identities.c.is_reachable.type))
        .values(is_reachable=bindparam("reachable", type_=identities.c.is_reachable.type))
    )


class Customers:
    """Finds, adds and changes customers."""

    def __init__(self, connection: Connection, scores: Scores) -> None:
        self._connection = connection
        self._scores = scores
        # Those who were met in this transaction where they were thought to be out of reach.
        self.out_of_reach: set[Identity] = set()
        # Nobody else changes those who are locked: who was read then need not be read again.
        self._held: dict[str, Customer] = {}

    async def by_id(self, customer: str) -> Customer | None:
        """Find a customer; the id of a merged record finds the one it was merged into."""
        found = await self.record(customer)
        while found is not None and found.merged_into is not None:
            found = await self.record(found.merged_into)
        return found

    async def record(self, customer: str) -> Customer | None:
        """Find exactly this record, merged or not."""
        return await _by_id.first(self._connection, customer=customer)

    async def by_identity(self, identity: Identity) -> Customer | None:
        """Find the customer who has this identity."""
        found = await _by_identity.first(self._connection, platform=identity.platform, subject=identity.subject)
        return self.met(identity, found)

    def met(self, identity: Identity, found: Met | None) -> Customer | None:
        """Note of somebody who was met whether they could be written to."""
        if found is not None and not found.is_reachable:
            self.out_of_reach.add(identity)
        return found

    async def by_ids(self, ids: Iterable[str]) -> dict[str, Customer]:
        """Find several customers at once."""
        wanted = set(ids)
        if wanted <= self._held.keys():
            return {customer: self._held[customer] for customer in wanted}
        return {found.id: found for found in await _by_ids.all(self._connection, ids=wanted)}

    async def add(self, customer: str, identity: Identity, values: Mapping[str, Any], at: datetime) -> str:
        """Add a customer with a first identity, and return the id of who has it: somebody may have been quicker."""
        await statements.kept(self._connection, customers, {"id": customer, "created_at": at, **values})
        if await self.add_identity(customer, identity, at):
            return customer
        await self._connection.execute(customers.delete().where(customers.c.id == customer))
        winner = await self.by_identity(identity)
        assert winner is not None, "a taken identity has an owner"  # noqa: S101 - states what the constraint guarantees
        return winner.id

    async def add_identity(self, customer: str, identity: Identity, at: datetime) -> bool:
        """Give a customer one more identity, unless somebody has it."""
        return await statements.added(
            self._connection,
            identities,
            {"platform": identity.platform, "subject": identity.subject, "customer_id": customer, "created_at": at},
        )

    async def identities_of(self, customer: str) -> list[Identity]:
        """List the identities of a customer."""
        return [Identity(*row) for row in await _identities_of.all(self._connection, customer=customer)]

    async def move_identities(self, moved: Sequence[Identity], to: str) -> None:
        """Give these identities to another record."""
        for identity in moved:
            await self._connection.execute(
                update(identities)
                .where(identities.c.platform == identity.platform, identities.c.subject == identity.subject)
                .values(customer_id=to)
            )

    async def change(self, customer: str, **values: Any) -> None:
        """Change fields of a customer."""
        self._held.pop(customer, None)
        await statements.changed(self._connection, customers, customer, values)
        if "on_board" in values:
            await self._scores.show(customer, on_board=values["on_board"])

    async def became_customer(self, customer: str, since: datetime) -> None:
        """Remember the first moment at which the business knew this person as a customer."""
        if (held := self._held.get(customer)) and (held.customer_since is None or held.customer_since > since):
            self._held[customer] = replace(held, customer_since=since)
        await _became_customer.later(self._connection, customer=customer, since=since)

    async def reached(self, identity: Identity, *, is_reachable: bool) -> None:
        """Remember whether this identity can be written to."""
        await _reached.run(self._connection, of=identity.platform, called=identity.subject, reachable=is_reachable)

    async def chat_lost(self, platform: str, subject: str) -> None:
        """Remember that a chat cannot be written to any more."""
        await self.reached(Identity(platform, subject), is_reachable=False)

    async def chats_of(self, customer: str) -> list[Chat]:
        """List where a customer can be written to, the oldest first."""
        return await _chats_of.all(self._connection, customer=customer)

    async def chats_of_all(self, ids: Collection[str]) -> dict[str, list[Chat]]:
        """List where several customers can be written to, the oldest of each first."""
        found: dict[str, list[Chat]] = {}
        for customer, platform, subject, is_reachable in await _chats_of_all.all(self._connection, ids=ids):
            if platform in CHATS:
                chat = Chat(platform=platform, subject=subject, is_reachable=bool(is_reachable))
                found.setdefault(customer, []).append(chat)
        return found

    async def lock(self, ids: Iterable[str]) -> dict[str, Customer]:
        """Lock these customers in order of id, so that two transactions cannot wait for each other, and read them."""
        return self.hold(await _locked.all_along(self._connection, ids=sorted(set(ids))))

    async def keep(self, ids: Iterable[str]) -> dict[str, Customer]:
        """Let nobody change or join these customers until the end of the transaction, and read them.

        Others may do the same meanwhile. Whoever locks one of them later waits for those others, and they for them.
        """
        return self.hold(await _kept.all_along(self._connection, ids=sorted(set(ids))))

    def hold(self, locked: Iterable[Customer]) -> dict[str, Customer]:
        """Remember those who are locked until the end of the transaction."""
        found = {customer.id: customer for customer in locked}
        self._held |= found
        return found

    async def agreed_after(self, cursor: str, limit: int) -> list[Customer]:
        """List those who agreed to reminders and want messages, in order of id after the cursor."""
        query = (
            statements.columns_of(customers, Customer)
            .where(customers.c.id > cursor, customers.c.reminders_agreed_at.is_not(None))
            .where(customers.c.stopped_at.is_(None), customers.c.merged_into.is_(None))
            .order_by(customers.c.id)
            .limit(limit)
        )
        return [statements.record(Customer, row) for row in await self._connection.execute(query)]

    async def count(self) -> int:
        """Count the customers."""
        return int((await self._connection.execute(select(func.count()).select_from(customers))).scalar_one())
