"""The outbox: notices waiting to leave, written in the same transaction as the fact they report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, cast, func, or_, select, true, update

from storage import several, statements
from storage.columns import Json
from storage.connection import Connection
from storage.schema import identities, outbox

OPEN = ("queued", "sending")
TEAM = "team"
ANYWHERE = "anywhere"  # no chat is known that is set up here: said of a merged record, or of somebody out of reach
# What people wrote to each other is in these; once settled it is nobody's business any more.
SPOKEN = ("support", "team")


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A notice that waits: for a customer, or for the team's channel or a thread of it when there is no customer."""

    number: int
    recipient: str
    customer_id: str | None
    via: str | None
    key: str
    kind: str
    message: Mapping[str, Any]
    state: str
    attempts: int
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A notice on its way in: for a customer, or for the team (`TEAM`, or the conversation whose thread it is)."""

    recipient: str
    key: str
    kind: str
    message: Mapping[str, Any]
    at: datetime
    wait: timedelta = timedelta()
    via: str | None = None


def _row(entry: Entry) -> Mapping[str, Any]:
    return {
        "recipient": entry.recipient,
        "customer_id": None if entry.kind == TEAM else entry.recipient,
        "via": entry.via,
        "key": entry.key,
        "kind": entry.kind,
        "message": dict(entry.message),
        "state": "queued",
        "not_before": entry.at + entry.wait,
        "created_at": entry.at,
    }


class Outbox:
    """Puts notices in, hands them out in order, and settles them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, *entries: Entry) -> bool:
        """Keep notices until they are sent, unless one with the same key was kept before; tell whether any was new."""
        return bool(await several.added(self._connection, outbox, [_row(entry) for entry in entries]))

    async def take(
        self, at: datetime, lease: timedelta, limit: int, *, lane: str = "", known: Iterable[str] = ()
    ) -> list[Waiting]:
        """Lease the first open notice of some recipients, as each stood before, keeping the order per person.

        A `lane` takes what goes by one of the `known` platforms, to the team (`TEAM`), or to nobody we know where
        (`ANYWHERE`); without one everything is taken.
        """
        ahead = outbox.alias("ahead")
        is_first = ~(
            select(ahead.c.number)
            .where(ahead.c.recipient == outbox.c.recipient, ahead.c.number < outbox.c.number)
            .where(ahead.c.state.in_(OPEN))
            .exists()
        )
        query = (
            statements.columns_of(outbox, Waiting)
            .where(outbox.c.state.in_(OPEN), outbox.c.not_before <= at)
            .where(or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= at))
            .where(is_first)
            .where(_lane_of(known) == lane if lane else true())
            .order_by(outbox.c.number)
            .limit(limit)
            .with_for_update(skip_locked=True, of=outbox)
        )
        taken = [statements.record(Waiting, row) for row in await self._connection.execute(query)]
        if taken:
            await self._connection.execute(
                update(outbox)
                .where(outbox.c.number.in_([waiting.number for waiting in taken]))
                .values(state="sending", lease_until=at + lease, attempts=outbox.c.attempts + 1)
            )
        return taken

    async def settle(self, number: int, state: str, at: datetime, reason: str | None = None) -> None:
        """Close a notice as "sent", "unknown", "suppressed" or "failed"."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.number == number)
            .values(
                state=state,
                reason=reason,
                settled_at=at,
                lease_until=None,
                message=case((outbox.c.kind.in_(SPOKEN), cast({}, Json)), else_=outbox.c.message),
            )
        )

    async def postpone(self, number: int, until: datetime, reason: str, *, counts: bool = True) -> None:
        """Send a notice later; what was not its own failure does not count as an attempt."""
        attempts = outbox.c.attempts if counts else outbox.c.attempts - 1
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.number == number)
            .values(state="queued", not_before=until, lease_until=None, reason=reason, attempts=attempts)
        )

    async def waiting(self) -> int:
        """Count the notices that have not left."""
        query = select(func.count()).select_from(outbox).where(outbox.c.state.in_(OPEN))
        return int((await self._connection.execute(query)).scalar_one())


def _lane_of(known: Iterable[str]) -> ColumnElement[str]:
    """Say by which platform a notice goes: the one it asks for, else the first that reaches its customer."""
    reachable = (
        select(identities.c.platform)
        .where(identities.c.customer_id == outbox.c.customer_id, identities.c.is_reachable)
        .where(identities.c.platform.in_(sorted(known)))
        .correlate(outbox)
        .limit(1)
    )
    asked = reachable.where(identities.c.platform == outbox.c.via).scalar_subquery()
    first = reachable.order_by(identities.c.created_at).scalar_subquery()
    return case((outbox.c.kind == TEAM, TEAM), else_=func.coalesce(asked, first, ANYWHERE))
