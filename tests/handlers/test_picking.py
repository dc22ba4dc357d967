"""Picking: where a reward may be several things, its owner picks one, and may change it until it is used."""

from typing import Any

from handlers.events import Event, OptionPicked, RewardClaimed
from storage.schema import rewards
from tests.audit import audit
from tests.dialogue import Dialogue
from tests.giving import given, ready
from tests.handlers.test_spending import spends
from tests.people import ALICE, MALLORY

COFFEE = {"name": "coffee", "amount": 1000, "unit": "EUR", "kind": "voucher", "delivery": "till", "stock": ""}
CREDIT = {"name": "credit", "amount": 1200, "unit": "EUR", "kind": "credit", "delivery": "balance", "stock": ""}
MILES = {"name": "miles", "amount": 500, "unit": "mile", "kind": "credit", "delivery": "balance", "stock": ""}
BAG = {"name": "bag", "amount": 1500, "unit": "EUR", "kind": "product", "delivery": "team", "stock": ""}
CHOICE: dict[str, Any] = {"option": "coffee", "options": [COFFEE, CREDIT, MILES, BAG]}


async def test_a_choice_is_offered_in_words_and_booked_as_picked(talk: Dialogue) -> None:
    reward = await ready(talk, ALICE, **CHOICE)
    told = (await talk.notices_for(ALICE))[-1]
    assert told.key == "rewarding.notice-available-choice"
    offer = await talk.taps(ALICE, told, "Choose what you get")
    assert "● €10 as a voucher" in offer.text
    assert "○ €15 as a product" in offer.text
    picked = await talk.taps(ALICE, offer, "€12: credit")
    assert "€12 now, on your balance" in picked.text
    assert await talk.balances_of(ALICE) == {"available": 1200}
    [row] = await talk.rows(rewards)
    assert (row.id, row.option, row.amount, row.delivery) == (reward, "credit", 1200, "balance")
    await audit(talk)


async def test_a_pick_may_change_until_it_is_used(talk: Dialogue) -> None:
    reward = await ready(talk, ALICE, **CHOICE)
    offer = await talk.hears(talk.tapped(ALICE, "choose", reward))
    for label in ("500 mile: credit", "€15: a product", "€12: credit", "€12: credit"):
        assert not (await talk.taps(ALICE, offer, label)).refused
        await audit(talk)
    assert await talk.balances_of(ALICE) == {"available": 1200}
    await spends(talk, ALICE, 100)
    late = await talk.taps(ALICE, offer, "€10: a voucher")
    assert late.refused == "too-late-to-pick"
    assert "cannot be changed any more" in late.text
    assert (await talk.hears(talk.tapped(ALICE, "choose", reward))).refused == "too-late-to-pick"
    await audit(talk)


async def test_a_claimed_pick_stays(talk: Dialogue) -> None:
    reward = await ready(talk, ALICE, **CHOICE)
    offer = await talk.hears(talk.tapped(ALICE, "choose", reward))
    await talk.tells(RewardClaimed, by=ALICE, reward=reward)
    assert (await talk.taps(ALICE, offer, "€12: credit")).refused == "too-late-to-pick"
    await audit(talk)


async def test_a_coming_reward_may_be_picked_too(talk: Dialogue) -> None:
    reward = await given(talk, ALICE, 1000, **CHOICE)
    offer = await talk.hears(talk.tapped(ALICE, "choose", reward))
    assert "It will be €15" in (await talk.taps(ALICE, offer, "€15: a product")).text
    assert await talk.balances_of(ALICE) == {"pending": 1500}
    await talk.scheduler.beat()
    assert (await talk.notices_for(ALICE))[-1].key == "rewarding.notice-available-choice"
    assert await talk.balances_of(ALICE) == {"available": 1500}
    await audit(talk)


async def test_an_option_that_is_none_is_none(talk: Dialogue) -> None:
    reward = await ready(talk, ALICE, **CHOICE)
    assert (await talk.tells(OptionPicked, by=ALICE, reward=reward, option="gold")).refused == "too-late-to-pick"
    assert (await talk.tells(OptionPicked, by=MALLORY, reward=reward, option="bag")).refused == "not-yours"
    plain = await ready(talk, ALICE)
    assert (await talk.tells(OptionPicked, by=ALICE, reward=plain, option="bag")).refused == "too-late-to-pick"


async def test_picks_and_claims_at_once_leave_the_books_right(talk: Dialogue) -> None:
    for _ in range(3):
        reward = await ready(talk, ALICE, **CHOICE)
        names = ("credit", "miles", "bag", "coffee") * 3
        race: list[Event] = [OptionPicked(**talk.by(ALICE), reward=reward, option=name) for name in names]
        race += [RewardClaimed(**talk.by(ALICE), reward=reward) for _ in range(4)]
        await talk.all_at_once(race)
        await audit(talk)
