"""What a person writes is understood where it plainly says one thing, by the phrases of the text files."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations, islice
from threading import Lock
from typing import Self

from messages.languages import nearest
from messages.likeness import Likely, Likeness
from messages.mending import mended
from messages.phrases import ANOTHER_MATTER, Phrases, Words, between, clauses_of, read_phrases, words_of
from messages.remembering import NOTHING, TELLING, Memory, Opinion, read_heard
from messages.telling import without_facts

# A wish is put in a sentence or two; what is longer tells a story, and stories are for humans.
LONGEST = 240
MOST_WORDS = 24
# How much a text must be like an example to be answered, or to be asked about; and how much less like any other.
# Measured by leaving out the examples that say the same: docs/understanding.md.
LIKE_ENOUGH, LIKE_ENOUGH_TO_ASK, APART_BY = 0.64, 0.45, 0.1
# Who asks for more than four things tells a story.
MOST_PARTS = 4
# How far the sentences heard before must be ahead to be heeded where the examples say nothing, or something else.
# Measured on sentences that were left out: docs/understanding.md.
CLEAR, LESS_FOR_A_STRANGER = 0.25, 0.05
# Where the examples plainly say something else they must be far ahead: of twelve that were less so, three were wrong.
FAR_AHEAD = 1.0
# Less than this is no support for what the examples say, either.
BARELY = 0.05


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


# Who comes while the phrases are being read waits for them, and does not read them, too.
_ONE_READS = Lock()
# What is there to look at. Of anything else, two wishes in one sentence are a story.
SHOWN = (Wish.SHARE, Wish.STATUS, Wish.REWARDS, Wish.TOP, Wish.SETTINGS)
# Said beside something else, these change nothing.
POLITE = (Wish.HELLO, Wish.THANKS, Wish.BYE)
# A kind word is said or not said: nothing is only like it.
KIND = frozenset(POLITE)


@dataclass(frozen=True)
class Reading:
    """What a text wishes; of two wishes either both, one after the other, or one of them; and what it may wish."""

    wishes: tuple[Wish, ...] = ()
    in_turn: bool = False
    perhaps: tuple[Wish, ...] = ()
    tells: bool = False  # beside what it asks, or instead, it says what somebody has done


# Whoever tells what they did and asks nothing probably misses something.
MISSED = Reading(perhaps=(Wish.WHY_NOT,), tells=True)


class Phrasebook:
    """The phrases of every language, read once."""

    def __init__(self, spoken: Mapping[str, Phrases], memories: Mapping[str, Memory]) -> None:
        self._spoken = spoken
        self._likeness = {name: Likeness(phrases, without=KIND) for name, phrases in spoken.items()}
        self._memories = memories

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Self:
        """Read the phrases, and what was heard before, from our own folder or another; raises BrokenPhrases."""
        places = sorted((folder or files("messages")).iterdir(), key=lambda place: place.name)
        places = [place for place in places if place.is_dir() and (place / "understanding.txt").is_file()]
        spoken = {
            place.name: read_phrases(place / "understanding.txt", headings=tuple(Wish), polite=POLITE)
            for place in places
        }
        memories = {
            place.name: Memory(spoken[place.name], read_heard(place / "heard.txt", spoken[place.name], tuple(Wish)))
            for place in places
            if (place / "heard.txt").is_file()
        }
        return cls(spoken, memories)

    def learn(self) -> None:
        """Compare the sentences that were heard with each other, which takes a fraction of a second."""
        for memory in self._memories.values():
            memory.learn()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which we understand something."""
        return tuple(self._spoken)

    def understand(self, text: str, language: str | None = None, given: Collection[str] = ()) -> tuple[Wish, ...]:
        """Say what a text wishes: one wish, two, or none."""
        return self.read(text, language, given).wishes

    def read(self, text: str, language: str | None = None, given: Collection[str] = ()) -> Reading:
        """Say what a text wishes, and how sure that is; `given` are the words for what the program gives.

        It is read twice: by the examples, and by the sentences that were heard before. What both say is done.
        """
        order = self._order(language) if len(text) <= LONGEST else []
        for name in order:
            asked = without_facts(text, self._spoken[name])
            if asked is not None:
                return replace(self._read(asked, order, given) if asked else MISSED, tells=True)
        found = self._read(text, order, given)
        return replace(found, tells=False) if "?" in text else found

    def names_a_code(self, before: str) -> bool:
        """Tell whether what stands before a word plainly says that it is a friend's code: “my code is …”."""
        return any(phrases.names_a_code(words_of(before)) for phrases in self._spoken.values())

    def refuses(self, text: str) -> bool:
        """Tell whether a text says no to what it speaks of, in any language: what stands in it is not wanted."""
        return any(phrases.refuses(words_of(text)) for phrases in self._spoken.values())

    def _read(self, text: str, order: list[str], given: Collection[str]) -> Reading:
        words = _looked_at(text)
        if not words:
            return Reading()
        if any(words in self._spoken[name].at_once for name in order):
            return Reading((Wish.STOP_AT_ONCE,))
        if any(self._spoken[name].is_turned_round(part) for name in order for part in clauses_of(text)):
            return Reading()
        if any(self._spoken[name].only_reacts(words) for name in order):
            return Reading()
        meant = {name: mended(words, self._spoken[name]) for name in order}
        found = (
            next((found for name in order if (found := self._said(name, words, given)).wishes), None)
            or next((found for name in order if (found := self._said(name, meant[name], given)).wishes), None)
            or next((found for name in order if (found := self._in_parts(name, text, given)).wishes), None)
            or self._likely(meant, given)
        )
        return self._weighed(found, words, meant=meant, given=given)

    def _weighed(self, found: Reading, words: Words, *, meant: Mapping[str, Words], given: Collection[str]) -> Reading:
        """Do what both readings say; where they differ heed the sentences if they are clear, else offer both."""
        heard = {name: self._spoken[name].heard(slips_mended, given) for name, slips_mended in meant.items()}
        language = min(heard, key=lambda name: heard[name][1])
        memory = self._memories.get(language)
        if memory is None:
            return found if found.in_turn or len(found.wishes) < 2 else Reading(perhaps=found.wishes)
        opinion = memory.known(words) or memory.opinion(meant[language], given)
        said, strangers = heard[language]
        # One word that is like others is too little to go by, unless it was written before.
        says = len(words) > 1 and not (opinion.wish == TELLING and words[0] in self._spoken[language].asking)
        is_clear = opinion.is_known or (says and opinion.ahead - strangers * LESS_FOR_A_STRANGER >= CLEAR)
        return _agreed(found, opinion, is_clear=is_clear, is_apart=ANOTHER_MATTER in said and not opinion.is_known)

    def _order(self, language: str | None) -> list[str]:
        own = nearest(language, self._spoken)
        return sorted(self._spoken, key=lambda name: name != own)

    def _said(self, language: str, words: Words, given: Collection[str]) -> Reading:
        """Find what an example says word for word."""
        phrases = self._spoken[language]
        said = phrases.meanings(words, given)
        if not said:
            return Reading()
        substance = said - phrases.polite or said
        # "Thanks for my voucher" is thanks; "thanks, where is my voucher?" is a question.
        found = _wishes(said, phrases) or _wishes(substance, phrases) or _kindest(said, phrases)
        if found or phrases.joints.isdisjoint(words):
            return Reading(found)
        return Reading(_both(substance - phrases.faint, phrases), in_turn=True)

    def _in_parts(self, language: str, text: str, given: Collection[str]) -> Reading:
        """Read a text part by part, where it says several things; nothing when one of them is not understood."""
        phrases = self._spoken[language]
        parts = [part for clause in clauses_of(text) for part in between(clause, phrases.joints)]
        wishes: list[Wish] = []
        for words in parts if 1 < len(parts) <= MOST_PARTS else ():
            meant = mended(words, phrases)
            heard, strangers = phrases.heard(meant, given)
            if not strangers and heard <= phrases.polite:
                continue
            found = self._said(language, meant, given).wishes or self._likely({language: meant}, given).wishes
            if len(found) != 1 or strangers:
                return Reading()
            wishes += found if found[0] not in wishes else ()
        # Whoever wants to hear no more is asked about that alone; and "how" in "how and when" is no cry for help.
        if Wish.STOP in wishes:
            return Reading((Wish.STOP,))
        plain = [wish for wish in wishes if wish is not Wish.HELP] or wishes
        return Reading(tuple(plain[:2]), in_turn=True)

    def _likely(self, meant: Mapping[str, Words], given: Collection[str]) -> Reading:
        """Compare a text with the examples, and take the likest where it is like enough and no other comes near it."""
        tried = [self._compared(name, words, given) for name, words in meant.items()]
        found = max(tried, key=lambda ranked: ranked[0].likeness if ranked else 0.0, default=[])
        if not found or found[0].likeness < LIKE_ENOUGH_TO_ASK:
            return Reading()
        near = [
            Wish(each.wish) for each in found if each.likeness >= max(LIKE_ENOUGH_TO_ASK, found[0].likeness - APART_BY)
        ]
        if len(near) == 1 and found[0].likeness >= LIKE_ENOUGH:
            return Reading((near[0],))
        return Reading(perhaps=tuple(near[:2]))

    def _compared(self, language: str, words: Words, given: Collection[str]) -> list[Likely]:
        phrases = self._spoken[language]
        said, strangers = phrases.heard(words, given)
        if ANOTHER_MATTER in said:
            return []
        return self._likeness[language].ranked(said - phrases.polite, strangers)


