"""Inline mode: while somebody chooses a chat for their card, they are shown it, and nobody is shown anybody else's."""

from typing import cast

import structlog
from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.gestures import TO_SHARE
from bot.telegram.errors import OLD_QUERY, delivery_failure, says
from bot.telegram.outgoing import Rendered, TelegramSender
from handlers.outcome import Outcome
from messages.catalog import Reader
from messages.message import Phrase

log = structlog.get_logger(__name__)


class InlineAnswers:
    """Answers inline queries with at most one card: the asker's own."""

    def __init__(self, bot: Bot, sender: TelegramSender) -> None:
        self._bot = bot
        self._sender = sender

    async def answer(self, query: str, mark: str, outcome: Outcome, *, reader: Reader) -> None:
        """Show somebody their card, which goes by this mark, or how to get one."""
        try:
            if not outcome.answers:
                await self._offer(query, self._say(outcome, "invite", reader))
                return
            card = self._sender.render(outcome.answers[0], reader)
            photo = self._sender.known(card.picture) if card.picture else None
            if not (photo and await self._shown(query, self._photo(mark, card, photo))):
                await self._show(query, self._text(mark, card, outcome, reader=reader))
        except TelegramError as error:
            # They type on or look away, and Telegram asks anew: there is nothing to repeat.
            level = log.info if says(error, *OLD_QUERY) else log.warning
            level("telegram.inline-not-answered", reason=delivery_failure(error).reason)

    async def _shown(self, query: str, result: InlineQueryResult) -> bool:
        """Show a card with its picture, unless Telegram has let go of that: words and button do without."""
        try:
            await self._show(query, result)
        except BadRequest as error:
            if says(error, *OLD_QUERY):
                raise
            return False
        return True

    async def _show(self, query: str, result: InlineQueryResult) -> None:
        # Personal and never kept: from a shared cache, somebody else would send this person's link.
        await self._bot.answer_inline_query(query, [result], cache_time=0, is_personal=True)

    async def _offer(self, query: str, words: str) -> None:
        button = InlineQueryResultsButton(words, start_parameter=TO_SHARE)
        await self._bot.answer_inline_query(query, [], cache_time=0, is_personal=True, button=button)

    def _photo(self, mark: str, card: Rendered, photo: str) -> InlineQueryResult:
        return InlineQueryResultCachedPhoto(
            mark, photo, caption=card.text, parse_mode=ParseMode.HTML, reply_markup=_inline(card)
        )

    def _text(self, mark: str, card: Rendered, outcome: Outcome, *, reader: Reader) -> InlineQueryResult:
        # Without the picture, the preview of the page shows the offer.
        content = InputTextMessageContent(
            card.text, ParseMode.HTML, link_preview_options=LinkPreviewOptions(prefer_large_media=True)
        )
        return InlineQueryResultArticle(
            mark,
            self._say(outcome, "title", reader),
            content,
            reply_markup=_inline(card),
            description=self._say(outcome, "about", reader),
        )

    def _say(self, outcome: Outcome, name: str, reader: Reader) -> str:
        return self._sender.plain(cast(Phrase, outcome.reply[name]), reader)


def _inline(card: Rendered) -> InlineKeyboardMarkup | None:
    return card.keyboard if isinstance(card.keyboard, InlineKeyboardMarkup) else None
