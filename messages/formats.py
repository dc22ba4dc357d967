"""Amounts, rates, dates and people's own words, as a language writes them."""

import re
import unicodedata
from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format, get_timezone_location
from babel.numbers import format_decimal

from messages.languages import locale_of, nearest
from messages.message import City, Percent, Rate, Spoken, Worth
from referrals.money import CURRENCIES, Amount

# Telegram allows 64 characters in a first name; a longer text from a person is an attack on the layout.
LONGEST = 64
# A piece of text in Slack ends at 3,000 characters, with the words around it.
LONGEST_SAID = 2900
ELLIPSIS = "…"
NOTHING = "–"
# Of a percentage, which is written by hand: more digits nobody promises.
_MOST_DIGITS = 10

# English without a country is American in CLDR: "November 24" and a twelve-hour clock. Everyone else reads day first.
_DATES_LIKE: Mapping[str, str] = {"en": "en_GB"}

# CLDR asks for a space where a currency has no sign of its own, "KWD 1.500", and Babel leaves it out.
_LETTER_THEN_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")

# Marks that reorder what follows them, even beyond the value they came with.
_BLANK_LINES = re.compile(r"\n{3,}")
_REORDERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def one_line(text: str) -> str:
    """Make a person's text fit into a sentence: one line, nothing invisible that acts, at most 64 characters."""
    return _cut(_plain_line(text), LONGEST)


def several_lines(text: str) -> str:
    """Make what a person wrote fit into a message: their lines, nothing invisible that acts, at most 2,900 characters.

    A right-to-left line is isolated by itself: an isolate ends with its line.
    """
    lines = "\n".join(_plain_line(line) for line in text.splitlines())
    kept = _cut(_BLANK_LINES.sub("\n\n", lines).strip(), LONGEST_SAID)
    return "\n".join(isolated(line) for line in kept.split("\n"))


def isolated(text: str) -> str:
    """Keep a right-to-left text from reordering its sentence; all else stays bare, so that it copies cleanly."""
    if not text.isascii() and any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return f"{_ISOLATE}{text}{_END_ISOLATE}"
    return text


def worth_text(worth: Worth, language: str) -> str:
    """Write what a reward is worth: "€10", "€9.50", "3 free coffees"."""
    if worth.amount.unit in CURRENCIES:
        return _money(worth.amount, language)
    spoken, names = _names(worth, language)
    # Where the business gave no names in the reader's language, its own has plurals of its own.
    words = names.get(locale_of(spoken).plural_form(worth.amount.minor)) or names.get("other") or worth.amount.unit
    return f"{format_decimal(worth.amount.minor, locale=locale_of(language))} {one_line(words)}"


def spoken_text(spoken: Spoken, language: str) -> str:
    """Say what the business says, in the reader's language or else in its first; nothing when it says nothing."""
    return several_lines(spoken.texts[chosen]) if (chosen := _chosen(spoken.texts, language)) else ""


def _names(worth: Worth, language: str) -> tuple[str, Mapping[str, str]]:
    if not isinstance(worth.names, Mapping):
        return language, dict(worth.names)
    chosen = _chosen(worth.names, language)
    return chosen or language, dict(worth.names[chosen]) if chosen else {}


def _chosen(texts: Mapping[str, object], language: str) -> str | None:
    return nearest(language, texts) or next(iter(texts), None)


def number_text(number: int, language: str) -> str:
    """Write a whole number: "1,200"."""
    return format_decimal(number, locale=locale_of(language))


def rate_text(rate: Rate, language: str) -> str:
    """Write a part of a whole in percent, "12.5%"; a part of nothing is a dash."""
    if rate.whole == 0:
        return NOTHING
    exact = Decimal(rate.part) / Decimal(rate.whole)
    return _percent(exact.quantize(Decimal("0.001"), rounding=ROUND_HALF_EVEN), language, digits=1)


def percent_text(percent: Percent, language: str) -> str:
    """Write an exact percentage with all of its digits: "7.25%"."""
    exact = Decimal(percent.number).scaleb(-2)
    return _percent(exact, language, digits=_MOST_DIGITS)


def city_text(city: City, language: str) -> str:
    """Name a zone's city as its people's atlas does: "Los Ángeles"."""
    return get_timezone_location(city.zone, locale=locale_of(language), return_city=True)


def day_text(at: datetime, language: str, *, zone: ZoneInfo, with_year: bool = False) -> str:
    """Write the local date, "24 November", with its year where that is asked for."""
    return _day(_local(at, zone).date(), language, with_year)


def moment_text(at: datetime, language: str, *, zone: ZoneInfo, with_year: bool = False) -> str:
    """Write the local date and time, "24 November, 14:05"."""
    locale = _date_locale(language)
    day = day_text(at, language, zone=zone, with_year=with_year)
    time = format_time(_local(at, zone), "short", locale=locale)
    joined = str(get_datetime_format("medium", locale=locale)).replace("'", "")
    return joined.replace("{1}", day).replace("{0}", time)


# Babel takes 60 to 90 microseconds for a date or an amount, of which a program has a handful.
@lru_cache(maxsize=1024)
def _day(day: date, language: str, with_year: bool) -> str:  # noqa: FBT001 - a key of the cache
    locale = _date_locale(language)
    if with_year:
        return format_date(day, "long", locale=locale)
    return str(format_skeleton("MMMMd", day, locale=locale))


def _percent(exact: Decimal, language: str, *, digits: int) -> str:
    locale = locale_of(language)
    pattern = copy(locale.percent_formats[None])
    pattern.frac_prec = (0, digits)
    return str(pattern.apply(exact, locale))


@lru_cache(maxsize=1024)
def _money(amount: Amount, language: str) -> str:
    locale = locale_of(language)
    exponent = CURRENCIES[amount.unit]
    whole = amount.minor % 10**exponent == 0
    # Babel's own digits differ from ISO 4217 for some currencies; a shared pattern must not be changed in place.
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (0, 0) if whole else (exponent, exponent)
    value = Decimal(amount.minor).scaleb(-exponent)
    written = str(pattern.apply(value, locale, currency=amount.unit, currency_digits=False))
    return _LETTER_THEN_DIGIT.sub("\u00a0", written)


def _plain_line(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(char for char in _REORDERING.sub("", text) if unicodedata.category(char) != "Cs")
    spaced = "".join(" " if unicodedata.category(char) == "Cc" else char for char in kept)
    return " ".join(spaced.split())


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else _without_loose_end(text[: longest - 1]) + ELLIPSIS


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A time without a zone cannot be shown to anyone.")
    return at.astimezone(zone)


def _without_loose_end(text: str) -> str:
    # A cut between a letter and its accent, or inside a joined emoji, leaves half a sign.
    while text and (unicodedata.combining(text[-1]) or text[-1] in "\u200d\ufe0f \n"):
        text = text[:-1]
    return text


@cache
def _date_locale(language: str) -> Locale:
    return locale_of(_DATES_LIKE.get(language, language))
