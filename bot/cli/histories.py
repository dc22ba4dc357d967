"""Reads a shop's history from a CSV file, row by row; what cannot be used is answered with its line and a remedy."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import TextIO
from zoneinfo import ZoneInfo

from referrals.money import CURRENCIES, Amount, AmountError, parse_amount
from referrals.program import Program
from referrals.simulated_fields import attributes_of, properties_of
from referrals.simulation_records import NOTHING, Row

NEEDED = ("at", "customer")
OWN = (*NEEDED, "type", "id", "amount", "currency", "refers_to", "invited_by", "source")
ATTRIBUTE, PROPERTY = "customer.", "property."
_LONGEST_SHOWN = 40
# "2026-11-22 14:30:00 +0100" and "… UTC", as shops export them, beside what ISO 8601 allows.
_SPACED = re.compile(r"\s*(UTC|Z|[+-]\d\d:?\d\d)$")
_BEGINNING = datetime.min.replace(tzinfo=UTC)
_Places = tuple[tuple[str, int], ...]


class WrongLine(Exception):
    """A line of the history that cannot be used, with its number and what would help."""

    def __init__(self, line: int, matter: str) -> None:
        super().__init__(f"line {line}: {matter}")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Where each column stands; of the columns that are not ours, only those that a rule looks at."""

    names: tuple[str, ...]
    own: dict[str, int]
    properties: _Places
    attributes: _Places
    idle: tuple[str, ...]  # columns that no rule looks at
    missing: tuple[str, ...]  # what rules look at and the file does not have


class History:
    """A file of what happened, oldest first: its heading, and its rows."""

    def __init__(self, file: TextIO, program: Program, zone: ZoneInfo) -> None:
        """Read the first line; raises WrongLine where a column is missing or there twice."""
        self._program = program
        self._zone = zone
        try:
            first = file.readline()
            # Excel writes semicolons where the comma is in the numbers.
            between = max(",;\t", key=first.count) if first else ","
            self._reader = csv.reader(chain([first] if first else [], file), delimiter=between, strict=True)
            names = [name.strip().lower() for name in next(self._reader, [])]
        except (csv.Error, UnicodeDecodeError) as error:
            raise _unreadable(error, 1) from None
        self.heading = _heading(names, program)

    def rows(self) -> Iterator[Row]:
        """Yield one row at a time; raises WrongLine for the first line that cannot be used."""
        reader, read = self._reader, _reading(self.heading, self._program)
        last, width = _BEGINNING, len(self.heading.names)
        place, line = self.heading.own["at"], reader.line_num + 1
        try:
            for cells in reader:
                if len(cells) > width:
                    raise WrongLine(line, _too_many(len(cells), width))
                if any(cells):
                    at = _moment(cells[place].strip() if place < len(cells) else "", line, self._zone, last)
                    if at < last:
                        raise WrongLine(line, "this happened before the line above it. Sort the file, oldest first.")
                    last = at
                    yield read(cells, line, at)
                line = reader.line_num + 1
        except (csv.Error, UnicodeDecodeError) as error:
            raise _unreadable(error, line) from None


def _heading(names: Sequence[str], program: Program) -> Heading:
    if not any(names):
        raise WrongLine(1, f"the file is empty. The first line names the columns, such as: {','.join(OWN[:-1])}")
    for name in NEEDED:
        if name not in names:
            such = ",".join(OWN[:-1])
            raise WrongLine(1, f"there is no column “{name}”. The first line names the columns, such as: {such}")
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise WrongLine(1, f"the column “{twice}” is there twice. Rename or remove one of them.")
    properties, attributes = properties_of(program), attributes_of(program)
    places = {name: place for place, name in enumerate(names) if name}
    others = {name: place for name, place in places.items() if name not in OWN}
    people = {name.removeprefix(ATTRIBUTE): at for name, at in others.items() if name.startswith(ATTRIBUTE)}
    events = {name.removeprefix(PROPERTY): at for name, at in others.items() if not name.startswith(ATTRIBUTE)}
    # Names are compared in small letters, and handed on as the program writes them.
    asked_properties = {name.lower(): name for name in properties}
    asked_attributes = {name.lower(): name for name in attributes}
    used = {*(events[name] for name in asked_properties if name in events)}
    used |= {people[name] for name in asked_attributes if name in people}
    absent = [ATTRIBUTE + name for low, name in asked_attributes.items() if low not in people]
    absent += [name for low, name in asked_properties.items() if low not in events]
    return Heading(
        names=tuple(names),
        own={name: place for name, place in places.items() if name in OWN},
        properties=tuple((asked_properties[name], at) for name, at in events.items() if at in used),
        attributes=tuple((asked_attributes[name], at) for name, at in people.items() if at in used),
        idle=tuple(name for name, at in others.items() if at not in used),
        missing=tuple(sorted(absent)),
    )


