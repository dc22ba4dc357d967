"""Databases of both kinds, fresh for each test, and a dialogue over each."""

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
from hypothesis import settings

from messages.catalog import Catalog
from storage.connect import Database
from storage.migrate import migrate
from storage.schema import metadata
from tests import postgres
from tests.dialogue import Dialogue
from tests.scan import overheard, pytest_runtest_makereport, scanned

# Found here, these are part of every test: whatever it is about, it may leak nothing.
__all__ = ["overheard", "pytest_runtest_makereport", "scanned"]

# How long an example takes says nothing of the code on a machine that others use too.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server, and on it a migrated database that tests use one after the other."""

    admin_url: str
    migrated_url: str


def pytest_xdist_auto_num_workers() -> int:
    """Run two workers on each core: half of what journeys take, they wait for a bot that keeps to its limits."""
    return min(2 * (os.cpu_count() or 1), 8)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog.load()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The server of this run; without one the run fails and says what was tried."""
    with postgres.server() as admin_url:
        name = _fresh_name()
        url = asyncio.run(postgres.create_database(admin_url, name))
        asyncio.run(_migrate(_driven(url)))
        yield Server(admin_url, url)
        asyncio.run(postgres.drop_database(admin_url, name))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that was migrated once."""
    path = tmp_path_factory.mktemp("template") / "grapevine.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(params=("sqlite", "postgresql"))
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'grapevine.db'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    name = _fresh_name()
    yield _driven(asyncio.run(postgres.create_database(server.admin_url, name)))
    asyncio.run(postgres.drop_database(server.admin_url, name))


@pytest.fixture(params=("sqlite", "postgresql"))
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database, of each kind in turn."""
    if request.param == "sqlite":
        path = tmp_path / "grapevine.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite+aiosqlite:///{path}"
        return
    yield request.getfixturevalue("postgres_url")


@pytest.fixture
def postgres_url(postgres_server: Server) -> str:
    """The address of a migrated, empty PostgreSQL database, for the few stories that only many processes have."""
    asyncio.run(_emptied(postgres_server.migrated_url))
    return _driven(postgres_server.migrated_url)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def unopened(database: Database, catalog: Catalog) -> Dialogue:
    """A shop without a program."""
    return Dialogue(database, catalog)


@pytest.fixture
async def talk(unopened: Dialogue) -> Dialogue:
    """A shop that has opened the demo program."""
    await unopened.opens()
    return unopened


async def _migrate(url: str) -> None:
    database = Database(url)
    await migrate(database)
    await database.close()


async def _emptied(url: str) -> None:
    """Delete every row: 10 ms, where a copy of a template takes 80 and writes 8 MB."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        for table in reversed(metadata.sorted_tables):
            await connection.execute(f"DELETE FROM {table.name}")  # noqa: S608 - a table of our own schema
    finally:
        await connection.close()


def _fresh_name() -> str:
    return f"grapevine_{secrets.token_hex(6)}"


def _driven(url: str) -> str:
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)
