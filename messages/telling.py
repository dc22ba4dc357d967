"""What somebody tells of what was done is no question: “I bought on Monday”, “my sister used my code”."""

import re

from messages.mending import mended
from messages.phrases import ANOTHER_MATTER, ANYBODY, Phrases, Words, between, words_of

_CLAUSE = re.compile(r"[^.!?;,:…()\n]+[.!?;,:…()\n]*")


def without_facts(text: str, phrases: Phrases) -> str | None:
    """Leave out the parts that only tell something; nothing when there are none."""
    kept: list[Words] = []
    told: list[Words] = []
    for clause in _CLAUSE.findall(text):
        for part in between(words_of(clause), phrases.joints):
            # In “my sister came and used my code” she is named once.
            is_fact = "?" not in clause and _is_fact(mended(part, phrases), phrases, is_named=bool(told))
            (told if is_fact else kept).append(part)
    # What is said after “I bought shoes” is about the shoes.
    if not told or (kept and any(ANOTHER_MATTER in phrases.heard(part)[0] for part in told)):
        return None
    return ". ".join(" ".join(part) for part in kept)


def _is_fact(words: Words, phrases: Phrases, *, is_named: bool) -> bool:
    """Tell whether words name a deed, by whom, and at most with what, where and for how much."""
    return any(
        _is_done(words[:place], deed, words[place + len(deed) :], phrases)
        for place in range(len(words))
        if (deed := _deed_at(words, place, phrases, is_named=is_named or place > 0)) is not None
    )


def _deed_at(words: Words, place: int, phrases: Phrases, *, is_named: bool) -> Words | None:
    """Find the deed that is told here; “_” before it in the list says that somebody must be named."""
    for told in phrases.told:
        deed = told[1:] if told[0] == ANYBODY else told
        if words[place : place + len(deed)] == deed and (is_named or deed is told):
            return deed
    return None


def _is_done(by: Words, deed: Words, rest: Words, phrases: Phrases) -> bool:
    # “Did she buy”, “who bought”: what begins like that asks, whether or not somebody types the question mark.
    if by and by[0] in phrases.asking:
        return False
    done_by, strangers = phrases.heard(by)
    beside, _ = phrases.heard(rest)
    allowed = phrases.beside | phrases.polite | phrases.heard(deed)[0]
    # Of two strange words one may be what this is about; who did it is one name.
    return strangers <= 1 and done_by <= allowed and beside <= allowed | {ANOTHER_MATTER}
