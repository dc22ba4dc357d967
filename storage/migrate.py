"""Brings the schema up to date at start."""

import re
from functools import cache
from importlib import resources

from sqlalchemy import Connection, inspect, text

from storage.connect import Database
from storage.errors import Busy

# Two processes that start at once must not both migrate; any number serves, as long as it stays the same.
_ADVISORY_LOCK = 7_305_204
# Each wait is as long as that for the write lock, two seconds: a minute in all.
_MOST_WAITS = 30
# How Alembic's files name themselves and what they come after.
_REVISION = re.compile(r'^revision = "(\w+)"', re.MULTILINE)
_BEFORE = re.compile(r'^down_revision = "(\w+)"', re.MULTILINE)


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


@cache
def head() -> str:
    """Return the newest revision of the schema: the one that no other comes after."""
    versions = resources.files("storage") / "migrations" / "versions"
    texts = [file.read_text(encoding="utf-8") for file in versions.iterdir() if file.name.endswith(".py")]
    known, before = ({found[1] for each in texts for found in line.finditer(each)} for line in (_REVISION, _BEFORE))
    (newest,) = known - before
    return newest


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
    if revision == "head" and _current(connection) == head():
        return
    from storage.upgrading import upgrade  # noqa: PLC0415  # Alembic costs a start 60 ms, and most have nothing to do

    upgrade(connection, revision)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])
