"""The card under a shared link: drawn for codes that exist, in the reader's language, and cached by what it says."""

from io import BytesIO

import pytest
from PIL import Image

from handlers.outcome import Outcome
from messages.catalog import Catalog
from tests.bot.web.house import CODE, LANDING, NOBODYS_CODE, Behind, House, house
from tests.bot.web.test_pages import seen


def showing(**values: object) -> Behind:
    return Behind(answer=lambda _: Outcome(reply={**LANDING, **values}))


async def test_a_card_is_a_picture_of_the_size_that_networks_show(home: House) -> None:
    answer = await home.client.get(f"/card/{CODE}.png")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.size == (1200, 630)
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert len(answer.content) < 100_000


async def test_it_says_the_offer_in_the_language_asked_for(home: House) -> None:
    english, spanish = [await home.client.get(f"/card/{CODE}.png?lang={language}") for language in ("en", "es")]
    assert english.content != spanish.content
    assert english.headers["etag"] != spanish.headers["etag"]
    again = await home.client.get(f"/card/{CODE}.png?lang=es", headers={"if-none-match": spanish.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_another_offer_is_another_card(catalog: Catalog, home: House) -> None:
    tag = (await home.client.get(f"/card/{CODE}.png")).headers["etag"]
    for change in ({"friend_gets": None}, {"advocate": "Ben"}, {"brand": {"color": "#0b6b4f", "logo": ""}}):
        async with house(catalog, behind=showing(**change)) as other:
            answer = await other.client.get(f"/card/{CODE}.png")
        assert (answer.status_code, answer.headers["etag"] != tag) == (200, True)


@pytest.mark.parametrize("name", ["日本太郎", "👩‍🚀", "\u202e", "A" * 4000, "مريم", "*Bold* {x}"])
async def test_any_name_is_drawn_or_left_out(catalog: Catalog, name: str) -> None:
    async with house(catalog, behind=showing(advocate=name, program=f"{name} & Co.")) as home:
        assert (await home.client.get(f"/card/{CODE}.png")).status_code == 200


async def test_nobody_has_no_card(home: House) -> None:
    for code in (NOBODYS_CODE, "x", "%00"):
        answer = await home.client.get(f"/card/{code}.png")
        assert (answer.status_code, answer.headers["content-type"][:9]) == (404, "text/html")


async def test_pages_name_their_card_for_previews(home: House) -> None:
    page = seen(await home.client.get(f"/join/{CODE}", headers={"accept-language": "es"}))
    assert f'<meta property="og:image" content="https://refer.example/card/{CODE}.png?lang=es">' in page
    assert '<meta property="og:image:alt" content="5 € para ti en Corner Café, con el código QR' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert '<meta name="description" content="5 € para ti' in page
