"""PTB's Application: built on our transport, its handlers and the bot's menu set from one table."""

from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram import Bot, BotCommand, MenuButtonCommands, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.telegram.answering import AnyApplication, Conversation
from bot.telegram.errors import delivery_failure
from bot.telegram.incoming import (
    COMMANDS,
    Command,
    card_sent,
    contact_shared,
    membership_changed,
    picture_sent,
    tapped,
    written,
)
from bot.telegram.request import AiohttpRequest, UpdatesRequest
from handlers.events import HelpAsked

AnyContext = CallbackContext[Any, Any, Any, Any]
Callback = Callable[[Update, AnyContext], Coroutine[Any, Any, None]]
Say = Callable[[str, str], str]  # text key and language -> plain text

# Groups, channels and other bots are not spoken with; an edited message was answered when it was new.
_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
# A pinned message or a changed timer is the chat's own news, not something said to us.
_SAID = _PRIVATE & ~filters.StatusUpdate.ALL
_PICTURE = filters.PHOTO | filters.Document.IMAGE
_ALBUMS_REMEMBERED = 256
# Beside the notices on their way: what direct answers and pictures need at the same time.
CONNECTIONS_FOR_ANSWERS = 32

log = structlog.get_logger(__name__)


class Albums:
    """Remembers the albums that came lately: each comes as up to ten messages, and one answer is enough."""

    def __init__(self) -> None:
        self._first: OrderedDict[str, int] = OrderedDict()

    def answers(self, message: Message) -> bool:
        """Tell whether a message is to be answered: alone, or the first of its album, however often it comes."""
        if message.media_group_id is None:
            return True
        first = self._first.setdefault(message.media_group_id, message.message_id)
        if len(self._first) > _ALBUMS_REMEMBERED:
            self._first.popitem(last=False)
        return first == message.message_id


def build_application(token: str, api_url: str, *, at_once: int = 64) -> AnyApplication:
    """Build the Application bare: polling is ours, the scheduler beats, and the outbox keeps the limits."""
    proxies = urlsplit(api_url).scheme == "https"
    return (
        Application.builder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(AiohttpRequest(connections=at_once + CONNECTIONS_FOR_ANSWERS, proxies=proxies))
        .get_updates_request(UpdatesRequest(proxies=proxies))
        .updater(None)
        .job_queue(None)
        .build()
    )


def register(application: AnyApplication, conversation: Conversation) -> None:
    """Register one handler for each command, and one for everything else that a person can do in a chat."""
    for command in COMMANDS:
        application.add_handler(CommandHandler(command.name, _on_command(command, conversation), filters=_PRIVATE))
    application.add_handler(CallbackQueryHandler(_on_tap(conversation)))
    application.add_handler(MessageHandler(_PRIVATE & filters.CONTACT, _on_contact(conversation)))
    application.add_handler(MessageHandler(_PRIVATE & filters.TEXT & ~filters.COMMAND, _on_text(conversation)))
    albums = Albums()
    application.add_handler(MessageHandler(_PRIVATE & _PICTURE, _on_picture(conversation, albums)))
    application.add_handler(MessageHandler(_SAID, _on_anything(conversation, albums)))
    application.add_handler(ChatMemberHandler(_on_membership(conversation), ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(InlineQueryHandler(_on_inline_query(conversation)))
    application.add_handler(ChosenInlineResultHandler(_on_card_sent(conversation)))


async def present(bot: Bot, say: Say, languages: tuple[str, ...], *, default: str) -> None:
    """Set menu, commands and descriptions for everyone, and again in each other language that we speak."""
    try:
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        # Telegram takes the two letters of ISO 639-1 alone; whose language has more of them reads the default there.
        own = (language for language in languages if language != default and len(language) == 2)
        for code in (None, *own):
            await _describe(bot, say, code or default, code=code)
    except TelegramError as error:
        # The bot works without them, and the next start tries again.
        log.warning("telegram.menu-not-set", reason=delivery_failure(error).reason, detail=error.message)


async def _describe(bot: Bot, say: Say, language: str, *, code: str | None) -> None:
    # Asking first: Telegram limits how often a bot may change these, and a restart changes nothing.
    commands = tuple(BotCommand(command.name, say(command.description, language)) for command in COMMANDS)
    if await bot.get_my_commands(language_code=code) != commands:
        await bot.set_my_commands(commands, language_code=code)
    description = say("commands.description", language)
    if (await bot.get_my_description(language_code=code)).description != description:
        await bot.set_my_description(description, language_code=code)
    short = say("commands.short-description", language)
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)


def _on_command(command: Command, conversation: Conversation) -> Callback:
    async def callback(update: Update, context: AnyContext) -> None:
        if (message := update.message) and (user := message.from_user) and not user.is_bot:
            await conversation.reply(command.event(conversation.now(user), " ".join(context.args or ())))

    return callback


def _on_tap(conversation: Conversation) -> Callback:
    async def callback(update: Update, _: AnyContext) -> None:
        if query := update.callback_query:
            await conversation.reply_to_tap(query, tapped(query, conversation.now(query.from_user)))

    return callback


def _on_contact(conversation: Conversation) -> Callback:
    async def callback(update: Update, _: AnyContext) -> None:
        if (message := update.message) and (user := message.from_user) and message.contact and not user.is_bot:
            event = contact_shared(message.contact, conversation.now(user), sender=user)
            await conversation.reply_to_contact(event)

    return callback


def _on_text(conversation: Conversation) -> Callback:
    async def callback(update: Update, _: AnyContext) -> None:
        if (message := update.message) and (user := message.from_user) and not user.is_bot:
            await conversation.reply(written(message, conversation.now(user)))

    return callback


def _on_picture(conversation: Conversation, albums: Albums) -> Callback:
    async def callback(update: Update, _: AnyContext) -> None:
        if (message := update.message) and (user := message.from_user) and not user.is_bot:
            event = picture_sent(message, conversation.now(user))
            await conversation.reply(event, silently=not albums.answers(message))

    return callback


def _on_anything(conversation: Conversation, albums: Albums) -> Callback:
    async def callback(update: Update, _: AnyContext) -> None:
        message = update.message
        if message and (user := message.from_user) and not user.is_bot and albums.answers(message):
            await conversation.reply(HelpAsked(**conversation.now(user)))

    return callback


def _on_membership(conversation: Conversation) -> Callback:
    async def callback(update: Update, _: AnyContext) -> None:
        change = update.my_chat_member
        if change and change.chat.type == ChatType.PRIVATE:
            await conversation.reply(membership_changed(change, conversation.now(change.from_user)))

    return callback


def _on_inline_query(conversation: Conversation) -> Callback:
    async def callback(update: Update, _: AnyContext) -> None:
        if query := update.inline_query:
            await conversation.reply_inline(query)

    return callback


def _on_card_sent(conversation: Conversation) -> Callback:
    async def callback(update: Update, _: AnyContext) -> None:
        if result := update.chosen_inline_result:
            await conversation.reply(card_sent(result, conversation.now(result.from_user)), silently=True)

    return callback
