"""Clicks: visits through a link, appended in batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, func, select

from storage import statements
from storage.columns import microseconds
from storage.connection import Connection
from storage.prepared import records
from storage.schema import clicks

# One trip to the driver's thread or to the server, where BEGIN, executemany and COMMIT are three that cost more than
# the rows. Two processes may draw the same number, once in a million pairs of clicks in the same millisecond: that
# costs one click, not its whole batch.
_APPEND_SQLITE = "INSERT INTO clicks (number, link_id, revision, at, source, is_counted, visitor) VALUES"
_ROW = "(?, ?, ?, ?, ?, ?, ?)"
# SQLite takes many rows in one statement in two thirds of the time of JSON or of one by one; in sizes of powers of two
# there are seven statements for it to keep.
_MOST_ROWS = 64
_APPEND_POSTGRES = """
INSERT INTO clicks (number, link_id, revision, at, source, is_counted, visitor)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::bigint[], $5::text[], $6::boolean[], $7::bytea[])
ON CONFLICT DO NOTHING
"""


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


async def append(connection: Connection, batch: Sequence[Click]) -> None:
    """Append clicks in a transaction of the driver's own, all or none, durable when this returns."""
    rows = [
        (
            click.number,
            click.link_id,
            click.revision,
            microseconds(click.at),
            click.source,
            click.is_counted,
            click.visitor,
        )
        for click in batch
    ]
    if connection.dialect.name == "postgresql":
        await connection.send((_APPEND_POSTGRES, [*map(list, zip(*rows, strict=True))]))
    else:
        await connection.send(*_inserts(rows))


def _inserts(rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[str, list[Any]]]:
    done = 0
    while done < len(rows):
        size = min(_MOST_ROWS, 1 << ((len(rows) - done).bit_length() - 1))
        values = [value for row in rows[done : done + size] for value in row]
        yield _insert(size), values
        done += size


@cache
def _insert(size: int) -> str:
    return f"{_APPEND_SQLITE} {', '.join([_ROW] * size)} ON CONFLICT DO NOTHING"


@records(Click)
def _by_number() -> Executable:
    return statements.columns_of(clicks, Click).where(clicks.c.number == bindparam("number"))


class Clicks:
    """Reads clicks; they are written by `Database.batch`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def by_number(self, number: int) -> Click | None:
        """Find a click by its number."""
        return await _by_number.first(self._connection, number=number)

    async def counts_between(self, after: int, until: int) -> dict[str, int]:
        """Count the visits that people made, by link, for clicks numbered after one number up to another."""
        query = (
            select(clicks.c.link_id, func.count())
            .where(clicks.c.number > after, clicks.c.number <= until, clicks.c.is_counted)
            .group_by(clicks.c.link_id)
        )
        return dict((await self._connection.execute(query)).all())
