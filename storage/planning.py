"""Planning: a campaign's notices, a chunk at a time by one statement each, and who would be left out and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    String,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    text,
    update,
)

from storage import statements
from storage.campaigns import RUNNING, Campaign
from storage.columns import Json, Moment
from storage.connection import Connection
from storage.customers import CHATS
from storage.notices import MARKETING
from storage.prepared import records
from storage.schema import campaigns, customers, identities, marketing_weeks, outbox
from storage.segments import Audience, conditions, zone_name

# A zone and a choice of quiet hours, each as it is kept, or nothing.
Place = tuple[str | None, str | None]


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """The next few customers of a campaign, in order of id, and where and how they live."""

    campaign: Campaign
    first: str
    last: str | None  # nothing: all that are left
    places: Sequence[Place]


@dataclass(frozen=True, kw_only=True)
class Group:
    """So many customers of a segment who are alike: left out for a reason or not, on a platform, in a place."""

    reason: str  # empty: they are written to
    platform: str | None
    zone: str | None
    quiet: str | None
    language: str | None
    count: int


class Planning:
    """Turns a segment into notices, and into numbers beforehand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def next(self, most: int) -> Chunk | None:
        """Hold the next campaign to be planned, and find so many customers of it; nothing when there is none."""
        await _need_not_wait_for_the_disk(self._connection)
        campaign = await _to_plan.first(self._connection)
        if campaign is None:
            return None
        last = (
            select(customers.c.id)
            .where(customers.c.id > campaign.cursor, _agreed())
            .order_by(customers.c.id)
            .limit(1)
            .offset(most - 1)
        )
        end = (await self._connection.execute(last)).scalar_one_or_none()
        # What a shop tells of a zone is looked at when they are written to: reading it here costs a third more.
        places = select(customers.c.zone, customers.c.quiet).where(*_between(campaign.cursor, end)).distinct()
        found = [(zone, quiet) for zone, quiet in await self._connection.execute(places)]
        return Chunk(campaign=campaign, first=campaign.cursor, last=end, places=found)

    async def put(
        self,
        chunk: Chunk,
        audience: Audience,
        *,
        at: datetime,
        mornings: Mapping[Place, datetime],
        expires_at: datetime,
    ) -> int:
        """Plan a notice for everybody of a chunk who may be written to, and return how many there were.

        Whoever lives in a place of `mornings` is not to be woken before then.
        """
        people = (
            select(
                customers.c.id,
                customers.c.id,
                literal(f"{chunk.campaign.id}:") + customers.c.id,
                literal("marketing", String),
                literal(MARKETING, Integer),
                identities.c.platform,
                literal(chunk.campaign.id),
                literal({}, Json),
                literal("queued", String),
                _not_before(at, mornings),
                literal(expires_at, Moment),
                literal(at, Moment),
            )
            .join(identities, _reachable(audience))
            .where(*_between(chunk.first, chunk.last), *conditions(audience))
            .where(customers.c.stopped_at.is_(None), customers.c.merged_into.is_(None))
            .order_by(customers.c.id)
        )
        statement = statements.insert(self._connection, outbox).from_select(_COLUMNS, people).on_conflict_do_nothing()
        planned = await statements.affected(self._connection, statement)
        values: dict[str, Any] = {"planned": campaigns.c.planned + planned}
        values |= {"cursor": chunk.last} if chunk.last is not None else {"planned_at": at}
        await self._connection.execute(update(campaigns).where(campaigns.c.id == chunk.campaign.id).values(values))
        return planned

    async def weigh(self, audience: Audience, *, week: str, per_week: int) -> list[Group]:
        """Count everybody of a segment: who is written to, and who is left out for which reason."""
        lane = (
            select(identities.c.platform)
            .where(_reachable(audience))
            .order_by(identities.c.created_at)
            .limit(1)
            .correlate(customers)
            .scalar_subquery()
        )
        reason = case(
            (customers.c.stopped_at.is_not(None), "stopped"),
            (customers.c.news_agreed_at.is_(None), "no-consent"),
            (lane.is_(None), "unreachable"),
            (func.coalesce(marketing_weeks.c.count, 0) >= per_week, "weekly-cap"),
            else_="",
        )
        found = (
            select(
                reason.label("reason"),
                lane.label("platform"),
                zone_name().label("zone"),
                customers.c.quiet,
                customers.c.language,
            )
            .select_from(customers)
            .outerjoin(
                marketing_weeks,
                and_(marketing_weeks.c.customer_id == customers.c.id, marketing_weeks.c.week == week),
            )
            .where(customers.c.merged_into.is_(None), *conditions(audience))
            .subquery()
        )
        counted = select(*found.c, func.count().label("count")).group_by(*found.c)
        return [statements.record(Group, row) for row in await self._connection.execute(counted)]


_COLUMNS = [
    *("recipient", "customer_id", "key", "kind", "priority", "lane", "campaign_id", "message", "state"),
    *("not_before", "expires_at", "created_at"),
]


async def _need_not_wait_for_the_disk(connection: Connection) -> None:
    """Let the commit of this chunk return before PostgreSQL has it on disk: that took up to 350 ms of a chunk.

    A crash takes the notices of the last chunk and the cursor behind them together, and they are planned again. Nothing
    of it has left by then: the claim of a notice commits later and waits, which brings what was before it to the disk.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SET LOCAL synchronous_commit = off"))


def _agreed() -> ColumnElement[bool]:
    return customers.c.news_agreed_at.is_not(None)


def _between(first: str, last: str | None) -> list[ColumnElement[bool]]:
    end = [customers.c.id <= last] if last is not None else []
    return [customers.c.id > first, *end, _agreed()]


def _reachable(audience: Audience) -> ColumnElement[bool]:
    chats = [platform for platform in CHATS if platform in audience.platforms]
    here = or_(*(identities.c.platform == chat for chat in chats)) if chats else null().is_not(None)
    return and_(identities.c.customer_id == customers.c.id, identities.c.is_reachable, here)


def _not_before(at: datetime, mornings: Mapping[Place, datetime]) -> ColumnElement[datetime]:
    """Say when each notice may leave: now, or in the morning of its reader."""
    now = literal(at, Moment)
    if not mornings:
        return now
    place = func.coalesce(customers.c.zone, "") + "/" + func.coalesce(customers.c.quiet, "")
    moments: dict[datetime, list[str]] = {}
    for (zone, quiet), morning in mornings.items():
        moments.setdefault(morning, []).append(f"{zone or ''}/{quiet or ''}")
    return case(*((place.in_(names), literal(morning, Moment)) for morning, names in moments.items()), else_=now)


@records(Campaign)
def _to_plan() -> Executable:
    return (
        statements.columns_of(campaigns, Campaign)
        .where(campaigns.c.state == RUNNING, campaigns.c.planned_at.is_(None))
        .order_by(campaigns.c.created_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
