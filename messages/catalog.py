"""The catalog: every text by its key, in the reader's language, with values that cannot break it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Self
from zoneinfo import ZoneInfo

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

from messages.formats import (
    city_text,
    day_text,
    isolated,
    moment_text,
    number_text,
    one_line,
    percent_text,
    rate_text,
    several_lines,
    spoken_text,
    worth_text,
)
from messages.languages import locale_of, nearest
from messages.markup import Markup, write
from messages.message import (
    City,
    Code,
    Command,
    Day,
    JoinLink,
    Link,
    Member,
    Moment,
    NameOf,
    Percent,
    Phrase,
    Rate,
    Said,
    ShareLink,
    SharePage,
    SignInLink,
    Spoken,
    Value,
    Values,
    Worth,
)
from messages.sentences import HELD, Sentences, choosing, with_year
from messages.spans import CODE, LINK, MENTION, Span

DEFAULT_LANGUAGE = "en"
SHARED_TERMS = "words"  # the story whose terms every other story may use

AddressOf = Callable[[Link], str]

# Fluent keeps an asterisk at the start of a line for itself, where it marks the `*[other]` of a choice.
_BOLD_AT_LINE_START = re.compile(r"^( +)\*(?!\[)", re.MULTILINE)


class BrokenTexts(ValueError):
    """A file of texts cannot be read; the message names the file and the place."""


@dataclass(frozen=True)
class Reader:
    """Whoever reads: their language and their zone."""

    language: str
    zone: ZoneInfo


class Catalog:
    """Every text of every language, read once at start."""

    def __init__(self, stories: Mapping[tuple[str, str], FluentBundle], choosing: frozenset[str]) -> None:
        self._sentences = Sentences(stories, default=DEFAULT_LANGUAGE, choosing=choosing)
        self._fixed: dict[tuple[str, str, Markup], str] = {}
        found = {language for language, _ in stories}
        self.languages: tuple[str, ...] = tuple(sorted(found, key=lambda name: (name != DEFAULT_LANGUAGE, name)))

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Self:
        """Read `<language>/<story>.ftl` from our own folder or another; raises BrokenTexts."""
        stories: dict[tuple[str, str], FluentBundle] = {}
        choosers: set[str] = set()
        for place in (folder or files("messages")).iterdir():
            if place.is_dir():
                parsed = {file.name.removesuffix(".ftl"): parse(file) for file in place.iterdir() if _is_text(file)}
                shared = parsed.get(SHARED_TERMS, ast.Resource())
                stories |= {(place.name, story): _bundle(place.name, own, shared) for story, own in parsed.items()}
                choosers |= choosing(parsed.values())
        return cls(stories, frozenset(choosers))

    def choose(self, wanted: str | None, default: str) -> str:
        """Find the nearest language we speak: "de-AT" is answered in "de", else in the default."""
        return nearest(wanted, self.languages) or default

    def text(self, key: str, values: Values, reader: Reader, *, markup: Markup, address: AddressOf) -> str:
        """Say one text to a reader; raises MissingText."""
        if values:
            return write(self._spans(key, values, reader, address=address), markup)
        # A label says the same to everybody: a message has a handful, each some 30 microseconds.
        fixed = self._fixed.get((key, reader.language, markup))
        if fixed is None:
            fixed = write(self._spans(key, values, reader, address=address), markup)
            self._fixed[key, reader.language, markup] = fixed
        return fixed

    def cell(self, value: Value, reader: Reader, *, address: AddressOf) -> str:
        """Say one value by itself, without marks, as a cell of a table holds it; raises MissingText."""
        if isinstance(value, Phrase):
            return self.text(value.key, value.values, _of(value, reader), markup=Markup.PLAIN, address=address)
        if isinstance(value, int):
            return number_text(value, reader.language)
        return write(_shown(value, reader, address=address, with_year=False), Markup.PLAIN)

    def _spans(self, key: str, values: Values, reader: Reader, *, address: AddressOf) -> Iterator[Span]:
        sentence = self._sentences.find(key, values, reader.language)
        own = reader if sentence.language == reader.language else Reader(sentence.language, reader.zone)
        given = tuple(values.values())
        for piece in sentence.pieces:
            if isinstance(piece, Span):
                yield piece
                continue
            value = given[piece.number]
            if isinstance(value, Phrase):
                inner = self._spans(value.key, value.values, _of(value, reader), address=address)
            else:
                inner = _shown(value, own, address=address, with_year=piece.with_year)
            yield from (Span(part.text, part.marks | piece.marks) for part in inner) if piece.marks else inner


def _of(phrase: Phrase, reader: Reader) -> Reader:
    return Reader(phrase.language, reader.zone) if phrase.language else reader


def _shown(value: Value, reader: Reader, *, address: AddressOf, with_year: bool) -> Iterator[Span]:
    match value:
        case ShareLink() | JoinLink() | SharePage() | SignInLink() | Command(on=""):
            yield Span(address(value), frozenset({LINK}))
        case Code() | Command():
            # A command of this chat is a tap away where it stands; one for elsewhere is copied and carried there.
            yield Span(address(value), frozenset(CODE))
        case Member():
            yield _person(value)
        case Day(at):
            yield Span(day_text(at, reader.language, zone=reader.zone, with_year=with_year))
        case Moment(at):
            yield Span(moment_text(at, reader.language, zone=reader.zone, with_year=with_year))
        case City():
            yield Span(city_text(value, reader.language))
        case _:
            yield Span(_words(value, reader.language))


def _words(value: Value, language: str) -> str:
    match value:
        case str():
            return isolated(one_line(value))
        case Said(text):
            return several_lines(text)
        case Worth():
            return isolated(worth_text(value, language))
        case Spoken():
            return spoken_text(value, language)
        case Rate():
            return rate_text(value, language)
        case Percent():
            return percent_text(value, language)
        case NameOf(customer):
            raise TypeError(f"The name of {customer} is looked up before the text is said.")
        case _:
            raise TypeError(f"{type(value).__name__} is not a value that a text can show.")


def _person(member: Member) -> Span:
    # In Slack a person is known by their team and user together, and named by the user alone.
    shown = f"@{member.subject.rpartition('.')[2]}"
    return Span(shown, frozenset({MENTION} if member.platform == "slack" else ()))


def _is_text(file: Traversable) -> bool:
    return file.name.endswith(".ftl")


def parse(file: Traversable) -> ast.Resource:
    """Read one file of texts; raises BrokenTexts."""
    text = file.read_text(encoding="utf-8")
    if HELD.search(text):
        raise BrokenTexts(f"{file}: a character of the private range, which the values need.")
    resource = FluentParser(with_spans=False).parse(_BOLD_AT_LINE_START.sub(r'\1{"*"}', text))
    names: set[str] = set()
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            first = (entry.content or "").strip().partition("\n")[0]
            raise BrokenTexts(f"{file}: {first!r}: {' '.join(note.message or '' for note in entry.annotations)}")
        if isinstance(entry, ast.Message | ast.Term):
            name = ("-" if isinstance(entry, ast.Term) else "") + entry.id.name
            if name in names:
                raise BrokenTexts(f"{file}: {name} is there twice.")
            names.add(name)
    return resource


def _bundle(language: str, own: ast.Resource, shared: ast.Resource) -> FluentBundle:
    # Isolation is ours to do, value by value: Fluent's would put invisible characters around every code.
    bundle = FluentBundle([str(locale_of(language))], functions={"WITH_YEAR": with_year}, use_isolating=False)
    bundle.add_resource(own)
    if own is not shared:
        bundle.add_resource(ast.Resource([entry for entry in shared.body if isinstance(entry, ast.Term)]))
    return bundle
