"""The one place where the two databases are spoken to differently, and the way rows become records."""

import hashlib
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Executable, Row, Select, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.dml import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert
from sqlalchemy.ext.asyncio import AsyncConnection

Record = TypeVar("Record")


def insert(connection: AsyncConnection, table: Table) -> PostgresInsert | SqliteInsert:
    """Begin an INSERT that may say ON CONFLICT, in the dialect of this connection."""
    return _insertion(connection.dialect.name, table)


async def added(connection: AsyncConnection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row unless a constraint already has it; tell whether it was new."""
    statement = _addition(connection.dialect.name, table)
    return (await connection.execute(statement, values)).first() is not None


async def hold(connection: AsyncConnection, name: str) -> None:
    """Hold a name until the end of the transaction, for what has no row to lock yet; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        key = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
        await connection.execute(select(func.pg_advisory_xact_lock(key)))


# Building a SELECT costs as much as running it; a statement never changes once built, so one is enough.
@cache
def columns_of(table: Table, kind: type[Any]) -> Select[Any]:
    """Select from a table the columns that a record has."""
    return select(*(table.c[column.name] for column in fields(kind)))


def record(kind: type[Record], row: Row[Any]) -> Record:
    """Turn a row into a frozen record, leaving out columns that the record does not show."""
    names = _names(kind)  # type: ignore[arg-type]  # a class is hashable, whatever a type variable says
    return kind(**{name: value for name, value in row._mapping.items() if name in names})


def maybe(kind: type[Record], row: Row[Any] | None) -> Record | None:
    """Turn a row into a frozen record, and no row into nothing."""
    return None if row is None else record(kind, row)


@cache
def _names(kind: type[Any]) -> frozenset[str]:
    return frozenset(column.name for column in fields(kind))


@cache
def _insertion(dialect: str, table: Table) -> PostgresInsert | SqliteInsert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _addition(dialect: str, table: Table) -> Executable:
    return _insertion(dialect, table).on_conflict_do_nothing().returning(next(iter(table.primary_key)))
