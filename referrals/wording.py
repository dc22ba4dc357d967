"""What an advocate may say to friends in words of their own: one short paragraph, and no links."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 280

# Joins the parts of an emoji, or chooses how it is drawn: invisible, and no danger.
_OF_EMOJI = {"\u200d", "\ufe0e", "\ufe0f"}
# A web address, with or without its scheme; an e-mail address; a name that a chat makes tappable.
_LINK = re.compile(r"\S*(?:://|www\.|\w\.[^\W\d_]{2,}|@\w|\bt\.me\b)\S*", re.IGNORECASE)
_LONGEST_SHOWN = 40


@dataclass(frozen=True)
class Words:
    """Words as they are kept, or why they cannot be: "empty", "too-long" or "has-link", and what was found."""

    text: str
    refused: str = ""
    found: str = ""


def read_words(written: str) -> Words:
    """Make one plain paragraph of what somebody wrote, and refuse what friends could be led astray with."""
    text = " ".join("".join(char if _is_kept(char) else _instead(char) for char in written).split())
    if not any(char.isalnum() for char in text):
        return Words(text, "empty")
    # Written in look-alike letters, an address is an address all the same: apps may read it as one.
    link = _LINK.search(unicodedata.normalize("NFKC", text).replace("。", "."))
    if link is not None:
        return Words(text, "has-link", link.group()[:_LONGEST_SHOWN])
    if len(text) > LONGEST:
        return Words(text, "too-long")
    return Words(text)


def _is_kept(char: str) -> bool:
    return char in _OF_EMOJI or unicodedata.category(char)[0] not in "CZ"


def _instead(char: str) -> str:
    # White space parts words; what is invisible, or a half of a character, goes without a trace.
    return " " if char.isspace() or unicodedata.category(char)[0] == "Z" else ""
