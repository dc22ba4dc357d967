"""The ledger's rules: what each step of a reward moves, and from which account to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from referrals.money import Amount


class RewardState(StrEnum):
    """The words for where a reward stands."""

    PENDING = "pending"
    AVAILABLE = "available"
    CLAIMED = "claimed"
    REDEEMED = "redeemed"
    EXPIRED = "expired"
    DENIED = "denied"
    REVOKED = "revoked"


class Account(StrEnum):
    """Where value stands: the program's cost, or one of a customer's accounts."""

    COST = "cost"
    PENDING = "pending"
    AVAILABLE = "available"
    CLAIMED = "claimed"
    REDEEMED = "redeemed"
    EXPIRED = "expired"


# Where the value of a reward stands; one that was denied or revoked costs the program nothing.
ACCOUNTS: Mapping[RewardState, Account] = {
    RewardState.PENDING: Account.PENDING,
    RewardState.AVAILABLE: Account.AVAILABLE,
    RewardState.CLAIMED: Account.CLAIMED,
    RewardState.REDEEMED: Account.REDEEMED,
    RewardState.EXPIRED: Account.EXPIRED,
    RewardState.DENIED: Account.COST,
    RewardState.REVOKED: Account.COST,
}


@dataclass(frozen=True, kw_only=True)
class Posting:
    """One double entry: the amount leaves one account and enters another, so every posting sums to zero."""

    step: str
    amount: Amount
    source: Account
    target: Account


def grant(amount: Amount) -> Posting:
    """A reward is earned and waits for its hold."""
    return Posting(step="grant", amount=amount, source=Account.COST, target=Account.PENDING)


def advance(step: str, amount: Amount, source: RewardState, target: RewardState) -> Posting:
    """A reward moves on from one state to the next: released, claimed, redeemed or expired."""
    return Posting(step=step, amount=amount, source=ACCOUNTS[source], target=ACCOUNTS[target])


def take_back(step: str, amount: Amount, state: RewardState) -> Posting:
    """A compensating entry: the amount goes back to the program's cost.

    A reward already redeemed cannot be taken out of the customer's hands, so it is owed: their available balance
    goes below zero.
    """
    return Posting(step=step, amount=amount, source=_still_to_be_had(state), target=Account.COST)


def give_back(step: str, amount: Amount, state: RewardState) -> Posting:
    """Undo a compensating entry: the amount returns to where the reward stands again, or is owed no more."""
    return Posting(step=step, amount=amount, source=Account.COST, target=_still_to_be_had(state))


def _still_to_be_had(state: RewardState) -> Account:
    return Account.AVAILABLE if state is RewardState.REDEEMED else ACCOUNTS[state]
