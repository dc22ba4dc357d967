"""Home: one page with the link, how referrals stand and what has been earned, for whoever opens it."""

from handlers.events import HomeOpened, Person
from messages.message import QR, Act, Copy, Message, Open, Share, ShareLink
from referrals.identity import Identity
from referrals.program_file import preset
from tests.dialogue import Dialogue, Heard
from tests.people import BOB, CHLOE, a_crowd

TESS = Person(identity=Identity("slack", "T0CAFE.U0TESS"), first_name="Tess", zone="Europe/Berlin")


async def opens_home(talk: Dialogue, who: Person = TESS) -> Heard:
    """Someone opens their page."""
    return await talk.tells(HomeOpened, by=who)


def keys(heard: Heard) -> list[str]:
    """Name the parts of a page."""
    return [message.key for message in heard.outcome.answers]


def kinds(message: Message) -> list[type]:
    """Name the kinds of buttons under a part."""
    return [type(button) for row in message.buttons for button in row]


async def test_a_stranger_is_welcomed_and_leaves_no_row(talk: Dialogue) -> None:
    before = await talk.counts()
    heard = await opens_home(talk)
    assert keys(heard) == ["home.welcome", "home.more"]
    for said in ("Welcome to Corner Café", "you get €10", "they get €5"):
        assert said in heard.text
    assert await talk.counts() == before
    assert (await talk.taps(TESS, heard, "Get my link")).key == "sharing.card"


async def test_who_has_a_link_finds_it_with_everything_around_it(talk: Dialogue) -> None:
    code = await talk.code_of(TESS)
    heard = await opens_home(talk)
    assert keys(heard) == ["sharing.card", "standing.nobody-yet", "home.more"]
    card = heard.outcome.answers[0]
    assert (heard.code, card.picture) == (code, QR(ShareLink(code)))
    assert kinds(card) == [Share, Copy, Copy, Act, Open]
    assert heard.outcome.zone == "Europe/Berlin"


async def test_progress_and_rewards_follow_the_story(talk: Dialogue) -> None:
    await talk.earns(TESS, BOB)
    heard = await opens_home(talk)
    assert keys(heard) == ["sharing.card", "standing.overview", "rewarding.overview", "home.more"]
    assert "Qualified 2 March: Bob made a purchase" in heard.text
    assert "on its way" in heard.text
    assert "What earned it can still be returned" in (await talk.taps(TESS, heard, "Why? Bob")).text
    await talk.passes(days=15)
    claimed = await talk.taps(TESS, await opens_home(talk), "Claim €10")
    assert claimed.key == "rewarding.voucher"
    assert "rewarding.button-show" in labels(await opens_home(talk))


async def test_many_referrals_are_shown_in_part_and_lead_to_all(talk: Dialogue) -> None:
    for friend in a_crowd(7):
        await talk.brings(TESS, friend)
    heard = await opens_home(talk)
    assert len(heard.outcome.answers[1].lines) == 5
    assert "standing.button-older" not in labels(heard)
    assert "standing.button-older" in labels(await talk.taps(TESS, heard, "My referrals"))


async def test_a_friend_without_a_link_sees_their_invitation_and_reward(talk: Dialogue) -> None:
    await talk.earns(CHLOE, TESS)
    heard = await opens_home(talk)
    assert keys(heard) == ["home.welcome", "home.invited", "rewarding.overview", "home.more"]
    assert "invited by Chloe" in heard.text


async def test_the_page_promises_what_the_link_promised_when_it_was_shown(talk: Dialogue) -> None:
    await talk.code_of(TESS)
    await talk.opens(preset("demo").replace('amount = "10.00"\n', 'amount = "4.00"\n', 1))
    assert "you get €10" in (await opens_home(talk)).text
    assert "you get €4" in (await talk.says(TESS, "/share")).text
    assert "you get €4" in (await opens_home(talk)).text


async def test_a_program_that_is_over_leaves_what_was_earned(talk: Dialogue) -> None:
    await talk.earns(TESS, BOB)
    await talk.opens(preset("demo").replace('currency = "EUR"\n', 'currency = "EUR"\nends = 2026-03-03\n'))
    talk.later(days=2)
    heard = await opens_home(talk)
    assert keys(heard) == ["home.program-over", "standing.overview", "rewarding.overview", "home.more"]
    assert (await opens_home(talk, BOB)).key == "home.program-over"


async def test_without_a_program_the_page_says_so(unopened: Dialogue) -> None:
    assert keys(await opens_home(unopened)) == ["home.no-program", "home.more"]


async def test_after_joining_two_chats_both_see_one_page(talk: Dialogue) -> None:
    await talk.earns(BOB, CHLOE)
    token = await talk.sign_in_token(await talk.id_of(BOB))
    await talk.taps(TESS, await talk.says(TESS, f"/start l_{token}"), "Yes, that is me")
    assert (await opens_home(talk)).text == (await opens_home(talk, BOB)).text


def labels(heard: Heard) -> list[str]:
    """Name the labels of every button of a page."""
    rows = (row for message in heard.outcome.answers for row in message.buttons)
    return [button.label for row in rows for button in row]
