"""Phrases: how the file of a language is read, and what is wrong with one that cannot be."""

from pathlib import Path

import pytest

from messages.phrases import BrokenPhrases, Phrases, read_phrases, words_of

TEA = """
[same]
tea, cup of tea, cuppa   # what is drunk
want, would like
did somebody, did _
[faint]
my, mine
[small]
a the please
by the way, at last
[apart]
coffee
[decisive]
did somebody
[turning]
not
[joint]
and, plus
[endings]
lo, la
[brew]
I want tea
my (green) tea
did somebody drink
"""


def read(folder: Path, text: str) -> Phrases:
    file = folder / "understanding.txt"
    file.write_text(text, encoding="utf-8")
    return read_phrases(file, headings=("brew", "pour", "stop-at-once"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Where's my LINK?!", ("wheres", "my", "link")),
        ("¿Cuál es mi código?", ("cual", "es", "mi", "codigo")),
        ("pleeeease", ("please",)),
        ("10€, ok?", ("10", "€", "ok")),
        ("hi 👋", ("hi",)),
        ("👍🏽👍", ("👍", "👍")),
        ("…!?", ()),
        ("a\x00b\u202ec", ("a", "b", "c")),
    ],
)
def test_a_text_is_split_into_plain_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("I want a cuppa", {"i", "want", "tea"}),
        ("please, I would like the cup of tea", {"i", "want", "tea"}),
        ("did anna drink", {"did somebody", "drink"}),
        ("by the way my tea", {"my", "tea"}),
        ("coffee", {"(apart)"}),
        ("I want juice", None),
    ],
)
def test_words_are_read_by_what_they_mean(tmp_path: Path, text: str, meanings: set[str] | None) -> None:
    assert read(tmp_path, TEA).meanings(words_of(text)) == meanings


def test_words_that_are_not_known_are_counted_and_numbers_are_not(tmp_path: Path) -> None:
    assert read(tmp_path, TEA).heard(words_of("3 cuppas tea")) == (frozenset({"tea"}), 1)


def test_what_a_program_gives_may_stand_for_the_sign(tmp_path: Path) -> None:
    phrases = read(tmp_path, TEA.replace("want, would like", "want, would like, free #"))
    assert phrases.meanings(words_of("free cake"), {"cake"}) == frozenset({"want"})
    assert phrases.meanings(words_of("free cake")) is None


def test_what_is_said_of_words_is_read(tmp_path: Path) -> None:
    phrases = read(tmp_path, TEA)
    assert sorted(phrases.decisive) == ["did somebody", "not"]
    assert [sorted(words) for words in (phrases.turning, phrases.joints, phrases.endings)] == [
        ["not"],
        ["and", "plus"],
        ["la", "lo"],
    ]


def test_what_stands_in_parentheses_may_be_missing(tmp_path: Path) -> None:
    rule = read(tmp_path, TEA).rules["brew"][1]
    assert sorted(rule.needs) == ["my", "tea"]
    assert sorted(rule.allows) == ["green", "my", "tea"]


def test_a_word_that_says_nothing_is_nobodys_slip(tmp_path: Path) -> None:
    assert not {"the", "please", "my", "coffee"} & set(read(tmp_path, TEA).mendable)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[sing]\nla la", "1: there is no heading 'sing'"),
        ("tea please", "1: a phrase before the first heading"),
        ("[same]\ntea, chai\nwater, chai", "3: 'chai' means something else already"),
        ("[same]\ntea, ...", "2: a phrase without a word"),
        ("[small]\nthe\n[brew]\nthe", "4: nothing is left"),
        ("[apart]\ncoffee\n[brew]\nI want coffee", "4: nothing is left"),
    ],
)
def test_a_broken_file_says_where(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(BrokenPhrases, match=why) as broken:
        read(tmp_path, text)
    assert "understanding.txt:" in str(broken.value)
