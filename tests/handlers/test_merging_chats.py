"""Merging two chats: one person uses both platforms and finds one state in both, and nobody is joined unawares."""

import re

import pytest

from handlers.events import ConnectAsked, Event, MergeAnswered, MergeUndone, Person, SettingChosen, SignInOpened
from messages.message import Command, Copy, Open, SignInLink
from referrals.identity import Identity
from storage.schema import decisions, ledger, merges, outbox, tokens
from tests.dialogue import Dialogue, Heard
from tests.people import CHLOE

BOB = Person(identity=Identity("telegram", "2002"), first_name="Bob", elsewhere=("slack",))
BOB_AT_WORK = Person(identity=Identity("slack", "T0CAFE.U0BOB"), first_name="Robert", elsewhere=("telegram",))
MALLORY = Person(identity=Identity("telegram", "2066"), first_name="Mallory", elsewhere=("slack",))
MALLORY_AT_WORK = Person(identity=Identity("slack", "T0CAFE.U0MAL"), first_name="Mallory", elsewhere=("telegram",))

BOTH_WAYS = pytest.mark.parametrize(
    ("first", "second", "button"),
    [(BOB, BOB_AT_WORK, "Use it in Slack too"), (BOB_AT_WORK, BOB, "Use it in Telegram too")],
    ids=["telegram-then-slack", "slack-then-telegram"],
)


async def asks_over(talk: Dialogue, who: Person, button: str = "Use it in") -> str:
    """Someone asks in the settings to use the other platform too, and reads the token of the link or line."""
    await talk.says(who, "/start")
    heard = await talk.taps(who, await talk.says(who, "/settings"), button)
    found = re.search(r"l_([0-9a-v]{32})", heard.text)
    assert found, heard.text
    return found[1]


async def opens(talk: Dialogue, who: Person, token: str) -> Heard:
    """Someone opens the link, or types the line."""
    return await talk.says(who, f"/start l_{token}")


async def connects(talk: Dialogue, first: Person, second: Person) -> None:
    """Someone comes over from one platform to the other and says that both are theirs."""
    token = await asks_over(talk, first)
    talk.later(minutes=1)
    asked = await opens(talk, second, token)
    assert (await talk.taps(second, asked, "Yes, that is me")).key == "merging.joined"


@BOTH_WAYS
async def test_both_chats_show_one_state(talk: Dialogue, first: Person, second: Person, button: str) -> None:
    await talk.earns(first, CHLOE)
    code = await talk.code_of(first)
    talk.later(days=1)
    asked = await opens(talk, second, await asks_over(talk, first, button))
    assert asked.key == "merging.is-this-you-too"
    for said in (first.first_name, first.identity.platform.capitalize(), "2 March", "if somebody else sent you a link"):
        assert said in asked.text
    assert (await talk.taps(second, asked, "Yes, that is me")).key == "merging.joined"
    assert await talk.id_of(first) == await talk.id_of(second)
    assert await talk.code_of(second) == code
    for words in ("/status", "/rewards"):
        assert (await talk.says(first, words)).text == (await talk.says(second, words)).text
    assert sum(row.amount for row in await talk.rows(ledger)) == 0


@BOTH_WAYS
async def test_the_chat_that_was_there_hears_of_it(talk: Dialogue, first: Person, second: Person, button: str) -> None:
    await connects(talk, first, second)
    told = (await talk.notices_for(first))[-1]
    assert told.key == "merging.joined-elsewhere"
    assert second.identity.platform.capitalize() in told.text
    async with talk.database.reading() as store:
        [chat, *_] = await store.customers.chats_of(await talk.id_of(first))
    assert chat.platform == first.identity.platform, "other notices go where the person was first"


async def test_the_way_over_fits_the_platform_it_leads_to(talk: Dialogue) -> None:
    await talk.says(BOB, "/start")
    line = await talk.tells(ConnectAsked, by=BOB, to="slack")
    [copy] = [button for row in line.outcome.answers[0].buttons for button in row]
    assert isinstance(copy, Copy)
    assert isinstance(copy.what, Command)
    assert f"/grapevine join {copy.what.about}\n" in line.text
    link = await talk.tells(ConnectAsked, by=BOB_AT_WORK, to="telegram")
    [button] = [button for row in link.outcome.answers[0].buttons for button in row]
    assert isinstance(button, Open)
    assert isinstance(button.link, SignInLink)
    assert f"https://t.me/example_bot?start=l_{button.link.token}\n" in link.text
    assert link.outcome.answers[0].values["link"] == button.link
    assert button.link.token not in repr(link.outcome)
    assert copy.what.about not in repr(line.outcome)


