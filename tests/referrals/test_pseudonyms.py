"""A pseudonym is two friendly words, the same always, and another in another program."""

import re

from hypothesis import given
from hypothesis import strategies as st

from referrals.draw import Draw
from referrals.pseudonyms import pseudonym

CUSTOMERS = [Draw(number.to_bytes(16, "big")).id("cus") for number in range(5000)]


@given(st.text(), st.text())
def test_it_is_two_different_words_of_plain_letters(customer: str, program: str) -> None:
    words = pseudonym(customer, program).split(" ")
    assert len(words) == len(set(words)) == 2
    assert all(re.fullmatch(r"[A-Z][a-z]{2,9}", word) for word in words)


@given(st.sampled_from(CUSTOMERS))
def test_it_stays_the_same(customer: str) -> None:
    assert pseudonym(customer, "demo") == pseudonym(customer, "demo")


def test_it_is_the_same_in_every_release() -> None:
    # Another word in the lists would rename everybody on every leaderboard.
    assert pseudonym("cus_0000000000000000", "demo") == "Cosy Linnet"


def test_it_does_not_follow_a_person_from_program_to_program() -> None:
    same = [customer for customer in CUSTOMERS if pseudonym(customer, "spring") == pseudonym(customer, "autumn")]
    assert len(same) < len(CUSTOMERS) / 500


def test_a_league_of_thirty_is_told_apart() -> None:
    # Two of thirty share one of 3,000 pseudonyms in one league of seven; three never do in these.
    leagues = [CUSTOMERS[start : start + 30] for start in range(0, 3000, 30)]
    assert all(len({pseudonym(customer, "demo") for customer in league}) >= 28 for league in leagues)


def test_every_word_is_used() -> None:
    firsts, seconds = zip(*(pseudonym(customer, "demo").split(" ") for customer in CUSTOMERS), strict=True)
    assert min(firsts.count(word) for word in set(firsts)) > 40
    assert min(seconds.count(word) for word in set(seconds)) > 40
    assert not set(firsts) & set(seconds)
