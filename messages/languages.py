"""Languages: which of ours is nearest to the one wanted, and what CLDR knows of each."""

from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError

# What nobody has counted and dated for CLDR yet is written with English numbers, and the day before the month.
_UNKNOWN_TO_CLDR = "en_GB"


def nearest(wanted: str | None, spoken: Iterable[str]) -> str | None:
    """Find the nearest of the languages spoken: "de-AT" is answered in "de"; nothing where none is near."""
    known = {language.lower(): language for language in spoken}
    tag = (wanted or "").replace("_", "-").lower()
    while tag:
        if tag in known:
            return known[tag]
        tag = tag.rpartition("-")[0]
    return None


@cache
def locale_of(language: str) -> Locale:
    """Return what CLDR knows of a language: its plurals, its numbers and its dates."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):  # not in CLDR, not a tag
        return Locale.parse(_UNKNOWN_TO_CLDR)


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return str(locale_of(language).text_direction) == "rtl"
