"""Merging: two records turn out to be one person, are joined when that person confirms, and can be parted again."""

import pytest

from handlers.events import MergeAnswered, MergeUndone, Person, SignInRequested
from referrals.identity import Identity
from storage.schema import decisions, ledger, merges, referrals, rewards
from tests.dialogue import Dialogue, Heard
from tests.people import ALICE, BOB, CHLOE, DORA, MALLORY, someone

SHOP = Identity("shop", "0815")
PHONE = "+491515550001"


async def test_a_sign_in_address_joins_the_chat_to_the_shops_record(talk: Dialogue) -> None:
    customer = await shop_record(talk)
    talk.later(days=1)
    await talk.says(BOB, "/start")
    asked = await signs_in(talk, BOB, customer)
    assert "known since 2 March" in asked.text
    done = await talk.taps(BOB, asked, "Yes, that is me")
    assert done.key == "merging.joined"
    assert await talk.id_of(BOB) == customer
    assert (await talk.buys(BOB)).reply["customer"] == customer


async def test_both_ids_go_on_working(talk: Dialogue) -> None:
    await talk.says(BOB, "/start")
    chat = await talk.id_of(BOB)
    talk.later(days=1)
    shop = await shop_record(talk)
    await joins_records(talk, BOB, shop)
    assert await talk.id_of(BOB) == chat
    assert (await talk.viewed(shop))["id"] == chat
    assert (await talk.viewed(chat))["id"] == chat


async def test_a_sign_in_address_works_once_and_for_a_quarter_of_an_hour(talk: Dialogue) -> None:
    customer = await shop_record(talk)
    token = await talk.sign_in_token(customer)
    talk.later(minutes=15)
    assert (await talk.says(BOB, f"/start l_{token}")).key == "merging.token-over"
    token = await talk.sign_in_token(customer)
    assert (await talk.says(BOB, f"/start l_{token}")).key == "merging.is-this-you"
    assert (await talk.says(MALLORY, f"/start l_{token}")).key == "merging.token-over"
    assert (await talk.says(BOB, "/start l_nonsense")).key == "merging.token-over"


async def test_no_leaves_both_alone_for_good(talk: Dialogue) -> None:
    customer = await shop_record(talk)
    asked = await signs_in(talk, BOB, customer)
    assert (await talk.taps(BOB, asked, "No, that is not me")).key == "merging.declined"
    assert (await talk.taps(BOB, asked, "Yes, that is me")).key == "merging.answered-before"
    assert await talk.id_of(BOB) != customer


async def test_nobody_answers_for_somebody_else(talk: Dialogue) -> None:
    asked = await signs_in(talk, BOB, await shop_record(talk))
    for other in (MALLORY, CHLOE):
        await talk.says(other, "/start")
        assert (await talk.taps(other, asked, "Yes, that is me")).key == "merging.answered-before"
    assert (await talk.tells(MergeAnswered, by=BOB, request="mrg_none", yes=True)).key == "merging.answered-before"


