"""A program file with every key is read, and each way of breaking it is answered at its place with the remedy."""

import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.program_file import ProgramFileError, check_program, read_program
from tests.referrals.rich_files import BROKEN, EVERYTHING

BERLIN = ZoneInfo("Europe/Berlin")
OF_OUR_PARTS = r"(?i:input should|valid (integer|string)|pydantic|toml|pattern|permitted|dict\b|tuple)|None"


def test_a_file_with_every_key_is_fine() -> None:
    checked = check_program(EVERYTHING, BERLIN)
    assert (checked.faults, checked.doubts) == ((), ())
    assert checked.program == read_program(EVERYTHING, BERLIN)


@pytest.mark.parametrize(("old", "new", "under", "words"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_what_is_broken_is_answered_at_its_place(old: str, new: str, under: str, words: str) -> None:
    assert EVERYTHING.count(old) >= 1
    text = EVERYTHING.replace(old, new, 1)
    with pytest.raises(ProgramFileError) as refused:
        read_program(text, BERLIN)
    error = refused.value
    message = str(error)
    line = text.split("\n")[error.line - 1]
    assert f"{line}\n"[error.column - 1 :].startswith(under), f"{message}\n{line}\n{'^':>{error.column}}"
    assert re.search(words, message), message
    assert not re.search(OF_OUR_PARTS, message), message
    assert len(message) < 400


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        EVERYTHING.replace('currency = "EUR"', 'curency = "EUR"')
        .replace("valid_days = 20", "valid_days = 0")
        .replace('"75.00"', '"75.001"')
        .replace("winners = 2", 'winners = "2"')
    )
    assert [fault.path for fault in check_program(text, BERLIN).faults] == [
        "program.curency",
        "vouchers.valid_days",
        "goals.stay.minimum",
        "contests.race.winners",
    ]


def test_a_fault_does_not_hide_the_others_of_its_table() -> None:
    head = '[program]\nid = "x"\nname = "X"\ncurrency = "EUR"\n[goals.a]\n[goals.a.advocate]\n'
    text = f'{head}amount = 5\npercent = "120"\nas = "gift-card"\n'
    text += '[milestones.m]\nat = 0\ngoals = ["zzz"]\namount = "1.005"\n'
    assert [fault.path for fault in check_program(text, BERLIN).faults] == [
        "goals.a.advocate.amount",
        "goals.a.advocate.percent",
        "goals.a.advocate.as",
        "milestones.m.at",
        "milestones.m.goals.1",
        "milestones.m.amount",
    ]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (
            '[program]\nid = "x"\nname = "X"\nends = 2027-01-01\nstarts = 2027-02-01\n'
            "[vouchers]\nvalid_days = 0\n[goals.a]\n",
            ["program.ends", "vouchers.valid_days", "program.currency"],
        ),
        (
            '[program]\nname = "X"\ncurrency = "EUR"\nends = 2027-01-01\nstarts = 2027-02-01\n[goals.a]\n',
            ["program.ends", "program.id", "goals.a"],
        ),
        (
            '[program]\nid = "x"\nname = "X"\ncurrency = "EUR"\n[goals.a]\n[goals.a.advocate]\namount = "1.00"\n'
            '[milestones.m]\ngoals = ["zzz"]\n',
            ["milestones.m", "milestones.m.at", "milestones.m.goals.1"],
        ),
        (
            '[program]\nid = "x"\nname = "X"\ncurrency = "EUR"\n[goals.a]\n[goals.a.advocate]\n'
            'tiers = [{ amount = "1.005" }]\n[goals.a.friend]\namount = { a = "2.005" }\n',
            [
                "goals.a.advocate.tiers.1.amount",
                "goals.a.advocate.tiers.1.from",
                "goals.a.friend.amount.a",
                "goals.a.friend.amount.by",
            ],
        ),
    ],
)
def test_what_is_missing_does_not_hide_the_other_faults_of_its_table(text: str, paths: list[str]) -> None:
    assert sorted(fault.path for fault in check_program(text, BERLIN).faults) == sorted(paths)


