"""The outbox: notices waiting to leave, written in the same transaction as the fact they report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, cast, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import statements
from storage.columns import Json
from storage.schema import outbox

OPEN = ("queued", "sending")
TEAM = "team"
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


class Outbox:
    """Puts notices in, hands them out in order, and settles them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(
        self, customer: str, *, key: str, kind: str, message: Mapping[str, Any], at: datetime, via: str | None = None
    ) -> bool:
        """Keep a notice until it is sent, unless one with this key was kept before."""
        values = {"recipient": customer, "customer_id": customer, "via": via}
        return await self._put(values, key=key, kind=kind, message=message, at=at)

    async def put_for_team(
        self, conversation: str | None, *, key: str, message: Mapping[str, Any], at: datetime
    ) -> bool:
        """Keep a message to the team's channel, or to the thread of a conversation, unless it was kept before."""
        return await self._put({"recipient": conversation or TEAM}, key=key, kind="team", message=message, at=at)

    async def _put(
        self, values: Mapping[str, Any], *, key: str, kind: str, message: Mapping[str, Any], at: datetime
    ) -> bool:
        told = {"key": key, "kind": kind, "message": dict(message)}
        times = {"state": "queued", "not_before": at, "created_at": at}
        return await statements.added(self._connection, outbox, {**values, **told, **times})

    async def take(self, at: datetime, lease: timedelta, limit: int) -> list[Waiting]:
        """Lease the first open notice of some recipients, as each stood before, keeping the order per person."""
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

    async def postpone(self, number: int, until: datetime, reason: str) -> None:
        """Send a notice later."""
        await self._connection.execute(
            update(outbox)
            .where(outbox.c.number == number)
            .values(state="queued", not_before=until, lease_until=None, reason=reason)
        )

    async def waiting(self) -> int:
        """Count the notices that have not left."""
        query = select(func.count()).select_from(outbox).where(outbox.c.state.in_(OPEN))
        return int((await self._connection.execute(query)).scalar_one())
