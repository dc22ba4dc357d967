"""The page in a real browser: phones, links between them, the till and the clock, on a large and a small window."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from tests.bot.playground.house import BEN, MAYA, NASTY, Bot


class Shop:
    """The parts of the service the page talks to, as simple as can be."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.routes: list[BaseRoute] = [
            Route("/r/{code}", self.follow),
            Route("/join/{code}", self.join),
            Route("/api/v1/events", self.event, methods=["POST"]),
            Route("/api/v1/vouchers/{code}/redemptions", self.redeem, methods=["POST"]),
        ]

    async def follow(self, request: Request) -> Response:
        return RedirectResponse(f"/join/{request.path_params['code']}", status_code=302)

    async def join(self, request: Request) -> Response:
        address = f"/playground/open?start=r_{request.path_params['code']}_c1"
        return HTMLResponse(f'<title>Join</title><a href="{address}">Open in Telegram</a>')

    async def event(self, request: Request) -> Response:
        assert request.headers["Authorization"] == "Bearer till-key"
        self.events.append(await request.json())
        claim = f"{request.base_url}join/CLAIM" if "code" in self.events[-1] else None
        return JSONResponse({"summary": f"Noted: {self.events[-1]['type']}.", "claim_url": claim})

    async def redeem(self, request: Request) -> Response:
        self.keys.append(request.headers["Idempotency-Key"])
        if request.path_params["code"] == "GOOD-1":
            return JSONResponse({"summary": "Hand out one coffee."})
        if request.path_params["code"] == "SHORT":
            field = {"type": "/problems/bad-input", "title": "A field is not right", "field": "code"}
            return JSONResponse(field | {"detail": "Give at least 12 characters."}, status_code=422)
        return JSONResponse({"title": "Unknown voucher", "detail": "Check the code."}, status_code=404)


@pytest.fixture
def service() -> Shop:
    return Shop()


@pytest.fixture
def shop(service: Shop) -> list[BaseRoute]:
    return service.routes


async def test_a_chat_shows_what_the_bot_sends_and_never_as_markup(bot: Bot, page: Page) -> None:
    phone = page.get_by_test_id(f"phone-{MAYA}")
    await page.get_by_test_id(f"start-{MAYA}").click()
    await expect(phone.get_by_text("/start", exact=True)).to_be_visible()
    button = {"text": NASTY, "callback_data": "go"}
    sent = await bot.result(
        "sendMessage",
        chat_id=MAYA,
        text=f"{NASTY.replace('&', '&amp;').replace('<', '&lt;')} <b>strong</b> <code>CODE</code>",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": [[button, {"text": "Copy it", "copy_text": {"text": "VOUCHER-1"}}]]},
    )
    await expect(phone.get_by_test_id("message").last).to_contain_text(f"{NASTY} strong CODE")
    await expect(phone.locator(".words strong")).to_have_text("strong")
    await phone.get_by_role("button", name=NASTY).click()
    await bot.peer.wait_for(lambda: bot.peer.callbacks)
    (query,) = bot.peer.callbacks
    await bot.result("answerCallbackQuery", callback_query_id=query, text=NASTY)
    await expect(phone.locator(".phone-toast")).to_have_text(NASTY)
    await bot.result("editMessageText", chat_id=MAYA, message_id=sent["message_id"], text="edited in place")
    await expect(phone.get_by_test_id("message").last).to_contain_text("edited in place")
    await expect(phone.get_by_test_id("message")).to_have_count(2)
    await page.reload()
    await expect(phone.get_by_test_id("message")).to_have_count(2)


async def test_a_name_cannot_turn_the_page_around_it(bot: Bot, page: Page) -> None:
    bot.peer.add_person(MAYA + 2, "\u202eمريم" * 12)
    whose = page.get_by_test_id(f"phone-{MAYA + 2}").locator(".whose")
    await expect(whose.locator("bdi")).to_have_text("\u202eمريم" * 12)
    ordinary = await page.get_by_test_id(f"phone-{BEN}").locator(".whose").bounding_box()
    odd = await whose.bounding_box()
    assert ordinary is not None
    assert odd is not None
    assert (odd["y"], odd["height"]) == (ordinary["y"], ordinary["height"])


async def test_a_link_travels_from_phone_to_phone(bot: Bot, page: Page) -> None:
    bot.peer.press_start(MAYA)
    link = f"{bot.playground.public_url}/r/K7QM2X4R"
    share = {"text": "Share", "url": f"{bot.playground.share_sheet}?url={link}&text=Coffee%20is%20on%20me"}
    await bot.result("sendMessage", chat_id=MAYA, text=link, reply_markup={"inline_keyboard": [[share]]})
    await page.get_by_role("button", name="Share", exact=True).click()
    await page.get_by_test_id(f"send-to-{BEN}").click()
    await expect(page.get_by_test_id(f"banner-{BEN}")).to_contain_text("Coffee is on me")
    await page.get_by_test_id(f"banner-{BEN}").click()
    await page.get_by_test_id("letter-link").click()
    await page.frame_locator("[data-testid=browser]").get_by_text("Open in Telegram").click()
    await page.get_by_test_id(f"start-{BEN}").click()
    await bot.peer.wait_for(lambda: bot.peer.chat(BEN))
    assert bot.peer.chat(BEN)[0].words == "/start r_K7QM2X4R_c1"
    shown = page.get_by_test_id(f"phone-{BEN}").get_by_test_id("message").first.locator(".words")
    await expect(shown).to_have_text("/start")  # as in Telegram's own apps, which keep the payload to themselves
    await expect(page.get_by_test_id("step-friend")).to_have_attribute("aria-checked", "true")


