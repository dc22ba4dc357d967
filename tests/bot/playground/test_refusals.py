"""The peer refuses what Telegram refuses, with its status and its words."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import aiohttp
import pytest
from PIL import Image

from tests.bot.playground.house import BEN, MAYA, TOKEN, Bot

ENTITIES = "Bad Request: can't parse entities: "
UNCHANGED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Go", **button}]]}


def buttons(number: int) -> dict[str, Any]:
    button = {"text": "x", "callback_data": "y"}
    return {"inline_keyboard": [[button] * min(8, number - start) for start in range(0, number, 8)]}


REFUSED_MESSAGES: list[tuple[dict[str, Any], str]] = [
    ({"text": ""}, "Bad Request: message text is empty"),
    ({"text": " \n "}, "Bad Request: message text is empty"),
    ({"text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
    ({"text": "x" * 4097}, "Bad Request: message is too long"),
    ({"text": "\U0001f347" * 2049}, "Bad Request: message is too long"),
    ({"text": "x", "parse_mode": "Shouting"}, "Bad Request: unsupported parse_mode"),
    ({"text": "<p>x</p>", "parse_mode": "HTML"}, f'{ENTITIES}Unsupported start tag "p" at byte offset 0'),
    ({"text": "é <br>", "parse_mode": "HTML"}, f'{ENTITIES}Unsupported start tag "br" at byte offset 3'),
    ({"text": "1 < 2", "parse_mode": "HTML"}, f'{ENTITIES}Unsupported start tag "" at byte offset 2'),
    ({"text": "<b>x", "parse_mode": "HTML"}, f'{ENTITIES}Can\'t find end tag corresponding to start tag "b"'),
    ({"text": "x", "chat_id": 999}, "Bad Request: chat not found"),
    ({"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
    ({"text": "x", "chat_id": None}, "Bad Request: chat_id is empty"),
    ({"text": "x", "reply_parameters": {"message_id": 99}}, "Bad Request: message to be replied not found"),
    ({"text": "x", "reply_markup": inline(callback_data="d" * 65)}, "Bad Request: BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline(callback_data="é" * 33)}, "Bad Request: BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline(callback_data="")}, "Bad Request: BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": inline(copy_text={"text": ""})}, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
    ({"text": "x", "reply_markup": inline(copy_text={"text": "c" * 257})}, "Bad Request: BUTTON_COPY_TEXT_INVALID"),
    (
        {"text": "x", "reply_markup": inline(url="http://intranet/x")},
        "Bad Request: inline keyboard button URL 'http://intranet/x' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "reply_markup": inline(url="ftp://example.com")},
        "Bad Request: inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ),
    (
        {"text": "x", "reply_markup": inline()},
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "x"}]]}},
        'Bad Request: can\'t parse inline keyboard button: Field "text" must be of type String',
    ),
    ({"text": "x", "reply_markup": buttons(101)}, "Bad Request: reply markup is too long"),
    ({"text": "x", "reply_markup": "{"}, "Bad Request: can't parse reply keyboard markup JSON object"),
]


@pytest.mark.parametrize(("parameters", "words"), REFUSED_MESSAGES)
async def test_a_message_telegram_refuses_is_refused(started: Bot, parameters: dict[str, Any], words: str) -> None:
    assert await started.refused("sendMessage", **{"chat_id": MAYA, **parameters}) == (400, words)
    assert len(started.peer.chat(MAYA)) == 1


@pytest.mark.parametrize(
    "parameters",
    [
        {"text": "x" * 4096},
        {"text": "\U0001f347" * 2048},
        {"text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"},
        {"text": "x", "reply_markup": buttons(100)},
        {"text": "x", "reply_markup": inline(callback_data="é" * 32)},
        {"text": "x", "reply_markup": inline(copy_text={"text": "c" * 256})},
        {"text": "x", "reply_markup": inline(url="https://t.me/share/url?url=x")},
        {"text": "x", "reply_markup": inline(callback_data="x", style="primary")},
        {"text": "x", "reply_markup": {"keyboard": [[{"text": "Phone", "request_contact": True}]]}},
        {"text": "x", "reply_markup": {"remove_keyboard": True}},
    ],
)
async def test_what_just_fits_is_taken(started: Bot, parameters: dict[str, Any]) -> None:
    assert (await started.result("sendMessage", chat_id=MAYA, **parameters))["text"]
    assert not started.peer.unknown_parameters


async def test_its_own_address_is_the_one_exception(started: Bot) -> None:
    own = f"{started.playground.public_url}/join/K7QM2X4R"
    sent = await started.result("sendMessage", chat_id=MAYA, text=f"See {own}.", reply_markup=inline(url=own))
    assert sent["entities"] == [{"type": "url", "offset": 4, "length": len(own)}]


async def test_nobody_is_written_to_before_they_start(bot: Bot) -> None:
    refusal = (403, "Forbidden: bot can't initiate conversation with a user")
    assert await bot.refused("sendMessage", chat_id=BEN, text="hi") == refusal
    bot.peer.press_start(BEN)
    assert await bot.result("sendMessage", chat_id=BEN, text="hi")


async def test_nobody_is_written_to_while_they_block(started: Bot) -> None:
    started.peer.block(MAYA)
    refusal = (403, "Forbidden: bot was blocked by the user")
    for method in ("sendMessage", "sendPhoto", "sendChatAction"):
        assert await started.refused(method, chat_id=MAYA, text="hi", action="typing") == refusal


async def test_edits_are_judged(started: Bot) -> None:
    markup = inline(callback_data="one")
    text = await started.result("sendMessage", chat_id=MAYA, text="one", reply_markup=markup)
    where = {"chat_id": MAYA, "message_id": text["message_id"]}
    assert await started.refused("editMessageText", **where, text="one", reply_markup=markup) == (400, UNCHANGED)
    assert await started.refused("editMessageReplyMarkup", **where, reply_markup=markup) == (400, UNCHANGED)
    too_long = (400, "Bad Request: MESSAGE_TOO_LONG")
    assert await started.refused("editMessageText", **where, text="x" * 4097) == too_long
    no_caption = (400, "Bad Request: there is no caption in the message to edit")
    assert await started.refused("editMessageCaption", **where, caption="x") == no_caption
    not_inline = (400, "Bad Request: inline keyboard expected")
    keyboard = {"keyboard": [["x"]]}
    assert await started.refused("editMessageText", **where, text="two", reply_markup=keyboard) == not_inline
    edited = await started.result("editMessageText", **where, text="one")
    assert "reply_markup" not in edited, "an edit without buttons takes the buttons away"
    assert edited["edit_date"]


async def test_only_what_is_there_is_edited_or_deleted(started: Bot) -> None:
    hers = started.peer.send_text(MAYA, "hello")
    gone = (400, "Bad Request: message to edit not found")
    assert await started.refused("editMessageText", chat_id=MAYA, message_id=77, text="x") == gone
    foreign = (400, "Bad Request: message can't be edited")
    assert await started.refused("editMessageText", chat_id=MAYA, message_id=hers.message_id, text="x") == foreign
    unnamed = (400, "Bad Request: message identifier is not specified")
    assert await started.refused("editMessageText", chat_id=MAYA, text="x") == unnamed
    assert await started.refused("deleteMessage", chat_id=MAYA, message_id=77) == (
        400,
        "Bad Request: message to delete not found",
    )
    sent = await started.result("sendMessage", chat_id=MAYA, text="old")
    await started.playground.move_clock(started.playground.now().resolution * 49 * 3600 * 10**6)
    assert await started.refused("deleteMessage", chat_id=MAYA, message_id=sent["message_id"]) == (
        400,
        "Bad Request: message can't be deleted for everyone",
    )


async def test_a_tap_is_answered_once_and_in_time(started: Bot) -> None:
    sent = await started.result("sendMessage", chat_id=MAYA, text="?", reply_markup=inline(callback_data="yes"))
    query = started.peer.tap(MAYA, sent["message_id"])
    long = (400, "Bad Request: MESSAGE_TOO_LONG")
    assert await started.refused("answerCallbackQuery", callback_query_id=query, text="x" * 201) == long
    assert await started.result("answerCallbackQuery", callback_query_id=query, text="x" * 200, show_alert=True)
    assert [(one.user_id, one.data, one.show_alert) for one in started.peer.callback_answers] == [(MAYA, "yes", True)]
    old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    assert await started.refused("answerCallbackQuery", callback_query_id=query) == old
    assert await started.refused("answerCallbackQuery", callback_query_id="77") == old
    late = started.peer.tap(MAYA, sent["message_id"])
    started.peer.expire_callbacks()
    assert await started.refused("answerCallbackQuery", callback_query_id=late) == old


@pytest.mark.parametrize(
    ("method", "parameters", "words"),
    [
        ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "c" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "c", "description": ""}]},
            "command description must be non-empty",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "c", "description": "x" * 257}]},
            "command description is too long",
        ),
        ("setMyCommands", {"commands": [{"command": "c", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyDescription", {"description": "x" * 513}, "bot description is too long"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "bot short description is too long"),
        ("setMyName", {"name": "x" * 65}, "bot name is too long"),
        ("sendChatAction", {"chat_id": MAYA, "action": "dancing"}, "wrong parameter action in request"),
        ("sendPhoto", {"chat_id": MAYA}, "there is no photo in the request"),
        ("sendPhoto", {"chat_id": MAYA, "photo": "nonsense"}, "wrong file identifier/HTTP URL specified"),
        ("getFile", {"file_id": "nonsense"}, "wrong file_id or the file is temporarily unavailable"),
        ("getChat", {"chat_id": 999}, "chat not found"),
    ],
)
async def test_other_calls_are_judged_too(started: Bot, method: str, parameters: dict[str, Any], words: str) -> None:
    assert await started.refused(method, **parameters) == (400, f"Bad Request: {words}")


async def test_an_unknown_method_and_a_wrong_token(bot: Bot) -> None:
    assert await bot.refused("sendTelegram") == (404, "Not Found")
    async with bot.session.get(f"{bot.api}42:wrong/getMe") as answer:
        assert (answer.status, await answer.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )


def png(width: int, height: int) -> bytes:
    stream = BytesIO()
    Image.new("1", (width, height)).save(stream, "PNG")
    return stream.getvalue()


async def upload(bot: Bot, content: bytes, **fields: str) -> dict[str, Any]:
    form = aiohttp.FormData({"chat_id": str(MAYA), **fields})
    form.add_field("photo", content, filename="qr.png", content_type="image/png")
    async with bot.session.post(f"{bot.api}{TOKEN}/sendPhoto", data=form) as answer:
        body: dict[str, Any] = await answer.json()
        return body


@pytest.mark.parametrize(
    ("content", "fields", "words"),
    [
        (b"not a picture", {}, "IMAGE_PROCESS_FAILED"),
        (b"", {}, "file must be non-empty"),
        (png(2100, 100), {}, "PHOTO_INVALID_DIMENSIONS"),
        (png(10, 10), {"caption": "x" * 1025}, "message caption is too long"),
    ],
)
async def test_pictures_are_judged(started: Bot, content: bytes, fields: dict[str, str], words: str) -> None:
    assert (await upload(started, content, **fields))["description"] == f"Bad Request: {words}"


async def test_a_picture_is_kept_sent_again_fetched_and_replaced(started: Bot) -> None:
    sent = await upload(started, png(30, 20), caption="<b>Your QR</b>", parse_mode="HTML")
    photo = sent["result"]["photo"][-1]
    assert (photo["width"], photo["height"]) == (30, 20)
    again = await started.result("sendPhoto", chat_id=MAYA, photo=photo["file_id"])
    assert again["photo"] == [photo]
    path = (await started.result("getFile", file_id=photo["file_id"]))["file_path"]
    root = started.api.removesuffix("bot")
    async with started.session.get(f"{root}file/bot{TOKEN}/{path}") as answer:
        assert await answer.read() == png(30, 20)
    where = {"chat_id": str(MAYA), "message_id": str(sent["result"]["message_id"])}
    form = aiohttp.FormData({**where, "media": '{"type":"photo","media":"attach://new","caption":"New"}'})
    form.add_field("new", png(40, 40), filename="new.png")
    async with started.session.post(f"{started.api}{TOKEN}/editMessageMedia", data=form) as answer:
        assert (await answer.json())["result"]["caption"] == "New"
    message = started.peer.chat(MAYA)[1]
    assert message.photo is not None
    assert message.photo.content == png(40, 40)
    no_text = (400, "Bad Request: there is no text in the message to edit")
    assert await started.refused("editMessageText", **where, text="x") == no_text
    assert not started.peer.unknown_parameters


async def test_an_unknown_parameter_is_ignored_but_remembered(started: Bot) -> None:
    button = {"text": "x", "callback_data": "y", "colour": "red"}
    markup = {"inline_keyboard": [[button]]}
    assert await started.result("sendMessage", chat_id=MAYA, text="hi", shout=True, reply_markup=markup)
    assert started.peer.unknown_parameters == [("sendMessage", "reply_markup.colour"), ("sendMessage", "shout")]
    assert started.peer.calls[-1].parameters["shout"] is True


async def test_forms_and_addresses_are_read_like_json(started: Bot) -> None:
    fields = {
        "chat_id": str(MAYA),
        "text": "hi",
        "reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}',
    }
    async with started.session.post(f"{started.api}{TOKEN}/sendMessage", data=fields) as answer:
        assert (await answer.json())["result"]["reply_markup"]
    async with started.session.get(f"{started.api}{TOKEN}/SENDMESSAGE", params=fields) as answer:
        assert (await answer.json())["ok"]
    assert [call.method for call in started.peer.calls] == ["sendMessage"] * 2
    async with started.session.post(
        f"{started.api}{TOKEN}/sendMessage", data="[", headers={"Content-Type": "application/json"}
    ) as answer:
        assert answer.status == 400
