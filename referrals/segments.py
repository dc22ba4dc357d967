"""Segments: which customers a message is for, as a sentence that people can read and type."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import available_timezones

from referrals.program_file.languages import language_fault

AND, NOT = "and", "not"
MOST_CONDITIONS = 20
MOST_VALUES = 50
# Counts beyond this nobody reaches; larger ones would not fit the databases' integers.
LARGEST_COUNT = 1_000_000_000

# What can be said of a customer by itself, what can be compared with a number, with a day, and with a word.
FLAGS: Mapping[str, str] = {
    "advocate": "has a share link",
    "friend": "came through somebody's invitation",
    "customer": "has bought",
    "rewarded": "was given at least one reward that was not taken back",
    "reward-ready": "has a reward that waits to be claimed",
}
COUNTS: Mapping[str, str] = {
    "referrals": "friends who joined through their link, ineligible ones left out",
    "completed": "referrals that are completed",
    "rewards": "rewards they were given and kept",
}
DAYS: Mapping[str, str] = {
    "since": "the day on which we first met them",
    "bought": "the day of their first purchase",
}
CHOICES: Mapping[str, str] = {
    "language": "the language they read",
    "platform": "where they can be written to: telegram or slack",
    "zone": "their time zone, such as Europe/Berlin",
}
ATTRIBUTE = "attribute."
PLATFORMS = ("telegram", "slack")

# What people write who expect a longer word.
_SAME = {"has-referrals": "referrals", "has-rewards": "rewards", "has-bought": "customer", "lang": "language"}
_EVERYBODY = {"all", "anybody", "anyone", "customers", "everybody", "everyone"}
_CONDITION = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)\s*(?:(>=|<=|!=|==|=|>|<)\s*(.*))?", re.DOTALL)
_AND = re.compile(r"\s+and\s+|\s*&&\s*", re.IGNORECASE)
_WORDS = (*FLAGS, *COUNTS, *DAYS, *CHOICES)


class SegmentError(ValueError):
    """A segment that cannot be read; the message says which part, and what would do."""


@dataclass(frozen=True)
class Condition:
    """One thing that must hold: a word, and what it is compared with where it is; `wanted` is turned round by *not*."""

    word: str
    operator: str = ""
    values: tuple[str, ...] = ()
    wanted: bool = True

    def __str__(self) -> str:
        said = f"{self.word}{self.operator}{','.join(self.values)}"
        return said if self.wanted else f"{NOT} {said}"


@dataclass(frozen=True)
class Segment:
    """Everyone for whom all of the conditions hold; without conditions, everyone."""

    conditions: tuple[Condition, ...] = ()

    def __str__(self) -> str:
        return f" {AND} ".join(map(str, self.conditions))


def read_segment(written: str) -> Segment:
    """Read "referrals>=1 and language=es and not rewarded"; nothing written is everyone; raises SegmentError."""
    if not written.strip():
        return Segment()
    conditions = tuple(_condition(part) for part in _AND.split(written.strip()))
    if len(conditions) > MOST_CONDITIONS:
        raise SegmentError(f"These are {len(conditions)} conditions; more than {MOST_CONDITIONS} nobody can check.")
    return Segment(conditions)


def _condition(part: str) -> Condition:
    first, _, rest = part.strip().partition(" ")
    wanted = first.lower() != NOT
    found = _CONDITION.fullmatch((part if wanted else rest).strip())
    if found is None:
        raise SegmentError(_no_condition(part.strip()))
    name, operator, value = found[1].lower(), (found[2] or "").replace("==", "="), (found[3] or "").strip()
    word = _SAME.get(name, name)
    if word.startswith(ATTRIBUTE):
        word = ATTRIBUTE + found[1][len(ATTRIBUTE) :]  # a shop's own name keeps its capitals
    if word in FLAGS:
        return _flag(word, operator, wanted=wanted)
    if not operator:
        _refuse_bare(word)
    if word in COUNTS:
        return Condition(word, operator, (_count(word, value),), wanted)
    if word in DAYS:
        return Condition(word, operator, (_day(word, value),), wanted)
    if word in CHOICES or (len(word) > len(ATTRIBUTE) and word.startswith(ATTRIBUTE)):
        return Condition(word, operator, _listed(word, operator, value), wanted)
    raise SegmentError(_unknown(name))


def _refuse_bare(word: str) -> None:
    """Explain a word that says too little by itself."""
    if word in COUNTS:
        raise SegmentError(f"“{word}” needs a number, such as {word}>=1.")
    if word in DAYS:
        raise SegmentError(f"“{word}” needs a day, such as {word}>=2026-01-31.")
    if word in CHOICES or word.startswith(ATTRIBUTE):
        raise SegmentError(f"“{word}” needs a value, such as {word}={'es' if word == 'language' else '…'}.")


def _flag(word: str, operator: str, *, wanted: bool) -> Condition:
    if operator:
        raise SegmentError(f"“{word}” is a yes or no: write “{word}” or “{NOT} {word}”.")
    return Condition(word, wanted=wanted)


def _count(word: str, value: str) -> str:
    if not re.fullmatch(r"[0-9]{1,10}", value) or int(value) > LARGEST_COUNT:
        raise SegmentError(f"“{word}” is a whole number, and “{value}” is none; write {word}>=1.")
    return str(int(value))


def _day(word: str, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise SegmentError(f"“{word}” is a day such as 2026-01-31, and “{value}” is none.") from None


def _listed(word: str, operator: str, value: str) -> tuple[str, ...]:
    if operator not in {"=", "!="}:
        raise SegmentError(f"“{word}” can be = or != something, and no more or less than it.")
    values = tuple(one.strip().strip("\"'“”") for one in value.split(","))
    if not all(values) or len(values) > MOST_VALUES or any(len(one) > 128 for one in values):
        raise SegmentError(f"“{word}” needs a value, or several parted by commas (at most {MOST_VALUES}).")
    if word == "platform" and (odd := [one for one in values if one.lower() not in PLATFORMS]):
        raise SegmentError(f"“{odd[0]}” is no platform of ours; there are {' and '.join(PLATFORMS)}.")
    for one in values:
        if word == "language":
            _refuse_language(one)
        elif word == "zone":
            _refuse_zone(one)
    return tuple(one.lower() for one in values) if word in {"platform", "language"} else values


def _refuse_language(value: str) -> None:
    if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2}", value) is None:
        raise SegmentError(f"“{value}” is no language; write its letters, such as language=es.")
    if fault := language_fault(value.lower()):
        raise SegmentError(fault)


def _refuse_zone(value: str) -> None:
    """Refuse a zone there is none of, and name the one that is nearest: nobody would ever be found by it."""
    zones = _zones()
    if value in zones.values():
        return
    asked = value.lower().replace(" ", "_")
    by_city = [zone for lower, zone in zones.items() if lower.rpartition("/")[2] == asked]
    close = get_close_matches(asked, zones, n=1)
    meant = zones.get(asked) or (by_city[0] if by_city else zones[close[0]] if close else "")
    told = f"Did you mean zone={meant}?" if meant else "Write a city with its part of the world: zone=Europe/Berlin."
    raise SegmentError(f"“{value}” is no time zone. {told}")


# Some 600 names out of the zone files, which are the same as long as we run.
@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    return {zone.lower(): zone for zone in sorted(available_timezones())}


def _no_condition(part: str) -> str:
    if re.search(r"\bor\b", part, re.IGNORECASE):
        return (
            f"“{part}”: there is no “or”. Several values go behind one comparison (language=es,pt); "
            "other cases are a message of their own."
        )
    return f"“{part}” is no condition; conditions are joined with “{AND}”. {_known()}"


def _unknown(word: str) -> str:
    if word.lower() in _EVERYBODY:
        return f"For “{word}” leave the segment out: a message is then for everybody who agreed to it."
    close = get_close_matches(word, [*_WORDS, *_SAME], n=1)
    meant = f" Did you mean “{_SAME.get(close[0], close[0])}”?" if close else ""
    return f"“{word}” is nothing that is known of customers.{meant} {_known()}"


def _known() -> str:
    return f"There are {', '.join(_WORDS)}, and {ATTRIBUTE}NAME for what the shop has told."
