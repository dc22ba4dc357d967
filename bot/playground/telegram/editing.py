"""The calls that change or delete a message already sent."""

from __future__ import annotations

from typing import Any

from bot.playground.telegram.entities import utf16_length
from bot.playground.telegram.keyboards import read_markup
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.people import Message, Person
from bot.playground.telegram.platform import Platform
from bot.playground.telegram.refusal import bad_request
from bot.playground.telegram.sending import read_caption
from bot.playground.telegram.text import TEXT_LIMIT, read_text

DELETABLE_SECONDS = 48 * 3600


async def edit_message_text(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Replace the text of a message, and its buttons with it."""
    person, message = _own(platform, parameters)
    text = read_text(parameters, "text", entities="entities", check_url=platform.addresses.wrong_link)
    if not text.plain:
        raise bad_request("message text is empty")
    if message.photo is not None:
        raise bad_request("there is no text in the message to edit")
    if utf16_length(text.plain) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")  # the words differ from those of sendMessage
    return _change(platform, person, message=message, text=text, reply_markup=_markup(platform, parameters))


async def edit_message_caption(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Replace the caption of a picture."""
    person, message = _own(platform, parameters)
    caption = read_caption(platform, parameters)
    if message.photo is None:
        raise bad_request("there is no caption in the message to edit")
    return _change(platform, person, message=message, caption=caption, reply_markup=_markup(platform, parameters))


async def edit_message_media(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Replace a picture, or put one in the place of a text."""
    person, message = _own(platform, parameters)
    media = parameters.structure("media", what="InputMedia")
    if not isinstance(media, dict):
        raise bad_request("can't parse InputMedia JSON object")
    if media.get("type") != "photo":
        raise bad_request("type of file mismatch")  # the playground keeps pictures only
    inner = Parameters({name: value for name, value in media.items() if name != "type"}, parameters.uploads)
    reference = inner.text("media")
    photo = platform.files.read_photo(inner, reference, upload=parameters.attached(reference))
    caption = read_caption(platform, inner)
    markup = _markup(platform, parameters)
    empty = type(caption)("")
    return _change(platform, person, message=message, photo=photo, caption=caption, text=empty, reply_markup=markup)


async def edit_message_reply_markup(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Replace the buttons under a message."""
    person, message = _own(platform, parameters)
    return _change(platform, person, message=message, reply_markup=_markup(platform, parameters))


async def delete_message(platform: Platform, parameters: Parameters) -> bool:
    """Delete a message, within two days of the house's clock."""
    person = platform.person_of(parameters)
    message = person.messages.get(_message_id(parameters))
    if message is None:
        raise bad_request("message to delete not found")
    if platform.timestamp() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    del person.messages[message.message_id]
    platform.changed()
    return True


def _message_id(parameters: Parameters) -> int:
    number = parameters.integer("message_id")
    if number <= 0:
        raise bad_request("message identifier is not specified")
    return number


def _own(platform: Platform, parameters: Parameters) -> tuple[Person, Message]:
    person = platform.reachable(parameters)
    message = person.messages.get(_message_id(parameters))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return person, message


def _markup(platform: Platform, parameters: Parameters) -> dict[str, Any] | None:
    markup = parameters.structure("reply_markup", what="reply keyboard markup")
    return read_markup(markup, platform.addresses.wrong_link, inline_only=True)


def _change(platform: Platform, person: Person, *, message: Message, **content: Any) -> dict[str, Any]:
    if all(getattr(message, name) == value for name, value in content.items()):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    only_buttons = content.keys() == {"reply_markup"}
    for name, value in content.items():
        setattr(message, name, value)
    if not only_buttons:
        message.edit_date = platform.timestamp()
    platform.changed(message)
    return platform.message_json(person, message)
