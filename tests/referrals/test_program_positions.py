"""Every name and every value of a TOML text is found where it stands, in whichever way it is written."""

import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referrals.program import Program
from referrals.program_file import program_text
from referrals.program_file.positions import Place, find_positions
from tests.referrals.program_files import FILE
from tests.referrals.programs import programs
from tests.referrals.rich_files import EVERYTHING

AWKWARD = '''\
a = "x" # note = 1
b.c . d = 'single [ { quotes'
"quoted key" = { in.side = [1, { deep = """
two
""" }, 3], other = 2027-03-31 10:00:00 }
list = [
  # a note ] in between
  "one", 'two', [3, 4],
  { five = 5 },   # after
]
long = \'\'\'
raw ''quotes'' and """ more
\'\'\'
escaped = "a \\" b ] } # c"
many = """a \\""" b"""
ends = """quotes""""
"\\u00e9t\\u00e9" = true

[table."dotted.name".x]
y = 1.5
[[entries]]
n = 1
inner.m = 2
[[entries]]
n = 3
[[entries.sub]]
k = 4
[[entries.sub]]
k = 5
[entries.sub.more]
last = +1_000
'''


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], Any]:
    found = {path: data} if path else {}
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        found |= _paths(value, (*path, key))
    return found


@pytest.mark.parametrize("text", [AWKWARD, EVERYTHING, FILE, AWKWARD.replace("\n", "\r\n")])
def test_every_name_and_value_is_found_where_it_stands(text: str) -> None:
    data = tomllib.loads(text, parse_float=Decimal)
    found = find_positions(text)
    assert found.stopped_in == len(text)
    assert set(_paths(data)) == set(found.names)
    for path, offset in found.values.items():
        line = text.find("\n", offset)
        value = _paths(data)[path]
        if not isinstance(value, dict | list) and "\n" not in str(value):
            assert value in _all_read_at(text, offset, line), path


def _all_read_at(text: str, offset: int, line: int) -> list[Any]:
    found = []
    for end in range(offset + 1, line + 1):
        try:
            found.append(tomllib.loads(f"v = {text[offset:end]}", parse_float=Decimal)["v"])
        except tomllib.TOMLDecodeError:
            continue
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(programs())
def test_every_setting_of_a_program_is_found(program: Program) -> None:
    text = program_text(program)
    found = find_positions(text)
    paths = _paths(tomllib.loads(text, parse_float=Decimal))
    assert set(found.names) == set(paths)
    for path, value in paths.items():
        if isinstance(value, bool | int):
            assert text[found.values[path] :].startswith(str(value).lower())


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (("goals", "stay", "all", 2, "any", 1, "is_not"), '"basic" }] },'),
        (("goals", "stay", "friend", "tiers", 1, "percent"), '"15", percent_at_most'),
        (("goals", "rides", "friend", "amount", "Model S"), '"3500", model-3'),
        (("goals", "trips", "advocate", "choose", "card", "stock"), '"gift-cards"\n'),
    ],
)
def test_values_in_braces_have_exact_places(path: tuple[str | int, ...], written: str) -> None:
    place = find_positions(EVERYTHING).of_value(path)
    assert place is not None
    line = EVERYTHING.splitlines(keepends=True)[place.line - 1]
    assert line[place.column - 1 :].startswith(written)


def test_what_is_not_there_is_looked_for_in_the_nearest_table() -> None:
    found = find_positions("[a.b]\nc = { d = 1 }\n")
    assert found.of_name(("a", "b", "c", "x")) == Place(2, 1)
    assert found.of_name(("a", "b", "x", "y")) == Place(1, 4)
    assert found.of_name(("z",)) is None


@given(st.text(st.sampled_from("[]{}=,.\"'#\n\\ ab1é"), max_size=60))
def test_no_text_leads_astray(text: str) -> None:
    found = find_positions(text)
    assert 0 <= found.stopped_in <= len(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(found.names) == set(_paths(data))
