"""Vouchers: the single-use codes that a customer shows to get a reward."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, select, update

from storage import statements
from storage.connection import Connection
from storage.prepared import records
from storage.schema import redemptions, vouchers


@dataclass(frozen=True, kw_only=True)
class Voucher:
    """The single-use code a customer shows to get a reward."""

    code: str = field(repr=False)
    reward_id: str
    customer_id: str
    state: str
    issued_at: datetime
    expires_at: datetime
    redeemed_at: datetime | None = None
    cashier: str = ""
    place: str = ""


class Vouchers:
    """Issues a voucher once per reward, and redeems it once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def issue(self, codes: Sequence[str], values: Mapping[str, Any]) -> Voucher | None:
        """Issue a voucher with the first free code; nothing when this reward has one already."""
        for code in codes:
            row = {"code": code, "state": "live", **values}
            if await statements.added(self._connection, vouchers, row):
                return await self.of_reward(values["reward_id"])
            if await self.of_reward(values["reward_id"]) is not None:
                return None
        raise RuntimeError("Every candidate for a voucher code was taken.")

    async def of_reward(self, reward: str) -> Voucher | None:
        """Find the voucher of a reward."""
        return await self._one(vouchers.c.reward_id == reward)

    async def of_customer(self, customer: str) -> dict[str, Voucher]:
        """Find a customer's vouchers, by reward."""
        query = statements.columns_of(vouchers, Voucher).where(vouchers.c.customer_id == customer)
        return {row.reward_id: statements.record(Voucher, row) for row in await self._connection.execute(query)}

    async def by_code(self, code: str) -> Voucher | None:
        """Find a voucher by its secret code."""
        return await self._one(vouchers.c.code == code)

    async def take_key(self, key: str, code: str) -> str:
        """Use an idempotency key for a voucher, and return the code of the voucher that it stands for."""
        if await statements.added(self._connection, redemptions, {"key": key, "code": code}):
            return code
        query = select(redemptions.c.code).where(redemptions.c.key == key)
        return str((await self._connection.execute(query)).scalar_one())

    async def was_redeemed_by(self, code: str, key: str) -> bool:
        """Tell whether this key is the first that was used for this voucher."""
        voucher = await self._one((vouchers.c.code == code) & (vouchers.c.redemption_key == key))
        return voucher is not None

    async def redeem(self, code: str, *, key: str, cashier: str, place: str, at: datetime) -> Voucher | None:
        """Redeem a live voucher; nothing when somebody was quicker, or it is over."""
        statement = (
            update(vouchers)
            .where(vouchers.c.code == code, vouchers.c.state == "live", vouchers.c.expires_at > at)
            .values(state="redeemed", redeemed_at=at, redemption_key=key, cashier=cashier, place=place)
            .returning(*vouchers.c)
        )
        return statements.maybe(Voucher, (await self._connection.execute(statement)).first())

    async def end(self, reward: str, state: str) -> bool:
        """End the live voucher of a reward as "expired" or "revoked"; tell whether there was one."""
        statement = (
            update(vouchers)
            .where(vouchers.c.reward_id == reward, vouchers.c.state == "live")
            .values(state=state)
            .returning(vouchers.c.code)
        )
        return (await self._connection.execute(statement)).first() is not None

    async def revive(self, reward: str) -> None:
        """Make the revoked voucher of a reward live again."""
        await self._connection.execute(
            update(vouchers).where(vouchers.c.reward_id == reward, vouchers.c.state == "revoked").values(state="live")
        )

    async def take_expired(self, at: datetime, limit: int) -> list[Voucher]:
        """List live vouchers whose time is over, and hold them; other processes skip these."""
        return await _expired.all(self._connection, at=at, most=limit)

    async def _one(self, condition: Any) -> Voucher | None:
        query = statements.columns_of(vouchers, Voucher).where(condition)
        return statements.maybe(Voucher, (await self._connection.execute(query)).first())


@records(Voucher)
def _expired() -> Executable:
    return (
        statements.columns_of(vouchers, Voucher)
        .where(vouchers.c.state == "live", vouchers.c.expires_at <= bindparam("at"))
        .order_by(vouchers.c.expires_at, vouchers.c.reward_id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
