"""Lineage: everyone above a friend who is about to be bound, locked before anybody looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Executable, String, bindparam, literal, select, true, union

from storage import statements
from storage.connection import Connection, Row
from storage.customers import Customer, Customers
from storage.prepared import Prepared, maker, records
from storage.referrals import Referral, chain_above
from storage.schema import customers, referrals


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """Through whom a friend has come already, if through anybody, and everyone above the advocate."""

    existing: Referral | None
    above: Sequence[str]


class Lineages:
    """Locks and reads who brought whom."""

    def __init__(self, connection: Connection, people: Customers) -> None:
        self._connection = connection
        self._people = people

    async def lock(self, program: str, advocate: str, friend: str) -> dict[str, Customer]:
        """Lock a friend, an advocate and everyone above in order of id, and read them; the chain may have grown."""
        found = await _locked.all_along(self._connection, program=program, customer=advocate, friend=friend)
        return self._people.hold(found)

    async def look(self, program: str, advocate: str, friend: str) -> Lineage:
        """Find the friend's referral, and everyone above the advocate."""
        rows = await _looked.all(self._connection, program=program, customer=advocate, friend=friend)
        return Lineage(existing=rows[0][1], above=[above for above, _ in rows if above is not None])


@records(Customer)
def _locked() -> Executable:
    advocate, friend = (bindparam(name, type_=String) for name in ("customer", "friend"))
    above = chain_above().subquery("everyone_above")
    wanted = union(select(advocate.label("id")), select(friend), select(above.c.advocate_id)).subquery("wanted")
    query = statements.columns_of(customers, Customer).join(wanted, wanted.c.id == customers.c.id)
    # Not against rows that only refer to them: two events of one customer, both written first, would deadlock.
    return query.order_by(customers.c.id).with_for_update(of=customers, key_share=True)


def _look() -> Executable:
    one = select(literal(1).label("one")).subquery("one")
    above = chain_above().subquery("everyone_above")
    existing = statements.columns_of(referrals, Referral)
    is_existing = (referrals.c.program_id == bindparam("program")) & (referrals.c.friend_id == bindparam("friend"))
    joined = one.outerjoin(referrals, is_existing).outerjoin(above, true())
    return select(above.c.advocate_id.label("above"), *existing.selected_columns).select_from(joined)


_referral = maker(Referral)


def _above_and_referral(columns: Sequence[str], row: Row) -> tuple[str | None, Referral | None]:
    return row[0], _referral(columns[1:], row[1:]) if row[1] is not None else None


_looked = Prepared(lambda _: _look(), _above_and_referral)
