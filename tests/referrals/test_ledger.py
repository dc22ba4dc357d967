"""Every step of a reward moves value from one account to another and makes none."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.ledger import ACCOUNTS, Account, Posting, RewardState, advance, give_back, grant, take_back
from referrals.money import Amount

TEN = Amount(1000, "EUR")
# The way of a reward from its grant to every end it can have.
WAYS = {
    "used": [RewardState.AVAILABLE, RewardState.CLAIMED, RewardState.REDEEMED],
    "never claimed": [RewardState.AVAILABLE, RewardState.EXPIRED],
    "never shown at a till": [RewardState.AVAILABLE, RewardState.CLAIMED, RewardState.EXPIRED],
    "refused while it waited": [RewardState.DENIED],
}


def _balances(postings: list[Posting]) -> dict[Account, int]:
    balances: Counter[Account] = Counter()
    for posting in postings:
        balances[posting.source] -= posting.amount.minor
        balances[posting.target] += posting.amount.minor
        assert sum(balances.values()) == 0
    return {account: balance for account, balance in balances.items() if balance}


def _walk(states: list[RewardState]) -> list[Posting]:
    postings = [grant(TEN)]
    for source, target in zip([RewardState.PENDING, *states], states, strict=False):
        postings.append(advance(f"to-{target}", TEN, source, target))
    return postings


@pytest.mark.parametrize("states", WAYS.values(), ids=WAYS)
def test_value_ends_where_the_reward_ends(states: list[RewardState]) -> None:
    end = ACCOUNTS[states[-1]]
    expected = {} if end is Account.COST else {Account.COST: -1000, end: 1000}
    assert _balances(_walk(states)) == expected


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_step_is_told_apart_from_the_others(way: list[RewardState]) -> None:
    steps = [posting.step for posting in _walk(way)]
    assert len(set(steps)) == len(steps)


@pytest.mark.parametrize("state", RewardState)
def test_every_state_has_its_account(state: RewardState) -> None:
    has_value = state not in {RewardState.DENIED, RewardState.REVOKED}
    assert ACCOUNTS[state] == (Account(state.value) if has_value else Account.COST)


@pytest.mark.parametrize("states", [[], [RewardState.AVAILABLE], [RewardState.AVAILABLE, RewardState.CLAIMED]])
def test_taking_back_an_open_reward_leaves_nothing(states: list[RewardState]) -> None:
    state = states[-1] if states else RewardState.PENDING
    assert _balances([*_walk(states), take_back("refunded", TEN, state)]) == {}


def test_taking_back_a_redeemed_reward_leaves_it_owed() -> None:
    postings = [*_walk(WAYS["used"]), take_back("refunded", TEN, RewardState.REDEEMED)]
    assert _balances(postings) == {Account.REDEEMED: 1000, Account.AVAILABLE: -1000}


@pytest.mark.parametrize("state", RewardState)
@given(minor=st.integers(1, 10**12))
def test_giving_back_undoes_taking_back(state: RewardState, minor: int) -> None:
    amount = Amount(minor, "EUR")
    assert _balances([take_back("merged", amount, state), give_back("restored", amount, state)]) == {}


def test_a_part_may_be_taken_back() -> None:
    postings = [grant(TEN), take_back("reduce", Amount(400, "EUR"), RewardState.PENDING)]
    assert _balances(postings) == {Account.COST: -600, Account.PENDING: 600}
