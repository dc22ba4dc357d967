"""Message to Web API call: composed, its pictures uploaded, sent to a person or posted to the team."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import structlog

from bot.delivery import DeliveryFailed
from bot.slack.calls import Calls, Written
from bot.slack.composing import Composer, Surface
from bot.slack.errors import BROKEN_BLOCKS, BROKEN_MESSAGES, LEFT, LOOK_IT_UP, LOST_MESSAGES, REMEDIES
from bot.slack.people import PLATFORM, user_of
from bot.slack.pictures import Pictures
from messages.catalog import Reader
from messages.message import Message, Phrase

# An uploaded picture was waited for; where Slack still will not show it, two more tries are all that anybody waits.
RETRY_SECONDS = (0.5, 1.0)
# Whether the team's channel is its own is asked before every post, for a customer's words go there. Posts that follow
# each other share an answer: that keeps it at 20 questions a minute, and Slack allows 50.
CHANNEL_SECONDS = 3.0
Answer = TypeVar("Answer")
Put = Callable[[Written], Awaitable[Answer]]

log = structlog.get_logger(__name__)


class Writer:
    """Writes messages down and brings them where they go."""

    def __init__(self, composer: Composer, pictures: Pictures) -> None:
        self.composer = composer
        self.pictures = pictures

    def at_once(
        self,
        messages: Sequence[Message],
        reader: Reader,
        *,
        surface: Surface = Surface.MESSAGE,
        toast: Phrase | None = None,
    ) -> Written | None:
        """Write messages without a call; none where a picture must be uploaded first."""
        images = [self.pictures.ready(message.picture, reader) if message.picture else None for message in messages]
        if any(message.picture and not image for message, image in zip(messages, images, strict=True)):
            return None
        return self.composer.write(messages, reader, images=images, surface=surface, toast=toast)

    def without_pictures(
        self, messages: Sequence[Message], reader: Reader, *, surface: Surface, toast: Phrase | None = None
    ) -> Written:
        """Write messages whose pictures follow in a moment."""
        bare = [replace(message, picture=None) for message in messages]
        return self.composer.write(bare, reader, images=[None] * len(bare), surface=surface, toast=toast)

    async def put(
        self,
        put: Put[Answer],
        messages: Sequence[Message],
        reader: Reader,
        *,
        surface: Surface = Surface.MESSAGE,
        toast: Phrase | None = None,
    ) -> Answer:
        """Upload what must be, then put the messages where they go; raises DeliveryFailed.

        A picture that Slack will not show is waited for, then uploaded once more if it had ever been shown, and in
        the end left out: the message says so.
        """
        images = [
            await self.pictures.image(message.picture, reader) if message.picture else None for message in messages
        ]
        if not any(image and image.file for image in images):
            return await put(self.composer.write(messages, reader, images=images, surface=surface, toast=toast))
        written = self.composer.write(messages, reader, images=images, surface=surface, toast=toast)
        for pause in RETRY_SECONDS:
            try:
                answer = await put(written)
            except DeliveryFailed as failure:
                if failure.detail not in BROKEN_BLOCKS:
                    raise
            else:
                self._shown(messages, reader)
                return answer
            if self._forgotten(messages, reader):
                return await self.put(put, messages, reader, surface=surface, toast=toast)
            await asyncio.sleep(pause)
        log.warning("slack.picture-left-out")
        bare = [None] * len(messages)
        return await put(self.composer.write(messages, reader, images=bare, surface=surface, toast=toast))

    def _shown(self, messages: Sequence[Message], reader: Reader) -> None:
        for picture in (message.picture for message in messages if message.picture is not None):
            self.pictures.shown(picture, reader)

    def _forgotten(self, messages: Sequence[Message], reader: Reader) -> bool:
        """Forget the pictures that Slack had shown before; tell whether there were any."""
        pictures = [message.picture for message in messages if message.picture is not None]
        return sum(self.pictures.forgotten(picture, reader) for picture in pictures) > 0


class SlackSender:
    """Sends messages to people, in the direct line between them and the app."""

    platform = PLATFORM

    def __init__(self, calls: Calls, writer: Writer) -> None:
        self._calls = calls
        self._writer = writer

    async def send(self, subject: str, message: Message, *, reader: Reader) -> None:
        """Send one message to a person, once; raises DeliveryFailed."""
        channel = user_of(subject)
        try:
            await self._writer.put(lambda written: self._calls.post(channel, written), [message], reader)
        except DeliveryFailed as failure:
            if failure.detail == LEFT and await self._has_left(channel):
                raise DeliveryFailed("gone", LEFT) from failure
            raise

    async def _has_left(self, user: str) -> bool:
        """Ask whether somebody has left the workspace: the word for it may as well be about our own token."""
        try:
            return bool((await self._calls.user(user)).get("deleted"))
        except DeliveryFailed:
            return False


class SlackTeamSender:
    """Posts to the team's channel, as long as nobody from outside is in it."""

    def __init__(self, calls: Calls, writer: Writer, *, channel: str | None) -> None:
        self._calls = calls
        self._writer = writer
        self._channel = channel or ""
        self._asked_at = float("-inf")
        self._trouble = ""

    async def post(self, message: Message, *, thread: str | None, reader: Reader) -> str:
        """Post to the channel or into a thread of it, and return the number of the message; raises DeliveryFailed."""
        return await self._put(lambda written: self._calls.post(self._channel, written, thread=thread), message, reader)

    async def edit(self, number: str, message: Message, *, reader: Reader) -> None:
        """Let a message that stands in the channel say something else; raises DeliveryFailed."""
        await self._put(lambda written: self._calls.edit(self._channel, number, written), message, reader)

    async def _put(self, put: Put[Answer], message: Message, reader: Reader) -> Answer:
        await self._look()
        try:
            return await self._writer.put(put, [message], reader)
        except DeliveryFailed as failure:
            if not failure.final or failure.detail in BROKEN_MESSAGES | LOST_MESSAGES:
                raise
            raise self._refused(failure.detail, _remedy(failure.detail)) from failure

    async def _look(self) -> None:
        """Make sure that the channel is the team's own."""
        now = asyncio.get_running_loop().time()
        if now - self._asked_at >= CHANNEL_SECONDS:
            try:
                channel = await self._calls.channel(self._channel)
            except DeliveryFailed as failure:
                if not failure.final:
                    raise
                raise self._refused(failure.detail, _remedy(failure.detail)) from failure
            is_shared = any(channel.get(how) for how in ("is_ext_shared", "is_shared", "is_pending_ext_shared"))
            self._asked_at, self._trouble = now, "it is shared with others" if is_shared else ""
        if self._trouble:
            raise self._refused(self._trouble, "Choose a channel of the team alone.")

    def _refused(self, why: str, remedy: str) -> DeliveryFailed:
        # The owner can put it right, so what waits for the team goes on waiting.
        log.error("slack.team-channel", why=why, remedy=remedy)
        return DeliveryFailed("unreachable", f"the team's channel: {why}")


def _remedy(word: str) -> str:
    return next((remedy for start, remedy in REMEDIES.items() if word.startswith(start)), LOOK_IT_UP)
