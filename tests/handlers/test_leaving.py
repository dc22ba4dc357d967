"""Leaving: stop is obeyed at once and beats everything; a block is remembered; both have a way back."""

from sqlalchemy import update

from handlers.events import BotBlocked, BotUnblocked
from storage.schema import identities
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, MALLORY


async def test_stop_is_obeyed_at_once_and_withdraws_the_consent(talk: Dialogue) -> None:
    await talk.taps(ALICE, await talk.says(ALICE, "/share"), "Yes, please")
    heard = await talk.says(ALICE, "/stop")
    assert heard.key == "leaving.stopped"
    alice = await talk.customer(ALICE)
    assert alice is not None
    assert alice.stopped_at == talk.clock.now()
    assert alice.reminders_agreed_at is None


async def test_start_lifts_the_stop_but_not_the_consent(talk: Dialogue) -> None:
    await talk.taps(ALICE, await talk.says(ALICE, "/share"), "Yes, please")
    await talk.says(ALICE, "/stop")
    await talk.says(ALICE, "/start")
    alice = await talk.customer(ALICE)
    assert alice is not None
    assert alice.stopped_at is None
    assert alice.reminders_agreed_at is None


async def test_only_start_lifts_it(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    await talk.says(ALICE, "/stop")
    for words in ("/share", "/status", "/rewards", "/settings", "/help", "/top", "hello"):
        assert (await talk.says(ALICE, words)).text
    alice = await talk.customer(ALICE)
    assert alice is not None
    assert alice.stopped_at is not None


async def test_who_stopped_keeps_earning_and_sees_it_when_they_ask(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    await talk.says(ALICE, "/stop")
    await talk.buys(BOB)
    await talk.passes(days=15)
    assert "one is ready" in (await talk.says(ALICE, "/rewards")).text
    assert await talk.voucher_for(ALICE)


async def test_a_stranger_who_says_stop_is_answered_and_not_kept(talk: Dialogue) -> None:
    assert (await talk.says(MALLORY, "/stop")).key == "leaving.stopped"
    assert not (await talk.counts())["customers"]


async def test_a_block_is_remembered_until_it_is_lifted(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    await talk.tells(BotBlocked, by=ALICE)
    assert [row.is_reachable for row in await talk.rows(identities)] == [False]
    await talk.tells(BotUnblocked, by=ALICE)
    assert [row.is_reachable for row in await talk.rows(identities)] == [True]


async def test_pressing_start_shows_that_a_chat_can_be_reached_again(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    async with talk.database.migrating() as connection:
        await connection.execute(update(identities).values(is_reachable=False))
    await talk.says(ALICE, "/start")
    assert [row.is_reachable for row in await talk.rows(identities)] == [True]
