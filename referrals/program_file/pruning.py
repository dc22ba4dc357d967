"""Leaves out what cannot be used in a file, so that the rest can be judged in the same breath."""

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from referrals.program_file.looking_up import field_at, keys_of, table_at
from referrals.program_file.positions import Path, Positions
from referrals.program_file.table_types import Fault
from referrals.program_file.tables import File
from referrals.program_file.toml_faults import ASIDE
from referrals.program_file.words import faults_of

# Leaving something out may leave a table without what it needs, and that one its own, up to the top of the file.
_ROUNDS = 8
# What takes the place of a setting that a table must have: without it the whole table would go, and its other faults
# with it. No amount can be read in a currency that is none, and so no amount is called wrong for it.
_NEEDED: Mapping[str, object] = {
    "at": 1,
    "by": "product",
    "currency": "XXX",
    "from": 1,
    "id": "x",
    "name": "x",
    "one": "x",
    "other": "x",
    "otherwise": 1,
}
# Settings that name something which stands elsewhere in the file.
_LOOKED_UP = frozenset({"unit", "goals"})
# What is judged by its neighbours: without one of them it may only seem to be wrong.
_JUDGED_BY: Mapping[int | str, frozenset[int | str]] = {
    "amount": frozenset({"unit"}),
    "as": frozenset({"delivery", "stock"}),
    "delivery": frozenset({"as", "stock"}),
    "hold_until": frozenset({"event", "events"}),
    "value": frozenset({"unit"}),
}


def validated(data: dict[str, Any]) -> tuple[File | None, list[Fault], list[Path]]:
    """Read the tables; with every fault of the first look, and the ways to what was left out to read on."""
    told: list[Fault] | None = None
    pruned: list[Path] = []
    data = copy.deepcopy(data)
    for _ in range(_ROUNDS):
        try:
            return File.model_validate(data), told or [], pruned
        except ValidationError as error:
            found = faults_of(error)
            told = found if told is None else told
            for fault in found:
                pruned.append(_pruned(data, fault))
    return None, told or [], pruned


def _pruned(data: dict[str, Any], fault: Fault) -> Path:
    """Leave out what is wrong, put something in its place, or call it what was meant; return the way to it."""
    path = tuple(fault.path)
    table = _at(data, path[:-1])
    if fault.meant and isinstance(table, dict) and fault.meant not in table and path[-1] in table:
        table[fault.meant] = table.pop(path[-1])
    elif isinstance(table, dict) and _is_stood_in(path):
        table[path[-1]] = _NEEDED[str(path[-1])]
    else:
        path = path[:-1] if fault.is_missing else path
        _leave_out(data, path)
    return path


def _is_stood_in(path: Path) -> bool:
    """Tell whether something takes the place of this setting rather than that its table is left out."""
    found = field_at(path)
    return found is not None and found.is_required() and path[-1] in _NEEDED


def follows_from(fault: Fault, pruned: Sequence[Path]) -> bool:
    """Tell whether a fault is there only because something else was left out."""
    path = tuple(fault.path)
    for gone in pruned:
        if _is_stood_in(gone):
            if path[: len(gone)] == gone:
                return True
            continue
        if gone[: len(path)] == path or path[: len(gone)] == gone:
            return True
        if path[:-1] == gone[:-1] and _hangs_on(fault, gone):
            return True
        # Names of units and goals are looked for from anywhere.
        if gone[:1] in {("units",), ("goals",)} and len(gone) <= 2:
            return True
    return False


def _hangs_on(fault: Fault, gone: Path) -> bool:
    """Tell whether a fault may be owed to a neighbour that was left out."""
    key, neighbour = fault.path[-1], gone[-1]
    if fault.on_name or isinstance(key, int):
        return True
    if key not in _JUDGED_BY:
        return False
    table = table_at(gone[:-1])
    is_known = table is not None and neighbour in keys_of(table)
    return not is_known or neighbour in _JUDGED_BY[key]


def is_sure(fault: Fault, positions: Positions) -> bool:
    """Tell whether a fault remains one when the lines that could not be read are mended.

    What such a line says may be missing elsewhere, looked for from elsewhere, or shift the places of a list.
    """
    path = tuple(fault.path)
    if fault.is_missing or any(isinstance(part, int) for part in path):
        return False
    return path in positions.names and (fault.on_name or path in positions.values) and path[-1] not in _LOOKED_UP


def without_aside(data: dict[str, Any]) -> dict[str, Any]:
    """Drop what was put aside because its header could not be read."""
    return {name: value for name, value in data.items() if not name.startswith(ASIDE)}


def too_deep(data: object, most: int) -> Path | None:
    """Return the way to where tables and lists stand deeper within each other than so many; nothing when none does."""
    level: list[tuple[Path, object]] = [((), data)]
    while level:
        level = [((*path, name), inner) for path, value in level for name, inner in _entries(value) if _entries(inner)]
        if level and len(level[0][0]) >= most:
            return level[0][0][:4]
    return None


def _entries(value: object) -> list[tuple[str | int, object]]:
    if isinstance(value, Mapping):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _leave_out(data: Any, path: Path) -> None:
    table = _at(data, path[:-1])
    if isinstance(table, dict) and path:
        table.pop(path[-1], None)
    elif isinstance(table, list) and path and isinstance(path[-1], int) and path[-1] < len(table):
        # The places of the others must stay what they are; an empty entry is left out in the next round.
        table[path[-1]] = None


def _at(data: Any, path: Path) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
