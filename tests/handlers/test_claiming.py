"""Claiming: a purchase rung up with a friend's code waits for whoever opens its address, once."""

from handlers.events import ClaimOpened, ClaimViewed, Person
from handlers.purchasing import hashed
from referrals.draw import click_token
from referrals.program_file import preset
from storage.schema import claims, events, referrals, rewards
from tests.dialogue import Dialogue
from tests.handlers.test_sharing import clicked
from tests.people import ALICE, BOB, CHLOE, MALLORY


async def test_a_purchase_with_a_code_and_no_customer_waits_for_its_claim(talk: Dialogue) -> None:
    heard = await talk.rings_up(await talk.code_of(ALICE))
    assert heard.decision == "unclaimed"
    assert heard.reply["customer"] is None
    assert len(heard.reply["claim_token"]) == 32
    assert not await talk.rows(referrals)
    [claim] = await talk.rows(claims)
    assert claim.hash == hashed(str(heard.reply["claim_token"]))


async def test_whoever_opens_the_address_becomes_the_friend(talk: Dialogue) -> None:
    token = await unclaimed(talk)
    talk.later(days=2)
    heard = await talk.says(BOB, f"/start c_{token}")
    assert "Alice invited you" in heard.text
    assert "€5" in heard.text
    assert await talk.balances_of(ALICE) == {"pending": 1000}
    assert await talk.balances_of(BOB) == {"pending": 500}
    assert [notice.key for notice in await talk.notices_for(ALICE)] == ["earning.pending-advocate"]
    assert await talk.notices_for(BOB) == []
    bob = await talk.customer(BOB)
    assert bob is not None
    assert bob.customer_since is not None


async def test_the_hold_is_counted_from_the_purchase(talk: Dialogue) -> None:
    token = await unclaimed(talk)
    bought_at = talk.clock.now()
    talk.later(days=2)
    await talk.says(BOB, f"/start c_{token}")
    assert {(row.pending_until - bought_at).days for row in await talk.rows(rewards)} == {14}


async def test_one_purchase_is_claimed_once(talk: Dialogue) -> None:
    token = await unclaimed(talk)
    await talk.says(BOB, f"/start c_{token}")
    before = await talk.counts()
    again = await talk.says(BOB, f"/start c_{token}")
    assert again.refused == "claim-yours"
    assert await talk.counts() == before
    stolen = await talk.says(MALLORY, f"/start c_{token}")
    assert stolen.refused == "claim-used"
    assert (await talk.tells(ClaimViewed, token=token)).refused == "claim-used"


async def test_a_claim_expires(talk: Dialogue) -> None:
    token = await unclaimed(talk)
    talk.later(days=14)
    heard = await talk.says(BOB, f"/start c_{token}")
    assert heard.refused == "claim-expired"
    assert (await talk.tells(ClaimViewed, token=token)).refused == "claim-expired"
    assert not await talk.rows(referrals)


async def test_an_address_that_nobody_made_is_unknown(talk: Dialogue) -> None:
    heard = await talk.says(BOB, "/start c_nonsense")
    assert heard.refused == "claim-unknown"
    assert (await talk.tells(ClaimViewed, token="nonsense")).refused == "unknown-claim"


async def test_nobody_claims_what_was_rung_up_with_their_own_code(talk: Dialogue) -> None:
    token = await unclaimed(talk, by=MALLORY)
    heard = await talk.says(MALLORY, f"/start c_{token}")
    assert heard.refused == "own-link"
    assert not await talk.rows(rewards)
    # It was not hers to use up: the friend who bought can still claim it.
    friend = await talk.says(BOB, f"/start c_{token}")
    assert not friend.refused
    assert await talk.balances_of(BOB) == {"pending": 500}


