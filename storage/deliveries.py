"""Deliveries: rewards that somebody of the team hands over, or that wait for a code out of a stock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Select, bindparam, exists, func, select, update

from referrals.rewarding import Delivery as Way
from storage import statements
from storage.connection import Connection
from storage.prepared import records
from storage.schema import deliveries, rewards, stock

WAITING, DONE, FAILED = "waiting", "done", "failed"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """How far the handing over of one reward has come, and who did it."""

    reward_id: str
    delivery: str
    state: str
    reason: str | None = None
    asked_at: datetime
    done_at: datetime | None = None
    by_platform: str | None = None
    by_subject: str | None = None


@dataclass(frozen=True, kw_only=True)
class Held:
    """How many wait for the same: for the team, or for a code of one stock; and since when the first of them does."""

    delivery: str
    stock: str
    waiting: int
    since: datetime


class Deliveries:
    """Remembers what was asked for, and ends each request once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def ask(self, reward: str, way: str, at: datetime) -> None:
        """Note that a reward waits to be handed over; one that could not be before waits again."""
        values = {"reward_id": reward, "delivery": way, "state": WAITING, "asked_at": at}
        cleared = {"reason": None, "done_at": None, "by_platform": None, "by_subject": None}
        statement = statements.insert(self._connection, deliveries).values(**values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["reward_id"], set_={**values, **cleared})
        )

    async def end(self, reward: str, to: str, *, at: datetime, **values: Any) -> Delivery | None:
        """End a waiting delivery as done or failed; nothing when somebody was quicker."""
        statement = (
            update(deliveries)
            .where(deliveries.c.reward_id == reward, deliveries.c.state == WAITING)
            .values(state=to, done_at=at, **values)
            .returning(*deliveries.c)
        )
        return statements.maybe(Delivery, (await self._connection.execute(statement)).first())

    async def of_reward(self, reward: str) -> Delivery | None:
        """Find the delivery of a reward."""
        query = _selected().where(deliveries.c.reward_id == reward)
        return statements.maybe(Delivery, (await self._connection.execute(query)).first())

    async def waiting_for_team(self, limit: int) -> list[Delivery]:
        """List what somebody of the team must hand over, what waits longest in front."""
        query = _waiting().join(rewards, rewards.c.id == deliveries.c.reward_id)
        query = query.where(deliveries.c.delivery == Way.TEAM.value, rewards.c.state == "claimed").limit(limit)
        return [statements.record(Delivery, row) for row in await self._connection.execute(query)]

    async def waiting_count(self, stock_name: str) -> int:
        """Count who waits for a code of a stock."""
        query = (
            select(func.count())
            .select_from(deliveries.join(rewards, rewards.c.id == deliveries.c.reward_id))
            .where(deliveries.c.state == WAITING, deliveries.c.delivery == Way.CODES.value)
            .where(rewards.c.stock == stock_name)
        )
        return int((await self._connection.execute(query)).scalar_one())

    async def held(self) -> list[Held]:
        """Count everybody who waits for what they claimed."""
        query = (
            select(
                deliveries.c.delivery,
                func.coalesce(rewards.c.stock, "").label("stock"),
                func.count().label("waiting"),
                func.min(deliveries.c.asked_at).label("since"),
            )
            .join(rewards, rewards.c.id == deliveries.c.reward_id)
            .where(deliveries.c.state == WAITING, rewards.c.state == "claimed")
            .group_by(deliveries.c.delivery, rewards.c.stock)
            .order_by(deliveries.c.delivery, rewards.c.stock)
        )
        return [statements.record(Held, row) for row in await self._connection.execute(query)]

    async def take_servable(self, limit: int) -> list[Delivery]:
        """List who waits for a code that is there now, longest first, and hold them; other processes skip these."""
        return await _servable.all(self._connection, most=limit)

    async def take_withdrawn(self, limit: int) -> list[Delivery]:
        """List what waits although its reward was taken back, and hold it; other processes skip these."""
        return await _withdrawn.all(self._connection, most=limit)


def _selected() -> Select[Any]:
    return statements.columns_of(deliveries, Delivery)


def _waiting() -> Select[Any]:
    return _selected().where(deliveries.c.state == WAITING).order_by(deliveries.c.asked_at, deliveries.c.reward_id)


def _taken(*conditions: Any) -> Executable:
    return (
        _waiting()
        .join(rewards, rewards.c.id == deliveries.c.reward_id)
        .where(*conditions)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=deliveries)
    )


@records(Delivery)
def _servable() -> Executable:
    free = exists().where(stock.c.stock == rewards.c.stock, stock.c.state == "free")
    return _taken(deliveries.c.delivery == Way.CODES.value, rewards.c.state == "claimed", free)


@records(Delivery)
def _withdrawn() -> Executable:
    return _taken(rewards.c.state != "claimed")
