"""Money, things, days and people's own words, each as its reader writes them."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.formats import day_text, isolated, moment_text, number_text, one_line, rate_text, worth_text
from messages.message import Rate, Worth
from referrals.money import CURRENCIES, LARGEST_MINOR_UNITS, Amount

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minor", "unit", "language", "written"),
    [
        (1000, "EUR", "en", "€10"),
        (950, "EUR", "en", "€9.50"),
        (123456789, "USD", "en", "$1,234,567.89"),
        (0, "EUR", "en", "€0"),
        (-1005, "EUR", "en", "-€10.05"),
        (1000, "EUR", "de", "10\u00a0€"),
        (500, "JPY", "en", "¥500"),
        (1500, "KWD", "en", "KWD\u00a01.500"),
        (1050, "HUF", "en", "HUF\u00a010.50"),
    ],
)
def test_money_has_its_exact_digits_or_none(minor: int, unit: str, language: str, written: str) -> None:
    assert worth_text(Worth(Amount(minor, unit)), language) == written


@given(
    minor=st.integers(-LARGEST_MINOR_UNITS, LARGEST_MINOR_UNITS),
    unit=st.sampled_from(sorted(CURRENCIES)),
)
def test_no_cent_is_lost(minor: int, unit: str) -> None:
    amount = Amount(minor, unit)
    written = worth_text(Worth(amount), "en")
    [digits] = re.findall(r"\d[\d,]*(?:\.\d+)?", written)
    value = Decimal(digits.replace(",", ""))
    assert (-value if written.startswith("-") else value) == Decimal(amount.decimal())


COFFEE = (("one", "free coffee"), ("other", "free coffees"))


@pytest.mark.parametrize(
    ("count", "names", "written"),
    [
        (1, COFFEE, "1 free coffee"),
        (3, COFFEE, "3 free coffees"),
        (1200, COFFEE, "1,200 free coffees"),
        (3, (("one", "coffee"),), "3 stamp"),
        (2, (), "2 stamp"),
        (2, (("other", "stamps\n\u202e"),), "2 stamps"),
    ],
)
def test_things_are_counted(count: int, names: tuple[tuple[str, str], ...], written: str) -> None:
    assert worth_text(Worth(Amount(count, "stamp"), names), "en") == written


def test_things_are_counted_by_the_readers_rules() -> None:
    names = (("one", "кофе"), ("few", "чашки"), ("many", "чашек"), ("other", "чашки"))
    written = [worth_text(Worth(Amount(count, "cup"), names), "ru") for count in (1, 2, 5, 21)]
    assert written == ["1 кофе", "2 чашки", "5 чашек", "21 кофе"]


@pytest.mark.parametrize(
    ("part", "whole", "language", "written"),
    [
        (0, 0, "en", "–"),
        (0, 7, "en", "0%"),
        (7, 7, "en", "100%"),
        (1, 3, "en", "33.3%"),
        (1, 8, "de", "12,5\u00a0%"),
        (1, 400, "en", "0.2%"),  # half to even
        (3, 400, "en", "0.8%"),
        (1, 3_000_000, "en", "0%"),
        (12, 1, "en", "1,200%"),
    ],
)
def test_a_rate_has_one_digit_at_most(part: int, whole: int, language: str, written: str) -> None:
    assert rate_text(Rate(part, whole), language) == written


def test_a_count_is_grouped_as_its_reader_groups() -> None:
    assert [number_text(1_234_567, language) for language in ("en", "de")] == ["1,234,567", "1.234.567"]


@pytest.mark.parametrize(
    ("language", "day", "year", "moment"),
    [
        ("en", "24 November", "24 November 2026", "24 November, 14:05"),
        ("de", "24. November", "24. November 2026", "24. November, 14:05"),
        ("en-US", "November 24", "November 24, 2026", "November 24, 2:05\u202fPM"),
        ("ja", "11月24日", "2026年11月24日", "11月24日 14:05"),
    ],
)
def test_dates_are_local(language: str, day: str, year: str, moment: str) -> None:
    assert day_text(NOON, language, zone=BERLIN) == day
    assert day_text(NOON, language, zone=BERLIN, with_year=True) == year
    assert moment_text(NOON, language, zone=BERLIN) == moment


def test_the_same_moment_is_another_day_elsewhere() -> None:
    assert day_text(NOON, "en", zone=ZoneInfo("Pacific/Auckland")) == "25 November"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        day_text(NOON.replace(tzinfo=None), "en", zone=BERLIN)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("  Ben \n\t Miller ", "Ben Miller"),
        ("Ben\x00\x1b[31m", "Ben [31m"),
        ("\u202eneB\u2066", "neB"),
        ("\ud800Ben", "Ben"),
        ("👩‍👩‍👧 Ada", "👩‍👩‍👧 Ada"),
        ("x" * 64, "x" * 64),
        ("x" * 4000, "x" * 63 + "…"),
        ("x" * 62 + "e\u0301" * 9, "x" * 62 + "e…"),
        ("x" * 62 + " yz", "x" * 62 + "…"),
    ],
)
def test_a_name_is_one_short_line(name: str, line: str) -> None:
    assert one_line(name) == line


@pytest.mark.parametrize(
    ("name", "shown"), [("ليلى", "\u2068ليلى\u2069"), ("דנה B", "\u2068דנה B\u2069"), ("Ben 7", "Ben 7"), ("", "")]
)
def test_only_right_to_left_is_isolated(name: str, shown: str) -> None:
    assert isolated(name) == shown
