"""`grapevine program simulate`: a shop's file is read, or answered with its line and a remedy; the cost is told."""

import io
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.cli.histories import OWN, History, WrongLine
from bot.cli.simulated import MEANS, report_lines
from referrals.money import Amount
from referrals.program_file import preset, preset_names, read_program
from referrals.simulating import Simulation
from referrals.simulation_records import Row
from storage.scratch import Scratch
from tests.architecture.sources import ROOT
from tests.bot.commands import at_terminal, grapevine

BERLIN = ZoneInfo("Europe/Berlin")
HEADING = "at,customer,id,type,amount,currency,refers_to,invited_by\n"
GOOD = (
    HEADING
    + "2026-01-05T10:00:00+01:00,ann,,joined,,,,zoe\n"
    + "2026-01-06,ann,o1,purchase,20.00,EUR,,zoe\n"
    + "2026-01-07,bob,o2,purchase,30.00,EUR,,\n"
    + "2026-01-08,ann,o3,purchase,12.50,,,\n"
    + "2026-02-01,cid,o4,purchase,40.00,,,zoe\n"
    + "2026-02-02,,r1,refund,40.00,,o4,\n"
)
LOOKS = """
[program]
id = "looks"
name = "Looks"
currency = "EUR"
[goals.tea]
event = "purchase"
all = [
  { field = "product", is = "tea" }, { field = "property.shelf", is = "top" },
  { field = "friend.plan", is = "plus" }, { field = "source", is = "web" },
]
[goals.tea.advocate]
percent = "10"
[contests.most]
most_in = "month"
amount = "50.00"
"""


def read(text: str, program: str = "") -> list[Row]:
    """Read a history as the command does."""
    return list(History(io.StringIO(text, newline=""), read_program(program or preset("demo"), BERLIN), BERLIN).rows())


