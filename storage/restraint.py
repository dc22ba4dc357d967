"""Restraint: how much marketing somebody hears in a week, and small news that are told together."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Integer, String, bindparam, func, literal, select, text, update

from storage import statements
from storage.columns import Moment
from storage.connection import Connection
from storage.prepared import Prepared, as_they_come, prepared, records
from storage.schema import customers, marketing_weeks, outbox


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Which notices are within what their readers hear in a week, and which are too many."""

    within: frozenset[int]
    beyond: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A small piece of news that waits for somebody who is about to hear another."""

    number: int
    recipient: str
    message: Mapping[str, Any]


class Restraint:
    """Counts and gathers what claimed notices would make somebody hear."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def count(self, numbers: Collection[int], *, week: str, most: int) -> Counted:
        """Count claimed marketing for the week of its readers, as far as it is not too much.

        A notice counts once in a week however often it is claimed. Of two records that were joined, and so are one
        reader, the later notice is neither within nor beyond: it waits for the next claim.
        """
        found = await _readers.all(self._connection, numbers=numbers)
        counted = {number for number, _, in_week in found if in_week == week}
        firsts: dict[str, int] = {}
        for number, reader, _ in found:
            if number not in counted:
                firsts.setdefault(reader, number)
        if not firsts:
            return Counted(within=frozenset(counted), beyond=frozenset())
        let = {reader for (reader,) in await _count.all(self._connection, ids=firsts, week=week, most=most)}
        within = {number for reader, number in firsts.items() if reader in let}
        await _note.run(self._connection, numbers=within, week=week)
        return Counted(within=frozenset(within | counted), beyond=frozenset(set(firsts.values()) - within))

    async def beside(self, recipients: Collection[str], at: datetime) -> list[Beside]:
        """Find the service's news that wait for these people and were never tried, and hold them; the oldest first."""
        return await _beside.all(self._connection, recipients=recipients, at=at)

    async def tell_together(
        self, number: int, message: Mapping[str, Any], others: Collection[int], at: datetime
    ) -> None:
        """Let one notice say what the others would have said."""
        values = {"message": message}
        await self._connection.execute(update(outbox).where(outbox.c.number == number).values(values))
        await _told_in_another.run(self._connection, numbers=others, at=at)


async def give_back(connection: Connection, unsent: Iterable[tuple[str | None, str | None]]) -> None:
    """Take notices that did not leave out of the weeks in which they were counted: customers and weeks."""
    counts = Counter((customer, week) for customer, week in unsent if customer is not None and week is not None)
    while counts:
        for week in sorted({week for _, week in counts}):
            people = [customer for customer, of in counts if of == week]
            await _uncount.run(connection, ids=people, week=week)
        counts -= Counter(dict.fromkeys(counts, 1))


@prepared
def _readers() -> Executable:
    reader = func.coalesce(customers.c.merged_into, customers.c.id)
    return (
        select(outbox.c.number, reader, outbox.c.week)
        .join(customers, customers.c.id == outbox.c.customer_id)
        .where(statements.listed(outbox.c.number, "numbers"))
        .order_by(outbox.c.number)
        # Held by whoever claimed them; another who counts the same notice finds that it was counted.
        .with_for_update(of=outbox)
    )


def _counting(dialect: str) -> Executable:
    """Take one of the few of a week: the row is there with fewer, or it is not there; else nothing comes back."""
    week, most = bindparam("week", type_=String), bindparam("most", type_=Integer)
    # In order of id, so that two claims cannot wait for each other.
    people = (
        select(customers.c.id, week, literal(1))
        .where(statements.listed(customers.c.id, "ids"), most > 0)
        .order_by(customers.c.id)
    )
    statement = statements.insertion(dialect, marketing_weeks).from_select(["customer_id", "week", "count"], people)
    return statement.on_conflict_do_update(
        index_elements=["customer_id", "week"],
        set_={"count": marketing_weeks.c.count + 1},
        where=marketing_weeks.c.count < most,
    ).returning(marketing_weeks.c.customer_id)


_count = Prepared(_counting, as_they_come)


@prepared
def _uncount() -> Executable:
    reader = func.coalesce(customers.c.merged_into, customers.c.id)
    readers = select(reader).where(statements.listed(customers.c.id, "ids"))
    return (
        update(marketing_weeks)
        .where(marketing_weeks.c.customer_id.in_(readers), marketing_weeks.c.week == bindparam("week", type_=String))
        .where(marketing_weeks.c.count > 0)
        .values(count=marketing_weeks.c.count - 1)
    )


@prepared
def _note() -> Executable:
    listed = statements.listed(outbox.c.number, "numbers")
    return update(outbox).where(listed).values(week=bindparam("week", type_=String))


@records(Beside)
def _beside() -> Executable:
    waiting = text("outbox.state IN ('queued', 'sending') AND outbox.state = 'queued' AND outbox.kind = 'service'")
    return (
        statements.columns_of(outbox, Beside)
        .where(statements.listed(outbox.c.recipient, "recipients"), waiting)
        .where(outbox.c.not_before <= bindparam("at", type_=Moment()), outbox.c.attempts == 0)
        .order_by(outbox.c.number)
        .with_for_update(skip_locked=True)
    )


@prepared
def _told_in_another() -> Executable:
    return (
        update(outbox)
        .where(statements.listed(outbox.c.number, "numbers"))
        .values(state="suppressed", reason="told-in-another", settled_at=bindparam("at", type_=Moment()))
    )
