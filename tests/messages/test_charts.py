"""A chart is the same for the same figures, says its numbers, and takes any label without a warning."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from messages.charts import draw_bars
from messages.pictures import bars_png

STATES = [("Joined", 42), ("Qualified", 12), ("Completed", 130), ("Ineligible", 0)]
GREEN, WHITE = (47, 125, 91), (255, 255, 255)


def test_the_same_figures_give_the_same_bytes() -> None:
    first = bars_png("Referrals", STATES)
    assert first == draw_bars("Referrals", STATES)
    assert first is bars_png("Referrals", list(STATES))
    assert first != bars_png("Referrals", [*STATES[:3], ("Ineligible", 1)])
    assert first != bars_png("Referrals, this week", STATES)


def test_it_is_a_sharp_picture_on_a_white_card() -> None:
    picture = _picture(draw_bars("Referrals", STATES))
    assert picture.width >= 1000
    corners = [(0, 0), (picture.width - 1, 0), (0, picture.height - 1), (picture.width - 1, picture.height - 1)]
    assert {picture.getpixel(corner) for corner in corners} == {WHITE}


def test_bars_are_as_long_as_their_numbers() -> None:
    picture = _picture(draw_bars("Referrals", STATES))
    joined, qualified, completed = _bars(picture)  # nothing has no bar
    assert joined / completed == pytest.approx(42 / 130, abs=0.01)
    assert qualified / completed == pytest.approx(12 / 130, abs=0.01)


def test_what_is_small_beside_the_rest_is_still_seen() -> None:
    few, _ = _bars(_picture(draw_bars("Referrals", [("Few", 1), ("Many", 1_000_000)])))
    assert few >= 2


def test_nothing_at_all_is_a_picture_too() -> None:
    assert not _bars(_picture(draw_bars("Referrals", [("Joined", 0), ("Qualified", 0)])))
    assert not _bars(_picture(draw_bars("", [])))


@pytest.mark.parametrize(
    "label", ["紹介", "مرحبا", "🎁", "$x^2$", "$", "\\frac", "a\nb\u202e\ud800", "e\u0301" * 200, ""]
)
def test_any_label_is_drawn_without_a_warning(label: str) -> None:
    _picture(draw_bars(label, [(label, 3), ("W" * 200, 123_456_789)]))


@given(label=st.text(max_size=40), number=st.integers(-(10**9), 10**12))
@settings(max_examples=25, deadline=None)
def test_no_text_and_no_number_stops_it(label: str, number: int) -> None:
    _picture(draw_bars(label, [(label, number)]))


def test_long_labels_leave_room_for_the_bars() -> None:
    picture = _picture(draw_bars("W" * 200, [("W" * 200, 5), ("x", 10**12)]))
    longest = max(_bars(picture))
    assert longest > picture.width / 5
    margin = picture.crop((picture.width - 20, 0, picture.width, picture.height))
    assert margin.getcolors() == [(margin.width * margin.height, WHITE)]


def test_many_at_once_do_not_get_into_each_others_way() -> None:
    titles = [f"Referrals {number}" for number in range(6)]
    alone = [draw_bars(title, STATES) for title in titles]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda title: draw_bars(title, STATES), titles)) == alone


def _picture(png: bytes) -> Image.Image:
    picture = Image.open(BytesIO(png))
    assert picture.format == "PNG"
    return picture.convert("RGB")


def _bars(picture: Image.Image) -> list[int]:
    """Measure the green bars from top to bottom, at the middle of each."""
    rows = [picture.crop((0, row, picture.width, row + 1)).getcolors(picture.width) for row in range(picture.height)]
    widths = [sum(count for count, color in colors or [] if color == GREEN) for colors in rows]
    return [max(run) for is_bar, run in groupby(widths, key=bool) if is_bar]
