"""Sharing: the link, the code and the QR, under the newest terms, and one question asked once."""

from handlers.events import CardAsked, CardSent, LinkLookedUp, SharePageViewed
from messages.message import QR, Act, Copy, Open, Share, ShareLink
from referrals.codes import is_valid
from referrals.draw import click_number, click_token
from referrals.program_file import preset
from storage.clicks import Click
from storage.schema import referrals, shares
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CHLOE, DORA

DEARER = preset("demo").replace('amount = "10.00"', 'amount = "12.00"')


async def test_the_card_has_the_link_the_code_the_picture_and_both_gains(talk: Dialogue) -> None:
    heard = await talk.says(ALICE, "/share")
    card = heard.outcome.answers[0]
    assert is_valid(heard.code)
    assert f"/r/{heard.code}" in heard.text
    assert "you get €10, and they get €5" in heard.text
    assert card.picture == QR(ShareLink(heard.code))
    kinds = [type(button) for row in card.buttons for button in row]
    assert kinds == [Share, Copy, Copy, Act, Open]


async def test_a_link_keeps_its_code_for_life(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    talk.later(days=400)
    await talk.opens(DEARER)
    assert await talk.code_of(ALICE) == code
    assert await talk.code_of(BOB) != code


async def test_consent_is_asked_once_and_plainly(talk: Dialogue) -> None:
    first = await talk.says(ALICE, "/share")
    again = await talk.says(ALICE, "/share")
    assert [message.key for message in first.outcome.answers] == ["sharing.card", "sharing.ask-for-news"]
    assert [message.key for message in again.outcome.answers] == ["sharing.card"]
    await talk.taps(ALICE, first, "Yes, please")
    alice = await talk.customer(ALICE)
    assert alice is not None
    assert alice.reminders_agreed_at == alice.news_agreed_at == talk.clock.now()


async def test_no_is_an_answer_and_nobody_asks_again(talk: Dialogue) -> None:
    await talk.taps(ALICE, await talk.says(ALICE, "/share"), "No, thanks")
    talk.later(days=90)
    assert len((await talk.says(ALICE, "/share")).outcome.answers) == 1
    alice = await talk.customer(ALICE)
    assert alice is not None
    assert alice.reminders_agreed_at is None


async def test_the_revision_of_a_link_is_the_newest_when_it_was_last_shown(talk: Dialogue) -> None:
    await talk.code_of(ALICE)
    await talk.opens(DEARER)
    assert (await talk.link_of(ALICE)).revision == 1
    card = await talk.says(ALICE, "/share")
    assert (await talk.link_of(ALICE)).revision == 2
    assert "you get €12" in card.text


async def test_without_a_click_a_referral_is_judged_by_what_its_advocate_was_last_shown(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await talk.opens(DEARER)
    await talk.joins(BOB, code)
    await talk.code_of(ALICE)
    await talk.joins(CHLOE, code)
    assert {row.friend_id: row.revision for row in await talk.rows(referrals)} == {
        await talk.id_of(BOB): 1,
        await talk.id_of(CHLOE): 2,
    }
    await talk.buys(BOB)
    await talk.buys(CHLOE)
    assert await talk.balances_of(ALICE) == {"pending": 1000 + 1200}


async def test_a_click_pins_the_revision_that_its_visitor_saw(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    click = await clicked(talk, code)
    await talk.opens(DEARER)
    await talk.code_of(ALICE)
    await talk.joins(BOB, code, click=click)
    [referral] = await talk.rows(referrals)
    assert referral.revision == 1
    assert click_token(referral.click) == click


async def test_a_click_on_another_link_pins_nothing(talk: Dialogue) -> None:
    other = await clicked(talk, await talk.code_of(DORA))
    await talk.opens(DEARER)
    await talk.joins(BOB, await talk.code_of(ALICE), click=other)
    [referral] = await talk.rows(referrals)
    assert (referral.revision, referral.click) == (2, None)


async def test_looking_a_link_up_leaves_no_row(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    before = await talk.counts()
    found = await talk.tells(LinkLookedUp, code=code)
    assert found.reply == {"id": (await talk.link_of(ALICE)).id, "revision": 1, "destination": None}
    assert (await talk.tells(LinkLookedUp, code="22222222")).refused == "unknown-code"
    assert await talk.counts() == before


async def test_a_card_is_its_owners_and_nobody_elses(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    before = await talk.counts()
    heard = await talk.tells(CardAsked, by=ALICE)
    (card,) = heard.outcome.answers
    assert f"/r/{code}" in heard.text
    assert f"Code: {code}" in heard.text
    assert "I get €10 too." in heard.text
    assert card.picture == QR(ShareLink(code))
    assert card.buttons == ((Open(label="sharing.button-open", link=ShareLink(code, "telegram")),),)
    strangers = await talk.tells(CardAsked, by=BOB)
    assert (strangers.outcome.answers, strangers.refused) == ((), "no-link")
    assert await talk.counts() == before


async def test_whoever_has_no_link_gets_one_by_starting(talk: Dialogue) -> None:
    heard = await talk.says(BOB, "/start share")
    assert heard.key == "sharing.card"
    assert (await talk.tells(CardAsked, by=BOB)).outcome.answers


async def test_pressing_start_on_the_way_to_share_lifts_a_stop(talk: Dialogue) -> None:
    await talk.says(BOB, "/start")
    await talk.says(BOB, "/stop")
    await talk.says(BOB, "/share")
    assert (stopped := await talk.customer(BOB))
    assert stopped.stopped_at
    await talk.says(BOB, "/start share")
    assert (back := await talk.customer(BOB))
    assert back.stopped_at is None


async def test_cards_that_were_sent_are_counted_once_each(talk: Dialogue) -> None:
    await talk.code_of(ALICE)
    assert "sent your card" not in (await talk.says(ALICE, "/status")).text
    sent = [CardSent(**talk.by(ALICE), mark=mark) for mark in ("one", "two", "one", "two", "two")]
    await talk.all_at_once(list(sent))
    assert "You sent your card 2 times." in (await talk.says(ALICE, "/status")).text
    await talk.tells(CardSent, by=BOB, mark="three")
    assert len(await talk.rows(shares)) == 2


async def test_the_share_page_is_a_pure_read(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    before = await talk.counts()
    found = (await talk.tells(SharePageViewed, code=code.lower())).reply
    assert (found["code"], found["program"], found["over"]) == (code, "Corner Café", False)
    assert found["brand"] == {"color": "#6a38cf", "logo": ""}
    for unknown in ("22222222", "x", ""):
        assert (await talk.tells(SharePageViewed, code=unknown)).refused == "unknown-code"
    assert await talk.counts() == before


async def clicked(talk: Dialogue, code: str) -> str:
    """Visit a link, and return the click as it is carried on."""
    found = (await talk.tells(LinkLookedUp, code=code)).reply
    event = LinkLookedUp(**talk.now(), code=code)
    click = Click(
        number=click_number(event.at, event.draw),
        link_id=str(found["id"]),
        revision=int(found["revision"]),
        at=event.at,
        source="chat",
        visitor=bytes(16),
        is_counted=True,
    )
    await talk.database.batch([click])
    return click_token(click.number)
