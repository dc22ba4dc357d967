"""The table of methods: what each is called, which parameters it knows, which function answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.telegram import editing, inline, sending
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.platform import Platform
from bot.playground.telegram.refusal import bad_request

Answer = Callable[[Platform, Parameters], Awaitable[Any]]

LARGEST_FETCHED = 20 * 1024 * 1024

_SENDING = (
    "business_connection_id chat_id message_thread_id direct_messages_topic_id disable_notification protect_content "
    "allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters reply_markup "
    "ephemeral_message_parameters"
)
_EDITING = "business_connection_id chat_id message_id inline_message_id reply_markup"
_SCOPE = "scope language_code"


@dataclass(frozen=True)
class Method:
    """One method of the Bot API."""

    name: str
    answer: Answer
    known: frozenset[str]


async def get_me(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Describe the bot."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": platform.has_inline_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }
    return platform.bot_user() | abilities


async def get_updates(platform: Platform, parameters: Parameters) -> list[dict[str, Any]]:
    """Hand over what waits in the mailbox."""
    return await platform.mailbox.poll(parameters)


async def set_webhook(platform: Platform, parameters: Parameters) -> bool:
    """Set the webhook."""
    platform.webhooks.set(parameters)
    return True


async def delete_webhook(platform: Platform, parameters: Parameters) -> bool:
    """Remove the webhook."""
    platform.webhooks.delete(parameters)
    return True


async def get_webhook_info(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Describe the webhook."""
    return platform.webhooks.info()


async def get_chat(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Describe a chat at length."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return platform.person_of(parameters).as_chat() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, True),
    }


async def get_file(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Say where a file is fetched from."""
    file = platform.files.by_id(parameters.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > LARGEST_FETCHED:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }


async def set_my_commands(platform: Platform, parameters: Parameters) -> bool:
    """Set the commands of a scope and language."""
    platform.profile.set_commands(parameters)
    platform.changed()
    return True


async def get_my_commands(platform: Platform, parameters: Parameters) -> list[dict[str, str]]:
    """Read the commands of a scope and language."""
    return platform.profile.commands_of(parameters)


async def delete_my_commands(platform: Platform, parameters: Parameters) -> bool:
    """Forget the commands of a scope and language."""
    platform.profile.delete_commands(parameters)
    platform.changed()
    return True


async def set_chat_menu_button(platform: Platform, parameters: Parameters) -> bool:
    """Set the button beside the text field."""
    if parameters.text("chat_id"):
        platform.person_of(parameters)
    platform.profile.set_menu_button(parameters)
    platform.changed()
    return True


async def get_chat_menu_button(platform: Platform, parameters: Parameters) -> dict[str, Any]:
    """Read the button beside the text field."""
    return platform.profile.menu_button


async def say_yes(platform: Platform, parameters: Parameters) -> bool:
    """Agree to what has no effect here."""
    return True


def _set_words(what: str) -> Answer:
    async def set_words(platform: Platform, parameters: Parameters) -> bool:
        platform.profile.set_words(what, parameters)
        platform.changed()
        return True

    return set_words


def _get_words(what: str) -> Answer:
    async def get_words(platform: Platform, parameters: Parameters) -> dict[str, str]:
        return {what: platform.profile.words_in(what, parameters.text("language_code"))}

    return get_words


_TABLE: tuple[tuple[str, Answer, str], ...] = (
    ("getMe", get_me, ""),
    ("getUpdates", get_updates, "offset limit timeout allowed_updates"),
    (
        "setWebhook",
        set_webhook,
        "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
    ),
    ("deleteWebhook", delete_webhook, "drop_pending_updates"),
    ("getWebhookInfo", get_webhook_info, ""),
    ("sendMessage", sending.send_message, f"{_SENDING} text parse_mode entities link_preview_options"),
    (
        "sendPhoto",
        sending.send_photo,
        f"{_SENDING} photo caption parse_mode caption_entities show_caption_above_media has_spoiler",
    ),
    ("sendChatAction", sending.send_chat_action, "business_connection_id chat_id message_thread_id action"),
    ("answerCallbackQuery", sending.answer_callback_query, "callback_query_id text show_alert url cache_time"),
    (
        "answerInlineQuery",
        inline.answer_inline_query,
        "inline_query_id results cache_time is_personal next_offset button",
    ),
    ("editMessageText", editing.edit_message_text, f"{_EDITING} text parse_mode entities link_preview_options"),
    (
        "editMessageCaption",
        editing.edit_message_caption,
        f"{_EDITING} caption parse_mode caption_entities show_caption_above_media",
    ),
    ("editMessageMedia", editing.edit_message_media, f"{_EDITING} media"),
    ("editMessageReplyMarkup", editing.edit_message_reply_markup, _EDITING),
    ("deleteMessage", editing.delete_message, "chat_id message_id"),
    ("setMyCommands", set_my_commands, f"commands {_SCOPE}"),
    ("getMyCommands", get_my_commands, _SCOPE),
    ("deleteMyCommands", delete_my_commands, _SCOPE),
    ("setMyName", _set_words("name"), "name language_code"),
    ("getMyName", _get_words("name"), "language_code"),
    ("setMyDescription", _set_words("description"), "description language_code"),
    ("getMyDescription", _get_words("description"), "language_code"),
    ("setMyShortDescription", _set_words("short_description"), "short_description language_code"),
    ("getMyShortDescription", _get_words("short_description"), "language_code"),
    ("setChatMenuButton", set_chat_menu_button, "chat_id menu_button"),
    ("getChatMenuButton", get_chat_menu_button, "chat_id"),
    ("getChat", get_chat, "chat_id"),
    ("getFile", get_file, "file_id"),
    ("logOut", say_yes, ""),
    ("close", say_yes, ""),
)

METHODS = {name.lower(): Method(name, answer, frozenset(known.split())) for name, answer, known in _TABLE}

# Said beside the answer, as the platform says it.
REMARKS = {"setWebhook": "Webhook was set", "deleteWebhook": "Webhook was deleted"}
