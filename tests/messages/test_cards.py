"""The card of a shared link: always of one size, the same for the same words, its QR read by an independent reader."""

from io import BytesIO

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from messages.cards import HEIGHT, WIDTH, Card, can_be_drawn, card_png

LINK = "https://refer.example/r/K7QM2X4R"
CARD = Card("Anna invites you to Corner Café", "€5 for you", "Corner Café", LINK)


def size_of(picture: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(picture)) as image:
        return image.size


def test_the_qr_can_be_read() -> None:
    with Image.open(BytesIO(card_png(CARD))) as picture:
        [found] = zxingcpp.read_barcodes(picture)
    assert found.text == LINK


def test_the_same_words_give_the_same_picture() -> None:
    first = card_png(CARD)
    card_png.cache_clear()
    assert card_png(CARD) == first
    assert card_png(Card("Ben invites you", "€5 for you", "Corner Café", LINK)) != first


@pytest.mark.parametrize(
    "words", ["", "A" * 500, "word " * 200, "مريم تدعوك", "日本" * 9, "👩‍🚀", "\u202e\0\n", "{x} <b>"]
)
def test_any_words_fit(words: str) -> None:
    assert size_of(card_png(Card(words, words, words, LINK))) == (WIDTH, HEIGHT)


def test_a_link_of_any_length_fits() -> None:
    assert size_of(card_png(Card("Anna", "", "Café", f"https://{'long.' * 40}example/r/K7QM2X4R"))) == (WIDTH, HEIGHT)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=80))
def test_whatever_people_are_called_is_drawn(name: str) -> None:
    assert size_of(card_png(Card(f"{name} invites you", "€5", name, LINK))) == (WIDTH, HEIGHT)


def test_names_in_letters_that_the_fonts_have_can_be_drawn() -> None:
    for name in ("Anna", "Ольга", "Ελένη", "مريم", "Zoë 👩‍🚀", "Đặng"):
        assert can_be_drawn(name), name
    for name in ("", "日本", "👩‍🚀", "\u202e"):
        assert not can_be_drawn(name), name
