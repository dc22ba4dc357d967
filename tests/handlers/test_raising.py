"""Rewards of earlier revisions are raised to what the running one gives: once, in chunks, and never lowered."""

import pytest

from handlers import raising
from handlers.events import RewardsRaised
from storage.schema import rewards
from tests.audit import audit
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, a_crowd

SPACE = """
[program]
id = "drive"
name = "Drive"
currency = "EUR"
[units.mb]
one = "MB"
other = "MB"
[goals.install]
event = "installed"
hold_days = 0
[goals.install.advocate]
amount = { by = "advocate.plan", plus = "500", otherwise = "250" }
unit = "mb"
as = "credit"
[goals.install.friend]
amount = "250"
unit = "mb"
as = "credit"
"""
MORE = SPACE.replace('plus = "500", otherwise = "250"', 'plus = "1000", otherwise = "500"')


async def raise_all(talk: Dialogue, **details: object) -> tuple[int, dict[str, int]]:
    """Raise some after some, as the command does."""
    count, totals = 0, dict[str, int]()
    after: str | None = ""
    while after is not None:
        reply = (await talk.tells(RewardsRaised, because="We doubled it.", after=after, **details)).reply
        count, after = count + reply["count"], reply["after"]
        totals = {unit: totals.get(unit, 0) + minor for unit, minor in reply["totals"].items()} or totals
    return count, totals


async def installs(talk: Dialogue, friend: object) -> None:
    """A friend does what counts, and the clock beats."""
    await talk.buys(friend, None, type="installed")  # type: ignore[arg-type]  # a person of the story
    await talk.passes(minutes=1)


async def test_what_lies_behind_is_raised_once(unopened: Dialogue) -> None:
    await unopened.opens(SPACE)
    await unopened.brings(ALICE, BOB)
    await installs(unopened, BOB)
    assert await raise_all(unopened) == (0, {})
    await unopened.opens(MORE)
    assert await raise_all(unopened, is_trial=True) == (1, {"mb": 250})
    assert await unopened.balances_of(ALICE) == {"available": 250}
    assert await raise_all(unopened) == (1, {"mb": 250})
    assert await raise_all(unopened) == (0, {})
    assert await unopened.balances_of(ALICE) == {"available": 500}
    assert await unopened.balances_of(BOB) == {"available": 250}
    told = (await unopened.notices_for(ALICE))[-1]
    assert "250 MB" in told.text
    assert "We doubled it." in told.text
    await audit(unopened)


async def test_a_second_raise_adds_only_what_is_missing_and_a_lower_one_nothing(unopened: Dialogue) -> None:
    await unopened.opens(SPACE)
    await unopened.brings(ALICE, BOB)
    await installs(unopened, BOB)
    await unopened.opens(MORE)
    await raise_all(unopened)
    await unopened.opens(MORE.replace('otherwise = "500"', 'otherwise = "700"'))
    assert await raise_all(unopened) == (1, {"mb": 200})
    await unopened.opens(MORE.replace('otherwise = "500"', 'otherwise = "100"'))
    assert await raise_all(unopened) == (0, {})
    assert await unopened.balances_of(ALICE) == {"available": 700}


async def test_what_was_taken_back_is_not_raised(unopened: Dialogue) -> None:
    paid = SPACE.replace('event = "installed"', 'event = "purchase"')
    await unopened.opens(paid)
    await unopened.brings(ALICE, BOB)
    await unopened.buys(BOB, "20.00", id="order-1")
    await unopened.passes(minutes=1)
    await unopened.refunds("order-1", "20.00")
    await unopened.opens(paid.replace('otherwise = "250"', 'otherwise = "500"'))
    assert await raise_all(unopened) == (0, {})


async def test_many_are_raised_in_chunks_and_by_several_at_once_only_once(
    unopened: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raising, "CHUNK", 2)
    await unopened.opens(SPACE)
    for friend in a_crowd(5):
        await unopened.brings(ALICE, friend)
        await installs(unopened, friend)
    await unopened.opens(MORE)
    event = {"because": "We doubled it.", "after": ""}
    await unopened.all_at_once([RewardsRaised(**unopened.now(), **event) for _ in range(4)])  # type: ignore[arg-type]
    await raise_all(unopened)
    assert await unopened.balances_of(ALICE) == {"available": 2500}
    assert sum(row.occasion is not None for row in await unopened.rows(rewards)) == 5
    await audit(unopened)