async def test_the_till_rings_up_refunds_and_redeems(bot: Bot, page: Page, service: Shop) -> None:
    await page.get_by_test_id("till-charge").click()
    await expect(page.get_by_test_id("till-result")).to_have_text("Noted: purchase.")
    await page.get_by_test_id("till-refund").click()
    await expect(page.get_by_test_id("till-result")).to_have_text("Noted: refund.")
    purchase, refund = service.events
    assert purchase["customer"] == {"identities": [{"platform": "telegram", "id": str(BEN)}]}
    assert (purchase["source"], purchase["amount"], purchase["currency"]) == ("till", "25.00", "EUR")
    assert purchase["occurred_at"].startswith("2026-11-02T12:0")
    assert (refund["refers_to"], refund["amount"]) == (purchase["id"], "25.00")
    await page.get_by_test_id("till-voucher").fill("BAD")
    await page.get_by_test_id("till-redeem").click()
    await expect(page.get_by_test_id("till-result")).to_have_text("Unknown voucher: Check the code.")
    await page.get_by_test_id("till-voucher").fill("SHORT")
    await page.get_by_test_id("till-redeem").click()
    await expect(page.get_by_test_id("till-result")).to_have_text("Code: Give at least 12 characters.")
    await page.get_by_test_id("till-voucher").fill("GOOD-1")
    await page.get_by_test_id("till-redeem").click()
    await expect(page.get_by_test_id("till-result")).to_have_text("Hand out one coffee.")
    assert len(set(service.keys)) == 3


async def test_a_stranger_with_a_code_is_shown_a_claim_link(bot: Bot, page: Page, service: Shop) -> None:
    await page.get_by_test_id("till-customer").select_option("someone")
    await page.get_by_test_id("till-code").fill("K7QM2X4R")
    await page.get_by_test_id("till-charge").click()
    await page.get_by_test_id("add-friend").click()
    await page.get_by_test_id(f"claim-to-{MAYA + 2}").click()  # a friend who came later can be shown it, too
    await page.get_by_test_id("sheet-close").click()
    await expect(page.get_by_test_id("till-claim")).to_be_hidden()
    await page.get_by_test_id("till-show-claim").click()
    await page.get_by_test_id(f"claim-to-{BEN}").click()
    await page.frame_locator("[data-testid=browser]").get_by_text("Open in Telegram").click()
    await page.get_by_test_id(f"start-{BEN}").click()
    await bot.peer.wait_for(lambda: bot.peer.chat(BEN))
    assert service.events[0]["code"] == "K7QM2X4R"
    assert "customer" not in service.events[0]


async def test_a_large_window_never_scrolls_as_a_whole(page: Page) -> None:
    root = "document.documentElement"
    assert await page.evaluate(f"[{root}.scrollHeight, {root}.scrollWidth]") == [800, 1280]


async def test_the_clock_shows_the_house_and_moves_it(bot: Bot, page: Page) -> None:
    await expect(page.get_by_test_id("clock-now")).to_contain_text("2 Nov 2026, 12:0")
    await page.get_by_test_id("clock-hold").click()
    await expect(page.get_by_test_id("clock-now")).to_contain_text("16 Nov 2026, 12:0")


async def test_a_small_window_shows_one_thing_at_a_time(bot: Bot, page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 800})
    await expect(page.get_by_test_id(f"phone-{MAYA}")).to_be_visible()
    await expect(page.get_by_test_id(f"phone-{BEN}")).to_be_hidden()
    bot.peer.press_start(BEN)
    await bot.result("sendMessage", chat_id=BEN, text="psst")
    await expect(page.get_by_role("button", name="Ben, 1 new")).to_be_visible()
    await page.get_by_test_id(f"tab-phone-{BEN}").click()
    await expect(page.get_by_text("psst")).to_be_visible()
    await page.get_by_test_id("tab-till").click()
    await expect(page.get_by_test_id("till-charge")).to_be_visible()
    await expect(page.get_by_test_id("clock-day")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390


async def test_everything_can_be_done_with_a_keyboard(bot: Bot, page: Page) -> None:
    await page.get_by_test_id(f"start-{MAYA}").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id(f"input-{MAYA}")).to_be_focused()
    await page.keyboard.type("hello")
    await page.keyboard.press("Enter")
    await bot.peer.wait_for(lambda: len(bot.peer.chat(MAYA)) == 2)
    await bot.result("setMyCommands", commands=[{"command": "share", "description": "Your link"}])
    await page.get_by_test_id(f"menu-{MAYA}").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="/share")).to_be_focused()
    await page.keyboard.press("Enter")
    await bot.peer.wait_for(lambda: bot.peer.chat(MAYA)[-1].words == "/share")