def _looked_at(text: str) -> Words:
    words = words_of(text) if len(text) <= LONGEST else ()
    return words if len(words) <= MOST_WORDS else ()


def phrasebook() -> Phrasebook:
    """Return our own phrases; the first time they are read, which takes half a second: a thread does it at start."""
    with _ONE_READS:
        return _phrasebook()


@cache
def _phrasebook() -> Phrasebook:
    book = Phrasebook.load()
    book.learn()
    return book


def _agreed(found: Reading, opinion: Opinion, *, is_clear: bool, is_apart: bool) -> Reading:
    wished = found.wishes
    if set(wished) & KIND or (opinion.wish in wished and (found.in_turn or opinion.ahead >= BARELY)):
        return found if found.in_turn or len(wished) == 1 else Reading((Wish(opinion.wish),))
    if is_clear and opinion.wish == TELLING:
        return MISSED
    if is_clear and opinion.wish == NOTHING:
        return Reading()
    if is_clear and not is_apart and (not wished or opinion.is_known or opinion.ahead >= FAR_AHEAD):
        return Reading((Wish(opinion.wish),))
    near = (opinion.wish, opinion.next_best) if opinion.wish == NOTHING else (opinion.wish,)
    may_be = dict.fromkeys((*wished, *found.perhaps, *(Wish(each) for each in near if each in set(Wish))))
    return Reading(perhaps=tuple(may_be)[:2] if is_clear or not is_apart else ())


