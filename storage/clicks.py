"""Clicks: visits through a link, appended in batches."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Executable, bindparam, func, select

from storage.columns import microseconds
from storage.connection import Connection
from storage.prepared import prepared
from storage.schema import clicks

# One trip to the driver's thread or to the server, where BEGIN, executemany and COMMIT are three that cost more than
# the rows. Two processes may draw the same number, once in a million pairs of clicks in the same millisecond: that
# costs one click, not its whole batch.
_APPEND_SQLITE = "INSERT INTO clicks (number, link_id, revision, at, source, is_counted, visitor) VALUES"
_ROW = "(?, ?, ?, ?, ?, ?, ?)"
# One statement for each number of rows up to this one: SQLite then begins and commits by itself in a single call, in
# two thirds of the time. All 64 of them keep 1.8 MB.
_MOST_ROWS = 64
_APPEND_POSTGRES = """
INSERT INTO clicks (number, link_id, revision, at, source, is_counted, visitor)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::bigint[], $5::text[], $6::boolean[], $7::bytea[])
ON CONFLICT DO NOTHING
"""


class Click(NamedTuple):
    """One visit: when, through which link under which revision, from what class of source, by which salted visitor.

    A tuple in the order of the columns: a frozen dataclass takes three times as long to make, and then has to be read
    field by field to become a row.
    """

    number: int
    link_id: str
    revision: int
    at: datetime
    source: str
    is_counted: bool
    visitor: bytes


_AT = Click._fields.index("at")


async def append(connection: Connection, batch: Sequence[Click]) -> None:
    """Append clicks in a transaction of the driver's own, all or none, durable when this returns."""
    if connection.dialect.name == "postgresql":
        columns: list[list[Any]] = [*map(list, zip(*batch, strict=True))]
        columns[_AT] = [*map(microseconds, columns[_AT])]
        await connection.send((_APPEND_POSTGRES, columns))
    else:
        await connection.send(*_inserts(batch))


def _inserts(batch: Sequence[Click]) -> Iterator[tuple[str, list[Any]]]:
    for start in range(0, len(batch), _MOST_ROWS):
        rows = batch[start : start + _MOST_ROWS]
        values: list[Any] = [*chain.from_iterable(rows)]
        values[_AT :: len(Click._fields)] = map(microseconds, values[_AT :: len(Click._fields)])
        yield _insert(len(rows)), values


@cache
def _insert(size: int) -> str:
    return f"{_APPEND_SQLITE} {', '.join([_ROW] * size)} ON CONFLICT DO NOTHING"


@prepared
def _by_number() -> Executable:
    return select(*(clicks.c[name] for name in Click._fields)).where(clicks.c.number == bindparam("number"))


@prepared
def _nth() -> Executable:
    is_between = clicks.c.number > bindparam("after"), clicks.c.number <= bindparam("until")
    return select(clicks.c.number).where(*is_between).order_by(clicks.c.number).limit(1).offset(bindparam("before"))


class Clicks:
    """Reads clicks; they are written by `Database.batch`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def by_number(self, number: int) -> Click | None:
        """Find a click by its number."""
        row = await _by_number.first(self._connection, number=number)
        return Click._make(row) if row else None

    async def last_of(self, most: int, *, after: int, until: int) -> int | None:
        """Return the number of the last of so many clicks after one number up to another; nothing if they are fewer."""
        last: int | None = await _nth.value(self._connection, after=after, until=until, before=most - 1)
        return last

    async def counts_between(self, after: int, until: int) -> dict[str, int]:
        """Count the visits that people made, by link, for clicks numbered after one number up to another."""
        query = (
            select(clicks.c.link_id, func.count())
            .where(clicks.c.number > after, clicks.c.number <= until, clicks.c.is_counted)
            .group_by(clicks.c.link_id)
        )
        # Not prepared, so that it runs in the thread: 20,000 take four milliseconds.
        return dict((await self._connection.execute(query)).all())
