"""Several rows of one table in one statement: two cost no more trips than one."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, Table, bindparam

from storage import statements
from storage.connection import Connection, Row
from storage.prepared import Prepared, as_they_come

# Each number of rows is a statement of its own, kept ready.
_MOST = 20


async def added(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> set[Any]:
    """Insert rows that say the same columns, each unless a constraint already has it; return the keys of the new."""
    new: set[Any] = set()
    for insertion, values in _insertions(table, rows):
        new |= {row[0] for row in await insertion.all_along(connection, **values)}
    return new


async def kept(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows in the same way, where nobody needs to know which were new."""
    for insertion, values in _insertions(table, rows):
        await insertion.later(connection, **values)


def _insertions(table: Table, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Prepared[Row], dict[str, Any]]]:
    for start in range(0, len(rows), _MOST):
        some = rows[start : start + _MOST]
        keys = tuple(some[0])
        values = {f"{key}_{number}": row[key] for number, row in enumerate(some) for key in keys}
        yield _insertion(table, keys, len(some)), values


@cache
def _insertion(table: Table, keys: tuple[str, ...], rows: int) -> Prepared[Row]:
    def build(dialect: str) -> Executable:
        named = [{key: bindparam(f"{key}_{row}", type_=table.c[key].type) for key in keys} for row in range(rows)]
        statement = statements.insertion(dialect, table).values(named)
        return statement.on_conflict_do_nothing().returning(next(iter(table.primary_key)))

    return Prepared(build, as_they_come)
