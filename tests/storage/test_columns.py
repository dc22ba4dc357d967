"""Columns: a moment is aware and in UTC, in the same order in both databases; large amounts stay whole."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from storage.connect import Database
from storage.schema import customers, parked

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


async def test_a_moment_comes_back_as_it_went_to_the_microsecond(database: Database) -> None:
    moments = [NOON, datetime(1969, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)]
    async with database.transaction() as store:
        for number, moment in enumerate(moments):
            await store.due.park("test", str(number), "x", moment)
    assert await parked_moments(database) == sorted(moments)


async def test_a_moment_of_another_zone_is_kept_in_utc(database: Database) -> None:
    local = datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    async with database.transaction() as store:
        await store.due.park("test", "1", "x", local)
    [found] = await parked_moments(database)
    assert found == local
    assert found.utcoffset() == timedelta()


async def test_a_moment_without_a_zone_is_refused_and_nothing_is_written(database: Database) -> None:
    with pytest.raises(ValueError, match="needs its time zone"):
        async with database.transaction() as store:
            await store.due.park("test", "1", "x", datetime(2026, 3, 2, 12, 0))  # noqa: DTZ001 - what is refused
    assert await parked_moments(database) == []


async def test_json_and_truth_mean_the_same_in_both(database: Database) -> None:
    attributes = {"größe": "ß🦊", "list": [1, None, True], "big": 2**53}
    async with database.migrating() as connection:
        await connection.execute(insert(customers).values(id="cus_1", attributes=attributes, created_at=NOON))
    async with database.migrating() as connection:
        row = (await connection.execute(select(customers))).one()
    assert row.attributes == attributes
    assert (row.on_board, row.shows_name, row.first_name) == (True, False, "")


async def parked_moments(database: Database) -> list[datetime]:
    """Read the moments back, in the database's own order."""
    async with database.migrating() as connection:
        return list((await connection.execute(select(parked.c.at).order_by(parked.c.at))).scalars())
