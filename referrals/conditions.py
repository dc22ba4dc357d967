"""Conditions: what an event, a friend or an advocate must be like, alone or in groups of all and any."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Scalar = str | Decimal | bool

# Besides these: `property.<name>` of the event, `friend.<attribute>` and `advocate.<attribute>` of the customers.
FIELDS = ("amount", "count", "total", "first", "product", "category", "country", "source")
# The fields that look at more than the event itself: what else the friend has done under this referral.
OF_HISTORY = frozenset({"count", "total", "first"})


class Operator(StrEnum):
    """How a value is compared; the words are those of the program file."""

    IS = "is"
    IS_NOT = "is_not"
    IS_ONE_OF = "is_one_of"
    IS_NONE_OF = "is_none_of"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    CONTAINS = "contains"
    DOES_NOT_CONTAIN = "does_not_contain"
    IS_MORE_THAN = "is_more_than"
    IS_AT_LEAST = "is_at_least"
    IS_LESS_THAN = "is_less_than"
    IS_AT_MOST = "is_at_most"


@dataclass(frozen=True)
class Condition:
    """One field compared with one value, or with several where the operator takes a list."""

    field: str
    operator: Operator
    values: tuple[Scalar, ...]


@dataclass(frozen=True)
class Group:
    """Conditions of which all, or any one, must hold; an empty group of all always holds."""

    quantifier: Literal["all", "any"] = "all"
    parts: tuple["Condition | Group", ...] = ()

    def conditions(self) -> Iterator[Condition]:
        """Yield every condition of the group, however deep."""
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.conditions()
            else:
                yield part


ALWAYS = Group()
