"""The playground's page as a person uses it: they look, tap and read, and nothing in the browser may complain."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import (
    Browser,
    ConsoleMessage,
    FrameLocator,
    Locator,
    Page,
    Request,
    Response,
    async_playwright,
    expect,
)
from pydantic import SecretStr

from bot.app import running
from bot.playground.slack.peer import SlackPeer
from bot.playground.telegram.peer import TelegramPeer
from bot.settings import Settings
from tests.browser import START_MILLISECONDS, executable

LARGE, SMALL = (1280, 800), (390, 844)
# Two cores with three busy loops beside them took 14 s for a journey of 5 s; one answer may take far longer still.
PATIENCE = 30_000
VOUCHER = re.compile(r"\b\w{4}-\w{4}-\w{4}\b")


@dataclass
class Trouble:
    """Whatever a browser complains about, and what the server refused."""

    complaints: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Collect from now on."""
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # The browser repeats every refusal of the server in its console; `refused` has them with their addresses.
        if message.type in {"error", "warning"} and "the server responded with a status of" not in message.text:
            self.complaints.append(message.text)

    def _failed(self, request: Request) -> None:
        # A page that is closed while its pictures still load aborts them: that is no failure.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.refused.append(f"{response.status} {response.url}")


@dataclass
class Playground:
    """The page as a person uses it: they look at one thing, and tap."""

    peer: TelegramPeer
    slack: SlackPeer
    page: Page
    trouble: Trouble
    is_small: bool

    async def look(self, pane: str) -> None:
        """Turn to a phone, a Slack window or the till; a small window shows one, a large one has two sides."""
        if self.is_small:
            await self.page.get_by_test_id(f"tab-{pane}").click()
        elif pane != "till" and await self.page.get_by_test_id(pane).is_hidden():
            side = "slack" if pane.startswith("slack-") else "phones"
            await self.page.get_by_test_id(f"side-{side}").click()

    async def phone(self, person: int) -> Locator:
        """Turn to somebody's phone."""
        await self.look(f"phone-{person}")
        return self.page.get_by_test_id(f"phone-{person}")

    async def hears(self, person: int, words: str) -> Locator:
        """Wait until a message on somebody's phone says this; another may have followed already."""
        message = (await self.phone(person)).get_by_test_id("message").filter(has_text=words).last
        await expect(message).to_be_visible()
        return message

    async def presses(self, person: int, button: str) -> None:
        """Press the newest button that says this."""
        await (await self.phone(person)).get_by_role("button", name=button).last.click()

    async def says(self, person: int, words: str) -> None:
        """Type a message and send it."""
        await self.look(f"phone-{person}")
        field = self.page.get_by_test_id(f"input-{person}")
        # A sheet that closes on another phone gives the focus back there, and what is being typed goes after it.
        while await field.input_value() != words:
            await field.fill(words)
        await self.page.get_by_test_id(f"send-{person}").click()

    async def starts(self, person: int) -> None:
        """Press START."""
        await self.look(f"phone-{person}")
        await self.page.get_by_test_id(f"start-{person}").click()

    async def desk(self, user: str) -> Locator:
        """Turn to somebody's Slack."""
        await self.look(f"slack-{user}")
        return self.page.get_by_test_id(f"slack-{user}")

    async def reads(self, user: str, words: str) -> Locator:
        """Wait until a message in the open conversation of somebody's Slack says this."""
        post = (await self.desk(user)).locator(".talk").get_by_test_id("post").filter(has_text=words).last
        await expect(post).to_be_visible()
        return post

    async def types(self, user: str, words: str, *, in_thread: bool = False) -> None:
        """Type a slash command or a message in somebody's Slack, and press Enter."""
        await self.look(f"slack-{user}")
        field = self.page.get_by_test_id(f"slack-input-{'thread-' if in_thread else ''}{user}")
        await field.fill(words)
        await field.press("Enter")
        await expect(field).to_have_value("")

    async def till(self, button: str) -> None:
        """Press a button of the till or of its clock."""
        await self.look("till")
        await self.page.get_by_test_id(button).click()

    async def till_says(self, words: str, *, kind: str) -> None:
        """Wait until the till shows this."""
        await self.look("till")
        result = self.page.get_by_test_id("till-result")
        await expect(result).to_contain_text(words)
        await expect(result).to_have_attribute("data-kind", kind)

    async def step_is_done(self, step: str) -> None:
        """Wait until the tour has ticked a step off; a small window shows only the next one."""
        await expect(self.page.get_by_test_id(f"step-{step}")).to_have_attribute("aria-checked", "true")

    @property
    def web_page(self) -> FrameLocator:
        """The page in the little browser of a phone."""
        return self.page.frame_locator("[data-testid=browser]")

    def vouchers(self, person: int) -> list[str]:
        """Every voucher code somebody was ever shown."""
        return [code for message in self.peer.chat(person) for code in VOUCHER.findall(message.words)]

    async def answered_taps(self, count: int) -> None:
        """Wait until the bot has answered so many taps."""
        await self.peer.wait_for(lambda: len(self.peer.callback_answers) >= count, timeout=PATIENCE / 1000)


@asynccontextmanager
async def opened(database: Path, *, window: tuple[int, int]) -> AsyncIterator[Playground]:
    """The whole service on a fresh file, its page in a window, and no complaint when both close."""
    expect.set_options(timeout=PATIENCE)
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite:///{database}",
        host="127.0.0.1",
        port=0,
        public_url=None,
        secret_key=SecretStr("a key for journeys that nobody else uses"),
        api_key=None,
        program=None,
        timezone="UTC",
        telegram_token=None,
        telegram_mode="polling",
        roles=frozenset({"web", "chat", "worker"}),
    )
    async with running(settings) as app, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable(), args=["--no-sandbox"], timeout=START_MILLISECONDS
        )
        assert app.playground is not None
        page = await new_page(browser, window)
        playground = app.playground
        visit = Playground(playground.telegram, playground.slack, page, Trouble(), is_small=window == SMALL)
        visit.trouble.listen(page)
        await page.goto(app.url)
        yield visit
        await browser.close()
        assert visit.trouble.complaints == []
        assert visit.peer.unknown_parameters == []
        assert visit.slack.unknown_parameters == []
        assert visit.slack.notices == []


async def new_page(browser: Browser, window: tuple[int, int]) -> Page:
    """A window of a person's browser: one that calls itself headless is a robot, and its clicks are not counted."""
    agent = f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{browser.version}"
    width, height = window
    page = await browser.new_page(
        viewport={"width": width, "height": height}, user_agent=agent, reduced_motion="reduce"
    )
    page.set_default_timeout(PATIENCE)
    return page
