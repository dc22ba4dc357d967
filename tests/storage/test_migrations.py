"""Migrations: each step goes up, down and up again, and they end where the schema says."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from storage.connect import Database
from storage.migrate import head, is_migrated, migrate
from storage.schema import metadata
from storage.upgrading import configuration


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


def test_there_is_one_history() -> None:
    assert ScriptDirectory.from_config(configuration()).get_heads() == [head()]


async def moved(database: Database, revision: str, *, back: bool) -> None:
    """Migrate up or down to a revision."""

    def move(connection: Connection) -> None:
        config = configuration()
        config.attributes["connection"] = connection
        (command.downgrade if back else command.upgrade)(config, revision)

    async with database.migrating() as connection:
        await connection.run_sync(move)


def differing(connection: Connection) -> list[object]:
    """List how the database differs from the schema."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
    return list(compare_metadata(context, metadata))
