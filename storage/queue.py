"""What waits in the outbox, counted for whoever looks after it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, literal, select, text

from storage import statements
from storage.columns import Moment
from storage.connection import Connection
from storage.schema import outbox


@dataclass(frozen=True, kw_only=True)
class Queued:
    """How much of a kind waits: for its turn, for later (a morning, a pause), and since when the oldest is due."""

    kind: str
    due: int
    later: int
    sending: int
    oldest: datetime | None


class Queue:
    """Looks at the outbox from outside."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def by_kind(self, at: datetime) -> list[Queued]:
        """Count what has not left, by kind; this walks through all of it."""
        is_due = outbox.c.not_before <= literal(at, Moment)
        is_queued = outbox.c.state == "queued"

        def counted(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
            return func.sum(case((and_(*conditions), 1), else_=0))

        query = (
            select(
                outbox.c.kind,
                counted(is_queued, is_due).label("due"),
                counted(is_queued, ~is_due).label("later"),
                counted(~is_queued).label("sending"),
                func.min(case((and_(is_queued, is_due), outbox.c.not_before))).label("oldest"),
            )
            .where(text("outbox.state IN ('queued', 'sending')"))
            .group_by(outbox.c.kind)
            .order_by(func.min(outbox.c.priority), outbox.c.kind)
        )
        return [statements.record(Queued, row) for row in await self._connection.execute(query)]
