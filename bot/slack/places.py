"""Where an answer goes: back to a command, below or into a tapped message, into a modal, or into the direct line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.delivery import DeliveryFailed
from bot.limiting import Limiter
from bot.patience import delivered
from bot.slack import modals
from bot.slack.calls import Calls, Written
from bot.slack.composing import Surface
from bot.slack.errors import LATE_TRIGGERS
from bot.slack.modals import Say
from bot.slack.outgoing import Put, Writer
from bot.slack.people import PLATFORM
from messages.catalog import Reader
from messages.message import Message, Phrase

Payload = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place for answers: what follows, and what replaces the message or view that was tapped."""

    follow: Put[object]
    replace: Put[object] | None = None
    prepare: Put[object] | None = None  # opens the place, where that cannot wait for a picture
    surface: Surface = Surface.MESSAGE
    touches_home: bool = False  # Home is to be published again afterwards


class Places:
    """Finds the place for the answers to what somebody did."""

    def __init__(self, calls: Calls, limiter: Limiter) -> None:
        self._calls = calls
        self._limiter = limiter

    def of_command(self, body: Payload) -> Place:
        """Answer a command, for its giver alone."""
        return Place(follow=partial(self._calls.respond, str(body["response_url"])))

    def of_tap(self, body: Payload, say: Say) -> Place:
        """Answer a tap: in the modal or Home it was made in, else beside or in the tapped message."""
        view = body.get("view")
        if view:
            return self._of_view(body, view, say)
        url = str(body["response_url"])
        container: Payload = body.get("container") or {}
        thread = str(container.get("thread_ts") or "") or None
        channel = str((body.get("channel") or {}).get("id") or "")
        follow: Put[object] = partial(self._calls.respond, url, thread=thread)
        if channel.startswith("D") and not container.get("is_ephemeral"):
            # The line between the person and the app: what is said there stays to be read again.
            follow = partial(self._post, channel, thread=thread)
        return Place(follow=follow, replace=partial(self._calls.respond, url, replaces=True))

    def of_form(self, body: Payload, say: Say) -> Place:
        """Answer a form in the modal it stood in."""
        return self._of_view(body, body["view"], say)

    def of_message(self, event: Payload) -> Place:
        """Answer what was written in the direct line, in its thread if it has one."""
        channel, thread = str(event["channel"]), str(event.get("thread_ts") or "") or None
        return Place(follow=partial(self._post, channel, thread=thread))

    def of_person(self, user: str) -> Place:
        """Say something in somebody's direct line."""
        return Place(follow=partial(self._post, user))

    def of_reply(self, event: Payload) -> Place:
        """Answer what was written in a thread of the team's channel, for its writer alone."""
        channel, user, thread = str(event["channel"]), str(event["user"]), str(event["thread_ts"])
        return Place(follow=partial(self._calls.whisper, channel, user, thread=thread))

    async def _post(self, channel: str, written: Written, *, thread: str | None = None) -> None:
        """Post a message of its own, which counts for the limits, before any notice."""
        async with self._limiter.answering(channel):
            await self._calls.post(channel, written, thread=thread)

    def _of_view(self, body: Payload, view: Payload, say: Say) -> Place:
        if view.get("type") == "modal":
            view_id = str(view["id"])

            async def into_modal(written: Written) -> None:
                await self._calls.update_view(view_id, modals.panel(written.blocks, say))

            return Place(follow=into_modal, surface=Surface.VIEW, touches_home=True)
        modal = _NewModal(self._calls, str(body["trigger_id"]), str(body["user"]["id"]), say)
        return Place(follow=modal.show, prepare=modal.open, surface=Surface.VIEW, touches_home=True)


class _NewModal:
    """The modal that answers a tap in Home; after three seconds it cannot be opened any more."""

    def __init__(self, calls: Calls, trigger: str, user: str, say: Say) -> None:
        self._calls = calls
        self._trigger = trigger
        self._user = user
        self._say = say
        self._view_id = ""
        self._is_late = False

    async def open(self, written: Written) -> None:
        """Open it, if it is not too late; raises DeliveryFailed."""
        try:
            self._view_id = await self._calls.open_view(self._trigger, modals.panel(written.blocks, self._say))
        except DeliveryFailed as failure:
            if failure.detail not in LATE_TRIGGERS:
                raise
            self._is_late = True

    async def show(self, written: Written) -> None:
        """Show an answer in it, or where it can be read as well; raises DeliveryFailed."""
        if self._view_id:
            await self._calls.update_view(self._view_id, modals.panel(written.blocks, self._say))
            return
        if not self._is_late:
            await self.open(written)
        if self._is_late:
            await self._calls.post(self._user, written)


async def put_answers(
    writer: Writer, place: Place, answers: Sequence[Message], reader: Reader, *, toast: Phrase | None = None
) -> None:
    """Put answers into their place in turn, until one cannot be delivered; a view takes them all at once."""
    if place.surface is Surface.VIEW:
        if answers or toast:
            await _put_in_view(writer, place, answers, reader, toast=toast)
        return
    if not answers and toast:
        await delivered(partial(writer.put, place.follow, (), reader, toast=toast), platform=PLATFORM)
    replace = place.replace
    for answer in answers:
        put = place.follow
        if answer.in_place and replace is not None:
            put, replace = replace, None  # the second answer follows the first, it does not replace it
        if not await delivered(partial(writer.put, put, [answer], reader, toast=toast), platform=PLATFORM):
            return
        toast = None


async def _put_in_view(
    writer: Writer, place: Place, answers: Sequence[Message], reader: Reader, *, toast: Phrase | None
) -> None:
    if place.prepare and writer.at_once(answers, reader, surface=Surface.VIEW, toast=toast) is None:
        # Uploading a picture may take longer than a modal can be opened.
        written = writer.without_pictures(answers, reader, surface=Surface.VIEW, toast=toast)
        if not await delivered(partial(place.prepare, written), platform=PLATFORM):
            return
    await delivered(
        partial(writer.put, place.follow, answers, reader, surface=Surface.VIEW, toast=toast), platform=PLATFORM
    )
