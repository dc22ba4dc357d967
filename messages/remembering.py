"""What customers wrote before, and which of those sentences a new one is nearest to: a second opinion on its wish."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from itertools import pairwise

from messages.phrases import Phrases, Words, lines_of, words_of

# Beside the wishes: what tells something and asks nothing, and what is for a human.
TELLING, NOTHING = "told", "nothing"
# So many of the nearest sentences have a say, and what is half as near has a quarter of it.
NEAREST, NEARNESS = 7, 2
# What stands in so many sentences that it says nothing, and costs most to look up: one in so many.
TOO_FREQUENT = 5
_EDGE = ""

Trait = tuple[str, ...]


@dataclass(frozen=True)
class Opinion:
    """Which wish the nearest sentences had, how far it is ahead of the next best, and whether it is one of them."""

    wish: str = NOTHING
    ahead: float = 0.0
    next_best: str = NOTHING
    is_known: bool = False


class Memory:
    """The sentences of one language, known by heart and by what they are like."""

    def __init__(self, phrases: Phrases, heard: Iterable[tuple[str, str]]) -> None:
        self._phrases = phrases
        self._heard = [(wish, words) for wish, text in heard if (words := words_of(text))]
        self._by_heart = {words: wish for wish, words in reversed(self._heard)}

    def known(self, words: Words) -> Opinion | None:
        """Say what exactly these words wished before; nothing if nobody wrote them."""
        wish = self._by_heart.get(words)
        return Opinion(wish, 1.0, is_known=True) if wish is not None else None

    def opinion(self, words: Words, given: Collection[str] = ()) -> Opinion:
        """Say what the sentences nearest to these words wished; ahead by 0.1 is little, by 1 much."""
        says: dict[str, float] = defaultdict(float)
        for wish, nearness in self._likeness.nearest(_traits(words, self._phrases, given)):
            says[wish] += nearness**NEARNESS
        ranked = sorted(says.items(), key=lambda each: -each[1])[:2]
        if not ranked:
            return Opinion()
        (wish, most), (other, less) = (*ranked, (NOTHING, 0.0))[:2]
        return Opinion(wish, most - less, other)

    def learn(self) -> None:
        """Compare the sentences with each other now, and not when the first text comes."""
        _ = self._likeness

    @cached_property
    def _likeness(self) -> "_Likeness":
        # A tenth of a second, for a language that somebody really writes.
        return _Likeness([(wish, _traits(words, self._phrases)) for wish, words in self._heard])


class _Likeness:
    """The sentences by the words and meanings that stand in them."""

    def __init__(self, known: Sequence[tuple[str, frozenset[Trait]]]) -> None:
        seen = Counter(trait for _, traits in known for trait in traits)
        self._wishes = [wish for wish, _ in known]
        self._stranger = math.log(1 + len(known)) ** 2
        # Squared, as each counts in the sentence and in the one that it is compared with.
        self._weights = {
            trait: 0.0 if times * TOO_FREQUENT > len(known) else math.log(len(known) / times) ** 2
            for trait, times in seen.items()
        }
        self._lengths = [math.sqrt(sum(self._weights[trait] for trait in traits)) or 1.0 for _, traits in known]
        self._having: dict[Trait, list[int]] = defaultdict(list)
        for place, (_, traits) in enumerate(known):
            for trait in traits:
                if self._weights[trait]:
                    self._having[trait].append(place)

    def nearest(self, traits: frozenset[Trait]) -> Iterator[tuple[str, float]]:
        """Find the few sentences that are most like this, each with its wish and how near it is, the nearest first."""
        shared: dict[int, float] = defaultdict(float)
        for trait in traits:
            weight = self._weights.get(trait, 0.0)
            for place in self._having.get(trait, ()):
                shared[place] += weight
        length = math.sqrt(sum(self._weights.get(trait, self._stranger) for trait in traits)) or 1.0
        near = ((place, common / (length * self._lengths[place])) for place, common in shared.items())
        for place, nearness in sorted(near, key=lambda each: -each[1])[:NEAREST]:
            yield self._wishes[place], nearness


def read_heard(file: Traversable, phrases: Phrases, wishes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Read the sentences that were heard before, each with its wish, and the examples; raises BrokenPhrases."""
    yield from ((heading, text) for heading, text, _ in lines_of(file, headings=(*wishes, TELLING, NOTHING)))
    yield from phrases.examples


def _traits(words: Words, phrases: Phrases, given: Collection[str] = ()) -> frozenset[Trait]:
    """Take words and what they mean, each by itself and with its neighbour; kind words only if there are no others."""
    found = list(phrases.in_order(words, given))
    found = [each for each in found if each[1] not in phrases.polite] or found
    if all(meaning is None for _, meaning in found):
        return frozenset()
    spelled = ["0" if word.isdecimal() else word for phrase, _ in found for word in phrase]
    meant = ["_" if meaning is None else meaning for _, meaning in found if meaning != ""]
    return frozenset((*_with_neighbours("w", spelled), *_with_neighbours("m", meant)))


def _with_neighbours(kind: str, said: Sequence[str]) -> Iterator[Trait]:
    yield from ((kind, each) for each in said)
    yield from ((kind, one, other) for one, other in pairwise((_EDGE, *said, _EDGE)))
