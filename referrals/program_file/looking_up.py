"""Finds what stands at a place of a program file: which table, which key, and where a stray key belongs."""

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ForwardRef, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from referrals.program_file.condition_tables import ConditionTable
from referrals.program_file.reward_tables import Reward
from referrals.program_file.table_types import Table
from referrals.program_file.tables import (
    BrandTable,
    CapTable,
    ContestTable,
    File,
    GoalTable,
    Head,
    IneligibleTable,
    Joining,
    MilestoneTable,
    RaffleTable,
    Unit,
    Vouchers,
)

# The sections by the name they begin with, each with an example of its header.
HEADERS: Mapping[str, str] = {
    "program": "[program]",
    "joining": "[joining]",
    "terms": "[terms]",
    "vouchers": "[vouchers]",
    "brand": "[brand]",
    "units": "[units.coffees]",
    "events": "[events.checkout]",
    "goals": "[goals.first-purchase]",
    "advocate": "[goals.first-purchase.advocate]",
    "friend": "[goals.first-purchase.friend]",
    "caps": "[caps.advocate.year]",
    "milestones": "[milestones.five-friends]",
    "contests": "[contests.spring]",
    "raffles": "[raffles.monthly]",
    "ineligible": "[ineligible.staff]",
    "says": "[ineligible.staff.says]",
}
# Where a key that stands in the wrong place may belong, the likeliest first.
HOMES: Mapping[str, type[Table]] = {
    "[program]": Head,
    "[joining]": Joining,
    "[vouchers]": Vouchers,
    "[brand]": BrandTable,
    "[goals.…]": GoalTable,
    "[goals.….advocate]": Reward,
    "[caps.advocate.year]": CapTable,
    "[milestones.…]": MilestoneTable,
    "[contests.…]": ContestTable,
    "[raffles.…]": RaffleTable,
    "[ineligible.…]": IneligibleTable,
    "[units.…]": Unit,
}


def keys_of(table: type[Table]) -> dict[str, FieldInfo]:
    """Return the keys of a table as they are written in the file."""
    return {info.alias or name: info for name, info in table.model_fields.items()}


def table_at(path: Sequence[str | int]) -> type[Table] | None:
    """Find which table stands at this place of the file; nothing where each entry has a name of its own."""
    return next((kind for kind in _kinds_at(path) if isinstance(kind, type) and issubclass(kind, Table)), None)


def field_at(path: Sequence[str | int]) -> FieldInfo | None:
    """Find the key at this place; nothing for a name that the file chooses itself."""
    table = table_at(path[:-1])
    return keys_of(table).get(str(path[-1])) if table and path else None


def is_open_table(path: Sequence[str | int]) -> bool:
    """Tell whether a table takes names besides its own keys: cases, languages."""
    table = table_at(path)
    return table is not None and table.model_config.get("extra") == "allow"


def is_section(path: Sequence[str | int]) -> bool:
    """Tell whether nothing but a table may stand at this place."""
    kinds = _kinds_at(path)
    return bool(kinds) and all(isinstance(kind, type) and issubclass(kind, Table) for kind in kinds)


def _kinds_at(path: Sequence[str | int]) -> list[Any]:
    kinds: list[Any] = [File]
    for part in path:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)]
    return kinds


def _inside(kind: Any, part: str | int) -> Iterator[Any]:
    """Yield what may stand at one step further in."""
    if isinstance(kind, type) and issubclass(kind, Table):
        info = keys_of(kind).get(str(part))
        if info is not None:
            yield from _flat(info.annotation)
        elif kind.model_config.get("extra") == "allow":
            yield from _flat(get_args(kind.__annotations__["__pydantic_extra__"])[1])
    elif get_origin(kind) is list and isinstance(part, int):
        yield from _flat(get_args(kind)[0])
    elif get_origin(kind) is dict and isinstance(part, str):
        yield from _flat(get_args(kind)[1])


def _flat(annotation: Any) -> Iterator[Any]:
    """Take an annotation apart into the kinds of value it allows."""
    if get_origin(annotation) is Annotated:
        yield from _flat(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, types.UnionType}:
        for part in get_args(annotation):
            yield from _flat(part)
    elif isinstance(annotation, ForwardRef | str):
        yield ConditionTable  # the one table that may contain itself
    else:
        yield annotation
