"""Marks are read at word boundaries, and nothing that a person writes is one."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from messages.formats import LONGEST, isolated, one_line
from messages.markup import Markup, escape, read, write
from messages.message import Code
from tests.messages.texts import Speaker, catalog_of

ALLOWED = {"b", "i", "code"}
GREETINGS = """
plain = Hello { $name }, welcome
bold = *{ $name }* brought _{ $name }_ and ({ $name })
glued = a{ $name }_{ $name }*{ $name }`
code = `{ $name }` *of _{ $name }_*
"""


def telegram(text: str) -> str:
    return write(read(text), Markup.TELEGRAM)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* and _italic_ and `code`", "<b>bold</b> and <i>italic</i> and <code>code</code>"),
        ("*all of _it_*", "<b>all of </b><b><i>it</i></b>"),
        ("(*so*), “_this_”: `x`!", "(<b>so</b>), “<i>this</i>”: <code>x</code>!"),
        ("`a_b_ *c*`", "<code>a_b_ *c*</code>"),
        ("*two words*\n*next line*", "<b>two words</b>\n<b>next line</b>"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_marks_become_tags(text: str, html: str) -> None:
    assert telegram(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "some_snake_case_word",
        "https://t.me/shop_bot?start=r_K7QM2X4R_1",
        "https://shop.example/_next_/x",
        "first_last_@example.org",
        "2 * 3 * 4",
        "* a list\n* of two",
        "a * b* c",
        "_ _ and ``",
        "*over\ntwo lines*",
        "one * alone_ and ` too",
    ],
)
def test_literal_signs_stay(text: str) -> None:
    assert telegram(text) == text


def test_pages_have_their_own_tags_and_line_breaks() -> None:
    said = write(read('*a*\n_b_ "<c>"'), Markup.PAGE)
    assert said == "<strong>a</strong><br>\n<em>b</em> &quot;&lt;c&gt;&quot;"


def test_plain_drops_marks_and_escapes_nothing() -> None:
    assert write(read("*a* _b_ `c` <d> & e"), Markup.PLAIN) == "a b c <d> & e"


def test_escaping_shows_letter_by_letter() -> None:
    assert [escape("<&\n", markup) for markup in Markup] == ["&lt;&amp;\n", "&lt;&amp;\n", "<&\n", "&lt;&amp;<br>\n"]


@pytest.fixture(scope="module")
def speaker(tmp_path_factory: pytest.TempPathFactory) -> Speaker:
    folder: Path = tmp_path_factory.mktemp("texts")
    return Speaker(catalog_of(folder, en_hi=GREETINGS))


@given(name=st.text(max_size=90), key=st.sampled_from(["plain", "bold", "glued", "code"]))
@example(name="*_`<b>", key="plain")
@example(name="*_`<b>", key="code")
@example(name="{ $name } \ue000\uf8ff", key="bold")
@example(name="_*", key="glued")
@example(name="أحمد\u202e", key="bold")
@example(name="\ud800\x00\n&amp;", key="code")
def test_no_name_breaks_a_text_or_is_obeyed(speaker: Speaker, name: str, key: str) -> None:
    said = speaker.telegram(f"hi.{key}", name=name)
    shown = _visible(said)
    assert isolated(one_line(name)) in shown
    assert shown == speaker.plain(f"hi.{key}", name=name)
    said.encode()


@given(code=st.text("ABCDEFGHJKMNPQRSTUVWXYZ23456789_*`<&", max_size=20))
def test_no_code_breaks_a_text(speaker: Speaker, code: str) -> None:
    assert code in _visible(speaker.telegram("hi.bold", name=Code(code)))


@given(name=st.text())
def test_a_name_becomes_one_short_line(name: str) -> None:
    line = one_line(name)
    assert len(line) <= LONGEST
    assert line.splitlines() in ([], [line])
    assert not set(line) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\x00\n\t")
    assert one_line(line) == line


class _Page(HTMLParser):
    """An independent reader of the HTML: what is shown, with every tag allowed, opened and closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def _visible(said: str) -> str:
    page = _Page()
    page.feed(said)
    page.close()
    assert not page.open
    assert not set("<>") & set(re.sub(r"</?(?:b|i|code)>", "", said))
    return page.shown
