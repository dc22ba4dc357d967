"""The audit: what must always be true of a database, however its history went."""

from collections import Counter, defaultdict
from typing import Any

from storage.schema import ledger, referrals, rewards, scores, vouchers
from tests.dialogue import Dialogue

# Where the worth of a reward stands; a revoked one stands nowhere.
ACCOUNTS = {
    "pending": "pending",
    "available": "available",
    "claimed": "claimed",
    "redeemed": "redeemed",
    "expired": "expired",
}
ENDED_BY_A_MERGE = {"same-person", "invited-before", "circle"}
NO_VOUCHER: set[str | None] = {None}
VOUCHERS: dict[str, set[str | None]] = {
    "claimed": {"live"},
    "redeemed": {"redeemed"},
    "expired": {"expired", None},
    "revoked": {"revoked", None},
}


async def audit(talk: Dialogue) -> None:
    """Check the ledger, the rewards, the vouchers, the scores and who brought whom."""
    entries, granted = await talk.rows(ledger), await talk.rows(rewards)
    _every_posting_sums_to_zero(entries)
    _every_reward_stands_where_the_ledger_says(entries, granted)
    _nobody_is_rewarded_twice(granted)
    _vouchers_agree(granted, await talk.rows(vouchers))
    bound = await talk.rows(referrals)
    _nobody_brought_themselves_about(bound, granted)
    _scores_are_counts(bound, await talk.rows(scores))
    await _balances_are_sums(talk, entries)


def _every_posting_sums_to_zero(entries: list[Any]) -> None:
    postings: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        postings[entry.reward_id, entry.step] += entry.amount
    assert set(postings.values()) <= {0}


def _every_reward_stands_where_the_ledger_says(entries: list[Any], granted: list[Any]) -> None:
    standing: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        standing[entry.reward_id][entry.account] += entry.amount
    assert standing.keys() == {reward.id for reward in granted}
    for reward in granted:
        found = {account: amount for account, amount in standing[reward.id].items() if amount}
        account = ACCOUNTS.get(reward.state)
        expected = {account: reward.amount, "cost": -reward.amount} if account else {}
        owed = -found.get("available", 0) if reward.state == "redeemed" else 0
        if owed:  # a refund came after it was used: the customer has it, and owes it in whole or in part
            assert 0 < owed <= reward.amount
            expected = {"redeemed": reward.amount, "available": -owed, "cost": owed - reward.amount}
        assert found == {account: amount for account, amount in expected.items() if amount}, (reward, found)


def _nobody_is_rewarded_twice(granted: list[Any]) -> None:
    slots = [(reward.referral_id, reward.goal, reward.side) for reward in granted]
    assert len(slots) == len(set(slots))


def _vouchers_agree(granted: list[Any], issued: list[Any]) -> None:
    states = {voucher.reward_id: voucher.state for voucher in issued}
    assert len(states) == len(issued)
    for reward in granted:
        assert states.get(reward.id) in VOUCHERS.get(reward.state, NO_VOUCHER), reward


def _nobody_brought_themselves_about(bound: list[Any], granted: list[Any]) -> None:
    assert len({(row.program_id, row.friend_id) for row in bound}) == len(bound)
    # A merge may find a circle that nobody joined: it ends the referral and keeps the row.
    above = {(row.program_id, row.friend_id): row.advocate_id for row in bound if row.reason not in ENDED_BY_A_MERGE}
    for program, friend in above:
        seen = {friend}
        at: str | None = friend
        while (at := above.get((program, str(at)))) is not None:
            assert at not in seen
            seen.add(at)
    rewarded = {reward.referral_id for reward in granted}
    assert not [row for row in bound if row.id in rewarded and row.state == "joined"]


def _scores_are_counts(bound: list[Any], kept: list[Any]) -> None:
    counted = Counter((row.program_id, row.advocate_id) for row in bound if row.state == "completed")
    for period in ("all", "month", "week"):
        # Each referral is counted in one month and in one week.
        told: Counter[tuple[str, str]] = Counter()
        for row in kept:
            if period == ("all" if row.period == "all" else "week" if "W" in row.period else "month"):
                told[row.program_id, row.advocate_id] += row.score
        assert +told == counted, period


async def _balances_are_sums(talk: Dialogue, entries: list[Any]) -> None:
    sums: Counter[tuple[str, str, str]] = Counter()
    for entry in entries:
        if entry.account != "cost":
            sums[entry.customer_id, entry.account, entry.unit] += entry.amount
    async with talk.database.reading() as store:
        for customer in {customer for customer, _, _ in sums}:
            balances = await store.ledger.balances_of(customer)
            assert balances == {
                (account, unit): total for (who, account, unit), total in sums.items() if who == customer
            }
