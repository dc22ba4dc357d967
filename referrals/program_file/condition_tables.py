"""The tables of conditions: a field, an operator and a value; or a group of all or any."""

from typing import Annotated

from pydantic import Field

from referrals.conditions import Operator
from referrals.program_file.table_types import FIELD, Plain, Plains, Table

_VALUE = 'Write a text in quotes, or a plain number, or true or false, such as "espresso".'
_NUMBER = 'Write a number to compare with, such as "10.00" or 3.'
_TEXT = 'Write a text in quotes, such as "coffee".'
_LIST = 'Write a list in square brackets, such as ["DE", "AT"].'
_GROUP = (
    'Write a list of conditions in square brackets, each in braces, such as [{ field = "product", is = "espresso" }].'
)

Conditions = Annotated[list["ConditionTable"], Field(min_length=1, max_length=100)]


class ConditionTable(Table):
    """`{ field = …, is = … }`: one condition, or `{ any = [ … ] }`: a group of them."""

    field: str | None = Field(default=None, max_length=80, description=FIELD)
    is_: Plain | None = Field(default=None, alias="is", description=_VALUE)
    is_not: Plain | None = Field(default=None, description=_VALUE)
    is_one_of: Plains | None = Field(default=None, description=_LIST)
    is_none_of: Plains | None = Field(default=None, description=_LIST)
    starts_with: str | None = Field(default=None, min_length=1, max_length=256, description=_TEXT)
    ends_with: str | None = Field(default=None, min_length=1, max_length=256, description=_TEXT)
    contains: str | None = Field(default=None, min_length=1, max_length=256, description=_TEXT)
    does_not_contain: str | None = Field(default=None, min_length=1, max_length=256, description=_TEXT)
    is_more_than: Plain | None = Field(default=None, description=_NUMBER)
    is_at_least: Plain | None = Field(default=None, description=_NUMBER)
    is_less_than: Plain | None = Field(default=None, description=_NUMBER)
    is_at_most: Plain | None = Field(default=None, description=_NUMBER)
    all: Conditions | None = Field(default=None, description=_GROUP)
    any: Conditions | None = Field(default=None, description=_GROUP)

    def compared(self) -> dict[Operator, object]:
        """Return the operators that are written here, with what they compare with."""
        found = {operator: getattr(self, ATTRIBUTES[operator]) for operator in Operator}
        return {operator: value for operator, value in found.items() if value is not None}


# `is` is a word of Python's own.
ATTRIBUTES = {operator: "is_" if operator is Operator.IS else operator.value for operator in Operator}


class ConditionsKeys(Table):
    """The two keys under which conditions stand."""

    all: Conditions | None = Field(default=None, description=_GROUP)
    any: Conditions | None = Field(default=None, description=_GROUP)
