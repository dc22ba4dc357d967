"""The catalog says every text in the reader's language, and refuses to say half of one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from messages.catalog import Catalog
from messages.message import Code, Day, JoinLink, Member, Moment, NameOf, Phrase, Rate, Said, ShareLink, Value, Worth
from messages.sentences import MissingText
from messages.stories import BrokenTexts
from referrals.money import Amount
from tests.messages.texts import Speaker, address, catalog_of

TEA = """
hello = Hello { $name }, here is *{ -shop }*.
cups = { $count ->
    [one] one cup
   *[other] { $count } cups
}
state = { $state ->
    [joined] is here
   *[other] is somewhere
}
share = Send { $link } or tap { $code }.
landing = See { $page }.
until = Until { $day }.
until-year = Until { WITH_YEAR($day) }, checked at { $time }.
gain = You get { $worth }.
story = { $friend } came. *{ $gain }*
button = Drink _tea_
marked = `{ $inner }`
only-attribute =
    .label = x
"""
WORDS = """
-shop = The _Corner_ Shop
tea = tea
"""
GERMAN = """
hello = Hallo { $name }, das ist { -shop }.
cups = { $count ->
    [one] eine Tasse
   *[other] { $count } Tassen
}
until = Bis { $day }.
gain = Du bekommst { $worth }.
"""
NOON = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)
COFFEES = Worth(Amount(3, "coffee"), (("one", "free coffee"), ("other", "free coffees")))


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    return catalog_of(tmp_path, en_tea=TEA, en_words=WORDS, de_tea=GERMAN, de_words="-shop = Der Eckladen\n")


@pytest.fixture
def anna(catalog: Catalog) -> Speaker:
    return Speaker(catalog)


@pytest.fixture
def greta(catalog: Catalog) -> Speaker:
    return Speaker(catalog, "de")


def test_a_text_takes_names_and_the_terms_that_all_stories_share(anna: Speaker, greta: Speaker) -> None:
    assert anna.plain("tea.hello", name="Ben") == "Hello Ben, here is The Corner Shop."
    assert greta.plain("tea.hello", name="Ben") == "Hallo Ben, das ist Der Eckladen."


def test_counting_follows_the_language(anna: Speaker, greta: Speaker) -> None:
    assert [anna.plain("tea.cups", count=count) for count in (1, 2, 1200)] == ["one cup", "2 cups", "1,200 cups"]
    assert [greta.plain("tea.cups", count=count) for count in (1, 1200)] == ["eine Tasse", "1.200 Tassen"]


def test_a_text_can_choose_by_a_word(anna: Speaker) -> None:
    assert anna.plain("tea.state", state="joined") == "is here"
    assert anna.plain("tea.state", state="gone") == "is somewhere"


def test_a_sentence_that_is_kept_takes_the_next_values_as_they_are(tmp_path: Path) -> None:
    text = """
