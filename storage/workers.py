"""Who sends: each worker says now and then that it is alive, so that one that hangs or died is seen from outside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import statements
from storage.connection import Connection
from storage.customers import CHATS
from storage.notices import TEAM
from storage.schema import workers

# A worker says every five seconds that it is alive: one that did not for a minute hangs, or died.
SILENT_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Worker:
    """A process that sends and by what, when its loop last turned, and when it last settled a notice."""

    name: str
    host: str
    started_at: datetime
    seen_at: datetime
    settled_at: datetime | None = None
    serves: str | None = None  # lanes, with a comma between; a worker of an older version does not say

    def is_alive(self, now: datetime) -> bool:
        """Tell whether it was seen lately; one that was seen in the future is from before a clock was set back."""
        return abs(now - self.seen_at) <= SILENT_AFTER


def served(workers: Iterable[Worker], now: datetime) -> frozenset[str]:
    """List the lanes by which a living worker sends; one that does not say may send by any."""
    alive = [worker.serves for worker in workers if worker.is_alive(now)]
    if None in alive:
        return frozenset({*CHATS, TEAM})
    return frozenset(lane for lanes in alive if lanes for lane in lanes.split(","))


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
            "serves": worker.serves,
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
