"""What a person writes is understood where it plainly says one thing, by the phrases of the text files."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from messages.languages import nearest
from messages.phrases import ANOTHER_MATTER, Phrases, Rule, Words, read_phrases, words_of

# A wish is put in a sentence or two; what is longer tells a story, and stories are for humans.
LONGEST = 240
MOST_WORDS = 24
# Of more slips than these one cannot know what was meant. It also bounds the cost: each is compared with every word.
MOST_SLIPS = 3
# One slip in a word of five letters, two in one of nine, in one of four only a swap: shorter words differ by a letter
# from too many others.
SWAP_FROM, ONE_SLIP_FROM, TWO_SLIPS_FROM = 4, 5, 9
# What a text and an example must have in common for a guess: three meanings of four, or of five.
LIKE = 0.6


class Wish(StrEnum):
    """What somebody can want from us, and the heading of its phrases."""

    SHARE = "share"
    STATUS = "status"
    REWARDS = "rewards"
    TOP = "top"
    SETTINGS = "settings"
    HELP = "help"
    HUMAN = "human"
    STOP = "stop"
    STOP_AT_ONCE = "stop-at-once"
    HELLO = "hello"
    THANKS = "thanks"
    BYE = "bye"
    CODE = "code"
    HOW_MUCH = "how-much"
    WHEN = "when"
    UNTIL = "until"
    CONDITIONS = "conditions"
    WHY_NOT = "why-not"
    VOUCHER = "voucher"
    PRIVACY = "privacy"
    BOT = "bot"


# What is there to look at. Of anything else, two wishes in one sentence are a story.
SHOWN = (Wish.SHARE, Wish.STATUS, Wish.REWARDS, Wish.TOP, Wish.SETTINGS)
# Said beside something else, these change nothing.
POLITE = (Wish.HELLO, Wish.THANKS, Wish.BYE)


class Phrasebook:
    """The phrases of every language, read once."""

    def __init__(self, spoken: Mapping[str, Phrases]) -> None:
        self._spoken = spoken

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Self:
        """Read `<language>/understanding.txt` from our own folder or another; raises BrokenPhrases."""
        places = sorted((folder or files("messages")).iterdir(), key=lambda place: place.name)
        found = {place.name: place / "understanding.txt" for place in places if place.is_dir()}
        return cls(
            {
                name: read_phrases(file, headings=tuple(Wish), polite=POLITE)
                for name, file in found.items()
                if file.is_file()
            }
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which we understand something."""
        return tuple(self._spoken)

    def understand(self, text: str, language: str | None = None) -> tuple[Wish, ...]:
        """Say what a text wishes: one wish, two between which to ask, or none.

        As it is written it is tried in every language, the reader's first, and only then with its slips mended.
        """
        words, order = _looked_at(text), self._order(language)
        if not words:
            return ()
        if any(words in self._spoken[name].at_once for name in order):
            return (Wish.STOP_AT_ONCE,)
        written = (self._in(name, words) for name in order)
        mended = (self._in(name, _mended(words, self._spoken[name])) for name in order)
        return next((found for tries in (written, mended) for found in tries if found), ())

    def guess(self, text: str, language: str | None = None) -> Wish | None:
        """Say what a text may wish that no example says, if its every word is known: enough to ask, not to answer."""
        words = _looked_at(text)
        guesses = (self._near(name, words) for name in self._order(language))
        return next((wish for wish in guesses if wish is not None), None)

    def _order(self, language: str | None) -> list[str]:
        own = nearest(language, self._spoken)
        return sorted(self._spoken, key=lambda name: name != own)

    def _near(self, language: str, words: Words) -> Wish | None:
        phrases = self._spoken[language]
        said = phrases.meanings(words) or phrases.meanings(_mended(words, phrases)) or frozenset()
        if not said or ANOTHER_MATTER in said:
            return None
        said -= phrases.faint | phrases.polite
        likeness = {
            Wish(name): max(_likeness(rule.needs - phrases.faint, said) for rule in rules)
            for name, rules in phrases.rules.items()
        }
        best = [wish for wish, like in likeness.items() if like == max(likeness.values())]
        return best[0] if len(best) == 1 and likeness[best[0]] >= LIKE else None

    def _in(self, language: str, words: Words) -> tuple[Wish, ...]:
        phrases = self._spoken[language]
        said = phrases.meanings(words)
        if not said:
            return ()
        substance = said - phrases.polite or said
        # "Thanks for my voucher" is thanks; "thanks, where is my voucher?" is a question.
        return _wishes(said, phrases) or _wishes(substance, phrases) or _both(substance - phrases.faint, phrases)


def _looked_at(text: str) -> Words:
    words = words_of(text) if len(text) <= LONGEST else ()
    return words if len(words) <= MOST_WORDS else ()


@cache
def phrasebook() -> Phrasebook:
    """Return our own phrases; the first time they are read, which takes some milliseconds."""
    return Phrasebook.load()


def _wishes(said: frozenset[str], phrases: Phrases) -> tuple[Wish, ...]:
    """Find the wish of which an example says all of this and no more; two when both do equally well."""
    fits = {
        Wish(name): min(found)
        for name, rules in phrases.rules.items()
        if (found := [fit for rule in rules if (fit := _fit(rule, said, phrases.faint)) is not None])
    }
    return tuple(wish for wish, fit in fits.items() if fit == min(fits.values()))[:2]


def _fit(rule: Rule, said: frozenset[str], faint: frozenset[str]) -> tuple[int, int] | None:
    """Tell how badly an example fits: by the faint words that differ, then by how little it needs."""
    needs = rule.needs - faint
    if not needs <= said or not said - faint <= rule.allows:
        return None
    differ = len((rule.needs - said) | ((said & faint) - rule.allows))
    return (differ, -len(needs)) if needs or not differ else None


def _both(said: frozenset[str], phrases: Phrases) -> tuple[Wish, ...]:
    """Find the only two things to look at that were asked for in one breath."""
    near = {wish: [rule for rule in phrases.rules.get(wish, ()) if rule.needs <= said] for wish in SHOWN}
    pairs = [
        (one, other)
        for one, other in combinations(SHOWN, 2)
        if any(said <= first.allows | second.allows for first in near[one] for second in near[other])
    ]
    return pairs[0] if len(pairs) == 1 else ()


def _likeness(needs: frozenset[str], said: frozenset[str]) -> float:
    """Tell how much two sets of meanings have in common: 1 for the same ones, 0 for none."""
    return len(needs & said) / len(needs | said) if said else 0.0


def _mended(words: Words, phrases: Phrases) -> Words:
    """Put known words in the place of those that are a slip away; nothing when there are none, or too many."""
    slips = sum(word not in phrases.vocabulary for word in words)
    if not 0 < slips <= MOST_SLIPS:
        return ()
    return tuple(word if word in phrases.vocabulary else _meant(word, phrases) for word in words)


def _meant(word: str, phrases: Phrases) -> str:
    """Find the one word that this was probably meant to be, else leave it."""
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