BROKEN = {
    "nothing": ("", "line 1: the file is empty. The first line names the columns, such as: at,customer,type"),
    "empty lines": ("\n\n", "line 1: the file is empty"),
    "no moment column": ("when,customer\n", "line 1: there is no column “at”"),
    "no customer column": ("at,amount\n2026-01-01,1\n", "line 1: there is no column “customer”"),
    "no heading": ("2026-01-01,ann,20.00\n", "line 1: there is no column “at”"),
    "a column twice": ("at,customer,At\n", "line 1: the column “at” is there twice. Rename or remove one of them."),
    "no moment": ("at,customer\n,ann\n", "line 2: it does not say when. Write it like 2026-11-22 or"),
    "an American date": ("at,customer\n11/22/2026,ann\n", "line 2: “11/22/2026” is no moment. Write it like"),
    "no such day": ("at,customer\n2026-02-30,ann\n", "line 2: “2026-02-30” is no moment."),
    "before all time": ("at,customer\n0001-01-01T00:00:00+01:00,a\n", "is no moment. Write it like"),
    "a long text": ("at,customer\n" + "x" * 90 + ",a\n", "“" + "x" * 40 + "…” is no moment"),
    "no customer": ("at,customer\n2026-01-01, \n", "line 2: no customer is named. Write their id, or leave"),
    "newest first": ("at,customer\n2026-01-02,a\n2026-01-01,b\n", "line 3: this happened before the line above"),
    "no number": (HEADING + "2026-01-01,a,o,purchase,twenty,,,\n", "line 2: the amount “twenty” cannot be used."),
    "a decimal comma": (HEADING + '2026-01-01,a,o,purchase,"19,90",,,\n', "Write it with a point before the cents"),
    "thousands": (HEADING + '2026-01-01,a,o,purchase,"1,234.50",,,\n', "such as 1234.50."),
    "a sign": (HEADING + "2026-01-01,a,o,purchase,-5.00,,,\n", "What was given back is a line of its own"),
    "a currency sign": (HEADING + "2026-01-01,a,o,purchase,€5,,,\n", "line 2: the amount “€5” cannot be used."),
    "too many digits": (HEADING + "2026-01-01,a,o,purchase,5.001,,,\n", "EUR has 2 decimal places, not 3."),
    "yen with cents": (HEADING + "2026-01-01,a,o,purchase,5.01,JPY,,\n", "JPY has 0 decimal places, not 2."),
    "too much": (HEADING + "2026-01-01,a,o,purchase,99999999999,,,\n", "too large to be a real purchase"),
    "no currency": (HEADING + "2026-01-01,a,o,purchase,5,Euro,,\n", "“Euro” is no currency. Write three letters"),
    "an open quote": ('at,customer\n2026-01-01,"ann\n2026-01-02,bob\n', "line 2: the quotes do not match."),
    "a quote inside": ('at,customer\n2026-01-01,"an"n"\n', "the quotes do not match. A cell in quotes"),
    "too many cells": ("at,customer\n2026-01-01,ann,20.00\n", "line 2: there are 3 cells, and the first line names 2"),
    "the fourth line": (HEADING + "2026-01-01,a\n\n2026-01-02,a,,,x\n", "line 4: the amount “x” cannot be used."),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_said_with_its_line_and_a_remedy(name: str) -> None:
    text, said = BROKEN[name]
    with pytest.raises(WrongLine) as raised:
        read(text)
    assert said in str(raised.value)
    assert str(raised.value).startswith("line ")


def test_every_cell_is_read_as_it_is_meant() -> None:
    (row,) = read(
        " AT ,customer,Type,id,amount,currency,refers_to,invited_by,source,product,Property.shelf,customer.plan,note\n"
        '2026-11-22T14:30:00.5+01:00," ann, the first",purchase,o-1,19.90,usd,,"zo""e",web,tea,top,plus,hello\n',
        LOOKS,
    )
    assert row == Row(
        line=2,
        at=datetime(2026, 11, 22, 13, 30, 0, 500_000, tzinfo=UTC),
        customer="ann, the first",
        type="purchase",
        id="o-1",
        amount=Amount(1990, "USD"),
        refers_to="",
        invited_by='zo"e',
        source="web",
        properties={"product": "tea", "shelf": "top"},
        attributes={"plan": "plus"},
    )


def test_columns_that_no_rule_looks_at_are_told_and_so_are_those_that_are_missed() -> None:
    program = read_program(LOOKS, BERLIN)
    heading = History(io.StringIO("at,customer,product,colour,customer.city\n"), program, BERLIN).heading
    assert heading.idle == ("colour", "customer.city")
    assert heading.missing == ("customer.plan", "shelf")


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2026-07-01", 22),  # the business's midnight
        ("2026-07-01 00:00", 22),
        ("2026-07-01T00:00:00Z", 0),
        ("2026-07-01 00:00:00 UTC", 0),
        ("2026-07-01 05:30:00 +0530", 0),
        ("2026-06-30 20:00:00 -04:00", 0),
    ],
)
def test_moments_are_read_as_shops_write_them(written: str, hour: int) -> None:
    (row,) = read(f"at,customer\n{written},ann\n")
    assert (row.at.hour, row.at.minute, row.at.tzinfo) == (hour, 0, UTC)


def test_the_hour_that_comes_twice_in_autumn_is_no_step_back() -> None:
    rows = read("at,customer\n2026-10-25 02:50,ann\n2026-10-25 02:10,bob\n2026-10-25 03:00,cid\n")
    assert [row.at.isoformat()[11:16] for row in rows] == ["00:50", "01:10", "02:00"]


