"""One event at a time from a chat: dispatch it, then say the answers back to whoever acted."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import structlog
from telegram import CallbackQuery, InlineQuery, Update, User
from telegram import Message as TelegramMessage
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext

from bot.clock import Clock
from bot.dispatch import fresh_draw
from bot.gestures import Circumstances
from bot.patience import delivered
from bot.telegram.errors import OLD_QUERY, delivery_failure, says
from bot.telegram.incoming import PLATFORM, person
from bot.telegram.inline import InlineAnswers
from bot.telegram.outgoing import TelegramSender
from handlers.events import CardAsked, ChatEvent, Event, Person
from handlers.outcome import Outcome
from messages.catalog import Catalog, Reader
from messages.message import Message, Phrase

TROUBLE = "commands.trouble"
THANKS_FOR_NUMBER = "commands.thanks-for-number"
JUST_SENT = "commands.just-sent"
# Whoever taps a button several times within these seconds wants its picture once.
MOMENT_SECONDS = 5.0
SENT_REMEMBERED = 1000

log = structlog.get_logger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Dispatches(Protocol):
    """What takes an event: it returns when the event's transaction is committed, or raises."""

    async def dispatch(self, event: Event) -> Outcome:
        """Take one event and return what is to be said."""
        ...


@dataclass
class _Taking:
    """The slot in which an update's fate is handed back, since PTB swallows what its handlers raise."""

    on_commit: Callable[[], None]
    committed: bool = False
    error: Exception | None = None

    def finish(self) -> None:
        self.committed = True
        self.on_commit()


_taking: ContextVar[_Taking] = ContextVar("taking")


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Knows in which language and zone a person reads."""

    catalog: Catalog
    language: str
    zone: ZoneInfo
    clock: Clock
    elsewhere: tuple[str, ...] = ()  # the other platforms on which they can be reached

    def reader(self, person: Person, outcome: Outcome) -> Reader:
        """Take what the person chose, else what Telegram says of them, else the business's own."""
        return Reader(
            language=self.catalog.choose(outcome.language or person.language, self.language),
            zone=ZoneInfo(outcome.zone) if outcome.zone else self.zone,
        ).at(self.clock.now())


