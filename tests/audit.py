"""The audit: what must always be true of a database, however its history went."""

from collections import Counter, defaultdict
from typing import Any

from storage.prizes import FIRST
from storage.schema import caps, deliveries, ledger, referrals, rewards, scores, spendings, stock, vouchers
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
    _vouchers_agree([reward for reward in granted if reward.delivery == "till"], await talk.rows(vouchers))
    _codes_are_given_once(granted, await talk.rows(stock), await talk.rows(deliveries))
    _what_is_spent_was_spent(entries, granted, await talk.rows(spendings))
    bound = await talk.rows(referrals)
    costs = {entry.reward_id for entry in entries if entry.account == "cost"} - _all_owed(entries)
    _nobody_brought_themselves_about(bound, [reward for reward in granted if reward.id in costs])
    _scores_are_counts(bound, await talk.rows(scores))
    await _balances_are_sums(talk, entries)
    _caps_count_what_was_given(granted, [row for row in await talk.rows(caps) if row.cap != FIRST])


def _all_owed(entries: list[Any]) -> set[str]:
    """Find the rewards that cost nothing any more: what was redeemed stays so, also where a refund took all of it."""
    cost: Counter[str] = Counter()
    for entry in entries:
        cost[entry.reward_id] += entry.amount * (entry.account == "cost")
    return {reward for reward, total in cost.items() if not total}


def _every_posting_sums_to_zero(entries: list[Any]) -> None:
    postings: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        postings[entry.reward_id, entry.step] += entry.amount
    assert set(postings.values()) <= {0}


def _every_reward_stands_where_the_ledger_says(entries: list[Any], granted: list[Any]) -> None:
    standing: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        standing[entry.reward_id][entry.account] += entry.amount
    # What a cap refuses is kept, so that its owner can see it; it costs nothing from the start.
    assert standing.keys() >= {reward.id for reward in granted if reward.state != "denied"}
    assert standing.keys() <= {reward.id for reward in granted}
    for reward in granted:
        found = {account: amount for account, amount in standing[reward.id].items() if amount}
        if reward.delivery == "balance" and reward.state not in {"pending", "denied"}:
            assert found == _on_balance(reward, found), (reward, found)
            continue
        account = ACCOUNTS.get(reward.state)
        expected = {account: reward.amount, "cost": -reward.amount} if account else {}
        if reward.state == "redeemed" and reward.amount + found.get("cost", 0):
            # A refund came after it was used: the customer owes it in whole or in part, or has made up for it since.
            owed = reward.amount + found.get("cost", 0)
            paid = reward.amount - found.get("redeemed", 0)
            assert 0 <= paid <= owed <= reward.amount
            expected = {"redeemed": reward.amount - paid, "available": paid - owed, "cost": owed - reward.amount}
        assert found == {account: amount for account, amount in expected.items() if amount}, (reward, found)


def _on_balance(reward: Any, found: dict[str, int]) -> dict[str, int]:
    """Say what the entries of a reward on a balance must be: what was spent of it, and what is left or owed."""
    taken_back = reward.amount + found.get("cost", 0)
    assert 0 <= taken_back <= reward.amount
    assert taken_back in {0, reward.amount} or reward.state == "redeemed"
    rest = reward.amount - reward.spent
    expired = rest if reward.state == "expired" else 0
    expected = {
        "available": rest - taken_back - expired,
        "redeemed": reward.spent,
        "expired": expired,
        "cost": taken_back - reward.amount,
    }
    return {account: amount for account, amount in expected.items() if amount}


def _codes_are_given_once(granted: list[Any], kept: list[Any], asked: list[Any]) -> None:
    given = {row.reward_id for row in kept if row.state == "given"}
    assert len(given) == sum(row.state == "given" for row in kept)
    assert given == {reward.id for reward in granted if reward.delivery == "codes" and reward.state == "redeemed"}
    waiting = {row.reward_id for row in asked if row.state == "waiting"}
    claimed = {reward.id for reward in granted if reward.delivery in {"codes", "team"} and reward.state == "claimed"}
    assert claimed <= waiting


def _what_is_spent_was_spent(entries: list[Any], granted: list[Any], booked: list[Any]) -> None:
    """A spending stands on rewards; one that paid for a voucher taken back stands on the newer reward instead."""
    delivery = {reward.id: reward.delivery for reward in granted}
    spent: Counter[str] = Counter()
    for reward in granted:
        spent[reward.unit] += reward.spent
    for entry in entries:
        if entry.step.startswith("paid:") and entry.account == "redeemed" and delivery[entry.reward_id] != "balance":
            spent[entry.unit] += entry.amount
    told: Counter[str] = Counter()
    for row in booked:
        told[row.unit] += row.amount if row.undone_at is None else 0
    assert +spent == +told


def _nobody_is_rewarded_twice(granted: list[Any]) -> None:
    slots = [
        (reward.referral_id, reward.goal, reward.side, reward.occurrence) for reward in granted if reward.referral_id
    ]
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
    rewarded = {reward.referral_id for reward in granted if reward.state not in ("denied", "revoked")}
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


def _caps_count_what_was_given(granted: list[Any], counted: list[Any]) -> None:
    """What is taken up of every cap is the sum of what the rewards that stand have taken; who lost theirs has none."""
    sums: defaultdict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    for reward in granted:
        assert not (reward.takes and reward.state in ("denied", "revoked")), reward
        for cap, owner, period, unit, count, value in reward.takes:
            sums[reward.program_id, cap, owner, period, unit][0] += count
            sums[reward.program_id, cap, owner, period, unit][1] += value
    found = {(row.program_id, row.cap, row.owner_id, row.period, row.unit): [row.count, row.value] for row in counted}
    assert {key: both for key, both in found.items() if any(both)} == dict(sums)


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
