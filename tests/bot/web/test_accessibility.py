"""Every page in light and dark, narrow and wide, judged by axe-core: no violation, whatever its weight."""

from importlib.resources import files
from typing import Literal

import pytest
from playwright.async_api import Page

from handlers.events import Event, LandingViewed, SharePageViewed
from handlers.outcome import Outcome
from messages.catalog import Catalog
from messages.message import Phrase, Said
from tests.bot.web.house import CODE, IN_BOTH, LANDING, SHARE, TOKEN, Behind, house, usual

ADDRESSES = (f"/join/{CODE}", f"/join/{CODE}?lang=es", f"/share/{CODE}", f"/claim/{TOKEN}", "/", "/problems/busy")
# Ours, the palest that is allowed, the darkest, and one that is pale in the dark.
COLORS = ("", "#757575", "#000000", "#0000ff")


def looking(color: str) -> Behind:
    """Let the program look like this, with an advocate who has words of their own."""
    look = {"color": color, "logo": ""}
    quoted = Phrase("sharing.quoted", {"words": Said("Their cherry pie is worth the walk.")})

    def answer(event: Event) -> Outcome:
        outcome = usual(event)
        if outcome.refused or not isinstance(event, LandingViewed | SharePageViewed):
            return outcome
        told = SHARE if isinstance(event, SharePageViewed) else LANDING
        return Outcome(reply={**told, "brand": look, "words": quoted})

    return Behind(answer=answer)


@pytest.mark.parametrize("color", COLORS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing(catalog: Catalog, page: Page, scheme: Literal["light", "dark"], color: str) -> None:
    await page.emulate_media(color_scheme=scheme)
    # The package brings axe-core along; what it wraps around it has no types and adds nothing that is needed here.
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    found = []
    async with house(catalog, behind=looking(color), addresses=IN_BOTH) as home:
        for address in ADDRESSES if not color else ADDRESSES[:3]:
            for width in (320, 900):
                await page.set_viewport_size({"width": width, "height": 800})
                await page.goto(f"{home.client.base_url}{address}")
                await page.evaluate(axe)
                judged = await page.evaluate("axe.run()")
                assert judged["passes"]
                found += [
                    (address, width, fault["id"], [node["html"] for node in fault["nodes"]])
                    for fault in judged["violations"]
                ]
    assert found == []
