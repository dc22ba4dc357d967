"""A newcomer's two minutes in the playground, in a real browser: from the first tap to the redeemed voucher."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, Response, async_playwright, expect
from playwright.async_api import FrameLocator as Frame
from pydantic import SecretStr

from bot.app import App, running
from bot.playground.street import BEN, MAYA
from bot.settings import Settings
from tests.browser import START_MILLISECONDS, executable

CHLOE = MAYA + 2  # whoever is added next
LARGE, SMALL = (1280, 800), (390, 844)
# Two cores that also run a PostgreSQL and another browser took 9 s for one answer.
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

    app: App
    page: Page
    trouble: Trouble
    is_small: bool

    async def look(self, pane: str) -> None:
        """Turn to a phone or to the till; a small window shows one of them at a time."""
        if self.is_small:
            await self.page.get_by_test_id(f"tab-{pane}").click()

    async def phone(self, person: int) -> Locator:
        """Turn to somebody's phone."""
        await self.look(f"phone-{person}")
        return self.page.get_by_test_id(f"phone-{person}")

    async def hears(self, person: int, words: str) -> Locator:
        """Wait until the newest message on somebody's phone says this."""
        newest = (await self.phone(person)).get_by_test_id("message").last
        await expect(newest).to_contain_text(words)
        return newest

    async def presses(self, person: int, button: str) -> None:
        """Press the newest button that says this."""
        await (await self.phone(person)).get_by_role("button", name=button).last.click()

    async def says(self, person: int, words: str) -> None:
        """Type a message and send it."""
        await self.look(f"phone-{person}")
        await self.page.get_by_test_id(f"input-{person}").fill(words)
        await self.page.get_by_test_id(f"send-{person}").click()

    async def starts(self, person: int) -> None:
        """Press START."""
        await self.look(f"phone-{person}")
        await self.page.get_by_test_id(f"start-{person}").click()

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
    def web_page(self) -> Frame:
        """The page in the little browser of a phone."""
        return self.page.frame_locator("[data-testid=browser]")

    def vouchers(self, person: int) -> list[str]:
        """Every voucher code somebody was ever shown."""
        assert self.app.playground is not None
        return [code for message in self.app.playground.telegram.chat(person) for code in VOUCHER.findall(message.words)]

    async def answered_taps(self, count: int) -> None:
        """Wait until the bot has answered so many taps."""
        assert self.app.playground is not None
        peer = self.app.playground.telegram
        await peer.wait_for(lambda: len(peer.callback_answers) >= count, timeout=PATIENCE / 1000)

    @property
    def taps(self) -> int:
        """How many taps the bot has answered so far."""
        assert self.app.playground is not None
        return len(self.app.playground.telegram.callback_answers)


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
        visit = Playground(app, await new_page(browser, window), Trouble(), is_small=window == SMALL)
        visit.trouble.listen(visit.page)
        await visit.page.goto(app.url)
        yield visit
        await browser.close()
        assert visit.trouble.complaints == []
        assert app.playground is not None
        assert app.playground.telegram.unknown_parameters == []


async def new_page(browser: Browser, window: tuple[int, int]) -> Page:
    """A window of a person's browser: one that calls itself headless is a robot, and its clicks are not counted."""
    agent = f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{browser.version}"
    width, height = window
    page = await browser.new_page(
        viewport={"width": width, "height": height}, user_agent=agent, reduced_motion="reduce"
    )
    page.set_default_timeout(PATIENCE)
    return page


async def invite(visit: Playground) -> None:
    """Maya gets her link and sends it to Ben."""
    await visit.starts(MAYA)
    await visit.hears(MAYA, "Welcome to Corner Café")
    await visit.presses(MAYA, "Invite a friend")
    await expect((await visit.phone(MAYA)).get_by_text("Your invitation to Corner Café")).to_be_visible()
    await visit.hears(MAYA, "One question, asked once")
    await visit.step_is_done("link")
    await visit.presses(MAYA, "Send to a friend")
    await visit.page.get_by_test_id(f"send-to-{BEN}").click()


async def arrive(visit: Playground) -> None:
    """Ben opens the link in his phone's browser, sees what it is about, and joins; Maya hears of it."""
    await visit.look(f"phone-{BEN}")
    await expect(visit.page.get_by_test_id(f"banner-{BEN}")).to_contain_text("thought of you")
    await visit.page.get_by_test_id(f"banner-{BEN}").click()
    await visit.page.get_by_test_id("letter-link").click()
    await expect(visit.web_page.get_by_role("heading", level=1)).to_have_text("Maya invites you to Corner Café")
    await expect(visit.web_page.get_by_text("You get", exact=True)).to_be_visible()
    await visit.web_page.get_by_role("link", name="Open in Telegram").click()
    await visit.starts(BEN)
    await visit.hears(BEN, "Maya invited you to Corner Café")
    await visit.hears(MAYA, "Ben joined through your link")
    await visit.step_is_done("friend")


async def buy_and_wait(visit: Playground) -> None:
    """Ben buys; both hear that something is on its way, and two weeks later that it is theirs."""
    await visit.till("till-charge")
    await visit.till_says("this purchase earns both friends their reward", kind="good")
    await visit.hears(MAYA, "Ben made their first purchase")
    await visit.hears(BEN, "Maya invited you, so you get €5")
    await visit.step_is_done("purchase")
    await visit.till("clock-hold")
    await visit.hears(MAYA, "Your €10 is ready")
    await visit.hears(BEN, "Your €5 is ready")


