"""Buttons of a message as a Telegram keyboard."""

from collections.abc import Callable, Sequence
from urllib.parse import quote, urlencode

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.addresses import Addresses
from messages.message import Act, AskPhone, Button, Copy, Open, Phrase, Share

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup
Say = Callable[[Phrase], str]  # a label, in the reader's language and without markup


def keyboard(rows: Sequence[Sequence[Button]], *, say: Say, addresses: Addresses) -> Keyboard | None:
    """Lay the buttons out; asking for a phone number takes the one keyboard that a message can have."""
    for asking in (button for row in rows for button in row if isinstance(button, AskPhone)):
        label = say(Phrase(asking.label, asking.values))
        return ReplyKeyboardMarkup(
            [[KeyboardButton(label, request_contact=True)]], one_time_keyboard=True, resize_keyboard=True
        )
    laid = [[_button(button, say, addresses=addresses) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(laid) if laid else None


def _button(button: Button, say: Say, *, addresses: Addresses) -> InlineKeyboardButton:
    label = say(Phrase(button.label, button.values))
    match button:
        case Act():
            data = f"{button.action}:{button.about}"
            return InlineKeyboardButton(label, callback_data=data, style=button.style or None)
        case Copy():
            return InlineKeyboardButton(label, copy_text=CopyTextButton(addresses.of(button.what)))
        case Share():
            # Telegram's share page shows a plus sign as it is: spaces must become %20.
            asked = {"url": addresses.of(button.link), "text": say(button.text)}
            return InlineKeyboardButton(label, url=f"{addresses.share_sheet}?{urlencode(asked, quote_via=quote)}")
        case Open():
            return InlineKeyboardButton(label, url=addresses.of(button.link))
        case AskPhone():
            raise ValueError("A phone number is asked for on a keyboard of its own.")