def _reading(heading: Heading, program: Program) -> Callable[[Sequence[str], int, datetime], Row]:
    """Make the function that reads a row: the columns are looked up once, as a file has a million rows."""
    nowhere = len(heading.names)
    # What a file has no column for is read from the empty cell that is put behind each row.
    customer, kind, identifier, amount, currency, refers_to, invited_by, source = (
        heading.own.get(name, nowhere)
        for name in ("customer", "type", "id", "amount", "currency", "refers_to", "invited_by", "source")
    )
    properties, attributes = heading.properties, heading.attributes

    def read(cells: Sequence[str], line: int, at: datetime) -> Row:
        cells = [*cells, ""] if len(cells) == nowhere else [*cells, *[""] * (nowhere + 1 - len(cells))]
        who = cells[customer].strip()
        kind_of = cells[kind].strip() or "purchase"
        if not who and kind_of != "refund":  # of a refund, the purchase says whose it was
            raise WrongLine(line, "no customer is named. Write their id, or leave the line out.")
        written = cells[amount].strip()
        return Row(
            line,
            at,
            who,
            kind_of,
            cells[identifier].strip(),
            _amount(written, cells[currency].strip(), program.currency, line) if written else None,
            cells[refers_to].strip(),
            cells[invited_by].strip(),
            cells[source].strip(),
            _named(properties, cells) if properties else NOTHING,
            _named(attributes, cells) if attributes else NOTHING,
        )

    return read


def _named(places: _Places, cells: Sequence[str]) -> dict[str, str]:
    return {name: text for name, place in places if (text := cells[place].strip())}


def _moment(text: str, line: int, zone: ZoneInfo, last: datetime) -> datetime:
    try:
        at = _read_moment(text)
        if at.tzinfo is UTC:
            return at
        if at.tzinfo is not None:
            return at.astimezone(UTC)
        here = at.replace(tzinfo=zone)
        told = here.astimezone(UTC)
        # In autumn an hour comes twice; what seems to go back in time is in the second of them.
        return told if told >= last else here.replace(fold=1).astimezone(UTC)
    except (ValueError, OverflowError):
        shown = f"“{_shown(text)}” is no moment" if text else "it does not say when"
        raise WrongLine(line, f"{shown}. Write it like 2026-11-22 or 2026-11-22T14:30:00+01:00.") from None


def _read_moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(_SPACED.sub(lambda found: found[1].replace("UTC", "Z"), text))


def _amount(text: str, currency: str, usual: str, line: int) -> Amount:
    unit = currency.upper() if currency else usual
    if unit != usual and unit not in CURRENCIES:
        raise WrongLine(line, f"“{_shown(currency)}” is no currency. Write three letters, such as {usual}.")
    try:
        return parse_amount(text, unit)
    except AmountError as error:
        remedy = str(error)
        if text.startswith(("-", "−")):
            remedy = "What was given back is a line of its own, with type refund, refers_to and a plain amount."
        elif "," in text:
            remedy = "Write it with a point before the cents and no other signs, such as 1234.50."
        raise WrongLine(line, f"the amount “{_shown(text)}” cannot be used. {remedy}") from None


def _too_many(cells: int, names: int) -> str:
    return (
        f"there are {cells} cells, and the first line names {names} columns."
        ' Put a cell that contains the separator into quotes: "1,5 l tea".'
    )


def _unreadable(error: Exception, line: int) -> WrongLine:
    if isinstance(error, UnicodeDecodeError):
        return WrongLine(line, "from here on the file is not UTF-8. Save it as “CSV UTF-8” and try again.")
    if "NUL" in str(error):
        return WrongLine(line, "the file is not plain text here. Save it as “CSV UTF-8” and try again.")
    return WrongLine(
        line, 'the quotes do not match. A cell in quotes ends with one, and a quote inside it is doubled: "6"" pan".'
    )


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
