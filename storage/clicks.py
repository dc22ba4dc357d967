"""Clicks: visits through a link, appended in batches."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import statements
from storage.schema import clicks


@dataclass(frozen=True, kw_only=True)
class Click:
    """One visit: when, through which link under which revision, from what class of source, by which salted visitor."""

    number: int
    link_id: str
    revision: int
    at: datetime
    source: str
    visitor: bytes
    is_counted: bool


class Clicks:
    """Reads clicks; they are written by `Database.batch`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def by_number(self, number: int) -> Click | None:
        """Find a click by its number."""
        query = statements.columns_of(clicks, Click).where(clicks.c.number == number)
        return statements.maybe(Click, (await self._connection.execute(query)).first())

    async def counts_between(self, after: int, until: int) -> dict[str, int]:
        """Count the visits that people made, by link, for clicks numbered after one number up to another."""
        query = (
            select(clicks.c.link_id, func.count())
            .where(clicks.c.number > after, clicks.c.number <= until, clicks.c.is_counted)
            .group_by(clicks.c.link_id)
        )
        return dict((await self._connection.execute(query)).all())
