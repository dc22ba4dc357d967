"""What somebody tells of what they did is no question: “I bought on Monday” asks for nothing."""

import re

from messages.mending import mended
from messages.phrases import ANYBODY, NOTHING_SAID, Phrases, Words, between, words_of

_CLAUSE = re.compile(r"[^.!?;,:…()\n]+[.!?;,:…()\n]*")
_MONEY = (ANYBODY, "euros")


def without_facts(text: str, phrases: Phrases) -> str | None:
    """Leave out the parts that only tell something; nothing when there are none."""
    kept: list[str] = []
    has_told = False
    for clause in _CLAUSE.findall(text):
        parts = [words_of(clause)] if "?" in clause else between(words_of(clause), phrases.joints)
        asking = [part for part in parts if "?" in clause or not _is_fact(part, phrases)]
        has_told |= len(asking) < len(parts)
        kept += (" ".join(part) for part in asking)
    return ". ".join(kept) if has_told else None


def _is_fact(words: Words, phrases: Phrases) -> bool:
    """Tell whether words begin as a fact does, and mean no more: something was bought, at some time, for so much."""
    words = mended(words, phrases)
    begun = next((told for told in phrases.told if words[: len(told)] == told), None)
    if begun is None:
        return False
    said, _ = phrases.heard(words)
    of_fact, _ = phrases.heard(begun)
    return said <= of_fact | {phrases.groups.get(_MONEY, NOTHING_SAID)}
