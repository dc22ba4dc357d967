"""Everything the pretend platform knows: the bot, the people, their chats, the mailbox, the pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.playground.bell import Bell
from bot.playground.telegram.addresses import AddressBook
from bot.playground.telegram.faults import Faults
from bot.playground.telegram.files import Files
from bot.playground.telegram.inline_offers import InlineQuery, Offers, SentCard
from bot.playground.telegram.limits import Limits
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.people import Message, Person
from bot.playground.telegram.profile import Profile
from bot.playground.telegram.refusal import bad_request, forbidden
from bot.playground.telegram.updates import Mailbox
from bot.playground.telegram.webhook import WebhookPost

CALLBACK_SECONDS = 60.0  # unverified: the platform says only "after a while"


@dataclass(frozen=True)
class Call:
    """One call the bot made: what it asked and what it was answered."""

    method: str
    parameters: dict[str, Any]
    answer: dict[str, Any]


@dataclass
class CallbackQuery:
    """A tap that waits for its answer."""

    query_id: str
    user_id: int
    data: str
    made_at: float
    label: str = ""
    answered: bool = False


@dataclass(frozen=True)
class CallbackAnswer:
    """What a person was shown after a tap."""

    user_id: int
    query_id: str
    data: str
    text: str
    show_alert: bool
    url: str


class Platform:
    """The state that calls and gestures change."""

    def __init__(self, *, token: str, username: str, name: str, public_url: str, now: Callable[[], datetime]) -> None:
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.username = username
        self.now = now
        self.profile = Profile(name)
        self.people: dict[int, Person] = {}
        self.mailbox = Mailbox()
        self.addresses = AddressBook(public_url)
        self.webhooks = WebhookPost(self.mailbox, addresses=self.addresses, now=now)
        self.files = Files()
        self.faults = Faults()
        self.limits = Limits()
        self.bell = Bell()
        self.calls: list[Call] = []
        self.unknown_parameters: list[tuple[str, str]] = []
        self.callbacks: dict[str, CallbackQuery] = {}
        self.callback_answers: list[CallbackAnswer] = []
        # What an owner settles with BotFather: /setinline and /setinlinefeedback.
        self.has_inline_mode = True
        self.has_inline_feedback = True
        self.inline_queries: dict[str, InlineQuery] = {}
        self.offers = Offers()
        self.sent_cards: list[SentCard] = []
        self._message_id = 0

    def timestamp(self) -> int:
        """Tell the house's time as the platform writes it."""
        return int(self.now().timestamp())

    def next_message_id(self) -> int:
        """Count messages, as the platform does for all private chats of a bot together."""
        self._message_id += 1
        return self._message_id

    def bot_user(self) -> dict[str, Any]:
        """Write the bot as a User."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.profile.words_in("name", ""),
            "username": self.username,
        }

    def person_of(self, parameters: Parameters) -> Person:
        """Find the chat a call is about."""
        chat_id = parameters.text("chat_id").strip()
        if not chat_id:
            raise bad_request("chat_id is empty")
        person = self.people.get(int(chat_id)) if chat_id.lstrip("-").isdecimal() else None
        if person is None:
            raise bad_request("chat not found")
        return person

    def reachable(self, parameters: Parameters) -> Person:
        """Find the chat a call writes to, unless the person does not want to hear from the bot."""
        person = self.person_of(parameters)
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return person

    def message_json(self, person: Person, message: Message) -> dict[str, Any]:
        """Write a message as the platform shows it to the bot."""
        body: dict[str, Any] = {
            "message_id": message.message_id,
            "date": message.date,
            "chat": person.as_chat(),
            "from": self.bot_user() if message.from_bot else person.as_user(),
        }
        if message.edit_date is not None:
            body["edit_date"] = message.edit_date
        for name, entities, text in (
            ("text", "entities", message.text),
            ("caption", "caption_entities", message.caption),
        ):
            if text.plain:
                body[name] = text.plain
            if text.entities:
                body[entities] = text.entities
        body |= message.attached()
        if message.buttons:
            body["reply_markup"] = message.reply_markup
        return body

    def changed(self, message: Message | None = None) -> None:
        """Tell everyone who looks that there is something new to see."""
        if message is not None:
            message.version += 1
        self.bell.ring()

    def clock(self) -> float:
        """Tell the platform's own time, which nobody moves."""
        return asyncio.get_running_loop().time()
