"""Restoring: the team takes a reward back, gives one again, or grants one by hand, with a reason that is kept."""

from typing import Any

import pytest

from handlers.events import (
    MergeUndone,
    RewardClaimed,
    RewardGivenAgain,
    RewardGranted,
    RewardTakenBack,
    SpendingUndone,
)
from referrals.identity import Identity
from referrals.money import Amount
from storage.schema import decisions, merges, rewards
from tests.audit import audit
from tests.dialogue import Dialogue, Heard
from tests.giving import DAY, given, on_balance, ready, states
from tests.handlers.test_spending import spends
from tests.people import ALICE

KINDS: list[dict[str, Any]] = [
    {"kind": "voucher", "delivery": "till"},
    {"kind": "credit", "delivery": "balance"},
    {"kind": "payout", "delivery": "team"},
    {"kind": "gift-card", "delivery": "codes", "stock": "cards"},
]


async def takes_back(talk: Dialogue, reward: str) -> Heard:
    """The team takes a reward back."""
    return await talk.tells(RewardTakenBack, reward=reward, because="It was a mistake.")


async def gives_again(talk: Dialogue, reward: str) -> Heard:
    """The team gives a reward again."""
    return await talk.tells(RewardGivenAgain, reward=reward, because="That was our fault.")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["delivery"])
async def test_every_kind_is_taken_back_and_given_again(talk: Dialogue, kind: dict[str, Any]) -> None:
    reward = await ready(talk, ALICE, **kind)
    assert (await takes_back(talk, reward)).reply == {"reward": reward, "state": "revoked", "owed": False}
    assert "It was a mistake." in (await talk.notices_for(ALICE))[-1].text
    assert (await takes_back(talk, reward)).refused == "reward-over"
    again = await gives_again(talk, reward)
    assert "That was our fault." in (await talk.notices_for(ALICE))[-1].text
    assert (await gives_again(talk, reward)).refused == "given-again-already"
    assert await talk.balances_of(ALICE) == {"available": 1000}
    await audit(talk)
    fresh = str(again.reply["reward"])
    assert await states(talk, reward, fresh) == ["revoked", "available"]
    if kind["delivery"] != "balance":
        assert not (await talk.tells(RewardClaimed, by=ALICE, reward=fresh)).refused
    [first, second] = sorted(await talk.rows(decisions), key=lambda row: row.trace["outcome"])
    assert (first.trace["outcome"], second.trace["outcome"]) == ("granted-by-hand", "revoked-by-hand")
    assert (first.about, first.trace["because"], first.trace["overrides"]) == (fresh, "That was our fault.", "caps")
    await audit(talk)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind["delivery"])
async def test_every_kind_expires_and_is_given_again(talk: Dialogue, kind: dict[str, Any]) -> None:
    reward = await ready(talk, ALICE, **kind)
    await talk.passes(days=31)
    assert await states(talk, reward) == ["expired"]
    fresh = str((await gives_again(talk, reward)).reply["reward"])
    assert await states(talk, fresh) == ["available"]
    assert await talk.balances_of(ALICE) == {"expired": 1000, "available": 1000}
    await audit(talk)


async def test_of_a_balance_only_what_expired_is_given_again(talk: Dialogue) -> None:
    reward = await on_balance(talk, ALICE, 1000)
    await spends(talk, ALICE, 400)
    await talk.passes(days=31)
    await gives_again(talk, reward)
    assert await talk.balances_of(ALICE) == {"redeemed": 400, "expired": 600, "available": 600}
    await audit(talk)


async def test_what_was_used_is_owed(talk: Dialogue) -> None:
    reward = await ready(talk, ALICE)
    await talk.redeems(await talk.voucher_for(ALICE))
    assert (await takes_back(talk, reward)).reply == {"reward": reward, "state": "redeemed", "owed": True}
    assert "stands against what you earn next" in (await talk.notices_for(ALICE))[-1].text
    assert (await takes_back(talk, reward)).refused == "reward-over"
    assert await talk.balances_of(ALICE) == {"available": -1000, "redeemed": 1000}
    await audit(talk)
    await on_balance(talk, ALICE, 1500)
    assert (await talk.viewed(await talk.id_of(ALICE), "stats"))["balances"][0]["amount"] == "5.00"
    await audit(talk)


