"""Stocking: single-use codes are given out once each, those who wait get theirs, and the team hears what runs low."""

from typing import Any

import pytest

from handlers.events import DeliveriesDue, Event, Person, RewardClaimed, RewardTakenBack, StockLoaded
from handlers.stocking import LOW
from storage.schema import outbox, stock
from tests.audit import audit
from tests.dialogue import Dialogue, Heard
from tests.giving import ready, states
from tests.people import ALICE, BOB, CHLOE, a_crowd

CARDS: dict[str, Any] = {"kind": "gift-card", "delivery": "codes", "stock": "coffee-cards"}


def codes(count: int, start: int = 0) -> tuple[str, ...]:
    """Make up gift-card codes."""
    return tuple(f"CARD-{number:04}-ABCD" for number in range(start, start + count))


async def loads(talk: Dialogue, *what: str) -> Heard:
    """The team loads codes."""
    return await talk.tells(StockLoaded, stock="coffee-cards", codes=what)


async def claims(talk: Dialogue, who: Person, reward: str) -> Heard:
    """Somebody claims a reward."""
    return await talk.tells(RewardClaimed, by=who, reward=reward)


async def test_claiming_gives_a_code_with_a_button_to_copy_it(talk: Dialogue) -> None:
    await loads(talk, *codes(20))
    reward = await ready(talk, ALICE, **CARDS)
    told = (await talk.notices_for(ALICE))[-1]
    assert told.key == "rewarding.notice-available-codes"
    first = await talk.taps(ALICE, told, "Claim €10")
    again = await talk.taps(ALICE, await talk.says(ALICE, "/rewards"), "Show code")
    assert first.key == again.key == "rewarding.code"
    assert first.outcome.answers[0].values["code"] == again.outcome.answers[0].values["code"]
    assert "CARD-0000-ABCD" in first.text
    assert await states(talk, reward) == ["redeemed"]
    assert "your code came on 2 March" in (await talk.says(ALICE, "/rewards")).text
    assert "CARD" not in str([row.message for row in await talk.rows(outbox)])
    await audit(talk)


async def test_who_finds_the_stock_empty_gets_a_code_when_it_comes(talk: Dialogue) -> None:
    await talk.has_team()
    people = [ALICE, BOB, CHLOE]
    rewards = [await ready(talk, who, **CARDS) for who in people]
    for who, reward in zip(people, rewards, strict=True):
        heard = await claims(talk, who, reward)
        assert heard.key == "rewarding.asked-codes"
        talk.later(minutes=1)
    assert "your code comes as soon as there is one" in (await talk.says(ALICE, "/rewards")).text
    [empty] = await talk.posts()
    assert "is empty" in empty.text
    assert "One customer waits" in empty.text
    heard = await loads(talk, *codes(2))
    assert heard.reply == {"stock": "coffee-cards", "new": 2, "known": [False, False], "free": 2, "waiting": 3}
    await talk.scheduler.beat()
    assert await states(talk, *rewards) == ["redeemed", "redeemed", "claimed"]
    told = (await talk.notices_for(ALICE))[-1]
    assert told.key == "delivering.code-is-there"
    assert "CARD-0000-ABCD" in (await talk.taps(ALICE, told, "Show code")).text
    await loads(talk, *codes(1, start=2))
    await talk.scheduler.beat()
    assert "CARD-0002-ABCD" in (await claims(talk, CHLOE, rewards[2])).text
    await audit(talk)


async def test_a_code_is_loaded_once(talk: Dialogue) -> None:
    await loads(talk, "AAAA", "BBBB")
    heard = await loads(talk, "BBBB", "CCCC")
    assert (heard.reply["new"], heard.reply["known"], heard.reply["free"]) == (1, [True, False], 3)


async def test_running_low_and_empty_are_told_once_each(talk: Dialogue) -> None:
    await talk.has_team()
    await loads(talk, *codes(LOW + 2))
    crowd = a_crowd(LOW + 2)
    for friend in crowd:
        await claims(talk, friend, await ready(talk, friend, **CARDS))
    assert [post.key for post in await talk.posts()] == ["stocking.low", "stocking.empty"]
    assert f"{LOW} codes are left" in (await talk.posts())[0].text
    await loads(talk, *codes(LOW + 1, start=100))
    await claims(talk, ALICE, await ready(talk, ALICE, **CARDS))
    assert [post.key for post in await talk.posts()] == ["stocking.low", "stocking.empty", "stocking.low"]


async def test_a_reward_taken_back_while_it_waits_gets_no_code(talk: Dialogue) -> None:
    reward = await ready(talk, ALICE, **CARDS)
    await claims(talk, ALICE, reward)
    await talk.tells(RewardTakenBack, reward=reward, because="A test.")
    await loads(talk, *codes(1))
    await talk.scheduler.beat()
    assert await states(talk, reward) == ["revoked"]
    assert [row.state for row in await talk.rows(stock)] == ["free"]
    assert (await claims(talk, ALICE, reward)).refused == "reward-revoked"


@pytest.mark.parametrize("there", [5, 30])
async def test_claims_at_once_take_each_code_once(talk: Dialogue, there: int) -> None:
    await loads(talk, *codes(there))
    crowd = a_crowd(20)
    rewards = [await ready(talk, friend, **CARDS) for friend in crowd]
    claimed: list[Event] = [
        RewardClaimed(**talk.by(friend), reward=reward)
        for friend, reward in zip(crowd, rewards, strict=True)
        for _ in range(2)
    ]
    await talk.all_at_once(claimed)
    assert (await states(talk, *rewards)).count("redeemed") == min(there, 20)
    await audit(talk)
    await loads(talk, *codes(20, start=100))
    await talk.all_at_once([DeliveriesDue(**talk.now()) for _ in range(6)])
    assert set(await states(talk, *rewards)) == {"redeemed"}
    await audit(talk)
