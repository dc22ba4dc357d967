"""Builds conditions out of their tables, each value in the form its field is compared in."""

import re
from collections.abc import Sequence
from decimal import Decimal

from referrals.conditions import Condition, Group, Operator, Scalar
from referrals.program_file.condition_tables import ConditionsKeys, ConditionTable

NUMBERS = frozenset({"amount", "total", "count"})
ORDERING = frozenset({Operator.IS_MORE_THAN, Operator.IS_AT_LEAST, Operator.IS_LESS_THAN, Operator.IS_AT_MOST})


def group_of(table: ConditionsKeys | ConditionTable) -> Group:
    """Build the group that `all` and `any` say; of both, all of the one and any one of the other must hold."""
    every = _parts(table.all or ())
    one = Group("any", _parts(table.any)) if table.any else None
    if one is None:
        return Group("all", every)
    return Group("all", (*every, one)) if every else one


def is_day(value: object) -> bool:
    """Tell whether a value is a day of the calendar; days are compared as texts and later than each other."""
    return isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None


def _parts(tables: Sequence[ConditionTable]) -> tuple[Condition | Group, ...]:
    return tuple(condition_of(table) if table.field else group_of(table) for table in tables)


def condition_of(table: ConditionTable) -> Condition:
    """Build one condition of its field, its operator and its values."""
    field = table.field or ""
    ((operator, value),) = table.compared().items()
    values = value if isinstance(value, list) else [value]
    return Condition(field, operator, tuple(scalar_of(field, operator, each) for each in values))


def scalar_of(field: str, operator: Operator, value: object) -> Scalar:
    """Return a value as it is compared: numbers exactly, what customers and products are called as texts."""
    if field == "first":
        return bool(value)
    if field in NUMBERS or operator in ORDERING:
        return str(value) if is_day(value) else Decimal(str(value))
    if field.startswith("property.") and not isinstance(value, str):
        return value if isinstance(value, bool) else Decimal(str(value))
    return str(value).lower() if isinstance(value, bool) else str(value)