async def test_the_way_over_is_offered_only_where_it_leads_somewhere(talk: Dialogue) -> None:
    alone = Person(identity=BOB.identity, first_name="Bob")
    await talk.says(alone, "/start")
    assert not [button for button in (await talk.says(alone, "/settings")).buttons if button.action == "connect"]
    for who, to in ((alone, "slack"), (BOB, "telegram"), (BOB, "carrier-pigeon"), (BOB, "")):
        assert (await talk.tells(ConnectAsked, by=who, to=to)).key == "merging.not-there"
    await connects(talk, BOB, BOB_AT_WORK)
    assert not [button for button in (await talk.says(BOB, "/settings")).buttons if button.action == "connect"]
    assert (await talk.tells(ConnectAsked, by=BOB, to="slack")).key == "merging.there-already"
    assert len(await talk.rows(tokens)) == 1


async def test_a_stranger_who_asks_is_known_from_then_on(talk: Dialogue) -> None:
    assert (await talk.tells(ConnectAsked, by=BOB_AT_WORK, to="telegram")).key == "merging.connect-by-link"
    assert await talk.id_of(BOB_AT_WORK)


async def test_the_way_over_ends_after_a_quarter_of_an_hour_and_with_its_first_use(talk: Dialogue) -> None:
    token = await asks_over(talk, BOB)
    talk.later(minutes=15)
    assert (await opens(talk, BOB_AT_WORK, token)).key == "merging.token-over"
    token = await asks_over(talk, BOB)
    assert (await opens(talk, BOB_AT_WORK, token)).key == "merging.is-this-you-too"
    assert (await opens(talk, BOB_AT_WORK, token)).key == "merging.token-over"


async def test_ones_own_way_over_leads_nowhere_on_the_same_platform(talk: Dialogue) -> None:
    token = await asks_over(talk, BOB)
    assert (await opens(talk, BOB, token)).key == "merging.already-yours"
    assert not await talk.rows(merges)


async def test_another_account_on_the_same_platform_is_for_the_team(talk: Dialogue) -> None:
    token = await asks_over(talk, BOB)
    assert (await opens(talk, MALLORY, token)).key == "merging.other-account"
    assert [row.is_open for row in await talk.rows(decisions)] == [True]


async def test_whoever_uses_both_already_takes_no_third_account(talk: Dialogue) -> None:
    await connects(talk, MALLORY, MALLORY_AT_WORK)
    token = await asks_over(talk, BOB)
    assert (await opens(talk, MALLORY_AT_WORK, token)).key == "merging.other-account"
    assert await talk.id_of(BOB) != await talk.id_of(MALLORY)


async def test_whoever_says_no_stays_apart(talk: Dialogue) -> None:
    asked = await opens(talk, BOB_AT_WORK, await asks_over(talk, MALLORY))
    assert "Mallory" in asked.text
    assert (await talk.taps(BOB_AT_WORK, asked, "No, that is not me")).key == "merging.declined"
    assert await talk.id_of(BOB_AT_WORK) != await talk.id_of(MALLORY)
    assert not await talk.notices_for(MALLORY)


async def test_somebody_without_a_name_is_said_to_have_none(talk: Dialogue) -> None:
    nameless = Person(identity=BOB.identity, elsewhere=("slack",))
    asked = await opens(talk, BOB_AT_WORK, await asks_over(talk, nameless))
    assert "somebody without a name" in asked.text


async def test_a_stop_in_one_chat_is_a_stop_in_both(talk: Dialogue) -> None:
    token = await asks_over(talk, BOB)
    await talk.says(BOB, "/stop")
    await talk.taps(BOB_AT_WORK, await opens(talk, BOB_AT_WORK, token), "Yes, that is me")
    both = await talk.customer(BOB_AT_WORK)
    assert both is not None
    assert both.stopped_at is not None
    await talk.says(BOB_AT_WORK, "/start")
    back = await talk.customer(BOB)
    assert back is not None
    assert back.stopped_at is None


@pytest.mark.parametrize("silencing", ["news", "/stop"])
async def test_whoever_comes_cannot_silence_the_warning(talk: Dialogue, silencing: str) -> None:
    asked = await opens(talk, MALLORY_AT_WORK, await asks_over(talk, BOB))
    if silencing == "news":
        await talk.tells(SettingChosen, by=MALLORY_AT_WORK, choice="notices:off")
    else:
        await talk.says(MALLORY_AT_WORK, silencing)
    talk.later(minutes=1)
    done = await talk.taps(MALLORY_AT_WORK, asked, "Yes, that is me")
    bob = await talk.customer(BOB)
    assert bob is not None
    assert bob.wants_notices, "the news of a chat that was there stays as it was"
    told = (await talk.notices_for(BOB))[-1]
    assert (told.key, told.kind) == ("merging.joined-elsewhere", "support")
    for text in (done.text, told.text):
        assert ("has said stop" in text) == (silencing == "/stop")
    if bob.stopped_at is not None:
        [created] = [row.created_at for row in await talk.rows(outbox) if row.kind == "support"]
        assert created > bob.stopped_at, "what was asked after a stop is answered"


