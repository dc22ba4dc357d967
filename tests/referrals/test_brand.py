"""The shop's colour: its contrast as WCAG counts it, and the nearest shade and tint that can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.brand import DARK_CARD, LIGHT_CARD, READABLE, contrast, darkened, lightened, mixed, on, shown_contrast

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#abc123", "#abc123", 1.0),
    ],
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_what_falls_short_is_not_rounded_up() -> None:
    assert contrast("#777777", "#ffffff") < READABLE
    assert shown_contrast("#777777") == "4.4"


@given(COLORS)
def test_every_colour_has_a_shade_and_a_tint_that_can_be_read(color: str) -> None:
    assert contrast(darkened(color), LIGHT_CARD) >= READABLE
    assert contrast(lightened(color), DARK_CARD) >= READABLE
    assert contrast(on(color), color) >= READABLE
    for made in (darkened(color), lightened(color), mixed(color, "#ffffff", 0.15)):
        assert re.fullmatch("#[0-9a-f]{6}", made)


@given(COLORS)
def test_a_colour_that_can_be_read_stays_as_it_is(color: str) -> None:
    if contrast(color, LIGHT_CARD) >= READABLE:
        assert darkened(color) == color
