"""In which language a page is read: chosen at its foot, else the browser's, else ours."""

from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from handlers.outcome import Outcome
from messages.catalog import Catalog
from messages.message import Phrase
from referrals.draw import click_token
from tests.bot.web.house import CODE, IN_BOTH, LANDING, NOBODYS_CODE, TOKEN, Behind, House, house
from tests.messages.made_up import MADE_UP, narrow_words, wide, write_texts

CLICK = click_token(1 << 60)
IN_SPANISH = {"accept-language": "es-MX,es;q=0.9,en;q=0.5"}
# Attributes that are read out, shown, or shown elsewhere.
READ = {"alt", "aria-label", "title", "placeholder", "data-copied", "data-failed"}
PREVIEW = ("og:title", "og:description", "og:image:alt", "description", "twitter:title", "twitter:description")


class Reading(HTMLParser):
    """Collects every word of a page that somebody reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.words += [value for name, value in attrs if name in READ and value]
        if tag == "meta" and (given.get("name") or given.get("property")) in PREVIEW:
            self.words.append(given.get("content") or "")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data)


def words_of(page: str) -> str:
    """Read a page from beginning to end."""
    reading = Reading()
    reading.feed(page)
    return "\n".join(reading.words)


@pytest.fixture
async def made_up(tmp_path: Path) -> AsyncIterator[House]:
    # A condition as the handlers give it, with nothing in it that is not of the language.
    landing = {**LANDING, "conditions": (Phrase("words.condition-new-customers"),)}
    behind = Behind(answer=lambda _: Outcome(reply=landing))
    catalog = Catalog.load(write_texts(tmp_path))
    async with house(catalog, behind=behind, addresses=IN_BOTH) as running:
        yield running


async def test_the_landing_page_speaks_spanish_to_a_browser_that_does(home: House) -> None:
    page = await home.client.get(f"/join/{CODE}", headers=IN_SPANISH)
    assert '<html lang="es">' in page.text
    assert page.headers["content-language"] == "es"
    assert page.headers["vary"] == "accept-language"
    for said in ("Anna te invita a Corner Café", "Tú recibes", "5\u00a0€", "Abrir en Telegram"):
        assert said in page.text


async def test_the_claim_page_and_the_kind_words_speak_it_too(home: House) -> None:
    claim = await home.client.get(f"/claim/{TOKEN}", headers=IN_SPANISH)
    assert "Tu compra te espera" in claim.text
    assert "hasta el 22 de noviembre, 12:00" in claim.text
    for path in (f"/join/{NOBODYS_CODE}", f"/r/{NOBODYS_CODE}"):
        assert "No conocemos este código" in (await home.client.get(path, headers=IN_SPANISH)).text


async def test_a_choice_at_the_foot_beats_the_browser_and_is_kept_nowhere(home: House) -> None:
    page = await home.client.get(f"/join/{CODE}", headers=IN_SPANISH)
    assert '<a href="?lang=en" hreflang="en" lang="en" dir="auto" rel="nofollow">English</a>' in page.text
    assert ">Español</a>" not in page.text
    chosen = await home.client.get(f"/join/{CODE}?lang=en", headers=IN_SPANISH)
    assert '<html lang="en">' in chosen.text
    assert "set-cookie" not in chosen.headers
    again = await home.client.get(f"/join/{CODE}", headers=IN_SPANISH)
    assert '<html lang="es">' in again.text


async def test_the_visit_goes_along_and_nothing_else_does(home: House) -> None:
    page = await home.client.get(f"/join/{CODE}?click={CLICK}&x=1&lang=en")
    assert f'href="?click={CLICK}&amp;lang=es"' in page.text
    chosen = await home.client.get(f"/join/{CODE}?click={CLICK}&lang=es")
    assert f"start=r_{CODE}_{CLICK}" in chosen.text
    assert 'href="?lang=es"' in (await home.client.get(f"/join/{CODE}?click=%22%3E%3Cscript%3E")).text


@pytest.mark.parametrize("wanted", ["tlh", "", "%22%3E%3Cscript%3E", "x" * 3000, "es_", "%FF", "..%2Fen"])
async def test_a_choice_that_is_none_is_left_out(home: House, wanted: str) -> None:
    page = await home.client.get(f"/join/{CODE}?lang={wanted}")
    assert page.status_code == 200
    assert "<script" not in page.text


async def test_search_engines_are_told_of_every_version(home: House) -> None:
    page = await home.client.get(f"/join/{CODE}?click={CLICK}&lang=es")
    at = f"https://refer.example/join/{CODE}"
    for line in (
        f'<link rel="alternate" hreflang="en" href="{at}?lang=en">',
        f'<link rel="alternate" hreflang="es" href="{at}?lang=es">',
        f'<link rel="alternate" hreflang="x-default" href="{at}">',
    ):
        assert line in page.text
    assert "alternate" not in (await home.client.get(f"/join/{NOBODYS_CODE}")).text


async def test_a_house_of_one_language_offers_no_choice(tmp_path: Path) -> None:
    write_texts(tmp_path, "en-x", stories=("none",))
    (tmp_path / "en-x").rmdir()
    async with house(Catalog.load(tmp_path)) as home:
        page = await home.client.get(f"/join/{CODE}")
    assert "hreflang" not in page.text
    assert "<nav" not in page.text


async def test_every_word_of_a_page_is_in_the_files_of_its_language(made_up: House) -> None:
    """The proof that no user-facing word stands in a template: a language that is only files says them all."""
    page = await made_up.client.get(f"/join/{CODE}", headers={"accept-language": MADE_UP})
    assert f'<html lang="{MADE_UP}">' in page.text
    said = words_of(page.text)
    assert wide("gets") in said
    assert not narrow_words(said, "Anna", "Corner Café", CODE, "/grapevine join", "English")


@pytest.mark.parametrize("path", ["/", f"/join/{NOBODYS_CODE}x", "/nowhere"])
async def test_kind_words_are_in_the_files_too(made_up: House, path: str) -> None:
    page = await made_up.client.get(path, headers={"accept-language": MADE_UP})
    assert not narrow_words(words_of(page.text), "English")


async def test_a_language_from_right_to_left_says_so(tmp_path: Path) -> None:
    async with house(Catalog.load(write_texts(tmp_path, "ar"))) as home:
        page = await home.client.get(f"/join/{CODE}", headers={"accept-language": "ar-EG"})
    assert '<html lang="ar" dir="rtl">' in page.text
