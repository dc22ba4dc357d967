"""Every language we ship says everything, with the same values, in its own plurals and with none of another's words."""

import re
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from messages.catalog import DEFAULT_LANGUAGE, Catalog, Reader
from messages.languages import is_right_to_left, locale_of, nearest
from messages.markup import Markup
from messages.message import City, Day, Moment, Percent, Phrase, Rate, Value, Worth
from referrals.money import Amount
from tests.messages.asked import PLURALS, Text, by_story, texts
from tests.messages.texts import BERLIN, Speaker

SPOKEN = Catalog.load().languages
FOREIGN = tuple(language for language in SPOKEN if language != DEFAULT_LANGUAGE)
ENGLISH = {text.key: text for text in texts(terms=True) if text.language == DEFAULT_LANGUAGE}

# What is the same in every language: names, values alone, and signs around them.
SAME_EVERYWHERE = {
    "broadcasting.announcement",
    "choosing.button-clock",
    "choosing.button-language",
    "measuring.dates-one",
    "measuring.overview",
    "pages.brand",
    "pages.share-way-facebook",
    "pages.share-way-telegram",
    "pages.share-way-whatsapp",
    "pages.share-way-x",
    "pages.worth",
    "sharing.words-for-friends",
    "staffing.owner",
    "supporting.heard",
    "words.named-cell",
    "words.row",
}
# Words that no sentence in English goes long without, and that are none in the languages we ship.
ENGLISH_WORDS = frozenset("the your you with this that from and have will".split())
# What is typed as it stands, whatever the language: commands, settings, names of columns, and the words of a period.
TYPED = re.compile(r"`[^`]*`|\*[a-z ]+\*|\*30 days\*|[A-Z_]{4,}|/[a-z]+")

NOON = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)
LAYLA = "ليلى"

_FOREIGN_STORIES = by_story(text for text in texts() if text.language != DEFAULT_LANGUAGE)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load()


@pytest.fixture
def ana(catalog: Catalog) -> Speaker:
    return Speaker(catalog, "es")


def test_we_speak_english_and_spanish() -> None:
    assert {"en", "es"} <= set(SPOKEN)
    assert SPOKEN[0] == DEFAULT_LANGUAGE


@pytest.mark.parametrize("language", FOREIGN)
def test_a_language_says_everything_and_nothing_else(language: str) -> None:
    said = {text.key for text in texts(terms=True) if text.language == language}
    assert sorted(ENGLISH.keys() - said) == []
    assert sorted(said - ENGLISH.keys()) == []


@pytest.mark.parametrize("language", FOREIGN)
def test_a_language_uses_the_same_values(language: str) -> None:
    said = [text for text in texts(terms=True) if text.language == language and text.key in ENGLISH]
    assert not {text.key: (text.asks, ENGLISH[text.key].asks) for text in said if text.asks != ENGLISH[text.key].asks}
    assert not {text.key: text.refers for text in said if text.refers != ENGLISH[text.key].refers}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_language_makes_every_difference_that_english_makes(language: str) -> None:
    """A choice by a word, such as the place a visit came from, must know all of the words."""
    for text in texts():
        if text.language == language and text.key in ENGLISH:
            for name, words in ENGLISH[text.key].chooses.items():
                if all(isinstance(word, str) for word in words):
                    assert text.chooses.get(name) == words, text.key


@pytest.mark.parametrize(
    "text", [text for text in texts() if text.counts], ids=lambda text: f"{text.language}:{text.key}"
)
def test_counting_knows_every_category_of_the_language(text: Text) -> None:
    categories = frozenset(locale_of(text.language).plural_form.tags) | {"other"}
    assert categories <= PLURALS
    assert {frozenset(counted) for counted in text.counts} == {categories}


@pytest.mark.parametrize("story", _FOREIGN_STORIES.values(), ids=_FOREIGN_STORIES.keys())
def test_no_english_is_left(story: list[Text]) -> None:
    for text in story:
        for values in text.ways("Ben"):
            said, english = (_said(language, text.key, values) for language in (text.language, DEFAULT_LANGUAGE))
            assert not ENGLISH_WORDS & set(re.findall(r"[a-z]+", TYPED.sub("", said).lower())), said
            assert text.key in SAME_EVERYWHERE or said != english, text.key


