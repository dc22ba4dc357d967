"""Reporting: the business reads a customer, their referrals, rewards and numbers."""

import pytest

from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CHLOE


async def test_a_customer_as_the_business_sees_them(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    seen = await talk.viewed(await talk.id_of(ALICE))
    assert seen["first_name"] == "Alice"
    assert seen["code"] == code
    assert seen["identities"] == [{"platform": "telegram", "id": ALICE.identity.subject}]
    assert seen["stopped"] is False


async def test_referrals_from_both_sides(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    [hers] = (await talk.viewed(await talk.id_of(ALICE), "referrals"))["referrals"]
    [his] = (await talk.viewed(await talk.id_of(BOB), "referrals"))["referrals"]
    assert (hers["side"], his["side"]) == ("advocate", "friend")
    assert hers["id"] == his["id"]
    assert hers["state"] == "qualified"


async def test_rewards_as_decimal_strings(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    [reward] = (await talk.viewed(await talk.id_of(BOB), "rewards"))["rewards"]
    assert (reward["amount"], reward["unit"], reward["state"]) == ("5.00", "EUR", "pending")


async def test_numbers_with_the_place(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.brings(ALICE, CHLOE)
    await talk.passes(days=15)
    seen = await talk.viewed(await talk.id_of(ALICE), "stats")
    assert (seen["joined"], seen["completed"], seen["score"], seen["place"]) == (1, 1, 1, 1)
    assert (await talk.viewed(await talk.id_of(BOB), "stats"))["place"] is None


@pytest.mark.parametrize("part", ["customer", "referrals", "rewards", "stats"])
async def test_reading_leaves_no_row_and_an_unknown_customer_is_refused(talk: Dialogue, part: str) -> None:
    await talk.earns(ALICE, BOB)
    before = await talk.counts()
    assert await talk.viewed(await talk.id_of(ALICE), part)
    assert await talk.viewed("cus_nobody", part) == {}
    assert await talk.counts() == before
