"""Databases of both kinds, fresh for each test, and a dialogue over each."""

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from messages.catalog import Catalog
from storage.connect import Database
from storage.migrate import migrate
from tests import postgres
from tests.dialogue import Dialogue


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server with a migrated database to copy."""

    admin_url: str
    template: str


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return Catalog.load()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The server of this run, with one database that was migrated once: a copy takes 25 ms, the migrations 400."""
    with postgres.server() as admin_url:
        template = _fresh_name()
        url = asyncio.run(postgres.create_database(admin_url, template))
        asyncio.run(_migrate(_driven(url)))
        yield Server(admin_url, template)
        asyncio.run(postgres.drop_database(admin_url, template))


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
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database, for the few stories that only many processes have."""
    name = _fresh_name()
    url = asyncio.run(postgres.create_database(postgres_server.admin_url, name, template=postgres_server.template))
    yield _driven(url)
    asyncio.run(postgres.drop_database(postgres_server.admin_url, name))


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


def _fresh_name() -> str:
    return f"grapevine_{secrets.token_hex(6)}"


def _driven(url: str) -> str:
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)
