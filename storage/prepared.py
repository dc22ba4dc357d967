"""Statements that are built and compiled once, and then run by the driver itself.

Building a statement costs SQLAlchemy about 130 microseconds and running a built one through its asyncio layer 290,
where SQLite needs 2 to find a row. So what every event asks is written in SQLAlchemy's terms all the same, but compiled
once for each dialect; the driver is asked with its text and the parameters, and the column types convert both ways.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Dialect, Executable, ReturnsRows
from sqlalchemy.sql.compiler import SQLCompiler

from storage.connection import Connection, Row

Shape = TypeVar("Shape")
Convert = Callable[[Any], Any]
Make = Callable[[Sequence[str], Row], Shape]


@dataclass(frozen=True, slots=True)
class _Form:
    """A statement as one dialect writes it: its text, what is bound in which order, and what comes back."""

    text: str
    names: tuple[str, ...]
    binds: tuple[tuple[int, Convert], ...]
    given: Mapping[str, Any]
    columns: tuple[str, ...]
    results: tuple[tuple[int, Convert], ...]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """Put the values in the order in which the text names them."""
        every = {**self.given, **values} if self.given else values
        arguments = [every[name] for name in self.names]
        for place, convert in self.binds:
            arguments[place] = convert(arguments[place])
        return arguments

    def read(self, row: Row) -> Row:
        """Convert what the driver returned."""
        if not self.results:
            return row
        values = list(row)
        for place, convert in self.results:
            values[place] = convert(values[place])
        return values


class Prepared(Generic[Shape]):
    """A statement, built on first use from a function that may ask for the dialect's name."""

    def __init__(
        self, build: Callable[[str], Executable], make: Make[Shape], keys: Sequence[str] | None = None
    ) -> None:
        self._build = build
        self._make = make
        self._keys = keys  # the columns that an INSERT or UPDATE sets, where the function does not say
        self._forms: dict[str, _Form] = {}

    async def all(self, connection: Connection, **values: Any) -> list[Shape]:
        """Run it and return every row."""
        form = self._form(connection.dialect)
        rows = await connection.fetch(form.text, form.arguments(values))
        return [self._make(form.columns, form.read(row)) for row in rows]

    async def first(self, connection: Connection, **values: Any) -> Shape | None:
        """Run it and return the first row, if there is one."""
        form = self._form(connection.dialect)
        rows = await connection.fetch(form.text, form.arguments(values))
        return self._make(form.columns, form.read(rows[0])) if rows else None

    async def value(self, connection: Connection, **values: Any) -> Any:
        """Run it and return the first column of the first row; nothing when there is no row."""
        form = self._form(connection.dialect)
        rows = await connection.fetch(form.text, form.arguments(values))
        return form.read(rows[0])[0] if rows else None

    async def run(self, connection: Connection, **values: Any) -> None:
        """Run it for what it does."""
        form = self._form(connection.dialect)
        await connection.fetch(form.text, form.arguments(values))

    async def later(self, connection: Connection, **values: Any) -> None:
        """Run it at the latest before the next statement that is not run later: it may wait for company."""
        form = self._form(connection.dialect)
        await connection.later(form.text, form.arguments(values))

    async def value_along(self, connection: Connection, **values: Any) -> Any:
        """Run it together with what waits, and return the first column of the first row, if there is one."""
        form = self._form(connection.dialect)
        rows = await connection.fetch_along(form.text, form.arguments(values))
        return form.read(rows[0])[0] if rows else None

    async def all_along(self, connection: Connection, **values: Any) -> list[Shape]:
        """Run it together with what waits, and return every row."""
        form = self._form(connection.dialect)
        rows = await connection.fetch_along(form.text, form.arguments(values))
        return [self._make(form.columns, form.read(row)) for row in rows]

    def _form(self, dialect: Dialect) -> _Form:
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _compiled(self._build(dialect.name), dialect, self._keys)
        return form


def records(kind: type[Shape]) -> Callable[[Callable[[], Executable]], Prepared[Shape]]:
    """Make of a function that builds a statement one whose rows become frozen records."""
    make = maker(kind)
    return lambda build: Prepared(lambda _: build(), make)


def maker(kind: type[Shape]) -> Make[Shape]:
    """Return what makes frozen records of rows, leaving out columns that the record does not show."""
    names = frozenset(field.name for field in fields(cast(Any, kind)))

    def make(columns: Sequence[str], row: Row) -> Shape:
        if len(columns) == len(names):  # just its own columns, as of most statements; any other would be refused
            return kind(**dict(zip(columns, row, strict=True)))
        return kind(**{name: value for name, value in zip(columns, row, strict=True) if name in names})

    return make


def prepared(build: Callable[[], Executable]) -> Prepared[Row]:
    """Make of a function that builds a statement one that is built once."""
    return Prepared(lambda _: build(), as_they_come)


def as_they_come(_: Sequence[str], row: Row) -> Row:
    """Leave a row as the driver returns it."""
    return row


def _compiled(statement: Executable, dialect: Dialect, keys: Sequence[str] | None) -> _Form:
    compiled = cast(SQLCompiler, cast(Any, statement).compile(dialect=dialect, column_keys=keys))
    names = tuple(compiled.positiontup or ())
    types = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
    binds = tuple((place, convert) for place, name in enumerate(names) if (convert := types[name]) is not None)
    given = {name: value for name, bind in compiled.binds.items() if (value := bind.value) is not None}
    returned = list(cast(Any, statement).exported_columns) if isinstance(statement, ReturnsRows) else []
    readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in returned]
    return _Form(
        text=str(compiled),
        names=names,
        binds=binds,
        given=given,
        columns=tuple(column.key for column in returned),
        results=tuple((place, convert) for place, convert in enumerate(readers) if convert is not None),
    )
