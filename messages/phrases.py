"""The file of phrases: groups of words that mean the same, words that say nothing, and examples under each wish."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

Words = tuple[str, ...]

# Headings of words; every other heading is a wish with examples.
SAME, FAINT, SMALL, APART = "same", "faint", "small", "apart"
OF_WORDS = (SAME, FAINT, SMALL, APART)
AT_ONCE = "stop-at-once"
ANYBODY = "_"  # in a group: one word that is not known, such as a name
NOTHING_SAID, ANOTHER_MATTER = "", "(apart)"

_TOKEN = re.compile(r"[^\W_]+|[€$£]")
_OPTIONAL = re.compile(r"\(([^()]*)\)")
_QUOTES = str.maketrans("", "", "'’‘`´ʼ")
_STRETCHED = re.compile(r"(.)\1{2,}")


class BrokenPhrases(ValueError):
    """A file of phrases cannot be read; the message names the file and the line."""


@dataclass(frozen=True)
class Rule:
    """An example: what a text must mean to be like it, and what it may mean besides."""

    needs: frozenset[str]
    allows: frozenset[str]


@dataclass(kw_only=True)
class Phrases:
    """The phrases of one language."""

    groups: dict[Words, str] = field(default_factory=dict)  # one word or several -> what they mean
    reach: dict[str, int] = field(default_factory=dict)  # first word -> the length of the longest phrase it begins
    vocabulary: set[str] = field(default_factory=set)
    mendable: Sequence[str] = ()  # words that others are compared with when they are not known
    rules: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    polite: frozenset[str] = frozenset()  # meanings that change nothing beside another
    faint: frozenset[str] = frozenset()  # meanings that tell two examples apart, and say nothing elsewhere
    at_once: frozenset[Words] = frozenset()

    def meanings(self, words: Words) -> frozenset[str] | None:
        """Say what the words mean, the longest phrases first; nothing when one of them is not known."""
        found: set[str] = set()
        place = 0
        while place < len(words):
            length, meaning = self._longest_at(words, place)
            if meaning is None:
                return None
            found.add(meaning)
            place += length
        return frozenset(found - {NOTHING_SAID})

    def meaning_of(self, word: str) -> str:
        """Say what a known word means by itself."""
        return self.groups.get((word,), word)

    def add(self, words: Words, meaning: str) -> bool:
        """Let words mean something; tell whether they did not mean something else before."""
        self.reach[words[0]] = max(self.reach.get(words[0], 1), len(words))
        self.vocabulary.update(word for word in words if word != ANYBODY)
        return self.groups.setdefault(words, meaning) == meaning

    def _longest_at(self, words: Words, place: int) -> tuple[int, str | None]:
        first = words[place] if words[place] in self.vocabulary else ANYBODY
        here = tuple(
            word if word in self.vocabulary else ANYBODY for word in words[place : place + self.reach.get(first, 1)]
        )
        for length in range(len(here), 0, -1):
            meaning = self.groups.get(here[:length])
            if meaning is not None:
                return length, meaning
        return 1, None if first == ANYBODY else first


def words_of(text: str) -> Words:
    """Split a text into words: small letters without accents, apostrophes or punctuation; else its emoji."""
    bare = text.translate(_QUOTES).casefold()
    if not bare.isascii():  # most is, and the rest takes five times as long
        plain = unicodedata.normalize("NFKD", bare)
        bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = tuple(_STRETCHED.sub(r"\1", token) for token in _TOKEN.findall(bare))
    return words or tuple(letter for letter in bare if unicodedata.category(letter) == "So")


def read_phrases(file: Traversable, *, headings: Sequence[str], polite: Collection[str] = ()) -> Phrases:
    """Read a file of phrases, of which those under `polite` headings are only kind; raises BrokenPhrases."""
    lines = list(_lines(file, headings=(*headings, *OF_WORDS)))
    phrases = Phrases()
    for heading, text, where in lines:
        for words, meaning in _grouped(heading, text):
            if not words:
                raise BrokenPhrases(f"{where}: a phrase without a word.")
            if not phrases.add(words, meaning):
                raise BrokenPhrases(f"{where}: {' '.join(words)!r} means something else already.")
    faint = (_grouped(heading, text) for heading, text, _ in lines if heading == FAINT)
    phrases.faint = frozenset(meaning for group in faint for _, meaning in group)
    examples = [line for line in lines if line[0] not in {*OF_WORDS, AT_ONCE}]
    for _, text, _ in examples:
        # A word that stands in an example alone needs no group.
        phrases.vocabulary.update(words_of(text))
    rules: dict[str, dict[Rule, None]] = {}
    for heading, text, where in examples:
        rule = _rule(text, phrases)
        if not rule.needs or ANOTHER_MATTER in rule.allows:
            raise BrokenPhrases(f"{where}: nothing is left of this example without the small words, or it is apart.")
        rules.setdefault(heading, {})[rule] = None
    phrases.rules = {heading: tuple(found) for heading, found in rules.items()}
    phrases.polite = _polite(phrases.rules, polite)
    phrases.at_once = frozenset(words_of(text) for heading, text, _ in lines if heading == AT_ONCE)
    # A word that is mended into one that says nothing would vanish, and with it what was meant; and Greta is not great.
    silent = {NOTHING_SAID, ANOTHER_MATTER, *phrases.faint, *phrases.polite}
    phrases.mendable = tuple(sorted(word for word in phrases.vocabulary if phrases.meaning_of(word) not in silent))
    return phrases


def _polite(rules: dict[str, tuple[Rule, ...]], polite: Collection[str]) -> frozenset[str]:
    """Find what is said out of kindness and says nothing more: a greeting by itself that no other wish needs."""
    alone = {rule.needs for heading in polite for rule in rules.get(heading, ()) if len(rule.needs) == 1}
    others = {rule.needs for heading, found in rules.items() if heading not in polite for rule in found}
    return frozenset[str]().union(*alone) - frozenset[str]().union(*others)


def _lines(file: Traversable, *, headings: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Read the lines that say something: each with its heading, and where it stands."""
    heading = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        where, text = f"{file}:{number}", line.partition("#")[0].strip()
        if text.startswith("[") and text.endswith("]"):
            heading = text[1:-1].strip()
            if heading not in headings:
                raise BrokenPhrases(f"{where}: there is no heading {heading!r}.")
        elif text and not heading:
            raise BrokenPhrases(f"{where}: a phrase before the first heading.")
        elif text:
            yield heading, text, where


def _grouped(heading: str, text: str) -> Iterator[tuple[Words, str]]:
    match heading:
        case "same" | "faint":
            members = [_with_anybody(member) for member in text.split(",")]
            yield from ((words, " ".join(members[0])) for words in members)
        case "small" | "apart":
            meaning = NOTHING_SAID if heading == SMALL else ANOTHER_MATTER
            yield from ((words_of(words), meaning) for words in text.split("," if "," in text else None))


def _with_anybody(text: str) -> Words:
    return tuple(part for word in text.split() for part in ((ANYBODY,) if word == ANYBODY else words_of(word)))


def _rule(text: str, phrases: Phrases) -> Rule:
    allows = phrases.meanings(words_of(text)) or frozenset()
    if "(" not in text:
        return Rule(allows, allows)
    return Rule(phrases.meanings(words_of(_OPTIONAL.sub(" ", text))) or frozenset(), allows)
