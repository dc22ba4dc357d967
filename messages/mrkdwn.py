"""Slack's mrkdwn: marks that are read only at the edges of words, and no way to escape them.

Slack decodes `&amp; &lt; &gt;` and knows no other escape, and its clients pair up more than it documents. So
a sign that could format and is not ours is replaced by one that looks the same and never formats. Where one
invisible character surely ends what would act (a shortcode, a mention), the text keeps its letters. Names and addresses
that Slack finds in plain text by itself are not stopped here: whoever sends the text sets `verbatim`.
"""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from messages.spans import BOLD, CODE, ITALIC, LINK, MENTION, Span

_ALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
# An underscore between two letters or digits is part of a word to every client, and an address copies better with it.
_SIGN = re.compile(r"[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_JOINER, _BOUNDARY = "\u2060", "\u200b"
_OPENS_AFTER, _CLOSES_BEFORE = "([{—–", ".,;:!?)]}…"

_ADDRESS = re.compile(r"https?://[^\s<>|]+")
_PERSON = re.compile(r"@[A-Z0-9]+")
# What is ours (a mark of ours has no sign inside), the start of a shortcode such as :tada:, of a word such as @here.
_STARTS = re.compile(r"<[^<>]*>|`[^`]*`|(?P<sign>:(?=[^\s:]+:)|(?<![A-Za-z0-9_])@(?=\w))")
_QUOTE = re.compile(r"^((?:[^\S\n]|[\u00ad\u200b-\u200f\u2060-\u2069\ufeff])*)(?:&gt;|＞)", re.MULTILINE)


def escaped(text: str) -> str:
    """Write a text so that Slack shows it letter by letter."""
    return mrkdwn([Span(text)])


def mrkdwn(spans: Iterable[Span]) -> str:
    """Mark spans up for Slack; whatever their texts contain, it is shown and never obeyed."""
    writing = _Writing()
    for piece in _pieces(spans):
        writing.add(piece)
    written = _STARTS.sub(lambda found: found[0] + (_JOINER if found["sign"] else ""), writing.done())
    return _QUOTE.sub(r"\1›", written)


def _pieces(spans: Iterable[Span]) -> Iterator[Span]:
    """Join what is marked alike, and part lines: no mark of Slack's reaches over the end of one."""
    for marks, alike in groupby((span for span in spans if span.text), key=lambda span: span.marks):
        text = "".join(span.text for span in alike)
        if CODE in marks:
            yield Span(text.replace("\n", " "), marks)
        else:
            yield from (Span(piece, marks) for piece in re.split(r"(\n)", text) if piece)


class _Writing:
    """What is written so far, the marks that are open, and the space that may yet come after a closing mark."""

    def __init__(self) -> None:
        self._written = ""
        self._space = ""
        self._open: list[str] = []
        self._has_just_closed = False

    def add(self, piece: Span) -> None:
        """Write a piece under its marks; space at its ends stays outside of them, where Slack wants it."""
        core = piece.text.strip()
        if not core:
            self._space += piece.text
            return
        before = piece.text[: len(piece.text) - len(piece.text.lstrip())]
        self._space += before
        wanted = [mark for mark in (BOLD, ITALIC) if mark in piece.marks]
        self._close(wanted)
        token = _token(core, piece.marks)
        opening = "".join(mark for mark in wanted if mark not in self._open)
        self._step_on(opening + token)
        self._open += opening
        self._has_just_closed = CODE in piece.marks
        self._space = piece.text[len(before) + len(core) :]

    def done(self) -> str:
        """Close what is open, and return all that was written."""
        self._close([])
        return self._written + self._space

    def _close(self, wanted: list[str]) -> None:
        over = "\n" in self._space
        while self._open and (over or not set(self._open) <= set(wanted)):
            self._written += self._open.pop()
            self._has_just_closed = True

    def _step_on(self, text: str) -> None:
        """Write on, with an edge of a word where Slack needs one beside a mark and the text has none."""
        self._written += self._space
        last = self._written[-1:]
        opens = text[0] in _ALIKE and bool(last) and not last.isspace() and last not in _OPENS_AFTER
        closed = self._has_just_closed and not self._space and text[0] not in _CLOSES_BEFORE
        self._written += (_BOUNDARY if opens or closed else "") + text


def _token(text: str, marks: frozenset[str]) -> str:
    """Write one piece without its marks: an address, a person, a code, or letters that format nothing."""
    if LINK in marks and _ADDRESS.fullmatch(text):
        return f"<{html.escape(text, quote=False)}>"
    if MENTION in marks and _PERSON.fullmatch(text):
        return f"<{text}>"
    # Inside of a mark its own sign would end it, wherever it stands.
    text = "".join(_ALIKE.get(char, char) if char in marks else char for char in text)
    if CODE in marks:
        return f"`{html.escape(text, quote=False)}`"
    return html.escape(_SIGN.sub(lambda found: _ALIKE[found[0]], text), quote=False)
