"""The peer against models that others maintain: aiogram's methods and types, and python-telegram-bot as a client."""

from __future__ import annotations

from typing import Any

import aiogram.methods
import pytest
import telegram
from aiogram.types import Update as AiogramUpdate
from telegram.error import BadRequest, Forbidden, RetryAfter

from bot.playground.telegram.methods import METHODS, Method
from tests.bot.playground.house import BEN, MAYA, TOKEN, Bot

# Bot API 10.2; checked by hand, newer than some of aiogram's releases.
NEWER = {"ephemeral_message_parameters"}


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_the_table_knows_the_parameters_aiogram_knows(method: Method) -> None:
    name = method.name[0].upper() + method.name[1:]
    model: Any = getattr(aiogram.methods, name)
    fields = set(model.model_fields)
    assert method.known - NEWER <= fields, "a parameter nobody else has heard of"


async def test_updates_fit_aiograms_types(started: Bot) -> None:
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    sent = await started.result("sendMessage", chat_id=MAYA, text="?", reply_markup=markup)
    started.peer.tap(MAYA, sent["message_id"])
    started.peer.share_contact(MAYA)
    started.peer.block(MAYA)
    updates = await started.result("getUpdates")
    kinds = [AiogramUpdate.model_validate(update).event_type for update in updates]
    assert kinds == ["message", "callback_query", "message", "my_chat_member"]


async def test_python_telegram_bot_gets_along_with_it(started: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else it warns of its own future, and warnings are errors
    peer = started.peer
    file_url = started.api.removesuffix("bot") + "file/bot"
    async with telegram.Bot(TOKEN, base_url=started.api, base_file_url=file_url) as bot:
        assert bot.username == "grapevine_demo_bot"
        button = telegram.InlineKeyboardButton("Copy", copy_text=telegram.CopyTextButton("c"), style="primary")
        sent = await bot.send_message(
            MAYA,
            "<b>hi</b>",
            parse_mode="HTML",
            reply_markup=telegram.InlineKeyboardMarkup([[button]]),
            link_preview_options=telegram.LinkPreviewOptions(is_disabled=True),
        )
        assert sent.reply_markup is not None
        assert (await bot.edit_message_text("bye", MAYA, sent.message_id)) is not True
        with pytest.raises(BadRequest, match="Message is not modified"):
            await bot.edit_message_text("bye", MAYA, sent.message_id)
        with pytest.raises(Forbidden):
            await bot.send_message(BEN, "hi")
        peer.faults.add("sendMessage", status=429, retry_after=3)
        with pytest.raises(RetryAfter):
            await bot.send_message(MAYA, "hi")
        assert (await bot.get_chat(MAYA)).first_name == "Maya"
        await bot.set_my_commands([telegram.BotCommand("share", "Your link")], scope=telegram.BotCommandScopeDefault())
        await bot.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
        (update,) = await bot.get_updates(timeout=0)
        assert update.message is not None
        assert update.message.text == "/start"
    assert not peer.unknown_parameters
