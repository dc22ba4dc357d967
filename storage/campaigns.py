"""Campaigns: what the team sends to many, how far it has come, and the way it is stopped."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, and_, bindparam, null, or_, select, text, update

from storage import statements
from storage.columns import Moment
from storage.connection import Connection
from storage.notices import CLOCKS_DIFFER
from storage.prepared import prepared
from storage.restraint import give_back
from storage.schema import campaigns, outbox

RUNNING, PAUSED, CANCELLED, DONE = "running", "paused", "cancelled", "done"


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """A message to a segment, and how many of its notices came to which end."""

    id: str
    state: str
    message: Mapping[str, Any] = field(repr=False)
    segment: Mapping[str, Any]
    title: str = field(default="", repr=False)
    cursor: str = ""
    planned: int = 0
    sent: int = 0
    unknown: int = 0
    suppressed: int = 0
    failed: int = 0
    progress: str | None = None
    asked_by: str = ""
    created_at: datetime
    planned_at: datetime | None = None
    ended_at: datetime | None = None
    told_at: datetime | None = None

    @property
    def settled(self) -> int:
        """How many notices have come to an end."""
        return self.sent + self.unknown + self.suppressed + self.failed

    @property
    def waiting(self) -> int:
        """How many notices have not."""
        return self.planned - self.settled


class Campaigns:
    """Keeps what a campaign says and counts what became of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def messages(self, ids: Collection[str]) -> dict[str, Mapping[str, Any]]:
        """Return what these campaigns say: their notices have no message of their own."""
        if not ids:
            return {}
        return {str(campaign): message for campaign, message in await _messages.all(self._connection, ids=ids)}

    async def add(self, campaign: Campaign) -> None:
        """Begin a campaign; its notices are planned a chunk at a time."""
        await statements.added(self._connection, campaigns, vars(campaign))

    async def by_id(self, campaign: str) -> Campaign | None:
        """Find a campaign."""
        found = await self._found(campaigns.c.id == campaign)
        return found[0] if found else None

    async def newest(self, most: int) -> list[Campaign]:
        """List the campaigns, the newest first."""
        return (await self._found())[:most]

    async def open_ones(self) -> list[Campaign]:
        """List those that have not ended, the oldest first."""
        return (await self._found(campaigns.c.ended_at.is_(None)))[::-1]

    async def untold(self, stale: datetime) -> list[Campaign]:
        """List those whose figures somebody should be shown: not since `stale`, or not since they ended."""
        told_at, ahead = campaigns.c.told_at, stale + CLOCKS_DIFFER
        is_stale = or_(told_at.is_(None), told_at <= stale, told_at > ahead)
        has_more = or_(
            campaigns.c.ended_at.is_(None), campaigns.c.told_at.is_(None), campaigns.c.told_at < campaigns.c.ended_at
        )
        return (await self._found(and_(is_stale, has_more)))[::-1]

    async def told(self, campaign: str, at: datetime, progress: str) -> None:
        """Remember the message that shows a campaign's figures, and as of when."""
        await statements.changed(self._connection, campaigns, campaign, {"told_at": at, "progress": progress})

    async def move(self, campaign: str, *, states: Sequence[str], to: str) -> Campaign | None:
        """Pause, resume or cancel a campaign; nothing when it was in none of these states."""
        return await statements.moved(
            self._connection, Campaign, campaigns, row=campaign, states=states, values={"state": to}
        )

    async def end_those_done(self, at: datetime) -> list[str]:
        """Close the campaigns whose last notice came to its end, and return their ids."""
        return [campaign for (campaign,) in await _end_those_done.all(self._connection, at=at)]

    async def drop_some(self, at: datetime, most: int) -> bool:
        """Close so many of what waits of a cancelled campaign, or the campaign; tell whether there may be more."""
        campaign = await _cancelled.value(self._connection)
        if campaign is None:
            return False
        waiting = (
            select(outbox.c.number)
            .where(outbox.c.campaign_id == campaign, text("outbox.state = 'queued' AND outbox.campaign_id IS NOT NULL"))
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        dropped = (
            update(outbox)
            .where(outbox.c.number.in_(waiting))
            .values(state="suppressed", reason="cancelled", settled_at=at, fence=null(), lease_until=null())
        )
        found = await self._connection.execute(dropped.returning(outbox.c.customer_id, outbox.c.week))
        rows = [(customer, week) for customer, week in found]
        count = len(rows)
        await give_back(self._connection, rows)
        change: dict[str, Any] = {"suppressed": campaigns.c.suppressed + count}
        if count == 0 and not await self._is_waited_for(campaign):
            change = {"ended_at": at}
        await self._connection.execute(update(campaigns).where(campaigns.c.id == campaign).values(change))
        return count > 0

    async def _is_waited_for(self, campaign: str) -> bool:
        """Tell whether some of it is on its way, or waits and is in the hands of a claim that has not committed."""
        for is_open in ("outbox.state = 'queued' AND outbox.campaign_id IS NOT NULL", "outbox.state = 'sending'"):
            query = select(outbox.c.number).where(outbox.c.campaign_id == campaign, text(is_open))
            if (await self._connection.execute(query.limit(1))).first() is not None:
                return True
        return False

    async def _found(self, *conditions: Any) -> list[Campaign]:
        query = statements.columns_of(campaigns, Campaign).where(*conditions).order_by(campaigns.c.created_at.desc())
        return [statements.record(Campaign, row) for row in await self._connection.execute(query)]


@prepared
def _messages() -> Executable:
    return select(campaigns.c.id, campaigns.c.message).where(statements.listed(campaigns.c.id, "ids"))


@prepared
def _end_those_done() -> Executable:
    settled = campaigns.c.sent + campaigns.c.unknown + campaigns.c.suppressed + campaigns.c.failed
    return (
        update(campaigns)
        .where(campaigns.c.state == RUNNING, campaigns.c.planned_at.is_not(None), settled >= campaigns.c.planned)
        .values(state=DONE, ended_at=bindparam("at", type_=Moment()))
        .returning(campaigns.c.id)
    )


@prepared
def _cancelled() -> Executable:
    return (
        select(campaigns.c.id)
        .where(campaigns.c.state == CANCELLED, campaigns.c.ended_at.is_(None))
        .order_by(campaigns.c.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
