"""The ledger: append-only double entries of what each reward is worth, and where it stands."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Executable, bindparam, func, insert, select, update

from referrals.ledger import Account, Posting
from storage.connection import Connection
from storage.prepared import prepared
from storage.rewards import Reward
from storage.schema import ledger


@prepared
def _booked() -> Executable:
    columns = [column for column in ledger.c if column.key != "number"]
    both = [
        {column.key: bindparam(f"{side}_{column.key}", type_=column.type) for column in columns}
        for side in ("from", "to")
    ]
    return insert(ledger).values(both)


@prepared
def _cost_of() -> Executable:
    return select(func.sum(ledger.c.amount)).where(
        ledger.c.reward_id == bindparam("reward"), ledger.c.account == Account.COST.value
    )


class Ledger:
    """Append-only double entries; a balance is a sum."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def book(self, reward: Reward, posting: Posting, at: datetime) -> None:
        """Book both sides of a posting."""
        common = {"reward_id": reward.id, "customer_id": reward.customer_id, "step": posting.step, "at": at}
        common["unit"] = posting.amount.unit
        sides = {
            "from": {**common, "account": posting.source.value, "amount": -posting.amount.minor},
            "to": {**common, "account": posting.target.value, "amount": posting.amount.minor},
        }
        values = {f"{side}_{name}": value for side, entry in sides.items() for name, value in entry.items()}
        await _booked.later(self._connection, **values)

    async def balances_of(self, customer: str) -> dict[tuple[str, str], int]:
        """Sum a customer's entries by account and unit, leaving out the program's cost."""
        query = (
            select(ledger.c.account, ledger.c.unit, func.sum(ledger.c.amount))
            .where(ledger.c.customer_id == customer, ledger.c.account != Account.COST.value)
            .group_by(ledger.c.account, ledger.c.unit)
        )
        return {(account, unit): int(total) for account, unit, total in (await self._connection.execute(query))}

    async def cost_of(self, reward: str) -> int:
        """Say what a reward costs the program as the entries stand; nothing once it was taken back."""
        return -int(await _cost_of.value(self._connection, reward=reward) or 0)

    async def reduced_of(self, customer: str) -> set[str]:
        """Find the rewards of a customer of which a part was taken back."""
        query = select(ledger.c.reward_id).where(ledger.c.customer_id == customer, ledger.c.step.startswith("reduce:"))
        return set((await self._connection.execute(query.distinct())).scalars())

    async def hand_over(self, ids: Sequence[str], to: str) -> None:
        """Let the entries of these rewards follow them to another customer record."""
        await self._connection.execute(update(ledger).where(ledger.c.reward_id.in_(ids)).values(customer_id=to))
