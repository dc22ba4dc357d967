"""Sentences as Fluent writes them, taken apart into pieces and the places where values go, each once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Protocol

from fluent.runtime import FluentBundle
from fluent.runtime.types import FluentType
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from messages.markup import read
from messages.message import Value, Values
from messages.spans import Span

# Fluent formats private characters in place of the values, so that no value is ever read as markup.
_FIRST, _LAST, _WITH_YEAR = "\ue000", "\uefff", "\uf8ff"
HELD = re.compile(f"([{_FIRST}-{_LAST}])({_WITH_YEAR})?")

# What may stand between the end of a sentence and the first word of the next: blanks, signs, and what opens it.
_LEADING = re.compile(r"(?:[^\w\n.!?…:;,)]|_)+$")
_ENDS = frozenset(".!?")
_ENDS_OR_LINE = frozenset(".!?\n")

# Writing a sentence and reading its marks takes 60 microseconds, finding it again 2. At about a kilobyte each these
# are 4 MB, in the long run: a sentence is kept once for each set of numbers that stand in it.
_KEPT = 4096


class MissingText(LookupError):
    """A text, or a value that it asks for, is not there: a defect of ours."""

    def __init__(self, key: str, language: str, why: str = "no such text") -> None:
        super().__init__(f"{key} ({language}): {why}")
        self.key = key
        self.language = language


@dataclass(frozen=True)
class Place:
    """Where a value goes, by its number among the values, and the marks that lie on it."""

    number: int
    marks: frozenset[str]
    with_year: bool
    begins: bool  # whether a sentence begins here


@dataclass(frozen=True)
class Sentence:
    """What stands around the values, in the language it was found in."""

    language: str
    pieces: tuple[Span | Place, ...]


class Stories(Protocol):
    """Where the texts are."""

    def bundle(self, language: str, story: str, /) -> FluentBundle | None:
        """Return what formats the texts of a story, if the language has it."""
        ...

    def choosing(self, language: str, story: str, /) -> frozenset[str]:
        """Name the variables by which texts of a story choose between variants."""
        ...


class Sentences:
    """Finds the sentence of a key in the reader's language, else in the default one."""

    def __init__(self, stories: Stories, *, default: str) -> None:
        self._stories = stories
        self._default = default
        self._kept = lru_cache(maxsize=_KEPT)(self._taken_apart)
        self._choosing = cache(self._choosing_in)

    def find(self, key: str, values: Values, language: str) -> Sentence:
        """Find a sentence; raises MissingText."""
        if not values:
            return self._kept(key, language, ())
        choosing = self._choosing(key.partition(".")[0], language)
        return self._kept(
            key, language, tuple((name, _seen(value, name in choosing)) for name, value in values.items())
        )

    def _choosing_in(self, story: str, language: str) -> frozenset[str]:
        """Name the variables by which a text of the story chooses, in the languages it may be said in."""
        return frozenset[str]().union(*(self._stories.choosing(each, story) for each in {language, self._default}))

    def _taken_apart(self, key: str, wanted: str, values: tuple[tuple[str, int | str], ...]) -> Sentence:
        language, sentence = self._written(key, wanted, values)
        return Sentence(language, tuple(_begun([piece for span in read(sentence) for piece in _pieces(span)])))

    def _written(self, key: str, wanted: str, values: tuple[tuple[str, int | str], ...]) -> tuple[str, str]:
        story, _, name = key.partition(".")
        for language in dict.fromkeys((wanted, self._default)):
            bundle = self._stories.bundle(language, story)
            if bundle is None or not bundle.has_message(name):
                continue
            pattern = bundle.get_message(name).value
            if pattern is None:
                raise MissingText(key, language, "has no text of its own")
            held = {what: _hold(value, number) for number, (what, value) in enumerate(values)}
            sentence, errors = bundle.format_pattern(pattern, held)
            if errors and language != self._default:
                # Translated from an older text of ours: said in English it says less to the reader, and is right.
                continue
            if errors:
                raise MissingText(key, language, str(errors[0]))
            return language, str(sentence)
        raise MissingText(key, wanted)


def _seen(value: Value, is_chosen_by: bool) -> int | str:  # noqa: FBT001  # for every value of every text
    # What a sentence can tell of a value: a number, which it may spell or choose by, or a text it chooses by.
    # Everything else goes into the place that it leaves, whatever it is.
    if isinstance(value, int):
        return value
    return value if is_chosen_by and isinstance(value, str) else ""


class _Held(str, FluentType):
    """A value on its way through Fluent: selectors compare its text, the sentence gets its private character."""

    place: str

    def format(self, locale: object) -> str:  # type: ignore[override]  # str.format is not what Fluent calls here
        return self.place


class _Choosing(Visitor):
    """Collects the variables that stand where a text chooses between variants."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._is_selector = False

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        """Look at what is chosen by, and into the variants."""
        self._is_selector = True
        self.visit(node.selector)
        self._is_selector = False
        for variant in node.variants:
            self.visit(variant)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        """Note a variable that is chosen by."""
        if self._is_selector:
            self.names.add(node.id.name)


def choosing(resources: Iterable[ast.Resource]) -> frozenset[str]:
    """Name the variables by which texts choose between variants."""
    visitor = _Choosing()
    for resource in resources:
        visitor.visit(resource)
    return frozenset(visitor.names)


def with_year(held: _Held) -> _Held:
    """Ask, in a text, for a date with its year: `{ WITH_YEAR($until) }`."""
    dated = _Held(held)
    dated.place = held.place + _WITH_YEAR
    return dated


def _hold(value: int | str, number: int) -> int | _Held:
    if isinstance(value, int):
        return value
    held = _Held(value)
    held.place = chr(ord(_FIRST) + number)
    return held


def _pieces(span: Span) -> Iterator[Span | Place]:
    end = 0
    for held in HELD.finditer(span.text):
        if held.start() > end:
            yield Span(span.text[end : held.start()], span.marks)
        yield Place(ord(held[1]) - ord(_FIRST), span.marks, bool(held[2]), begins=False)
        end = held.end()
    if end < len(span.text):
        yield Span(span.text[end:], span.marks)


def _begun(pieces: list[Span | Place]) -> Iterator[Span | Place]:
    """Mark the places at which a sentence begins: “🎉 { $friend } joined.” does, “Next: { $what }” does not."""
    ends = [at for at, piece in enumerate(pieces) if isinstance(piece, Span) and not _ENDS.isdisjoint(piece.text)]
    last = max(ends, default=0)
    before = ""
    for at, piece in enumerate(pieces):
        if isinstance(piece, Span):
            before += piece.text
            yield piece
            continue
        # A label or a part of a sentence has no end of its own.
        begins = at < last and (not (said := _LEADING.sub("", before)) or said[-1] in _ENDS_OR_LINE)
        yield replace(piece, begins=begins)
        before = "…,"  # whatever the value is, it ends no sentence
