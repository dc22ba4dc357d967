"""Informing: the team's channel hears of completed referrals, of what was set aside, and of what waits for it."""

import pytest

from handlers.events import DecisionHandled, Event, HoldsDue, MemberAdded, UpdateParked
from messages.message import Member, NameOf
from storage.schema import decisions, outbox
from tests.dialogue import Dialogue, Told
from tests.people import ALICE, BOB, CAROL_IN_SLACK, CHLOE, DORA, MALLORY, OLGA, TESS, a_crowd


async def test_a_completed_referral_is_told_with_both_gains(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.earns(ALICE, BOB)
    assert not await talk.posts()
    await talk.passes(days=15)
    [post] = await talk.posts()
    assert "A referral is completed" in post.text
    assert "Alice brought Bob: €10 for Alice, €5 for Bob" in post.text
    await talk.passes(days=1)
    assert len(await talk.posts()) == 1


async def test_names_are_not_kept_in_the_outbox(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    [post] = [row for row in await talk.rows(outbox) if row.kind == "team"]
    assert "Alice" not in str(post.message)
    assert NameOf(await talk.id_of(ALICE)).customer in str(post.message)


async def test_many_at_once_are_one_message(talk: Dialogue) -> None:
    await talk.has_team()
    for friend in a_crowd(13):
        await talk.earns(ALICE, friend)
    await talk.passes(days=15)
    [post] = await talk.posts()
    assert "13 referrals are completed" in post.text
    assert len(post.message.lines) == 11
    assert post.text.endswith("… and 3 more")


async def test_many_clocks_tell_of_each_once(talk: Dialogue) -> None:
    await talk.has_team()
    for friend in a_crowd(9):
        await talk.earns(ALICE, friend)
    talk.later(days=15)
    await talk.all_at_once([HoldsDue(**talk.now()) for _ in range(6)])
    assert sum(len(post.message.lines) for post in await talk.posts()) == 9


async def test_a_refunded_one_is_not_told(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.earns(ALICE, BOB)
    await talk.refunds("receipt-1")
    await talk.passes(days=15)
    assert not await talk.posts()


async def test_a_parked_update_says_what_to_do(talk: Dialogue) -> None:
    await talk.has_team()
    for _ in range(2):
        await talk.tells(UpdateParked, platform="telegram", update="12345", error="ZeroDivisionError at x.py:3")
    [post] = await talk.posts()
    for words in ("Telegram", "12345", "ZeroDivisionError at x.py:3", "What to do"):
        assert words in post.text


async def test_a_record_with_another_account_waits_for_a_manager(talk: Dialogue) -> None:
    post = await waits(talk)
    assert "Mallory wanted to join" in post.text
    for who in (ALICE, MALLORY):
        assert await talk.id_of(who) in post.text
    denied = await talk.taps(CAROL_IN_SLACK, post, "Handled")
    assert denied.refused == "no-access"
    assert "--role manager" in denied.text
    handled = await talk.taps(OLGA, post, "Handled")
    [answer] = handled.outcome.answers
    assert answer.in_place
    assert not answer.buttons
    assert "Mallory" in str(post.text)
    assert answer.lines[-1].values["member"] == Member("slack", "T0CAFE.U0OLGA")
    assert (await talk.taps(OLGA, post, "Handled")).key == "informing.handled-already"
    assert [row.is_open for row in await talk.rows(decisions)] == [False]


async def test_two_managers_handle_it_at_once(talk: Dialogue) -> None:
    post = await waits(talk)
    await talk.tells(MemberAdded, member=TESS.identity, role="manager")
    [[button]] = post.message.buttons
    taps: list[Event] = [
        DecisionHandled(**talk.by(who), decision=getattr(button, "about", "")) for who in (OLGA, TESS) * 3
    ]
    heard = await talk.all_at_once(taps)
    assert sorted(one.key for one in heard) == ["informing.handled-already"] * 5 + ["informing.other-account"]


async def test_a_merge_that_meets_another_account_later_waits_too(talk: Dialogue) -> None:
    await talk.has_team()
    shop = str((await talk.buys(DORA, identities=(CHLOE.identity.__class__("shop", "1"),))).reply["customer"])
    first = await talk.says(CHLOE, f"/start l_{await talk.sign_in_token(shop)}")
    second = await talk.says(BOB, f"/start l_{await talk.sign_in_token(shop)}")
    assert (await talk.taps(CHLOE, first, "Yes, that is me")).key == "merging.joined"
    assert (await talk.taps(BOB, second, "Yes, that is me")).key in {"merging.other-account", "merging.answered-before"}
    assert len(await talk.posts()) == sum(row.is_open for row in await talk.rows(decisions))


async def test_what_is_not_there_was_handled_already(talk: Dialogue) -> None:
    await talk.has_team()
    assert (await talk.tells(DecisionHandled, by=OLGA, decision="dec_none")).key == "informing.handled-already"


@pytest.mark.parametrize("story", ["completed", "parked", "other-account"])
async def test_without_a_channel_nothing_waits_for_one(talk: Dialogue, story: str) -> None:
    if story == "completed":
        await talk.earns(ALICE, BOB)
        await talk.passes(days=15)
    elif story == "parked":
        await talk.tells(UpdateParked, platform="slack", update="Ev1", error="KeyError")
    else:
        await asks_for_anothers_record(talk)
    assert not await talk.posts()


async def waits(talk: Dialogue) -> Told:
    """Mallory signs in to Alice's record, and the team is told."""
    await talk.has_team()
    await asks_for_anothers_record(talk)
    [post] = await talk.posts()
    return post


async def asks_for_anothers_record(talk: Dialogue) -> None:
    """Mallory signs in to Alice's record, who has a Telegram account already."""
    await talk.says(ALICE, "/start")
    heard = await talk.says(MALLORY, f"/start l_{await talk.sign_in_token(await talk.id_of(ALICE))}")
    assert heard.key == "merging.other-account"