async def claim(visit: Playground) -> None:
    """Maya taps twice, as people do, and has one voucher."""
    before = visit.taps
    await (await visit.phone(MAYA)).get_by_role("button", name="Claim €10").dblclick()
    await visit.answered_taps(before + 2)
    await visit.hears(MAYA, "Show this at the till by")
    await visit.step_is_done("claim")


async def redeem(visit: Playground) -> None:
    """The till takes the voucher once; the second time it says when and where it was used."""
    await visit.presses(MAYA, "Copy voucher code")
    await visit.till("till-paste")
    await visit.till("till-redeem")
    await visit.till_says("give the customer €10", kind="good")
    await visit.hears(MAYA, "Your €10 at Corner Café has just been used")
    await visit.step_is_done("redeem")
    code = visit.vouchers(MAYA)[0]
    await visit.look("till")
    await visit.page.get_by_test_id("till-voucher").fill(code)
    await visit.till("till-redeem")
    await visit.till_says("redeemed before", kind="bad")
    await visit.till_says("Till 1", kind="bad")
    assert set(visit.vouchers(MAYA)) == {code}
    (refusal,) = visit.trouble.refused
    assert refusal.startswith("409 ")
    assert refusal.endswith("/redemptions")


@pytest.mark.parametrize("window", [LARGE, SMALL], ids=["large", "small"])
async def test_from_the_first_tap_to_the_redeemed_voucher(tmp_path: Path, window: tuple[int, int]) -> None:
    async with opened(tmp_path / "grapevine.db", window=window) as visit:
        await invite(visit)
        await arrive(visit)
        await buy_and_wait(visit)
        await claim(visit)
        await redeem(visit)
        root = "document.documentElement"
        assert await visit.page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == list(window)


async def test_a_purchase_waits_for_whoever_opens_it_and_maya_looks_around(tmp_path: Path) -> None:
    async with opened(tmp_path / "grapevine.db", window=LARGE) as visit:
        await visit.starts(MAYA)
        await visit.hears(MAYA, "Welcome to Corner Café")
        await buy_with_a_code(visit)
        await open_what_waits(visit)
        await look_around(visit)
        await change_settings(visit)
        await leave(visit)
        assert visit.trouble.refused == []


async def buy_with_a_code(visit: Playground) -> None:
    """Somebody the shop does not know says Maya's code at the till."""
    await visit.says(MAYA, "/share")
    card = (await visit.phone(MAYA)).get_by_test_id("message").filter(has_text="Your invitation")
    code = await card.locator("button.code").inner_text()
    await visit.page.get_by_test_id("till-customer").select_option("someone")
    await visit.page.get_by_test_id("till-code").fill(code)
    await visit.till("till-charge")
    await visit.till_says("Kept for the customer", kind="good")


async def open_what_waits(visit: Playground) -> None:
    """A third friend gets a phone, opens what the till shows, and the purchase is hers; Maya hears of it."""
    await visit.page.get_by_test_id("add-friend").click()
    await visit.page.get_by_test_id(f"claim-to-{CHLOE}").click()
    await expect(visit.web_page.get_by_text("Your purchase is waiting for you")).to_be_visible()
    await visit.web_page.get_by_role("link", name="Claim it in Telegram").click()
    await visit.starts(CHLOE)
    await visit.hears(CHLOE, "Your purchase counts: Maya invited you")
    await visit.hears(MAYA, "Chloe made their first purchase")


async def look_around(visit: Playground) -> None:
    """The list of referrals turns its news into the message that is there; the leaderboard has Maya on it in time."""
    phone = await visit.phone(MAYA)
    await visit.says(MAYA, "/status")
    listed = phone.get_by_test_id("message").filter(has_text="Your referrals")
    await expect(listed).to_contain_text("Qualified: 1")
    messages = await phone.get_by_test_id("message").count()
    await visit.till("clock-hold")
    await visit.hears(MAYA, "Your €10 is ready")
    await listed.get_by_role("button", name="Refresh").click()
    await expect(listed).to_contain_text("Completed: 1")
    await expect(listed).to_contain_text("edited")
    await expect(phone.get_by_test_id("message")).to_have_count(messages + 1)  # the notice, and no second list
    await visit.says(MAYA, "/top")
    board = await visit.hears(MAYA, "Leaderboard, all time")
    await expect(board).to_contain_text("You – 1 referral")


async def change_settings(visit: Playground) -> None:
    """Every switch turns in place: the message that shows them is edited, and no other one comes."""
    await visit.says(MAYA, "/settings")
    panel = await visit.hears(MAYA, "Your settings")
    messages = await (await visit.phone(MAYA)).get_by_test_id("message").count()
    for button, shown in {
        "Turn news about friends off": "friends who join: off",
        "Turn reminders on": "weekly leaderboard: on",
        "Leave the leaderboard": "On the leaderboard: no",
        "Show my first name": "your first name",
        "Show a pseudonym instead": "a pseudonym",
    }.items():
        await panel.get_by_role("button", name=button).click()
        await expect(panel).to_contain_text(shown)
    await expect(panel).to_contain_text("edited")
    await expect((await visit.phone(MAYA)).get_by_test_id("message")).to_have_count(messages)


async def leave(visit: Playground) -> None:
    """After /stop nothing comes any more, not even the news that a purchase was returned."""
    await visit.says(MAYA, "/stop")
    await visit.hears(MAYA, "You will not hear from me again")
    messages = await (await visit.phone(MAYA)).get_by_test_id("message").count()
    await visit.till("till-refund")
    await visit.till_says("Refund recorded", kind="good")
    await visit.till("clock-week")
    await expect(visit.page.locator("#clock-note")).to_contain_text("1 week later")
    await expect((await visit.phone(MAYA)).get_by_test_id("message")).to_have_count(messages)