async def test_a_friend_who_joined_before_claims_and_the_purchase_counts(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await talk.joins(BOB, code)
    token = str((await talk.rings_up(code)).reply["claim_token"])
    heard = await talk.says(BOB, f"/start c_{token}")
    assert heard.key == "claiming.counted"
    assert await talk.balances_of(ALICE) == {"pending": 1000}
    assert len(await talk.rows(referrals)) == 1


async def test_a_friend_of_another_claims_for_the_one_who_invited_first(talk: Dialogue) -> None:
    await talk.brings(CHLOE, BOB)
    token = await unclaimed(talk)
    heard = await talk.says(BOB, f"/start c_{token}")
    assert heard.key == "claiming.counted"
    assert "Chloe" in heard.text
    assert await talk.balances_of(ALICE) == {}
    assert await talk.balances_of(CHLOE) == {"pending": 1000}


async def test_who_was_a_customer_before_claims_without_a_reward(talk: Dialogue) -> None:
    await talk.buys(BOB)
    talk.later(days=1)
    heard = await talk.says(BOB, f"/start c_{await unclaimed(talk)}")
    assert heard.refused == "customer-before"
    assert not await talk.rows(rewards)


async def test_what_was_returned_before_it_was_claimed_earns_nothing(talk: Dialogue) -> None:
    token = await unclaimed(talk, id="receipt-5")
    assert (await talk.refunds("receipt-5", "20.00")).decision == "refund-recorded"
    heard = await talk.says(BOB, f"/start c_{token}")
    assert heard.key == "joining.invited"
    assert not await talk.rows(rewards)
    assert (await talk.buys(BOB)).decision == "qualified"


async def test_what_was_returned_before_it_was_rung_up_earns_nothing(talk: Dialogue) -> None:
    assert (await talk.refunds("receipt-5")).decision == "refund-waits"
    token = await unclaimed(talk, id="receipt-5")
    await talk.says(BOB, f"/start c_{token}")
    assert not await talk.rows(rewards)
    assert (await talk.buys(BOB)).decision == "qualified"


async def test_a_percentage_is_taken_of_what_was_left_when_it_was_claimed(unopened: Dialogue) -> None:
    await unopened.opens(preset("demo").replace('amount = "10.00"\n', 'percent = "10"\n', 1))
    token = await unclaimed(unopened, id="receipt-5")
    await unopened.refunds("receipt-5", "5.00")
    await unopened.says(BOB, f"/start c_{token}")
    assert await unopened.balances_of(ALICE) == {"pending": 200}
    await unopened.refunds("receipt-5", "5.00")
    assert await unopened.balances_of(ALICE) == {"pending": 150}


async def test_a_purchase_too_small_to_count_has_nothing_to_claim(talk: Dialogue) -> None:
    heard = await talk.rings_up(await talk.code_of(ALICE), "9.99")
    assert heard.decision == "below-minimum"
    assert "claim_token" not in heard.reply
    assert (await talk.rings_up(await talk.code_of(ALICE), currency="USD")).decision == "other-currency"


async def test_an_unknown_code_at_the_till_is_refused(talk: Dialogue) -> None:
    before = await talk.counts()
    heard = await talk.rings_up("22222222")
    assert heard.refused == "unknown-code"
    assert heard.text
    assert await talk.counts() == before


async def test_a_click_is_as_good_as_a_code_and_pins_the_terms(talk: Dialogue) -> None:
    click = await clicked(talk, await talk.code_of(ALICE))
    await talk.opens(preset("demo").replace('amount = "10.00"', 'amount = "12.00"'))
    heard = await talk.hears(talk.purchase(None, click=click))
    await talk.says(BOB, f"/start c_{heard.reply['claim_token']}")
    [referral] = await talk.rows(referrals)
    assert click_token(referral.click) == click
    assert await talk.balances_of(ALICE) == {"pending": 1000}


async def test_the_claim_page_leaves_no_row(talk: Dialogue) -> None:
    token = await unclaimed(talk)
    before = await talk.counts()
    seen = (await talk.tells(ClaimViewed, token=token)).reply
    assert seen["advocate"] == "Alice"
    assert seen["program"] == "Corner Café"
    assert await talk.counts() == before


async def test_twenty_at_once_and_one_has_it(talk: Dialogue) -> None:
    token = await unclaimed(talk)
    people = [BOB, CHLOE] * 10
    heard = await talk.all_at_once([ClaimOpened(**talk.by(who), token=token) for who in people])
    won = [one for one in heard if not one.refused]
    assert len(won) == 1
    assert len(await talk.rows(referrals)) == 1
    assert len(await talk.rows(rewards)) == 2
    assert len([row for row in await talk.rows(events) if row.customer_id]) == 1


async def unclaimed(talk: Dialogue, *, by: Person = ALICE, **details: str) -> str:
    """Ring a purchase up with somebody's code, and return the secret of its claim address."""
    code = await talk.code_of(by)
    return str((await talk.rings_up(code, **details)).reply["claim_token"])
