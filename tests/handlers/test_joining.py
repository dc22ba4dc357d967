"""Joining: a newcomer is welcomed, a friend is bound to whoever invited them, and every refusal is explained."""

from itertools import pairwise

import pytest

from handlers.events import LandingViewed, Person
from referrals import codes
from referrals.codes import complete
from referrals.draw import Draw
from referrals.money import Amount
from referrals.program_file import preset
from storage.schema import referrals
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CHLOE, DORA, MALLORY, SAM, a_crowd, someone

OVER = """
[program]
id = "spring"
name = "Spring"
currency = "EUR"
ends = 2026-03-31

[goals.first-purchase]
[goals.first-purchase.advocate]
amount = "10.00"
"""


async def test_a_newcomer_is_welcomed(talk: Dialogue) -> None:
    heard = await talk.says(ALICE, "/start")
    assert heard.key == "joining.welcome"
    assert "Corner Café" in heard.text
    assert "€10" in heard.text
    assert "€5" in heard.text


async def test_who_comes_back_is_greeted_as_someone_known(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    assert (await talk.says(ALICE, "/start")).key == "joining.welcome-back"
    assert (await talk.counts())["customers"] == 1


async def test_a_friend_is_bound_and_the_advocate_hears_of_it(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    heard = await talk.joins(BOB, code)
    assert not heard.refused
    assert "Alice invited you" in heard.text
    [notice] = await talk.notices_for(ALICE)
    assert notice.text.startswith("🎉 Bob joined through your link.")
    assert notice.kind == "service"


async def test_pressing_start_again_changes_nothing_and_says_where_they_stand(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await talk.joins(BOB, code)
    before = await talk.counts()
    again = await talk.joins(BOB, code)
    plain = await talk.says(BOB, "/start")
    assert again.refused == "joined-before"
    assert "invited by Alice" in again.text
    assert "invited by Alice" in plain.text
    assert await talk.counts() == before
    assert len(await talk.notices_for(ALICE)) == 1


@pytest.mark.parametrize("written", ["{lower}", "  {half} {rest} ", "{half}-{rest}", "{code}"])
async def test_a_code_may_be_typed_as_people_type(talk: Dialogue, written: str) -> None:
    code = await talk.code_of(ALICE)
    heard = await talk.says(BOB, written.format(code=code, lower=code.lower(), half=code[:4], rest=code[4:]))
    assert heard.key == "joining.invited"


async def test_nobody_invites_themselves(talk: Dialogue) -> None:
    code = await talk.code_of(MALLORY)
    heard = await talk.joins(MALLORY, code)
    assert heard.refused == "own-link"
    assert heard.buttons
    assert not await talk.rows(referrals)


async def test_who_was_a_customer_before_cannot_be_invited(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await talk.buys(BOB)
    talk.later(days=1)
    heard = await talk.joins(BOB, code)
    assert heard.refused == "customer-before"
    assert not await talk.notices_for(ALICE)


async def test_the_first_invitation_counts(talk: Dialogue) -> None:
    await talk.joins(BOB, await talk.code_of(ALICE))
    heard = await talk.joins(BOB, await talk.code_of(CHLOE))
    assert heard.refused == "invited-by-another"
    [referral] = await talk.rows(referrals)
    assert referral.advocate_id == await talk.id_of(ALICE)


async def test_a_program_that_is_over_takes_nobody(talk: Dialogue) -> None:
    await talk.opens(OVER)
    code = await talk.code_of(ALICE)
    talk.later(days=29, hours=13)
    assert not (await talk.joins(BOB, code)).refused
    talk.later(hours=1)
    heard = await talk.joins(CHLOE, code)
    assert heard.refused == "program-over"
    assert heard.text


async def test_a_code_of_an_earlier_program_is_over(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await talk.opens(OVER)
    assert (await talk.joins(BOB, code)).refused == "program-over"


@pytest.mark.parametrize("code", [complete("KKKKKKK"), "K7QM", "💥💥💥💥", "-" * 50, "K" * 4000, "١٢٣٤٥٦٧٨"])
async def test_an_unknown_code_is_explained(talk: Dialogue, code: str) -> None:
    heard = await talk.joins(BOB, code)
    assert heard.refused == "unknown-code"
    assert "eight letters" in heard.text
    assert not await talk.rows(referrals)


async def test_without_a_program_people_hear_so(unopened: Dialogue) -> None:
    assert (await unopened.says(ALICE, "/start")).key == "joining.no-program"
    assert (await unopened.says(ALICE, "/share")).key == "joining.no-program"
    assert (await unopened.says(ALICE, "/top")).key == "joining.no-program"
    assert (await unopened.says(ALICE, "/help")).key == "joining.no-program"
    assert (await unopened.says(ALICE, "/status")).key == "standing.not-started"
    assert (await unopened.says(ALICE, "/rewards")).key == "rewarding.nothing-yet"
    assert (await unopened.joins(ALICE, complete("K7QM2X4"))).refused == "unknown-code"


async def test_two_people_cannot_have_invited_each_other(talk: Dialogue) -> None:
    await talk.joins(BOB, await talk.code_of(ALICE))
    heard = await talk.joins(ALICE, await talk.code_of(BOB))
    assert heard.refused == "circle"
    assert len(await talk.rows(referrals)) == 1


@pytest.mark.parametrize("length", [3, 4, 12])
async def test_no_circle_closes_however_long(talk: Dialogue, length: int) -> None:
    chain = [someone(f"Link{number}", 4000 + number) for number in range(length)]
    for above, below in pairwise(chain):
        assert not (await talk.joins(below, await talk.code_of(above))).refused
    assert (await talk.joins(chain[0], await talk.code_of(chain[-1]))).refused == "circle"


async def test_a_slip_of_one_letter_is_corrected_by_a_button_without_a_name(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    heard = await talk.says(BOB, slip(code))
    assert heard.key == "joining.did-you-mean"
    assert "Alice" not in heard.text
    joined = await talk.taps(BOB, heard, "")
    assert joined.key == "joining.invited"


@pytest.mark.parametrize("change", ["missing", "extra", "swapped"])
async def test_other_slips_are_corrected_too(talk: Dialogue, change: str) -> None:
    code = await talk.code_of(ALICE)
    place = next(place for place in range(7) if code[place] != code[place + 1])
    typed = {
        "missing": code[:place] + code[place + 1 :],
        "extra": f"{code[:place]}7{code[place:]}",
        "swapped": code[:place] + code[place + 1] + code[place] + code[place + 2 :],
    }[change]
    heard = await talk.joins(BOB, typed)
    assert [button.about for button in heard.buttons] == [code]


async def test_between_two_codes_nothing_is_guessed(talk: Dialogue) -> None:
    one, other = neighbours()
    async with talk.database.transaction() as store:
        for person, code in ((ALICE, one), (CHLOE, other)):
            draw = Draw(code.encode())
            customer = await store.customers.add(draw.id("cus"), person.identity, {}, talk.clock.now())
            await store.links.show("demo", customer, revision=1, link=draw.id("lnk"), codes=[code], at=talk.clock.now())
    between = next(typed for typed in typos(one) if typed in typos(other))
    heard = await talk.joins(BOB, between)
    assert heard.key == "joining.unknown-code"


async def test_a_correction_is_offered_three_times_an_hour(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    keys = [(await talk.joins(BOB, slip(code))).key for _ in range(4)]
    assert keys == ["joining.did-you-mean"] * 3 + ["joining.unknown-code"]
    assert (await talk.joins(DORA, slip(code))).key == "joining.did-you-mean"
    talk.later(hours=1)
    assert (await talk.joins(BOB, slip(code))).key == "joining.did-you-mean"


async def test_a_click_that_is_none_is_left_out(talk: Dialogue) -> None:
    heard = await talk.joins(BOB, await talk.code_of(ALICE), click="not-a-click")
    assert not heard.refused
    [referral] = await talk.rows(referrals)
    assert referral.click is None


async def test_strange_names_are_taken_as_they_are(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    for number, name in enumerate(["🦊" * 40, "\u202eevil", "*bold* _x_ `y`", "x" * 4000, "", "   "]):
        heard = await talk.joins(someone(name, 5000 + number), code)
        assert not heard.refused
    told = await talk.notices_for(ALICE)
    assert len(told) == 6
    assert "*bold* _x_ `y`" in told[2].text
    assert "a friend joined" in told[4].text.lower()
    assert "a friend joined" in told[5].text.lower()


async def test_a_program_for_one_side_says_so_in_whole_sentences(unopened: Dialogue) -> None:
    await unopened.opens(preset("demo").partition("[goals.first-purchase.friend]")[0])
    assert "when they make their first purchase, you get €10." in (await unopened.says(BOB, "/start")).text
    card = await unopened.says(ALICE, "/share")
    assert "you get €10." in card.text
    invited = await unopened.joins(BOB, card.code)
    assert "by 1 May: Alice gets €10." in invited.text
    assert "nothing" not in card.text + invited.text


async def test_a_program_for_friends_alone_promises_nothing_to_who_invites(unopened: Dialogue) -> None:
    advocate, friend = "[goals.first-purchase.advocate]", "[goals.first-purchase.friend]"
    head, _, rest = preset("demo").partition(advocate)
    await unopened.opens(f"{head}{friend}{rest.partition(friend)[2]}")
    card = await unopened.says(ALICE, "/share")
    assert "they get €5." in card.text
    assert "you get €5." in (await unopened.joins(BOB, card.code)).text
    assert "is on its way" not in (await unopened.notices_for(ALICE))[-1].text
    assert "for those whom you invite" in (await unopened.says(ALICE, "when do I get it?")).text


async def test_a_friend_is_promised_what_they_are_judged_by(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await talk.opens(preset("demo").replace('amount = "5.00"', 'amount = "7.00"'))
    landing = await talk.tells(LandingViewed, code=code)
    assert landing.reply["friend_gets"].amount == Amount(500, "EUR")
    assert "you get €5," in (await talk.joins(BOB, code)).text
    assert [reward["amount"] for reward in (await talk.buys(BOB)).reply["rewards"]] == ["10.00", "5.00"]


async def test_the_landing_page_leaves_no_row(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    before = await talk.counts()
    seen = await talk.tells(LandingViewed, code=code.lower())
    assert seen.reply["advocate"] == "Alice"
    assert seen.reply["over"] is False
    assert (await talk.tells(LandingViewed, code="nonsense")).refused == "unknown-code"
    assert await talk.counts() == before


def slip(code: str) -> str:
    """Mistype one letter."""
    return next(typed for typed in typos(code) if typed != code and any(letter.isdigit() for letter in typed))


def typos(code: str) -> list[str]:
    """List what one wrong letter makes of a code."""
    return [code[:place] + letter + code[place + 1 :] for place in range(8) for letter in codes.ALPHABET]


def neighbours() -> tuple[str, str]:
    """Find two valid codes that one and the same slip could have come from."""
    one = complete("K7QM2X4")
    others = (complete(f"K7QM2{letter}4") for letter in codes.ALPHABET if letter != "X")
    return one, next(other for other in others if set(typos(one)) & set(typos(other)) - {one, other})


@pytest.mark.parametrize(
    "sentence",
    [
        "hi my friend gave me the code {code} can I use it",
        "hola, mi código es {code}",
        "{code} is what alice sent me!",
        "my code: {half}-{rest} :)",
        "mi amiga me paso {lower}",
    ],
)
@pytest.mark.parametrize("who", [BOB, SAM])
async def test_a_code_in_a_sentence_is_taken_for_one(talk: Dialogue, who: Person, sentence: str) -> None:
    # A code of small letters alone would be a word: one in eleven is.
    codes_of_all = [await talk.code_of(advocate) for advocate in a_crowd(8)]
    code = next(code for code in codes_of_all if not code.isalpha())
    heard = await talk.says(who, sentence.format(code=code, lower=code.lower(), half=code[:4], rest=code[4:]))
    assert heard.key == "joining.invited"


async def test_an_unknown_code_in_a_sentence_is_explained_only_where_it_is_called_a_code(talk: Dialogue) -> None:
    unknown = complete("K7QM2X4")
    assert (await talk.says(BOB, f"hi, my code is {unknown}")).refused == "unknown-code"
    assert not (await talk.says(BOB, f"what does {unknown} mean to you")).refused
    assert not (await talk.says(BOB, f"my order {unknown} never came")).refused


async def test_a_code_that_is_not_wanted_is_not_taken(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await talk.says(BOB, f"I don't want to use the code {code}")
    assert await talk.rows(referrals) == []


async def test_sentences_are_no_way_to_find_a_code(talk: Dialogue) -> None:
    """Ten in vain, said or typed, and a right one in a sentence reads like a wrong one."""
    code = await talk.code_of(ALICE)
    for letter in "23456789AB":
        await talk.says(BOB, f"what about {complete(f'ZZZZZ2{letter}')} then")
    right, wrong = [await talk.says(BOB, f"what about {each} then") for each in (code, complete("ZZZZZ2C"))]
    assert (right.key, right.text) == (wrong.key, wrong.text)
    assert (await talk.says(BOB, f"my code is {code}")).refused == "too-many-codes"
    assert await talk.rows(referrals) == []
