"""Guessing: a few codes in vain are a mistyped one; after ten in an hour no code is looked at, right or wrong."""

from handlers.guessing import CODES_PER_HOUR
from referrals.codes import complete
from storage.schema import referrals
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CHLOE, MALLORY

LETTERS = "23456789ABCDEFGHJK"
MADE_UP = [complete(f"ZZZZZ2{letter}") for letter in LETTERS]


async def guess(talk: Dialogue, count: int = CODES_PER_HOUR) -> None:
    """Mallory tries codes that nobody has, by link and typed."""
    for number, code in enumerate(MADE_UP[:count]):
        heard = await (talk.joins(MALLORY, code) if number % 2 else talk.says(MALLORY, code))
        assert heard.refused == "unknown-code"


async def test_after_ten_in_vain_a_right_code_is_answered_like_a_wrong_one(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await guess(talk)
    right, wrong = await talk.joins(MALLORY, code), await talk.joins(MALLORY, MADE_UP[-1])
    assert right.refused == wrong.refused == "too-many-codes"
    assert right.text == wrong.text
    assert "come back in an hour" in right.text
    assert (await talk.says(MALLORY, code)).text == right.text
    assert await talk.rows(referrals) == []


async def test_an_hour_later_the_right_code_works(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await guess(talk)
    await talk.passes(hours=1)
    assert not (await talk.joins(MALLORY, code)).refused


async def test_a_friend_who_mistypes_a_few_times_is_not_stopped(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await guess(talk, CODES_PER_HOUR - 1)
    assert not (await talk.joins(MALLORY, code)).refused


async def test_one_who_guesses_is_in_nobody_elses_way(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await guess(talk)
    assert not (await talk.joins(BOB, code)).refused


async def test_codes_that_exist_are_not_counted(talk: Dialogue) -> None:
    code = await talk.code_of(ALICE)
    await talk.joins(BOB, code)
    for _ in range(CODES_PER_HOUR + 1):
        assert (await talk.joins(BOB, code)).refused == "joined-before"
    assert (await talk.joins(CHLOE, MADE_UP[0])).refused == "unknown-code"