came = { $name } came { $times ->
    [one] once
   *[other] { $times } times
}, { $how ->
    [fast] running
   *[other] walking
}.
"""
    speaker = Speaker(catalog_of(tmp_path, en_tea=text))
    assert speaker.plain("tea.came", name="Ben", times=1, how="slow") == "Ben came once, walking."
    assert speaker.plain("tea.came", name="Ann", times=1, how="fast") == "Ann came once, running."
    assert speaker.plain("tea.came", name=Day(NOON), times=2, how="slow") == "24 November came 2 times, walking."
    assert speaker.plain("tea.came", how="slow", times=2, name="Ben") == "Ben came 2 times, walking."


def test_links_are_bare_and_codes_can_be_tapped(anna: Speaker) -> None:
    said = anna.telegram("tea.share", link=ShareLink("K7QM2X4R"), code=Code("K7QM2X4R"))
    assert said == "Send https://shop.example/r/K7QM2X4R or tap <code>K7QM2X4R</code>."
    assert anna.plain("tea.landing", page=JoinLink("K7QM2X4R")) == "See https://shop.example/join/K7QM2X4R."


def test_days_are_the_readers_own(anna: Speaker, greta: Speaker) -> None:
    late = Day(datetime(2026, 11, 24, 23, 30, tzinfo=UTC))  # already the 25th in Berlin
    assert anna.plain("tea.until", day=late) == "Until 25 November."
    assert greta.plain("tea.until", day=late) == "Bis 25. November."


def test_a_text_asks_for_the_year_where_it_matters(anna: Speaker) -> None:
    said = anna.plain("tea.until-year", day=Day(NOON), time=Moment(NOON))
    assert said == "Until 24 November 2026, checked at 24 November, 14:05."


def test_worth_is_money_or_things(anna: Speaker, greta: Speaker) -> None:
    assert anna.plain("tea.gain", worth=Worth(Amount(1000, "EUR"))) == "You get €10."
    assert anna.plain("tea.gain", worth=COFFEES) == "You get 3 free coffees."
    assert greta.plain("tea.gain", worth=Worth(Amount(950, "EUR"))) == "Du bekommst 9,50\u00a0€."


def test_a_phrase_is_said_inside_a_text_with_the_marks_of_both(anna: Speaker) -> None:
    gain = Phrase("tea.share", {"link": ShareLink("A"), "code": Code("B")})
    said = anna.telegram("tea.story", friend="<Ben>", gain=gain)
    assert said == "&lt;Ben&gt; came. <b>Send https://shop.example/r/A or tap </b><code>B</code><b>.</b>"


def test_nothing_is_marked_inside_code(anna: Speaker) -> None:
    assert anna.telegram("tea.marked", inner=Phrase("tea.button")) == "<code>Drink tea</code>"


def test_a_line_may_begin_in_bold(tmp_path: Path) -> None:
    text = "lines =\n    *One*\n\n    *Two* { $n ->\n        [one] cup\n       *[other] cups\n    }\n"
    speaker = Speaker(catalog_of(tmp_path, en_tea=text))
    assert speaker.telegram("tea.lines", n=2) == "<b>One</b>\n\n<b>Two</b> cups"


def test_labels_have_no_marks(anna: Speaker) -> None:
    assert anna.plain("tea.button") == "Drink tea"


def test_a_right_to_left_name_is_kept_apart_and_nothing_else_is(anna: Speaker) -> None:
    assert anna.plain("tea.hello", name="ليلى") == "Hello \u2068ليلى\u2069, here is The Corner Shop."
    said = anna.plain("tea.share", link=ShareLink("A"), code=Code("B"))
    assert said.isascii()


def test_what_a_language_lacks_is_said_in_english_throughout(greta: Speaker) -> None:
    assert greta.plain("tea.until-year", day=Day(NOON), time=Moment(NOON)).startswith("Until 24 November 2026,")


def test_a_phrase_inside_an_english_text_is_still_said_in_the_readers_language(greta: Speaker) -> None:
    said = greta.plain("tea.story", friend="Ben", gain=Phrase("tea.gain", {"worth": COFFEES}))
    assert said == "Ben came. Du bekommst 3 free coffees."


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("*Ben* <x>", "*Ben* <x>"),
        (1200, "1.200"),
        (Worth(Amount(950, "EUR")), "9,50\u00a0€"),
        (Rate(1, 8), "12,5\u00a0%"),
        (Rate(0, 0), "–"),
        (Day(NOON), "24. November"),
        (Code("K7QM"), "K7QM"),
        (Said("one\ntwo"), "one\ntwo"),
        (Member("slack", "T0CAFE.U0OLGA"), "@U0OLGA"),
        (ShareLink("K7QM"), "https://shop.example/r/K7QM"),
        (Phrase("tea.cups", {"count": 2}), "2 Tassen"),
        (Phrase("tea.button"), "Drink tea"),
    ],
)
def test_a_cell_is_one_value_without_marks(greta: Speaker, value: Value, cell: str) -> None:
    assert greta.catalog.cell(value, greta.reader, address=address) == cell


def test_a_cell_has_no_name_of_its_own_to_look_up(anna: Speaker) -> None:
    with pytest.raises(TypeError):
        anna.catalog.cell(NameOf("cus_1"), anna.reader, address=address)


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [("de", "de"), ("de-AT", "de"), ("DE_at", "de"), ("de-Latn-AT", "de"), ("fr-CA", "en"), ("", "en"), (None, "en")],
)
def test_the_nearest_language_is_chosen(catalog: Catalog, wanted: str | None, chosen: str) -> None:
    assert catalog.languages == ("en", "de")
    assert catalog.choose(wanted, "en") == chosen


@pytest.mark.parametrize("key", ["tea.nothing", "coffee.hello", "tea", "", "tea.only-attribute", "words.-shop"])
def test_a_missing_text_is_named(anna: Speaker, key: str) -> None:
    with pytest.raises(MissingText) as caught:
        anna.plain(key)
    assert (caught.value.key, caught.value.language) == (key, "en")


def test_a_missing_value_is_named(anna: Speaker) -> None:
    with pytest.raises(MissingText, match=r"tea\.hello \(en\): .*name"):
        anna.plain("tea.hello")


@pytest.mark.parametrize("value", [NameOf("cus_1"), 1.5, None])
def test_what_is_not_a_value_is_refused(anna: Speaker, value: Value) -> None:
    with pytest.raises(TypeError):
        anna.plain("tea.hello", name=value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hello Hello\n", "'hello Hello'"),
        ("a = x\na = y\n", "a is there twice"),
        ("b = { $x\n", "b = "),
        ("c = \ue005\n", "private"),
    ],
)
def test_a_broken_file_is_named_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    catalog = catalog_of(tmp_path, en_tea=text)
    with pytest.raises(BrokenTexts, match=rf"tea\.ftl: .*{says}"):
        catalog.check()
    with pytest.raises(BrokenTexts, match=says):
        Speaker(catalog).plain("tea.a")


def test_a_language_whose_file_is_broken_is_answered_in_english(tmp_path: Path) -> None:
    catalog = catalog_of(tmp_path, en_tea="a = Tea\n", de_tea="a = Tee\nhallo Hallo\n")
    assert Speaker(catalog, "de").plain("tea.a") == "Tea"
    with pytest.raises(BrokenTexts, match="de"):
        catalog.check()


def test_our_own_texts_are_whole() -> None:
    Catalog.load().check()
