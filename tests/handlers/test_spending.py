"""Spending: a balance is spent from what expires first, never more than there is, and debts are paid off."""

import pytest

from handlers.events import BalanceSpent, Event, Person, RewardTakenBack, SpendingUndone
from referrals.money import Amount
from storage.schema import spendings
from tests.audit import audit
from tests.dialogue import Dialogue, Heard
from tests.giving import DAY, on_balance, ready, states
from tests.people import ALICE, BOB


async def spends(talk: Dialogue, who: Person, minor: int, *, key: str = "order-1", unit: str = "EUR") -> Heard:
    """The shop takes something off somebody's balance."""
    return await talk.tells(BalanceSpent, customer=await talk.id_of(who), amount=Amount(minor, unit), key=key)


async def undoes(talk: Dialogue, who: Person, heard: Heard) -> Heard:
    """The shop gives a spending back."""
    return await talk.tells(SpendingUndone, customer=await talk.id_of(who), spending=str(heard.reply["spending"]))


async def test_a_balance_needs_no_claim_and_says_so(talk: Dialogue) -> None:
    reward = await on_balance(talk, ALICE, 1000)
    told = (await talk.notices_for(ALICE))[-1]
    assert told.key == "rewarding.notice-available-balance"
    assert "Now on your balance: €10" in told.text
    shown = await talk.says(ALICE, "/rewards")
    assert "€10 to spend until 1 April" in shown.text
    assert not [button for button in shown.buttons if button.action == "claim"]
    assert reward in str(await talk.viewed(await talk.id_of(ALICE), "rewards"))


async def test_what_expires_first_is_spent_first(talk: Dialogue) -> None:
    late = await on_balance(talk, ALICE, 1000, lasts=60 * DAY)
    soon = await on_balance(talk, ALICE, 500, lasts=10 * DAY)
    never = await on_balance(talk, ALICE, 300, lasts=None)
    heard = await spends(talk, ALICE, 700)
    assert (heard.reply["amount"], heard.reply["balance"], heard.reply["state"]) == ("7.00", "11.00", "booked")
    assert await states(talk, soon, late, never) == ["redeemed", "available", "available"]
    assert "€11 to spend, €8 of it until 1 May" in (await talk.says(ALICE, "/rewards")).text
    assert "You have spent €7 of your balance. €11 is left." in (await talk.notices_for(ALICE))[-1].text
    await audit(talk)


async def test_nobody_spends_more_than_there_is(talk: Dialogue) -> None:
    await on_balance(talk, ALICE, 1000)
    heard = await spends(talk, ALICE, 1001)
    assert heard.refused == "balance-too-low"
    assert heard.reply == {"code": "balance-too-low", "unit": "EUR", "available": "10.00", "wanted": "10.01"}
    assert "There is €10 on this balance" in heard.text
    assert not await talk.rows(spendings)
    assert (await spends(talk, ALICE, 1000)).reply["balance"] == "0.00"
    assert (await spends(talk, ALICE, 1, key="order-2")).refused == "balance-too-low"


async def test_a_voucher_is_no_balance(talk: Dialogue) -> None:
    await ready(talk, ALICE)
    assert (await spends(talk, ALICE, 1)).reply["available"] == "0.00"


async def test_the_same_key_is_the_same_spending(talk: Dialogue) -> None:
    await on_balance(talk, ALICE, 1000)
    first, again = await spends(talk, ALICE, 400), await spends(talk, ALICE, 400)
    assert first.reply == again.reply
    assert (await spends(talk, ALICE, 300)).refused == "spending-key-reused"
    await on_balance(talk, BOB, 1000)
    assert (await spends(talk, BOB, 400)).refused == "spending-key-reused"
    assert await talk.balances_of(ALICE) == {"available": 600, "redeemed": 400}


async def test_a_spending_is_given_back_once(talk: Dialogue) -> None:
    reward = await on_balance(talk, ALICE, 1000)
    spent = await spends(talk, ALICE, 1000)
    back = await undoes(talk, ALICE, spent)
    assert (back.reply["state"], back.reply["balance"]) == ("undone", "10.00")
    assert (await undoes(talk, ALICE, spent)).reply == back.reply
    assert await states(talk, reward) == ["available"]
    assert "Back on your balance: €10" in (await talk.notices_for(ALICE))[-1].text
    await audit(talk)


async def test_nobody_gives_back_what_another_spent(talk: Dialogue) -> None:
    await on_balance(talk, ALICE, 1000)
    await on_balance(talk, BOB, 1000)
    spent = await spends(talk, ALICE, 1000)
    assert (await undoes(talk, BOB, spent)).refused == "unknown-spending"