def _wishes(said: frozenset[str], phrases: Phrases) -> tuple[Wish, ...]:
    """Find the wish of which an example says all of this and no more; two when both do equally well."""
    fits = {
        Wish(name): min(found)
        for name, rules in phrases.rules.items()
        if (found := [fit for rule in rules if (fit := rule.fit(said, phrases.faint)) is not None])
    }
    return tuple(wish for wish, fit in fits.items() if fit == min(fits.values()))[:2]


def _both(said: frozenset[str], phrases: Phrases) -> tuple[Wish, ...]:
    """Find the only two things to look at that were asked for in one breath."""
    near = {wish: [rule for rule in phrases.rules.get(wish, ()) if rule.needs <= said] for wish in SHOWN}
    pairs = [
        (one, other)
        for one, other in combinations(SHOWN, 2)
        if any(said <= first.allows | second.allows for first in near[one] for second in near[other])
    ]
    return pairs[0] if len(pairs) == 1 else ()


def _kindest(said: frozenset[str], phrases: Phrases) -> tuple[Wish, ...]:
    """Of several kind words and nothing else, take the last one that people say."""
    kind = (
        wish
        for wish in reversed(POLITE)
        if said <= phrases.polite and any(rule.needs <= said for rule in phrases.rules.get(wish, ()))
    )
    return tuple(islice(kind, 1))
