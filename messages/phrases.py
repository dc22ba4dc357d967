"""The file of phrases: groups of words that mean the same, words that say nothing, and examples under each wish."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from itertools import pairwise

Words = tuple[str, ...]
Line = tuple[str, str, str]  # heading, text, where it stands

# Headings of words; every other heading is a wish with examples.
SAME, FAINT, SMALL, APART = "same", "faint", "small", "apart"
DECISIVE, TURNING, JOINT, ENDINGS = "decisive", "turning", "joint", "endings"
TOLD, BESIDE, ASKING, NAMING, REACTING = "told", "beside", "asking", "naming", "reacting"
OF_WORDS = (SAME, FAINT, SMALL, APART, DECISIVE, TURNING, JOINT, ENDINGS, TOLD, BESIDE, ASKING, NAMING, REACTING)
AT_ONCE = "stop-at-once"
ANYBODY = "_"  # in a group: one word that is not known, such as a name
GIVEN = "#"  # in a group: a word for what the program gives, such as a coffee
NOTHING_SAID, ANOTHER_MATTER = "", "(apart)"

# "3 friends" says no more than "friends".
_NUMBER_SAYS = {True: NOTHING_SAID}
LIKE_NONE = 8
_TOKEN = re.compile(r"[^\W_]+|[€$£]")
_COMMENT = re.compile(r"(?:^|\s{2,})#.*")
_BREAK = re.compile(r"[.!?¿¡;,:…()\n]+|\s[-–—]+\s")
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

    def fit(self, said: frozenset[str], faint: frozenset[str]) -> tuple[int, int] | None:
        """Tell how badly this fits: by the faint words that differ, then by how little it needs."""
        needs = self.needs - faint
        if not needs <= said or not said - faint <= self.allows:
            return None
        differ = len((self.needs - said) | ((said & faint) - self.allows))
        return (differ, -len(needs)) if needs or not differ else None


@dataclass(kw_only=True)
class Phrases:
    """The phrases of one language."""

    groups: dict[Words, str] = field(default_factory=dict)  # one word or several -> what they mean
    reach: dict[str, int] = field(default_factory=dict)  # first word -> the length of the longest phrase it begins
    vocabulary: set[str] = field(default_factory=set)
    mendable: Sequence[str] = ()  # words that others are compared with when they are not known
    rules: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    examples: tuple[tuple[str, str], ...] = ()  # as they are written, each after its heading
    polite: frozenset[str] = frozenset()  # meanings that change nothing beside another
    faint: frozenset[str] = frozenset()  # meanings that tell two examples apart, and say nothing elsewhere
    decisive: frozenset[str] = frozenset()  # meanings that an example must have, too, to be like a text
    turning: frozenset[str] = frozenset()  # of these, the ones that a text must have, too, to be like an example
    joints: frozenset[str] = frozenset()  # words between two things that are said
    endings: tuple[str, ...] = ()  # of words, and changing nothing
    told: tuple[Words, ...] = ()  # what somebody did who only tells it, the longest first
    beside: frozenset[str] = frozenset()  # meanings that may stand beside it: by whom, with what, where
    asking: frozenset[str] = frozenset()  # words with which a question begins
    reacting: frozenset[str] = frozenset()  # words that only agree, refuse or laugh
    naming: tuple[Words, ...] = ()  # after which a code stands
    at_once: frozenset[Words] = frozenset()

    def meanings(self, words: Words, given: Collection[str] = ()) -> frozenset[str] | None:
        """Say what the words mean, the longest phrases first; nothing when one of them is not known."""
        found, strangers = self.heard(words, given)
        return None if strangers else found

    def heard(self, words: Words, given: Collection[str] = ()) -> tuple[frozenset[str], int]:
        """Say what the words mean that are known, and how many are not; `given` is what the program gives."""
        found = [meaning for _, meaning in self.in_order(words, given)]
        return frozenset(meaning for meaning in found if meaning), found.count(None)

    def in_order(self, words: Words, given: Collection[str] = ()) -> Iterator[tuple[Words, str | None]]:
        """Cut words into the phrases that mean something together, each with its meaning: none where it is strange."""
        place = 0
        while place < len(words):
            length, meaning = self._longest_at(words, place, given)
            yield words[place : place + length], meaning
            place += length

    def is_turned_round(self, words: Words) -> bool:
        """Tell whether words say the contrary of the contrary: “don't stop”."""
        meant = [meaning for _, meaning in self.in_order(words) if meaning]
        return any(one != other and {one, other} <= self.turning for one, other in pairwise(meant))

    def only_reacts(self, words: Words) -> bool:
        """Tell whether words only agree, refuse or laugh: “yes”, “no”, “lol”; to what, somebody has to read."""
        return self.reacting.issuperset(words)

    def names_a_code(self, before: Words) -> bool:
        """Tell whether words end in such a way that a friend's code must follow: “my code is”."""
        ends = any(before[-len(said) :] == said for said in self.naming)
        return ends and ANOTHER_MATTER not in self.heard(before)[0]

    def refuses(self, words: Words) -> bool:
        """Tell whether words say no, or are about something else."""
        return not self.heard(words)[0].isdisjoint(self.turning | {ANOTHER_MATTER})

    def meaning_of(self, word: str) -> str:
        """Say what a known word means by itself."""
        return self.groups.get(tuple(word.split()), word)

    def add(self, words: Words, meaning: str) -> bool:
        """Let words mean something; tell whether they did not mean something else before."""
        self.reach[words[0]] = max(self.reach.get(words[0], 1), len(words))
        self.vocabulary.update(word for word in words if word not in {ANYBODY, GIVEN})
        return self.groups.setdefault(words, meaning) == meaning

    def _longest_at(self, words: Words, place: int, given: Collection[str]) -> tuple[int, str | None]:
        word = words[place]
        known = word in self.vocabulary
        begins = self.reach.get(word, 1)
        if begins == 1 and known and word not in given and not word.isdecimal():
            return 1, self.groups.get((word,), word)  # most words, at a third of the cost
        reach = max(
            begins,
            1 if known and not word.isdecimal() else self.reach.get(ANYBODY, 1),
            self.reach.get(GIVEN, 1) if word in given else 1,
        )
        here = words[place : place + reach]
        literal = tuple(word if word in self.vocabulary else ANYBODY for word in here)
        things = tuple(GIVEN if word in given else known for word, known in zip(here, literal, strict=True))
        for length in range(len(here), 0, -1):
            meaning = self.groups.get(literal[:length])
            if meaning is None and things != literal:
                meaning = self.groups.get(things[:length]) or self.groups.get((literal[0], *things[1:length]))
            if meaning is None and length > 1:
                meaning = self.groups.get(tuple(ANYBODY if word.isdecimal() else word for word in literal[:length]))
            if meaning is not None:
                return length, meaning
        return 1, words[place] if known else _NUMBER_SAYS.get(words[place].isdecimal())


