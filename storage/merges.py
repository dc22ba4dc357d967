"""Merges of two customer records."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from storage import statements
from storage.connection import Connection
from storage.schema import merges


@dataclass(frozen=True, kw_only=True)
class Merge:
    """A request to join two records, and what was moved when it was granted."""

    id: str
    kept_id: str
    merged_id: str
    way: str
    state: str
    asked_at: datetime
    settled_at: datetime | None = None
    moved: Mapping[str, Any] = field(default_factory=dict)


class Merges:
    """Keeps requests to join records."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, merge: Merge) -> None:
        """Keep a request."""
        await self._connection.execute(insert(merges).values(**vars(merge)))

    async def by_id(self, merge: str) -> Merge | None:
        """Find a request, and hold it until the end of the transaction."""
        query = statements.columns_of(merges, Merge).where(merges.c.id == merge).with_for_update()
        return statements.maybe(Merge, (await self._connection.execute(query)).first())

    async def newest(self, limit: int) -> list[Merge]:
        """List the newest requests."""
        query = statements.columns_of(merges, Merge).order_by(merges.c.asked_at.desc(), merges.c.id).limit(limit)
        return [statements.record(Merge, row) for row in await self._connection.execute(query)]

    async def swap(self, merge: Merge) -> Merge:
        """Let the other record be the one that is kept."""
        swapped = replace(merge, kept_id=merge.merged_id, merged_id=merge.kept_id)
        await self._connection.execute(
            update(merges).where(merges.c.id == merge.id).values(kept_id=swapped.kept_id, merged_id=swapped.merged_id)
        )
        return swapped

    async def move(self, merge: str, *, state: str, to: str, at: datetime, moved: Mapping[str, Any]) -> bool:
        """Settle a request that is in this state; tell whether it still was."""
        statement = (
            update(merges)
            .where(merges.c.id == merge, merges.c.state == state)
            .values(state=to, settled_at=at, moved=dict(moved))
            .returning(merges.c.id)
        )
        return (await self._connection.execute(statement)).first() is not None
