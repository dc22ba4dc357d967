"""The calls that write something new into a chat, or answer a tap."""

from __future__ import annotations

from typing import Any

from bot.playground.telegram.entities import utf16_length
from bot.playground.telegram.keyboards import read_markup
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.people import Message, Person
from bot.playground.telegram.platform import CALLBACK_SECONDS, CallbackAnswer, Platform
from bot.playground.telegram.refusal import bad_request
from bot.playground.telegram.text import CAPTION_LIMIT, TEXT_LIMIT, Text, read_text

CALLBACK_TEXT = 200
TYPING_SECONDS = 5.0
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


async def send_message(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Send a text."""
    person = platform.reachable(parameters)
    text = read_text(parameters, "text", entities="entities", check_url=platform.addresses.wrong_link)
    if not text.plain:
        raise bad_request("message text is empty")
    if utf16_length(text.plain) > TEXT_LIMIT:
        raise bad_request("message is too long")
    markup = read_markup(_markup(parameters), platform.addresses.wrong_link)
    return _deliver(platform, parameters, person=person, markup=markup, text=text)


async def send_photo(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Send a picture with its caption."""
    person = platform.reachable(parameters)
    photo = platform.files.read_photo(parameters, parameters.text("photo"), upload=parameters.upload("photo"))
    caption = read_caption(platform, parameters)
    markup = read_markup(_markup(parameters), platform.addresses.wrong_link)
    return _deliver(platform, parameters, person=person, markup=markup, caption=caption, photo=photo)


def read_caption(platform: Platform, parameters: Parameters) -> Text:
    """Read the caption of a picture."""
    caption = read_text(parameters, "caption", entities="caption_entities", check_url=platform.addresses.wrong_link)
    if utf16_length(caption.plain) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return caption


async def send_chat_action(platform: Platform, parameters: Parameters) -> bool:
    """Show that the bot is busy typing, for five seconds."""
    person = platform.reachable(parameters)
    if parameters.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    person.typing_until = platform.clock() + TYPING_SECONDS
    platform.changed()
    return True


async def answer_callback_query(platform: Platform, parameters: Parameters) -> bool:
    """Answer a tap, once and in time."""
    text = parameters.text("text")
    if utf16_length(text) > CALLBACK_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    query = platform.callbacks.get(parameters.text("callback_query_id"))
    if query is None or query.answered or platform.clock() - query.made_at > CALLBACK_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    url = parameters.text("url")
    if url and platform.addresses.wrong_link(url):
        raise bad_request("URL_INVALID")
    query.answered = True
    answer = CallbackAnswer(query.user_id, query.query_id, query.data, text, parameters.flag("show_alert"), url)
    platform.callback_answers.append(answer)
    platform.changed()
    return True


def _markup(parameters: Parameters) -> Any:
    return parameters.structure("reply_markup", what="reply keyboard markup")


def _deliver(
    platform: Platform, parameters: Parameters, *, person: Person, markup: dict[str, Any] | None, **content: Any
) -> dict[str, Any]:
    _check_reply(person, parameters)
    message = Message(platform.next_message_id(), platform.timestamp(), from_bot=True, reply_markup=markup, **content)
    if markup and "keyboard" in markup:
        person.keyboard = markup
    elif markup and markup.get("remove_keyboard"):
        person.keyboard = None
    person.messages[message.message_id] = message
    person.typing_until = 0.0
    platform.changed(message)
    return platform.message_json(person, message)


def _check_reply(person: Person, parameters: Parameters) -> None:
    reply = parameters.structure("reply_parameters", what="reply parameters")
    if not isinstance(reply, dict) or reply.get("allow_sending_without_reply"):
        return
    if reply.get("message_id") not in person.messages:
        raise bad_request("message to be replied not found")
