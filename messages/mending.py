"""Slips of the finger: a word that nobody knows may be a known one, mistyped."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from messages.phrases import Phrases, Words

# Of more slips than these one cannot know what was meant. It also bounds the cost: each is compared with every word.
MOST_SLIPS = 3
# One slip in a word of five letters, two in one of nine, in one of four only a swap: shorter words differ by a letter
# from too many others.
SWAP_FROM, ONE_SLIP_FROM, TWO_SLIPS_FROM = 4, 5, 9
_DOUBLED = re.compile(r"(.)\1+$")


def mended(words: Words, phrases: Phrases) -> Words:
    """Put known words in the place of those that are a slip away, unless there are too many."""
    slips = sum(word not in phrases.vocabulary for word in words)
    if not 0 < slips <= MOST_SLIPS:
        return words
    return tuple(word if word in phrases.vocabulary else _meant(word, phrases) for word in words)


def _meant(word: str, phrases: Phrases) -> str:
    """Find the one word that this was probably meant to be, else leave it."""
    plainer = (_DOUBLED.sub(r"\1", word), *(word.removesuffix(ending) for ending in phrases.endings))
    found = [each for each in plainer if each != word and each in phrases.vocabulary and len(each) > 1]
    if found:
        return min(found, key=len)
    if len(word) < SWAP_FROM:
        return word
    slips = (len(word) >= ONE_SLIP_FROM) + (len(word) >= TWO_SLIPS_FROM)
    near = process.extract(word, phrases.mendable, scorer=OSA.distance, score_cutoff=max(slips, 1), limit=8)
    likely = [(known, distance) for known, distance, _ in near if _is_slip(word, known)]
    closest = [known for known, distance in likely if distance == likely[0][1]]
    # Two words at the same distance that mean different things: who knows.
    return closest[0] if len({phrases.meaning_of(known) for known in closest}) == 1 else word


def _is_slip(word: str, known: str) -> bool:
    """Tell whether a word may be another one mistyped: the first letter is right, or is the second one's, swapped."""
    begins = word[0] == known[0] or word[:2] == known[1::-1]
    return begins and (len(word) >= ONE_SLIP_FROM or sorted(word) == sorted(known))
