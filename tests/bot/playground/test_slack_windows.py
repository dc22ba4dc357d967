"""The page's Slack in a real browser: blocks, threads, Home, modals and pictures, on large and small windows."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from playwright.async_api import Locator, Page, expect
from starlette.routing import BaseRoute

from bot.playground.drawings import drawing
from bot.playground.slack.peer import OWNER, SAM, TEAM_CHANNEL
from tests.bot.playground.house import BEN, MAYA, NASTY, TOKEN, Bot
from tests.bot.playground.test_browser import Shop
from tests.bot.playground.test_slack_doors import BUTTON, FORM

ROOT = "document.documentElement"


@pytest.fixture
def service() -> Shop:
    return Shop()


@pytest.fixture
def shop(service: Shop) -> list[BaseRoute]:
    return service.routes


@pytest.fixture
async def slack(page: Page) -> Page:
    """The page, turned to its Slack windows."""
    await page.get_by_test_id("side-slack").click()
    return page


def window(page: Page, user: str) -> Locator:
    return page.get_by_test_id(f"slack-{user}")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


async def test_mrkdwn_is_read_as_slack_reads_it_and_never_as_markup(bot: Bot, slack: Page) -> None:
    text = (
        f"*bold* _slanted_ ~gone~ `CODE` {escaped(NASTY)} <https://example.org/a?b=1&amp;c=2|the label> "
        f"<@{OWNER}> <!channel> snake_case_name 2*3*4\n&gt; quoted *well*\nafter\n```pre *not bold*```"
    )
    await bot.slack("chat.postMessage", channel=bot.playground.slack.dm(SAM), text=text)
    post = window(slack, SAM).get_by_test_id("post").last
    words = post.locator(".words")
    await expect(words.locator("strong")).to_have_text(["bold", "well"])
    await expect(words.locator("em")).to_have_text("slanted")
    await expect(words.locator("s")).to_have_text("gone")
    await expect(words.locator("button.code")).to_have_text("CODE")
    await expect(words.locator("a")).to_have_attribute("href", "https://example.org/a?b=1&c=2")
    await expect(words.locator("a")).to_have_text("the label")
    await expect(words.locator(".mention")).to_have_text(["@Olga", "@channel"])
    await expect(words.locator("blockquote")).to_have_text("quoted well")
    await expect(words.locator("pre")).to_have_text("pre *not bold*")
    await expect(words).to_contain_text(NASTY)
    await expect(words).to_contain_text("snake_case_name 2*3*4")
    await expect(words.locator("img")).to_have_count(0)


async def test_every_block_of_ours_is_drawn(bot: Bot, slack: Page) -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "heavy", "style": {"bold": True}}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "copy me"}]},
        ],
    }
    cells = [["", "Now"], ["Invited", "12"]]
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": "*Figures*"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Joined* 2"}]},
        {"type": "divider"},
        rich,
        {"type": "table", "rows": [[{"type": "raw_text", "text": cell or " "} for cell in row] for row in cells]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]},
        {"type": "actions", "elements": [BUTTON | {"style": "danger"}]},
    ]
    await bot.slack("chat.postMessage", channel=TEAM_CHANNEL, text="figures", blocks=blocks)
    post = window(slack, OWNER).get_by_test_id("post").last
    await expect(post.get_by_role("heading")).to_have_text("*Figures*")
    await expect(post.locator(".fields strong")).to_have_text("Joined")
    await expect(post.locator("hr")).to_be_visible()
    await expect(post.locator(".words strong").last).to_have_text("heavy")
    await expect(post.locator("pre")).to_have_text("copy me")
    await expect(post.get_by_role("columnheader").last).to_have_text("Now")
    await expect(post.get_by_role("cell").last).to_have_text("12")
    await expect(post.locator(".context")).to_have_text("small")
    await expect(post.get_by_role("button", name="Go")).to_have_class("act danger ")
    await expect(post).not_to_contain_text("A block of the type")


async def test_only_one_person_sees_what_is_for_them_alone(bot: Bot, slack: Page) -> None:
    await bot.slack("chat.postEphemeral", channel=TEAM_CHANNEL, user=OWNER, text="psst")
    await expect(window(slack, OWNER).get_by_test_id("post")).to_contain_text("Only visible to you")
    await expect(window(slack, SAM).get_by_test_id("post")).to_have_count(0)


async def test_a_thread_opens_takes_an_answer_with_a_picture_and_closes(bot: Bot, slack: Page) -> None:
    peer = bot.playground.slack
    await bot.slack("chat.postMessage", channel=TEAM_CHANNEL, text="Sam asks for help")
    olga = window(slack, OWNER)
    await olga.get_by_test_id("thread-open").click()
    field = slack.get_by_test_id(f"slack-input-thread-{OWNER}")
    await expect(field).to_be_focused()
    await slack.get_by_test_id(f"attach-thread-{OWNER}").click()
    await olga.get_by_role("menuitem", name="A receipt").click()
    await field.fill("This one?")
    await slack.keyboard.press("Enter")
    await expect(olga.locator(".thread").get_by_test_id("post").last).to_contain_text("This one?")
    picture = olga.locator(".thread img[alt]:not([alt=''])")
    await expect(picture).to_have_js_property("naturalWidth", 480)
    assert peer.messages(OWNER, TEAM_CHANNEL)[-1].thread_ts == peer.messages(OWNER, TEAM_CHANNEL)[0].ts
    await field.fill("/grapevine stats")
    await slack.keyboard.press("Enter")
    await expect(slack.locator("#toast")).to_contain_text("no commands in a thread")
    await expect(field).to_have_value("/grapevine stats")
    await slack.keyboard.press("Escape")
    await expect(olga.locator(".thread")).to_be_hidden()
    await expect(olga.get_by_test_id("thread-open")).to_have_text("1 reply")
    await expect(olga.get_by_test_id("thread-open")).to_be_focused()


async def test_a_modal_takes_the_keyboard_shows_errors_and_keeps_what_was_typed(bot: Bot, slack: Page) -> None:
    peer = bot.playground.slack
    await slack.get_by_test_id(f"slack-input-{SAM}").focus()
    delivery = peer.command(SAM, "join")
    await bot.slack("views.open", trigger_id=delivery.body["trigger_id"], view=FORM)
    dialog = window(slack, SAM).get_by_role("dialog", name="Join")
    await expect(dialog.get_by_label("Code")).to_be_focused()
    await dialog.get_by_label("Code").fill("K7QM2X4R")
    await slack.keyboard.press("Enter")
    await peer.wait_for(lambda: peer.deliveries[-1].name == "view_submission")
    view = peer.modal(SAM)
    assert view is not None
    view.errors = {"code": NASTY}
    peer.changed(view)
    await expect(dialog.get_by_role("alert").first).to_have_text(NASTY)
    await expect(dialog.get_by_label("Code")).to_have_value("K7QM2X4R")
    await expect(dialog.get_by_label("Code")).to_have_attribute("aria-invalid", "true")
    for _ in range(5):
        await slack.keyboard.press("Tab")
        assert await dialog.evaluate("node => node.contains(document.activeElement)")
    await slack.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(slack.get_by_test_id(f"slack-input-{SAM}")).to_be_focused()


async def test_home_is_a_page_of_its_own_with_buttons(bot: Bot, slack: Page) -> None:
    peer = bot.playground.slack
    await slack.get_by_test_id(f"home-{SAM}").click()
    await peer.wait_for(lambda: peer.deliveries)
    assert peer.deliveries[-1].name == "app_home_opened"
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*Your page* {escaped(NASTY)}"}},
        {"type": "actions", "block_id": "b", "elements": [BUTTON]},
    ]
    await bot.slack("views.publish", user_id=SAM, view={"type": "home", "blocks": blocks})
    home = window(slack, SAM).get_by_role("tabpanel")
    await expect(home).to_contain_text(f"Your page {NASTY}")
    await home.get_by_role("button", name="Go").click()
    await peer.wait_for(lambda: peer.deliveries[-1].name == "block_actions")
    await slack.get_by_test_id(f"home-{SAM}").focus()
    await slack.keyboard.press("ArrowRight")
    await expect(slack.get_by_test_id(f"messages-{SAM}")).to_be_focused()
    await expect(home).to_be_hidden()


async def test_a_link_opens_on_the_customers_computer_and_leads_on_to_a_phone(bot: Bot, slack: Page) -> None:
    link = f"{bot.playground.public_url}/r/K7QM2X4R"
    button = {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": "Open"}, "url": link}
    blocks = [{"type": "actions", "elements": [button]}]
    await bot.slack("chat.postMessage", channel=bot.playground.slack.dm(SAM), text="x", blocks=blocks)
    await window(slack, SAM).get_by_role("button", name="Open").click()
    await slack.frame_locator("[data-testid=browser]").get_by_text("Open in Telegram").click()
    ben = slack.get_by_test_id(f"phone-{BEN}")
    await ben.get_by_test_id("sheet-yes").click()
    await slack.get_by_test_id(f"start-{BEN}").click()
    await bot.peer.wait_for(lambda: bot.peer.chat(BEN))
    assert bot.peer.chat(BEN)[0].words == "/start r_K7QM2X4R_c1"
    assert bot.playground.slack.deliveries[-1].name == "block_actions"


async def test_a_link_to_the_app_brings_a_customers_slack_forward(bot: Bot, page: Page) -> None:
    address = f"{bot.playground.public_url}/playground/open?slack=1"
    bot.peer.press_start(MAYA)
    markup = {"inline_keyboard": [[{"text": "Open in Slack", "url": address}]]}
    await bot.result("sendMessage", chat_id=MAYA, text="?", reply_markup=markup)
    await page.get_by_role("button", name="Open in Slack").click()
    await expect(page.get_by_test_id(f"slack-input-{SAM}")).to_be_focused()
    await page.goto(address)
    await page.get_by_role("link", name="Choose a phone").click()
    await expect(page.get_by_test_id(f"slack-input-{SAM}")).to_be_focused()


async def test_a_customer_in_slack_scans_a_phone_and_buys_at_the_till(bot: Bot, page: Page, service: Shop) -> None:
    bot.peer.press_start(MAYA)
    link = f"{bot.playground.public_url}/r/K7QM2X4R"
    form = aiohttp.FormData({"chat_id": str(MAYA), "caption": link})
    form.add_field("photo", drawing("cup"), filename="qr.png", content_type="image/png")
    async with bot.session.post(f"{bot.api}{TOKEN}/sendPhoto", data=form) as answer:
        assert answer.status == 200
    await page.get_by_test_id(f"phone-{MAYA}").get_by_role("button", name="Show the picture large").click()
    await page.get_by_test_id(f"scan-{SAM}").click()
    await expect(window(page, SAM).locator("iframe")).to_be_visible()
    await expect(page.frame_locator("[data-testid=browser]").get_by_text("Open in Telegram")).to_be_visible()
    await page.get_by_test_id("till-customer").select_option(label="Sam (Slack)")
    await page.get_by_test_id("till-charge").click()
    await expect(page.get_by_test_id("till-result")).to_have_text("Noted: purchase.")
    assert service.events[0]["customer"] == {"identities": [{"platform": "slack", "id": "T0CAFE.U0SAM"}]}


async def test_commands_are_suggested_and_slacks_own_words_are_shown(bot: Bot, slack: Page) -> None:
    peer = bot.playground.slack
    field = slack.get_by_test_id(f"slack-input-{SAM}")
    await field.press_sequentially("/gr")
    await window(slack, SAM).get_by_role("menuitem", name="/grapevine").click()
    await expect(field).to_have_value("/grapevine ")
    await field.press_sequentially("status")
    await slack.keyboard.press("Enter")
    await peer.wait_for(lambda: peer.deliveries)
    assert (peer.deliveries[-1].name, peer.deliveries[-1].body["text"]) == ("/grapevine", "status")
    notice = window(slack, SAM).locator(".slack-notice")
    await expect(notice).to_be_hidden()
    peer.notify(SAM, NASTY)
    await expect(notice).to_have_text(NASTY)
    await field.fill("hello")
    await slack.keyboard.press("Enter")
    await expect(notice).to_be_hidden()


async def test_a_large_window_shows_one_side_and_says_when_the_other_has_news(bot: Bot, page: Page) -> None:
    await expect(window(page, OWNER)).to_be_hidden()
    await bot.slack("chat.postMessage", channel=TEAM_CHANNEL, text="psst")
    await expect(page.get_by_role("button", name="Slack, 1 new")).to_be_visible()
    await page.get_by_test_id("side-slack").click()
    await expect(window(page, OWNER)).to_be_visible()
    await expect(page.get_by_role("button", name="Slack", exact=True)).to_be_visible()
    await expect(page.get_by_test_id(f"phone-{MAYA}")).to_be_hidden()
    await bot.slack("chat.postMessage", channel=bot.playground.slack.dm(OWNER), text="for you")
    await expect(page.get_by_role("button", name="Grapevine, new messages")).to_be_visible()


async def test_no_window_scrolls_as_a_whole(bot: Bot, page: Page) -> None:
    row = [{"type": "raw_text", "text": "a_rather_long_cell_without_any_space"} for _ in range(5)]
    blocks = [{"type": "table", "rows": [row, row]}]
    for user in (OWNER, SAM):
        await bot.slack("chat.postMessage", channel=bot.playground.slack.dm(user), text="wide", blocks=blocks)
    for width, height in ((320, 640), (390, 844), (900, 700), (1280, 800), (1600, 900)):
        await page.set_viewport_size({"width": width, "height": height})
        for user in (OWNER, SAM):
            if width < 900:
                await page.get_by_test_id(f"tab-slack-{user}").click()
            elif width < 1600:
                await page.get_by_test_id("side-slack").click()
            await expect(window(page, user)).to_be_visible()
            assert await page.evaluate(f"{ROOT}.scrollWidth") == width
        await expect(window(page, SAM).get_by_role("table")).to_be_visible()
