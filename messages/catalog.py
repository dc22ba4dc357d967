"""The catalog: every text by its key, in the reader's language, with values that cannot break it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Self
from zoneinfo import ZoneInfo

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
from messages.languages import nearest
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
from messages.sentences import Sentences
from messages.spans import CODE, LINK, MENTION, Span
from messages.stories import Stories
from referrals.money import percent_off

DEFAULT_LANGUAGE = "en"

AddressOf = Callable[[Link], str]


@dataclass(frozen=True)
class Reader:
    """Whoever reads: their language, their zone, and what year it is there, where that is known."""

    language: str
    zone: ZoneInfo
    this_year: int | None = None  # a date of another year is written with its year

    def at(self, moment: datetime) -> Self:
        """Return the same reader at a moment, by which they understand a date without a year."""
        return replace(self, this_year=moment.astimezone(self.zone).year)


class Catalog:
    """Every text of every language."""

    def __init__(self, stories: Stories) -> None:
        self._stories = stories
        self._sentences = Sentences(stories, default=DEFAULT_LANGUAGE)
        self._fixed: dict[tuple[str, str, Markup], str] = {}
        self.languages: tuple[str, ...] = tuple(
            sorted(stories.languages, key=lambda name: (name != DEFAULT_LANGUAGE, name))
        )

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Self:
        """Find `<language>/<story>.ftl` in our own folder or another; each is read when it is first needed."""
        return cls(Stories(folder or files("messages"), default=DEFAULT_LANGUAGE))

    def check(self) -> None:
        """Read every text now; raises BrokenTexts."""
        self._stories.check()

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
        if isinstance(value, Worth) and (said := _off(value)) is not None:
            return self.cell(said, reader, address=address)
        if isinstance(value, int):
            return number_text(value, reader.language)
        return write(_shown(value, reader, address=address, with_year=False), Markup.PLAIN)

    def _spans(self, key: str, values: Values, reader: Reader, *, address: AddressOf) -> Iterator[Span]:
        sentence = self._sentences.find(key, values, reader.language)
        own = reader if sentence.language == reader.language else replace(reader, language=sentence.language)
        given = tuple(values.values())
        for piece in sentence.pieces:
            if isinstance(piece, Span):
                yield piece
                continue
            value = given[piece.number]
            if isinstance(value, Worth):
                value = _off(value) or value
            if isinstance(value, Phrase):
                inner = self._spans(value.key, value.values, _of(value, reader), address=address)
                inner = _with_capital(inner) if piece.begins else inner
            else:
                inner = _shown(value, own, address=address, with_year=piece.with_year)
            yield from (Span(part.text, part.marks | piece.marks) for part in inner) if piece.marks else inner


def _off(worth: Worth) -> Phrase | None:
    """Say what takes a percentage off a purchase in words of ours: programs give it no name."""
    percent = percent_off(worth.amount.unit)
    if not percent:
        return None
    values: dict[str, Value] = {"percent": Percent(percent), "number": worth.amount.minor}
    return Phrase("words.percent-off" if worth.amount.minor == 1 else "words.percent-off-several", values)


def _with_capital(spans: Iterator[Span]) -> Iterator[Span]:
    """Begin a sentence with a capital: “a friend” has none of its own, as a name has."""
    for first in spans:
        yield Span(first.text[:1].upper() + first.text[1:], first.marks)
        break
    yield from spans


def _of(phrase: Phrase, reader: Reader) -> Reader:
    return replace(reader, language=phrase.language) if phrase.language else reader


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
            dated = with_year or _is_of_another_year(at, reader)
            yield Span(day_text(at, reader.language, zone=reader.zone, with_year=dated))
        case Moment(at):
            dated = with_year or _is_of_another_year(at, reader)
            yield Span(moment_text(at, reader.language, zone=reader.zone, with_year=dated))
        case City():
            yield Span(city_text(value, reader.language))
        case _:
            yield Span(_words(value, reader.language))


def _is_of_another_year(at: datetime, reader: Reader) -> bool:
    """Tell whether “23 November” alone would be taken for the one of this year, and wrongly."""
    return reader.this_year is not None and at.astimezone(reader.zone).year != reader.this_year


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
