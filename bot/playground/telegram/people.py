"""The people with a phone, and the messages they see in their chat with the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.playground.telegram.text import Text


@dataclass(frozen=True)
class Photo:
    """A picture the platform keeps."""

    file_id: str
    unique_id: str
    width: int
    height: int
    content: bytes
    media_type: str

    @property
    def path(self) -> str:
        """Where the file is fetched from."""
        return f"photos/{self.file_id}.{self.media_type.rpartition('/')[2]}"

    def as_json(self) -> dict[str, Any]:
        """Write it as a PhotoSize."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "width": self.width,
            "height": self.height,
            "file_size": len(self.content),
        }


@dataclass(frozen=True)
class Document:
    """A file the platform keeps as it was sent."""

    file_id: str
    unique_id: str
    name: str
    content: bytes
    media_type: str

    @property
    def path(self) -> str:
        """Where the file is fetched from; its own name is no part of that."""
        return f"documents/{self.file_id}"

    def as_json(self) -> dict[str, Any]:
        """Write it as a Document."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.media_type,
            "file_size": len(self.content),
        }


@dataclass(eq=False)
class Message:
    """One message of a chat, edited in place."""

    message_id: int
    date: int
    from_bot: bool
    text: Text = field(default_factory=lambda: Text(""))
    caption: Text = field(default_factory=lambda: Text(""))
    photo: Photo | None = None
    smaller: tuple[Photo, ...] = ()  # the same picture, as the platform shrinks it for slow lines
    document: Document | None = None
    album: str | None = None
    contact: dict[str, Any] | None = None
    reply_markup: dict[str, Any] | None = None
    edit_date: int | None = None
    version: int = 0  # grows with every change, so that a page knows what to draw again

    @property
    def words(self) -> str:
        """What there is to read: the text, or the caption of a picture."""
        return self.text.plain or self.caption.plain

    @property
    def buttons(self) -> list[list[dict[str, Any]]]:
        """The inline buttons, row by row."""
        return list((self.reply_markup or {}).get("inline_keyboard", []))

    def attached(self) -> dict[str, Any]:
        """Write what comes with the words, the smallest size of a picture first."""
        attached: dict[str, Any] = {}
        if self.photo is not None:
            attached["photo"] = [size.as_json() for size in (*self.smaller, self.photo)]
        if self.document is not None:
            attached["document"] = self.document.as_json()
        if self.album is not None:
            attached["media_group_id"] = self.album
        if self.contact is not None:
            attached["contact"] = self.contact
        return attached

    def button(self, label: str) -> dict[str, Any]:
        """Find the first button whose words contain these."""
        for row in self.buttons:
            for button in row:
                if label.casefold() in str(button["text"]).casefold():
                    return dict(button)
        raise LookupError(f"no button {label!r} under {self.words!r}; there are {self.labels}")

    @property
    def labels(self) -> list[str]:
        """The words on the buttons, in reading order."""
        return [str(button["text"]) for row in self.buttons for button in row]


@dataclass(eq=False)
class Person:
    """Someone with a phone and one chat with the bot."""

    user_id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "en"
    phone: str | None = None
    started: bool = False
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: dict[str, Any] | None = None  # the reply keyboard in place of the phone's own
    typing_until: float = 0.0

    def as_user(self) -> dict[str, Any]:
        """Write the person as a User."""
        user: dict[str, Any] = {"id": self.user_id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if value := getattr(self, name):
                user[name] = value
        return user

    def as_chat(self) -> dict[str, Any]:
        """Write the private chat with the person as a Chat."""
        chat: dict[str, Any] = {"id": self.user_id, "type": "private", "first_name": self.first_name}
        for name in ("last_name", "username"):
            if value := getattr(self, name):
                chat[name] = value
        return chat
