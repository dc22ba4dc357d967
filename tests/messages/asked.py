"""What each of our texts asks for, and every way in which it can be said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from messages.message import ShareLink, Value
from messages.stories import parse

# One, a few, many, and the largest count that somebody may reach.
_COUNTS = (0, 1, 2, 5, 21, 1_000_000)
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})


@dataclass(frozen=True)
class Text:
    """One text of one language."""

    language: str
    key: str
    asks: frozenset[str]
    chooses: Mapping[str, tuple[Value, ...]]  # the values that lead to each of its variants
    refers: frozenset[str]
    counts: tuple[frozenset[str], ...]  # the plural categories of each place that counts

    def ways(self, longest: Value) -> Iterator[dict[str, Value]]:
        """Give values for every variant; whatever is only shown is as long as it gets."""
        shown = dict.fromkeys(self.asks - set(self.chooses), longest)
        for chosen in product(*self.chooses.values()):
            yield {**shown, **dict(zip(self.chooses, chosen, strict=True))}


_Asks = frozenset[str]
_Chooses = Mapping[str, tuple[Value, ...]]
_Refers = frozenset[str]
_Counts = tuple[frozenset[str], ...]


class _Reading(Visitor):
    def __init__(self) -> None:
        self.asks: set[str] = set()
        self.refers: set[str] = set()
        self.chooses: dict[str, tuple[Value, ...]] = {}
        self.counts: list[frozenset[str]] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.asks.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.refers.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        selector: ast.SyntaxNode = node.selector
        if isinstance(selector, ast.FunctionReference):
            selector = selector.arguments.positional[0]
        if isinstance(selector, ast.VariableReference):
            words = frozenset(variant.key.name for variant in node.variants if isinstance(variant.key, ast.Identifier))
            counts = words <= PLURALS
            self.chooses[selector.id.name] = _COUNTS if counts else tuple(sorted(words))
            if counts and words != {"other"}:
                self.counts.append(words)
        self.generic_visit(node)


@cache
def texts(*, terms: bool = False) -> tuple[Text, ...]:
    """Read every text of every language, with the terms they use if those are asked for."""
    found = [
        Text(place.name, _key(file.name, entry), *_read(entry))
        for place in files("messages").iterdir()
        if place.is_dir()
        for file in place.iterdir()
        if file.name.endswith(".ftl")
        for entry in parse(file).body
        if isinstance(entry, ast.Message) or (terms and isinstance(entry, ast.Term))
    ]
    return tuple(sorted(found, key=lambda text: (text.language, text.key)))


def by_story(found: Iterable[Text]) -> dict[str, list[Text]]:
    """Gather texts by language and story: a test for each of thousands of texts costs more than what it looks at."""
    stories: dict[str, list[Text]] = {}
    for text in found:
        stories.setdefault(f"{text.language}:{text.key.partition('.')[0]}", []).append(text)
    return stories


def _key(file: str, entry: ast.Message | ast.Term) -> str:
    dash = "-" if isinstance(entry, ast.Term) else ""
    return f"{file.removesuffix('.ftl')}.{dash}{entry.id.name}"


def long_address(length: int) -> ShareLink:
    """Make a value that is shown in this many characters: names are cut, addresses never."""
    return ShareLink("w" * length)


def _read(entry: ast.Message | ast.Term) -> tuple[_Asks, _Chooses, _Refers, _Counts]:
    reading = _Reading()
    reading.visit(entry)
    return frozenset(reading.asks), reading.chooses, frozenset(reading.refers), tuple(reading.counts)
