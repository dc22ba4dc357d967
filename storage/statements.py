"""The one place where the two databases are spoken to differently, and the way rows become records."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    Boolean,
    ColumnElement,
    CursorResult,
    Dialect,
    Executable,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    select,
    update,
)
from sqlalchemy import Row as AlchemyRow
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.dml import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite.dml import Insert as SqliteInsert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator

from storage.connection import Connection, Row
from storage.prepared import Prepared, as_they_come, maker

Record = TypeVar("Record")


def insert(connection: Connection, table: Table) -> PostgresInsert | SqliteInsert:
    """Begin an INSERT that may say ON CONFLICT, in the dialect of this connection."""
    return insertion(connection.dialect.name, table)


async def added(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert a row unless a constraint already has it; tell whether it was new."""
    return await _addition(table, tuple(values)).value_along(connection, **values) is not None


async def changed(connection: Connection, table: Table, row: str, values: dict[str, Any]) -> None:
    """Change fields of the row with this id, before whatever is asked next."""
    await _change(table, tuple(values)).later(connection, the_row=row, **values)


async def kept(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Insert a row unless a constraint already has it, where nobody needs to know whether it was new."""
    await _addition(table, tuple(values)).later(connection, **values)


async def entered(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Insert a row that is new, before whatever is asked next; a constraint that has it ends the transaction."""
    await _entry(table, tuple(values)).later(connection, **values)


async def moved(
    connection: Connection, kind: type[Record], table: Table, *, row: str, states: Iterable[str], values: dict[str, Any]
) -> Record | None:
    """Change fields of the row with this id if it is in one of these states, and return it; nothing when it is not."""
    move = _move(kind, table, tuple(values))  # type: ignore[arg-type]  # a class is hashable
    return await move.first(connection, the_row=row, the_states=states, **values)


async def hold(connection: Connection, name: str) -> None:
    """Hold a name until the end of the transaction, for what has no row to lock yet; SQLite has one writer anyway."""
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
    await connection.hold(number)


def listed(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Tell whether a column is one of a list, as one parameter, so that the statement stays the same."""
    return _Listed(column, bindparam(name, type_=_List(of_numbers=isinstance(column.type, Integer))))


class _List(TypeDecorator[Any]):
    """A list of texts or numbers as one parameter: an array, or JSON where there are none."""

    impl = String
    cache_ok = True

    def __init__(self, *, of_numbers: bool) -> None:
        super().__init__()
        self.of_numbers = of_numbers

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """PostgreSQL has arrays."""
        array = ARRAY(BigInteger if self.of_numbers else String)
        return dialect.type_descriptor(array if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Write the list."""
        items = list(value) if self.of_numbers else [str(item) for item in value]
        return items if dialect.name == "postgresql" else json.dumps(items)


class _Listed(ColumnElement[bool]):
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], items: BindParameter[Any]) -> None:
        self.type = Boolean()
        self.column = column
        self.items = items

    def self_group(self, against: Any = None) -> "_Listed":
        """Stay bare: SQLite, told `… = 1`, would look at every row instead of the index."""
        return self


@compiles(_Listed, "postgresql")
def _in_array(element: _Listed, compiler: Any, **options: Any) -> str:
    return f"{compiler.process(element.column, **options)} = ANY ({compiler.process(element.items, **options)})"


@compiles(_Listed, "sqlite")
def _in_json(element: _Listed, compiler: Any, **options: Any) -> str:
    items = compiler.process(element.items, **options)
    return f"{compiler.process(element.column, **options)} IN (SELECT value FROM json_each({items}))"  # noqa: S608 - items is a placeholder


# Building a SELECT costs as much as running it; a statement never changes once built, so one is enough.
@cache
def columns_of(table: Table, kind: type[Any]) -> Select[Any]:
    """Select from a table the columns that a record has."""
    return select(*(table.c[column.name] for column in fields(kind)))


async def affected(connection: Connection, statement: Executable) -> int:
    """Run a statement that writes many rows, and count them."""
    return cast("CursorResult[Any]", await connection.execute(statement)).rowcount


def record(kind: type[Record], row: AlchemyRow[Any]) -> Record:
    """Turn a row into a frozen record, leaving out columns that the record does not show."""
    names = _names(kind)  # type: ignore[arg-type]  # a class is hashable, whatever a type variable says
    return kind(**{name: value for name, value in row._mapping.items() if name in names})


def maybe(kind: type[Record], row: AlchemyRow[Any] | None) -> Record | None:
    """Turn a row into a frozen record, and no row into nothing."""
    return None if row is None else record(kind, row)


@cache
def _names(kind: type[Any]) -> frozenset[str]:
    return frozenset(column.name for column in fields(kind))


@cache
def insertion(dialect: str, table: Table) -> PostgresInsert | SqliteInsert:
    """Begin an INSERT that may say ON CONFLICT, for a statement that is prepared."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@cache
def _addition(table: Table, keys: tuple[str, ...]) -> Prepared[Row]:
    def build(dialect: str) -> Executable:
        return insertion(dialect, table).on_conflict_do_nothing().returning(next(iter(table.primary_key)))

    return Prepared(build, as_they_come, keys)


@cache
def _entry(table: Table, keys: tuple[str, ...]) -> Prepared[Row]:
    return Prepared(lambda dialect: insertion(dialect, table), as_they_come, keys)


@cache
def _change(table: Table, keys: tuple[str, ...]) -> Prepared[Row]:
    (key,) = table.primary_key
    return Prepared(lambda _: update(table).where(key == bindparam("the_row")), as_they_come, keys)


@cache
def _move(kind: type[Record], table: Table, keys: tuple[str, ...]) -> Prepared[Record]:
    def build(_: str) -> Executable:
        (key,) = table.primary_key
        statement = update(table).where(key == bindparam("the_row"), listed(table.c.state, "the_states"))
        columns = columns_of(table, kind).selected_columns  # type: ignore[arg-type]  # as above
        return statement.returning(*columns)

    return Prepared(build, maker(kind), keys)
