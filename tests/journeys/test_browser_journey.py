"""A newcomer's two minutes in the playground, in a real browser: from the first tap to the redeemed voucher."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.playground.street import BEN, MAYA
from tests.journeys.visit import LARGE, SMALL, Playground, opened

CHLOE = MAYA + 2  # whoever is added next


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
    await visit.till_says("the first purchase of an invited friend", kind="good")
    await visit.hears(MAYA, "Ben made their first purchase")
    await visit.hears(BEN, "Maya invited you, so you get €5")
    await visit.step_is_done("purchase")
    await visit.till("clock-hold")
    await visit.hears(MAYA, "Your reward of €10 is ready")
    await visit.hears(BEN, "Your reward of €5 is ready")


async def claim(visit: Playground) -> None:
    """Maya taps twice, as people do, and has one voucher."""
    before = len(visit.peer.callback_answers)
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
    await visit.hears(MAYA, "Your reward of €10 at Corner Café has just been used")
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
        await visit.says(MAYA, "/status")
        listed = await visit.hears(MAYA, "your link was opened once")
        await expect(listed).to_contain_text("Joined: 0 · Qualified: 0 · Completed: 1")
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
    await visit.till("clock-hold")
    await visit.hears(MAYA, "Your reward of €10 is ready")
    await listed.get_by_role("button", name="Refresh").click()
    await expect(listed).to_contain_text("Completed: 1")
    await expect(listed).to_contain_text("edited")
    await expect(listed).to_have_count(1)
    await visit.says(MAYA, "/top")
    board = await visit.hears(MAYA, "Leaderboard, all time")
    await expect(board).to_contain_text("You – 1 referral")


async def change_settings(visit: Playground) -> None:
    """Every switch turns in place: the message that shows them is edited, and no other one comes."""
    await visit.says(MAYA, "/settings")
    panel = await visit.hears(MAYA, "Your settings")
    messages = (await visit.phone(MAYA)).get_by_test_id("message")
    before = await messages.count()
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
    await expect(messages).to_have_count(before)


async def leave(visit: Playground) -> None:
    """After /stop nothing comes any more, not even the news that a purchase was returned."""
    await visit.says(MAYA, "/stop")
    await visit.hears(MAYA, "You will not hear from me again")
    messages = (await visit.phone(MAYA)).get_by_test_id("message")
    before = await messages.count()
    await visit.till("till-refund")
    await visit.till_says("Refund recorded", kind="good")
    await visit.hears(CHLOE, "Your purchase was returned")
    await visit.till("clock-week")
    await expect(visit.page.locator("#clock-note")).to_contain_text("1 week later")
    await expect(messages).to_have_count(before)
