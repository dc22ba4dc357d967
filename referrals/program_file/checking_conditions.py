"""Refuses conditions that no event can be judged by, or that can never hold together."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from referrals.conditions import FIELDS, Operator
from referrals.money import CURRENCIES, AmountError, parse_amount
from referrals.program_file.building_conditions import ORDERING, is_day
from referrals.program_file.condition_tables import ConditionsKeys, ConditionTable
from referrals.program_file.contradictions import contradiction
from referrals.program_file.table_types import CASE_FIELD, FIELD, Fault
from referrals.program_file.words import nearest, shown

Path = tuple[str | int, ...]

CASE_FIELDS = ("product", "category", "country", "source")
_OF_CUSTOMERS = re.compile(r"(friend|advocate)\.[a-z][a-z0-9_]{0,31}")
_OF_EVENT = re.compile(r"property\.\S{1,64}")
_MONEY = frozenset({"amount", "total"})
_LISTS = frozenset({Operator.IS_ONE_OF, Operator.IS_NONE_OF})
_EQUAL = frozenset({Operator.IS, Operator.IS_NOT}) | _LISTS
_OF_NUMBERS = frozenset({Operator.IS, Operator.IS_NOT}) | _LISTS | ORDERING
_EXAMPLE = '{ field = "amount", is_at_least = "10.00" }'


def field_fault(field: str, *, is_case: bool) -> str:
    """Say what is wrong with a field's name; empty when it is one."""
    if _OF_CUSTOMERS.fullmatch(field) or (_OF_EVENT.fullmatch(field) and field.isprintable()):
        return ""
    known = CASE_FIELDS if is_case else FIELDS
    if field in known:
        return ""
    if field in FIELDS:
        return f"Cases cannot go by {field}. {CASE_FIELD}"
    if field.startswith(("friend.", "advocate.")):
        side = field.partition(".")[0]
        return (
            f'"{field[:40]}" names no attribute. Write it in small letters a to z, digits and underscores, '
            f'such as "{side}.city".'
        )
    if meant := nearest(field, known):
        return f'{shown(field)} is nothing to look at. Did you mean "{meant}"?'
    return f"{shown(field)} is nothing to look at. {CASE_FIELD if is_case else FIELD}"


def in_conditions(table: ConditionsKeys | ConditionTable, currency: str, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with the conditions of a table, each and all together."""
    before = None
    for quantifier in ("all", "any"):
        for number, part in enumerate(getattr(table, quantifier) or ()):
            for fault in _in_part(part, currency, (*path, quantifier, number)):
                before = fault
                yield fault
    if before is None and table.all:
        yield from _in_all(table.all, path)


def _in_all(parts: Sequence[ConditionTable], path: Path) -> Iterator[Fault]:
    found = contradiction(parts)
    if found is not None:
        number, words = found
        yield Fault((*path, "all", number), words)


def _in_part(part: ConditionTable, currency: str, path: Path) -> Iterator[Fault]:
    is_group = part.all is not None or part.any is not None
    compared = part.compared()
    if part.field is None and not is_group:
        yield Fault(path, f"It does not say what to look at. Write a condition such as {_EXAMPLE}.")
    elif is_group and (part.field is not None or compared):
        yield Fault(path, "A condition and a group stand here together. Give each of them braces of its own.")
    elif is_group:
        yield from in_conditions(part, currency, path)
    elif len(compared) != 1:
        words = "It compares with nothing" if not compared else "It compares in two ways at once"
        remedy = "Give it one comparison" if not compared else "Make two conditions of it"
        yield Fault(path, f"{words}. {remedy}, such as {_EXAMPLE}.")
    else:
        yield from _in_condition(part, currency, path)


def _in_condition(part: ConditionTable, currency: str, path: Path) -> Iterator[Fault]:
    field = part.field or ""
    ((operator, value),) = part.compared().items()
    if words := field_fault(field, is_case=False):
        yield Fault((*path, "field"), words)
    elif words := _operator_fault(field, operator):
        yield Fault((*path, operator.value), words, on_name=True)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            if words := _value_fault(field, operator, each, currency=currency):
                yield Fault((*path, operator.value, number), words)
    elif words := _value_fault(field, operator, value, currency=currency):
        yield Fault((*path, operator.value), words)


def _operator_fault(field: str, operator: Operator) -> str:
    if field == "first":
        return "" if operator is Operator.IS else 'It is the first or it is not. Write { field = "first", is = true }.'
    if field in {"amount", "total", "count"} and operator not in _OF_NUMBERS:
        return (
            f"{field} is a number and cannot be compared by its letters. Use is, is_at_least, is_at_most or the like."
        )
    if field in CASE_FIELDS and operator in ORDERING:
        return f"{field} is a word and is neither more nor less. Use is, is_not, is_one_of, starts_with or the like."
    return ""


def _value_fault(field: str, operator: Operator, value: object, *, currency: str) -> str:
    if field == "first":
        return "" if isinstance(value, bool) else f"{shown(value)} does not fit. Write true or false, without quotes."
    if field in _MONEY:
        return _money_fault(value, currency)
    if field == "count":
        is_count = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return "" if is_count else f"{shown(value)} does not fit. Write a whole number, without quotes, such as 3."
    if operator in ORDERING and not _is_number(value):
        return f"{shown(value)} is no number. Write one to compare with, such as 10, or a date such as 2027-03-31."
    return ""


def _money_fault(value: object, currency: str) -> str:
    digits = CURRENCIES.get(currency, 0)
    example = format(Decimal(10).scaleb(0).quantize(Decimal(1).scaleb(-digits)), "f")
    if not isinstance(value, str):
        return f'{shown(value)} does not fit. Write the amount in quotes, such as "{example}".'
    try:
        parse_amount(value, currency)
    except AmountError as error:
        return f'{error} Write it like "{example}".'
    return ""


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or is_day(value):
        return is_day(value)
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False
