"""Own words become one plain paragraph, or are refused for what could lead friends astray."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.wording import LONGEST, read_words


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Best\n\npie \t in town! ", "Best pie in town!"),
        ("Ça vaut le détour… vraiment ?", "Ça vaut le détour… vraiment ?"),
        ("Mmm. Pie. 3.5 stars", "Mmm. Pie. 3.5 stars"),
        ("Only 2.50 a slice 👩\u200d🍳", "Only 2.50 a slice 👩\u200d🍳"),
        ("فطيرة الكرز رائعة", "فطيرة الكرز رائعة"),
        ("zero\u200bwidth\u202eturned\0", "zerowidthturned"),
        ("half \ud83d a letter", "half a letter"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_plain_words_are_kept(written: str, kept: str) -> None:
    words = read_words(written)
    assert (words.text, words.refused) == (kept, "")


@pytest.mark.parametrize(
    "written",
    [
        "see https://a.example",
        "see HTTP://A",
        "see www.example",
        "tg://resolve?domain=x",
        "a.example/path",
        "t.me/joinchat",
        "evil。example",
        "ｅｖｉｌ．ｃｏｍ",
        "ev\u200bil.com",
        "mail me@example.org",
        "@channel",
        "<https://evil.example|pie>",
        "пример.рф",
    ],
)
def test_links_and_names_to_tap_are_not(written: str) -> None:
    words = read_words(written)
    assert words.refused == "has-link"
    assert 0 < len(words.found) <= 40


@pytest.mark.parametrize("written", ["", " \n", "…!?", "🎉", "\u202e\u200b", "\0"])
def test_nothing_is_nothing(written: str) -> None:
    assert read_words(written).refused == "empty"


def test_too_long_is_too_long() -> None:
    assert read_words("x" * (LONGEST + 1)).refused == "too-long"


@given(st.text(max_size=400))
def test_whatever_is_kept_is_one_short_line_without_controls(written: str) -> None:
    words = read_words(written)
    assert read_words(words.text).text == words.text
    if not words.refused:
        assert len(words.text) <= LONGEST
        assert "\n" not in words.text
        assert "://" not in words.text
        words.text.encode()
