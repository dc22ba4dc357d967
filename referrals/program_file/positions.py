"""Finds line and column of every name and value in a TOML text, which `tomllib` reads but does not tell.

The text has been read by `tomllib` before, so this only has to find its way, never to judge. Where a text is not TOML
it stops, and what it has found so far still helps to point at the place.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'""")
_SPACE = re.compile(r"[ \t]*")
_TRIVIA = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")|(?!""")"(?:\\.|[^"\\\n])*"' + r"|'''.*?'{3,5}(?!')|(?!''')'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]+")
# Deeper than any program; a file nested without end must not end us.
_DEEPEST = 40


@dataclass(frozen=True)
class Place:
    """A line and a column, both counted from 1."""

    line: int
    column: int


@dataclass
class Positions:
    """Where each name of a text stands, and where its value begins."""

    text: str
    names: dict[Path, int] = field(default_factory=dict)
    values: dict[Path, int] = field(default_factory=dict)
    stopped_in: int = 0  # where the statement begins that could not be followed

    def place(self, offset: int) -> Place:
        """Turn an offset into line and column."""
        before = self.text.rfind("\n", 0, offset) + 1
        return Place(self.text.count("\n", 0, offset) + 1, offset - before + 1)

    def of_name(self, path: Sequence[str | int]) -> Place | None:
        """Find the name at a path, or of the nearest table around it; nothing when no part of it is there."""
        return self._nearest(path, self.names)

    def of_value(self, path: Sequence[str | int]) -> Place | None:
        """Find the value at a path; where there is none, the nearest name."""
        if (offset := self.values.get(tuple(path))) is not None:
            return self.place(offset)
        return self.of_name(path)

    def _nearest(self, path: Sequence[str | int], known: dict[Path, int]) -> Place | None:
        for length in range(len(path), 0, -1):
            if (offset := known.get(tuple(path[:length]))) is not None:
                return self.place(offset)
        return None


def find_positions(text: str) -> Positions:
    """Find every name and value as far as the text can be followed."""
    found = Positions(text)
    walk = _Walk(found)
    try:
        walk.document()
    except (_LostError, RecursionError):
        found.stopped_in = walk.statement
    else:
        found.stopped_in = len(text)
    return found


class _LostError(Exception):
    """Here the text is not TOML."""


class _Walk:
    """One way through a text, from its start to its end."""

    def __init__(self, found: Positions) -> None:
        self.found = found
        self.text = found.text
        self.at = 0
        self.statement = 0
        self.table: Path = ()
        self.depth = 0
        self.lists: dict[Path, int] = {}

    def document(self) -> None:
        """Follow statement after statement."""
        self._skip(_TRIVIA)
        while self.at < len(self.text):
            self.statement = self.at
            if self.text[self.at] == "[":
                self._header()
            else:
                self._pair(self.table)
            self._skip(_TRIVIA)

    def _header(self) -> None:
        is_list = self.text.startswith("[[", self.at)
        self.at += 2 if is_list else 1
        path = self._key(())
        if is_list:
            number = self.lists.get(path, -1) + 1
            self.lists[path] = number
            path = (*path, number)
            self.found.names.setdefault(path, self.statement)
        self.table = path
        self._take("]]" if is_list else "]")

    def _pair(self, table: Path) -> None:
        path = self._key(table)
        self._take("=")
        self._skip(_SPACE)
        self._value(path)

    def _key(self, table: Path) -> Path:
        path = table
        while True:
            self._skip(_SPACE)
            start = self.at
            path = self._into((*path, _unquoted(self._match(_PART))))
            self.found.names.setdefault(path, start)
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return path
            if len(path) > _DEEPEST:
                raise _LostError
            self.at += 1

    def _into(self, path: Path) -> Path:
        """Lead a name of a list of tables to its last entry, except where that list itself goes on."""
        going_on = self.text.startswith("[[", self.statement) and self.text[self.at : self.at + 2] == "]]"
        return (*path, self.lists[path]) if path in self.lists and not going_on else path

    def _value(self, path: Path) -> None:
        self.found.values.setdefault(path, self.at)
        match self.text[self.at : self.at + 1]:
            case "[":
                self._inside(path, "]")
            case "{":
                self._inside(path, "}")
            case '"' | "'":
                self._match(_TEXT)
            case _:
                self._match(_BARE)

    def _inside(self, path: Path, end: str) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _LostError
        self.at += 1
        self._skip(_TRIVIA)
        number = 0
        while not self.text.startswith(end, self.at):
            if end == "]":
                self.found.names.setdefault((*path, number), self.at)
                self._value((*path, number))
            else:
                self._pair(path)
            number += 1
            self._skip(_TRIVIA)
            if self.text.startswith(",", self.at):
                self.at += 1
            elif not self.text.startswith(end, self.at):
                raise _LostError
            self._skip(_TRIVIA)
        self.at += 1
        self.depth -= 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None or not found.group():
            raise _LostError
        self.at = found.end()
        return found.group()

    def _take(self, mark: str) -> None:
        self._skip(_SPACE)
        if not self.text.startswith(mark, self.at):
            raise _LostError
        self.at += len(mark)


def _unquoted(part: str) -> str:
    if part[0] not in "\"'":
        return part
    try:
        return str(tomllib.loads(f"name = {part}")["name"])
    except tomllib.TOMLDecodeError as error:
        raise _LostError from error
