"""Grants: the rewards that one event has led to, with their first entries in the ledger, each kind in one statement."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, null, update

from referrals import ledger as rules
from storage import several
from storage.connection import Connection
from storage.prepared import prepared
from storage.rewards import Reward
from storage.schema import ledger, rewards


class Grants:
    """Grants the rewards of an event together: two cost no more trips than one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, granted: Sequence[Reward], *, are_first: bool = False) -> list[Reward]:
        """Grant these, except where the side has its reward for that goal already, and return those that are new.

        The first of a referral that was bound a moment ago are new whatever happens: nobody else sees it.
        """
        rows = [vars(reward) for reward in granted]
        if are_first:
            await several.kept(self._connection, rewards, rows)
            return list(granted)
        new = await several.added(self._connection, rewards, rows)
        return [reward for reward in granted if reward.id in new]

    async def release(self, reward: str, *, free: datetime, expires_at: datetime | None) -> None:
        """Let a reward wait no longer for an event, but until a moment."""
        await _freed.run(self._connection, reward=reward, new_pending_until=free, new_expires_at=expires_at)

    async def book(self, granted: Sequence[Reward], at: datetime) -> None:
        """Book what these cost; a reward that was denied from the start moves nothing."""
        entries = [entry for reward in granted for entry in _entries(reward, at)]
        await several.kept(self._connection, ledger, entries)


@prepared
def _freed() -> Executable:
    values = {name: bindparam(f"new_{name}", type_=rewards.c[name].type) for name in ("pending_until", "expires_at")}
    statement = update(rewards).where(rewards.c.id == bindparam("reward"), rewards.c.state == "pending")
    return statement.values(waits_for=null(), waits_until=null(), **values)


def _entries(reward: Reward, at: datetime) -> list[dict[str, Any]]:
    if reward.state == rules.RewardState.DENIED:
        return []
    posting = rules.grant(reward.worth)
    common: dict[str, Any] = {"reward_id": reward.id, "step": posting.step, "customer_id": reward.customer_id}
    common |= {"unit": reward.unit, "at": at}
    amount = posting.amount.minor
    return [
        {**common, "account": posting.source.value, "amount": -amount},
        {**common, "account": posting.target.value, "amount": amount},
    ]
