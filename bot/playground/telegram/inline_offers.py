"""What the pretend platform remembers of inline mode: who asked, what was offered and kept, what was sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.playground.telegram.people import Photo
from bot.playground.telegram.text import Text


@dataclass(frozen=True)
class InlineResult:
    """One thing that is offered to be sent."""

    result_id: str
    title: str
    description: str
    text: Text
    photo: Photo | None = None
    reply_markup: dict[str, Any] | None = None


@dataclass(frozen=True)
class InlineAnswer:
    """What the bot offers for one query; others are shown it too unless it is personal."""

    results: tuple[InlineResult, ...]
    button: dict[str, Any] | None = None


@dataclass(frozen=True)
class SentCard:
    """A result that somebody sent into a chat of theirs."""

    sender: int
    result: InlineResult


@dataclass
class InlineQuery:
    """The bot's name, typed in another chat, that waits for its answer."""

    query_id: str
    user_id: int
    text: str
    made_at: float
    answer: InlineAnswer | None = None


@dataclass
class Offers:
    """What was offered lately, as the platform's own servers keep it."""

    kept: dict[tuple[str, int | None], tuple[float, InlineAnswer]] = field(default_factory=dict)

    def find(self, query: str, user: int, now: float) -> InlineAnswer | None:
        """Find an answer that was kept for this person, or for everybody."""
        for whose in (user, None):
            until, answer = self.kept.get((query, whose), (0.0, None))
            if answer is not None and now < until:
                return answer
        return None
