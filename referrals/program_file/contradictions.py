"""Finds conditions that cannot hold at the same time, so that nobody waits for a reward that never comes."""

from collections.abc import Sequence
from decimal import Decimal

from referrals.conditions import Condition, Operator
from referrals.program_file.building_conditions import ORDERING, condition_of
from referrals.program_file.condition_tables import ConditionTable

_FLOORS = {Operator.IS_MORE_THAN: False, Operator.IS_AT_LEAST: True}
_CEILINGS = {Operator.IS_LESS_THAN: False, Operator.IS_AT_MOST: True}
_WORDS = {
    Operator.IS: "is",
    Operator.IS_NOT: "is not",
    Operator.IS_ONE_OF: "is one of",
    Operator.IS_NONE_OF: "is none of",
    Operator.STARTS_WITH: "starts with",
    Operator.ENDS_WITH: "ends with",
    Operator.CONTAINS: "contains",
    Operator.DOES_NOT_CONTAIN: "does not contain",
    Operator.IS_MORE_THAN: "more than",
    Operator.IS_AT_LEAST: "at least",
    Operator.IS_LESS_THAN: "less than",
    Operator.IS_AT_MOST: "at most",
}


def contradiction(parts: Sequence[ConditionTable]) -> tuple[int, str] | None:
    """Find the first condition that cannot hold beside an earlier one, and say so; nothing when all can."""
    earlier: list[Condition] = []
    for number, part in enumerate(parts):
        if not part.field:
            continue
        new = condition_of(part)
        for old in earlier:
            if old.field == new.field and clash(old, new):
                return number, (
                    f"{new.field} cannot be “{said(old)}” and “{said(new)}” at once, so this would never be reached. "
                    "Change one of the two, or put them under any."
                )
        earlier.append(new)
    return None


def said(condition: Condition) -> str:
    """Write a comparison in words."""
    values = ", ".join(str(value).lower() if isinstance(value, bool) else f"{value}" for value in condition.values)
    return f"{_WORDS[condition.operator]} {values}"


def clash(one: Condition, other: Condition) -> bool:
    """Tell whether two conditions on the same field exclude each other; unsure means no."""
    if one.operator in ORDERING and other.operator in ORDERING:
        return _apart(one, other) or _apart(other, one)
    for exact, against in ((one, other), (other, one)):
        if exact.operator in {Operator.IS, Operator.IS_ONE_OF}:
            return not any(_allows(against, value) for value in exact.values)
    return False


def _apart(floor: Condition, ceiling: Condition) -> bool:
    """Tell whether a floor lies above a ceiling."""
    if floor.operator not in _FLOORS or ceiling.operator not in _CEILINGS:
        return False
    low, high = floor.numbers[0], ceiling.numbers[0]
    touches = _FLOORS[floor.operator] and _CEILINGS[ceiling.operator]
    return low > high or (low == high and not touches)


def _allows(condition: Condition, value: object) -> bool:
    """Tell whether a condition holds for this value; unsure means yes."""
    match condition.operator:
        case Operator.IS | Operator.IS_ONE_OF:
            return value in condition.values
        case Operator.IS_NOT | Operator.IS_NONE_OF:
            return value not in condition.values
        case _ if condition.operator in ORDERING and isinstance(value, Decimal):
            exact = Condition(condition.field, Operator.IS_AT_LEAST, (value,))
            most = Condition(condition.field, Operator.IS_AT_MOST, (value,))
            return not (_apart(condition, most) or _apart(exact, condition))
    return True
