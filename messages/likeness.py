"""How much a text is like the examples: by the meanings it shares with them, the rare ones counting most."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from messages.phrases import Phrases, Rule

# What tells two examples apart counts a third of what makes them; a word that nobody knows as much as a middling one.
FAINTLY, STRANGER = 0.3, 1.0
# Of more strange words than these one cannot know what is spoken about.
MOST_STRANGERS = 2


@dataclass(frozen=True)
class Likely:
    """What a text probably wishes, and how much it is like the nearest example: 1 for the same, 0 for nothing."""

    wish: str
    likeness: float


class Likeness:
    """The examples of one language, by the meanings that they need."""

    def __init__(self, phrases: Phrases, *, without: frozenset[str] = frozenset()) -> None:
        self._phrases = phrases
        self._rules = [(wish, rule) for wish, rules in phrases.rules.items() if wish not in without for rule in rules]
        self._weights = _weights(self._rules, phrases.faint)
        self._total = [sum(self._weights[meaning] for meaning in rule.needs) for _, rule in self._rules]
        self._needing: Mapping[str, list[int]] = _found_by(self._rules)

    def ranked(self, said: frozenset[str], strangers: int = 0) -> list[Likely]:
        """Name the wishes that this is like, the likest first."""
        if strangers > MOST_STRANGERS:
            return []
        shared: dict[int, float] = defaultdict(float)
        for meaning in said:
            for place in self._needing.get(meaning, ()):
                shared[place] += self._weights[meaning]
        whole = sum(self._weights.get(meaning, 1.0) for meaning in said) + STRANGER * strangers
        best: dict[str, float] = {}
        for place, common in shared.items():
            wish, rule = self._rules[place]
            like = common / (self._total[place] + whole - common)
            # Most examples are less like it than one that was met before, and need not be looked at closely.
            if like > best.get(wish, 0.0) and self._may_be(rule, said):
                best[wish] = like
        return sorted((Likely(*each) for each in best.items()), key=lambda likely: -likely.likeness)

    def _may_be(self, rule: Rule, said: frozenset[str]) -> bool:
        """Refuse what asks otherwise: “when” for “how”; “I want” for “I do not want”."""
        return said & self._phrases.decisive <= rule.allows and rule.needs & self._phrases.turning <= said


def _weights(rules: list[tuple[str, Rule]], faint: frozenset[str]) -> dict[str, float]:
    """Weigh the meanings: what stands in one example of them all counts 1, what stands in each nearly nothing."""
    seen = Counter(meaning for _, rule in rules for meaning in rule.allows)
    every = math.log(1 + len(rules))
    return {
        meaning: math.log(1 + len(rules) / times) / every * (FAINTLY if meaning in faint else 1.0)
        for meaning, times in seen.items()
    }


def _found_by(rules: list[tuple[str, Rule]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, (_, rule) in enumerate(rules):
        for meaning in rule.needs:
            found[meaning].append(place)
    return dict(found)