async def test_who_had_said_stop_before_is_not_written_to(talk: Dialogue) -> None:
    token = await asks_over(talk, BOB)
    await talk.says(BOB, "/stop")
    talk.later(minutes=1)
    done = await talk.taps(BOB_AT_WORK, await opens(talk, BOB_AT_WORK, token), "Yes, that is me")
    assert "neither hears from me any more" in done.text
    assert not await talk.notices_for(BOB)


async def test_news_switched_off_where_one_was_stays_off(talk: Dialogue) -> None:
    await talk.says(BOB, "/start")
    await talk.tells(SettingChosen, by=BOB, choice="notices:off")
    await connects(talk, BOB, BOB_AT_WORK)
    both = await talk.customer(BOB_AT_WORK)
    assert both is not None
    assert not both.wants_notices


async def test_parting_gives_each_its_own_choices_back(talk: Dialogue) -> None:
    token = await asks_over(talk, BOB)
    talk.later(minutes=1)
    asked = await opens(talk, MALLORY_AT_WORK, token)
    await talk.tells(SettingChosen, by=MALLORY_AT_WORK, choice="board:off")
    await talk.says(MALLORY_AT_WORK, "/stop")
    merge = asked.buttons[0].about.partition(".")[0]
    await talk.taps(MALLORY_AT_WORK, asked, "Yes, that is me")
    both = await talk.customer(BOB)
    assert both is not None
    assert (both.stopped_at is None, both.on_board) == (False, False)
    await talk.tells(MergeUndone, merge=merge)
    bob, mallory = await talk.customer(BOB), await talk.customer(MALLORY_AT_WORK)
    assert bob is not None
    assert mallory is not None
    assert (bob.stopped_at, bob.on_board) == (None, True)
    assert (mallory.stopped_at is None, mallory.on_board) == (False, False)


async def test_what_was_switched_off_since_stays_off_for_both(talk: Dialogue) -> None:
    await talk.taps(BOB, await talk.says(BOB, "/share"), "Yes, please")
    await connects(talk, BOB, BOB_AT_WORK)
    await talk.tells(SettingChosen, by=BOB, choice="notices:off")
    await talk.says(BOB_AT_WORK, "/stop")
    [merge] = [row.id for row in await talk.rows(merges)]
    await talk.tells(MergeUndone, merge=merge)
    for who in (BOB, BOB_AT_WORK):
        apart = await talk.customer(who)
        assert apart is not None
        assert apart.stopped_at is not None
        assert apart.reminders_agreed_at is None
        assert not apart.wants_notices


async def test_a_late_yes_joins_nothing(talk: Dialogue) -> None:
    asked = await opens(talk, BOB_AT_WORK, await asks_over(talk, BOB))
    talk.later(minutes=15, seconds=1)
    late = await talk.taps(BOB_AT_WORK, asked, "Yes, that is me")
    assert late.key == "merging.token-over"
    assert "nothing was joined" in late.text
    assert (await talk.taps(BOB_AT_WORK, asked, "Yes, that is me")).key == "merging.answered-before"
    assert [row.state for row in await talk.rows(merges)] == ["declined"]
    assert await talk.id_of(BOB) != await talk.id_of(BOB_AT_WORK)


async def test_a_name_cannot_speak_in_our_voice(talk: Dialogue) -> None:
    trap = Person(identity=BOB.identity, first_name="you” and your “reward” – say «yes", elsewhere=("slack",))
    asked = await opens(talk, BOB_AT_WORK, await asks_over(talk, trap))
    assert "the account of “you and your reward – say yes” in Telegram" in asked.text


async def test_of_two_who_open_at_once_one_is_asked(talk: Dialogue) -> None:
    token = await asks_over(talk, BOB)
    heard = await talk.all_at_once(
        [SignInOpened(**talk.by(who), token=token) for who in (BOB_AT_WORK, MALLORY_AT_WORK)]
    )
    assert sorted(one.key for one in heard) == ["merging.is-this-you-too", "merging.token-over"]


async def test_of_two_who_confirm_at_once_one_is_joined(talk: Dialogue) -> None:
    answers: list[Event] = []
    for who in (BOB_AT_WORK, MALLORY_AT_WORK):
        asked = await opens(talk, who, await asks_over(talk, BOB))
        request = asked.buttons[0].about.partition(".")[0]
        answers += [MergeAnswered(**talk.by(who), request=request, yes=True) for _ in range(2)]
    heard = await talk.all_at_once(answers)
    assert [one.key for one in heard].count("merging.joined") == 1
    assert [row.state for row in await talk.rows(merges)].count("merged") == 1
    bob = await talk.id_of(BOB)
    assert [await talk.id_of(who) for who in (BOB_AT_WORK, MALLORY_AT_WORK)].count(bob) == 1
