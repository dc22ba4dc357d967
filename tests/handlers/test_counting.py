"""Counting: visits reach their links a moment later, each once, and robots never."""

import pytest

from handlers import counting
from handlers.events import VisitsDue
from referrals.draw import click_number
from storage.clicks import Click
from tests.dialogue import Dialogue
from tests.people import ALICE


async def test_visits_are_counted_once_however_often_the_clock_beats(talk: Dialogue) -> None:
    await talk.code_of(ALICE)
    await visits(talk, people=3, robots=2)
    await talk.tells(VisitsDue)
    assert (await talk.link_of(ALICE)).visits == 0  # a batch may still be on its way
    talk.later(seconds=6)
    await talk.all_at_once([VisitsDue(**talk.now()) for _ in range(5)])
    assert (await talk.link_of(ALICE)).visits == 3
    await visits(talk, people=1)
    talk.later(seconds=6)
    await talk.tells(VisitsDue)
    assert (await talk.link_of(ALICE)).visits == 4


async def test_many_visits_are_counted_a_few_in_a_transaction(talk: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    await talk.code_of(ALICE)
    await visits(talk, people=3, robots=2)
    talk.later(seconds=6)
    assert [(await talk.tells(VisitsDue)).outcome.more for _ in range(4)] == [True, True, False, False]
    assert (await talk.link_of(ALICE)).visits == 3


async def visits(talk: Dialogue, *, people: int, robots: int = 0) -> None:
    """Let people and robots open Alice's link."""
    link = await talk.link_of(ALICE)
    clicks = []
    for is_counted in [True] * people + [False] * robots:
        now = talk.now()
        clicks.append(
            Click(
                number=click_number(now["at"], now["draw"]),
                link_id=link.id,
                revision=link.revision,
                at=now["at"],
                source="chat",
                visitor=bytes(16),
                is_counted=is_counted,
            )
        )
    await talk.database.batch(clicks)
