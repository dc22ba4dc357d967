"""One payload at a time: dispatched before it is acknowledged, answered in the acknowledgement or right after it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

from bot.delivery import DeliveryFailed
from bot.dispatch import Busy
from bot.gestures import Circumstances
from bot.slack import incoming, modals, people
from bot.slack.calls import Calls
from bot.slack.composing import Surface
from bot.slack.dispatching import House
from bot.slack.home import Home
from bot.slack.introductions import Introductions
from bot.slack.outgoing import Writer
from bot.slack.passed_on import PassedOn
from bot.slack.people import People
from bot.slack.places import Place, Places, put_answers
from bot.slack.taking import Work, taking
from handlers.events import ChatEvent, Person, StatsAsked
from handlers.outcome import Outcome
from messages.catalog import Reader
from messages.message import Command, Message, Phrase

BUSY, TROUBLE, UNKNOWN_WORD = "commands.busy", "commands.trouble", "commands.unknown-word"
ONLY_PICTURES, CHANGE_NOT_SENT = "commands.only-pictures", "commands.change-not-sent"
TYPE_THE_CODE, WHICH_CODE = "commands.type-the-code", "commands.which-code"

# Adding a million referrals up takes seconds. A read is as good after the acknowledgement as before it.
TAKE_LONG = (StatsAsked,)

Payload = Mapping[str, Any]
Body = dict[str, Any]

log = structlog.get_logger(__name__)


class Conversation:
    """Carries what people do in Slack to dispatch, and the answers back to where they did it."""

    def __init__(self, calls: Calls, writer: Writer, *, people: People, house: House, team_channel: str | None) -> None:
        self._calls = calls
        self._writer = writer
        self._people = people
        self._house = house
        self._readers = house.readers
        self._team_channel = team_channel
        self._home = Home(calls, writer, house)
        self._places = Places(calls, house.limiter)
        self._passed_on = PassedOn()
        self._introductions = Introductions(calls, people, house)

    async def command(self, body: Payload) -> Body | None:
        """Take a slash command and return what the acknowledgement says."""
        now = self._now(*people.of_command(body))
        asked = incoming.commanded(now, str(body.get("text") or ""))
        if isinstance(asked.event, TAKE_LONG):
            self._later(partial(self._look_up, asked.event, self._places.of_command(body)))
            return None
        outcome = await self._dispatch(asked.event)
        toast = Phrase(UNKNOWN_WORD, {"word": asked.unknown}) if asked.unknown else outcome.toast
        if asked.lacks_code:
            toast = Phrase(WHICH_CODE, {"join": Command("join")})
        reader = self._readers.reader(now["by"], outcome)
        first = self._writer.at_once(outcome.answers[:1], reader, toast=toast)
        rest = outcome.answers if first is None else outcome.answers[1:]
        if rest:
            place = self._places.of_command(body)
            self._later(self._say(place, rest, now["by"], reader=reader, toast=None if first else toast))
        return {"response_type": "ephemeral", **first.as_json()} if first and first.blocks else None

    async def tap(self, body: Payload) -> None:
        """Take a tap on a button."""
        now = self._now(*people.of_interaction(body))
        action = body["actions"][0]
        if action.get("action_id") == incoming.ENTER_CODE:
            self._later(partial(self._ask_for_code, str(body["trigger_id"]), now["by"]))
            return
        event = incoming.tapped(now, action)
        if event is None:
            return
        if isinstance(event, TAKE_LONG):
            place = self._places.of_tap(body, self._saying(self._readers.reader(event.by)))
            self._later(partial(self._look_up, event, place))
            return
        outcome = await self._dispatch(event)
        self._answer_tap(body, now["by"], outcome)

    async def form(self, body: Payload) -> Body | None:
        """Take a filled-in form and return what becomes of it."""
        view = body["view"]
        if view.get("callback_id") != modals.JOIN:
            return None
        now = self._now(*people.of_interaction(body))
        outcome = await self._dispatch(incoming.joined(now, modals.typed_code(view)))
        reader = self._readers.reader(now["by"], outcome)
        if outcome.refused and outcome.answers:
            return modals.refused_code(self._writer.composer.words(outcome.answers[0], reader))
        return self._joined(body, now["by"], outcome, reader=reader)

    async def message(self, body: Payload) -> None:
        """Take what somebody wrote: to the app, or in a thread of the team's channel."""
        event = body["event"]
        if (changed := incoming.edited(event)) is not None:
            self._answer_change(changed)
        elif not incoming.is_said(event):
            return
        elif event.get("channel_type") == "im":
            now = self._now(*people.of_event(body))
            wrote = incoming.written(now, event)
            outcomes = await self._dispatch_all(wrote.events)
            place = self._places.of_message(event)
            self._answer_writing(outcomes, now["by"], place, misses_files=wrote.has_other_files)
        elif self._is_reply(event):
            await self._take_reply(body, event)

    async def home_opened(self, body: Payload) -> None:
        """Show somebody their page when they open it."""
        if body["event"].get("tab", "home") != "home":
            return
        by = self._person(*people.of_event(body))
        outcome = await self._dispatch(self._home.opened(by))
        self._later(partial(self._home.publish, by, outcome))

    async def excuse(self, body: Payload, key: str) -> Body | None:
        """Tell whoever acted that it did not work, in the acknowledgement where that is shown."""
        sorry = Message(key=key)
        if "command" in body:
            reader = self._readers.reader(self._person(*people.of_command(body)))
            return {
                "response_type": "ephemeral",
                **self._writer.composer.write([sorry], reader, images=[None]).as_json(),
            }
        if body.get("type") == "view_submission":
            reader = self._readers.reader(self._person(*people.of_interaction(body)))
            return modals.refused_code(self._writer.composer.words(sorry, reader))
        if body.get("type") == "block_actions":
            self._answer_tap(body, self._person(*people.of_interaction(body)), Outcome(answers=(sorry,)), is_new=False)
        elif (place := self._place_of_writing(body)) is not None:
            by = self._person(*people.of_event(body))
            self._later(self._say(place, [sorry], by, reader=self._readers.reader(by)))
        return None

    def _answer_tap(self, body: Payload, by: Person, outcome: Outcome, *, is_new: bool = True) -> None:
        reader = self._readers.reader(by, outcome)
        place = self._places.of_tap(body, self._saying(reader))
        if not is_new:
            place = replace(place, touches_home=False)
        self._later(self._say(place, outcome.answers, by, reader=reader, toast=outcome.toast))

    def _joined(self, body: Payload, by: Person, outcome: Outcome, *, reader: Reader) -> Body | None:
        """Put the welcome into the form's place; a picture that is not there yet follows it."""
        answers, say = outcome.answers, self._saying(reader)
        self._later(partial(self._home.refresh, by))
        if not answers:
            return None
        written = self._writer.at_once(answers, reader, surface=Surface.VIEW, toast=outcome.toast)
        if written is None:
            written = self._writer.without_pictures(answers, reader, surface=Surface.VIEW, toast=outcome.toast)
            place = replace(self._places.of_form(body, say), touches_home=False)
            self._later(self._say(place, answers, by, reader=reader, toast=outcome.toast))
        return {"response_action": "update", "view": modals.panel(written.blocks, say)}

    async def _take_reply(self, body: Payload, event: Payload) -> None:
        now, us = self._now(*people.of_event(body)), self._people.workspace.bot_user
        if now["by"].is_external:
            return
        wrote = incoming.team_replied(now, event, us=us)
        outcomes = await self._dispatch_all(wrote.events)
        went_on = any(outcome.notices for outcome in outcomes)
        if went_on:
            self._passed_on.add(str(event["ts"]))
        # The team talks in threads of its own, too, and wants no word from us there.
        misses_files = wrote.has_other_files and (went_on if wrote.events else incoming.is_to_us(event, us))
        self._answer_writing(outcomes, now["by"], self._places.of_reply(event), misses_files=misses_files)

    def _answer_change(self, changed: Payload) -> None:
        if changed["ts"] not in self._passed_on or not self._is_reply(changed):
            return
        by = self._person("", str(changed["user"]))
        reader = self._readers.reader(by)
        self._later(self._say(self._places.of_reply(changed), [Message(key=CHANGE_NOT_SENT)], by, reader=reader))

    def _answer_writing(self, outcomes: Sequence[Outcome], by: Person, place: Place, *, misses_files: bool) -> None:
        said: list[Message] = []
        for answer in (answer for outcome in outcomes for answer in outcome.answers):
            if answer not in said:  # several pictures are passed on with one word
                said.append(answer)
        if misses_files:
            said.append(Message(key=ONLY_PICTURES))
        outcome = outcomes[-1] if outcomes else Outcome()
        reader = self._readers.reader(by, outcome)
        self._later(self._say(place, said, by, reader=reader, toast=outcome.toast))

    async def _look_up(self, event: ChatEvent, place: Place) -> None:
        """Answer a question that leaves no row and may take longer than Slack waits for its acknowledgement."""
        try:
            outcome = await self._house.dispatcher.dispatch(event)
        except Busy:
            outcome = Outcome(answers=(Message(key=BUSY),))
        await put_answers(
            self._writer, place, outcome.answers, self._readers.reader(event.by, outcome), toast=outcome.toast
        )

    async def _ask_for_code(self, trigger: str, by: Person) -> None:
        form = modals.join_form(self._saying(self._readers.reader(by)))
        try:
            await self._calls.open_view(trigger, form)
        except DeliveryFailed as failure:
            log.warning("slack.form-not-opened", reason=failure.reason, detail=failure.detail)
            sorry = Message(key=TYPE_THE_CODE, values={"join": Command("join")})
            place = self._places.of_person(people.user_of(by.identity.subject))
            await put_answers(self._writer, place, [sorry], self._readers.reader(by))

    def _say(
        self, place: Place, answers: Sequence[Message], by: Person, *, reader: Reader, toast: Phrase | None = None
    ) -> Work:
        async def said() -> None:
            await put_answers(self._writer, place, answers, reader, toast=toast)
            if place.touches_home:
                await self._home.refresh(by)

        return said

    async def _dispatch(self, event: ChatEvent) -> Outcome:
        (outcome,) = await self._dispatch_all([event])
        return outcome

    async def _dispatch_all(self, events: Sequence[ChatEvent]) -> list[Outcome]:
        outcomes = await self._house.take(events, taking.get())
        taking.get().committed = True
        if events and not self._people.is_met(events[0].by):
            self._later(partial(self._introductions.introduce, events[0].by))
        return outcomes

    def _later(self, work: Work) -> None:
        taking.get().later.append(work)

    def _now(self, team: str, user: str) -> Circumstances:
        return self._house.now(self._person(team, user))

    def _person(self, team: str, user: str) -> Person:
        return self._people.person(team, user)

    def _saying(self, reader: Reader) -> modals.Say:
        return lambda phrase: self._writer.composer.plain(phrase, reader)

    def _is_reply(self, event: Payload) -> bool:
        thread = event.get("thread_ts")
        return event.get("channel") == self._team_channel and bool(thread) and thread != event.get("ts")

    def _place_of_writing(self, body: Payload) -> Place | None:
        event = body.get("event") or {}
        if event.get("type") != "message" or not incoming.is_said(event):
            return None
        if event.get("channel_type") == "im":
            return self._places.of_message(event)
        return self._places.of_reply(event) if self._is_reply(event) else None
