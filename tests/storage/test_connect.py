"""Connecting: one transaction or nothing, many clicks at once, and the two ways of being asked to come again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from referrals.draw import Draw, click_number
from referrals.identity import Identity
from storage import connect
from storage.clicks import Click
from storage.connect import Database
from storage.errors import Busy, TryAgain, Unreachable
from storage.migrate import migrate
from storage.schema import clicks, customers
from tests.people import a_crowd

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
async def impatient(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    """A database that waits a tenth of a second for its lock instead of two seconds."""
    monkeypatch.setattr(connect, "WRITE_LOCK_SECONDS", 0.1)
    monkeypatch.setattr(connect, "_SQLITE_BUSY_MS", 100)
    database = Database(database_url)
    yield database
    await database.close()


async def test_what_fails_halfway_leaves_nothing(database: Database) -> None:
    async def fails() -> None:
        async with database.transaction() as store:
            await store.customers.add("cus_1", Identity("telegram", "1"), {}, NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    async with database.transaction() as store:
        assert await store.customers.count() == 0
        await store.customers.add("cus_1", Identity("telegram", "1"), {}, NOON)
    async with database.reading() as store:
        assert await store.customers.count() == 1


async def test_what_is_cancelled_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    begun = asyncio.Event()

    async def slow() -> None:
        async with database.transaction() as store:
            await store.customers.add("cus_1", Identity("telegram", "1"), {}, NOON)
            begun.set()
            await asyncio.sleep(60)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(slow())
        await begun.wait()
        task.cancel()
    async with database.transaction() as store:
        assert await store.customers.count() == 0


async def test_a_reading_writes_nothing(database: Database) -> None:
    with suppress(RuntimeError):  # PostgreSQL's connection says so; SQLite rolls it back
        async with database.reading() as store:
            await store.customers.add("cus_1", Identity("telegram", "1"), {}, NOON)
    async with database.reading() as store:
        assert await store.customers.count() == 0


async def test_what_was_told_to_be_written_is_there_for_whoever_asks_next(database: Database) -> None:
    async with database.transaction() as store:
        await store.customers.add("cus_1", Identity("telegram", "1"), {}, NOON)
        await store.customers.change("cus_1", first_name="Ada", language="en")
        await store.customers.change("cus_1", language="es")
        await store.decisions.add("dec_1", about="cus_1", customer="cus_1", trace={"outcome": "a"}, at=NOON)
        await store.decisions.add("dec_1", about="cus_1", customer="cus_1", trace={"outcome": "b"}, at=NOON)
        ada = await store.customers.by_id("cus_1")
        assert ada is not None
        assert (ada.first_name, ada.language) == ("Ada", "es")
        await store.customers.became_customer("cus_1", NOON)
    async with database.reading() as store:
        assert [trace["outcome"] for trace in await store.decisions.about("cus_1")] == ["a"]
        assert (await store.customers.lock(["cus_1"]))["cus_1"].customer_since == NOON


async def test_what_was_only_told_to_be_written_is_rolled_back_too(database: Database) -> None:
    with suppress(LookupError):
        async with database.transaction() as store:
            await store.customers.add("cus_1", Identity("telegram", "1"), {}, NOON)
            await store.decisions.add("dec_1", about="cus_1", customer="cus_1", trace={}, at=NOON)
            raise LookupError
    async with database.transaction() as store:
        assert await store.customers.count() == 0
        assert not await store.decisions.about("cus_1")


async def test_readers_see_the_last_commit_while_somebody_writes(database: Database) -> None:
    async with database.transaction() as writing:
        await writing.customers.add("cus_1", Identity("telegram", "1"), {}, NOON)
        async with database.reading() as store:
            assert await store.customers.count() == 0


async def test_a_batch_of_clicks_outlives_the_process(database_url: str, database: Database) -> None:
    await asyncio.gather(*(database.batch([click(number) for number in range(start, start + 50)]) for start in (1, 51)))
    await database.close()
    later = Database(database_url)
    async with later.reading() as store:
        assert await store.clicks.counts_between(0, 100) == {"lnk_1": 100}
        assert await store.clicks.by_number(7) == click(7)
        assert await store.clicks.by_number(101) is None
    await later.close()


async def test_a_batch_is_committed_whole_or_not_at_all(database: Database) -> None:
    too_large = 1 << 63
    with pytest.raises(Exception, match=r"(?i)too large|range"):
        await database.batch([click(1), click(2), click(too_large)])
    async with database.migrating() as connection:
        assert (await connection.execute(select(clicks))).all() == []


async def test_a_long_statement_lets_others_have_their_turn(database: Database) -> None:
    counting = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) FROM n"
    turns: list[str] = []
    async with database.migrating() as connection:
        asyncio.get_running_loop().call_soon(turns.append, "somebody is answered")
        assert [tuple(row) for row in await connection.fetch(counting, ())] == [(300_000,)]
    assert turns


async def test_who_waits_too_long_for_the_lock_is_told_to_come_again(impatient: Database) -> None:
    async with impatient.transaction() as store:
        await store.customers.add("cus_1", Identity("telegram", "1"), {}, NOON)
    async with impatient.transaction() as holding:
        await holding.customers.lock(["cus_1"])
        with pytest.raises(Busy):
            await renamed(impatient)
    async with impatient.transaction() as store:
        assert (await store.customers.lock(["cus_1"]))["cus_1"].first_name == ""


async def test_a_second_process_waits_too(impatient: Database, database_url: str) -> None:
    other = Database(database_url)
    async with impatient.transaction() as store:
        await store.customers.add("cus_1", Identity("telegram", "1"), {}, NOON)
    async with impatient.transaction() as holding:
        await holding.customers.lock(["cus_1"])
        with pytest.raises(Busy):
            await renamed(other)
    await other.close()


async def test_two_that_wait_for_each_other_are_parted(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with database.transaction() as store:
        for name in ("cus_1", "cus_2"):
            await store.customers.add(name, Identity("telegram", name), {}, NOON)
    met = asyncio.Barrier(2)

    async def crossing(first: str, second: str) -> str:
        try:
            async with database.transaction() as store:
                await store.customers.lock([first])
                await met.wait()
                await store.customers.lock([second])
        except TryAgain:
            return "again"
        return "done"

    ends = await asyncio.gather(crossing("cus_1", "cus_2"), crossing("cus_2", "cus_1"))
    assert sorted(ends) == ["again", "done"]
    await database.close()


async def test_a_pool_without_a_free_connection_is_busy(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "WRITE_LOCK_SECONDS", 0.1)
    database = Database(postgres_url)
    release = asyncio.Event()

    async def holding() -> None:
        async with database.reading() as store:
            await store.customers.count()
            await release.wait()

    async with asyncio.TaskGroup() as group:
        for _ in range(20):
            group.create_task(holding())
        await asyncio.sleep(0.3)
        with pytest.raises(Busy):
            async with database.transaction() as store:
                await store.customers.count()
        release.set()
    await database.close()


async def test_sqlite_promises_durability(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'new folder' / 'x.db'}")
    await database.reach()
    async with database.migrating() as connection:
        found = [(await connection.execute(text(f"PRAGMA {name}"))).scalar_one() for name in PROMISES]
    assert dict(zip(PROMISES, found, strict=True)) == PROMISES
    await database.close()


async def test_sqlite_waits_for_the_disk_only_where_something_was_written(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'grapevine.db'}")
    await migrate(database)
    turns: list[str] = []
    async with database.transaction() as store:
        assert await store.due.fact("weather") is None
        asyncio.get_running_loop().call_soon(turns.append, "others")
    assert not turns
    async with database.transaction() as store:
        await store.due.keep_fact("weather", "fine")
        asyncio.get_running_loop().call_soon(turns.append, "others")
    assert turns
    await database.close()


async def test_a_database_that_cannot_be_reached_is_named_without_its_address(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for url in (f"sqlite+aiosqlite:///{tmp_path}/file/x.db", "postgresql+asyncpg://who:secret@127.0.0.1:1/x"):
        database = Database(url)
        with pytest.raises(Unreachable) as caught:
            await database.reach()
        assert "secret" not in str(caught.value)
        assert "file" not in str(caught.value).lower().replace("fileexists", "")
        await database.close()


async def test_many_writers_take_turns(database: Database) -> None:
    async def adds(number: int) -> None:
        async with database.transaction() as store:
            await store.customers.add(f"cus_{number}", Identity("telegram", str(number)), {}, NOON)

    await asyncio.gather(*(adds(number) for number, _ in enumerate(a_crowd(40))))
    async with database.migrating() as connection:
        assert len((await connection.execute(select(customers))).all()) == 40
        await connection.execute(insert(customers).values(id="cus_x", created_at=NOON))


PROMISES = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def renamed(database: Database) -> None:
    """Change what somebody else may hold."""
    async with database.transaction() as store:
        await store.customers.lock(["cus_1"])
        await store.customers.change("cus_1", first_name="Never")


def click(number: int) -> Click:
    """Make a visit."""
    assert click_number(NOON, Draw(b"1" * 32))
    return Click(number=number, link_id="lnk_1", revision=1, at=NOON, source="chat", visitor=bytes(16), is_counted=True)


async def test_a_connection_that_was_cut_is_busy_at_most_once(postgres_url: str) -> None:
    database, other = Database(postgres_url), Database(postgres_url)
    async with database.transaction() as store:
        assert await store.customers.count() == 0
    async with other.migrating() as connection:
        everyone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        await connection.execute(text(f"{everyone} WHERE datname = current_database() AND pid <> pg_backend_pid()"))
    # Whether the end of the line was heard by now is up to the network.
    with suppress(Busy):
        async with database.transaction() as store:
            await store.customers.count()
    async with database.transaction() as store:
        assert await store.customers.count() == 0
    await database.close()
    await other.close()


async def test_a_server_that_nobody_answers_for_is_busy() -> None:
    database = Database("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Busy):
        async with database.transaction():
            raise AssertionError("There is no server.")
    await database.close()
