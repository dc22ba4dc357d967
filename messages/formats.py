"""Amounts, dates and people's own words as a language writes them on one line."""

import re
import unicodedata
from collections.abc import Mapping
from copy import copy
from datetime import datetime
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.numbers import format_decimal

from messages.message import Worth
from referrals.money import CURRENCIES, Amount

# Telegram allows 64 characters in a first name; a longer text from a person is an attack on the layout.
LONGEST = 64
ELLIPSIS = "…"

# English without a country is American in CLDR: "November 24" and a twelve-hour clock. Everyone else reads day first.
_DATES_LIKE: Mapping[str, str] = {"en": "en_GB"}

# CLDR asks for a space where a currency has no sign of its own, "KWD 1.500", and Babel leaves it out.
_LETTER_THEN_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")

# Marks that reorder what follows them, even beyond the value they came with.
_REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def one_line(text: str) -> str:
    """Make a person's text fit into a sentence: one line, nothing invisible that acts, at most 64 characters."""
    kept = "".join(char for char in _REORDERING.sub("", text) if unicodedata.category(char) != "Cs")
    spaced = "".join(" " if unicodedata.category(char) == "Cc" else char for char in kept)
    line = " ".join(spaced.split())
    if len(line) <= LONGEST:
        return line
    return _without_loose_end(line[: LONGEST - 1]) + ELLIPSIS


def isolated(text: str) -> str:
    """Keep a right-to-left text from reordering its sentence; all else stays bare, so that it copies cleanly."""
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return f"{_ISOLATE}{text}{_END_ISOLATE}"
    return text


def worth_text(worth: Worth, language: str) -> str:
    """Write what a reward is worth: "€10", "€9.50", "3 free coffees"."""
    if worth.amount.unit in CURRENCIES:
        return _money(worth.amount, _locale(language))
    locale = _locale(language)
    names = dict(worth.names)
    # The business wrote the names in its own language, whose categories may not be this reader's.
    words = names.get(locale.plural_form(worth.amount.minor)) or names.get("other") or worth.amount.unit
    return f"{format_decimal(worth.amount.minor, locale=locale)} {one_line(words)}"


def day_text(at: datetime, language: str, *, zone: ZoneInfo, with_year: bool = False) -> str:
    """Write the local date, "24 November", with its year where that is asked for."""
    locale = _date_locale(language)
    if with_year:
        return format_date(_local(at, zone), "long", locale=locale)
    return str(format_skeleton("MMMMd", _local(at, zone), locale=locale))


def moment_text(at: datetime, language: str, *, zone: ZoneInfo, with_year: bool = False) -> str:
    """Write the local date and time, "24 November, 14:05"."""
    locale = _date_locale(language)
    day = day_text(at, language, zone=zone, with_year=with_year)
    time = format_time(_local(at, zone), "short", locale=locale)
    joined = str(get_datetime_format("medium", locale=locale)).replace("'", "")
    return joined.replace("{1}", day).replace("{0}", time)


def _money(amount: Amount, locale: Locale) -> str:
    exponent = CURRENCIES[amount.unit]
    whole = amount.minor % 10**exponent == 0
    # Babel's own digits differ from ISO 4217 for some currencies; a shared pattern must not be changed in place.
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (0, 0) if whole else (exponent, exponent)
    value = Decimal(amount.minor).scaleb(-exponent)
    written = str(pattern.apply(value, locale, currency=amount.unit, currency_digits=False))
    return _LETTER_THEN_DIGIT.sub("\u00a0", written)


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A time without a zone cannot be shown to anyone.")
    return at.astimezone(zone)


def _without_loose_end(text: str) -> str:
    # A cut between a letter and its accent, or inside a joined emoji, leaves half a sign.
    while text and (unicodedata.combining(text[-1]) or text[-1] in "\u200d\ufe0f "):
        text = text[:-1]
    return text


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))


@cache
def _date_locale(language: str) -> Locale:
    return _locale(_DATES_LIKE.get(language, language))
