"""Message to Bot API call: text, picture and keyboard, sent or put in place of an earlier message."""

import html
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, PhotoSize, ReplyKeyboardRemove
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.addresses import Addresses
from bot.delivery import Fetch
from bot.limiting import Limiter
from bot.telegram.drawing import Drawing, PictureLost, drawing_of, table_lines
from bot.telegram.errors import GONE, NOT_EDITABLE, UNCHANGED, delivery_failure, says
from bot.telegram.incoming import PLATFORM
from bot.telegram.keyboard import Keyboard, keyboard, written
from bot.telegram.request import AiohttpRequest, Call
from messages.catalog import Catalog, Reader
from messages.markup import Markup
from messages.message import Message, Phrase, Value

# FloodLimit.MESSAGES_PER_SECOND of PTB: what Telegram lets a bot send over all chats.
FREE_PER_SECOND = 30
# What a campaign says is written down once for each language and zone.
RENDERED_REMEMBERED = 64
# A file id is about 80 bytes: ten thousand of them weigh less than a megabyte and a half.
PICTURES_REMEMBERED = 10_000
TOAST_LIMIT = 200
ELLIPSIS = "…"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Rendered:
    """A message as Telegram takes it."""

    text: str
    keyboard: Keyboard | None
    picture: Drawing | None
    is_paid: bool = False

    @cached_property
    def call(self) -> Call:
        """Write down what a message without a picture says to whomever it goes."""
        fields: dict[str, object] = {
            "text": self.text,
            "parse_mode": ParseMode.HTML.value,
            "link_preview_options": NO_PREVIEW.to_dict(),
        }
        if self.keyboard is not None:
            fields["reply_markup"] = written(self.keyboard)
        if self.is_paid:
            fields["allow_paid_broadcast"] = True
        return Call.of(fields)


