"""What waits for a platform by which nobody sends: given to another that reaches its reader, or ended when its time is.

Nothing of this is asked while every lane is served, so it may walk through all that waits in one that is not.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, null, select, text, update

from storage.columns import Moment
from storage.connection import Connection
from storage.restraint import give_back
from storage.schema import campaigns, identities, outbox


class Unserved:
    """Looks after the lanes by which nobody sends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def move(self, lanes: Collection[str], *, served: Collection[str], most: int) -> int:
        """Give so many notices to a lane that is served and reaches their readers, too; return how many there were."""
        reaching = (
            select(identities.c.platform)
            .where(identities.c.customer_id == outbox.c.customer_id, identities.c.is_reachable)
            .where(identities.c.platform.in_(sorted(served)))
            .order_by(identities.c.created_at, identities.c.platform)
            .limit(1)
            .correlate(outbox)
        )
        movable = _queued(lanes, most).where(reaching.exists())
        moving = update(outbox).where(outbox.c.number.in_(movable)).values(lane=reaching.scalar_subquery())
        return len((await self._connection.execute(moving.returning(outbox.c.number))).all())

    async def expire(self, lanes: Collection[str], at: datetime, *, most: int) -> int:
        """End so many notices whose time is over: nobody else will find that out; return how many there were."""
        expired = _queued(lanes, most).where(outbox.c.expires_at <= literal(at, Moment))
        return await self._suppress(expired, at, "expired")

    async def close(self, lane: str, at: datetime, *, reason: str, most: int) -> int:
        """End so many notices that nobody will ever send; return how many there were."""
        return await self._suppress(_queued([lane], most), at, reason)

    async def _suppress(self, numbers: Select[Any], at: datetime, reason: str) -> int:
        values: Mapping[str, Any] = {
            "state": "suppressed",
            "reason": reason,
            "settled_at": at,
            "fence": null(),
            "lease_until": null(),
        }
        closing = update(outbox).where(outbox.c.number.in_(numbers)).values(values)
        found = await self._connection.execute(
            closing.returning(outbox.c.campaign_id, outbox.c.customer_id, outbox.c.week)
        )
        rows = [tuple(row) for row in found]
        ended = [campaign for campaign, *_ in rows if campaign is not None]
        for campaign in sorted(set(ended)):
            counted = campaigns.c.suppressed + ended.count(campaign)
            await self._connection.execute(
                update(campaigns).where(campaigns.c.id == campaign).values(suppressed=counted)
            )
        await give_back(self._connection, [(customer, week) for _, customer, week in rows])
        return len(rows)


def _queued(lanes: Collection[str], most: int) -> Select[Any]:
    in_lane: ColumnElement[bool] = outbox.c.lane.in_(sorted(lanes))
    return (
        select(outbox.c.number)
        .where(text("outbox.state = 'queued'"), in_lane)
        .limit(most)
        .with_for_update(skip_locked=True, of=outbox)
    )
