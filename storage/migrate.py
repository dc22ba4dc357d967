"""Brings the schema up to date at start."""

from importlib import resources

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage.connect import Database
from storage.errors import Busy

# Two processes that start at once must not both migrate; any number serves, as long as it stays the same.
_ADVISORY_LOCK = 7_305_204
# Each wait is as long as that for the write lock, two seconds: a minute in all.
_MOST_WAITS = 30


async def migrate(database: Database, revision: str = "head") -> None:
    """Apply every migration that this database has not seen; a no-op, and quick, when there is none."""
    for attempt in range(_MOST_WAITS):
        try:
            async with database.altering() as connection:
                await connection.run_sync(_upgrade, revision)
            return
        except Busy:
            # Another process is migrating, which may take longer than an event ever holds the lock.
            if attempt == _MOST_WAITS - 1:
                raise


async def is_migrated(database: Database) -> bool:
    """Tell whether the database has seen every migration."""
    async with database.migrating() as connection:
        return await connection.run_sync(_current) == head()


def head() -> str:
    """Return the newest revision of the schema."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


def configuration() -> Config:
    """Point Alembic at the migrations of this package."""
    config = Config()
    config.set_main_option("script_location", str(resources.files("storage") / "migrations"))
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
    if revision == "head" and _current(connection) == head():
        return
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])