class TelegramSender:
    """Sends messages as the bot; the addresses are asked for at each message, since they need the bot's name."""

    platform = PLATFORM

    def __init__(
        self, bot: Bot, catalog: Catalog, *, addresses: Callable[[], Addresses], fetch: Fetch, limiter: Limiter
    ) -> None:
        self._bot = bot
        self._transport = cast(AiohttpRequest, bot.request)  # `build_application` gave it to the bot
        self._catalog = catalog
        self._addresses = addresses
        self._fetch = fetch
        self.limiter = limiter
        # Above what Telegram gives away, a message leaves only if it is paid for.
        self._pays = limiter.allowance.per_second > FREE_PER_SECOND or None
        self._pictures: OrderedDict[str, str] = OrderedDict()
        self._rendered: OrderedDict[tuple[int, Reader], tuple[Message, Rendered]] = OrderedDict()

    async def send(self, subject: str, message: Message, *, reader: Reader) -> None:
        """Send one message to a person, once; raises DeliveryFailed."""
        await self._deliver(subject, message, reader=reader)

    async def send_and_put_keyboard_away(self, subject: str, message: Message, *, reader: Reader) -> None:
        """Send one message that takes the reply keyboard away; raises DeliveryFailed."""
        await self._deliver(subject, message, reader=reader, remove=ReplyKeyboardRemove())

    async def replace(self, subject: str, number: int, message: Message, *, reader: Reader) -> None:
        """Put a message in the place of an earlier one, or after it where that cannot be; raises DeliveryFailed."""
        rendered = self.render(message, reader)
        inline = rendered.keyboard is None or isinstance(rendered.keyboard, InlineKeyboardMarkup)
        if rendered.picture is not None or not inline:
            await self._deliver(subject, message, reader=reader)
            return
        try:
            await self._edit(subject, number, rendered)
        except BadRequest as error:
            if says(error, *NOT_EDITABLE):
                await self._send(subject, rendered)
            elif not says(error, UNCHANGED):
                raise delivery_failure(error) from error
        except TelegramError as error:
            raise delivery_failure(error) from error

    def render(self, message: Message, reader: Reader) -> Rendered:
        """Turn a message into text, keyboard and picture, within Telegram's limits."""
        addresses = self._addresses()
        limit = MessageLimit.CAPTION_LENGTH if message.picture else MessageLimit.MAX_TEXT_LENGTH
        parts = self._parts(message, reader)

        def cell(value: Value) -> str:
            return self._catalog.cell(value, reader, address=addresses.of)

        picture = message.picture
        return Rendered(
            text=_fitting(parts, int(limit)),
            keyboard=keyboard(
                message.buttons, say=cell, addresses=addresses, has_inline=bool(self._bot.supports_inline_queries)
            ),
            picture=drawing_of(picture, cell=cell, addresses=addresses, fetch=self._fetch) if picture else None,
            is_paid=bool(self._pays),
        )

    def _render_once(self, message: Message, reader: Reader) -> Rendered:
        """Write the very same message down once, however many it goes to."""
        key = (id(message), reader)
        found = self._rendered.get(key)
        if found is None or found[0] is not message:
            found = self._rendered[key] = (message, self.render(message, reader))
            if len(self._rendered) > RENDERED_REMEMBERED:
                self._rendered.popitem(last=False)
        return found[1]

    def known(self, picture: Drawing) -> str | None:
        """Return Telegram's id of a picture that it has been sent before."""
        return self._pictures.get(picture.key)

    def plain(self, phrase: Phrase, reader: Reader) -> str:
        """Say a phrase without markup, for a label or a toast."""
        return self._say(phrase, reader, markup=Markup.PLAIN)

    def toast(self, phrase: Phrase, reader: Reader) -> str:
        """Say a phrase on the tapped button itself."""
        text = self.plain(phrase, reader)
        return text if len(text) <= TOAST_LIMIT else text[: TOAST_LIMIT - 1] + ELLIPSIS

    def _say(self, phrase: Phrase, reader: Reader, *, markup: Markup) -> str:
        return self._catalog.text(phrase.key, phrase.values, reader, markup=markup, address=self._addresses().of)

    def _parts(self, message: Message, reader: Reader) -> list[str]:
        def say(phrase: Phrase) -> str:
            return self._say(phrase, reader, markup=Markup.TELEGRAM)

        lines = [say(line) for line in message.lines]
        rows = table_lines(message.table, say) if message.table else []
        if lines and rows:
            rows[0] = f"\n{rows[0]}"
        return [say(Phrase(message.key, message.values)), *lines, *rows]

    async def _deliver(
        self, subject: str, message: Message, *, reader: Reader, remove: ReplyKeyboardRemove | None = None
    ) -> None:
        try:
            await self._send(subject, self._render_once(message, reader), remove)
        except PictureLost:
            told = replace(message, picture=None, lines=(*message.lines, Phrase("supporting.picture-lost")))
            await self._send(subject, self.render(told, reader), remove)

    async def _send(self, subject: str, rendered: Rendered, remove: ReplyKeyboardRemove | None = None) -> None:
        markup = rendered.keyboard or remove
        try:
            if rendered.picture is not None:
                await self._send_picture(int(subject), rendered, rendered.picture, markup=markup)
            elif remove is None or rendered.keyboard is not None:
                await self._transport.post_call(f"{self._bot.base_url}/sendMessage", rendered.call.to(int(subject)))
            else:
                await self._bot.send_message(
                    int(subject),
                    rendered.text,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                    reply_markup=remove,
                    allow_paid_broadcast=self._pays,
                )
        except TelegramError as error:
            raise delivery_failure(error) from error

    async def _send_picture(
        self, chat: int, rendered: Rendered, picture: Drawing, *, markup: Keyboard | ReplyKeyboardRemove | None
    ) -> None:
        known = self._pictures.pop(picture.key, None)
        if known is not None:
            try:
                await self._photo(chat, known, rendered.text, markup=markup)
            except BadRequest as error:
                if not says(error, "file"):
                    raise
            else:
                self._pictures[picture.key] = known
                return
        upload = InputFile(await picture.draw(), filename="picture.png")
        try:
            sent = await self._photo(chat, upload, rendered.text, markup=markup)
        except BadRequest as error:
            if picture.is_ours or says(error, *GONE):
                raise
            # What somebody sent elsewhere may be too large or too odd for Telegram.
            raise PictureLost from error
        if sent:
            self._remember(picture.key, sent[-1].file_id)

    def _remember(self, key: str, file_id: str) -> None:
        self._pictures[key] = file_id
        if len(self._pictures) > PICTURES_REMEMBERED:
            self._pictures.popitem(last=False)

    async def _photo(
        self, chat: int, photo: str | InputFile, caption: str, *, markup: Keyboard | ReplyKeyboardRemove | None
    ) -> tuple[PhotoSize, ...]:
        message = await self._bot.send_photo(
            chat,
            photo,
            caption=caption,
            parse_mode=ParseMode.HTML,
            reply_markup=markup,
            allow_paid_broadcast=self._pays,
        )
        return tuple(message.photo)

    async def _edit(self, subject: str, number: int, rendered: Rendered) -> None:
        markup = rendered.keyboard if isinstance(rendered.keyboard, InlineKeyboardMarkup) else None
        await self._bot.edit_message_text(
            rendered.text,
            chat_id=int(subject),
            message_id=number,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup,
        )


def visible_length(text: str) -> int:
    """Count what Telegram counts: UTF-16 units of the text without its tags."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def _fitting(parts: list[str], limit: int) -> str:
    # Tests hold every text to the limits; a list that grew past them loses its last lines rather than the message.
    text = _joined(parts)
    while visible_length(text) > limit and len(parts) > 1:
        parts = parts[:-1]
        text = _joined([*parts, ELLIPSIS])
    if visible_length(text) <= limit:
        return text
    # Half the limit in characters is within it in UTF-16 units, whatever they are.
    return html.escape(html.unescape(_TAG.sub("", text))[: limit // 2 - 1], quote=False) + ELLIPSIS


def _joined(parts: list[str]) -> str:
    """Set the lines apart from the text they belong to."""
    text, *lines = parts
    return "\n\n".join([text, "\n".join(lines)]) if lines else text
