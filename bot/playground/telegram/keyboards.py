"""Keyboards under a message: what the platform takes and what it refuses."""

from __future__ import annotations

import json
from typing import Any

from bot.playground.telegram.entities import utf16_length
from bot.playground.telegram.refusal import bad_request
from bot.playground.telegram.text import UrlCheck

BUTTONS_PER_KEYBOARD = 100
BUTTONS_PER_ROW = 8  # more than eight are folded by the platform; asking for them is a mistake, so we refuse
MARKUP_BYTES = 10_000  # measured by others, tginfo/Telegram-Limits issue 187
CALLBACK_BYTES = 64
COPY_CHARACTERS = 256
STYLES = {"primary", "success", "danger"}
ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
BUTTON_FIELDS = ACTIONS | {"text", "style", "icon_custom_emoji_id"}
REPLY_BUTTON_FIELDS = {
    "text",
    "style",
    "icon_custom_emoji_id",
    "request_users",
    "request_chat",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
}

Markup = dict[str, Any]


def read_markup(markup: Any, check_url: UrlCheck, *, inline_only: bool = False) -> Markup | None:
    """Check the keyboard of a request and return it as the platform keeps it; an empty one is none."""
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup, check_url)
    if inline_only and markup:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup:
        return _reply(markup)
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def unknown_fields(markup: Markup | None) -> set[str]:
    """Name the fields of buttons that the platform does not know and so ignores."""
    if not markup:
        return set()
    known = BUTTON_FIELDS if "inline_keyboard" in markup else REPLY_BUTTON_FIELDS
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return {
        f"reply_markup.{name}"
        for row in rows
        for button in row
        if isinstance(button, dict)
        for name in button.keys() - known
    }


def _rows(markup: Markup, name: str) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" of the ReplyMarkup must be an Array')
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f'field "{name}" of the ReplyMarkup must be an Array of Arrays')
    rows = [row for row in rows if row]
    too_many = sum(map(len, rows)) > BUTTONS_PER_KEYBOARD or any(len(row) > BUTTONS_PER_ROW for row in rows)
    if too_many or len(json.dumps(markup, ensure_ascii=False).encode()) > MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    return rows


def _inline(markup: Markup, check_url: UrlCheck) -> Markup | None:
    rows = _rows(markup, "inline_keyboard")
    for row in rows:
        for button in row:
            _check_inline(button, check_url)
    return {"inline_keyboard": rows} if rows else None


def _check_inline(button: Any, check_url: UrlCheck) -> None:
    trouble = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{trouble}InlineKeyboardButton must be an Object")
    _check_words(button.get("text"), trouble)
    chosen = ACTIONS & button.keys()
    if not chosen:
        raise bad_request(f"{trouble}Text buttons are unallowed in the inline keyboard")
    if len(chosen) > 1:
        # The platform takes the first it knows; its documents ask for exactly one, and so does a strict peer.
        raise bad_request("BUTTON_TYPE_INVALID")
    if button.get("style", "primary") not in STYLES:
        raise bad_request("invalid button style specified")  # unverified wording
    _check_action(chosen.pop(), button, check_url=check_url)


def _check_words(words: Any, trouble: str) -> None:
    if not isinstance(words, str):
        raise bad_request(f'{trouble}Field "text" must be of type String')
    if not words.strip():
        raise bad_request("BUTTON_TEXT_INVALID")  # unverified: newer servers may name the button


def _check_action(action: str, button: dict[str, Any], *, check_url: UrlCheck) -> None:
    if action == "callback_data":
        _check_data(button[action])
    elif action == "url":
        _check_url(button[action], check_url)
    elif action == "copy_text":
        _check_copy(button[action])
    elif action == "switch_inline_query_chosen_chat":
        _check_chats(button[action])


def _check_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: Any, check_url: UrlCheck) -> None:
    if not isinstance(url, str) or not url:
        raise bad_request("BUTTON_URL_INVALID")
    if wrong := check_url(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {wrong}")


def _check_copy(copy: Any) -> None:
    text = copy.get("text") if isinstance(copy, dict) else None
    if not isinstance(text, str) or not 1 <= utf16_length(text) <= COPY_CHARACTERS:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_chats(chosen: Any) -> None:
    kinds = {"allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats"}
    if not isinstance(chosen, dict) or chosen.keys() - kinds - {"query"} or not any(map(chosen.get, kinds)):
        raise bad_request("BUTTON_TYPE_INVALID")  # unverified wording


def _reply(markup: Markup) -> Markup:
    trouble = "can't parse keyboard button: "
    for row in _rows(markup, "keyboard"):
        for button in row:
            words = button if isinstance(button, str) else button.get("text") if isinstance(button, dict) else None
            _check_words(words, trouble)
    return markup
