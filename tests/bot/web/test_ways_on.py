"""The pages lead on to the chats that are set up: a link that opens Telegram, a line to type in Slack."""

import re

import pytest
from playwright.async_api import Page, expect

from messages.catalog import Catalog
from referrals.draw import click_token
from tests.bot.web.house import CODE, IN_BOTH, IN_SLACK, TOKEN, House, house
from tests.bot.web.test_pages import seen

CLICK = click_token(1 << 60)
SCRIPT = re.compile(r'<script src="(/static/copy\.js\?v=[0-9a-f]+)" defer></script>')


async def test_where_slack_is_set_up_its_line_stands_beside_telegram(catalog: Catalog) -> None:
    async with house(catalog, addresses=IN_BOTH) as home:
        page = seen(await home.client.get(f"/join/{CODE}?click={CLICK}"))
    assert f'href="https://t.me/example_bot?start=r_{CODE}_{CLICK}"' in page
    assert f"/grapevine join r_{CODE}_{CLICK}<" in page
    assert 'href="https://slack.com/app_redirect?app=A0GRAPE&amp;team=T0CAFE"' in page
    assert "In Slack? Type this line" in page


async def test_without_a_click_the_line_is_short(catalog: Catalog) -> None:
    async with house(catalog, addresses=IN_BOTH) as home:
        for address in (f"/join/{CODE}", f"/join/{CODE.lower()}?click=not-a-token"):
            assert f">/grapevine join {CODE}<" in seen(await home.client.get(address))


async def test_where_only_slack_is_set_up_telegram_is_not_mentioned(catalog: Catalog) -> None:
    async with house(catalog, addresses=IN_SLACK) as home:
        for address in (f"/join/{CODE}", f"/claim/{TOKEN}"):
            page = seen(await home.client.get(address))
            assert "Telegram" not in page
            assert "START" not in page
            assert "t.me" not in page
            assert "Type this line in any channel of Slack" in page
            assert 'class="go" href="https://slack.com/app_redirect' in page


async def test_without_slack_it_is_not_mentioned_and_no_script_runs(home: House) -> None:
    for address in (f"/join/{CODE}", f"/claim/{TOKEN}"):
        answer = await home.client.get(address)
        assert "Slack" not in seen(answer)
        assert "<script" not in seen(answer)
        assert "script-src" not in answer.headers["content-security-policy"]


async def test_the_claim_page_shows_the_line_that_claims(catalog: Catalog) -> None:
    async with house(catalog, addresses=IN_BOTH) as home:
        page = seen(await home.client.get(f"/claim/{TOKEN}"))
    assert f">/grapevine join c_{TOKEN}<" in page
    assert f'href="https://t.me/example_bot?start=c_{TOKEN}"' in page


async def test_only_our_own_script_may_run_and_only_where_there_is_a_line(catalog: Catalog) -> None:
    async with house(catalog, addresses=IN_BOTH) as home:
        page = await home.client.get(f"/join/{CODE}")
        found = SCRIPT.search(page.text)
        assert found
        script = await home.client.get(found[1])
        sorry = await home.client.get("/join/x")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert policy.endswith("; script-src 'self'")
    assert "unsafe" not in policy
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in script.headers["cache-control"]
    assert page.text.count("<script") == 1
    assert "<script" not in sorry.text
    assert "script-src" not in sorry.headers["content-security-policy"]


async def test_the_line_is_copied_and_it_is_said(catalog: Catalog, page: Page) -> None:
    async with house(catalog, addresses=IN_BOTH) as home:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await page.goto(f"{home.client.base_url}/join/{CODE}?click={CLICK}")
        said = page.get_by_role("status")
        await expect(said).to_be_empty()
        await page.get_by_role("button", name="Copy").press("Enter")
        await expect(said).to_have_text("Copied. Now paste it in Slack.")
        assert await page.evaluate("navigator.clipboard.readText()") == f"/grapevine join r_{CODE}_{CLICK}"
        assert await page.get_by_role("button", name="Copy").evaluate("button => button === document.activeElement")


async def test_where_nothing_may_be_copied_the_line_is_marked(catalog: Catalog, page: Page) -> None:
    # Old browsers on plain http: no clipboard, and the old way refuses.
    await page.add_init_script(
        "Object.defineProperty(window, 'isSecureContext', {value: false}); document.execCommand = () => false"
    )
    async with house(catalog, addresses=IN_BOTH) as home:
        await page.goto(f"{home.client.base_url}/join/{CODE}")
        await page.get_by_role("button", name="Copy").click()
        await expect(page.get_by_role("status")).to_have_text("Please copy the marked line by hand.")
        assert await page.evaluate("String(window.getSelection())") == f"/grapevine join {CODE}"


@pytest.mark.parametrize("address", [f"/join/{CODE}?click={CLICK}", f"/claim/{TOKEN}"])
async def test_nothing_sticks_out_of_a_narrow_screen(catalog: Catalog, page: Page, address: str) -> None:
    await page.set_viewport_size({"width": 320, "height": 640})
    async with house(catalog, addresses=IN_BOTH) as home:
        await page.goto(f"{home.client.base_url}{address}")
        await expect(page.get_by_role("button", name="Copy")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") == 320


async def test_without_scripts_there_is_no_button_that_does_nothing(catalog: Catalog, page: Page) -> None:
    await page.route("**/copy.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    async with house(catalog, addresses=IN_BOTH) as home:
        await page.goto(f"{home.client.base_url}/join/{CODE}")
        await expect(page.get_by_text(f"/grapevine join {CODE}")).to_be_visible()
        await expect(page.get_by_role("button", name="Copy")).to_be_hidden()
