"""The shop's colour and logo on the pages: no style inside the page, and no file but the one the program names."""

import re
from pathlib import Path

import pytest

from handlers.events import BrandViewed, Event
from handlers.outcome import Outcome
from messages.catalog import Catalog
from referrals.brand import DARK_CARD, LIGHT_CARD, READABLE, contrast
from tests.bot.web.house import CODE, LANDING, Behind, House, house

PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def looking(logo: str = "", color: str = "") -> Behind:
    """Let the program look like this."""
    look = {"color": color, "logo": logo}

    def answer(event: Event) -> Outcome:
        return Outcome(reply=look if isinstance(event, BrandViewed) else {**LANDING, "brand": look})

    return Behind(answer=answer)


async def test_the_colour_comes_as_a_sheet_that_reads_on_light_and_on_dark(catalog: Catalog) -> None:
    async with house(catalog, behind=looking(color="#0b6b4f")) as home:
        page = await home.client.get(f"/join/{CODE}")
        assert 'href="/static/brand-0b6b4f.css' in page.text
        sheet = await home.client.get("/static/brand-0b6b4f.css")
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    light, dark = re.findall(
        r"--grape:(#[0-9a-f]{6});--grape-deep:(#[0-9a-f]{6});--on-grape:(#[0-9a-f]{6})", sheet.text
    )
    for (color, deep, ink), card in ((light, LIGHT_CARD), (dark, DARK_CARD)):
        assert contrast(color, card) >= READABLE
        assert contrast(color, ink) >= READABLE
        assert contrast(deep, ink) >= READABLE
    assert light[0] == "#0b6b4f"


@pytest.mark.parametrize("name", ["brand-.css", "brand-xyz.css", "brand-0B6B4F.css", "brand-0b6b4f.css.map"])
async def test_a_colour_that_is_none_has_no_sheet(home: House, name: str) -> None:
    assert (await home.client.get(f"/static/{name}")).status_code == 404


async def test_a_logo_on_another_site_is_let_in_by_name(catalog: Catalog) -> None:
    async with house(catalog, behind=looking("https://cdn.example:8443/logo.png?x='y'")) as home:
        page = await home.client.get(f"/join/{CODE}")
    assert "img-src 'self' https://cdn.example:8443;" in page.headers["content-security-policy"]
    assert 'src="https://cdn.example:8443/logo.png' in page.text


async def test_a_host_cannot_write_into_the_policy(catalog: Catalog) -> None:
    async with house(catalog, behind=looking("https://a;script-src*/logo.png")) as home:
        page = await home.client.get(f"/join/{CODE}")
    assert "script-src" not in page.headers["content-security-policy"]


async def test_a_logo_of_this_machine_is_served(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "logo.svg"
    file.write_bytes(PIXEL)
    async with house(catalog, behind=looking(str(file))) as home:
        page, logo = await home.client.get(f"/join/{CODE}"), await home.client.get("/logo")
        again = await home.client.get("/logo", headers={"if-none-match": logo.headers["etag"]})
    assert '<img class="logo" src="/logo" alt="">' in page.text
    assert (logo.content, logo.headers["content-type"]) == (PIXEL, "image/svg+xml")
    assert logo.headers["content-security-policy"].startswith("default-src 'none'")
    assert again.status_code == 304


async def test_what_is_no_logo_is_not_served(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "large.png").write_bytes(bytes(600 * 1024))
    (tmp_path / "secret.key").write_text("secret")
    for name in ("large.png", "secret.key", "missing.png"):
        async with house(catalog, behind=looking(str(tmp_path / name))) as home:
            assert (await home.client.get("/logo")).status_code == 404
    for logo in ("", "https://cdn.example/logo.png"):
        async with house(catalog, behind=looking(logo)) as home:
            assert (await home.client.get("/logo")).status_code == 404
