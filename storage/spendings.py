"""Spendings: what customers used of their balances, and what of it was given back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, or_, select, update

from referrals.balances import Part
from referrals.ledger import Account
from referrals.money import Amount
from referrals.rewarding import Delivery
from storage import statements
from storage.columns import microseconds
from storage.connection import Connection
from storage.rewards import Reward
from storage.schema import ledger, rewards, spendings

# Where rewards stand whose spent amounts may return to them.
_SPENT_FROM = ("available", "redeemed", "expired", "revoked")


@dataclass(frozen=True, kw_only=True)
class Spending:
    """One use of a balance; the key makes a repeated request the same spending."""

    id: str
    customer_id: str
    key: str
    unit: str
    amount: int
    at: datetime
    undone_at: datetime | None = None

    @property
    def worth(self) -> Amount:
        """The amount with its unit."""
        return Amount(self.amount, self.unit)


class Spendings:
    """Takes out of balances and gives back, never more than there is."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def hold(self, customer: str) -> None:
        """Let nobody else change a customer's balances until the end of the transaction."""
        await statements.hold(self._connection, f"balance:{customer}")

    async def parts(self, customer: str, unit: str | None = None) -> list[Part]:
        """List what each reward has left on a customer's balances, and what is owed, as the ledger stands."""
        left = func.sum(ledger.c.amount)
        is_balance = rewards.c.delivery == Delivery.BALANCE.value
        query = (
            select(rewards.c.id, ledger.c.unit, rewards.c.expires_at, is_balance, left)
            .join(rewards, rewards.c.id == ledger.c.reward_id)
            .where(ledger.c.customer_id == customer, ledger.c.account == Account.AVAILABLE.value)
            .group_by(rewards.c.id, ledger.c.unit, rewards.c.expires_at, is_balance)
            .having(or_(left < 0, (left > 0) & is_balance))
            .order_by(ledger.c.unit, rewards.c.id)
        )
        if unit is not None:
            query = query.where(ledger.c.unit == unit)
        return [
            Part(reward=reward, left=Amount(int(sum_), of), expires_at=expires, on_balance=bool(is_one))
            for reward, of, expires, is_one, sum_ in await self._connection.execute(query)
        ]

    async def add(self, spending: Spending) -> Spending:
        """Note a spending under its key, and return the one that has the key: somebody may have been quicker."""
        await statements.added(self._connection, spendings, vars(spending))
        query = statements.columns_of(spendings, Spending).where(spendings.c.key == spending.key)
        return statements.record(Spending, (await self._connection.execute(query)).one())

    async def by_id(self, spending: str) -> Spending | None:
        """Find a spending."""
        query = statements.columns_of(spendings, Spending).where(spendings.c.id == spending)
        return statements.maybe(Spending, (await self._connection.execute(query)).first())

    async def undo(self, spending: str, at: datetime) -> bool:
        """Note that a spending was given back; tell whether it was not yet."""
        statement = (
            update(spendings)
            .where(spendings.c.id == spending, spendings.c.undone_at.is_(None))
            .values(undone_at=at)
            .returning(spendings.c.id)
        )
        return (await self._connection.execute(statement)).first() is not None

    async def take(self, reward: str, minor: int, at: datetime) -> Reward | None:
        """Take so much out of a reward on a balance; nothing when it has less, or is no longer there."""
        spent = rewards.c.spent + minor
        statement = (
            update(rewards)
            .where(rewards.c.id == reward, rewards.c.state == "available", spent <= rewards.c.amount)
            .values(
                spent=spent,
                state=case((spent == rewards.c.amount, "redeemed"), else_="available"),
                ended_at=case((spent == rewards.c.amount, microseconds(at)), else_=None),
            )
            .returning(*statements.columns_of(rewards, Reward).selected_columns)
        )
        return statements.maybe(Reward, (await self._connection.execute(statement)).first())

    async def give_back(self, reward: str, minor: int) -> Reward | None:
        """Give back to a reward what was taken out of it; nothing when it was less."""
        was_used_up = rewards.c.state == "redeemed"
        statement = (
            update(rewards)
            .where(rewards.c.id == reward, rewards.c.spent >= minor, rewards.c.state.in_(_SPENT_FROM))
            .values(
                spent=rewards.c.spent - minor,
                state=case((was_used_up, "available"), else_=rewards.c.state),
                ended_at=case((was_used_up, None), else_=rewards.c.ended_at),
            )
            .returning(*statements.columns_of(rewards, Reward).selected_columns)
        )
        return statements.maybe(Reward, (await self._connection.execute(statement)).first())

    async def forgive(self, reward: str, minor: int) -> None:
        """Count so much less as spent of a reward that was taken back: another one stands in for it."""
        await self._connection.execute(
            update(rewards)
            .where(rewards.c.id == reward, rewards.c.spent >= minor)
            .values(spent=rewards.c.spent - minor)
        )

    async def taken_for(self, step: str) -> list[str]:
        """List the rewards that a spending was booked on."""
        query = select(ledger.c.reward_id).where(ledger.c.step == step).distinct().order_by(ledger.c.reward_id)
        return [str(row[0]) for row in await self._connection.execute(query)]

    async def spent_of(self, customer: str, unit: str, *, own: Iterable[str]) -> list[Reward]:
        """List the rewards out of which somebody has spent, what expires last in front; `own` may have moved on."""
        theirs = or_(rewards.c.customer_id == customer, rewards.c.id.in_(list(own)))
        query = (
            statements.columns_of(rewards, Reward)
            .where(theirs, rewards.c.unit == unit, rewards.c.spent > 0)
            .order_by(rewards.c.expires_at.desc().nulls_first(), rewards.c.id)
        )
        return [statements.record(Reward, row) for row in await self._connection.execute(query)]
