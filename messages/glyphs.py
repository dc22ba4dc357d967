"""Letters that a font can draw, and what stands in for those that it cannot."""

import unicodedata
from collections.abc import Callable

UNKNOWN = "□"
_LONGEST = 200


def drawable(text: str, is_drawn: Callable[[str], bool]) -> str:
    """Keep what a font can draw: a missing letter leaves a square, a missing picture nothing."""
    composed = unicodedata.normalize("NFC", text)[:_LONGEST]
    drawn = (char if is_drawn(char) else _stand_in(char) for char in composed)
    return " ".join("".join(drawn).split())


def _stand_in(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "Z" or category == "Cc":
        return " "
    return UNKNOWN if category[0] in "LN" else ""
