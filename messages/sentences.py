"""Sentences as Fluent writes them, taken apart into pieces and the places where values go, each once."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True)
class Sentence:
    """What stands around the values, in the language it was found in."""

    language: str
    pieces: tuple[Span | Place, ...]


class Sentences:
    """Finds the sentence of a key in the reader's language, else in the default one."""

    def __init__(
        self, stories: Mapping[tuple[str, str], FluentBundle], *, default: str, choosing: frozenset[str]
    ) -> None:
        self._stories = stories
        self._default = default
        self._choosing = choosing  # the variables by which any text chooses between its variants
        self._kept = lru_cache(maxsize=_KEPT)(self._taken_apart)

    def find(self, key: str, values: Values, language: str) -> Sentence:
        """Find a sentence; raises MissingText."""
        return self._kept(key, language, tuple((name, self._seen(name, value)) for name, value in values.items()))

    def _seen(self, name: str, value: Value) -> int | str:
        # What a sentence can tell of a value: a number, which it may spell or choose by, or a text it chooses by.
        # Everything else goes into the place that it leaves, whatever it is.
        if isinstance(value, int):
            return value
        return value if name in self._choosing and isinstance(value, str) else ""

    def _taken_apart(self, key: str, wanted: str, values: tuple[tuple[str, int | str], ...]) -> Sentence:
        language, sentence = self._written(key, wanted, values)
        return Sentence(language, tuple(piece for span in read(sentence) for piece in _pieces(span)))

    def _written(self, key: str, wanted: str, values: tuple[tuple[str, int | str], ...]) -> tuple[str, str]:
        story, _, name = key.partition(".")
        for language in dict.fromkeys((wanted, self._default)):
            bundle = self._stories.get((language, story))
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
        yield Place(ord(held[1]) - ord(_FIRST), span.marks, bool(held[2]))
        end = held.end()
    if end < len(span.text):
        yield Span(span.text[end:], span.marks)
