"""Clicks: visits through a link, appended in batches."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import statements
from storage.columns import microseconds
from storage.schema import clicks

# One statement is its own transaction: one trip to the driver's thread or to the server, where BEGIN, executemany and
# COMMIT are six, which cost more than the rows. JSON has no bytes, so SQLite takes the visitors end to end. Two
# processes may draw the same number, once in a million pairs of clicks in the same millisecond: that costs one click,
# not its whole batch.
_APPEND_SQLITE = """
INSERT INTO clicks (number, link_id, revision, at, source, is_counted, visitor)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
    json_extract(value, '$[3]'), json_extract(value, '$[4]'), json_extract(value, '$[5]'), substr(?, 1 + key * 16, 16)
FROM json_each(?) WHERE true ON CONFLICT DO NOTHING
"""
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


async def append(connection: AsyncConnection, batch: Sequence[Click]) -> None:
    """Append clicks with one statement of the driver's own, all or none, durable when this returns."""
    driver: Any = (await connection.get_raw_connection()).driver_connection
    rows = [
        (click.number, click.link_id, click.revision, microseconds(click.at), click.source, click.is_counted)
        for click in batch
    ]
    if connection.dialect.name == "postgresql":
        columns = zip(*rows, strict=True)
        await driver.execute(_APPEND_POSTGRES, *map(list, columns), [click.visitor for click in batch])
        return
    visitors = b"".join(click.visitor for click in batch)
    await driver.execute_fetchall(_APPEND_SQLITE, (visitors, json.dumps(rows)))


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
