"""Our small markup, `*bold*`, `_italic_` and `` `code` ``, and what each platform makes of it."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

BOLD, ITALIC, CODE = "*", "_", "`"


class Markup(Enum):
    """How a text is marked up for whoever shows it."""

    TELEGRAM = "telegram"  # the HTML of the Bot API
    PLAIN = "plain"  # button labels and machines
    PAGE = "page"  # a piece of a web page


@dataclass(frozen=True)
class Span:
    """A piece of text and the marks that lie on it."""

    text: str
    marks: frozenset[str] = frozenset()


_TAGS: Mapping[Markup, Mapping[str, str]] = {
    Markup.TELEGRAM: {BOLD: "b", ITALIC: "i", CODE: "code"},
    Markup.PLAIN: {},
    Markup.PAGE: {BOLD: "strong", ITALIC: "em", CODE: "code"},
}

# A mark opens after a space, a bracket, a quote or a dash, and closes before a space or punctuation, on one line:
# snake_case, ?start=r_CODE, 2 * 3 and name_@example.org stay as they are written.
_MARKED = re.compile(
    r"""(?<![^\s(\["'“‘«—–*_])([*_`])(?=\S)(.+?)(?<=\S)\1(?![^\s.,;:!?)\]"'”’»…—–*_])""",
)


def read(text: str, marks: frozenset[str] = frozenset()) -> Iterator[Span]:
    """Take the marks out of a text; what stands in code marks is not read further."""
    end = 0
    for found in _MARKED.finditer(text):
        if found.start() > end:
            yield Span(text[end : found.start()], marks)
        inner = marks | {found[1]}
        if found[1] == CODE:
            yield Span(found[2], inner)
        else:
            yield from read(found[2], inner)
        end = found.end()
    if end < len(text):
        yield Span(text[end:], marks)


def write(spans: Iterable[Span], markup: Markup) -> str:
    """Mark spans up for a platform; whatever their texts contain, it is shown and never obeyed."""
    return "".join(
        _wrapped("".join(span.text for span in alike), marks, markup)
        for marks, alike in groupby((span for span in spans if span.text), key=_shown_marks)
    )


def escape(text: str, markup: Markup) -> str:
    """Write a text so that the platform shows it letter by letter."""
    match markup:
        case Markup.PLAIN:
            return text
        case Markup.TELEGRAM:
            return html.escape(text, quote=False)
        case Markup.PAGE:
            return html.escape(text).replace("\n", "<br>\n")


def _shown_marks(span: Span) -> frozenset[str]:
    # Telegram lets code neither hold nor stand in another mark.
    return frozenset(CODE) if CODE in span.marks else span.marks


def _wrapped(text: str, marks: frozenset[str], markup: Markup) -> str:
    tags = _TAGS[markup]
    written = escape(text, markup)
    for mark in (CODE, ITALIC, BOLD):
        if mark in marks and mark in tags:
            written = f"<{tags[mark]}>{written}</{tags[mark]}>"
    return written
