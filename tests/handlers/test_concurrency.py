"""Concurrency: what must always be true stays true when everything happens in the same moment."""

import asyncio
from collections import Counter

import pytest

from handlers.events import (
    Event,
    ExpiriesDue,
    HoldsDue,
    Joined,
    MergeAnswered,
    Person,
    RewardClaimed,
    ShareAsked,
)
from referrals.identity import Identity
from storage.schema import customers, events, links, merges, outbox, referrals, rewards, vouchers
from tests.audit import audit
from tests.dialogue import Dialogue, Heard
from tests.people import ALICE, BOB, CHLOE, DORA, MALLORY, a_crowd, someone

STEPS = """
[program]
id = "corner"
name = "Corner"
currency = "EUR"
[goals.visit]
event = "purchase"
[goals.visit.advocate]
tiers = [{ from = 1, amount = "5.00" }, { from = 2, percent = "10" }]
"""


async def test_fifty_copies_of_one_event_are_one_event(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    heard = await talk.all_at_once([talk.purchase(BOB, id="receipt-1") for _ in range(50)])
    assert all(one.reply == heard[0].reply and one.text == heard[0].text for one in heard)
    assert heard[0].decision == "qualified"
    assert len(await talk.rows(events)) == 1
    assert len(await talk.rows(rewards)) == 2
    assert len(await talk.notices_for(BOB)) == 1
    await audit(talk)


async def test_fifty_copies_from_a_stranger_with_a_code_are_one_referral(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    stranger = (Identity("email", "bob@example.org"), Identity("loyalty-card", "7"))
    copies: list[Event] = [talk.purchase(None, id="x", identities=stranger, code=code) for _ in range(50)]
    heard = await talk.all_at_once(copies)
    assert all(one.reply == heard[0].reply for one in heard)
    assert len(await talk.rows(referrals)) == 1
    assert len(await talk.rows(rewards)) == 2
    assert len(await talk.rows(customers)) == 2
    await audit(talk)


async def test_fifty_presses_of_start_are_one_friend(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    heard = await talk.all_at_once([Joined(**talk.by(BOB), code=code) for _ in range(50)])
    assert sorted(one.refused for one in heard) == [""] + ["joined-before"] * 49
    assert len(await talk.rows(customers)) == 2
    assert len(await talk.notices_for(ALICE)) == 1


async def test_two_links_at_once_and_one_advocate_has_the_friend(talk: Dialogue) -> None:
    codes = [await talk.code_of(ALICE), await talk.code_of(CHLOE)]
    heard = await talk.all_at_once([Joined(**talk.by(BOB), code=code) for code in codes * 10])
    assert [one.refused for one in heard].count("") == 1
    assert len(await talk.rows(referrals)) == 1


async def test_twenty_first_shares_are_one_link(talk: Dialogue) -> None:
    heard = await talk.all_at_once([ShareAsked(**talk.by(ALICE)) for _ in range(20)])
    assert len({one.code for one in heard}) == 1
    assert len(await talk.rows(links)) == 1


async def test_twenty_claims_are_one_voucher(talk: Dialogue) -> None:
    reward = await ready(talk)
    heard = await talk.all_at_once([RewardClaimed(**talk.by(ALICE), reward=reward) for _ in range(20)])
    assert len({one.code for one in heard}) == 1
    assert len(await talk.rows(vouchers)) == 1
    await audit(talk)


async def test_twenty_redemptions_have_one_winner_and_the_others_are_told(talk: Dialogue) -> None:
    await ready(talk)
    code = await talk.voucher_for(ALICE)
    tills = [someone(f"Cashier{number}", number) for number in range(20)]
    heard = await talk.all_at_once([talk.redemption(code, key=till.first_name, cashier=till) for till in tills])
    [won] = [one for one in heard if not one.refused]
    told = [one.reply for one in heard if one.refused]
    assert len(told) == 19
    assert {(reply["cashier"], reply["place"]) for reply in told} == {(won.reply["cashier"], "Market")}
    assert {reply["redeemed_at"] for reply in told} == {won.reply["redeemed_at"]}
    assert [notice.key for notice in await talk.notices_for(ALICE)].count("redeeming.thanks") == 1
    await audit(talk)


async def test_twenty_redemptions_with_one_key_are_one_redemption(talk: Dialogue) -> None:
    await ready(talk)
    code = await talk.voucher_for(ALICE)
    heard = await talk.all_at_once([talk.redemption(code, key="till-1-0001") for _ in range(20)])
    assert all(one.reply == heard[0].reply for one in heard)
    assert not heard[0].refused
    assert [notice.key for notice in await talk.notices_for(ALICE)].count("redeeming.thanks") == 1
    await audit(talk)


async def test_one_key_for_two_vouchers_is_refused_for_one_of_them(talk: Dialogue) -> None:
    await ready(talk)
    codes = [await talk.voucher_for(ALICE), await talk.voucher_for(BOB)]
    heard = await talk.all_at_once([talk.redemption(code, key="same") for code in codes])
    assert sorted(one.refused for one in heard) == ["", "key-reused"]


@pytest.mark.parametrize("size", [2, 3, 4])
async def test_crossed_invitations_close_no_circle(talk: Dialogue, size: int) -> None:
    for turn in range(3):
        people = [someone(f"Round{turn}{number}", 7000 + 10 * turn + number) for number in range(size)]
        codes = [await talk.code_of(person) for person in people]
        joins: list[Event] = [
            Joined(**talk.by(person), code=code) for person, code in zip(people, codes[1:] + codes[:1], strict=True)
        ]
        heard = await talk.all_at_once(joins)
        assert sorted(one.refused for one in heard) == [""] * (size - 1) + ["circle"]
    await audit(talk)


async def test_a_hundred_friends_join_one_link_at_once(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    heard = await talk.all_at_once([Joined(**talk.by(friend), code=code) for friend in a_crowd(100)])
    assert not [one.refused for one in heard if one.refused]
    assert len(await talk.rows(referrals)) == 100
    assert len(await talk.rows(outbox)) == 100


async def test_joining_and_buying_at_once_leave_no_half_story(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    crowd = a_crowd(10)
    for friend in crowd:
        await talk.says(friend, "/start")
    both: list[Event] = []
    for friend in crowd:
        both += [Joined(**talk.by(friend), code=code), talk.purchase(friend)]
    await talk.all_at_once(both)
    for friend in crowd:
        [bought] = [row for row in await talk.rows(events) if row.customer_id == await talk.id_of(friend)]
        is_bound = await talk.id_of(friend) in {row.friend_id for row in await talk.rows(referrals)}
        # Either the invitation came first and the purchase counts, or the purchase did and it was too late to invite.
        assert bought.answer["reply"]["outcome"] == ("qualified" if is_bound else "not-invited")
    await audit(talk)


async def test_a_purchase_and_its_refund_at_once_find_each_other(talk: Dialogue) -> None:
    crowd = a_crowd(8)
    for friend in crowd:
        await talk.brings(ALICE, friend)
    both: list[Event] = []
    for friend in crowd:
        bought = talk.purchase(friend)
        both += [bought, talk.purchase(None, type="refund", refers_to=bought.id)]
    await talk.all_at_once(both)
    assert {row.state for row in await talk.rows(events)} == {"counted"}
    assert {row.state for row in await talk.rows(rewards)} == {"revoked"}
    await audit(talk)


async def test_a_purchase_and_a_refund_with_one_id_are_one_of_them(talk: Dialogue) -> None:
    for turn in range(5):
        await talk.brings(ALICE, friend := someone(f"Friend{turn}", 8000 + turn))
        await talk.buys(friend, id=f"bought-{turn}")
        both: list[Event] = [
            talk.purchase(friend, id=f"same-{turn}"),
            talk.purchase(None, id=f"same-{turn}", type="refund", refers_to=f"bought-{turn}"),
        ]
        heard = await talk.all_at_once(both)
        assert sorted(one.refused for one in heard) == ["", "id-reused"]
    assert Counter(row.external_id for row in await talk.rows(events)).most_common(1)[0][1] == 1
    await audit(talk)


async def test_newcomers_of_one_advocate_who_joins_two_records_meanwhile_lose_nobody(talk: Dialogue) -> None:
    shop = str((await talk.buys(BOB, identities=(Identity("shop", "1"),))).reply["customer"])
    code = await talk.code_of(MALLORY)
    asked = await talk.says(MALLORY, f"/start l_{await talk.sign_in_token(shop)}")
    request = asked.buttons[0].about.partition(".")[0]
    answers: list[Event] = [MergeAnswered(**talk.by(MALLORY), request=request, yes=True)]
    bought: list[Event] = [talk.purchase(friend, code=code) for friend in a_crowd(12)]
    heard = await talk.all_at_once([*bought[:6], *answers, *bought[6:]])
    assert [one.reply.get("outcome") for one in heard if one.key != "merging.joined"] == ["qualified"] * 12
    assert {row.advocate_id for row in await talk.rows(referrals)} == {await talk.id_of(MALLORY)}
    await audit(talk)


async def test_newcomers_who_buy_at_once_count_one_after_the_other(unopened: Dialogue) -> None:
    await unopened.opens(STEPS)
    code = await unopened.code_of(ALICE)
    await unopened.all_at_once([unopened.purchase(friend, "100.00", code=code) for friend in a_crowd(8)])
    assert sorted(row.amount for row in await unopened.rows(rewards)) == [500, *[1000] * 7]
    await audit(unopened)


async def test_partial_refunds_at_once_never_exceed_the_purchase(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB, "25.00")
    refunds: list[Event] = [talk.purchase(None, "4.00", type="refund", refers_to="receipt-1") for _ in range(10)]
    heard = await talk.all_at_once(refunds)
    assert sorted(one.refused for one in heard) == [""] * 6 + ["refund-exceeds"] * 4
    await audit(talk)


@pytest.mark.parametrize("rival", ["hold", "claim", "redemption", "expiry", "all"])
async def test_a_refund_races_the_rest_of_the_story(talk: Dialogue, rival: str) -> None:
    for turn in range(4):
        friend = someone(f"Friend{turn}", 8000 + turn)
        await talk.brings(ALICE, friend)
        bought = await talk.buys(friend)
        receipt = f"receipt-{talk.reported}"
        race: list[Event] = [talk.purchase(None, type="refund", refers_to=receipt)]
        talk.later(days=15)
        if rival != "hold":
            await talk.scheduler.beat()
        race += await rivals(talk, rival, friend, str(bought.reply["rewards"][1]["id"]))
        heard = await talk.all_at_once(race)
        assert heard[0].decision == "refund-took-back"
        await audit(talk)


async def test_two_claims_of_a_merge_join_once(talk: Dialogue) -> None:
    shop = str((await talk.buys(BOB, identities=(Identity("shop", "1"),))).reply["customer"])
    await talk.earns(MALLORY, CHLOE)
    asked = await talk.says(MALLORY, f"/start l_{await talk.sign_in_token(shop)}")
    request = asked.buttons[0].about.partition(".")[0]
    answers: list[Event] = [MergeAnswered(**talk.by(MALLORY), request=request, yes=True) for _ in range(10)]
    heard = await talk.all_at_once(answers)
    assert sorted(one.key for one in heard) == ["merging.answered-before"] * 9 + ["merging.joined"]
    assert [row.state for row in await talk.rows(merges)] == ["merged"]
    await audit(talk)


async def test_many_clocks_at_once_tell_everyone_once(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    for friend in a_crowd(12):
        await talk.joins(friend, code)
        await talk.buys(friend)
    talk.later(days=15)
    await talk.all_at_once([HoldsDue(**talk.now()) for _ in range(10)])
    keys = [row.key for row in await talk.rows(outbox) if row.key.startswith("available:")]
    assert len(keys) == 24
    talk.later(days=91)
    await talk.all_at_once([ExpiriesDue(**talk.now()) for _ in range(10)])
    assert {row.state for row in await talk.rows(rewards)} == {"expired"}
    await audit(talk)


async def test_a_market_day(talk: Dialogue) -> None:
    """Everyone does everything, eight at a time."""
    people = [ALICE, BOB, CHLOE, DORA, MALLORY, *a_crowd(5)]
    codes = {person: await talk.code_of(person) for person in people}
    gate = asyncio.Semaphore(8)

    async def one(event: Event) -> Heard:
        async with gate:
            return await talk.insists(event)

    for turn in range(3):
        day: list[Event] = [
            Joined(**talk.by(friend), code=codes[people[(place + turn + 1) % len(people)]])
            for place, friend in enumerate(people)
        ]
        day += [talk.purchase(friend) for friend in people]
        day += [HoldsDue(**talk.now()), ExpiriesDue(**talk.now())]
        day += [
            RewardClaimed(**talk.by(person), reward=row.id) for row in await talk.rows(rewards) for person in people
        ]
        await asyncio.gather(*(one(event) for event in day))
        await audit(talk)
        talk.later(days=15)


async def ready(talk: Dialogue) -> str:
    """Alice and Bob each have a reward ready; returns Alice's."""
    bought = await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    return str(bought.reply["rewards"][0]["id"])


async def rivals(talk: Dialogue, rival: str, friend: Person, reward: str) -> list[Event]:
    """Say what happens in the moment of the refund."""
    beats: list[Event] = [HoldsDue(**talk.now()), ExpiriesDue(**talk.now())]
    claims: list[Event] = [RewardClaimed(**talk.by(friend), reward=reward) for _ in range(3)]
    if rival in {"hold", "claim"}:
        return beats if rival == "hold" else claims
    code = await talk.voucher_for(friend)
    redemptions: list[Event] = [talk.redemption(code, key=f"{reward}-{number}") for number in range(3)]
    if rival == "redemption":
        return redemptions
    talk.later(days=30)
    return beats if rival == "expiry" else [*redemptions, *claims, *beats]
