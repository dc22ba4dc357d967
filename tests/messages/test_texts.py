"""Our texts: each is used, complete in every language, short enough, and said as one speaks."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pytest

from messages.catalog import DEFAULT_LANGUAGE, Catalog
from messages.markup import Markup
from messages.message import Value
from tests.messages.asked import Text, by_story, long_address, texts
from tests.messages.texts import Speaker, address
from tests.messages.used import mentions, patterns, uses

MESSAGE, CAPTION, LABEL, TOAST = 4096, 1024, 40, 200
# Telegram's limits for what stands around a chat, and Slack's for what it shows about an app.
AROUND_THE_CHAT = {
    "commands.description": 512,
    "commands.short-description": 120,
    "commands.slack-description": 140,
    "commands.slack-long-description": 4000,
    "commands.modal-title": 24,
    "commands.modal-close": 24,
    "commands.code-title": 24,
    "commands.code-submit": 24,
}
COMMAND = 256

# The longest address of a long domain, the longest gain of a program; on a label only what still can be read there.
LONGEST_VALUE, LONGEST_ON_LABEL = 96, 16

JARGON = set(
    "webhook payload null token entity invalid boolean endpoint exception undefined callback referrer referee".split()
)
STORIES = frozenset(text.key.partition(".")[0] for text in texts())
ENGLISH = {text.key: text for text in texts() if text.language == DEFAULT_LANGUAGE}
KEYS = frozenset(ENGLISH)

_STORIES = by_story(texts())
every_story = pytest.mark.parametrize("story", _STORIES.values(), ids=_STORIES.keys())


@cache
def speaker(language: str) -> Speaker:
    return Speaker(Catalog.load(), language, links=lambda of: getattr(of, "code", "") or address(of))


def test_every_text_that_is_used_exists() -> None:
    missing = [f"{use.where} {use.key}" for use in (*uses(), *mentions(STORIES)) if use.key not in ENGLISH]
    assert not missing


def test_every_name_put_together_finds_a_text() -> None:
    assert not [pattern.pattern[:80] for pattern in patterns(KEYS) if not any(map(pattern.fullmatch, ENGLISH))]


def test_every_text_is_used() -> None:
    named = {use.key for use in (*uses(), *mentions(STORIES))}
    referred = {f"{text.key.partition('.')[0]}.{name}" for text in texts() for name in text.refers}
    dead = [
        key
        for key in ENGLISH
        if key not in named | referred and not any(pattern.fullmatch(key) for pattern in patterns(KEYS))
    ]
    assert not dead


def test_every_text_gets_the_values_it_asks_for() -> None:
    short = [
        f"{use.where} {use.key}: {', '.join(sorted(lacking))}"
        for use in uses()
        if use.given is not None and use.key in ENGLISH
        if (lacking := ENGLISH[use.key].asks - use.given)
    ]
    assert not short


@every_story
def test_a_text_fits_even_with_the_longest_values(story: list[Text]) -> None:
    for text in story:
        limit = _limit(text.key)
        longest = long_address(LONGEST_ON_LABEL if limit == LABEL else LONGEST_VALUE)
        assert max(len(said.encode("utf-16-le")) // 2 for said in _said(text, longest)) <= limit, text.key


@every_story
def test_a_text_is_said_as_one_speaks(story: list[Text]) -> None:
    for text in story:
        for said in _said(text, "Ben"):
            assert not JARGON & set(re.findall(r"[a-z]+", said.lower())), text.key
            assert said.count("!") <= 1, text.key
            assert not re.search(r"  | $|\t|^ ", said, re.MULTILINE), text.key
            assert said.strip(), text.key


@every_story
def test_no_mark_is_left_over(story: list[Text]) -> None:
    for text in story:
        for said in _said(text, "Ben"):
            assert not re.search(r"[*`]|\b_(?!\w)|(?<!\w)_", said), text.key


def test_no_line_of_a_file_ends_in_a_space() -> None:
    trailing = [
        f"{place.name}/{file.name}:{number}"
        for place in files("messages").iterdir()
        if place.is_dir()
        for file in place.iterdir()
        if file.name.endswith(".ftl")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if line != line.rstrip()
    ]
    assert not trailing


def _said(text: Text, longest: Value) -> Iterator[str]:
    for values in text.ways(longest):
        yield speaker(text.language).say(text.key, values, Markup.PLAIN)


def _limit(key: str) -> int:
    story, _, name = key.partition(".")
    if key in _labels() or name.startswith(("button-", "tab-")):
        return LABEL
    if story == "commands":
        return AROUND_THE_CHAT.get(key, COMMAND)
    if name.startswith("toast-"):
        return TOAST
    return CAPTION if story == "sharing" or key in _captions() else MESSAGE


@cache
def _labels() -> set[str]:
    return {use.key for use in uses() if use.is_label}


@cache
def _captions() -> set[str]:
    return {use.key for use in uses() if use.has_picture}
