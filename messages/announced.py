"""What the team writes to many: in the languages it wrote it in, with the reader's first name where it asks for it."""

import re
from collections.abc import Mapping
from dataclasses import replace

from messages.formats import LONGEST, LONGEST_SAID, one_line
from messages.languages import nearest
from messages.message import Announced, Message, Said

FIRST_NAME = "{first_name}"
# Telegram counts what lies beyond the first 65,536 characters twice, and two short lines of ours stand below.
LONGEST_IN_TELEGRAM = 3800
_PLACE = re.compile(r"\{[^{}\s]*\}")
# What was surely meant for the place of the name, and would be read as it stands.
_UNCLOSED = re.compile(r"\{\s*first[_ -]?name|first_name\s*\}", re.IGNORECASE)
# Without a name, what was to part it from the rest goes with it: "Hi {first_name}, look" is "Hi, look".
_ADDRESSED_FIRST = re.compile(r"^\{first_name\}[,!:]*\s*(.)", re.MULTILINE)
_ADDRESSED_LATER = re.compile(r"[, ]*\{first_name\}")


class TextRefused(ValueError):
    """A text that could not be sent as it is; the message says why and what would do."""


def check_text(text: str) -> None:
    """Refuse a text that is empty, too long, or asks for anything but the first name; raises TextRefused."""
    if not text.strip():
        raise TextRefused("There is no text.")
    for place in _PLACE.findall(text):
        if place != FIRST_NAME:
            raise TextRefused(f"{place} is nothing that can be filled in; there is only {FIRST_NAME}.")
    if _UNCLOSED.search(text.replace(FIRST_NAME, "")):
        raise TextRefused(f"It asks for the first name with {FIRST_NAME}, written just so.")
    longest = text.replace(FIRST_NAME, "N" * LONGEST)
    if len(longest) > LONGEST_SAID:
        raise TextRefused(f"The text has {len(longest):,} characters with long names in it; {LONGEST_SAID:,} fit.")
    units = len(longest.encode("utf-16-le")) // 2
    if units > LONGEST_IN_TELEGRAM:
        raise TextRefused(
            f"The text counts {units:,} characters at Telegram, where an emoji is two; {LONGEST_IN_TELEGRAM:,} fit."
        )


def addressed(text: str, first_name: str) -> str:
    """Put a first name where the text asks for it; whoever has told none is addressed without."""
    if name := one_line(first_name).strip():
        return text.replace(FIRST_NAME, name)
    bare = _ADDRESSED_FIRST.sub(lambda found: found[1].upper(), text)
    return _ADDRESSED_LATER.sub("", bare)


def said_to(message: Message, *, language: str, first_name: str) -> Message:
    """Say what the team wrote to one reader; any other message stays as it is."""
    if not any(isinstance(value, Announced) for value in message.values.values()):
        return message
    values = {
        name: Said(addressed(text_for(value, language), first_name)) if isinstance(value, Announced) else value
        for name, value in message.values.items()
    }
    return replace(message, values=values)


def text_for(announced: Announced, language: str) -> str:
    """Choose the text in the reader's language, else the one in the language that was written first."""
    texts: Mapping[str, str] = announced.texts
    return texts[nearest(language, texts) or announced.first]
