"""Reads a program file: TOML text becomes a program, or a list of faults that each name the place and the remedy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from referrals.program import Program
from referrals.program_file.building import program_of
from referrals.program_file.checking import faults
from referrals.program_file.doubts import doubts
from referrals.program_file.positions import Positions, find_positions
from referrals.program_file.pruning import (
    follows_from,
    is_sure,
    too_deep,
    validated,
    without_aside,
)
from referrals.program_file.table_types import Fault
from referrals.program_file.tables import File
from referrals.program_file.toml_faults import read_toml

_DEEPEST = 24  # tables within lists within tables: a condition in eight groups needs no more


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What is wrong with a file, or doubtful in it, and where; line and column count from 1, 0 means the whole file."""

    message: str
    line: int = 0
    column: int = 0
    path: str = ""

    def __str__(self) -> str:
        return f"Line {self.line}, column {self.column}: {self.message}" if self.line else self.message


class ProgramFileError(ValueError):
    """The file cannot be used; `line` and `column` say where the first fault stands, `faults` lists all of them."""

    def __init__(self, *faults: Remark) -> None:
        super().__init__(str(faults[0]))
        self.faults = faults
        self.line = faults[0].line
        self.column = faults[0].column


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was found in a file: the program when it can be used, else the faults; in both cases what is doubtful."""

    program: Program | None
    faults: tuple[Remark, ...] = ()
    doubts: tuple[Remark, ...] = ()


def read_program(text: str, zone: ZoneInfo, revision: int = 0) -> Program:
    """Read a program from TOML text; dates count in the business's zone; raises ProgramFileError."""
    toml = read_toml(plain(text))
    file = None if toml.broken else _file(toml.data)
    if file is None or next(faults(file), None) is not None:
        raise ProgramFileError(*check_program(text, zone).faults)
    return program_of(file, zone, revision)


def check_program(text: str, zone: ZoneInfo) -> Checked:
    """Read a program and tell everything that is wrong with it at once, in the order of the file."""
    text = plain(text)
    toml = read_toml(text)
    positions = find_positions(text)
    found = [Remark(message=line.words, line=line.place.line, column=line.place.column) for line in toml.broken]
    doubtful: list[Fault] = []
    program = None
    if toml.data is not None:
        file, wrong = _examined(toml.data, positions, is_whole=not toml.broken)
        found += [_placed(fault, positions) for fault in wrong]
        if file is not None and not found:
            program = program_of(file, zone, 0)
            doubtful = list(doubts(program))
    return Checked(
        program=program, faults=_in_order(found), doubts=_in_order([_placed(doubt, positions) for doubt in doubtful])
    )


def plain(text: str) -> str:
    """Take away the byte order mark that Notepad puts at the start."""
    return text.removeprefix("\ufeff")


def _file(data: dict[str, Any] | None) -> File | None:
    """Read the tables the quick way: every event needs a program, and hardly any needs to be told what is wrong."""
    if data is None or too_deep(data, _DEEPEST):
        return None
    try:
        return File.model_validate(data)
    except ValidationError:
        return None


def _examined(data: dict[str, Any], positions: Positions, *, is_whole: bool) -> tuple[File | None, list[Fault]]:
    """Read the tables the thorough way: what cannot be used is left out, and the rest judged all the same."""
    if (path := too_deep(data, _DEEPEST)) is not None:
        return None, [Fault(path, "Brackets stand within brackets too deep. Use fewer groups.")]
    data = without_aside(data)
    file, wrong, pruned = validated(data)
    if file is not None:
        wrong += [fault for fault in faults(file) if not follows_from(fault, pruned)]
    return file, wrong if is_whole else [fault for fault in wrong if is_sure(fault, positions)]


def _placed(fault: Fault, positions: Positions) -> Remark:
    place = positions.of_name(fault.path) if fault.on_name else positions.of_value(fault.path)
    path = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault.path)
    return Remark(
        message=f"{path}: {fault.words}" if path else fault.words,
        line=place.line if place else 0,
        column=place.column if place else 0,
        path=path,
    )


def _in_order(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(dict.fromkeys(remarks), key=lambda remark: (remark.line == 0, remark.line, remark.column)))
