"""Conditions: what an event, a friend or an advocate must be like, alone or in groups of all and any."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Literal

Scalar = str | Decimal | bool
Test = Callable[[tuple[str, ...]], bool]

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


# Each of these holds where its opposite does not, also where nothing is known at all.
_OPPOSITES: Mapping[Operator, Operator] = {
    Operator.IS_NOT: Operator.IS,
    Operator.IS_NONE_OF: Operator.IS_ONE_OF,
    Operator.DOES_NOT_CONTAIN: Operator.CONTAINS,
}
_NUMBERS: Mapping[Operator, Callable[[Decimal, Decimal], bool]] = {
    Operator.IS_MORE_THAN: lambda seen, limit: seen > limit,
    Operator.IS_AT_LEAST: lambda seen, limit: seen >= limit,
    Operator.IS_LESS_THAN: lambda seen, limit: seen < limit,
    Operator.IS_AT_MOST: lambda seen, limit: seen <= limit,
}
_TEXTS: Mapping[Operator, Callable[[str, tuple[str, ...]], bool]] = {
    Operator.STARTS_WITH: lambda seen, values: seen.startswith(values),
    Operator.ENDS_WITH: lambda seen, values: seen.endswith(values),
    Operator.CONTAINS: lambda seen, values: any(value in seen for value in values),
}


@dataclass(frozen=True)
class Condition:
    """One field compared with one value, or with several where the operator takes a list."""

    field: str
    operator: Operator
    values: tuple[Scalar, ...]

    @cached_property
    def wanted(self) -> str:
        """What the condition wants, as a program file says it."""
        return f"{self.operator} {', '.join(_written(value)[0] for value in self.values)}"

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The values as texts; a yes or no in each way in which it is written."""
        return tuple(text for value in self.values for text in _written(value))

    @cached_property
    def numbers(self) -> tuple[Decimal, ...]:
        """Those of the values that are numbers or dates."""
        return tuple(number for text in self.texts if (number := number_of(text)) is not None)

    @cached_property
    def meets(self) -> Test:
        """The test of what was seen, of which any text may do; worked out once, since a program judges often."""
        opposite = _OPPOSITES.get(self.operator)
        if opposite is None:
            return self._test(self.operator)
        test = self._test(opposite)
        return lambda seen: not test(seen)

    def _test(self, operator: Operator) -> Test:
        texts, numbers = self.texts, self.numbers
        as_number = _NUMBERS.get(operator)
        if as_number is not None:
            return _any_number(as_number, numbers)
        as_text = _TEXTS.get(operator)
        if as_text is not None:
            return _any_text(as_text, texts)
        wanted = frozenset(texts)
        if not numbers:
            return lambda seen: not wanted.isdisjoint(seen)
        # "10" is 10.00, however somebody wrote it.
        return lambda seen: not wanted.isdisjoint(seen) or any(number_of(text) in numbers for text in seen)


@dataclass(frozen=True)
class Group:
    """Conditions of which all, or any one, must hold; an empty group of all always holds."""

    quantifier: Literal["all", "any"] = "all"
    parts: tuple["Condition | Group", ...] = ()

    @cached_property
    def tests(self) -> tuple[tuple[str, Test], ...] | None:
        """Each field with its test, where no group stands within this one; worked out once for many events."""
        if any(isinstance(part, Group) for part in self.parts):
            return None
        return tuple((condition.field, condition.meets) for condition in self.conditions())

    def conditions(self) -> Iterator[Condition]:
        """Yield every condition of the group, however deep."""
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.conditions()
            else:
                yield part


ALWAYS = Group()


def _any_number(as_number: Callable[[Decimal, Decimal], bool], limits: tuple[Decimal, ...]) -> Test:
    def test(seen: tuple[str, ...]) -> bool:
        for text in seen:  # a loop: a generator would cost as much again
            number = number_of(text)
            for limit in limits:
                if number is not None and as_number(number, limit):
                    return True
        return False

    return test


def _any_text(as_text: Callable[[str, tuple[str, ...]], bool], texts: tuple[str, ...]) -> Test:
    def test(seen: tuple[str, ...]) -> bool:
        for text in seen:  # noqa: SIM110 - a generator would cost as much again
            if as_text(text, texts):
                return True
        return False

    return test


@lru_cache(maxsize=1024)
def number_of(text: str) -> Decimal | None:
    """Read a number; a date such as 2027-03-31 becomes one too, in the order of the calendar."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        digits = text.replace("-", "")
        return Decimal(digits) if len(text) == 10 and len(digits) == 8 and digits.isdigit() else None
    return found if found.is_finite() else None


def _written(value: Scalar) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("yes", "true") if value else ("no", "false")
    return (value,) if isinstance(value, str) else (format(value, "f"),)
