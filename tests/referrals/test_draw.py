"""A draw is random once; whatever follows from it can be replayed, and tells nothing of its seed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals import codes
from referrals.draw import CANDIDATES, Draw, click_number, click_number_at, click_token, read_click_token

SEEDS = st.binary(min_size=16, max_size=64)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis takes its bounds naive
NUMBERS = st.integers(0, 2**63 - 1)


@given(SEEDS)
def test_the_same_seed_gives_the_same_ids_and_codes(seed: bytes) -> None:
    one, other = Draw(seed), Draw(seed)
    assert one.id("rwd", "evt_1:friend") == other.id("rwd", "evt_1:friend")
    assert one.share_codes() == other.share_codes()
    assert one.voucher_codes("rwd_1") == other.voucher_codes("rwd_1")
    assert one.token("sign-in") == other.token("sign-in")
    assert one.number("click", 1000) == other.number("click", 1000)


@given(SEEDS, st.text(), st.text())
def test_another_matter_gives_another_id(seed: bytes, about: str, other: str) -> None:
    draw = Draw(seed)
    assert (draw.id("rwd", about) == draw.id("rwd", other)) == (about == other)
    assert (draw.voucher_codes(about) == draw.voucher_codes(other)) == (about == other)
    assert draw.id("rwd", about)[4:] != draw.id("ref", about)[4:]


@given(st.lists(SEEDS, min_size=2, max_size=2, unique=True))
def test_another_seed_gives_other_ids(seeds: list[bytes]) -> None:
    one, other = map(Draw, seeds)
    assert one.id("cus") != other.id("cus")
    assert one.share_codes() != other.share_codes()


@given(SEEDS)
def test_ids_and_tokens_are_plain_letters_that_fit_a_start_payload(seed: bytes) -> None:
    draw = Draw(seed)
    assert re.fullmatch(r"rwd_[0-9a-v]{16}", draw.id("rwd"))
    assert re.fullmatch(r"l_[0-9a-v]{32}", f"l_{draw.token('sign-in')}")


@given(SEEDS)
def test_candidates_are_valid_and_differ(seed: bytes) -> None:
    draw = Draw(seed)
    assert len(set(draw.share_codes())) == len(set(draw.voucher_codes())) == CANDIDATES
    assert all(codes.is_valid(code) for code in draw.share_codes())
    assert all(codes.is_valid(code, codes.VOUCHER_LENGTH) for code in draw.voucher_codes())


def test_every_letter_is_drawn() -> None:
    drawn = {letter for number in range(64) for code in Draw(bytes([number]) * 16).share_codes() for letter in code}
    assert drawn == set(codes.ALPHABET)


@given(SEEDS, st.integers(1, 2**64))
def test_a_number_stays_below_its_bound(seed: bytes, below: int) -> None:
    assert 0 <= Draw(seed).number("anything", below) < below


def test_a_draw_does_not_show_its_seed() -> None:
    assert repr(Draw(b"a secret of the event")) == "Draw()"


@given(NUMBERS)
def test_a_click_token_reads_back_and_fits_a_start_payload(number: int) -> None:
    token = click_token(number)
    assert read_click_token(token) == number
    assert len(f"r_K7QM2X4R_{token}") <= 64


@given(SEEDS, MOMENTS, st.integers(1, 10**9))
def test_a_later_click_has_a_higher_number(seed: bytes, at: datetime, milliseconds: int) -> None:
    # Two milliseconds apart at least: a moment is cut to its millisecond, on either side of a float's last digit.
    later = at + timedelta(milliseconds=milliseconds + 1)
    assert click_number(at, Draw(seed)) < click_number(later, Draw(seed[::-1]))
    assert click_number_at(at) <= click_number(at, Draw(seed)) < click_number_at(later)
    assert click_number(later, Draw(seed)) < 2**63


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-1",
        "+1",
        "1 ",
        "a_b",
        "a-b",
        "é",
        "١",
        "Ａ",
        "\x00",
        "1\n",
        "A" * 12,
        "z" * 11,
        "A" * 4000,
        "🎉",
        "1.0",
    ],
)
def test_what_cannot_be_a_click_is_none(text: str) -> None:
    assert read_click_token(text) is None


@given(st.text())
def test_any_text_is_a_click_or_none(text: str) -> None:
    number = read_click_token(text)
    assert number is None or 0 <= number < 2**63
