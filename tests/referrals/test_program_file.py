"""A program file is read exactly, and a broken one is answered with the line and the remedy."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.brand import Brand
from referrals.money import Amount
from referrals.program import Program
from referrals.program_file import ProgramFileError, preset, preset_names, read_program
from referrals.rewarding import Fixed, Portion, Side
from tests.referrals.program_files import BROKEN, FILE

BERLIN = ZoneInfo("Europe/Berlin")


def _read(text: str, zone: ZoneInfo = BERLIN) -> Program:
    return read_program(text, zone)


def _line_at_fault(text: str) -> int:
    try:
        _read(text)
    except ProgramFileError as error:
        return error.line
    return 0


def _broken(text: str) -> ProgramFileError:
    with pytest.raises(ProgramFileError) as refused:
        _read(text)
    return refused.value


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_reads(name: str) -> None:
    assert _read(preset(name)).id == name


def test_the_demo_rewards_both_friends() -> None:
    demo = read_program(preset("demo"), BERLIN, revision=3)
    goal = demo.goal("first-purchase")
    assert demo.revision == 3
    assert goal is not None
    assert goal.minimum == Amount(1000, "EUR")
    assert {rule.side: rule.first.size for rule in goal.rewards} == {
        Side.ADVOCATE: Fixed(Amount(1000, "EUR")),
        Side.FRIEND: Fixed(Amount(500, "EUR")),
    }


def test_an_unknown_preset_is_answered_with_those_there_are() -> None:
    with pytest.raises(ProgramFileError, match=r"no preset called summer\. There are: .*demo"):
        preset("summer")


def test_everything_a_file_says_is_in_the_program() -> None:
    program = _read(FILE)
    goal = program.goals[0]
    advocate, friend = goal.rewards
    assert (program.id, program.name, program.currency) == ("spring-2027", "Bäckerei Ölmühle 👩‍🍳", "EUR")
    assert program.destination == "https://example.com/spring?from=friends"
    days = (
        program.qualify_within,
        program.claim_within,
        program.voucher_valid_for,
        goal.hold.days,
        advocate.expiry.after,
    )
    assert days == tuple(timedelta(days=number) for number in (30, 7, 20, 0, 60))
    assert (goal.name, goal.events, goal.minimum) == ("first-purchase", ("order.paid",), Amount(2000, "EUR"))
    assert (advocate.side, advocate.first.size) == (Side.ADVOCATE, Portion(Decimal("7.5")))
    assert (friend.side, friend.first.size, friend.first.unit) == (Side.FRIEND, Fixed(Amount(2, "coffees")), "coffees")
    assert friend.expiry.after == timedelta(days=90)
    assert program.names_of("coffees") == {"en": (("one", "coffee"), ("other", "coffees"))}
    assert program.names_of("EUR") == {}


def test_the_brand_is_the_shops_own_or_none() -> None:
    assert _read(FILE).brand == Brand()
    branded = f'{FILE}\n[brand]\ncolor = "#8F7200"\nlogo = "brand/logo.png"'
    assert _read(branded).brand == Brand("#8f7200", "brand/logo.png")
    assert _read(f'{FILE}\n[brand]\nlogo = "https://cdn.example/logo"').brand.logo == "https://cdn.example/logo"


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ('color = "#ffcc00"', r'#ffcc00 is too pale .* 1\.5 to 1, and WCAG AA asks for 4\.5 to 1\. .*"#8f7200"'),
        ('color = "gold"', r'"gold" does not fit\. .*"#6a38cf"'),
        ('colour = "#000000"', r"Did you mean color\?"),
        ('logo = "http://a.example/l.png"', "https address"),
        ('logo = "/etc/passwd"', r"ends in \.png"),
        ('logo = "a\\u0000.png"', "does not fit"),
    ],
)
def test_a_brand_that_cannot_be_shown_is_answered_with_what_can(line: str, remedy: str) -> None:
    text = f"{FILE}\n[brand]\n{line}\n"
    error = _broken(text)
    assert re.search(remedy, str(error))
    assert error.line == text.count("\n")


def test_both_days_count_in_full_across_the_clock_changes() -> None:
    # 28 March has 23 hours in Berlin, 31 October 25.
    program = _read(FILE)
    assert program.starts == datetime(2027, 3, 27, 23, tzinfo=UTC)
    assert program.ends == datetime(2027, 10, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "starts", "ends"),
    [
        ("America/New_York", "2027-03-28T04:00Z", "2027-11-01T04:00Z"),
        ("Asia/Kolkata", "2027-03-27T18:30Z", "2027-10-31T18:30Z"),
        ("Pacific/Apia", "2027-03-27T11:00Z", "2027-10-31T11:00Z"),
    ],
)
def test_days_are_those_of_the_business(zone: str, starts: str, ends: str) -> None:
    program = _read(FILE, ZoneInfo(zone))
    assert (program.starts, program.ends) == (datetime.fromisoformat(starts), datetime.fromisoformat(ends))


def test_a_program_of_one_day_is_open_for_that_day() -> None:
    program = _read(FILE.replace("ends = 2027-10-31", "ends = 2027-03-28"))
    assert program.starts is not None
    assert program.ends is not None
    assert program.ends - program.starts == timedelta(hours=23)


@given(st.dates(date(2000, 1, 1), date(2199, 12, 31)), st.sampled_from(["Pacific/Apia", "Pacific/Pago_Pago", "UTC"]))
def test_any_day_of_two_centuries_can_be_the_last(day: date, zone: str) -> None:
    text = FILE.replace("starts = 2027-03-28\n", "").replace("ends = 2027-10-31", f"ends = {day.isoformat()}")
    program = _read(text, ZoneInfo(zone))
    assert program.ends is not None
    assert abs(program.ends - datetime(day.year, day.month, day.day, tzinfo=UTC)) <= timedelta(days=2)


def test_files_from_windows_read_the_same() -> None:
    assert _read("\ufeff" + FILE.replace("\n", "\r\n")) == _read(FILE)


def test_other_ways_to_write_toml_read_the_same() -> None:
    inline = FILE[: FILE.index("[goals.first-purchase.friend]")]
    inline = inline.replace("hold_days = 0", 'hold_days = 0\nfriend = { amount = "2", unit = "coffees" }')
    inline = inline.replace("[joining]\nqualify_within_days", "[joining]\n'qualify_within_days'")
    assert _read(inline) == _read(FILE)


@pytest.mark.parametrize(("old", "new", "line", "words"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_file_is_answered_with_its_line_and_the_remedy(old: str, new: str, line: str, words: str) -> None:
    text = FILE.replace(old, new)
    assert text != FILE
    error = _broken(text)
    message = str(error)
    number = next(number for number, each in enumerate(text.splitlines(), start=1) if each.startswith(line))
    assert error.line == number, message
    assert message.startswith(f"Line {number}, column {error.column}: ")
    assert re.search(words, message.removeprefix(f"Line {number}, column {error.column}: ")), message
    # None of the words of the parts we read it with.
    assert not re.search(r"(?i)input should|valid (integer|string)|pydantic|toml|pattern|permitted|dict", message)
    assert len(message) < 300


def _goal(more: str) -> str:
    return FILE[: FILE.index("[goals.first-purchase]")] + more


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, r"program: This section is missing\. Add it: a line \[program\]"),
        ("   \n# nothing yet\n", 0, r"program: This section is missing"),
        (_goal(""), 0, r"goals: This section is missing\. Add it: a line \[goals\.first-purchase\]"),
        (_goal("[goals]\n"), 21, "No goal says what a friend must do"),
        (_goal("goals = 3\n"), 21, "Did you mean|no such setting|is a section"),
        (_goal("[goals.first]\n"), 21, r"Nobody is rewarded\. Add \[goals\.first\.advocate\]"),
        (_goal("[goals.first]\nfriend = 5\n"), 22, r"This is a section\. Write \[goals\.first\.friend\]"),
        (_goal('[goals.first]\nfriend = { amount = 5 }\n'), 22, r"goals\.first\.friend\.amount: 5 does not fit"),
        (_goal('[goals.first]\nfriend.amount = "5"\nfriend.unit = "tea"\n'), 23, "no unit tea"),
        ('goals = 3\n' + FILE[: FILE.index("[goals")], 1, r"This is a section\. Write \[goals\.first-purchase\]"),
        ('program = "spring"\n', 1, r"This is a section\. Write \[program\] on a line of its own"),
        ("[[program]]\n", 1, r"This is a section\. Write \[program\]"),
        ("x = " + "[" * 20000, 1, "."),
        ("x = 1" + "0" * 5000, 1, "."),
        ("\x00", 1, "a character that cannot be seen"),
        ("🎉", 1, "Write a section such as"),
        (FILE + 'note = "never closed', 33, "Put a straight quote at its end"),
        (FILE + "note = [1", 33, "A bracket is not closed"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_whole_file_is_said_too(text: str, line: int, words: str) -> None:
    error = _broken(text)
    assert (error.line, bool(re.search(words, str(error)))) == (line, True), str(error)


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_is_a_program_or_an_error(text: str) -> None:
    for whole in (text, FILE + text, FILE.replace("Bäckerei", text), FILE.replace("spring-2027", text)):
        assert 0 <= _line_at_fault(whole) <= whole.count("\n") + 1