def clauses_of(text: str) -> list[Words]:
    """Split a text where it has a stop, into the words of each part."""
    return [words for part in _BREAK.split(text) if (words := words_of(part))]


def between(words: Words, joints: Collection[str]) -> list[Words]:
    """Split words where one of them joins two things."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word in joints:
            parts.append([])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts if part]


def words_of(text: str) -> Words:
    """Split a text into words: small letters without accents, apostrophes or punctuation; else its emoji."""
    bare = text.translate(_QUOTES).casefold()
    if not bare.isascii():  # most is, and the rest takes five times as long
        plain = unicodedata.normalize("NFKD", bare)
        bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(_TOKEN.findall(_STRETCHED.sub(r"\1", bare))) or tuple(
        letter for letter in bare if unicodedata.category(letter) == "So"
    )


def read_phrases(file: Traversable, *, headings: Sequence[str], polite: Collection[str] = ()) -> Phrases:
    """Read a file of phrases, of which those under `polite` headings are only kind; raises BrokenPhrases."""
    lines = list(lines_of(file, headings=(*headings, *OF_WORDS)))
    phrases = Phrases()
    _add_words(phrases, lines)
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
    phrases.examples = tuple((heading, text) for heading, text, _ in examples)
    phrases.polite = _polite(phrases.rules, polite)
    phrases.at_once = frozenset(words_of(text) for heading, text, _ in lines if heading == AT_ONCE)
    phrases.mendable = tuple(sorted(word for word in phrases.vocabulary if _may_be_meant(word, phrases)))
    return phrases


def _add_words(phrases: Phrases, lines: Sequence[Line]) -> None:
    """Take in the groups of words, and what is said of some of them."""
    for heading, text, where in lines:
        for words, meaning in _grouped(heading, text):
            if not words:
                raise BrokenPhrases(f"{where}: a phrase without a word.")
            if not phrases.add(words, meaning):
                raise BrokenPhrases(f"{where}: {' '.join(words)!r} means something else already.")
    faint = (_grouped(heading, text) for heading, text, _ in lines if heading == FAINT)
    phrases.faint = frozenset(meaning for group in faint for _, meaning in group)
    listed = {
        kind: [word.strip() for heading, text, _ in lines if heading == kind for word in text.split(",")]
        for kind in (DECISIVE, TURNING, JOINT, ENDINGS, TOLD, BESIDE, ASKING, NAMING, REACTING)
    }
    phrases.turning = frozenset(phrases.meaning_of(word) for word in listed[TURNING])
    phrases.decisive = phrases.turning | {phrases.meaning_of(word) for word in listed[DECISIVE]}
    phrases.joints, phrases.endings = frozenset(listed[JOINT]), tuple(listed[ENDINGS])
    phrases.told = tuple(sorted({_with_anybody(deed) for deed in listed[TOLD]}, key=len, reverse=True))
    phrases.beside = frozenset(phrases.groups.get(_with_anybody(word), word) for word in listed[BESIDE])
    phrases.reacting = frozenset(word for listing in listed[REACTING] for word in words_of(listing))
    phrases.naming = tuple(words_of(said) for said in listed[NAMING])
    phrases.asking = frozenset(word for listing in listed[ASKING] for word in words_of(listing))


def _may_be_meant(word: str, phrases: Phrases) -> bool:
    """Tell whether another word may be a slip of this one.

    What is mended into a word that says nothing vanishes, and with it what was meant, unless the word is so long that
    it is like no other ("somthing"); and Greta is not great.
    """
    meaning = phrases.meaning_of(word)
    if meaning == NOTHING_SAID:
        return len(word) >= LIKE_NONE
    return meaning != ANOTHER_MATTER and meaning not in phrases.faint | phrases.polite


def _polite(rules: dict[str, tuple[Rule, ...]], polite: Collection[str]) -> frozenset[str]:
    """Find what is said out of kindness and says nothing more: a greeting by itself that no other wish needs."""
    alone = {rule.needs for heading in polite for rule in rules.get(heading, ()) if len(rule.needs) == 1}
    others = {rule.needs for heading, found in rules.items() if heading not in polite for rule in found}
    return frozenset[str]().union(*alone) - frozenset[str]().union(*others)


def lines_of(file: Traversable, *, headings: Sequence[str]) -> Iterator[Line]:
    """Read the lines that say something: each with its heading, and where it stands."""
    heading = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        where, text = f"{file}:{number}", _COMMENT.sub("", line).strip()
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
    return tuple(part for word in text.split() for part in ((word,) if word in {ANYBODY, GIVEN} else words_of(word)))


def _rule(text: str, phrases: Phrases) -> Rule:
    allows = phrases.meanings(words_of(text)) or frozenset()
    if "(" not in text:
        return Rule(allows, allows)
    return Rule(phrases.meanings(words_of(_OPTIONAL.sub(" ", text))) or frozenset(), allows)
