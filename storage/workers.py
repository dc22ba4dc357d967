"""Who sends: each worker says now and then that it is alive, so that one that hangs or died is seen from outside."""

from dataclasses import dataclass
from datetime import datetime

from storage import statements
from storage.connection import Connection
from storage.schema import workers


@dataclass(frozen=True, kw_only=True)
class Worker:
    """A process that sends, when its loop last turned, and when it last settled a notice."""

    name: str
    host: str
    started_at: datetime
    seen_at: datetime
    settled_at: datetime | None = None


class Workers:
    """Keeps a row for each process that sends, from its start to its clean end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def seen(self, worker: Worker) -> None:
        """Note that a worker is alive."""
        values = {
            "name": worker.name,
            "host": worker.host,
            "started_at": worker.started_at,
            "seen_at": worker.seen_at,
            "settled_at": worker.settled_at,
        }
        statement = statements.insert(self._connection, workers).values(**values)
        changing = {"seen_at": worker.seen_at, "settled_at": worker.settled_at}
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changing))

    async def gone(self, name: str) -> None:
        """Forget a worker that ended as it should."""
        await self._connection.execute(workers.delete().where(workers.c.name == name))

    async def forget(self, before: datetime) -> None:
        """Forget workers that have not been seen for so long that nobody looks for them any more."""
        await self._connection.execute(workers.delete().where(workers.c.seen_at < before))

    async def every(self) -> list[Worker]:
        """List them, the oldest first."""
        query = statements.columns_of(workers, Worker).order_by(workers.c.started_at, workers.c.name)
        return [statements.record(Worker, row) for row in await self._connection.execute(query)]