@pytest.mark.parametrize("key", sorted(SAME_EVERYWHERE))
def test_what_is_said_to_be_the_same_everywhere_is(key: str) -> None:
    """An exception that is none any more would hide the next sentence that is left in English."""
    [values, *_] = ENGLISH[key].ways("Ben")
    assert len({_said(language, key, values) for language in SPOKEN}) == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Worth(Amount(1000, "EUR")), "10\u00a0€"),
        (Worth(Amount(123_456_789, "EUR")), "1.234.567,89\u00a0€"),
        (Worth(Amount(950, "USD")), "9,50\u00a0US$"),
        (Worth(Amount(1500, "KWD")), "1,500\u00a0KWD"),
        (Worth(Amount(3, "café"), (("one", "café gratis"), ("other", "cafés gratis"))), "3 cafés gratis"),
        (Worth(Amount(1, "café"), (("one", "café gratis"), ("other", "cafés gratis"))), "1 café gratis"),
        (Worth(Amount(1_000_000, "point"), (("one", "point"), ("other", "points"))), "1.000.000 points"),
        (Rate(1, 8), "12,5\u00a0%"),
        (Percent("7.25"), "7,25\u00a0%"),
        (Percent("10.00"), "10\u00a0%"),
        (City("Europe/London"), "Londres"),
        (Day(NOON), "24 de noviembre"),
        (Moment(NOON), "24 de noviembre, 14:05"),
        (12_000, "12.000"),
        (Phrase("words.percent", {"percent": Percent("7.5")}), "7,5\u00a0% de la compra"),
    ],
)
def test_money_numbers_and_dates_in_spanish(ana: Speaker, value: Value, said: str) -> None:
    assert ana.catalog.cell(value, Reader("es", BERLIN), address=ana.links) == said


def test_a_date_with_its_year_in_spanish(ana: Speaker) -> None:
    said = ana.plain("measuring.dates", first=Day(NOON), last=Day(NOON))
    assert said == "Del 24 de noviembre de 2026 al 24 de noviembre de 2026."


def test_a_percentage_in_english(catalog: Catalog) -> None:
    said = Speaker(catalog).plain("words.percent", percent=Percent("7.25"))
    assert said == "7.25% of the purchase"


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "el último día"), (7, "los últimos 7 días"), (1_000_000, "los últimos 1.000.000 de días")],
)
def test_counting_in_spanish(ana: Speaker, count: int, said: str) -> None:
    assert ana.plain("measuring.period-days", days=count) == said


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("markup", [Markup.TELEGRAM, Markup.SLACK, Markup.PAGE, Markup.PLAIN])
def test_a_right_to_left_name_turns_nothing_around(catalog: Catalog, language: str, markup: Markup) -> None:
    speaker = Speaker(catalog, language)
    values: dict[str, Value] = {"friend": LAYLA, "until": Day(NOON), "gain": Worth(Amount(1000, "EUR"))}
    said = speaker.say("joining.friend-joined", values, markup)
    assert f"\u2068{LAYLA}\u2069" in said
    assert said.count("\u2068") == said.count("\u2069") == 1


@pytest.mark.parametrize("language", SPOKEN)
def test_a_language_is_named_in_itself(catalog: Catalog, language: str) -> None:
    """Whoever looks for their language cannot read the others."""
    named = Phrase("choosing.button-language", {"language": Phrase("words.language-name", language=language)})
    said = {catalog.cell(named, Reader(reader, BERLIN), address=str) for reader in SPOKEN}
    assert said == {f"🌐 {_said(language, 'words.language-name', {})}"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("es", "es"), ("es-MX", "es"), ("ES_ar", "es"), ("es-419", "es"), ("e", None), ("", None), (None, None)],
)
def test_the_nearest_language_is_found(wanted: str | None, found: str | None) -> None:
    assert nearest(wanted, ("en", "es")) == found
    assert nearest(wanted, ()) is None


@pytest.mark.parametrize("language", ["qya", "x", "", "!", "zz-ZZ"])
def test_a_language_that_nobody_has_described_counts_in_english(language: str) -> None:
    assert str(locale_of(language)) == "en_GB"


def test_where_a_language_is_written_from() -> None:
    assert [is_right_to_left(language) for language in ("ar", "he", "fa-IR", "en", "es", "qya")] == [True] * 3 + [
        False
    ] * 3


@cache
def _speaker(language: str) -> Speaker:
    return Speaker(Catalog.load(), language)


def _said(language: str, key: str, values: dict[str, Value]) -> str:
    return _speaker(language).say(key, values, Markup.PLAIN)


def test_a_zone_is_the_readers_in_every_language(catalog: Catalog) -> None:
    late = Moment(datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    said = {
        language: catalog.cell(late, Reader(language, ZoneInfo("Europe/Madrid")), address=str) for language in SPOKEN
    }
    assert said["en"] == "25 November, 00:30"
    assert said["es"] == "25 de noviembre, 0:30"