class Conversation:
    """Carries events from chats to dispatch, and answers back."""

    def __init__(
        self,
        application: AnyApplication,
        sender: TelegramSender,
        *,
        dispatcher: Dispatches,
        clock: Clock,
        readers: Readers,
    ) -> None:
        self._application = application
        self._sender = sender
        self._dispatcher = dispatcher
        self._clock = clock
        self._readers = readers
        self._inline = InlineAnswers(application.bot, sender)
        self._sent: OrderedDict[str, tuple[Sequence[Message], float]] = OrderedDict()
        application.add_error_handler(self._failed)

    async def take(self, update: Update, on_commit: Callable[[], None] = lambda: None) -> Exception | None:
        """Process one update and return why it failed; once its transaction is committed it cannot fail any more."""
        taking = _Taking(on_commit)
        before = _taking.set(taking)
        try:
            with self._sender.limiter.courtesy.attending():
                await self._application.process_update(update)
        finally:
            _taking.reset(before)
        if taking.error is None and not taking.committed:
            taking.finish()  # nothing to write: an update that is none of our business
        return taking.error

    def now(self, user: User) -> Circumstances:
        """Say who acts, when, and with which randomness."""
        by = person(user, self._readers.elsewhere, self._readers.catalog.languages)
        return Circumstances(by=by, at=self._clock.now(), draw=fresh_draw())

    async def reply(self, event: ChatEvent, *, silently: bool = False) -> None:
        """Dispatch an event and answer with new messages, unless it is one of several that one answer is enough for."""
        outcome = await self._dispatch(event)
        if silently:
            return
        await self._say(outcome.answers, event.by, reader=self._readers.reader(event.by, outcome))

    async def reply_to_contact(self, event: ChatEvent) -> None:
        """Dispatch a shared contact and take the keyboard away that asked for it."""
        outcome = await self._dispatch(event)
        answers = list(outcome.answers)
        if outcome.refused and not answers:
            return  # they are sending too much: the keyboard stays, to share it again
        # A message has one keyboard: to take the old one away, one answer must come without buttons.
        bare = next((place for place, answer in enumerate(answers) if not answer.buttons), None)
        if bare is None:
            bare = 0
            answers.insert(0, Message(key=THANKS_FOR_NUMBER))
        reader = self._readers.reader(event.by, outcome)
        await self._say(answers, event.by, reader=reader, bare=bare)

    async def reply_to_tap(self, query: CallbackQuery, event: ChatEvent) -> None:
        """Dispatch a tap, stop the button's spinner, and answer in place where the answer asks for it."""
        outcome = await self._dispatch(event)
        reader = self._readers.reader(event.by, outcome)
        subject = event.by.identity.subject
        stands_there = self._was_just_sent(subject, outcome.answers)
        toast = Phrase(JUST_SENT) if stands_there else outcome.toast
        await self._acknowledge(query, self._sender.toast(toast, reader) if toast else None)
        if stands_there:
            return
        if await self._say(outcome.answers, event.by, reader=reader, tapped=_editable(query)):
            self._sent[subject] = (outcome.answers, self._clock.elapsed())
            if len(self._sent) > SENT_REMEMBERED:
                self._sent.popitem(last=False)

    def _was_just_sent(self, subject: str, answers: Sequence[Message]) -> bool:
        """Tell whether the very same picture reached the same person a moment ago: it stands right above."""
        before, at = self._sent.get(subject, ((), 0.0))
        has_picture = any(answer.picture is not None for answer in answers)
        return has_picture and before == answers and self._clock.elapsed() - at < MOMENT_SECONDS

    async def reply_inline(self, query: InlineQuery) -> None:
        """Show somebody who is choosing a chat the card that they would send there."""
        event = CardAsked(**self.now(query.from_user))
        outcome = await self._dispatch(event)
        reader = self._readers.reader(event.by, outcome)
        await self._inline.answer(query.id, event.draw.id("shr"), outcome, reader=reader)

    async def apologise(self, update: Update) -> None:
        """Tell whoever acted that their update was given up."""
        user = update.effective_user
        if user is None or user.is_bot:
            return
        if update.callback_query is not None:
            await self._acknowledge(update.callback_query, None)
        by = person(user)
        await self._say([Message(key=TROUBLE)], by, reader=self._readers.reader(by, Outcome()))

    async def _dispatch(self, event: ChatEvent) -> Outcome:
        outcome = await self._dispatcher.dispatch(event)
        _taking.get().finish()
        return outcome

    async def _failed(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        taking = _taking.get()
        if taking.committed:
            # The facts are written and asking again shows them: repeating the update would only repeat the failure.
            log.error("telegram.answer-failed", exc_info=context.error)
        else:
            taking.error = context.error

    async def _acknowledge(self, query: CallbackQuery, toast: str | None) -> None:
        try:
            await query.answer(toast)
        except TelegramError as error:
            if not says(error, *OLD_QUERY):
                log.warning("telegram.tap-not-acknowledged", reason=delivery_failure(error).reason)

    async def _say(
        self,
        answers: Sequence[Message],
        to: Person,
        *,
        reader: Reader,
        tapped: int | None = None,
        bare: int | None = None,
    ) -> bool:
        subject = to.identity.subject
        for place, answer in enumerate(answers):
            if answer.in_place and tapped is not None:
                send = partial(self._sender.replace, subject, tapped, answer, reader=reader)
                tapped = None  # the second answer follows the first, it does not replace it
            elif place == bare:
                send = partial(self._sender.send_and_put_keyboard_away, subject, answer, reader=reader)
            else:
                send = partial(self._sender.send, subject, answer, reader=reader)
            if not await delivered(send, platform=PLATFORM, turn=partial(self._sender.limiter.answering, subject)):
                return False
        return True


def _editable(query: CallbackQuery) -> int | None:
    # An old message is inaccessible, a picture has no text; a button in another chat was not meant for this person.
    message = query.message
    if isinstance(message, TelegramMessage) and message.text is not None and message.chat.id == query.from_user.id:
        return message.message_id
    return None
