"""Inline mode of the pretend platform: somebody types the bot's name in another chat, and sends what it offers."""

from __future__ import annotations

import secrets
from typing import Any

from bot.playground.telegram.entities import utf16_length
from bot.playground.telegram.inline_offers import InlineAnswer, InlineQuery, InlineResult, SentCard
from bot.playground.telegram.keyboards import read_markup, unknown_fields
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.people import Person, Photo
from bot.playground.telegram.platform import Platform
from bot.playground.telegram.refusal import ImpossibleGesture, bad_request
from bot.playground.telegram.sending import read_caption
from bot.playground.telegram.text import TEXT_LIMIT, Text, read_text

MOST_RESULTS = 50
LONGEST_QUERY = 256
LONGEST_ID = 64
CACHE_SECONDS = 300
QUERY_SECONDS = 10.0  # unverified: the platform says only that an answer may come too late
CHATS = {"private", "sender", "group", "supergroup", "channel"}
_START_PARAMETER = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

_ALIKE = "type id reply_markup input_message_content"
_KNOWN = {
    "article": f"{_ALIKE} title url description thumbnail_url thumbnail_width thumbnail_height",
    "photo": f"{_ALIKE} photo_file_id title description caption parse_mode caption_entities show_caption_above_media",
}
_CONTENT = {"message_text", "parse_mode", "entities", "link_preview_options"}


class Choosing(Platform):
    """What people do in inline mode."""

    def inline_query(self, user: int, text: str = "", chat_type: str = "sender") -> InlineQuery:
        """Type the bot's name, and perhaps more, in another chat; a fresh answer that was kept comes at once."""
        person = self._somebody(user)
        if not self.has_inline_mode:
            raise ImpossibleGesture("This bot has no inline mode.")
        if utf16_length(text) > LONGEST_QUERY or chat_type not in CHATS:
            raise ImpossibleGesture(f"A query has at most {LONGEST_QUERY} characters and comes from a chat.")
        query = InlineQuery(str(secrets.randbits(62)), user, text, self.clock())
        query.answer = self.offers.find(text, user, self.clock())
        self.inline_queries[query.query_id] = query
        if query.answer is None:
            content = {"id": query.query_id, "from": person.as_user(), "query": text, "offset": ""}
            self.mailbox.put("inline_query", content | {"chat_type": chat_type})
        self.changed()
        return query

    def choose_inline_result(self, user: int, query: InlineQuery, place: int = 0) -> SentCard:
        """Send one of the results into the chat; whether the bot hears of it was settled with BotFather."""
        person = self._somebody(user)
        if query.answer is None or query.user_id != user or not 0 <= place < len(query.answer.results):
            raise ImpossibleGesture("There is no such result to send.")
        card = SentCard(user, query.answer.results[place])
        self.sent_cards.append(card)
        if self.has_inline_feedback:
            self.mailbox.put("chosen_inline_result", _chosen(person, query, card))
        self.changed()
        return card

    def _somebody(self, user: int) -> Person:
        if user not in self.people:
            raise ImpossibleGesture(f"Nobody here has the number {user}.")
        return self.people[user]


async def answer_inline_query(platform: Platform, parameters: Parameters) -> bool:
    """Answer a query with up to fifty results, in time."""
    query = platform.inline_queries.get(parameters.text("inline_query_id"))
    if query is None or query.answer is not None or platform.clock() - query.made_at > QUERY_SECONDS:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    given = parameters.structure("results", what="inline query results")
    if not isinstance(given, list):
        raise bad_request("can't parse inline query results JSON object")
    if len(given) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    results = tuple(_read(platform, result) for result in given)
    if len({result.result_id for result in results}) != len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(parameters.text("next_offset").encode()) > LONGEST_ID:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer = InlineAnswer(results, _button(parameters.structure("button", what="InlineQueryResultsButton")))
    query.answer = answer
    whose = query.user_id if parameters.flag("is_personal") else None
    until = platform.clock() + parameters.integer("cache_time", default=CACHE_SECONDS)
    platform.offers.kept[query.text, whose] = (until, answer)
    platform.changed()
    return True


def _read(platform: Platform, result: Any) -> InlineResult:
    trouble = "can't parse inline query result: "
    if not isinstance(result, dict):
        raise bad_request(f"{trouble}expected an Object")
    kind = result.get("type")
    if kind not in _KNOWN:
        raise bad_request(f"{trouble}the playground knows articles and photos")
    _note(platform, result.keys() - set(_KNOWN[kind].split()), "results")
    _note(platform, unknown_fields(result.get("reply_markup")), "results")
    identifier = result.get("id")
    if not isinstance(identifier, str) or not 1 <= len(identifier.encode()) <= LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    markup = read_markup(result.get("reply_markup"), platform.addresses.wrong_link, inline_only=True)
    text, photo = _article(platform, result) if kind == "article" else _photo(platform, result)
    title, description = str(result.get("title") or ""), str(result.get("description") or "")
    return InlineResult(identifier, title, description, text, photo, markup)


def _article(platform: Platform, result: dict[str, Any]) -> tuple[Text, None]:
    if not str(result.get("title") or "").strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise bad_request("can't parse inline query result: there is no input message content")
    _note(platform, content.keys() - _CONTENT, "results.input_message_content")
    text = read_text(Parameters(content), "message_text", entities="entities", check_url=platform.addresses.wrong_link)
    if not text.plain:
        raise bad_request("MESSAGE_EMPTY")
    if utf16_length(text.plain) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    return text, None


def _photo(platform: Platform, result: dict[str, Any]) -> tuple[Text, Photo]:
    reference = str(result.get("photo_file_id") or "")
    if not reference:
        raise bad_request("PHOTO_CONTENT_URL_EMPTY")
    photo = platform.files.read_photo(Parameters(result), reference, upload=None)
    return read_caption(platform, Parameters(result)), photo


def _button(button: Any) -> dict[str, Any] | None:
    if button is None:
        return None
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise bad_request("can't parse InlineQueryResultsButton JSON object")
    payload = str(button.get("start_parameter") or "")
    if not 1 <= len(payload) <= LONGEST_ID or any(letter not in _START_PARAMETER for letter in payload):
        raise bad_request("START_PARAM_INVALID")
    return button


def _chosen(person: Person, query: InlineQuery, card: SentCard) -> dict[str, Any]:
    content = {"result_id": card.result.result_id, "from": person.as_user(), "query": query.text}
    if card.result.reply_markup:
        content["inline_message_id"] = f"AAA{query.query_id}"
    return content


def _note(platform: Platform, unknown: set[str], where: str) -> None:
    platform.unknown_parameters.extend(("answerInlineQuery", f"{where}.{name}") for name in sorted(unknown))
