"""Standing: every referral by the five words, with its date and the next step."""

from datetime import timedelta

from handlers.events import StatusAsked
from handlers.standing import PAGE
from referrals.program_file import preset
from tests.dialogue import Dialogue
from tests.handlers.test_sharing import clicked
from tests.people import ALICE, BOB, CHLOE, DORA, MALLORY, a_crowd


async def test_a_stranger_is_told_how_to_begin_and_leaves_no_row(talk: Dialogue) -> None:
    before = await talk.counts()
    heard = await talk.says(MALLORY, "/status")
    assert heard.key == "standing.not-started"
    assert await talk.counts() == before


async def test_who_has_shared_sees_that_nobody_has_joined(talk: Dialogue) -> None:
    await talk.code_of(ALICE)
    heard = await talk.says(ALICE, "/status")
    assert heard.key == "standing.nobody-yet"
    assert "your link has not been opened yet" in heard.text


async def test_invited_counts_visits_a_moment_later(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await clicked(talk, code)
    await clicked(talk, code)
    await talk.passes(seconds=6)
    assert "your link was opened 2 times" in (await talk.says(ALICE, "/status")).text


async def test_the_words_follow_the_story(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    assert "• Joined 2 March: Bob. Next: a first purchase of €10 or more by 1 May." in await status(talk)
    await talk.buys(BOB)
    assert "• Qualified 2 March: Bob made a purchase. Your reward of €10 is yours on 16 March." in await status(talk)
    await talk.passes(days=15)
    assert "• Completed 16 March: Bob." in await status(talk)
    await talk.refunds("receipt-1")
    assert "• Ineligible: Bob. The purchase was returned" in await status(talk)


async def test_what_became_of_the_reward_is_told_to_both(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    assert "Completed 16 March: Bob. Your reward of €10 is in “My rewards”." in await status(talk)
    await talk.redeems((await talk.taps(ALICE, await talk.says(ALICE, "/rewards"), "Claim")).code)
    assert "Completed 16 March: Bob. You have used €10." in await status(talk)
    await talk.passes(days=91)
    friends = (await talk.says(BOB, "/status")).text
    assert "Completed 16 March, invited by Alice. Not used in time: €5." in friends


async def test_a_referral_completed_by_the_friends_side_says_what_the_advocate_still_waits_for(
    unopened: Dialogue,
) -> None:
    await unopened.opens(preset("airbnb-2017"))
    await unopened.brings(ALICE, BOB)
    await unopened.buys(BOB, None, type="account_created")
    await unopened.buys(BOB, "80.00", type="booking", currency="USD")
    assert "Bob. Your reward of $20 is on its way: one more step is still to come." in await status(unopened)
    await unopened.buys(BOB, None, type="checkout")
    await unopened.passes(minutes=1)
    assert "Bob. Your reward of $20 is in “My rewards”." in await status(unopened)


async def test_all_of_them_are_counted(talk: Dialogue) -> None:
    for friend in (BOB, CHLOE, DORA):
        await talk.brings(ALICE, friend)
    await talk.buys(CHLOE)
    await talk.buys(DORA, occurred_at=talk.clock.now() - timedelta(days=1))
    assert "Joined: 1 · Qualified: 1 · Completed: 0 · Ineligible: 1" in await status(talk)


async def test_the_friend_sees_where_they_stand_themselves(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    heard = await talk.says(BOB, "/status")
    assert "You were invited yourself: Joined 2 March, invited by Alice." in heard.text


async def test_many_are_turned_over_in_place_page_by_page(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    for friend in a_crowd(PAGE + 2):
        await talk.joins(friend, code)
        talk.later(minutes=1)
    first = await talk.says(ALICE, "/status")
    assert not first.outcome.answers[0].in_place
    assert first.text.count("• Joined") == PAGE
    older = await talk.taps(ALICE, first, "Older")
    assert older.outcome.answers[0].in_place
    assert older.text.count("• Joined") == 2
    assert "Guest0" in older.text
    newer = await talk.taps(ALICE, older, "Newer")
    assert newer.text == first.text
    beyond = await talk.tells(StatusAsked, by=ALICE, page=9999)
    assert beyond.text == older.text


async def test_looking_changes_nothing(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    before = await talk.counts()
    for words in ("/status", "/rewards", "/top", "/settings", "/help"):
        await talk.says(ALICE, words)
        await talk.says(MALLORY, words)
    assert await talk.counts() == before


async def status(talk: Dialogue) -> str:
    """Alice asks how her referrals stand."""
    return (await talk.says(ALICE, "/status")).text
