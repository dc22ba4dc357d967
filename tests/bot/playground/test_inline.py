"""Inline mode of the peer: what it refuses, what it keeps for others, and a card that travels from phone to phone."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Page, expect

from bot.playground.telegram.inline_offers import InlineQuery
from bot.playground.telegram.refusal import ImpossibleGesture
from tests.bot.playground.house import BEN, MAYA, Bot

URL = "https://refer.example/r/K7QM2X4R?s=telegram"


def article(identifier: str = "1", text: str = "Come along", **more: Any) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    button = {"text": "Open", "url": URL}
    markup = {"inline_keyboard": [[button]]}
    result = {"type": "article", "id": identifier, "title": "Yours", "input_message_content": content}
    return {**result, "reply_markup": markup, **more}


async def answered(bot: Bot, query: InlineQuery, *results: Any, **more: Any) -> None:
    await bot.result("answerInlineQuery", inline_query_id=query.query_id, results=list(results), **more)


async def test_a_query_is_told_answered_once_and_its_result_sent(bot: Bot) -> None:
    query = bot.peer.inline_query(MAYA, "pie")
    (update,) = await bot.result("getUpdates", allowed_updates=["inline_query", "chosen_inline_result"])
    assert update["inline_query"]["query"] == "pie"
    assert update["inline_query"]["from"]["id"] == MAYA
    await answered(bot, query, article(text="<b>Pie</b>"), is_personal=True, cache_time=0)
    late = await bot.refused("answerInlineQuery", inline_query_id=query.query_id, results=[])
    assert late == (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    sent = bot.peer.choose_inline_result(MAYA, query)
    assert sent.result.text.plain == "Pie"
    (_, chosen) = await bot.result("getUpdates")
    assert chosen["chosen_inline_result"]["result_id"] == "1"
    assert chosen["chosen_inline_result"]["inline_message_id"]


async def test_what_is_not_personal_is_shown_to_others(bot: Bot) -> None:
    await answered(bot, bot.peer.inline_query(MAYA), article())
    assert bot.peer.inline_query(BEN).answer is not None
    hers = bot.peer.inline_query(MAYA, "mine")
    await answered(bot, hers, article(), is_personal=True)
    assert bot.peer.inline_query(MAYA, "mine").answer is hers.answer
    assert bot.peer.inline_query(BEN, "mine").answer is None
    fresh = bot.peer.inline_query(MAYA, "fresh")
    await answered(bot, fresh, article(), cache_time=0)
    assert bot.peer.inline_query(MAYA, "fresh").answer is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"results": "no"}, "can't parse inline query results JSON object"),
        ({"results": {}}, "can't parse inline query results JSON object"),
        ({"results": [article(str(number)) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article("")]}, "RESULT_ID_INVALID"),
        ({"results": [article("ü" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(title=" ")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(text=" ")]}, "MESSAGE_EMPTY"),
        ({"results": [article(text="x" * 4097)]}, "MESSAGE_TOO_LONG"),
        ({"results": [article(type="video")]}, "can't parse inline query result: the playground knows"),
        ({"results": [{"type": "photo", "id": "1"}]}, "PHOTO_CONTENT_URL_EMPTY"),
        ({"results": [{"type": "photo", "id": "1", "photo_file_id": "AgACnot"}]}, "wrong file identifier"),
        ({"results": [], "button": {"text": "Go", "start_parameter": "no spaces"}}, "START_PARAM_INVALID"),
        ({"results": [], "button": {"start_parameter": "x"}}, "can't parse InlineQueryResultsButton"),
        ({"results": [], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
    ],
)
async def test_what_the_platform_refuses_is_refused(bot: Bot, given: dict[str, Any], words: str) -> None:
    query = bot.peer.inline_query(MAYA)
    status, said = await bot.refused("answerInlineQuery", inline_query_id=query.query_id, **given)
    assert (status, words in said) == (400, True), said
    assert query.answer is None


async def test_what_nobody_knows_is_ignored_and_noted(bot: Bot) -> None:
    result = article(colour="red")
    result["input_message_content"]["size"] = 3
    await answered(bot, bot.peer.inline_query(MAYA), result, personal=True)
    noted = {name for _, name in bot.peer.unknown_parameters}
    assert noted == {"personal", "results.colour", "results.input_message_content.size"}
    bot.peer.unknown_parameters.clear()


async def test_nobody_sends_what_was_not_offered_to_them(bot: Bot) -> None:
    query = bot.peer.inline_query(MAYA)
    with pytest.raises(ImpossibleGesture):
        bot.peer.choose_inline_result(MAYA, query)
    await answered(bot, query, article(), is_personal=True)
    for user, place in ((BEN, 0), (MAYA, 1)):
        with pytest.raises(ImpossibleGesture):
            bot.peer.choose_inline_result(user, query, place)
    for text in ("x" * 257,):
        with pytest.raises(ImpossibleGesture):
            bot.peer.inline_query(MAYA, text)


async def test_what_was_not_settled_with_botfather_does_not_happen(bot: Bot) -> None:
    query = bot.peer.inline_query(MAYA)
    await answered(bot, query, article())
    bot.peer.has_inline_feedback = False
    waiting = len(bot.peer.mailbox.waiting)
    bot.peer.choose_inline_result(MAYA, query)
    assert len(bot.peer.mailbox.waiting) == waiting
    bot.peer.has_inline_mode = False
    assert (await bot.result("getMe"))["supports_inline_queries"] is False
    with pytest.raises(ImpossibleGesture):
        bot.peer.inline_query(MAYA)


async def test_a_card_travels_from_phone_to_phone(bot: Bot, page: Page) -> None:
    bot.peer.press_start(MAYA)
    choose = {"text": "Pass it on", "switch_inline_query_chosen_chat": {"query": "", "allow_user_chats": True}}
    await bot.result("sendMessage", chat_id=MAYA, text="Yours", reply_markup={"inline_keyboard": [[choose]]})

    async def offer() -> None:
        await bot.peer.wait_for(lambda: bot.peer.inline_queries)
        (query,) = bot.peer.inline_queries.values()
        await answered(bot, query, article(), is_personal=True, cache_time=0)

    async with asyncio.TaskGroup() as group:
        group.create_task(offer())
        await page.get_by_role("button", name="Pass it on").click()
        await page.get_by_test_id(f"send-to-{BEN}").click()
    await expect(page.get_by_test_id(f"banner-{BEN}")).to_contain_text("Come along")
    (sent,) = bot.peer.sent_cards
    assert (sent.sender, sent.result.result_id) == (MAYA, "1")
