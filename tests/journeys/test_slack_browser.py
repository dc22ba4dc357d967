"""A customer and the team in the playground's Slack, in a browser: joining, a question, the answer, figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.playground.slack.peer import OWNER, SAM, TEAM_CHANNEL
from bot.playground.street import MAYA
from tests.journeys.visit import LARGE, SMALL, Playground, opened


async def arrive(visit: Playground) -> None:
    """Sam points a camera at Maya's picture, and the page behind it says what to type in Slack."""
    await visit.starts(MAYA)
    await visit.hears(MAYA, "Welcome to Corner Café")
    await visit.says(MAYA, "/share")
    card = await visit.hears(MAYA, "Your invitation")
    await card.get_by_role("button", name="Show the picture large").click()
    await visit.page.get_by_test_id(f"scan-{SAM}").click()
    await expect(visit.web_page.get_by_role("heading", level=1)).to_have_text("Maya invites you to Corner Café")


async def join(visit: Playground) -> None:
    """He types it there; only he sees the answer, and Maya hears of it in Telegram."""
    line = await visit.web_page.locator("#slack-line").inner_text()
    await visit.web_page.get_by_role("link", name="Open Slack").click()
    await expect(visit.page.get_by_test_id(f"slack-input-{SAM}")).to_be_focused()
    await visit.types(SAM, line)
    welcome = await visit.reads(SAM, "Maya invited you to Corner Café")
    await expect(welcome).to_contain_text("Only visible to you")
    await visit.hears(MAYA, "joined through your link")


async def look_at_home(visit: Playground) -> None:
    """Sam's page in the app has no link until he asks for one; then it shows its QR."""
    desk = await visit.desk(SAM)
    await visit.page.get_by_test_id(f"home-{SAM}").click()
    home = desk.get_by_role("tabpanel")
    await home.get_by_role("button", name="Get my link").click()
    await expect(desk.get_by_role("dialog")).to_contain_text("Your invitation")
    await expect(desk.get_by_role("dialog").locator("footer")).to_be_in_viewport(ratio=1)
    await visit.page.keyboard.press("Escape")
    picture = home.locator("img[alt^='QR code of the invitation link']")
    await expect(picture).to_be_visible()
    await expect(picture).not_to_have_js_property("naturalWidth", 0)
    await visit.page.get_by_test_id(f"messages-{SAM}").click()


async def ask(visit: Playground) -> None:
    """Sam writes what no command is, and asks for a person."""
    await visit.types(SAM, "I lost my receipt. Does my <b>purchase</b> count? @channel")
    answer = await visit.reads(SAM, "To ask a person of the team")
    await answer.get_by_role("button", name="Talk to a person").click()
    await visit.reads(SAM, "I have passed this on to the team")


async def answer_with_a_picture(visit: Playground) -> None:
    """Olga finds the question in the team's channel and answers in its thread, with a picture."""
    question = await visit.reads(OWNER, "Question from Sam")
    await expect(question).to_contain_text("Does my <b>purchase</b> count?")
    await expect(question.locator(".mention.all")).to_have_count(0)
    await question.get_by_test_id("thread-open").click()
    await visit.page.get_by_test_id(f"attach-thread-{OWNER}").click()
    await visit.page.get_by_test_id(f"slack-{OWNER}").get_by_role("menuitem", name="A receipt").click()
    await visit.types(OWNER, "It counts. Is this the one?", in_thread=True)


async def read_the_answer(visit: Playground) -> None:
    """Sam has the words and the picture in his own chat with the app."""
    reply = await visit.reads(SAM, "It counts. Is this the one?")
    await expect(reply).to_contain_text("From the team")
    picture = await visit.reads(SAM, "a picture for you")
    await expect(picture.locator(".enlarge img")).to_have_js_property("naturalWidth", 480)
    await expect(visit.page.get_by_test_id("step-help")).to_have_attribute("aria-checked", "true")


async def look_at_the_figures(visit: Playground) -> None:
    """Olga asks for the figures in the team's channel: a table, and a chart with its words."""
    await (await visit.desk(OWNER)).get_by_test_id("thread-close").click()
    await visit.types(OWNER, "/grapevine stats")
    figures = await visit.reads(OWNER, "Conversion rate")
    await expect(figures).to_contain_text("Only visible to you")
    await expect(figures.get_by_role("table")).to_be_visible()
    await expect(figures.locator("img[alt^='Bar chart']")).not_to_have_js_property("naturalWidth", 0)


@pytest.mark.parametrize("window", [LARGE, SMALL], ids=["large", "small"])
async def test_a_customer_in_slack_is_helped_by_the_team(tmp_path: Path, window: tuple[int, int]) -> None:
    async with opened(tmp_path / "grapevine.db", window=window) as visit:
        await arrive(visit)
        await join(visit)
        await look_at_home(visit)
        await ask(visit)
        await answer_with_a_picture(visit)
        await read_the_answer(visit)
        await look_at_the_figures(visit)
        assert visit.trouble.refused == []
        assert all(not message.pings.everyone for message in visit.slack.messages(OWNER, TEAM_CHANNEL))
        root = "document.documentElement"
        assert await visit.page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == list(window)
