"""Telegram's HTML: what it becomes, what is refused, and offsets in UTF-16 units."""

from __future__ import annotations

import contextlib
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.telegram.entities import parse_html, utf16_length
from bot.playground.telegram.refusal import Refusal


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>x</b>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("<STRONG>x</strong>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("🍇<i>y</i>", "🍇y", [{"type": "italic", "offset": 2, "length": 1}]),
        ("<em>🍇</em>", "🍇", [{"type": "italic", "offset": 0, "length": 2}]),
        ("<u>a</u><ins>b</ins>", "ab", [{"type": "underline", "offset": o, "length": 1} for o in (0, 1)]),
        (
            "<s>a</s><strike>b</strike><del>c</del>",
            "abc",
            [{"type": "strikethrough", "offset": o, "length": 1} for o in (0, 1, 2)],
        ),
        ("<code>a&lt;b</code>", "a<b", [{"type": "code", "offset": 0, "length": 3}]),
        ("<pre>x</pre>", "x", [{"type": "pre", "offset": 0, "length": 1}]),
        (
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [{"type": "pre", "offset": 0, "length": 1, "language": "py"}],
        ),
        (
            '<a href="https://example.com/?a=1&amp;b=2">x</a>',
            "x",
            [{"type": "text_link", "offset": 0, "length": 1, "url": "https://example.com/?a=1&b=2"}],
        ),
        ("<tg-spoiler>x</tg-spoiler>", "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        ("<blockquote>x</blockquote>", "x", [{"type": "blockquote", "offset": 0, "length": 1}]),
        ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ("&lt;&gt;&amp;&quot;&#33;&#x1F347;", '<>&"!🍇', []),
        ("&nbsp; & &amp;lt; &#0;", "&nbsp; & &lt; &#0;", []),
        ("<b></b>x", "x", []),
        (
            "<b>a<i>b</i></b>",
            "ab",
            [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 1}],
        ),
        ("<b>x</>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
    ],
)
def test_markup_becomes_entities(source: str, text: str, entities: list[dict[str, object]]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("🍇<h1>", 'Unsupported start tag "h1" at byte offset 4'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/y>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<tg-emoji emoji-id=x>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_broken_markup_is_refused_in_telegrams_words(source: str, words: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_html(source)
    assert refusal.value.words == f"Bad Request: can't parse entities: {words}"


MARKUP = st.lists(
    st.sampled_from(["<", ">", "</", "b", "a", " ", "href", "=", '"', "&", "lt;", "span", "🍇", "/"])
).map("".join)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(TEXTS)
def test_escaped_text_comes_back_unchanged(text: str) -> None:
    assert parse_html(html.escape(text, quote=False)) == (text, [])


@given(TEXTS, TEXTS.filter(bool), TEXTS)
def test_offsets_count_utf16_units(before: str, inside: str, after: str) -> None:
    source = f"{html.escape(before)}<b>{html.escape(inside)}</b>{html.escape(after)}".replace("&#x27;", "'")
    text, (bold,) = parse_html(source)
    assert text == before + inside + after
    units = text.encode("utf-16-le")
    begin, end = int(str(bold["offset"])) * 2, (int(str(bold["offset"])) + int(str(bold["length"]))) * 2
    assert units[begin:end].decode("utf-16-le") == inside
    assert utf16_length(text) == len(units) // 2


@given(TEXTS | MARKUP)
def test_any_text_is_parsed_or_refused(source: str) -> None:
    with contextlib.suppress(Refusal):
        text, entities = parse_html(source)
        assert all(int(str(one["offset"])) + int(str(one["length"])) <= utf16_length(text) for one in entities)
