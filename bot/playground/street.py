"""The people beyond the bot: who can be added, and what they send each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.playground.telegram.inline_offers import InlineResult
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

    def send(self, sender: int, receiver: int, *, text: str, url: str, photo: str = "") -> None:
        """Pass a text and a link on from one person to another, perhaps under a picture."""
        self.peer.person(receiver)
        letters = self.inbox.setdefault(receiver, [])
        name = self.peer.person(sender).first_name
        letter = {"id": len(letters) + 1, "from": sender, "name": name, "text": text, "url": url, "photo": photo}
        letters.append(letter)
        self.peer.changed()

    async def offer(self, user: int, text: str) -> dict[str, Any]:
        """Type the bot's name in another chat, and see what it offers to send."""
        query = self.peer.inline_query(user, text)
        await self.peer.wait_for(lambda: query.answer)
        if query.answer is None or not query.answer.results:
            return {"query": query.query_id, "card": None, "button": query.answer and query.answer.button}
        return {"query": query.query_id, "card": _card(query.answer.results[0]), "button": None}

    def send_card(self, sender: int, receiver: int, query_id: str) -> None:
        """Send what the bot offered into the chat with somebody."""
        sent = self.peer.choose_inline_result(sender, self.peer.inline_queries[query_id])
        self.send(sender, receiver, **_card(sent.result))


def _card(result: InlineResult) -> dict[str, str]:
    """Describe a card as the friend will see it: its words, its picture, and where its button leads."""
    rows = (result.reply_markup or {}).get("inline_keyboard", [])
    urls = [str(button["url"]) for row in rows for button in row if "url" in button]
    photo = result.photo.file_id if result.photo else ""
    return {"text": result.text.plain, "url": urls[0] if urls else "", "photo": photo}
