"""Rows of several tables, at most one of each, found in one trip: what an event has to know before it begins."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Select, literal_column, select, true

from storage.connection import Connection, Row
from storage.prepared import Make, Prepared, as_they_come, maker

# Which record, or nothing where the row itself will do, and the statement that finds it.
Piece = tuple[type[Any] | None, Callable[[], Select[Any]]]
_Cut = tuple[str, Make[Any], int, int, Sequence[str]]


class Pieces:
    """Several statements of which each finds one row or none, run as one; each is only built on first use."""

    def __init__(self, **pieces: Piece) -> None:
        self._pieces = pieces
        self._cuts: list[_Cut] = []
        self._statement = Prepared(lambda _: self._build(), as_they_come)

    async def find(self, connection: Connection, **values: Any) -> Mapping[str, Any]:
        """Run them, and return by their names what they have found, or nothing for what is not there."""
        row = await self._statement.first(connection, **values)
        assert row is not None, "nothing joined to the one row leaves the one row"  # noqa: S101 - an outer join
        return {name: _piece(make, columns, row[begin:end]) for name, make, begin, end, columns in self._cuts}

    def _build(self) -> Executable:
        joined: Any = select(literal_column("1").label("one")).subquery("one")
        columns: list[Any] = []
        for name, (kind, build) in self._pieces.items():
            found = build().subquery(name)
            joined = joined.outerjoin(found, true())
            begin, names = len(columns), tuple(found.c.keys())
            columns += [found.c[each].label(f"{name}_{each}") for each in names]
            make = maker(kind) if kind is not None else as_they_come
            self._cuts.append((name, make, begin, len(columns), names))
        return select(*columns).select_from(joined)


def _piece(make: Make[Any], columns: Sequence[str], row: Row) -> Any:
    # What is there begins with its key.
    return None if row[0] is None else make(columns, row)
