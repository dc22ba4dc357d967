"""The share page: words to change, ways to send them with, each telling where the link was put."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Page, expect

from bot.web.visitors import source_of
from handlers.events import SharePageViewed
from handlers.outcome import Outcome
from messages.catalog import Catalog
from messages.message import Phrase, Said
from tests.bot.web.house import CODE, NOBODYS_CODE, SHARE, Behind, House, house
from tests.bot.web.test_pages import seen

WAY = re.compile(r'<a class="way" href="([^"]*)"')
PIE = 'Their "pie" & <b>cakes</b> + more: 100% worth it?\nمريم'


def saying(words: str) -> Behind:
    """Let the share page hold these words."""
    return Behind(answer=lambda _: Outcome(reply={**SHARE, "words": Phrase("sharing.quoted", {"words": Said(words)})}))


def sent(address: str) -> tuple[str, str]:
    """Read the words and the link out of a way's address."""
    asked = parse_qs(urlsplit(address).query)
    text = next((asked[name][0] for name in ("text", "body") if name in asked), "")
    link = next((asked[name][0] for name in ("url", "u") if name in asked), text.rpartition("\n")[2])
    return text, link


async def test_every_way_carries_the_words_and_where_it_is(catalog: Catalog) -> None:
    async with house(catalog, behind=saying(PIE)) as home:
        page = await home.client.get(f"/share/{CODE.lower()}")
    assert page.status_code == 200
    ways = [unescape(found) for found in WAY.findall(page.text)]
    hosts = [urlsplit(way).hostname or urlsplit(way).scheme for way in ways]
    assert hosts == ["wa.me", "t.me", "x.com", "www.facebook.com", "mailto"]
    for way, place in zip(ways, ("whatsapp", "telegram", "x", "facebook", "email"), strict=True):
        words, link = sent(way)
        assert link == f"https://refer.example/r/{CODE}?s={place}"
        assert source_of(urlsplit(link).query.encode(), b"") == place
        assert "+" not in urlsplit(way).query.replace("%2B", "")
        assert place == "facebook" or words.startswith('“Their "pie" & <b>cakes</b> + more: 100% worth it?\n')


async def test_it_can_be_read_without_a_script_and_holds_no_cookie(home: House) -> None:
    page = await home.client.get(f"/share/{CODE}")
    for said in ("Invite friends to Corner Café", "Your friend gets", "You get", "€5", f"/r/{CODE}?s=copy", CODE):
        assert said in seen(page)
    assert ">This works once, until the end of May.</textarea>" in seen(page)
    assert f'src="/qr/{CODE}.png"' in page.text
    assert "set-cookie" not in page.headers
    assert page.headers["content-security-policy"].endswith("; script-src 'self'")
    (event,) = home.behind.events
    assert isinstance(event, SharePageViewed)


async def test_words_cannot_leave_their_field(catalog: Catalog) -> None:
    async with house(catalog, behind=saying("</textarea><script>alert(1)</script>")) as home:
        page = await home.client.get(f"/share/{CODE}")
    assert "<script>alert" not in page.text
    assert page.text.count("</textarea>") == 1


async def test_where_there_is_nothing_to_share_it_says_so(catalog: Catalog, home: House) -> None:
    for code in (NOBODYS_CODE, "x", "%00"):
        assert (await home.client.get(f"/share/{code}")).status_code == 404
    over = Behind(answer=lambda _: Outcome(reply={**SHARE, "over": True}))
    async with house(catalog, behind=over) as later:
        assert (await later.client.get(f"/share/{CODE}")).status_code == 410


async def test_it_speaks_spanish(home: House) -> None:
    page = await home.client.get(f"/share/{CODE}?lang=es")
    assert "Invita a tus amistades a Corner Café" in seen(page)
    assert f"/card/{CODE}.png?lang=es" in page.text


async def test_changed_words_go_into_every_way(home: House, page: Page) -> None:
    await page.goto(f"{home.client.base_url}/share/{CODE}")
    field = page.get_by_label("Your words")
    await field.fill(PIE)
    for name, place in (("WhatsApp", "whatsapp"), ("X", "x"), ("E-mail", "email")):
        words, link = sent(str(await page.get_by_role("link", name=name, exact=True).get_attribute("href")))
        assert words.startswith(PIE)
        assert link == f"https://refer.example/r/{CODE}?s={place}"
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy").press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Copied. Now paste it where you like.")
    assert await page.evaluate("navigator.clipboard.readText()") == f"{PIE}\nhttps://refer.example/r/{CODE}?s=copy"
    await field.fill("  ")
    words, link = sent(str(await page.get_by_role("link", name="WhatsApp").get_attribute("href")))
    assert words == link == f"https://refer.example/r/{CODE}?s=whatsapp"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_sticks_out_of_a_narrow_screen(catalog: Catalog, page: Page, scheme: str) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await page.set_viewport_size({"width": 320, "height": 640})
    async with house(catalog, behind=saying("Donaudampfschifffahrtsgesellschaft" * 4)) as home:
        await page.goto(f"{home.client.base_url}/share/{CODE}")
        assert await page.evaluate("document.documentElement.scrollWidth") == 320
