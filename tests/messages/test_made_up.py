"""A language is a folder of text files: one that nobody speaks is spoken by the whole catalog."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from messages.catalog import Catalog, Reader
from messages.languages import nearest
from messages.markup import Markup
from messages.message import Phrase
from tests.messages.asked import texts
from tests.messages.made_up import MADE_UP, narrow_words, wide, write_texts
from tests.messages.texts import Speaker


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return Catalog.load(write_texts(tmp_path_factory.mktemp("texts")))


def test_it_is_there_without_touching_code(catalog: Catalog) -> None:
    assert catalog.languages == ("en", MADE_UP)
    assert nearest("QY-zz", catalog.languages) == MADE_UP


def test_it_is_spoken_by_the_whole_catalog(catalog: Catalog) -> None:
    speaker = Speaker(catalog, MADE_UP)
    for text in texts():
        if text.language == "en":
            for values in text.ways("…"):
                said = speaker.say(text.key, values, Markup.PLAIN)
                assert not narrow_words(said), text.key


def test_it_is_marked_up_like_any_other(catalog: Catalog) -> None:
    speaker = Speaker(catalog, MADE_UP)
    assert speaker.telegram("choosing.panel") == f"<b>{wide('Your settings')}</b>"
    assert speaker.slack("choosing.panel") == f"*{wide('Your settings')}*"


def test_a_few_stories_are_enough_to_begin_with(tmp_path: Path) -> None:
    """What is not translated yet is said in English: a translation may grow story by story."""
    catalog = Catalog.load(write_texts(tmp_path, "qya", stories=("leaving", "words")))
    reader = Reader("qya", ZoneInfo("UTC"))
    assert catalog.languages == ("en", "qya")
    assert catalog.cell(Phrase("words.a-friend"), reader, address=str) == wide("a friend")
    assert catalog.cell(Phrase("choosing.panel"), reader, address=str) == "Your settings"
    assert (
        catalog.cell(
            Phrase("choosing.button-language", {"language": Phrase("words.language-name")}), reader, address=str
        )
        == f"🌐 {wide('English')}"
    )


def test_a_translation_of_an_older_text_gives_way_to_the_english_one(tmp_path: Path) -> None:
    """It asks for a value that is not given any more: the reader gets the news, if not in their language."""
    folder = write_texts(tmp_path, stories=("pages",))
    (folder / MADE_UP / "words.ftl").write_text("nothing = { $gone }\na-friend = ｘ\n", encoding="utf-8")
    speaker = Speaker(Catalog.load(folder), MADE_UP)
    assert speaker.plain("words.nothing") == "nothing"
    assert speaker.plain("words.a-friend") == "ｘ"
