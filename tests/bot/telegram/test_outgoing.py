"""Messages become Bot API calls that others' models accept, within Telegram's limits."""

import json
from io import BytesIO

import pytest
import telegram
import zxingcpp
from aiogram.methods import EditMessageText, SendMessage, SendPhoto, SetMyCommands, TelegramMethod
from aiogram.types import ReplyKeyboardMarkup
from PIL import Image

from bot.delivery import DeliveryFailed
from bot.playground.telegram.faults import Details
from bot.telegram.edge import TelegramEdge
from bot.telegram.incoming import COMMANDS
from bot.telegram.keyboard import written
from bot.telegram.outgoing import visible_length
from handlers.outcome import Outcome
from messages.catalog import Catalog, Reader
from messages.markup import Markup
from messages.message import QR, Act, AskPhone, Code, Copy, JoinLink, Message, Open, Phrase, Share, ShareLink
from tests.bot.playground.house import MAYA
from tests.bot.telegram.stage import READER, Stage

LINK = ShareLink("K7QM2X4R")
EVERYTHING = (
    (
        Act(label="commands.share", action="share", style="primary"),
        Act(label="commands.top", action="top", about="week"),
    ),
    (Copy(label="commands.status", what=Code("K7QM2X4R")), Copy(label="commands.status", what=LINK)),
    (Share(label="commands.rewards", link=LINK, text=Phrase("commands.description")),),
    (Open(label="commands.help", link=JoinLink("K7QM2X4R")), Open(label="commands.help", link=LINK)),
)


@pytest.fixture
async def sending(stage: Stage, edge: TelegramEdge) -> TelegramEdge:
    stage.peer.press_start(MAYA)
    return edge


async def send(edge: TelegramEdge, message: Message) -> None:
    await edge.sender.send(str(MAYA), message, reader=READER)


def judged(stage: Stage, method: str, model: type[TelegramMethod]) -> int:  # type: ignore[type-arg]  # any result
    """Let aiogram's model read each call of a method, and count them."""
    calls = [call for call in stage.peer.calls if call.method == method]
    for call in calls:
        model.model_validate({"photo": "uploaded", **call.parameters} if model is SendPhoto else call.parameters)
    return len(calls)


async def test_each_kind_of_message_is_one_that_aiogram_accepts(stage: Stage, sending: TelegramEdge) -> None:
    await send(sending, Message(key="commands.help", buttons=EVERYTHING, lines=(Phrase("commands.top"),)))
    await send(sending, Message(key="commands.help", picture=QR(LINK), buttons=EVERYTHING))
    await send(sending, Message(key="commands.help", buttons=((AskPhone(label="commands.share"),),)))
    number = (await stage.peer.next_message(MAYA)).message_id
    await sending.sender.replace(str(MAYA), number, Message(key="commands.top", buttons=EVERYTHING), reader=READER)
    await stage.until(lambda: any(call.method == "setMyCommands" for call in stage.peer.calls))
    assert judged(stage, "sendMessage", SendMessage) == 2
    assert judged(stage, "sendPhoto", SendPhoto) == 1
    assert judged(stage, "editMessageText", EditMessageText) == 1
    assert judged(stage, "setMyCommands", SetMyCommands) == 1
    asked = [call.parameters["reply_markup"] for call in stage.peer.calls if call.method == "sendMessage"][-1]
    assert ReplyKeyboardMarkup.model_validate(asked).keyboard[0][0].request_contact


async def test_lines_stand_below_the_text_without_previews(stage: Stage, sending: TelegramEdge) -> None:
    await send(sending, Message(key="commands.help", lines=(Phrase("commands.top"), Phrase("commands.share"))))
    words = (await stage.peer.next_message(MAYA)).words
    assert words == "How it all works\n\nWho brings the most friends\nMy link, code and QR to share"
    (call,) = [call for call in stage.peer.calls if call.method == "sendMessage"]
    assert call.parameters["link_preview_options"] == {"is_disabled": True}


async def test_a_button_acts_by_its_name_and_what_it_is_about(sending: TelegramEdge) -> None:
    keyboard = sending.sender.render(Message(key="commands.help", buttons=EVERYTHING), READER).keyboard
    assert keyboard
    first, second = keyboard.to_dict()["inline_keyboard"][0]
    assert first == {"text": "My link, code and QR to share", "callback_data": "share:", "style": "primary"}
    assert second == {"text": "Who brings the most friends", "callback_data": "top:week"}