async def test_a_record_with_another_account_here_is_for_the_team_to_decide(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    heard = await signs_in(talk, MALLORY, await talk.id_of(ALICE))
    assert heard.key == "merging.other-account"
    assert not await talk.rows(merges)
    assert [row.is_open for row in await talk.rows(decisions)] == [True]


async def test_ones_own_record_is_theirs_already(talk: Dialogue) -> None:
    await talk.says(BOB, "/start")
    assert (await signs_in(talk, BOB, await talk.id_of(BOB))).key == "merging.already-yours"


async def test_an_unknown_customer_gets_no_token(talk: Dialogue) -> None:
    assert (await talk.tells(SignInRequested, customer="cus_nobody")).refused == "unknown-customer"
    assert not (await talk.counts())["tokens"]


async def test_a_contact_of_ones_own_is_noted_and_then_found(talk: Dialogue) -> None:
    assert (await talk.shares_contact(BOB, PHONE)).key == "merging.phone-noted"
    found = await talk.customer_with(Identity("phone", PHONE))
    assert found is not None
    assert found.id == await talk.id_of(BOB)
    assert (await talk.shares_contact(BOB, PHONE)).key == "merging.already-yours"


async def test_somebody_elses_contact_is_refused(talk: Dialogue) -> None:
    await shop_record(talk, Identity("phone", PHONE))
    assert (await talk.shares_contact(MALLORY, PHONE, own=False)).key == "merging.not-your-contact"
    assert not await talk.rows(merges)


async def test_the_phone_a_shop_reported_is_joined_when_the_person_confirms(talk: Dialogue) -> None:
    customer = await shop_record(talk, Identity("phone", PHONE))
    talk.later(days=1)
    await talk.taps(BOB, await talk.shares_contact(BOB, PHONE), "Yes, that is me")
    assert await talk.id_of(BOB) == customer


async def test_a_phones_question_ends_after_a_quarter_of_an_hour_too(talk: Dialogue) -> None:
    customer = await shop_record(talk, Identity("phone", PHONE))
    talk.later(days=1)
    asked = await talk.shares_contact(BOB, PHONE)
    talk.later(days=90)
    assert (await talk.taps(BOB, asked, "Yes, that is me")).key == "merging.token-over"
    assert await talk.id_of(BOB) != customer
    await talk.taps(BOB, await talk.shares_contact(BOB, PHONE), "Yes, that is me")
    assert await talk.id_of(BOB) == customer


async def test_having_bought_before_counts_for_both(talk: Dialogue) -> None:
    customer = await shop_record(talk)
    await joins_records(talk, BOB, customer)
    talk.later(days=1)
    assert (await talk.joins(BOB, await talk.code_of(ALICE))).refused == "customer-before"


async def test_links_rewards_and_the_ledger_move_over_and_back(talk: Dialogue) -> None:
    shop = await shop_record(talk)
    talk.later(days=1)
    await talk.earns(BOB, CHLOE)
    chat = await talk.id_of(BOB)
    code = await talk.code_of(BOB)
    merge = await joins_records(talk, BOB, shop)
    assert await talk.id_of(BOB) == shop
    assert await talk.code_of(BOB) == code
    assert await talk.balances_of(BOB) == {"pending": 1000}
    await talk.tells(MergeUndone, merge=merge)
    assert await talk.id_of(BOB) == chat
    assert await talk.code_of(BOB) == code
    assert await talk.balances_of(BOB) == {"pending": 1000}
    assert (await talk.viewed(shop, "rewards"))["rewards"] == []
    parted = await talk.customer_with(SHOP)
    assert parted is not None
    assert parted.id == shop
    assert (await talk.tells(MergeUndone, merge=merge)).refused == "unknown-merge"


@pytest.mark.parametrize("shop_first", [True, False])
async def test_the_earlier_invitation_wins_whichever_record_has_it(talk: Dialogue, *, shop_first: bool) -> None:
    shop = await shop_record(talk, spends=None)
    talk.later(minutes=1)
    await talk.says(BOB, "/start")
    early, late = ALICE, CHLOE
    codes = {who: await talk.code_of(who) for who in (early, late)}
    for who in (early, late):
        if (who is early) is shop_first:
            await talk.buys(BOB, None, identities=(SHOP,), type="signup", code=codes[who])
        else:
            await talk.joins(BOB, codes[who])
        talk.later(days=1)
    await joins_records(talk, BOB, shop)
    assert (await talk.buys(BOB)).decision == "qualified"
    assert await talk.balances_of(early) == {"pending": 1000}
    assert await talk.balances_of(late) == {}
    states = {row.advocate_id: (row.state, row.reason) for row in await talk.rows(referrals)}
    assert states[await talk.id_of(late)] == ("ineligible", "invited-before")


async def test_a_doubled_reward_is_compensated_and_everyone_hears_of_it(talk: Dialogue) -> None:
    shop = await shop_record(talk, spends=None)
    await talk.buys(BOB, identities=(SHOP,), code=await talk.code_of(ALICE))
    talk.later(days=1)
    await talk.earns(CHLOE, BOB)
    merge = await joins_records(talk, BOB, shop)
    assert await talk.balances_of(ALICE) == {"pending": 1000}
    assert await talk.balances_of(CHLOE) == {}
    assert await talk.balances_of(BOB) == {"pending": 500}
    assert "earlier invitation" in (await talk.notices_for(CHLOE))[-1].text
    assert "earlier invitation" in (await talk.notices_for(BOB))[-1].text
    await talk.tells(MergeUndone, merge=merge)
    assert await talk.balances_of(CHLOE) == {"pending": 1000}
    assert await talk.balances_of(BOB) == {"pending": 500}


@pytest.mark.parametrize("by_chat", [True, False])
async def test_inviting_oneself_is_compensated_when_it_comes_to_light(talk: Dialogue, *, by_chat: bool) -> None:
    shop, chat_code = await shop_record(talk, spends=None), await talk.code_of(MALLORY)
    if by_chat:
        await talk.buys(MALLORY, identities=(SHOP,), code=chat_code)
    else:
        await talk.joins(MALLORY, await code_of_record(talk, shop))
        await talk.buys(MALLORY)
    merge = await joins_records(talk, MALLORY, shop)
    assert await talk.balances_of(MALLORY) == {}
    assert {row.state for row in await talk.rows(rewards)} == {"revoked"}
    assert [row.reason for row in await talk.rows(referrals)] == ["same-person"]
    assert sum(row.amount for row in await talk.rows(ledger)) == 0
    await talk.tells(MergeUndone, merge=merge)
    assert [row.state for row in await talk.rows(referrals)] == ["qualified"]
    assert {row.state for row in await talk.rows(rewards)} == {"pending"}


async def test_an_honest_invitation_outlives_a_self_made_one(talk: Dialogue) -> None:
    shop = await shop_record(talk, spends=None)
    await talk.brings(ALICE, MALLORY)
    talk.later(days=1)
    await talk.buys(MALLORY, "5.00", identities=(SHOP,), code=await talk.code_of(MALLORY))
    await joins_records(talk, MALLORY, shop)
    states = {row.advocate_id: row.state for row in await talk.rows(referrals)}
    assert states[await talk.id_of(ALICE)] == "joined"
    assert sorted(states.values()) == ["ineligible", "joined"]
    heard = await talk.says(MALLORY, "/start")
    assert "invited by Alice" in heard.text


async def test_a_circle_that_a_merge_would_close_is_ended(talk: Dialogue) -> None:
    shop = await shop_record(talk, spends=None)
    await talk.brings(BOB, ALICE)
    await talk.buys(BOB, None, identities=(SHOP,), type="signup", code=await talk.code_of(ALICE))
    await joins_records(talk, BOB, shop)
    reasons = [row.reason for row in await talk.rows(referrals)]
    assert set(reasons) == {None, "circle"}


@pytest.mark.parametrize("refund", [False, True])
async def test_what_was_redeemed_is_owed_and_after_undoing_owed_no_more(talk: Dialogue, *, refund: bool) -> None:
    shop = await shop_record(talk, spends=None)
    await talk.buys(MALLORY, id="own", identities=(SHOP,), code=await talk.code_of(MALLORY))
    await talk.passes(days=15)
    await talk.redeems(await talk.voucher_for(MALLORY))
    chat = await talk.id_of(MALLORY)
    merge = await joins_records(talk, MALLORY, shop)
    assert await talk.balances_of(MALLORY) == {"redeemed": 1000, "available": -1000}
    if refund:
        await talk.refunds("own")
        assert await talk.balances_of(MALLORY) == {"redeemed": 1000, "available": -1000}
    await talk.tells(MergeUndone, merge=merge)
    assert await talk.id_of(MALLORY) == chat
    assert await talk.balances_of(MALLORY) == {"redeemed": 1000}


async def test_records_may_be_joined_parted_and_joined_again(talk: Dialogue) -> None:
    shop = await shop_record(talk, spends=None)
    await talk.buys(MALLORY, identities=(SHOP,), code=await talk.code_of(MALLORY))
    for _ in range(2):
        merge = await joins_records(talk, MALLORY, shop)
        assert await talk.balances_of(MALLORY) == {}
        await talk.tells(MergeUndone, merge=merge)
        assert await talk.balances_of(MALLORY) == {"pending": 1000}
    assert sum(row.amount for row in await talk.rows(ledger)) == 0


async def test_stop_silences_both_and_undoing_frees_nobody(talk: Dialogue) -> None:
    shop = await shop_record(talk)
    asked = await signs_in(talk, BOB, shop)
    await talk.says(BOB, "/stop")
    await talk.taps(BOB, asked, "Yes, that is me")
    [merge] = [row.id for row in await talk.rows(merges)]
    async with talk.database.reading() as store:
        kept = await store.customers.by_id(shop)
    assert kept is not None
    assert kept.stopped_at is not None
    await talk.tells(MergeUndone, merge=merge)
    bob = await talk.customer(BOB)
    assert bob is not None
    assert bob.stopped_at is not None


async def test_undoing_takes_back_a_consent_and_a_name_that_were_not_the_records_own(talk: Dialogue) -> None:
    shop = await shop_record(talk)
    await talk.taps(DORA, await talk.says(DORA, "/share"), "Yes, please")
    merge = await joins_records(talk, DORA, shop)
    kept = await talk.customer(DORA)
    assert kept is not None
    assert kept.first_name == "Dora"
    assert kept.reminders_agreed_at is not None
    await talk.tells(MergeUndone, merge=merge)
    parted = await talk.customer_with(SHOP)
    assert parted is not None
    assert parted.first_name == ""
    assert parted.reminders_agreed_at is None
    dora = await talk.customer(DORA)
    assert dora is not None
    assert dora.reminders_agreed_at is not None


async def test_who_turns_out_to_have_bought_before_was_no_friend(talk: Dialogue) -> None:
    shop = await shop_record(talk)
    talk.later(days=1)
    await talk.earns(ALICE, BOB)
    merge = await joins_records(talk, BOB, shop)
    assert {row.reason for row in await talk.rows(referrals)} == {"customer-before"}
    assert await talk.balances_of(ALICE) == {}
    assert "been a customer before" in (await talk.notices_for(ALICE))[-1].text
    assert (await talk.buys(BOB)).decision == "goal-reached-before"
    await talk.tells(MergeUndone, merge=merge)
    assert await talk.balances_of(ALICE) == {"pending": 1000}


async def test_a_purchase_beside_a_merge_finds_the_invitation_on_either_record(talk: Dialogue) -> None:
    for number in range(8):
        friend = someone(f"Guest{number}", 5000 + number)
        shop = await shop_record(talk, Identity("shop", str(number)), spends=None)
        talk.later(minutes=1)
        await talk.brings(ALICE, friend)
        request = (await signs_in(talk, friend, shop)).buttons[0].about.partition(".")[0]
        joined = MergeAnswered(**talk.by(friend), request=request, yes=True)
        _, bought = await talk.all_at_once([joined, talk.purchase(friend)])
        assert bought.decision == "qualified"


async def shop_record(talk: Dialogue, identity: Identity = SHOP, *, spends: str | None = "12.00") -> str:
    """The shop knows somebody, who may have bought already."""
    kind = "purchase" if spends else "signup"
    heard = await talk.buys(BOB, spends, identities=(identity,), type=kind)
    return str(heard.reply["customer"])


async def signs_in(talk: Dialogue, who: Person, customer: str) -> Heard:
    """Someone opens the sign-in address of a record."""
    return await talk.says(who, f"/start l_{await talk.sign_in_token(customer)}")


async def joins_records(talk: Dialogue, who: Person, customer: str) -> str:
    """Someone joins a record to their chat; returns the id of the merge."""
    await talk.says(who, "/start")
    await talk.taps(who, await signs_in(talk, who, customer), "Yes, that is me")
    done = [row for row in await talk.rows(merges) if row.state == "merged"]
    assert len(done) == 1
    return str(done[0].id)


async def code_of_record(talk: Dialogue, customer: str) -> str:
    """Give a record of the shop a link of its own, as an import will."""
    draw = talk.now()["draw"]
    async with talk.database.transaction() as store:
        link = await store.links.show(
            "demo", customer, revision=1, link=draw.id("lnk"), codes=draw.share_codes(), at=talk.clock.now()
        )
    return link.code
