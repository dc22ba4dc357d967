"""How somebody stands: who they are and which program runs in one trip, and what they have brought in two."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, Select, bindparam, case, func, select

from referrals.identity import Identity
from storage import statements
from storage.connection import Connection, Row
from storage.customers import Customer, Customers, Met, by_identity
from storage.pieces import Pieces
from storage.prepared import Prepared, maker
from storage.programs import Programs, running
from storage.referrals import Referral
from storage.schema import customers, links, referrals, shares

_STATES = ("joined", "qualified", "completed", "ineligible")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What an advocate's referrals and links have come to, and the advocate's own invitation."""

    counts: Mapping[str, int]  # of referrals, by state
    own: Referral | None
    shares: int
    visits: int


class Standings:
    """Finds who asks and how they stand."""

    def __init__(self, connection: Connection, people: Customers, programs: Programs) -> None:
        self._connection = connection
        self._people = people
        self._programs = programs

    async def meet(self, identity: Identity) -> Customer | None:
        """Find the customer who has an identity, and which program runs: whoever acts is asked for both."""
        found = await _met.find(self._connection, platform=identity.platform, subject=identity.subject)
        self._programs.has_looked(found["program"])
        return self._people.met(identity, found["customer"])

    async def of(self, program: str, customer: str) -> Standing:
        """Count what a customer has brought, and find through whom they came."""
        found = await _standing.find(self._connection, program=program, advocate=customer)
        counted = zip(_STATES, found["counts"], strict=True)
        return Standing(
            counts={state: int(count) for state, count in counted if count},
            own=found["own"],
            shares=int(found["shares"][0]),
            visits=int(found["visits"][0]),
        )

    async def page(self, program: str, advocate: str, *, offset: int, limit: int) -> Sequence[tuple[Referral, str]]:
        """List an advocate's referrals, newest first, each with the first name of the friend."""
        given = {"program": program, "advocate": advocate, "offset": offset, "limit": limit}
        return await _page.all(self._connection, **given)


def _counts() -> Select[Any]:
    count = [func.coalesce(func.sum(case((referrals.c.state == state, 1), else_=0)), 0) for state in _STATES]
    named = [each.label(state) for each, state in zip(count, _STATES, strict=True)]
    return select(*named).where(
        referrals.c.program_id == bindparam("program"), referrals.c.advocate_id == bindparam("advocate")
    )


def _own() -> Select[Any]:
    return statements.columns_of(referrals, Referral).where(
        referrals.c.program_id == bindparam("program"), referrals.c.friend_id == bindparam("advocate")
    )


def _shares() -> Select[Any]:
    found = shares.join(links, links.c.id == shares.c.link_id)
    return select(func.count().label("count")).select_from(found).where(links.c.advocate_id == bindparam("advocate"))


def _visits() -> Select[Any]:
    counted = func.coalesce(func.sum(links.c.visits), 0).label("visits")
    return select(counted).where(links.c.advocate_id == bindparam("advocate"))


def _page_of() -> Executable:
    return (
        select(customers.c.first_name, *statements.columns_of(referrals, Referral).selected_columns)
        .join(customers, customers.c.id == referrals.c.friend_id)
        .where(referrals.c.program_id == bindparam("program"), referrals.c.advocate_id == bindparam("advocate"))
        .order_by(referrals.c.joined_at.desc(), referrals.c.id)
        .offset(bindparam("offset"))
        .limit(bindparam("limit"))
    )


_referral = maker(Referral)


def _with_name(columns: Sequence[str], row: Row) -> tuple[Referral, str]:
    return _referral(columns[1:], row[1:]), row[0]


_met = Pieces(customer=(Met, by_identity), program=(None, running))
_standing = Pieces(counts=(None, _counts), own=(Referral, _own), shares=(None, _shares), visits=(None, _visits))
_page = Prepared(lambda _: _page_of(), _with_name)