def test_a_keyboard_is_written_as_telegrams_library_writes_it() -> None:
    chosen = telegram.SwitchInlineQueryChosenChat(query="", allow_user_chats=True)
    row = [
        telegram.InlineKeyboardButton("a", callback_data="status:0"),
        telegram.InlineKeyboardButton("b", callback_data="claim:rwd_1", style="success"),
        telegram.InlineKeyboardButton("c", url="https://refer.example.com/?a=1&b=2"),
        telegram.InlineKeyboardButton("d", copy_text=telegram.CopyTextButton("K7QM2X4R")),
        telegram.InlineKeyboardButton("e", switch_inline_query_chosen_chat=chosen),
    ]
    asking = telegram.ReplyKeyboardMarkup(
        [[telegram.KeyboardButton("f", request_contact=True)]], one_time_keyboard=True
    )
    for markup in (telegram.InlineKeyboardMarkup([row, row[:1]]), asking):
        assert json.loads(json.dumps(written(markup))) == json.loads(markup.to_json())


async def test_the_qr_says_the_link_and_is_uploaded_once(stage: Stage, sending: TelegramEdge) -> None:
    message = Message(key="commands.share", picture=QR(LINK))
    for _ in range(3):
        await send(sending, message)
    first = await stage.peer.next_message(MAYA)
    assert first.photo
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(first.photo.content)).convert("L"))
    assert read.text == stage.addresses().of(LINK)
    photos = [call.parameters.get("photo") for call in stage.peer.calls if call.method == "sendPhoto"]
    assert photos[1:] == [first.photo.file_id, first.photo.file_id]
    assert photos[0] != first.photo.file_id


async def test_a_file_id_that_telegram_forgot_is_uploaded_again(stage: Stage, sending: TelegramEdge) -> None:
    message = Message(key="commands.share", picture=QR(Code("K7QM2X4RWXYZ")))
    await send(sending, message)
    await stage.peer.next_message(MAYA)
    wrong = "Bad Request: wrong file identifier/HTTP URL specified"
    stage.peer.faults.add("sendPhoto", status=400, words=wrong)
    await send(sending, message)
    assert (await stage.peer.next_message(MAYA)).photo


@pytest.mark.parametrize("picture", [None, QR(LINK)])
async def test_what_grew_too_long_loses_its_last_lines(stage: Stage, sending: TelegramEdge, picture: QR | None) -> None:
    lines = tuple(Phrase("commands.description") for _ in range(50))
    await send(sending, Message(key="commands.help", lines=lines, picture=picture))
    words = (await stage.peer.next_message(MAYA)).words
    assert words.startswith("How it all works\n\nBring a friend")
    assert words.endswith("\n…")
    assert (500 if picture else 3500) < len(words) <= (1024 if picture else 4096)


FAULTS: tuple[tuple[Details, str], ...] = (
    ({"status": 403}, "blocked"),
    ({"status": 400, "words": "Bad Request: chat not found"}, "gone"),
    ({"status": 400, "words": "Bad Request: something else"}, "refused"),
    ({"status": 500}, "unknown"),
    ({"status": 429, "retry_after": 9}, "wait"),
    ({"status": None, "hold": 0.0}, "unknown"),
)


async def test_each_failure_has_its_reason(stage: Stage, sending: TelegramEdge) -> None:
    for fault, reason in FAULTS:
        stage.peer.faults.add("sendMessage", **fault)
        with pytest.raises(DeliveryFailed) as caught:
            await send(sending, Message(key="commands.help"))
        assert caught.value.reason == reason
        assert caught.value.retry_after == (9.0 if reason == "wait" else None)


async def test_somebody_who_never_came_is_gone(sending: TelegramEdge) -> None:
    with pytest.raises(DeliveryFailed) as caught:
        await sending.sender.send("999999", Message(key="commands.help"), reader=READER)
    assert caught.value.reason == "gone"


@pytest.mark.parametrize(
    ("html", "length"), [("abc", 3), ("<b>a</b>&lt;", 2), ("🍇", 2), ('<a href="x">é</a>', 1), ("", 0)]
)
def test_length_is_counted_as_telegram_does(html: str, length: int) -> None:
    assert visible_length(html) == length


def test_what_the_menu_says_fits_in_each_language() -> None:
    catalog = Catalog.load()
    for language in catalog.languages:
        reader = Reader(language=language, zone=READER.zone)

        def say(key: str, reader: Reader = reader) -> str:
            return catalog.text(key, {}, reader, markup=Markup.PLAIN, address=str)

        assert all(1 <= len(say(command.description)) <= 256 for command in COMMANDS)
        assert 1 <= len(say("commands.description")) <= 512
        assert 1 <= len(say("commands.short-description")) <= 120
        assert say("commands.trouble")
        assert say("commands.thanks-for-number")


def test_a_long_toast_is_cut(stage: Stage) -> None:
    toast = stage.edge().sender.toast(Phrase("commands.description"), READER)
    assert len(toast) <= 200
    assert toast.endswith("…")
    assert Outcome().toast is None
