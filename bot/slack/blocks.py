"""Pieces of a message as Slack's blocks, each within its limit; plain dicts, because the SDK's models lag behind."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from messages.message import Act, AskPhone, Button, Copy, Open, Phrase, Share

Block = dict[str, Any]
Say = Callable[[Phrase], str]

MOST_BLOCKS, MOST_BLOCKS_OF_A_VIEW = 50, 100
LONGEST_SECTION = 3000
LONGEST_LABEL = 75
LONGEST_TITLE = 24
LONGEST_ALT = 2000
LONGEST_CELL = 300
LONGEST_TABLE = 8000  # characters, of ten thousand that Slack takes
MOST_BUTTONS = 25  # in one row
MOST_ROWS, MOST_COLUMNS = 100, 20
ELLIPSIS = "…"
NOTHING = "–"
# Two spaces keep columns apart where no table can be shown.
_GAP = "  "
# A cut must not fall into what is one sign or one address to Slack.
_TORN = re.compile(r"(?:&[a-z]{0,4}|<[^<>\s]*)$")


@dataclass(frozen=True)
class Image:
    """A picture that a block can show: a file of Slack's or a public address, and what it shows in words."""

    alt: str
    file: str = ""
    url: str = field(default="", repr=False)

    def block(self) -> Block:
        """Write it as a block."""
        source: Block = {"slack_file": {"id": self.file}} if self.file else {"image_url": self.url}
        return {"type": "image", **source, "alt_text": cut(self.alt, LONGEST_ALT)}


def sections(text: str) -> Iterator[Block]:
    """Write a marked-up text as sections, parted at the ends of lines where it is longer than one may be."""
    for piece in _pieces(text):
        yield {"type": "section", "text": {"type": "mrkdwn", "text": piece, "verbatim": True}}


def context(text: str) -> Block:
    """Write a short word in small letters."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": next(_pieces(text)), "verbatim": True}]}


def divider() -> Block:
    """Part two messages."""
    return {"type": "divider"}


def preformatted(text: str) -> Block:
    """Write words so that a tap copies them all, exactly as they are."""
    words = {"type": "text", "text": text}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [words]}]}


def table(rows: Sequence[Sequence[str]]) -> Block:
    """Write rows of words as a table, of which a message can have one."""
    cells = [[_cell(cell) for cell in row[:MOST_COLUMNS]] for row in rows[:MOST_ROWS]]
    lengths = accumulate(sum(len(cell["text"]) for cell in row) for row in cells)
    kept = [row for row, length in zip(cells, lengths, strict=True) if length <= LONGEST_TABLE]
    columns = [{"align": "right" if place else "left", "is_wrapped": not place} for place in range(len(kept[0]))]
    return {"type": "table", "column_settings": columns, "rows": kept}


def columns(rows: Sequence[Sequence[str]]) -> Block:
    """Write rows of words in columns, for Home and modals, which can show no table."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        _GAP.join(cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in enumerate(aligned))
        for aligned in (list(zip(row, widths, strict=True)) for row in rows)
    ]
    return preformatted("\n".join(line.rstrip() for line in lines))


def buttons(
    rows: Sequence[Sequence[Button]], *, say: Say, address: Callable[[Any], str], first: int = 0
) -> Iterator[Block]:
    """Lay out the buttons that Slack has: a code to copy stands in the text, and phone numbers are not asked for."""
    number = first
    for row in rows:
        elements = []
        for button in row:
            if isinstance(button, Open) and not address(button.link):
                continue  # a page that has no address here
            if isinstance(button, Act | Open) and not (isinstance(button, Act) and button.action == "phone"):
                elements.append(_button(button, number, say=say, address=address))
                number += 1
        for start in range(0, len(elements), MOST_BUTTONS):
            yield {"type": "actions", "elements": elements[start : start + MOST_BUTTONS]}


def ready_words(rows: Sequence[Sequence[Button]], *, say: Say, address: Callable[[Any], str]) -> Iterator[str]:
    """Write what a button for sharing would have opened with: words and link, ready to copy."""
    for button in (button for row in rows for button in row):
        match button:
            case Share():
                link = address(button.link)
                words = say(button.text)
                yield words if link in words else f"{words}\n{link}"
            case Act() | Copy() | Open() | AskPhone():
                pass


def plain_text(text: str, limit: int) -> Block:
    """Write a label."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": True}


def length(block: Block) -> int:
    """Count the characters that people read in a block."""
    return sum(len(text) for text in _texts(block))


def cut(text: str, limit: int) -> str:
    """Keep a text within a limit."""
    return text if len(text) <= limit else text[: limit - 1] + ELLIPSIS


def _button(button: Act | Open, number: int, *, say: Say, address: Callable[[Any], str]) -> Block:
    element: Block = {"type": "button", "text": plain_text(say(Phrase(button.label, button.values)), LONGEST_LABEL)}
    match button:
        case Open():
            return {**element, "action_id": f"open:{number}", "url": address(button.link)}
        case Act():
            element["action_id"] = f"act:{number}:{button.action}"
            if button.about:
                element["value"] = button.about
            if button.style:
                element["style"] = "danger" if button.style == "danger" else "primary"
            return element


def _texts(value: object) -> Iterator[str]:
    match value:
        case {"text": str(text)}:
            yield text
        case {"alt_text": str(text)}:
            yield text
        case dict():
            for held in value.values():
                yield from _texts(held)
        case list():
            for held in value:
                yield from _texts(held)


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": cut(text, LONGEST_CELL) or NOTHING}


def _pieces(text: str) -> Iterator[str]:
    held = ""
    for line in text.split("\n"):
        joined = f"{held}\n{line}" if held else line
        if len(joined) <= LONGEST_SECTION:
            held = joined
            continue
        if held.strip():
            yield held
        *whole, held = _torn(line)
        yield from whole
    if held.strip():
        yield held


def _torn(line: str) -> Iterator[str]:
    """Part one line that is too long by itself, between words if it has any."""
    while len(line) > LONGEST_SECTION:
        end = line.rfind(" ", LONGEST_SECTION // 2, LONGEST_SECTION) + 1
        piece = line[:end] if end else _TORN.sub("", line[:LONGEST_SECTION])
        yield piece
        line = line[len(piece) :]
    yield line
