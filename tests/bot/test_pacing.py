"""Pacing: who sends more than a person can mean is told so once, kindly, and heard again a minute later."""

import pytest

from bot import pacing
from bot.pacing import MOST, Paced
from handlers.events import Stopped, TeamReplied
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, OLGA, a_crowd


def pace(talk: Dialogue) -> Paced:
    """Build the pacing of one process over the story's own dispatcher."""
    return Paced(talk.dispatcher.dispatch)


async def flood(talk: Dialogue, paced: Paced) -> None:
    """Alice sends as much as she may."""
    for _ in range(MOST):
        assert not (await paced.dispatch(talk.text(ALICE, "hello?"))).refused


async def test_who_is_too_fast_is_told_once_and_then_not_heard(talk: Dialogue) -> None:
    paced = pace(talk)
    await flood(talk, paced)
    first, *others = [await paced.dispatch(talk.text(ALICE, "hello?")) for _ in range(20)]
    [said] = first.answers
    assert said.key == "commands.a-moment"
    assert {(other.refused, other.answers) for other in others} == {("too-fast", ())}


async def test_nothing_is_written_for_who_is_not_heard(talk: Dialogue) -> None:
    paced = pace(talk)
    await talk.says(ALICE, "/start")
    await flood(talk, paced)
    await paced.dispatch(talk.text(ALICE, "hello?"))
    before = await talk.counts()
    await paced.dispatch(talk.text(ALICE, await talk.code_of(BOB)))
    after = await talk.counts()
    assert after["referrals"] == before["referrals"] == 0


async def test_a_minute_later_they_are_heard_again(talk: Dialogue) -> None:
    paced = pace(talk)
    await flood(talk, paced)
    talk.later(seconds=59)
    assert (await paced.dispatch(talk.text(ALICE, "hello?"))).refused
    talk.later(seconds=1)
    assert not (await paced.dispatch(talk.text(ALICE, "hello?"))).refused


async def test_one_who_floods_is_in_nobody_elses_way(talk: Dialogue) -> None:
    paced = pace(talk)
    await flood(talk, paced)
    assert (await paced.dispatch(talk.text(ALICE, "hello?"))).refused
    assert not (await paced.dispatch(talk.text(BOB, "hello?"))).refused


async def test_stop_is_always_heard(talk: Dialogue) -> None:
    paced = pace(talk)
    await talk.says(ALICE, "/start")
    await flood(talk, paced)
    await paced.dispatch(talk.text(ALICE, "hello?"))
    assert (await paced.dispatch(Stopped(**talk.by(ALICE)))).answers[0].key.startswith("leaving.")
    customer = await talk.customer(ALICE)
    assert customer is not None
    assert customer.stopped_at is not None


async def test_what_the_team_writes_is_never_lost(talk: Dialogue) -> None:
    await talk.has_team()
    paced = pace(talk)
    for number in range(MOST + 5):
        said = TeamReplied(**talk.by(OLGA), thread="nobody's", message=str(number), text="hello")
        assert (await paced.dispatch(said)).refused != "too-fast"


async def test_the_shop_is_not_counted(talk: Dialogue) -> None:
    paced = pace(talk)
    await talk.says(ALICE, "/start")
    assert all([not (await paced.dispatch(talk.purchase(ALICE))).refused for _ in range(MOST + 5)])


async def test_many_people_do_not_fill_the_memory(talk: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "REMEMBERED_PEOPLE", 5)
    paced = pace(talk)
    for person in a_crowd(8):
        await paced.dispatch(talk.text(person, "hello?"))
    assert len(vars(paced)["_windows"]) == 5
