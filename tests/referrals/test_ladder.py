"""One word for where a reward stands: the table below is read from the page that people read."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint

from referrals.ladder import (
    REFERRAL_RUNGS,
    REFERRAL_WORDS,
    REWARD_RUNGS,
    ReferralFacts,
    RewardFacts,
    referral_word,
    reward_word,
)
from referrals.ledger import RewardState
from storage.schema import metadata

NOW = datetime(2027, 3, 1, tzinfo=UTC)
PAGE = Path(__file__).parent.parent.parent / "docs" / "ladder.md"
PENDING = RewardFacts(state=RewardState.PENDING, at=NOW, pending_until=NOW)
CASES: dict[str, RewardFacts] = {
    "owed": replace(PENDING, state=RewardState.REDEEMED, owes=True),
    "denied": replace(PENDING, state=RewardState.DENIED),
    "revoked": replace(PENDING, state=RewardState.REVOKED),
    "expired": replace(PENDING, state=RewardState.EXPIRED),
    "redeemed": replace(PENDING, state=RewardState.REDEEMED),
    "waiting-for-stock": replace(PENDING, state=RewardState.CLAIMED, delivery="codes", delivery_state="waiting"),
    "waiting-for-team": replace(PENDING, state=RewardState.CLAIMED, delivery="team", delivery_state="waiting"),
    "claimed": replace(PENDING, state=RewardState.CLAIMED),
    "on-balance": replace(PENDING, state=RewardState.AVAILABLE, delivery="balance"),
    "to-choose": replace(PENDING, state=RewardState.AVAILABLE, is_choice=True),
    "available": replace(PENDING, state=RewardState.AVAILABLE),
    "waiting-for-event": replace(PENDING, waits_for="checkout"),
    "pending": PENDING,
}


@pytest.mark.parametrize("word", CASES)
def test_each_word_has_its_reward(word: str) -> None:
    assert reward_word(CASES[word]) == word


def test_the_cases_stand_in_the_order_of_the_ladder() -> None:
    assert list(CASES) == [rung.word for rung in REWARD_RUNGS]


def test_of_several_words_that_fit_the_higher_is_said() -> None:
    everything = product(
        RewardState,
        ["", "checkout"],
        [False, True],
        [False, True],
        ["till", "balance", "team", "codes"],
        ["", "waiting", "done"],
    )
    for state, event, choice, owes, delivery, under_way in everything:
        facts = replace(
            PENDING,
            state=state,
            waits_for=event,
            is_choice=choice,
            owes=owes,
            delivery=delivery,
            delivery_state=under_way,
        )
        fitting = [rung.word for rung in REWARD_RUNGS if rung.fits(facts)]
        assert reward_word(facts) == fitting[0]


REFERRALS = {
    "ineligible": ReferralFacts(has_joined=True, has_reached=True, has_cleared=True, has_ended=True),
    "completed": ReferralFacts(has_joined=True, has_reached=True, has_cleared=True),
    "qualified": ReferralFacts(has_joined=True, has_reached=True),
    "joined": ReferralFacts(has_joined=True),
    "invited": ReferralFacts(),
}


@pytest.mark.parametrize("word", REFERRALS)
def test_each_word_has_its_referral(word: str) -> None:
    assert referral_word(REFERRALS[word]) == word
    assert list(REFERRALS) == [rung.word for rung in REFERRAL_RUNGS]


def test_what_ended_is_ineligible_however_far_it_had_come() -> None:
    for joined, reached, cleared in product([False, True], repeat=3):
        ended = ReferralFacts(has_joined=joined, has_reached=reached, has_cleared=cleared, has_ended=True)
        assert referral_word(ended) == "ineligible"


def test_the_database_knows_the_same_words() -> None:
    """A visit has no referral yet, so nothing in the table is merely invited."""
    assert _allowed("referrals") == set(REFERRAL_WORDS) - {"invited"}
    assert _allowed("rewards") == {str(state) for state in RewardState} <= {rung.word for rung in REWARD_RUNGS}


def _allowed(table: str) -> set[str]:
    checks = [each for each in metadata.tables[table].constraints if isinstance(each, CheckConstraint)]
    return set(
        re.findall(r"'([a-z]+)'", " ".join(str(each.sqltext) for each in checks if "state" in str(each.sqltext)))
    )


def test_the_page_tells_the_same_ladders() -> None:
    text = PAGE.read_text(encoding="utf-8")
    words = re.findall(r"^\| \d+ \| `([a-z-]+)` \|", text, flags=re.MULTILINE)
    assert words == [*(rung.word for rung in REFERRAL_RUNGS), *(rung.word for rung in REWARD_RUNGS)]