@pytest.mark.parametrize(
    "lines",
    [
        'amount = "5.00"\nas = "gift-card"\nstock = 5',
        'amount = "5.00"\nas = "gift-card"\nlager = "codes"',
        'amount = "5.001"\nunit = 5',
        'amount = "5.00"\nas = "credits"\ndelivery = "balance"',
    ],
)
def test_what_only_follows_from_a_fault_is_not_told_as_well(lines: str) -> None:
    head = '[program]\nid = "x"\nname = "X"\ncurrency = "EUR"\n[goals.a]\n[goals.a.advocate]\n'
    assert len(check_program(f"{head}{lines}\n", BERLIN).faults) == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("events = []", r'This list is empty\..* such as \["signup", "purchase"\]'),
        ("advocate = { choose = {} }", "There is nothing to choose"),
    ],
)
def test_what_is_empty_is_called_empty(line: str, words: str) -> None:
    head = '[program]\nid = "x"\nname = "X"\ncurrency = "EUR"\n[goals.a]\n'
    assert re.search(words, check_program(f"{head}{line}\n", BERLIN).faults[0].message)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ends = 31.12.2027", "Write a date as year-month-day"),
        ("ends = 12/31/2027", "Write a date as year-month-day"),
        ("rolling = yes", "Write true or false, in small letters"),
        ("rolling = True # always", "Write true or false, in small letters"),
        ("destination = null", "Leave the line out"),
        ("advocate = {", "Braces open and close on one line"),
        ('advocate = { amount = "5.00",', "Braces open and close on one line"),
        ("[goals.First Purchase]", "A section's name has no spaces"),
        ("minimum: 5", "in place of the colon"),
        ("minimum\u00a0= 5", "cannot be seen"),
        ('says = "\x07"', "cannot be seen"),
        ("minimum ＝ 5", "no equals sign"),
    ],
)
def test_what_is_written_out_of_habit_is_answered_with_what_to_write(line: str, words: str) -> None:
    head = '[program]\nid = "x"\nname = "X"\ncurrency = "EUR"\n[goals.a]\n'
    fault = check_program(f"{head}{line}\n", BERLIN).faults[0]
    assert (fault.line, words in fault.message) == (6, True), fault


def test_lines_that_are_not_toml_do_not_hide_the_others() -> None:
    text = (
        EVERYTHING.replace('name = "Stay & Ride"', "name = “Stay & Ride”")
        .replace("valid_days = 20", "valid_days = 0")
        .replace("[units.miles]", "[units.miles")
        .replace("winners = 3", "winners 3")
    )
    found = check_program(text, BERLIN).faults
    assert [text.splitlines()[fault.line - 1] for fault in found] == [
        "name = “Stay & Ride”",
        "valid_days = 0",
        "[units.miles",
        "winners 3",
    ]


@pytest.mark.parametrize("mark", ["[", "{ a = ", "[[", '"""', "{", "(", '"', "\\"])
@pytest.mark.parametrize("before", ["x = ", "", "[goals.stay]\nall = "])
def test_a_hundred_thousand_marks_are_answered(mark: str, before: str) -> None:
    found = check_program(before + mark * (100_000 // len(mark)), BERLIN)
    assert found.program is None
    assert found.faults
    assert all(len(fault.message) < 400 for fault in found.faults)


@pytest.mark.parametrize("part", ["a.", "[a.", "x = { a."])
def test_a_name_without_end_is_answered_at_once(part: str) -> None:
    """The TOML reader alone would take five minutes for it."""
    head, tail = part[:-2], part[-2:]
    found = check_program(f"{EVERYTHING}\n{head}{tail * 50_000}b = 1", BERLIN)
    assert [(fault.line, "so many points" in fault.message) for fault in found.faults] == [
        (EVERYTHING.count("\n") + 2, True)
    ]


def test_a_file_that_is_no_program_at_all_is_answered() -> None:
    (fault,) = check_program("# notes\n" * 100_000, BERLIN).faults
    assert "too large for a program" in fault.message


@pytest.mark.parametrize("deep", [5, 10, 30, 100])
def test_groups_in_groups_are_read_or_answered(deep: int) -> None:
    group = '{ field = "product", is = "x" }'
    for _ in range(deep):
        group = f"{{ any = [{group}] }}"
    text = EVERYTHING.replace('{ field = "first", is = true },', f"{group},")
    found = check_program(text, BERLIN)
    assert (found.program is not None) == (deep <= 5)
    assert found.program or "too deep" in found.faults[0].message


@pytest.mark.parametrize(
    "tail", ["\x00", "\ud7ff", "é\u0301", "\u202e", "﷽", "'''", "🎉 = 1", "=", "= =", "[.]", "..", "x.y"]
)
def test_odd_endings_are_answered(tail: str) -> None:
    found = check_program(f"{EVERYTHING}\n{tail}\n", BERLIN)
    assert found.faults
    assert found.faults[-1].line >= EVERYTHING.count("\n")


def test_a_new_word_in_an_old_place_is_said_with_its_home() -> None:
    text = EVERYTHING.replace("[vouchers]\n", '[vouchers]\nfirst_to = 3\nmost_in = "week"\n')
    messages = [fault.message for fault in check_program(text, BERLIN).faults]
    assert all("Put it below [contests.…]" in message for message in messages)
    assert len(messages) == 2


@given(st.data())
def test_whatever_is_cut_out_or_doubled_is_answered(data: st.DataObject) -> None:
    """People cut and paste: any stretch of the file may be missing, or stand there twice."""
    start = data.draw(st.integers(0, len(EVERYTHING)))
    end = data.draw(st.integers(start, min(len(EVERYTHING), start + 60)))
    for text in (EVERYTHING[:start] + EVERYTHING[end:], EVERYTHING[:end] + EVERYTHING[start:]):
        found = check_program(text, BERLIN)
        assert (found.program is None) == bool(found.faults)
        for fault in found.faults:
            assert 0 <= fault.line <= text.count("\n") + 1
            assert not re.search(OF_OUR_PARTS, fault.message), fault.message
