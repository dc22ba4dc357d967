"""Own words: asked for, kept, refused kindly, taken back, and never without what the sharer gets."""

import pytest

from handlers.events import LandingViewed, SharePageViewed
from referrals.program_file import preset
from referrals.wording import LONGEST
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB

PIE = "Their cherry pie is worth the walk."


async def words_of(talk: Dialogue) -> str:
    """What friends are told of Alice's link, as her share page shows it."""
    code = await talk.code_of(ALICE)
    return talk.said((await talk.tells(SharePageViewed, code=code)).reply["words"])


async def test_what_is_written_next_is_what_friends_are_told(talk: Dialogue) -> None:
    asked = await talk.taps(ALICE, await talk.says(ALICE, "/share"), "Change my words")
    assert "I go to Corner Café" in asked.text
    kept = await talk.says(ALICE, f"  {PIE}\n\n ")
    assert PIE in kept.text
    assert "With my link you get €5 on your first purchase, and I get €10 too." in kept.text
    card = await talk.taps(ALICE, kept, "Show my card")
    assert f"You say to friends: “{PIE}”" in card.text
    landing = await talk.tells(LandingViewed, code=card.code)
    assert talk.said(landing.reply["words"]) == f"“{PIE}”"


async def test_ours_tell_what_the_sharer_gets_too(talk: Dialogue) -> None:
    words = await words_of(talk)
    assert words.startswith("I go to Corner Café and thought of you")
    assert words.endswith("I get €10 too.")


async def test_a_sharer_who_gets_nothing_says_so(unopened: Dialogue) -> None:
    text = preset("demo")
    start, end = text.index("[goals.first-purchase.advocate]"), text.index("[goals.first-purchase.friend]")
    await unopened.opens(text[:start] + text[end:])
    assert (await words_of(unopened)).endswith("I get nothing for it.")
    await unopened.taps(ALICE, await unopened.says(ALICE, "/share"), "Change my words")
    assert (await unopened.says(ALICE, PIE)).text.endswith("I get nothing for it.")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Look at https://evil.example/x", "“https://evil.example/x” looks like a link"),
        ("Write to @somebody about it", "“@somebody” looks like a link"),
        ("Go to evil.example now", "“evil.example” looks like a link"),
        ("x" * (LONGEST + 1), f"{LONGEST + 1} letters, and there is room for {LONGEST}"),
        ("🎉🎉🎉", "I need a few words"),
    ],
)
async def test_what_may_not_stand_there_is_refused_kindly_and_may_be_written_again(
    talk: Dialogue, written: str, said: str
) -> None:
    await talk.taps(ALICE, await talk.says(ALICE, "/share"), "Change my words")
    refused = await talk.says(ALICE, written)
    assert said in refused.text
    assert (await talk.link_of(ALICE)).words == ""
    assert PIE in (await talk.says(ALICE, PIE)).text


async def test_ours_come_back(talk: Dialogue) -> None:
    await talk.taps(ALICE, await talk.says(ALICE, "/share"), "Change my words")
    kept = await talk.says(ALICE, PIE)
    asked = await talk.taps(ALICE, kept, "Change my words")
    back = await talk.taps(ALICE, asked, "Use your words")
    assert "I go to Corner Café" in back.text
    assert (await talk.link_of(ALICE)).words == ""


async def test_nothing_changes_for_who_leaves_it(talk: Dialogue) -> None:
    asked = await talk.taps(ALICE, await talk.says(ALICE, "/share"), "Change my words")
    assert "nothing changes" in (await talk.taps(ALICE, asked, "Leave it")).text
    await talk.says(ALICE, PIE)
    assert (await talk.link_of(ALICE)).words == ""


async def test_nobody_waits_for_words_for_ever(talk: Dialogue) -> None:
    await talk.taps(ALICE, await talk.says(ALICE, "/share"), "Change my words")
    talk.later(minutes=16)
    await talk.says(ALICE, PIE)
    assert (await talk.link_of(ALICE)).words == ""


async def test_words_are_their_authors_alone(talk: Dialogue) -> None:
    await talk.taps(ALICE, await talk.says(ALICE, "/share"), "Change my words")
    await talk.says(BOB, PIE)
    assert (await talk.link_of(ALICE)).words == ""


async def test_a_code_is_a_code_even_now(talk: Dialogue) -> None:
    code = await talk.code_of(BOB)
    await talk.taps(ALICE, await talk.says(ALICE, "/share"), "Change my words")
    assert not (await talk.says(ALICE, code)).refused
    assert (await talk.link_of(ALICE)).words == ""


async def test_without_a_program_there_is_nothing_to_say(unopened: Dialogue) -> None:
    asked = await unopened.says(ALICE, PIE)
    assert asked.key.startswith("helping.")


async def test_a_program_that_is_over_takes_no_words(talk: Dialogue) -> None:
    shown = await talk.says(ALICE, "/share")
    head, rest = preset("demo").split("\n\n[joining]")
    await talk.opens(f"{head}\nends = 2026-03-03\n\n[joining]{rest}")
    talk.later(days=9)
    for label in ("Change my words",):
        assert (await talk.taps(ALICE, shown, label)).key == "sharing.program-over"
