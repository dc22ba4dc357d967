"""Amounts are exact: what is read is what is written, and nothing doubtful is read at all."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.money import CURRENCIES, LARGEST_MINOR_UNITS, Amount, AmountError, parse_amount, share_of

UNITS = st.sampled_from([*CURRENCIES, "points"])
MINORS = st.integers(0, LARGEST_MINOR_UNITS)


@given(MINORS, UNITS)
def test_what_is_written_reads_as_itself(minor: int, unit: str) -> None:
    amount = Amount(minor, unit)
    assert parse_amount(amount.decimal(), unit) == amount


@given(st.integers(-(2**63), 2**63 - 1), UNITS)
def test_the_largest_column_is_written_without_rounding(minor: int, unit: str) -> None:
    written = Amount(minor, unit).decimal()
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", written)
    assert Fraction(written) * 10 ** CURRENCIES.get(unit, 0) == minor


@pytest.mark.parametrize(
    ("text", "unit", "minor"),
    [
        ("19.90", "EUR", 1990),
        ("19.9", "EUR", 1990),
        ("19", "EUR", 1900),
        ("0", "EUR", 0),
        ("0.01", "USD", 1),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
        ("1.2", "KWD", 1200),
        ("1.2345", "CLF", 12345),
        ("3", "coffees", 3),
    ],
)
def test_minor_digits_are_those_of_the_unit(text: str, unit: str, minor: int) -> None:
    assert parse_amount(text, unit) == Amount(minor, unit)


@pytest.mark.parametrize(
    ("text", "unit", "digits"), [("1.5", "JPY", 0), ("1.005", "EUR", 2), ("1.2345", "KWD", 3), ("1.0", "coffees", 0)]
)
def test_more_digits_than_the_unit_has_are_refused(text: str, unit: str, digits: int) -> None:
    with pytest.raises(AmountError, match=f"{unit} has {digits} decimal places"):
        parse_amount(text, unit)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "-1",
            "+1",
            "−1",
            "1e3",
            "1E3",
            "1_000",
            "1,5",
            "1.",
            ".5",
            "1.2.3",
            "007",
            "00",
            "0x10",
            " 1",
            "1 ",
        ),
        *("1\n", "1\x00", "NaN", "Infinity", "-0", "١٢", "１２", "1²", "५", "€1", "1€", "𝟏", "ten", "1.٥", "1e-400"),
        *("1" * 16, "1" * 4000, "0.12345", "0." + "0" * 4000),
    ],
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(AmountError, match=r"plain decimal number"):
        parse_amount(text, "EUR")


@given(st.text())
def test_any_text_is_an_amount_or_an_error(text: str) -> None:
    try:
        amount = parse_amount(text, "EUR")
    except AmountError:
        return
    assert text.isascii()
    assert 0 <= amount.minor <= LARGEST_MINOR_UNITS


def test_absurd_amounts_are_refused() -> None:
    assert parse_amount("10000000000.00", "EUR").minor == LARGEST_MINOR_UNITS
    with pytest.raises(AmountError, match="too large"):
        parse_amount("10000000000.01", "EUR")
    with pytest.raises(AmountError, match="too large"):
        parse_amount("999999999999999", "JPY")


@given(MINORS, st.decimals(0, 100, places=4))
def test_a_share_is_the_exact_one_rounded_half_even(minor: int, percent: Decimal) -> None:
    exact = Fraction(minor) * Fraction(percent) / 100  # Fraction rounds half-even, in integers
    assert share_of(Amount(minor, "EUR"), percent).minor == round(exact)


@pytest.mark.parametrize(
    ("minor", "percent", "share"),
    [(50, "1", 0), (150, "1", 2), (250, "1", 2), (350, "1", 4), (251, "1", 3), (249, "1", 2), (1990, "100", 1990)],
)
def test_a_half_goes_to_the_even_neighbour(minor: int, percent: str, share: int) -> None:
    assert share_of(Amount(minor, "EUR"), Decimal(percent)) == Amount(share, "EUR")


@given(MINORS, st.decimals("0.0001", 100, places=4))
def test_a_share_is_never_more_than_the_whole(minor: int, percent: Decimal) -> None:
    assert 0 <= share_of(Amount(minor, "EUR"), percent).minor <= minor


@given(MINORS, MINORS)
def test_sums_keep_to_one_unit(one: int, other: int) -> None:
    assert Amount(one, "EUR") + Amount(other, "EUR") == Amount(one + other, "EUR")
    assert -Amount(one, "EUR") + Amount(one, "EUR") == Amount(0, "EUR")
    with pytest.raises(AmountError, match="Cannot add USD to EUR"):
        Amount(one, "EUR") + Amount(other, "USD")


def test_currencies_are_three_capital_letters_with_no_more_than_four_digits() -> None:
    assert all(re.fullmatch("[A-Z]{3}", unit) for unit in CURRENCIES)
    assert set(CURRENCIES.values()) == {0, 2, 3, 4}
