"""Migrations: each step goes up, down and up again, and they end where the schema says."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from storage.connect import Database
from storage.migrate import head, is_migrated, migrate
from storage.schema import metadata
from storage.upgrading import configuration

_OLD_ROWS = (
    "INSERT INTO programs (id, revision, is_running) VALUES ('demo', 1, true)",
    "INSERT INTO customers (id, created_at) VALUES ('cus_1', 0)",
    "INSERT INTO customers (id, created_at) VALUES ('cus_2', 0)",
    "INSERT INTO links (id, program_id, advocate_id, code, revision, created_at)"
    " VALUES ('lnk_1', 'demo', 'cus_1', 'AAAAAAAA', 1, 0)",
    "INSERT INTO referrals (id, program_id, link_id, advocate_id, friend_id, revision, state, joined_at, qualify_by)"
    " VALUES ('ref_1', 'demo', 'lnk_1', 'cus_1', 'cus_2', 1, 'qualified', 0, 1)",
    "INSERT INTO events (id, source, external_id, type, body_hash, state, occurred_at, received_at)"
    " VALUES ('evt_1', 'till', '1', 'purchase', '', 'counted', 0, 0)",
    "INSERT INTO rewards (id, program_id, referral_id, goal, side, occurrence, customer_id, event_id, revision, amount,"
    " unit, state, pending_until, expires_at, earned_at)"
    " VALUES ('rwd_1', 'demo', 'ref_1', 'g', 'advocate', 1, 'cus_1', 'evt_1', 1, 5, 'EUR', 'pending', 0, 9, 0)",
    "INSERT INTO ledger (reward_id, step, account, customer_id, amount, unit, at)"
    " VALUES ('rwd_1', 'grant', 'cost', 'cus_1', -5, 'EUR', 0)",
)


@pytest.fixture
async def empty(empty_database_url: str) -> AsyncIterator[Database]:
    database = Database(empty_database_url)
    yield database
    await database.close()


async def test_each_step_goes_up_and_down_and_up(empty: Database) -> None:
    steps = list(ScriptDirectory.from_config(configuration()).walk_revisions())
    for step in reversed(steps):
        before = str(step.down_revision or "base")
        for revision in (step.revision, before, step.revision):
            await moved(empty, revision, back=revision == before)
    assert await is_migrated(empty)
    await moved(empty, "base", back=True)
    async with empty.migrating() as connection:
        left = await connection.run_sync(lambda bare: inspect(bare).get_table_names())
    assert left == ["alembic_version"]


async def test_the_migrations_end_where_the_schema_says(empty: Database) -> None:
    await migrate(empty)
    async with empty.migrating() as connection:
        differences = await connection.run_sync(differing)
    assert differences == []


async def test_migrating_again_does_nothing(empty: Database) -> None:
    assert not await is_migrated(empty)
    await migrate(empty)
    await migrate(empty)
    assert await is_migrated(empty)


async def test_processes_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    databases = [Database(empty_database_url) for _ in range(4)]
    await asyncio.gather(*(migrate(database) for database in databases))
    assert await is_migrated(databases[0])
    for database in databases:
        await database.close()


async def test_rewards_of_before_survive_being_written_anew(empty: Database) -> None:
    await moved(empty, "0004", back=False)
    async with empty.migrating() as connection:
        for statement in _OLD_ROWS:
            await connection.execute(text(statement))
    for revision, back in (("0005", False), ("0004", True), ("0005", False)):
        await moved(empty, revision, back=back)
    async with empty.migrating() as connection:
        [reward] = (await connection.execute(text("SELECT id, kind, delivery, takes, spent FROM rewards"))).all()
        [entry] = (await connection.execute(text("SELECT reward_id FROM ledger"))).all()
        indexes = await connection.run_sync(lambda bare: inspect(bare).get_indexes("rewards"))
    assert (reward.id, reward.kind, reward.delivery, reward.spent) == ("rwd_1", "voucher", "till", 0)
    assert entry.reward_id == "rwd_1"
    assert {index["name"] for index in indexes} >= {"rewards_pending_ix", "rewards_available_ix", "rewards_waiting_ix"}
    # And what refers to a reward is checked as before.
    with pytest.raises(IntegrityError):
        async with empty.migrating() as connection:
            await connection.execute(text("DELETE FROM rewards"))


def test_there_is_one_history() -> None:
    assert ScriptDirectory.from_config(configuration()).get_heads() == [head()]


async def moved(database: Database, revision: str, *, back: bool) -> None:
    """Migrate up or down to a revision."""

    def move(connection: Connection) -> None:
        config = configuration()
        config.attributes["connection"] = connection
        (command.downgrade if back else command.upgrade)(config, revision)

    async with database.altering() as connection:
        await connection.run_sync(move)


def differing(connection: Connection) -> list[object]:
    """List how the database differs from the schema."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
    return list(compare_metadata(context, metadata))
