"""The outbox: notices waiting to leave, written in the same transaction as the fact they report.

A notice is *queued*, then *sending* while a claim holds it, then *sent*, *unknown* (it may have arrived), *suppressed*
or *failed*. A claim is known by its fence: once another claim follows, the earlier one settles nothing any more.
Marketing that is held is marked as begun a few at a time, right before it leaves: what is not marked did not arrive.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text, update

from storage import outbox_sql, statements
from storage.connection import Connection, Row
from storage.notices import PRIORITIES, RECOVERED_AT_ONCE, SOON, TEAM, Backlog, Claim, Entry, Waiting
from storage.prepared import Prepared
from storage.restraint import give_back
from storage.schema import campaigns, outbox

# Each number of notices is a statement of its own, kept ready; few events have more than two.
_PUT_AT_ONCE = 4
# Ends in which a reader surely heard nothing: what was counted for their week is given back.
NOT_HEARD = frozenset({"suppressed", "failed"})


class Outbox:
    """Puts notices in, hands them out in order, and settles them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, *entries: Entry) -> None:
        """Keep notices until they are sent, unless one with the same key was kept before.

        What would be over before it may leave is kept as what it is: suppressed, as expired.
        """
        ended = [entry for entry in entries if entry.expires_at is not None and entry.expires_at <= entry.leaves_at]
        await self._put([entry for entry in entries if entry not in ended] if ended else entries, outbox_sql.put)
        await self._put(ended, outbox_sql.put_expired)

    async def claim(self, claim: Claim, most: int) -> list[Waiting]:
        """Take what is due, the most urgent first, one notice per person, and have it as *sending*.

        Nobody is written to twice at once: a notice waits for everything its reader is to hear before, and for what is
        being sent to them; what waits in a campaign, which may be paused, holds up nothing. Claims of one lane must
        come one after the other (the row in `limits` sees to that), or two could choose two notices of one person.
        """
        taken: dict[str, Waiting] = {}
        given = {"at": claim.at, "soon": claim.at + SOON}
        for priority in sorted(set(PRIORITIES.values())):
            for lane in claim.lanes:
                await self._take(taken, outbox_sql.due, most, {**given, "lane": lane, "priority": priority})
        for (campaign,) in await outbox_sql.running.all(self._connection) if len(taken) < most else ():
            for lane in claim.lanes:
                await self._take(taken, outbox_sql.of_campaign, most, {**given, "lane": lane, "campaign": campaign})
        if taken:
            numbers = [waiting.number for waiting in taken.values()]
            await outbox_sql.hold.run(self._connection, numbers=numbers, by=claim.fence, until=claim.until)
        return list(taken.values())

    async def begin(self, fence: str, numbers: Collection[int], at: datetime) -> set[int]:
        """Have notices as begun, and return those that this claim still holds: the others are somebody else's."""
        held = await outbox_sql.begin.all(self._connection, by=fence, numbers=numbers, now=at)
        return {number for (number,) in held}

    async def recover(self, at: datetime, ended: datetime) -> int:
        """Let go of what is held by claims that ended; marketing that was begun may have arrived, and stays."""
        found = await outbox_sql.recovered.all(self._connection, now=at, ended=ended, most=RECOVERED_AT_ONCE)
        await self._count([campaign for campaign, state in found if state == "unknown"], "unknown")
        return len(found)

    async def settle(
        self, fence: str, numbers: Collection[int], state: str, *, at: datetime, reason: str | None = None
    ) -> set[int]:
        """Close notices as "sent", "unknown", "suppressed" or "failed", and return those that were this claim's to say.

        What it was too slow for and nobody holds now, marketing taken for unknown, becomes what it says after all.
        """
        if not numbers:
            return set()
        given = {"by": fence, "to": state, "why": reason, "now": at}
        closed = await outbox_sql.settle.all(self._connection, numbers=numbers, **given)
        if late := set(numbers) - {number for _, number, *_ in closed}:
            known = await outbox_sql.settle_late.all(self._connection, numbers=late, **given)
            await self._count([campaign for campaign, *_ in known], "unknown", by=-1)
            closed = [*closed, *known]
        await self._count([campaign for campaign, *_ in closed], state)
        if state in NOT_HEARD:
            await give_back(self._connection, [(customer, week) for *_, customer, week in closed])
        return {number for _, number, *_ in closed}

    async def postpone(
        self, fence: str, numbers: Collection[int], until: datetime, *, reason: str, counts: bool = True
    ) -> None:
        """Send notices later; what was not their own failure does not count as an attempt."""
        if not numbers:
            return
        given = {"by": fence, "until": until, "why": reason, "back": 0 if counts else 1}
        waiting = await outbox_sql.postpone.all(self._connection, numbers=numbers, **given)
        if late := set(numbers) - {number for (number,) in waiting}:
            known = await outbox_sql.postpone_late.all(self._connection, numbers=late, **given)
            await self._count([campaign for (campaign,) in known], "unknown", by=-1)

    async def leave_to(self, lane: str, fence: str, number: int) -> None:
        """Give a notice to the lane by which it really goes."""
        await outbox_sql.leave_to.run(self._connection, to=lane, by=fence, numbers=[number])

    async def space(self, recipients: Collection[str], until: datetime) -> None:
        """Let all that waits for these people wait until then: a platform counts per chat."""
        if recipients:
            await outbox_sql.space.run(self._connection, recipients=recipients, until=until)

    async def backlog(self) -> list[Backlog]:
        """Count what waits, by priority and lane; this walks through all of it."""
        counted = func.count().label("waiting"), func.min(outbox.c.not_before).label("due_since")
        query = (
            select(outbox.c.priority, outbox.c.lane, *counted)
            .where(text("outbox.state IN ('queued', 'sending')"))
            .group_by(outbox.c.priority, outbox.c.lane)
        )
        return [statements.record(Backlog, row) for row in await self._connection.execute(query)]

    async def overdue(self, before: datetime) -> dict[str, int]:
        """Count by lane what has been due since before a moment and has not left; a paused campaign's is not due."""
        is_due = text("outbox.state IN ('queued', 'sending')"), outbox.c.not_before <= before
        count = select(outbox.c.lane, func.count().label("waiting")).where(*is_due, outbox.c.campaign_id.is_(None))
        found = await self._connection.execute(count.group_by(outbox.c.lane))
        return {row.lane: row.waiting for row in found}

    async def waiting(self) -> int:
        """Count the notices that have not left."""
        return sum(found.waiting for found in await self.backlog())

    async def _put(self, entries: Sequence[Entry], statement: Callable[[int], Prepared[Row]]) -> None:
        for start in range(0, len(entries), _PUT_AT_ONCE):
            some = [_values(entry) for entry in entries[start : start + _PUT_AT_ONCE]]
            values = {f"{name}_{row}": value for row, entry in enumerate(some) for name, value in entry.items()}
            await statement(len(some)).later(self._connection, **values)

    async def _take(
        self, taken: dict[str, Waiting], query: Prepared[Waiting], most: int, given: Mapping[str, Any]
    ) -> None:
        """Add what a query finds, as long as there is room; of one person's notices the more urgent is in already."""
        if len(taken) < most:
            for found in await query.all(self._connection, most=most - len(taken), **given):
                taken.setdefault(found.recipient, found)

    async def _count(self, ended: Sequence[str | None], state: str, *, by: int = 1) -> None:
        for campaign in sorted({campaign for campaign in ended if campaign is not None}):
            statement = update(campaigns).where(campaigns.c.id == campaign)
            await self._connection.execute(statement.values({state: campaigns.c[state] + by * ended.count(campaign)}))


def _values(entry: Entry) -> Mapping[str, Any]:
    is_for_team = entry.kind == TEAM
    reader = None if is_for_team else entry.recipient
    return {
        "recipient": entry.recipient,
        "customer_id": reader,
        "reader": reader,
        "via": entry.via,
        "asked": entry.via,
        "key": entry.key,
        "kind": entry.kind,
        "priority": PRIORITIES[entry.kind],
        "own_lane": TEAM if is_for_team else None,
        "message": dict(entry.message),
        "not_before": entry.leaves_at,
        "expires_at": entry.expires_at,
        "created_at": entry.at,
    }
