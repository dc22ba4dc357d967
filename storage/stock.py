"""Stock: single-use codes such as gift cards, loaded by the team and given out once each."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from storage import statements
from storage.connection import Connection
from storage.schema import stock

FREE, GIVEN = "free", "given"


class Stock:
    """Keeps codes until they are given out; a code is a secret and appears in no log."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def hold(self, name: str) -> None:
        """Let nobody else take from a stock until the end of the transaction, so that what is left can be counted."""
        await statements.hold(self._connection, f"stock:{name}")

    async def load(self, name: str, codes: Sequence[str], at: datetime) -> set[str]:
        """Add codes to a stock and return those that were not there yet."""
        if not codes:
            return set()
        rows = [{"stock": name, "code": code, "state": FREE, "loaded_at": at} for code in codes]
        statement = statements.insert(self._connection, stock).values(rows).on_conflict_do_nothing()
        return {str(row[0]) for row in await self._connection.execute(statement.returning(stock.c.code))}

    async def take(self, name: str, reward: str) -> str | None:
        """Give one free code to a reward and return it; nothing when there is none."""
        free = (
            select(stock.c.code)
            .where(stock.c.stock == name, stock.c.state == FREE)
            .order_by(stock.c.loaded_at, stock.c.code)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        statement = (
            update(stock)
            .where(stock.c.stock == name, stock.c.code == free, stock.c.state == FREE)
            .values(state=GIVEN, reward_id=reward)
            .returning(stock.c.code)
        )
        found = (await self._connection.execute(statement)).first()
        return None if found is None else str(found[0])

    async def of_reward(self, reward: str) -> str | None:
        """Return the code that a reward was given."""
        query = select(stock.c.code).where(stock.c.reward_id == reward)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def free(self, name: str) -> int:
        """Count what is left of a stock."""
        query = select(func.count()).select_from(stock).where(stock.c.stock == name, stock.c.state == FREE)
        return int((await self._connection.execute(query)).scalar_one())

    async def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Count every stock's codes by their state."""
        query = select(stock.c.stock, stock.c.state, func.count()).group_by(stock.c.stock, stock.c.state)
        found: dict[str, dict[str, int]] = {}
        for name, state, count in await self._connection.execute(query.order_by(stock.c.stock)):
            found.setdefault(name, {})[state] = count
        return found
