"""The schema that editors use agrees with what we read: on the presets, on good files, on broken ones."""

import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from referrals.program import Program
from referrals.program_file import preset, preset_names, program_text
from referrals.program_file.schema import program_schema
from tests.referrals.program_files import FILE
from tests.referrals.programs import programs
from tests.referrals.rich_files import EVERYTHING

VALIDATOR = Draft202012Validator(program_schema())


def _as_editors_see(text: str) -> Any:
    """Editors hand dates to a schema as texts: JSON knows none."""
    return _without_dates(tomllib.loads(text, parse_float=Decimal))


def _without_dates(value: Any) -> Any:
    match value:
        case dict():
            return {key: _without_dates(inner) for key, inner in value.items()}
        case list():
            return [_without_dates(inner) for inner in value]
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
    return value


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(program_schema())


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_satisfies_the_schema(name: str) -> None:
    VALIDATOR.validate(_as_editors_see(preset(name)))


@pytest.mark.parametrize("text", [FILE, EVERYTHING])
def test_good_files_satisfy_the_schema(text: str) -> None:
    VALIDATOR.validate(_as_editors_see(text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(programs())
def test_every_program_satisfies_the_schema(program: Program) -> None:
    VALIDATOR.validate(_as_editors_see(program_text(program)))


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("[vouchers]", "[voucher]"),
        ('currency = "EUR"', 'curency = "EUR"'),
        ('currency = "EUR"\n', ""),
        ("hold_days = 0", 'hold_days = "0"'),
        ("hold_days = 0", "hold_days = -1"),
        ('amount = "2"', "amount = 2"),
        ('minimum = "20.00"', 'minimum = "20,00"'),
        ("[goals.first-purchase]", '[goals."First Purchase"]'),
        ('amount = "2"', 'amount = "2"\nas = "vouchers"'),
        ('amount = "2"', 'amount = { products = "2" }'),
    ],
)
def test_an_editor_would_underline_it(good: str, bad: str) -> None:
    assert good in FILE
    assert not VALIDATOR.is_valid(_as_editors_see(FILE.replace(good, bad, 1)))


def test_every_key_is_explained_where_it_is_written() -> None:
    """A key without words would be completed by an editor and explained by nobody."""
    schema = program_schema()
    silent = [
        f"{name}.{key}"
        for name, table in schema["$defs"].items()
        for key, value in table.get("properties", {}).items()
        if "description" not in value and "$ref" not in str(value) and "patternProperties" not in value
    ]
    assert not silent
