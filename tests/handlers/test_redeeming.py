"""Redeeming: Carol redeems a voucher once, and whoever comes later is told who, where and when."""

import pytest

from referrals.codes import complete, spaced
from storage.schema import redemptions
from tests.audit import audit
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, MALLORY

OFF = """
[program]
id = "corner"
name = "Corner"
currency = "EUR"
[goals.visit]
event = "purchase"
hold_days = 0
[goals.visit.friend]
percent_off = "10"
[caps.friend.lifetime]
count = 3
"""


@pytest.fixture
async def voucher(talk: Dialogue) -> str:
    """Alice's voucher of ten euros."""
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    return await talk.voucher_for(ALICE)


async def test_carol_redeems_and_the_customer_hears_of_it(talk: Dialogue, voucher: str) -> None:
    heard = await talk.redeems(voucher)
    assert heard.text == "Valid: give the customer €10. The voucher is used up now."
    assert heard.reply["amount"] == "10.00"
    assert (heard.reply["cashier"], heard.reply["place"]) == ("Carol", "Market")
    assert "has just been used" in (await talk.notices_for(ALICE))[-1].text
    assert await talk.balances_of(ALICE) == {"redeemed": 1000}


@pytest.mark.parametrize("write", [str.lower, spaced, lambda code: f" {code[:6]} {code[6:]} "])
async def test_a_code_may_be_typed_as_it_was_read(talk: Dialogue, voucher: str, write: object) -> None:
    assert callable(write)
    assert not (await talk.redeems(write(voucher))).refused


async def test_the_same_key_is_answered_the_same(talk: Dialogue, voucher: str) -> None:
    first = await talk.redeems(voucher, key="till-1-0001")
    before = await talk.counts()
    talk.later(minutes=5)
    again = await talk.redeems(voucher, key="till-1-0001")
    assert again.reply == first.reply
    assert again.text == first.text
    assert await talk.counts() == before


async def test_another_key_is_told_who_where_and_when(talk: Dialogue, voucher: str) -> None:
    await talk.redeems(voucher)
    redeemed_at = talk.clock.now()
    talk.later(hours=2)
    before = await talk.counts()
    heard = await talk.redeems(voucher, key="till-2", cashier=MALLORY, place="Station")
    assert heard.refused == "voucher-redeemed"
    assert "Carol" in heard.text
    assert "Market" in heard.text
    assert "17 March" in heard.text
    assert heard.reply == {
        "code": "voucher-redeemed",
        "cashier": "Carol",
        "place": "Market",
        "redeemed_at": redeemed_at.isoformat(),
    }
    assert await talk.counts() == before


async def test_a_key_stands_for_one_voucher(talk: Dialogue, voucher: str) -> None:
    other = await talk.voucher_for(BOB)
    await talk.redeems(voucher, key="till-1")
    heard = await talk.redeems(other, key="till-1")
    assert heard.refused == "key-reused"
    assert not (await talk.redeems(other, key="till-2")).refused


async def test_a_refused_redemption_does_not_use_its_key_up(talk: Dialogue, voucher: str) -> None:
    other = await talk.voucher_for(BOB)
    await talk.redeems(voucher, key="first")
    await talk.redeems(voucher, key="second")
    assert not (await talk.redeems(other, key="second")).refused
    assert len(await talk.rows(redemptions)) == 2


@pytest.mark.parametrize("code", [complete("KKKKKKKKKKK"), "NONSENSE", "", "💥" * 12, "K" * 4000])
async def test_an_unknown_voucher_is_refused_and_leaves_nothing(talk: Dialogue, code: str) -> None:
    before = await talk.counts()
    heard = await talk.redeems(code)
    assert heard.refused == "unknown-voucher"
    assert heard.text
    assert await talk.counts() == before


async def test_a_share_code_is_no_voucher(talk: Dialogue) -> None:
    assert (await talk.redeems(await talk.code_of(ALICE))).refused == "unknown-voucher"


async def test_of_a_till_that_said_nothing_of_itself_the_time_is_told(talk: Dialogue, voucher: str) -> None:
    await talk.redeems(voucher, place="")
    heard = await talk.redeems(voucher, key="till-2")
    assert heard.reply["code"] == "voucher-redeemed"
    assert "17 March" in heard.text


async def test_the_same_key_with_another_cashier_or_place_is_refused(talk: Dialogue, voucher: str) -> None:
    await talk.redeems(voucher, key="till-1")
    assert (await talk.redeems(voucher, key="till-1", place="Station")).refused == "redemption-key-reused"
    assert (await talk.redeems(voucher, key="till-1", cashier=MALLORY)).refused == "redemption-key-reused"
    assert not (await talk.redeems(voucher, key="till-1")).refused


async def test_a_percentage_off_is_read_at_the_till_and_counts_as_one_voucher(unopened: Dialogue) -> None:
    await unopened.opens(OFF)
    await unopened.brings(ALICE, BOB)
    bought = await unopened.buys(BOB, "19.90", id="visit-1")
    assert [(one["side"], one["amount"], one["unit"]) for one in bought.reply["rewards"]] == [("friend", "1", "10%")]
    assert "10% off a purchase" in (await unopened.says(BOB, "/rewards")).text
    await unopened.passes(days=1)
    await unopened.refunds("visit-1", "5.00")  # a part given back leaves it as it was
    code = await unopened.voucher_for(BOB)
    heard = await unopened.redeems(code)
    assert heard.text == "Valid: give the customer 10% off a purchase. The voucher is used up now."
    assert (heard.reply["amount"], heard.reply["unit"]) == ("1", "10%")
    assert await unopened.balances_of(BOB) == {"redeemed": 1}
    assert (await unopened.redeems(code, key="another")).refused == "voucher-redeemed"
    await audit(unopened)
