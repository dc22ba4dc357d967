"""Why something is as it is: each side reads its own, with the value that was seen, and nothing of the other's."""

import re
from zoneinfo import ZoneInfo

import pytest

from handlers.events import Person, RewardTakenBack
from handlers.reasons import denied
from messages.catalog import Catalog, Reader
from messages.markup import Markup
from messages.message import Day, Phrase, Value, Worth
from referrals.denials import ADVOCATE, DENIALS, NOT_YET, told_as
from referrals.money import Amount
from referrals.program_file import preset
from referrals.rewarding import Side
from tests.dialogue import ADDRESSES, MONDAY, Dialogue, Heard
from tests.giving import ready
from tests.messages.asked import Text, texts
from tests.people import ALICE, BOB, CHLOE, MALLORY, SAM

CATALOG = Catalog.load()
EURO = Worth(Amount(1000, "EUR"))
# What belongs to the friend: what they did and what was seen of it.
OF_THE_FRIEND = frozenset({"what", "saw"})


async def why(talk: Dialogue, who: Person, command: str, label: str = "Why?") -> Heard:
    """Somebody taps the button beside what they wonder about, twice, and hears the same."""
    shown = await talk.says(who, command)
    before = await talk.counts()
    first = await talk.taps(who, shown, label)
    assert (await talk.taps(who, shown, label)).text == first.text
    assert await talk.counts() == before
    return first


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("code", DENIALS)
def test_every_denial_is_told_to_each_side_in_every_language(code: str, side: Side, language: str) -> None:
    day = Day(MONDAY)
    own: dict[str, Value] = {"gain": EURO, "limit": day, "until": day, "wanted": "x", "why": "y"}
    if side is Side.FRIEND or DENIALS[code].sides == ADVOCATE:
        own |= {"what": Phrase("justifying.about-purchase", {"day": day}), "saw": EURO}
    reader = Reader(language=language, zone=ZoneInfo("UTC"))
    phrase = denied(code, side, own)
    said = CATALOG.text(phrase.key, phrase.values, reader, markup=Markup.PLAIN, address=ADDRESSES.of)
    assert said.strip()


def _text(code: str, language: str) -> Text:
    key = f"justifying.{told_as(code, Side.ADVOCATE)}"
    return next(text for text in texts() if text.key == key and text.language == language)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("code", DENIALS)
def test_what_an_advocate_reads_asks_for_nothing_of_the_friends(code: str, language: str) -> None:
    asks = _text(code, language).asks
    of_own_limits = {"saw"} if code.startswith("cap-") else set()
    assert not asks & (OF_THE_FRIEND - of_own_limits) or DENIALS[code].sides == ADVOCATE


def test_an_advocate_cannot_tell_a_refused_purchase_from_none() -> None:
    quiet = [code for code, denial in DENIALS.items() if "advocate" not in denial.sides]
    assert len(quiet) >= 20
    assert {told_as(code, Side.ADVOCATE) for code in quiet} == {NOT_YET}


async def test_a_purchase_that_was_too_small_says_both_amounts_to_the_friend_alone(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    untouched = await why(talk, ALICE, "/status")
    assert "What counts has not happened yet" in untouched.text
    assert (await talk.buys(BOB, "7.31")).decision == "below-minimum"
    own = await why(talk, BOB, "/status")
    assert "it comes to €7.31, and the program asks for €10 or more" in own.text
    assert "your next purchase may count" in own.text
    assert (await why(talk, ALICE, "/status")).text == untouched.text


async def test_a_purchase_in_another_currency_and_one_too_late(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    await talk.buys(BOB, "30.00", currency="USD")
    assert "it was in USD, and the program counts EUR" in (await why(talk, BOB, "/status")).text
    await talk.passes(days=61)
    await talk.buys(BOB)
    assert "the time after joining ended on 1 May" in (await why(talk, BOB, "/status")).text
    assert "had to happen by 1 May" in (await why(talk, ALICE, "/status")).text


async def test_what_is_pending_says_until_when_and_what_was_returned_why(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    for who in (ALICE, BOB):
        assert "can still be returned until 16 March" in (await why(talk, who, "/rewards")).text
        assert "can still be returned until 16 March" in (await why(talk, who, "/status")).text
    await talk.refunds(f"receipt-{talk.reported}")
    friend = await why(talk, BOB, "/rewards")
    assert "Your purchase was returned, so your reward of €5 for it is cancelled." in friend.text
    advocate = await why(talk, ALICE, "/rewards")
    assert "What this invitation stood on was returned" in advocate.text
    for word in ("purchase", "€5", "25", "Bob"):
        assert word not in advocate.text
    notice = (await talk.notices_for(ALICE))[-1]
    assert (await talk.taps(ALICE, notice, "Why?")).text == advocate.text


async def test_a_full_cap_says_how_many_there_are_and_were(talk: Dialogue) -> None:
    capped = preset("demo") + "\n[caps.advocate.month]\ncount = 1\n"
    await talk.opens(capped)
    await talk.earns(ALICE, BOB)
    await talk.earns(ALICE, CHLOE)
    heard = await talk.taps(ALICE, (await talk.notices_for(ALICE))[-1], "Why?")
    assert "at most one reward, and in that month you had one reward already" in heard.text
    assert "From 1 April on" in heard.text
    assert "it opens by itself" in heard.text
    await talk.passes(days=31)
    # Asked in April, “From 1 April on” is no news any more.
    assert "From 1 April" not in (await why(talk, ALICE, "/rewards")).text


async def test_what_the_team_took_back_says_its_reason(talk: Dialogue) -> None:
    reward = await ready(talk, ALICE)
    await talk.tells(RewardTakenBack, reward=reward, because="It was a test.")
    assert "The team took €10 back. Why: It was a test." in (await why(talk, ALICE, "/rewards")).text


async def test_what_expired_says_when(talk: Dialogue) -> None:
    await ready(talk, ALICE)
    await talk.passes(days=31)
    assert re.search(
        r"€10 was there until \d+ (March|April), and was not used", (await why(talk, ALICE, "/rewards")).text
    )


async def test_nobody_asks_about_anybody_else(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    shown = await talk.says(ALICE, "/rewards")
    for who in (MALLORY, SAM):
        assert (await talk.taps(who, shown, "Why?")).refused == "not-yours"
    assert (await talk.hears(talk.tapped(ALICE, "why", "rwd_0"))).refused == "not-yours"
    assert (await talk.hears(talk.tapped(ALICE, "why", ""))).key == "helping.old-button"


async def test_why_in_words_leads_to_the_same_buttons(talk: Dialogue) -> None:
    await talk.brings(ALICE, BOB)
    asked = await talk.says(ALICE, "why did I not get my reward?")
    assert asked.key == "explaining.why-not"
    assert "has not happened yet" in (await talk.taps(ALICE, asked, "Why? Bob")).text


async def test_what_was_used_at_a_till_and_cancelled_asks_nothing_of_its_owner(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    await talk.redeems(await talk.voucher_for(ALICE))
    await talk.refunds("receipt-1")
    assert "There is nothing you need to do." in (await why(talk, ALICE, "/rewards")).text
