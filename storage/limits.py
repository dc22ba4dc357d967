"""How much of a token's time is given away: the row from which every process that sends takes its slices."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Executable, bindparam, literal_column, or_, select, update
from sqlalchemy.sql.expression import ColumnElement

from storage import statements
from storage.columns import Moment
from storage.connection import Connection
from storage.notices import CLOCKS_DIFFER
from storage.prepared import Prepared, as_they_come, prepared, records
from storage.schema import limits

# Microseconds since 1970 by the server's clock: machines disagree by more than the time between two messages.
_SERVER_NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"


LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Until when a token's time is given away, and until when its platform wants to be left alone."""

    name: str
    next_at: datetime
    paused_until: datetime
    paused_at: datetime | None = None

    def paused_for(self, now: datetime) -> float:
        """Say how many seconds of the pause are left: never more than were asked for, wherever a clock was set to."""
        left = self.paused_until - now
        if self.paused_at is not None:
            left = min(left, self.paused_until - self.paused_at)
        return left.total_seconds()


class Limits:
    """Gives away the time of a token, in slices."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def hold(self, name: str) -> Limit:
        """Read a token's row and hold it until the end of the transaction, so that one claim follows the other."""
        found = await _held.first(self._connection, called=name)
        if found is None:
            values = {"name": name, "next_at": LONG_AGO, "paused_until": LONG_AGO}
            await statements.added(self._connection, limits, values)
            found = await _held.first(self._connection, called=name)
        assert found is not None, "the row was added or was there"  # noqa: S101 - states what the INSERT guarantees
        return found

    async def now(self, at: datetime) -> datetime:
        """Return the moment that all who share this database agree on; on one machine that is its own clock."""
        if self._connection.dialect.name != "postgresql":
            return at
        now: datetime = await _server_now.value(self._connection)
        return now

    async def give(self, name: str, until: datetime) -> None:
        """Give a token's time away up to a moment."""
        await _give.run(self._connection, called=name, until=until)

    async def pause(self, name: str, until: datetime, at: datetime) -> None:
        """Leave a platform alone until then; a longer pause that somebody else was asked for stays.

        One that was asked for well after this moment is from before a clock was set back, and does not.
        """
        await _pause.run(self._connection, called=name, until=until, at=at, ahead=at + CLOCKS_DIFFER)


@records(Limit)
def _held() -> Executable:
    return statements.columns_of(limits, Limit).where(limits.c.name == bindparam("called")).with_for_update()


@prepared
def _server_now() -> Executable:
    now: ColumnElement[datetime] = literal_column(_SERVER_NOW, Moment())
    return select(now.label("now"))


@prepared
def _give() -> Executable:
    until = bindparam("until", type_=Moment())
    return update(limits).where(limits.c.name == bindparam("called")).values(next_at=until)


def _pausing(dialect: str) -> Executable:
    until, at, ahead = (bindparam(name, type_=Moment()) for name in ("until", "at", "ahead"))
    statement = statements.insertion(dialect, limits).values(
        name=bindparam("called"), next_at=LONG_AGO, paused_until=until, paused_at=at
    )
    return statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"paused_until": until, "paused_at": at},
        where=or_(limits.c.paused_until < until, limits.c.paused_at > ahead),
    )


_pause = Prepared(_pausing, as_they_come, [])
