"""What people can do with their phones, and what the bot hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.telegram.refusal import ImpossibleGesture
from tests.bot.playground.house import BEN, MAYA, Bot


async def news(bot: Bot) -> list[dict[str, Any]]:
    updates: list[dict[str, Any]] = await bot.result("getUpdates")
    if updates:
        await bot.result("getUpdates", offset=updates[-1]["update_id"] + 1)
    return updates


async def test_start_carries_the_payload(bot: Bot) -> None:
    bot.peer.press_start(MAYA, "r_K7QM2X4R")
    (update,) = await news(bot)
    message = update["message"]
    assert message["text"] == "/start r_K7QM2X4R"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {"id": MAYA, "is_bot": False, "first_name": "Maya", "language_code": "en"}
    assert message["chat"] == {"id": MAYA, "type": "private", "first_name": "Maya"}


@pytest.mark.parametrize("payload", ["", "x" * 65, "a b", "é", "a.b", "a\n"])
async def test_a_bad_payload_never_leaves_the_phone(bot: Bot, payload: str) -> None:
    with pytest.raises(ImpossibleGesture):
        bot.peer.press_start(MAYA, payload)
    assert await news(bot) == []


async def test_before_start_there_is_only_start(bot: Bot) -> None:
    for gesture in (
        lambda: bot.peer.send_text(MAYA, "hi"),
        lambda: bot.peer.block(MAYA),
        lambda: bot.peer.share_contact(MAYA),
        lambda: bot.peer.press_start(999),
    ):
        with pytest.raises(ImpossibleGesture):
            gesture()


async def test_blocking_and_coming_back(started: Bot) -> None:
    await news(started)
    started.peer.block(MAYA)
    (blocked,) = await news(started)
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    started.peer.press_start(MAYA)
    back, start = await news(started)
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start"


async def test_a_tap_reaches_the_bot_even_on_an_old_or_forged_button(started: Bot) -> None:
    await news(started)
    markup = {
        "inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "Copy", "copy_text": {"text": "c"}}]]
    }
    sent = await started.result("sendMessage", chat_id=MAYA, text="?", reply_markup=markup)
    started.peer.tap_label(MAYA, sent["message_id"], "yes")
    await started.result("editMessageReplyMarkup", chat_id=MAYA, message_id=sent["message_id"])
    started.peer.tap_data(MAYA, sent["message_id"], "forged")
    first, second = await news(started)
    assert first["callback_query"]["data"] == "y"
    assert first["callback_query"]["message"]["reply_markup"] == markup
    assert second["callback_query"]["data"] == "forged"
    with pytest.raises(ImpossibleGesture):
        started.peer.tap(MAYA, sent["message_id"])
    with pytest.raises(ImpossibleGesture):
        started.peer.tap_data(BEN, sent["message_id"], "not hers")


async def test_a_copy_button_asks_nobody(started: Bot) -> None:
    markup = {"inline_keyboard": [[{"text": "Copy", "copy_text": {"text": "c"}}]]}
    sent = await started.result("sendMessage", chat_id=MAYA, text="?", reply_markup=markup)
    with pytest.raises(ImpossibleGesture):
        started.peer.tap(MAYA, sent["message_id"])


async def test_a_contact_says_whose_it_is(started: Bot) -> None:
    await news(started)
    started.peer.share_contact(MAYA)
    started.peer.share_contact(MAYA, of_user_id=BEN)
    own, other = await news(started)
    assert own["message"]["contact"]["user_id"] == MAYA
    assert other["message"]["contact"]["user_id"] == BEN


async def test_the_chat_is_what_the_person_sees(started: Bot) -> None:
    sent = await started.result("sendMessage", chat_id=MAYA, text="<b>one</b>", parse_mode="HTML")
    message = await started.peer.next_message(MAYA)
    assert message.words == "one"
    await started.result("editMessageText", chat_id=MAYA, message_id=sent["message_id"], text="two")
    assert [one.words for one in started.peer.chat(MAYA)] == ["/start", "two"]
    await started.result("deleteMessage", chat_id=MAYA, message_id=sent["message_id"])
    assert [one.words for one in started.peer.chat(MAYA)] == ["/start"]
    with pytest.raises(TimeoutError):
        await started.peer.next_message(MAYA, timeout=0.05)


async def test_a_message_longer_than_a_phone_sends_is_not_sent(started: Bot) -> None:
    started.peer.send_text(MAYA, "x" * 4096)
    for text in ("x" * 4097, "  "):
        with pytest.raises(ImpossibleGesture):
            started.peer.send_text(MAYA, text)
