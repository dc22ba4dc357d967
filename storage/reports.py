"""Reports: what has to be known of an event that the business tells before it can be counted, found in one trip."""

from dataclasses import dataclass

from sqlalchemy import Select, bindparam, select, text

from referrals.identity import Identity
from storage import statements
from storage.connection import Connection
from storage.customers import Customer
from storage.events import ReportedEvent
from storage.links import Link
from storage.pieces import Pieces
from storage.programs import Programs, running
from storage.schema import customers, events, identities, links


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known when an event is reported."""

    repeated: ReportedEvent | None  # the same event, reported before
    owner: Customer | None  # who has the identity
    link: Link | None  # which the code stands for
    has_refunds: bool  # that were reported before it, and wait for it


class Reports:
    """Finds what is known of a reported event, and which program runs."""

    def __init__(self, connection: Connection, programs: Programs) -> None:
        self._connection = connection
        self._programs = programs

    async def known(self, source: str, external_id: str, *, identity: Identity | None, code: str | None) -> Known:
        """Look for an event, the customer with an identity, the link with a code and the running program."""
        found = await _known.find(
            self._connection,
            source=source,
            external_id=external_id,
            platform=identity.platform if identity else "",
            subject=identity.subject if identity else "",
            code=code or "",
        )
        self._programs.has_looked(found["program"])
        return Known(
            repeated=found["repeated"],
            owner=found["owner"],
            link=found["link"],
            has_refunds=found["refund"] is not None,
        )


def _repeated() -> Select[ReportedEvent]:
    return statements.columns_of(events, ReportedEvent).where(
        events.c.source == bindparam("source"), events.c.external_id == bindparam("external_id")
    )


def _owner() -> Select[Customer]:
    return (
        statements.columns_of(customers, Customer)
        .join(identities, identities.c.customer_id == customers.c.id)
        .where(identities.c.platform == bindparam("platform"), identities.c.subject == bindparam("subject"))
    )


def _link() -> Select[Link]:
    return statements.columns_of(links, Link).where(links.c.code == bindparam("code"))


def _refund() -> Select[tuple[str]]:
    return (
        select(events.c.id)
        .where(events.c.source == bindparam("source"), events.c.refers_to == bindparam("external_id"))
        .where(text("state = 'waiting'"))  # as the index says it: a parameter would not be seen to match
        .limit(1)
    )


_known = Pieces(
    repeated=(ReportedEvent, _repeated),
    owner=(Customer, _owner),
    link=(Link, _link),
    refund=(None, _refund),
    program=(None, running),
)
