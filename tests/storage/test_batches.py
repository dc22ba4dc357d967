"""Batches of clicks: one statement of the driver's own, all or none, on a connection that is replaced when it dies."""

from contextlib import suppress
from datetime import UTC, datetime

from sqlalchemy import text

from storage.clicks import Click
from storage.connect import Database
from storage.errors import Busy

CLICK = Click(
    number=(1 << 62) + 1,
    link_id="lnk_0123456789abcdef",
    revision=3,
    at=datetime(2026, 3, 2, 10, 0, 0, 123_456, tzinfo=UTC),
    source="qr",
    visitor=bytes(range(240, 256)),
    is_counted=True,
)


def several(count: int) -> list[Click]:
    return [
        CLICK._replace(number=CLICK.number + place, visitor=bytes([place % 256] * 16), is_counted=place % 2 == 0)
        for place in range(count)
    ]


async def test_every_click_of_a_batch_is_read_back_as_it_was(database: Database) -> None:
    clicks = several(300)
    await database.batch(clicks)
    async with database.reading() as store:
        assert [await store.clicks.by_number(click.number) for click in clicks] == clicks


async def test_an_empty_batch_is_nothing(database: Database) -> None:
    await database.batch([])


async def test_a_number_that_is_taken_costs_one_click_and_not_its_batch(database: Database) -> None:
    first, second, third = several(3)
    await database.batch([second])
    await database.batch([first, second])
    await database.batch([third])
    async with database.reading() as store:
        assert await store.clicks.by_number(first.number) == first
        assert await store.clicks.by_number(second.number) == second
        assert await store.clicks.by_number(third.number) == third


async def test_after_the_server_cut_the_line_at_most_one_batch_is_turned_away(postgres_url: str) -> None:
    database, other = Database(postgres_url), Database(postgres_url)
    first, second, third = several(3)
    try:
        await database.batch([first])
        async with other.migrating() as connection:
            await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )
            )
        # Whether the end of the line was heard by now is up to the network.
        with suppress(Busy):
            await database.batch([second])
        await database.batch([third])
        async with database.reading() as store:
            assert await store.clicks.by_number(third.number) == third
    finally:
        await database.close()
        await other.close()