@pytest.mark.parametrize("between", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_lines_are_split_as_spreadsheets_write_them(between: str, ends: str) -> None:
    text = GOOD.replace(",", between).replace("\n", ends)
    assert read(text) == read(GOOD)


def test_a_cell_may_run_over_several_lines_and_its_row_is_named_by_the_first() -> None:
    rows = read('at,customer,note\n2026-01-01,ann,"two\nlines"\n2026-01-02,bob,\n')
    assert [row.line for row in rows] == [2, 4]


def test_the_report_says_what_an_owner_asks() -> None:
    program = read_program(preset("demo"), BERLIN)
    text = GOOD.replace("cid,o4", "dee,o0,purchase,1.00,,,zoe\n2026-02-01,cid,o4")
    history = History(io.StringIO(text), program, BERLIN)
    with Scratch() as memory:
        simulation = Simulation(program, memory)
        for row in history.rows():
            simulation.play(row)
        lines = "\n".join(report_lines(simulation.report, program, history.heading))
    assert lines == REPORT


REPORT = """\
Corner Café: 7 lines replayed, from 2026-01-05 to 2026-02-02.
3 friends would have joined through somebody; 1 of them qualified.
They brought most: zoe (1).

It would have cost, less what refunds took back:
  to advocates             1 reward              10.00 EUR
  to friends               1 reward               5.00 EUR
  in all                                         15.00 EUR  (15.00 EUR for each who qualified)
  taken back               2 rewards             15.00 EUR

Granted by month, before refunds:
  2026-01            15.00 EUR
  2026-02            15.00 EUR

What led to nothing, and why:
          1 × below-minimum: the purchase was too small (line 6)
          1 × goal-reached-before: the friend had reached the goal already, and it counts no more often (line 5)
          1 × not-invited: nobody had invited the customer

Every hold is taken to have passed, and every reward to be used."""


async def test_the_command_tells_the_cost_and_nothing_else_on_standard_output(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("\ufeff" + GOOD, encoding="utf-8")
    said = await grapevine(tmp_path, "program", "simulate", "demo", "--events", "orders.csv")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("Corner Café: 6 lines replayed, from 2026-01-05 to 2026-02-02.\n")


async def test_what_cannot_be_replayed_ends_with_one_and_one_line(tmp_path: Path) -> None:
    async def complaint(*words: str) -> str:
        said = await grapevine(tmp_path, "program", "simulate", *words)
        assert (said.status, said.out) == (1, "")
        return said.err

    (tmp_path / "latin.csv").write_bytes(HEADING.encode() + "2026-01-01,josé\n".encode("latin-1"))
    (tmp_path / "bad.toml").write_text("[program]\n")
    assert await complaint("demo", "--events", "none.csv") == "none.csv cannot be read: No such file or directory.\n"
    assert "not UTF-8. Save it as “CSV UTF-8” and try again." in await complaint("demo", "--events", "latin.csv")
    assert (await complaint("bad.toml", "--events", "latin.csv")).startswith("bad.toml: ")
    assert "nope is neither a preset (" in await complaint("nope", "--events", "latin.csv")


async def test_a_bar_shows_at_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text(GOOD)
    shown = await at_terminal(tmp_path, ["program", "simulate", "demo", "--events", "orders.csv"], [])
    assert "Replaying" in shown
    assert "100%" in shown
    assert "friends would have joined" in shown


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_can_be_simulated(name: str) -> None:
    program = read_program(preset(name), BERLIN)
    types = {event for goal in program.goals for event in goal.events}
    lines = [f"2026-01-{day + 2:02},f{day},o{day}{kind},{kind},90.00,,,a" for day in range(5) for kind in sorted(types)]
    history = History(io.StringIO(HEADING.replace("EUR", program.currency) + "\n".join(lines)), program, BERLIN)
    with Scratch() as memory:
        simulation = Simulation(program, memory)
        for row in history.rows():
            simulation.play(row)
        simulation.finish()
        assert f"{program.name}: {len(lines)} lines replayed" in "\n".join(
            report_lines(simulation.report, program, history.heading)
        )


def test_the_page_names_every_column_and_every_reason() -> None:
    page = (ROOT / "docs" / "simulating.md").read_text(encoding="utf-8")
    for name in OWN:
        assert f"| `{name}` |" in page
    for code, meaning in MEANS.items():
        assert f"| `{code}` | {meaning} |" in page
    listed = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(listed) == len(OWN) + 1 + len(MEANS)  # and one for `customer.…`
