"""The people beyond the bot: who can be added, and what they send each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.playground.telegram.peer import TelegramPeer
from bot.playground.telegram.people import Person
from bot.playground.telegram.refusal import ImpossibleGesture

MAYA, BEN = 1001, 1002
NAMES = ("Maya", "Ben", "Chloe", "Dan", "Ella", "Finn", "Grace", "Hugo", "Ines", "Jonas", "Kira", "Leo")


@dataclass
class Street:
    """A handful of people with phones who pass links on to each other."""

    peer: TelegramPeer
    inbox: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    def open(self) -> None:
        """Give the first two their phones."""
        self.add()
        self.add()

    def add(self, first_name: str = "") -> Person:
        """Give one more person a phone, under the next name unless one is asked for."""
        number = next(number for number in count(MAYA) if number not in self.peer.people)
        if number - MAYA >= len(NAMES):
            raise ImpossibleGesture("The street is full: everybody has a phone by now.")
        name = first_name.strip() or NAMES[number - MAYA]
        return self.peer.add_person(number, name, phone=f"+49151555{number}")

    def send(self, sender: int, receiver: int, *, text: str, url: str) -> None:
        """Pass a text and a link on from one person to another."""
        self.peer.person(receiver)
        letters = self.inbox.setdefault(receiver, [])
        name = self.peer.person(sender).first_name
        letters.append({"id": len(letters) + 1, "from": sender, "name": name, "text": text, "url": url})
        self.peer.changed()
