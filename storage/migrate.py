"""Brings the schema up to date at start."""

import re
from functools import cache
from importlib import resources

from sqlalchemy import Connection, inspect, text

from storage.connect import Database
from storage.errors import Busy, TooNew

# Two processes that start at once must not both migrate; any number serves, as long as it stays the same.
_ADVISORY_LOCK = 7_305_204
# Each wait is as long as that for the write lock, two seconds: a minute in all.
_MOST_WAITS = 30
# How Alembic's files name themselves and what they come after.
_REVISION = re.compile(r'^revision = "(\w+)"', re.MULTILINE)
_BEFORE = re.compile(r'^down_revision = "(\w+)"', re.MULTILINE)


async def migrate(database: Database, revision: str = "head") -> None:
    """Apply every migration that this database has not seen; a no-op, and quick, when there is none.

    Raises TooNew where the database has seen one that is not among ours.
    """
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
    """Tell whether the database has seen every migration of ours, and none of a newer version."""
    async with database.migrating() as connection:
        return await connection.run_sync(_current) == head()


async def refuse_newer(database: Database) -> None:
    """Raise TooNew where the database has seen a migration that is not among ours."""
    async with database.migrating() as connection:
        await connection.run_sync(_known)


def head() -> str:
    """Return the newest revision of the schema: the one that no other comes after."""
    known, before = _revisions()
    (newest,) = known - before
    return newest


@cache
def _revisions() -> tuple[frozenset[str], frozenset[str]]:
    """List the revisions that we know, and those that another comes after."""
    versions = resources.files("storage") / "migrations" / "versions"
    texts = [file.read_text(encoding="utf-8") for file in versions.iterdir() if file.name.endswith(".py")]
    known, before = (
        frozenset(found[1] for each in texts for found in line.finditer(each)) for line in (_REVISION, _BEFORE)
    )
    return known, before


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
    if _known(connection) == head() and revision == "head":
        return
    from storage.upgrading import upgrade  # noqa: PLC0415  # Alembic costs a start 60 ms, and most have nothing to do

    upgrade(connection, revision)


def _known(connection: Connection) -> str | None:
    current = _current(connection)
    if current is not None and current not in _revisions()[0]:
        raise TooNew(current)
    return current


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])
