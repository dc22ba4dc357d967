"""Purchasing: what the till reports counts once, is judged by the terms, and a refund takes back what it must."""

from datetime import timedelta

import pytest

from handlers.events import Event
from referrals.identity import Identity
from referrals.program_file import preset
from storage.schema import decisions, events, ledger, referrals, rewards
from tests.audit import audit
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CHLOE, DORA, MALLORY, someone

PERCENT = preset("demo").replace('amount = "10.00"\n', 'percent = "10"\n', 1)


async def test_a_first_purchase_earns_both_a_reward_and_says_why(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    heard = await talk.buys(BOB)
    assert heard.decision == "qualified"
    assert heard.reply["decision"]["rule"] == "first-purchase"
    assert [(reward["side"], reward["amount"], reward["state"]) for reward in heard.reply["rewards"]] == [
        ("advocate", "10.00", "pending"),
        ("friend", "5.00", "pending"),
    ]
    assert heard.reply["customer"] == await talk.id_of(BOB)
    assert "first purchase of an invited friend" in heard.text


async def test_both_sides_hear_at_once_until_when_they_wait(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    told = (await talk.notices_for(ALICE))[-1], (await talk.notices_for(BOB))[-1]
    assert [notice.kind for notice in told] == ["reward", "reward"]
    assert "Bob made their first purchase" in told[0].text
    assert "Your reward of €10 is on its way. It is yours on 16 March" in told[0].text
    assert "Alice invited you, so you get €5" in told[1].text


@pytest.mark.parametrize(
    ("details", "outcome"),
    [
        ({"amount": "9.99"}, "below-minimum"),
        ({"amount": None}, "below-minimum"),
        ({"currency": "USD"}, "other-currency"),
        ({"amount": "2500", "currency": "JPY"}, "other-currency"),
        ({"type": "signup", "amount": None}, "no-goal"),
        ({"type": "review", "amount": None}, "no-goal"),
    ],
)
async def test_a_purchase_that_does_not_count_says_why(talk: Dialogue, details: dict[str, str], outcome: str) -> None:
    await talk.brings(ALICE, BOB)
    heard = await talk.buys(BOB, **details)
    assert heard.decision == outcome
    assert heard.text
    assert not heard.reply["rewards"]
    assert not await talk.rows(rewards)
    assert (await talk.buys(BOB)).decision == "qualified"


async def test_the_minimum_itself_is_enough(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    assert (await talk.buys(BOB, "10.00")).decision == "qualified"


async def test_a_purchase_after_the_window_is_too_late(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    await talk.brings(ALICE, CHLOE)
    talk.later(days=60)
    assert (await talk.buys(BOB)).decision == "qualified"
    talk.later(seconds=1)
    assert (await talk.buys(CHLOE)).decision == "too-late"


async def test_who_bought_before_joining_was_a_customer_already(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    heard = await talk.buys(BOB, occurred_at=talk.clock.now() - timedelta(days=1))
    assert heard.decision == "customer-before"
    [referral] = await talk.rows(referrals)
    assert (referral.state, referral.reason) == ("ineligible", "customer-before")


async def test_a_till_whose_clock_is_a_little_behind_is_believed(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    heard = await talk.buys(BOB, occurred_at=talk.clock.now() - timedelta(minutes=4))
    assert heard.decision == "qualified"


async def test_a_second_purchase_earns_nothing_more(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    assert (await talk.buys(BOB)).decision == "goal-reached-before"
    assert len(await talk.rows(rewards)) == 2


async def test_without_an_invitation_a_purchase_is_only_recorded(talk: Dialogue) -> None:
    assert (await talk.buys(DORA)).decision == "not-invited"
    assert len(await talk.rows(events)) == 1


async def test_without_a_program_a_purchase_is_only_recorded(unopened: Dialogue) -> None:
    assert (await unopened.buys(DORA)).decision == "no-program"


async def test_a_purchase_with_a_code_binds_and_counts_at_once(talk: Dialogue) -> None:
    heard = await talk.buys(BOB, code=(await talk.code_of(ALICE)).lower())
    assert heard.decision == "qualified"
    assert [notice.key for notice in await talk.notices_for(ALICE)] == ["earning.pending-advocate"]


async def test_a_code_that_cannot_bind_says_why(talk: Dialogue) -> None:
    code = await talk.code_of(MALLORY)
    assert (await talk.buys(MALLORY, code=code)).decision == "own-link"
    assert (await talk.buys(MALLORY, code="22222222")).decision == "unknown-code"
    await talk.buys(CHLOE)
    talk.later(days=1)
    late = await talk.buys(CHLOE, code=code)
    assert late.decision == "customer-before"
    assert late.text.startswith("Recorded.")
    assert not await talk.rows(rewards)


async def test_the_same_event_again_is_answered_the_same_and_counts_once(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    first = await talk.buys(BOB, id="receipt-77")
    before = await talk.counts()
    talk.later(days=3)
    again = await talk.buys(BOB, id="receipt-77")
    assert again.reply == first.reply
    assert again.text == first.text
    assert await talk.counts() == before


async def test_the_same_id_from_another_source_is_another_event(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    await talk.buys(BOB, id="77", source="till")
    assert (await talk.buys(BOB, id="77", source="shop")).decision == "goal-reached-before"
    assert len(await talk.rows(events)) == 2


async def test_the_same_id_with_another_body_is_refused(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    await talk.buys(BOB, id="receipt-77")
    before = await talk.counts()
    heard = await talk.buys(BOB, "99.00", id="receipt-77")
    assert heard.refused == "id-reused"
    assert "receipt-77" in heard.text
    assert await talk.counts() == before


async def test_identities_of_two_customers_are_refused_and_nothing_is_written(talk: Dialogue) -> None:
    await talk.says(BOB, "/start")
    await talk.buys(CHLOE)
    before = await talk.counts()
    stranger = Identity("email", "new@example.org")
    heard = await talk.buys(BOB, identities=(BOB.identity, stranger, CHLOE.identity))
    assert heard.refused == "two-customers"
    assert await talk.counts() == before


async def test_a_further_identity_is_noted(talk: Dialogue) -> None:
    card = Identity("loyalty-card", "0042")
    await talk.buys(BOB, identities=(BOB.identity, card))
    found = await talk.customer_with(card)
    assert found is not None
    assert found.id == await talk.id_of(BOB)


async def test_each_judgement_is_kept_without_personal_data(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    heard = await talk.buys(BOB, "9.99")
    [kept] = [row for row in await talk.rows(decisions) if row.about == heard.reply["event"]]
    assert kept.trace == {
        "outcome": "below-minimum",
        "rule": "first-purchase.minimum",
        "saw": "9.99",
        "would_change": ">= 10.00",
        "revision": 1,
    }


async def test_a_refund_within_the_hold_cancels_both_rewards_and_says_so(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    heard = await talk.refunds("receipt-1")
    assert heard.decision == "refund-took-back"
    assert {reward["state"] for reward in heard.reply["rewards"]} == {"revoked"}
    assert "cancelled" in (await talk.notices_for(ALICE))[-1].text
    assert "cancelled" in (await talk.notices_for(BOB))[-1].text
    assert await talk.balances_of(ALICE) == {}
    await talk.passes(days=20)
    assert await talk.balances_of(BOB) == {}
    [referral] = await talk.rows(referrals)
    assert (referral.state, referral.reason) == ("ineligible", "refunded")


async def test_a_refund_that_leaves_the_minimum_changes_nothing(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB, "25.00")
    assert (await talk.refunds("receipt-1", "15.00")).decision == "refund-recorded"
    assert await talk.balances_of(ALICE) == {"pending": 1000}
    assert (await talk.refunds("receipt-1", "0.01")).decision == "refund-took-back"
    assert await talk.balances_of(ALICE) == {}


async def test_a_partial_refund_lowers_a_percentage(unopened: Dialogue) -> None:
    await unopened.opens(PERCENT)
    await unopened.earns(ALICE, BOB, "80.00")
    assert await unopened.balances_of(ALICE) == {"pending": 800}
    assert (await unopened.refunds("receipt-1", "30.00")).decision == "refund-reduced"
    assert await unopened.balances_of(ALICE) == {"pending": 500}
    assert (await unopened.refunds("receipt-1", "45.00")).decision == "refund-took-back"
    assert await unopened.balances_of(ALICE) == {}
    assert await unopened.balances_of(BOB) == {}


async def test_more_than_the_purchase_cannot_be_refunded(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB, "25.00")
    await talk.refunds("receipt-1", "5.00")
    before = await talk.counts()
    assert (await talk.refunds("receipt-1", "20.01")).refused == "refund-exceeds"
    assert await talk.counts() == before


@pytest.mark.parametrize(("of", "currency"), [("receipt-1", "USD"), ("receipt-2", "EUR")])
async def test_a_refund_of_something_else_is_refused(talk: Dialogue, of: str, currency: str) -> None:
    await talk.earns(ALICE, BOB, "25.00")
    await talk.refunds("receipt-1", "1.00")
    heard = await talk.refunds(of, "1.00", currency=currency)
    assert heard.refused == "refund-of-something-else"


async def test_a_refund_that_comes_first_waits_for_its_purchase(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    assert (await talk.refunds("receipt-9")).decision == "refund-waits"
    heard = await talk.buys(BOB, id="receipt-9")
    assert heard.decision == "refund-took-back"
    assert await talk.balances_of(ALICE) == {}
    assert not [row for row in await talk.rows(events) if row.state == "waiting"]
    assert (await talk.refunds("receipt-9", "0.01")).refused == "refund-exceeds"


async def test_of_a_refund_that_comes_first_and_is_too_large_all_is_taken(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    await talk.refunds("receipt-9", "30.00")
    assert (await talk.buys(BOB, id="receipt-9")).decision == "refund-took-back"
    assert await talk.balances_of(ALICE) == {}


async def test_two_events_that_meet_in_one_identity_never_split_a_customer(talk: Dialogue) -> None:
    for number in range(8):
        phone = Identity("phone", f"+49151555{number}")
        both: list[Event] = [
            talk.purchase(None, identities=(Identity(shop, str(number)), phone)) for shop in ("till", "web")
        ]
        heard = await talk.all_at_once(both)
        assert heard[0].reply["customer"] == heard[1].reply["customer"]


async def test_a_refund_of_another_shop_does_not_find_this_purchase(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    assert (await talk.refunds("receipt-1", source="shop")).decision == "refund-waits"
    assert await talk.balances_of(ALICE) == {"pending": 1000}


async def test_a_refund_after_redeeming_is_owed(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    await talk.redeems(await talk.voucher_for(ALICE))
    assert await talk.balances_of(ALICE) == {"redeemed": 1000}
    await talk.refunds("receipt-1", "20.00")
    assert await talk.balances_of(ALICE) == {"redeemed": 1000, "available": -1000}
    assert await talk.balances_of(BOB) == {}
    # The rest of the money follows: all was taken before, and nothing is owed or counted twice.
    assert (await talk.refunds("receipt-1", "5.00")).decision == "refund-recorded"
    assert await talk.balances_of(ALICE) == {"redeemed": 1000, "available": -1000}
    assert sum(row.amount for row in await talk.rows(ledger)) == 0


async def test_of_a_used_percentage_the_part_is_owed_that_was_refunded(unopened: Dialogue) -> None:
    await unopened.opens(PERCENT)
    await unopened.earns(ALICE, BOB, "80.00")
    await unopened.passes(days=15)
    await unopened.redeems(await unopened.voucher_for(ALICE))
    assert (await unopened.refunds("receipt-1", "30.00")).decision == "refund-reduced"
    assert await unopened.balances_of(ALICE) == {"redeemed": 800, "available": -300}
    await unopened.refunds("receipt-1", "45.00")
    assert await unopened.balances_of(ALICE) == {"redeemed": 800, "available": -800}
    await audit(unopened)


async def test_a_refund_after_the_hold_takes_an_available_reward_and_a_voucher_back(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    voucher = await talk.voucher_for(ALICE)
    await talk.refunds("receipt-1")
    assert await talk.balances_of(ALICE) == {}
    assert await talk.balances_of(BOB) == {}
    assert (await talk.redeems(voucher)).refused == "voucher-revoked"


async def test_strange_amounts_and_names_are_kept_whole(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    heard = await talk.buys(BOB, "10000000000.00")
    assert heard.decision == "qualified"
    await talk.buys(someone("🦊" * 30, 1), first_name="🦊" * 32)
    [row] = [row for row in await talk.rows(events) if row.id == heard.reply["event"]]
    assert row.amount == 10**12


async def test_what_happened_before_the_link_was_made_cannot_have_come_through_it(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    made = talk.clock.now()
    talk.later(days=1)
    early = await talk.buys(BOB, code=code, occurred_at=made - timedelta(minutes=6))
    assert early.decision == "before-link"
    assert "before the share code given with it was made" in early.text
    unclaimed = await talk.rings_up(code, occurred_at=made - timedelta(minutes=6))
    assert (unclaimed.decision, "claim_token" in unclaimed.reply) == ("before-link", False)
    # Clocks differ.
    close = await talk.buys(CHLOE, code=code, occurred_at=made - timedelta(minutes=4))
    assert close.decision == "qualified"
