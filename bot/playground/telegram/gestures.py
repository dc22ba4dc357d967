"""What people do with their thumbs: press START, write, tap, share a contact, block."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Any

from bot.playground.telegram.entities import utf16_length
from bot.playground.telegram.people import Message, Person
from bot.playground.telegram.platform import CallbackQuery, Platform
from bot.playground.telegram.refusal import ImpossibleGesture
from bot.playground.telegram.text import CAPTION_LIMIT, TEXT_LIMIT, Text, trimmed

LARGEST_ALBUM = 10
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Gestures(Platform):
    """The people's side of the platform."""

    def add_person(
        self,
        user_id: int,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = "en",
        phone: str | None = None,
    ) -> Person:
        """Give someone a phone."""
        if user_id in self.people or user_id == self.bot_id:
            raise ImpossibleGesture(f"There is already somebody with the number {user_id}.")
        person = Person(user_id, first_name, last_name, username, language_code, phone)
        self.people[user_id] = person
        self.changed()
        return person

    def person(self, user: int) -> Person:
        """Find someone by their number."""
        if user not in self.people:
            raise ImpossibleGesture(f"Nobody here has the number {user}.")
        return self.people[user]

    def chat(self, user: int) -> list[Message]:
        """Read the chat as the person sees it: edits made, deleted messages gone."""
        return list(self.person(user).messages.values())

    def press_start(self, user: int, payload: str | None = None) -> Message:
        """Press START, perhaps after a link with a payload."""
        if payload is not None and not PAYLOAD.fullmatch(payload):
            raise ImpossibleGesture("A start payload is 1 to 64 characters of A-Z, a-z, 0-9, _ and -.")
        person = self.person(user)
        if person.blocked:
            self.unblock(user)
        person.started = True
        return self._say(person, "/start" if payload is None else f"/start {payload}")

    def send_text(self, user: int, text: str) -> Message:
        """Write to the bot."""
        person = self._talking(user)
        if not text.strip():
            raise ImpossibleGesture("There is nothing to send.")
        if utf16_length(text.strip()) > TEXT_LIMIT:
            raise ImpossibleGesture(f"A message has at most {TEXT_LIMIT} characters.")
        return self._say(person, text)

    def send_photo(self, user: int, content: bytes, caption: str = "", *, album: str | None = None) -> Message:
        """Send a picture, perhaps with words, perhaps as one of an album."""
        person = self._talking(user)
        *smaller, photo = self.files.taken(content)
        return self._deliver(
            person,
            Message(
                self.next_message_id(),
                self.timestamp(),
                from_bot=False,
                caption=self._caption(caption),
                photo=photo,
                smaller=tuple(smaller),
                album=album,
            ),
        )

    def send_album(self, user: int, contents: Sequence[bytes], caption: str = "") -> list[Message]:
        """Send two to ten pictures at once; the words stand under the first."""
        if not 2 <= len(contents) <= LARGEST_ALBUM:
            raise ImpossibleGesture(f"An album has two to {LARGEST_ALBUM} pictures.")
        album = str(secrets.randbits(53))
        return [
            self.send_photo(user, content, "" if place else caption, album=album)
            for place, content in enumerate(contents)
        ]

    def send_document(self, user: int, name: str, content: bytes, caption: str = "") -> Message:
        """Send a file as it is."""
        person, document = self._talking(user), self.files.document(name, content)
        message = Message(self.next_message_id(), self.timestamp(), from_bot=False, caption=self._caption(caption))
        message.document = document
        return self._deliver(person, message)

    def tap(self, user: int, message_id: int, *, row: int = 0, col: int = 0) -> str:
        """Tap a button by its place and return the id of the callback query."""
        try:
            button = self._message(user, message_id).buttons[row][col]
        except IndexError:
            raise ImpossibleGesture(f"There is no button at row {row}, column {col}.") from None
        return self._tap_button(user, message_id, button)

    def tap_label(self, user: int, message_id: int, label: str) -> str:
        """Tap the first button whose words contain these and return the id of the callback query."""
        return self._tap_button(user, message_id, self._message(user, message_id).button(label))

    def tap_data(self, user: int, message_id: int, data: str) -> str:
        """Send any callback data at all, as a changed client can."""
        person, message = self._talking(user), self._message(user, message_id)
        query = CallbackQuery(str(secrets.randbits(62)), user, data, self.clock())
        self.callbacks[query.query_id] = query
        content = {
            "id": query.query_id,
            "from": person.as_user(),
            "chat_instance": str(person.user_id * 7_919),
            "message": self.message_json(person, message),
            "data": data,
        }
        self.mailbox.put("callback_query", content)
        self.changed()
        return query.query_id

    def share_contact(self, user: int, of_user_id: int | None = None) -> Message:
        """Share one's own contact, or forward somebody else's."""
        person, whose = self._talking(user), self.person(of_user_id or user)
        if not whose.phone:
            raise ImpossibleGesture(f"{whose.first_name} has no phone number.")
        # Some apps write the number with its plus and some without; the harder case is the better teacher.
        contact: dict[str, Any] = {"phone_number": whose.phone.lstrip("+"), "first_name": whose.first_name}
        contact["user_id"] = whose.user_id
        if whose.last_name:
            contact["last_name"] = whose.last_name
        message = Message(self.next_message_id(), self.timestamp(), from_bot=False, contact=contact)
        return self._deliver(person, message)

    def block(self, user: int) -> None:
        """Block the bot."""
        person = self._talking(user)
        person.blocked = True
        self._member(person, "member", "kicked")

    def unblock(self, user: int) -> None:
        """Let the bot write again."""
        person = self.person(user)
        if not person.blocked:
            raise ImpossibleGesture(f"{person.first_name} has not blocked the bot.")
        person.blocked = False
        self._member(person, "kicked", "member")

    def expire_callbacks(self) -> None:
        """Make every tap too old to be answered."""
        for query in self.callbacks.values():
            query.answered = True

    def _talking(self, user: int) -> Person:
        person = self.person(user)
        if not person.started or person.blocked:
            raise ImpossibleGesture(f"{person.first_name} sees only a START button.")
        return person

    def _message(self, user: int, message_id: int) -> Message:
        message = self.person(user).messages.get(message_id)
        if message is None:
            raise ImpossibleGesture(f"There is no message {message_id} in this chat.")
        return message

    def _tap_button(self, user: int, message_id: int, button: dict[str, Any]) -> str:
        if "callback_data" not in button:
            raise ImpossibleGesture(f"The button {button['text']!r} does not ask the bot.")
        query_id = self.tap_data(user, message_id, str(button["callback_data"]))
        self.callbacks[query_id].label = str(button["text"])
        return query_id

    def _caption(self, words: str) -> Text:
        if utf16_length(words.strip()) > CAPTION_LIMIT:
            raise ImpossibleGesture(f"The words under a picture are at most {CAPTION_LIMIT} characters.")
        return trimmed(Text(words), self.addresses.wrong_link)

    def _say(self, person: Person, words: str) -> Message:
        text = trimmed(Text(words), self.addresses.wrong_link)
        return self._deliver(person, Message(self.next_message_id(), self.timestamp(), from_bot=False, text=text))

    def _deliver(self, person: Person, message: Message) -> Message:
        if person.keyboard and person.keyboard.get("one_time_keyboard"):
            person.keyboard = None
        person.messages[message.message_id] = message
        self.mailbox.put("message", self.message_json(person, message))
        self.changed(message)
        return message

    def _member(self, person: Person, before: str, after: str) -> None:
        """Tell the bot that it was blocked or let in again."""
        bot = self.bot_user()
        states: dict[str, dict[str, Any]] = {
            "member": {"status": "member", "user": bot},
            "kicked": {"status": "kicked", "user": bot, "until_date": 0},
        }
        content = {
            "chat": person.as_chat(),
            "from": person.as_user(),
            "date": self.timestamp(),
            "old_chat_member": states[before],
            "new_chat_member": states[after],
        }
        self.mailbox.put("my_chat_member", content)
        self.changed()
