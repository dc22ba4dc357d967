"""Buttons of a message as a Telegram keyboard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, urlencode

from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    SwitchInlineQueryChosenChat,
)

from bot.addresses import Addresses
from messages.message import Act, AskPhone, Button, Copy, Open, Phrase, Share

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup
Say = Callable[[Phrase], str]  # a label, in the reader's language and without markup


# What a button may have that is a text.
_SIMPLE = ("callback_data", "url", "style")
# Sending one's card is choosing among people, groups and channels; another bot would have no use for it.
_CHATS = SwitchInlineQueryChosenChat(
    query="", allow_user_chats=True, allow_bot_chats=False, allow_group_chats=True, allow_channel_chats=True
)


def keyboard(
    rows: Sequence[Sequence[Button]], *, say: Say, addresses: Addresses, has_inline: bool = False
) -> Keyboard | None:
    """Lay the buttons out; asking for a phone number takes the one keyboard that a message can have.

    Where the bot answers inline queries (`has_inline`), sharing chooses a chat for the card instead of opening a sheet.
    """
    for asking in (button for row in rows for button in row if isinstance(button, AskPhone)):
        label = say(Phrase(asking.label, asking.values))
        return ReplyKeyboardMarkup(
            [[KeyboardButton(label, request_contact=True)]], one_time_keyboard=True, resize_keyboard=True
        )
    laid = [
        [
            _button(button, say, addresses=addresses, has_inline=has_inline)
            for button in row
            if _leads(button, addresses)
        ]
        for row in rows
    ]
    laid = [row for row in laid if row]
    return InlineKeyboardMarkup(laid) if laid else None


def written(markup: Keyboard) -> Mapping[str, object]:
    """Write a keyboard as Telegram takes it; PTB's own way asks each of a button's fifteen fields what it is."""
    if not isinstance(markup, InlineKeyboardMarkup):
        return markup.to_dict()
    return {"inline_keyboard": [[_written(button) for button in row] for row in markup.inline_keyboard]}


def _written(button: InlineKeyboardButton) -> Mapping[str, object]:
    if button.copy_text is not None or button.switch_inline_query_chosen_chat is not None:
        return button.to_dict()
    fields = {name: value for name in _SIMPLE if (value := getattr(button, name)) is not None}
    return {"text": button.text, **fields}


def _leads(button: Button, addresses: Addresses) -> bool:
    """Tell whether a button leads anywhere: a page may have no address here."""
    return not isinstance(button, Open) or bool(addresses.of(button.link))


def _button(button: Button, say: Say, *, addresses: Addresses, has_inline: bool) -> InlineKeyboardButton:
    label = say(Phrase(button.label, button.values))
    match button:
        case Act():
            data = f"{button.action}:{button.about}"
            return InlineKeyboardButton(label, callback_data=data, style=button.style or None)
        case Copy():
            return InlineKeyboardButton(label, copy_text=CopyTextButton(addresses.of(button.what)))
        case Share() if has_inline:
            return InlineKeyboardButton(label, switch_inline_query_chosen_chat=_CHATS)
        case Share():
            # Telegram's share page shows a plus sign as it is: spaces must become %20.
            asked = {"url": addresses.of(replace(button.link, via="telegram")), "text": say(button.text)}
            return InlineKeyboardButton(label, url=f"{addresses.share_sheet}?{urlencode(asked, quote_via=quote)}")
        case Open():
            return InlineKeyboardButton(label, url=addresses.of(button.link))
        case AskPhone():
            raise ValueError("A phone number is asked for on a keyboard of its own.")