async def test_a_reward_that_stands_is_not_given_again(talk: Dialogue) -> None:
    reward = await ready(talk, ALICE)
    assert (await gives_again(talk, reward)).refused == "reward-not-over"
    assert (await gives_again(talk, "rwd_0")).refused == "unknown-reward"


@pytest.mark.parametrize(("kind", "delivery"), [("voucher", "till"), ("credit", "balance"), ("access", "team")])
async def test_a_reward_is_granted_by_hand(talk: Dialogue, kind: str, delivery: str) -> None:
    await talk.says(ALICE, "/start")
    asked = {"customer": await talk.id_of(ALICE), "amount": Amount(700, "EUR"), "because": "You helped us move."}
    heard = await talk.tells(RewardGranted, kind=kind, **asked)
    assert heard.reply["state"] == "available"
    [row] = await talk.rows(rewards)
    assert (row.delivery, row.amount, row.referral_id) == (delivery, 700, None)
    assert "You helped us move." in (await talk.notices_for(ALICE))[-1].text
    assert (await talk.tells(RewardGranted, kind="gift-card", **asked)).refused == "codes-by-hand"
    assert (await talk.tells(RewardGranted, kind=kind, **asked | {"customer": "cus_0"})).refused == "unknown-customer"
    await audit(talk)


async def test_a_reward_that_never_expires_says_so(talk: Dialogue) -> None:
    await ready(talk, ALICE, lasts=None)
    assert "ready to claim whenever you like" in (await talk.says(ALICE, "/rewards")).text
    assert (await talk.notices_for(ALICE))[-1].key == "rewarding.notice-available-for-ever"
    await talk.passes(days=4000)
    assert "ready to claim whenever you like" in (await talk.says(ALICE, "/rewards")).text


async def test_a_reward_whose_event_never_comes_is_denied(talk: Dialogue) -> None:
    until = talk.clock.now() + 10 * DAY
    reward = await given(talk, ALICE, 1000, waits_for="checkout", waits_until=until)
    await talk.passes(days=9)
    assert await states(talk, reward) == ["pending"]
    assert "there is one more step to come" in (await talk.says(ALICE, "/rewards")).text
    await talk.passes(days=1)
    assert await states(talk, reward) == ["denied"]
    assert (await talk.notices_for(ALICE))[-1].key == "rewarding.notice-given-up"
    await audit(talk)


async def test_joined_records_keep_both_milestones_and_balances(talk: Dialogue) -> None:
    shop = Identity("shop", "77")
    bought = await talk.hears(talk.purchase(None, identities=(shop,)))
    other = str(bought.reply["customer"])
    await on_balance(talk, ALICE, 1000)
    mine = await ready(talk, ALICE, occasion="milestone:five:lifetime:1:1")
    theirs = await given(talk, ALICE, 700, occasion="milestone:other:lifetime:1:1", kind="credit", delivery="balance")
    async with talk.database.transaction() as store:
        await store.rewards.hand_over([theirs], other)
        await store.ledger.hand_over([theirs], other)
        assert await store.rewards.move(
            theirs, states=["pending"], to="pending", occasion="milestone:five:lifetime:1:1"
        )
    asked = await talk.says(ALICE, f"/start l_{await talk.sign_in_token(other)}")
    await talk.taps(ALICE, asked, "Yes, that is me")
    await talk.scheduler.beat()
    found = {row.id: (row.customer_id, row.occasion) for row in await talk.rows(rewards)}
    assert {found[mine][0], found[theirs][0]} == {await talk.id_of(ALICE)}
    assert found[mine][1] != found[theirs][1]
    spent = await spends(talk, ALICE, 1700)
    [merge] = await talk.rows(merges)
    await talk.tells(MergeUndone, merge=merge.id)
    undone = await talk.tells(SpendingUndone, customer=spent.reply["customer"], spending=spent.reply["spending"])
    assert undone.reply["state"] == "undone"
    await audit(talk)
