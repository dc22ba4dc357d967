"""Rewarding: a hold passes, a reward is claimed once for a voucher, and what is not used in time expires."""

import pytest

from handlers.events import ExpiriesDue, HoldsDue, Person, RewardClaimed, StockLoaded
from handlers.releasing import CHUNK
from referrals.codes import VOUCHER_LENGTH, is_valid
from storage.schema import ledger, referrals, rewards, vouchers
from tests.audit import audit
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CHLOE, MALLORY, OLGA, a_crowd


async def test_when_the_hold_has_passed_the_reward_is_theirs(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=13, hours=23)
    assert await talk.balances_of(ALICE) == {"pending": 1000}
    await talk.passes(hours=1)
    assert await talk.balances_of(ALICE) == {"available": 1000}
    assert await talk.balances_of(BOB) == {"available": 500}
    assert "Your reward of €10 is ready" in (await talk.notices_for(ALICE))[-1].text
    [referral] = await talk.rows(referrals)
    assert referral.state == "completed"
    assert referral.completed_at == talk.clock.now()


async def test_beating_again_says_nothing_again(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    before = await talk.counts()
    await talk.scheduler.beat()
    await talk.scheduler.beat()
    assert await talk.counts() == before


async def test_rewards_show_what_is_there_and_what_is_coming(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    coming = await talk.says(ALICE, "/rewards")
    assert "nothing to claim right now" in coming.text
    assert "€10: on its way, yours on 16 March" in coming.text
    await talk.passes(days=15)
    ready = await talk.says(ALICE, "/rewards")
    assert "one is ready" in ready.text
    assert not ready.outcome.answers[0].in_place
    standing = await talk.says(ALICE, "/status")
    assert (await talk.taps(ALICE, standing, "My rewards")).outcome.answers[0].in_place


async def test_who_has_none_is_told_how_to_get_one(talk: Dialogue) -> None:
    assert (await talk.says(MALLORY, "/rewards")).key == "rewarding.nothing-yet"


async def test_claiming_gives_a_voucher_and_again_the_same(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    shown = await talk.says(ALICE, "/rewards")
    first = await talk.taps(ALICE, shown, "Claim")
    again = await talk.taps(ALICE, shown, "Claim")
    later = await talk.taps(ALICE, await talk.says(ALICE, "/rewards"), "Show voucher")
    assert is_valid(first.code, VOUCHER_LENGTH)
    assert first.code == again.code == later.code
    assert first.outcome.answers[0].picture is not None
    assert len(await talk.rows(vouchers)) == 1
    assert await talk.balances_of(ALICE) == {"claimed": 1000}


async def test_the_notice_itself_has_the_button(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    heard = await talk.taps(ALICE, (await talk.notices_for(ALICE))[-1], "Claim €10")
    assert heard.key == "rewarding.voucher"


async def test_nobody_claims_for_somebody_else(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    shown = await talk.says(ALICE, "/rewards")
    for thief in (BOB, MALLORY):
        heard = await talk.taps(thief, shown, "Claim")
        assert heard.refused == "not-yours"
    assert not await talk.rows(vouchers)


async def test_a_reward_that_never_was_is_nobodys(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    assert (await talk.tells(RewardClaimed, by=ALICE, reward="rwd_0000000000000000")).refused == "not-yours"


async def test_a_reward_cannot_be_claimed_too_early(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    heard = await talk.tells(RewardClaimed, by=ALICE, reward=await reward_of(talk, ALICE))
    assert heard.refused == "reward-pending"
    assert "not ready yet" in heard.text


async def test_an_unclaimed_reward_expires_and_says_so(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    shown = await talk.says(ALICE, "/rewards")
    talk.later(days=90)
    # Nobody has beaten yet, and still it cannot be claimed any more.
    assert (await talk.taps(ALICE, shown, "Claim")).refused == "reward-expired"
    await talk.scheduler.beat()
    assert (await talk.taps(ALICE, shown, "Claim")).refused == "reward-expired"
    assert (await talk.notices_for(ALICE))[-1].key == "rewarding.notice-expired-available"
    assert await talk.balances_of(ALICE) == {"expired": 1000}
    assert "€10: expired" in (await talk.says(ALICE, "/rewards")).text


async def test_an_unused_voucher_expires_and_says_so(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    voucher = await talk.voucher_for(ALICE)
    talk.later(days=30)
    assert (await talk.redeems(voucher)).refused == "voucher-expired"
    await talk.scheduler.beat()
    assert (await talk.redeems(voucher, key="till-2")).refused == "voucher-expired"
    assert (await talk.notices_for(ALICE))[-1].key == "rewarding.notice-expired-claimed"
    assert await talk.balances_of(ALICE) == {"expired": 1000}


async def test_a_used_and_a_cancelled_reward_say_what_became_of_them(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    mine, theirs = await reward_of(talk, ALICE), await reward_of(talk, BOB)
    await talk.redeems(await talk.voucher_for(ALICE))
    used = await talk.tells(RewardClaimed, by=ALICE, reward=mine)
    assert used.refused == "reward-redeemed"
    assert "You have used this €10 on 17 March" in used.text
    await talk.refunds("receipt-1")
    assert (await talk.tells(RewardClaimed, by=BOB, reward=theirs)).refused == "reward-revoked"
    assert "used on 17 March" in (await talk.says(ALICE, "/rewards")).text
    assert "cancelled" in (await talk.says(BOB, "/rewards")).text


async def test_more_than_one_chunk_of_holds_is_worked_through(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    friends = a_crowd(CHUNK // 2 + 3)
    for friend in friends:
        await talk.joins(friend, code)
        await talk.buys(friend)
    talk.later(days=15)
    assert (await talk.tells(HoldsDue)).outcome.more
    assert not (await talk.tells(HoldsDue)).outcome.more
    assert {row.state for row in await talk.rows(rewards)} == {"available"}
    talk.later(days=91)
    assert (await talk.tells(ExpiriesDue)).outcome.more
    await talk.scheduler.beat()
    assert {row.state for row in await talk.rows(rewards)} == {"expired"}


async def test_a_goal_without_a_hold_pays_at_the_next_beat(unopened: Dialogue) -> None:
    await unopened.opens(
        '[program]\nid = "quick"\nname = "Quick"\ncurrency = "EUR"\n'
        '[units.stamp]\none = "stamp"\nother = "stamps"\n'
        '[goals.welcome]\nevent = "signup"\nhold_days = 0\n'
        '[goals.welcome.advocate]\namount = "3"\nunit = "stamp"\n'
    )
    await unopened.brings(ALICE, BOB)
    heard = await unopened.buys(BOB, None, type="signup")
    assert heard.decision == "qualified"
    await unopened.scheduler.beat()
    assert await unopened.balances_of(ALICE) == {"available": 3}
    assert [notice.key for notice in await unopened.notices_for(ALICE)][-1] == "rewarding.notice-available"
    assert "3 stamps" in (await unopened.notices_for(ALICE))[-1].text


@pytest.mark.parametrize("story", ["claim", "redeem", "refund", "expire"])
async def test_every_posting_sums_to_zero(talk: Dialogue, story: str) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    if story in {"claim", "redeem"}:
        voucher = await talk.voucher_for(ALICE)
        if story == "redeem":
            await talk.redeems(voucher)
    elif story == "refund":
        await talk.refunds("receipt-1")
    else:
        await talk.passes(days=91)
    postings: dict[tuple[str, str], int] = {}
    for row in await talk.rows(ledger):
        postings[row.reward_id, row.step] = postings.get((row.reward_id, row.step), 0) + row.amount
    assert set(postings.values()) == {0}


async def reward_of(talk: Dialogue, who: Person) -> str:
    """Find the one reward of somebody."""
    [reward] = [row for row in await talk.rows(rewards) if row.customer_id == await talk.id_of(who)]
    return str(reward.id)


KINDS = """
[program]
id = "kinds"
name = "Kinds"
currency = "EUR"

[units.mile]
one = "mile"
other = "miles"

[goals.first]
event = "purchase"
hold_days = 14
[goals.first.advocate]
amount = "500"
unit = "mile"
as = "credit"
expires_after_days = 365
rolling = true
[goals.first.friend.choose.coffee]
amount = "5.00"
[goals.first.friend.choose.bag]
amount = "1"
unit = "mile"
as = "product"
delivery = "team"

[goals.signup]
event = "signup"
hold_days = 0
[goals.signup.advocate]
amount = "20.00"
as = "payout"
[goals.signup.friend]
amount = "10.00"
as = "gift-card"
stock = "cards"
expires = "never"
"""


async def test_a_program_may_give_every_kind(unopened: Dialogue) -> None:
    talk = unopened
    await talk.opens(KINDS)
    await talk.has_team()
    await talk.tells(StockLoaded, stock="cards", codes=("CARD-0000-ABCD",))
    await talk.brings(ALICE, BOB)
    await talk.buys(BOB, None, type="signup")
    await talk.scheduler.beat()
    claimed = await talk.taps(ALICE, await talk.says(ALICE, "/rewards"), "Claim €20")
    assert claimed.key == "rewarding.asked-team"
    await talk.taps(OLGA, (await talk.posts())[-1], "Done")
    card = await talk.taps(BOB, await talk.says(BOB, "/rewards"), "Claim €10")
    assert "CARD-0000-ABCD" in card.text
    await talk.buys(BOB)
    await talk.passes(days=14)
    assert "500 miles to spend until" in (await talk.says(ALICE, "/rewards")).text
    offer = await talk.taps(BOB, await talk.says(BOB, "/rewards"), "Choose what you get")
    await talk.taps(BOB, offer, "1 mile: a product")
    await talk.taps(BOB, await talk.says(BOB, "/rewards"), "Claim 1 mile")
    await talk.taps(OLGA, (await talk.posts())[-1], "Done")
    assert {row.state for row in await talk.rows(rewards)} == {"redeemed", "available"}
    await audit(talk)


async def test_a_rolling_expiry_carries_what_was_there_before_along(unopened: Dialogue) -> None:
    talk = unopened
    await talk.opens(KINDS)
    await talk.earns(ALICE, BOB)
    await talk.passes(days=14)
    await talk.passes(days=100)
    await talk.earns(ALICE, CHLOE)
    await talk.passes(days=14)
    mine = [row for row in await talk.rows(rewards) if row.customer_id == await talk.id_of(ALICE)]
    assert len({row.expires_at for row in mine}) == 1
    assert "1,000 miles to spend until" in (await talk.says(ALICE, "/rewards")).text
    await talk.passes(days=366)
    assert await talk.balances_of(ALICE) == {"expired": 1000}
    assert len([notice for notice in await talk.notices_for(ALICE) if "was not spent in time" in notice.text]) == 2
    await audit(talk)
