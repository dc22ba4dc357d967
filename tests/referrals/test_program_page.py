"""The page about the program file and the file's tables say the same: no key without words, no words without a key."""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from referrals.conditions import FIELDS
from referrals.program_file import check_program, read_program
from referrals.program_file.checking import faults
from referrals.program_file.condition_tables import ConditionTable
from referrals.program_file.looking_up import keys_of, table_at
from referrals.program_file.reward_tables import ByTable, Reward, Tier
from referrals.program_file.table_types import Table
from referrals.program_file.tables import (
    BrandTable,
    CapTable,
    ContestTable,
    CountTable,
    File,
    GoalTable,
    Head,
    IneligibleTable,
    Joining,
    MilestoneTable,
    RaffleTable,
    UnitNames,
    Vouchers,
)
from referrals.rewarding import USUAL_DELIVERY
from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "program.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
REWARDS = "Rewards: `[goals.NAME.advocate]` and `[goals.NAME.friend]`"
SECTIONS = {
    "`[program]`": Head,
    "`[joining]`": Joining,
    "`[vouchers]`": Vouchers,
    "`[brand]`": BrandTable,
    "`[units.NAME]`": UnitNames,
    "`[goals.NAME]`": GoalTable,
    "How many: `count`": CountTable,
    "Conditions: `all` and `any`": ConditionTable,
    REWARDS: Reward,
    "Another amount by product or customer": ByTable,
    "Tiers": Tier,
    "`[caps.OWNER.PERIOD]`": CapTable,
    "`[milestones.NAME]`": MilestoneTable,
    "`[contests.NAME]`": ContestTable,
    "`[raffles.NAME]`": RaffleTable,
    "`[ineligible.NAME]`": IneligibleTable,
}
# What the examples lean on: the program of the page's beginning, and units that they pay in.
BASE = """
[program]
id = "page"
name = "Page"
currency = "EUR"
[units.coffees]
one = "coffee"
other = "coffees"
[units.miles]
one = "mile"
other = "miles"
[units.mb]
one = "MB"
other = "MB"
[goals.first-purchase.advocate]
amount = "10.00"
"""


def _section(title: str) -> str:
    found = re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


def _rows(title: str) -> dict[str, str]:
    """Return the settings of the first table of a section, with what is said if they are left out."""
    table = _section(title).partition("| setting |")[2].partition("\n\n")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines()[2:]]
    return {row[0].strip().strip("`"): row[-1].strip() for row in rows}


def _merged(base: Any, more: Any) -> Any:
    if not isinstance(base, dict) or not isinstance(more, dict):
        return more
    return {**base, **{key: _merged(base.get(key), value) for key, value in more.items()}}


def _used(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield every key that stands in a file, with the table that brings it in."""
    table = table_at(path)
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        if table is not None and str(key) in keys_of(table):
            yield _home(table, str(key)).__name__, str(key)
        yield from _used(value, (*path, key))


def _home(table: type[Table], key: str) -> type[Table]:
    """Find the table that a key was first said in: others take it over from there."""
    return [base for base in table.__mro__ if issubclass(base, Table) and key in keys_of(base)][-1]


def _tables() -> set[type[Table]]:
    """Collect every table there is."""
    return {kind for kind in _every_subclass(Table) if kind.__module__.startswith("referrals.program_file.")}


def _every_subclass(table: type[Table]) -> Iterator[type[Table]]:
    for kind in table.__subclasses__():
        yield kind
        yield from _every_subclass(kind)


@pytest.mark.parametrize(("title", "table"), SECTIONS.items(), ids=list(SECTIONS))
def test_a_section_lists_the_settings_of_its_table_and_no_others(title: str, table: type[Table]) -> None:
    wanted = set(keys_of(table))
    if table is not Reward and issubclass(table, Reward):
        wanted -= set(keys_of(Reward))
    assert set(_rows(title)) == wanted


@pytest.mark.parametrize(("title", "table"), SECTIONS.items(), ids=list(SECTIONS))
def test_what_holds_without_a_setting_is_what_the_page_says(title: str, table: type[Table]) -> None:
    for key, said in _rows(title).items():
        info = keys_of(table)[key]
        if info.is_required():
            assert said == "must be there", key
        elif info.default is not None:
            shown = str(info.default).lower() if isinstance(info.default, bool) else str(info.default)
            assert said == f"`{shown}`", key


def test_what_is_left_to_the_reading_of_a_file_is_what_the_page_says() -> None:
    goal = read_program(BASE, ZoneInfo("UTC")).goals[0]
    (rule,) = goal.rewards
    assert _rows("`[goals.NAME]`")["event"] == f"`{goal.events[0]}`"
    assert _rows("`[goals.NAME]`")["hold_days"].startswith(f"{goal.hold.days.days};")
    assert _rows("`[goals.NAME]`")["hold_gives_up_days"] == str(goal.hold.gives_up_after.days)
    assert _rows(REWARDS)["as"] == f"`{rule.first.kind}`"
    assert rule.expiry.after is not None
    assert _rows(REWARDS)["expires_after_days"] == str(rule.expiry.after.days)


def test_how_each_kind_usually_gets_there_is_what_the_page_says() -> None:
    table = _section(REWARDS).partition("| `as` | usual")[2].partition("\n\n")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines()[2:]]
    said = {kind: row[1].strip().strip("`") for row in rows for kind in re.findall("`([a-z-]+)`", row[0])}
    assert said == {kind.value: delivery.value for kind, delivery in USUAL_DELIVERY.items()}


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_can_be_used(example: str) -> None:
    data = _merged(tomllib.loads(BASE), tomllib.loads(example, parse_float=Decimal))
    file = File.model_validate(data)
    assert [fault.words for fault in faults(file)] == []


def test_the_first_example_is_a_whole_program() -> None:
    checked = check_program(EXAMPLES[0], ZoneInfo("UTC"))
    assert (checked.faults, checked.doubts) == ((), ())


def test_every_setting_there_is_stands_in_an_example() -> None:
    used = {pair for example in EXAMPLES for pair in _used(tomllib.loads(example, parse_float=Decimal))}
    every = {(_home(table, key).__name__, key) for table in _tables() for key in keys_of(table)}
    assert every - used == set()


def test_every_field_that_conditions_look_at_is_explained() -> None:
    table = _section("Conditions: `all` and `any`").partition("| field |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`([a-zA-Z_.]+)`", "\n".join(line.split("|")[1] for line in table.splitlines()[2:])))
    assert named == {*FIELDS, "property.NAME", "friend.NAME", "advocate.NAME"}
