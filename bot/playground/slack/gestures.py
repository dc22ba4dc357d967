"""What people do in Slack: type commands, write, send pictures, look at the app's Home."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.playground.slack import events
from bot.playground.slack.bubbles import Message
from bot.playground.slack.channels import SHARED, Channel
from bot.playground.slack.deliveries import Delivery
from bot.playground.slack.people import APP, BOT_USER, TEAM, Person
from bot.playground.slack.refusal import ImpossibleGesture
from bot.playground.slack.workspace import Workspace

LONGEST_TEXT = 12_000  # characters in Slack's own text field
Picture = tuple[str, bytes]  # a file's name and its bytes


class Gestures(Workspace):
    """The people's side of the platform."""

    def add_person(
        self, user_id: str, first_name: str, *, team: str = TEAM, tz: str = "Europe/Berlin", locale: str = "en-US"
    ) -> Person:
        """Give someone a Slack client."""
        if user_id in self.people or user_id == BOT_USER:
            raise ImpossibleGesture(f"There is already somebody with the id {user_id}.")
        person = Person(user_id, first_name, team=team, tz=tz, locale=locale)
        self.people[user_id] = person
        self.changed()
        return person

    def person(self, user: str) -> Person:
        """Find someone by their id."""
        if user not in self.people:
            raise ImpossibleGesture(f"Nobody here has the id {user}.")
        return self.people[user]

    def add_channel(self, channel_id: str, name: str, *, members: Sequence[str], private: bool = False) -> Channel:
        """Open a channel; the app is in it only if it is named."""
        channel = Channel(channel_id, name, set(members), is_private=private)
        self.channels[channel_id] = channel
        self.changed()
        return channel

    def invite(self, user: str, channel: str) -> None:
        """Bring somebody, or the app, into a channel."""
        self.channels[channel].members.add(user)
        self.changed()

    def remove(self, user: str, channel: str) -> None:
        """Take somebody, or the app, out of a channel."""
        self.channels[channel].members.discard(user)
        self.changed()

    def share_channel(self, channel: str, *, how: str = "is_ext_shared") -> None:
        """Share a channel with another workspace, or begin to."""
        if how not in SHARED:
            raise ImpossibleGesture(f"A channel is shared as one of {', '.join(SHARED)}.")
        self.channels[channel].shared |= {how} if how == "is_pending_ext_shared" else {how, "is_shared"}
        self.changed()

    def command(self, user: str, text: str = "", *, channel: str | None = None, name: str = "") -> Delivery:
        """Type a slash command; without a channel in the direct line to the app."""
        person = self.person(user)
        commands = self.installed.commands
        name = name or (commands[0] if commands else "")
        if self.is_uninstalled or not name or name not in commands:
            raise ImpossibleGesture(f"{name or 'That'} is not a valid command.")
        where = self._inside(user, channel or self.dm(user))
        hook = self.tickets.hook(user, where.channel_id)
        body = {
            "token": "not-to-be-used",
            "team_id": TEAM,
            "team_domain": "cornercafe",
            "channel_id": where.channel_id,
            "channel_name": where.name if not where.is_private else "privategroup",
            "user_id": user,
            "user_name": person.handle,
            "command": name,
            "text": events.typed(self, text) if self.installed.escapes(name) else events.coded(events.escaped(text)),
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": f"{self.public_url}/playground/slack/commands/{hook}",
            "trigger_id": self.tickets.trigger(user),
        }
        return self.deliver("command", name, body, user=user, context={"hook": hook})

    def write(
        self,
        user: str,
        channel: str | None = None,
        text: str = "",
        *,
        thread: Message | str | None = None,
        files: Sequence[Picture] = (),
    ) -> Message:
        """Write, perhaps in a thread, perhaps with pictures; without a channel to the app."""
        where = self._inside(user, channel or self.dm(user))
        if where.is_im and not self.installed.takes_messages:
            raise ImpossibleGesture("Sending messages to this app has been turned off.")
        if not text.strip() and not files:
            raise ImpossibleGesture("There is nothing to send.")
        if len(text) > LONGEST_TEXT:
            raise ImpossibleGesture(f"A message has at most {LONGEST_TEXT} characters.")
        thread_ts = thread.ts if isinstance(thread, Message) else thread
        if thread_ts is not None and thread_ts not in where.messages:
            raise ImpossibleGesture("There is no such thread.")
        kept = [self.files.keep(name, content, owner=user) for name, content in files]
        for file in kept:
            file.channels.append(where.channel_id)
        words = events.typed(self, text)
        message = Message(self.next_ts(), where.channel_id, user, words, thread_ts=thread_ts)
        message.files = [file.file_id for file in kept]
        return self.post(message)

    def edit(self, user: str, message: Message, text: str) -> None:
        """Change one's own message."""
        self._own(user, message)
        before = events.message_body(self, message)
        message.text, message.edited = events.typed(self, text), True
        channel = self.channels[message.channel]
        self.changed(message)
        self.tell(channel, events.message_changed(self, channel, message, before=before))

    def delete(self, user: str, message: Message) -> None:
        """Take one's own message back."""
        self._own(user, message)
        channel = self.channels[message.channel]
        del channel.messages[message.ts]
        message.deleted = True
        self.changed(message)
        self.tell(channel, events.message_deleted(self, channel, message))

    def write_as_workflow(self, channel: str, text: str, *, thread: Message | None = None) -> Message:
        """Let another app write; the event has a bot's id and no person."""
        where = self.channels[channel]
        thread_ts = thread.ts if thread else None
        message = Message(self.next_ts(), channel, "B0WORKFLOW", text, thread_ts=thread_ts)
        where.messages[message.ts] = message
        self.changed(message)
        body = events.message(self, where, message) | {"subtype": "bot_message", "bot_id": "B0WORKFLOW"}
        body.pop("user")
        self.tell(where, body)
        return message

    def open_home(self, user: str, *, tab: str = "home") -> Delivery | None:
        """Look at a tab of the app."""
        self.person(user)
        if tab == "home" and not self.installed.has_home:
            raise ImpossibleGesture("This app has no Home.")
        event: dict[str, Any] = {
            "type": "app_home_opened",
            "user": user,
            "channel": self.dm(user),
            "tab": tab,
            "event_ts": self.next_ts(),
        }
        if tab == "home" and user in self.homes:
            event["view"] = self.view_json(self.homes[user])
        return self.deliver_event("app_home_opened", event, user=user)

    def uninstall(self) -> None:
        """Remove the app from the workspace: its tokens die, and it hears of that for the last time."""
        users = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}, "event_ts": self.next_ts()}
        self.deliver_event("tokens_revoked", users)
        self.deliver_event("app_uninstalled", {"type": "app_uninstalled", "event_ts": self.next_ts()})
        self.is_uninstalled = True
        self.changed()

    def challenge(self) -> Delivery:
        """Ask the events address whether it is the app's, as saving it in the app's settings does."""
        if self.socket_mode:
            raise ImpossibleGesture("An app on Socket Mode has no address to ask.")
        body = {"token": "not-to-be-used", "challenge": self.new_id("challenge"), "type": "url_verification"}
        return self.deliver("challenge", "url_verification", body)

    def repeat(self, delivery: Delivery) -> Delivery:
        """Deliver an event once more under its old id, as the platform does when it is unsure."""
        return self.deliver(delivery.kind, delivery.name, delivery.body, user=delivery.user, context={"at_once": True})

    def _inside(self, user: str, channel: str) -> Channel:
        """Find a conversation that somebody is in; the app's direct line opens by itself."""
        self.person(user)
        where = self.channels.get(channel)
        if where is None or user not in where.members:
            raise ImpossibleGesture(f"{self.people[user].first_name} is not in {channel}.")
        if where.is_archived:
            raise ImpossibleGesture("That channel is archived.")
        return where

    def _own(self, user: str, message: Message) -> None:
        if message.user != user or message.ts not in self.channels[message.channel].messages:
            raise ImpossibleGesture("That is not theirs to change.")