async def test_the_rest_of_a_balance_expires_with_an_entry(talk: Dialogue) -> None:
    reward = await on_balance(talk, ALICE, 1000, lasts=10 * DAY)
    spent = await spends(talk, ALICE, 400)
    await talk.passes(days=10)
    assert await states(talk, reward) == ["expired"]
    assert await talk.balances_of(ALICE) == {"redeemed": 400, "expired": 600}
    assert "€6 on your balance was not spent in time" in (await talk.notices_for(ALICE))[-1].text
    # What comes back after its time has expired too, and the books say so.
    assert (await undoes(talk, ALICE, spent)).reply["balance"] == "0.00"
    assert await talk.balances_of(ALICE) == {"expired": 1000}
    await audit(talk)


async def test_a_balance_past_its_day_is_not_spent_even_before_the_clock_beats(talk: Dialogue) -> None:
    await on_balance(talk, ALICE, 1000, lasts=10 * DAY)
    talk.later(days=10)
    assert (await spends(talk, ALICE, 1)).refused == "balance-too-low"


async def test_what_was_spent_and_taken_back_is_owed_and_paid_by_what_comes_next(talk: Dialogue) -> None:
    first = await on_balance(talk, ALICE, 1000)
    await spends(talk, ALICE, 800)
    taken = await talk.tells(RewardTakenBack, reward=first, because="The order was a test.")
    assert taken.reply["state"] == "revoked"
    assert "The order was a test." in (await talk.notices_for(ALICE))[-1].text
    assert "€8 to make up" in (await talk.says(ALICE, "/rewards")).text
    stats = await talk.viewed(await talk.id_of(ALICE), "stats")
    assert stats["balances"] == [{"unit": "EUR", "amount": "-8.00", "expires_next": None}]
    refused = await spends(talk, ALICE, 100, key="order-2")
    assert (refused.refused, refused.reply["available"]) == ("balance-owed", "-8.00")
    await audit(talk)
    second = await on_balance(talk, ALICE, 1000, lasts=20 * DAY)
    assert await talk.balances_of(ALICE) == {"available": 200, "redeemed": 800}
    assert (await spends(talk, ALICE, 200, key="order-3")).reply["balance"] == "0.00"
    assert await states(talk, first, second) == ["revoked", "redeemed"]
    await audit(talk)


async def test_what_paid_a_debt_is_owed_itself_when_it_is_taken_back(talk: Dialogue) -> None:
    first = await on_balance(talk, ALICE, 1000)
    spent = await spends(talk, ALICE, 1000)
    await talk.tells(RewardTakenBack, reward=first, because="A test.")
    second = await on_balance(talk, ALICE, 1500)
    await talk.tells(RewardTakenBack, reward=second, because="Another test.")
    assert await talk.balances_of(ALICE) == {"available": -1000, "redeemed": 1000}
    assert (await undoes(talk, ALICE, spent)).reply["balance"] == "0.00"
    assert await talk.balances_of(ALICE) == {}
    await audit(talk)


@pytest.mark.parametrize("size", [100, 70])
async def test_spendings_at_once_never_overspend(talk: Dialogue, size: int) -> None:
    for _ in range(4):
        await on_balance(talk, ALICE, 250)
    customer = await talk.id_of(ALICE)
    asked: list[Event] = [
        BalanceSpent(**talk.now(), customer=customer, amount=Amount(size, "EUR"), key=f"order-{number}")
        for number in range(30)
    ]
    heard = await talk.all_at_once(asked)
    won = [one for one in heard if not one.refused]
    assert len(won) == 1000 // size
    assert {one.refused for one in heard if one.refused} == {"balance-too-low"}
    assert (await talk.balances_of(ALICE))["redeemed"] == size * len(won)
    await audit(talk)


async def test_one_key_at_once_is_one_spending(talk: Dialogue) -> None:
    await on_balance(talk, ALICE, 1000)
    customer = await talk.id_of(ALICE)
    same: list[Event] = [
        BalanceSpent(**talk.now(), customer=customer, amount=Amount(100, "EUR"), key="one") for _ in range(20)
    ]
    heard = await talk.all_at_once(same)
    assert len({one.reply["spending"] for one in heard}) == 1
    assert await talk.balances_of(ALICE) == {"available": 900, "redeemed": 100}


async def test_spending_races_a_taking_back(talk: Dialogue) -> None:
    for turn in range(4):
        reward = await on_balance(talk, ALICE, 1000)
        customer = await talk.id_of(ALICE)
        both: list[Event] = [
            BalanceSpent(**talk.now(), customer=customer, amount=Amount(100, "EUR"), key=f"{turn}-{number}")
            for number in range(5)
        ]
        both.append(RewardTakenBack(**talk.now(), reward=reward, because="A test."))
        await talk.all_at_once(both)
        await audit(talk)
