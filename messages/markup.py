"""Our small markup, `*bold*`, `_italic_` and `` `code` ``, and what each platform makes of it."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import groupby

from messages import mrkdwn
from messages.spans import BOLD, CODE, ITALIC, Span


class Markup(Enum):
    """How a text is marked up for whoever shows it."""

    TELEGRAM = "telegram"  # the HTML of the Bot API
    SLACK = "slack"  # mrkdwn, in text objects that say `verbatim`
    PLAIN = "plain"  # button labels and machines
    PAGE = "page"  # a piece of a web page


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
    if markup is Markup.SLACK:
        return mrkdwn.mrkdwn(spans)
    shown = ((_shown_marks(span, markup), span.text) for span in spans if span.text)
    return "".join(
        _wrapped("".join(text for _, text in alike), marks, markup)
        for marks, alike in groupby(shown, key=lambda piece: piece[0])
    )


def escape(text: str, markup: Markup) -> str:
    """Write a text so that the platform shows it letter by letter."""
    match markup:
        case Markup.PLAIN:
            return text
        case Markup.TELEGRAM:
            return html.escape(text, quote=False)
        case Markup.SLACK:
            return mrkdwn.escaped(text)
        case Markup.PAGE:
            return html.escape(text).replace("\n", "<br>\n")


def _shown_marks(span: Span, markup: Markup) -> frozenset[str]:
    # Telegram lets code neither hold nor stand in another mark.
    return (frozenset(CODE) if CODE in span.marks else span.marks) & _TAGS[markup].keys()


def _wrapped(text: str, marks: frozenset[str], markup: Markup) -> str:
    tags = _TAGS[markup]
    written = escape(text, markup)
    for mark in (CODE, ITALIC, BOLD):
        if mark in marks and mark in tags:
            written = f"<{tags[mark]}>{written}</{tags[mark]}>"
    return written
