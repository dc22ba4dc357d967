"""Pieces of text with the marks that lie on them, before a platform's own signs are put in."""

from dataclasses import dataclass

BOLD, ITALIC, CODE = "*", "_", "`"
# What a value is, for a platform that must be told so: an address, or a person of its own.
LINK, MENTION = "link", "mention"


@dataclass(frozen=True)
class Span:
    """A piece of text and the marks that lie on it."""

    text: str
    marks: frozenset[str] = frozenset()
