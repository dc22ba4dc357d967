"""Rewards, their vouchers, and the ledger of what each is worth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, func, insert, select, update

from referrals.ledger import Account, Posting
from referrals.money import Amount
from storage import statements
from storage.connection import Connection
from storage.prepared import prepared, records
from storage.schema import ledger, redemptions, rewards, vouchers


@dataclass(frozen=True, kw_only=True)
class Reward:
    """What one side gets for one goal."""

    id: str
    program_id: str
    referral_id: str
    goal: str
    side: str
    occurrence: int
    customer_id: str
    event_id: str
    revision: int
    amount: int
    unit: str
    state: str
    reason: str | None = None
    pending_until: datetime
    expires_at: datetime
    earned_at: datetime
    claimed_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def worth(self) -> Amount:
        """The amount with its unit."""
        return Amount(self.amount, self.unit)


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


@records(Reward)
def _held() -> Executable:
    return statements.columns_of(rewards, Reward).where(rewards.c.id == bindparam("reward")).with_for_update()


@records(Reward)
def _of_customer() -> Executable:
    query = statements.columns_of(rewards, Reward).where(rewards.c.customer_id == bindparam("customer"))
    return query.order_by(rewards.c.earned_at, rewards.c.id)


@records(Reward)
def _of_referral() -> Executable:
    query = statements.columns_of(rewards, Reward).where(rewards.c.referral_id == bindparam("referral"))
    return query.order_by(rewards.c.id).with_for_update()


@records(Reward)
def _own_of_referrals() -> Executable:
    return statements.columns_of(rewards, Reward).where(
        statements.listed(rewards.c.referral_id, "ids"), rewards.c.customer_id == bindparam("customer")
    )


@records(Reward)
def _of_both_sides() -> Executable:
    query = statements.columns_of(rewards, Reward).where(statements.listed(rewards.c.referral_id, "ids"))
    return query.order_by(rewards.c.referral_id, rewards.c.id)


@records(Voucher)
def _voucher_of_reward() -> Executable:
    return statements.columns_of(vouchers, Voucher).where(vouchers.c.reward_id == bindparam("reward"))


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


class Rewards:
    """Grants rewards and moves them on, each step once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, reward: Reward) -> bool:
        """Grant a reward, unless this side already has it for this goal."""
        return await statements.added(self._connection, rewards, vars(reward))

    async def by_id(self, reward: str) -> Reward | None:
        """Find a reward, and hold it until the end of the transaction."""
        return await _held.first(self._connection, reward=reward)

    async def of_customer(self, customer: str) -> list[Reward]:
        """List a customer's rewards, oldest first."""
        return await _of_customer.all(self._connection, customer=customer)

    async def of_referral(self, referral: str) -> list[Reward]:
        """List both sides' rewards of a referral, and hold them in order of id until the end of the transaction."""
        return await _of_referral.all(self._connection, referral=referral)

    async def of_referrals(self, ids: Iterable[str], customer: str) -> dict[str, Reward]:
        """Find a customer's own reward of each of these referrals."""
        found = await _own_of_referrals.all(self._connection, ids=ids, customer=customer)
        return {reward.referral_id: reward for reward in found}

    async def of_both_sides(self, ids: Iterable[str]) -> list[Reward]:
        """List what both sides of these referrals got, without holding it."""
        return await _of_both_sides.all(self._connection, ids=ids)

    async def move(self, reward: str, *, states: Iterable[str], to: str, **values: Any) -> Reward | None:
        """Move a reward on from one of these states and return it; nothing when it was no longer there."""
        changes = {"state": to, **values}
        return await statements.moved(self._connection, Reward, rewards, row=reward, states=states, values=changes)

    async def reduce(self, reward: str, amount: int) -> None:
        """Lower what a reward is worth."""
        await statements.changed(self._connection, rewards, reward, {"amount": amount})

    async def hand_over(self, ids: Sequence[str], to: str) -> None:
        """Give rewards and their vouchers to another customer record."""
        await self._connection.execute(update(rewards).where(rewards.c.id.in_(ids)).values(customer_id=to))
        await self._connection.execute(update(vouchers).where(vouchers.c.reward_id.in_(ids)).values(customer_id=to))

    async def take_due_holds(self, at: datetime, limit: int) -> list[Reward]:
        """List pending rewards whose hold has passed, and hold them; other processes skip these."""
        return await self._take("pending", rewards.c.pending_until <= at, limit)

    async def take_expired(self, at: datetime, limit: int) -> list[Reward]:
        """List available rewards whose time is over, and hold them; other processes skip these."""
        return await self._take("available", rewards.c.expires_at <= at, limit)

    async def _take(self, state: str, condition: Any, limit: int) -> list[Reward]:
        query = (
            statements.columns_of(rewards, Reward)
            .where(rewards.c.state == state, condition)
            .order_by(rewards.c.pending_until, rewards.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [statements.record(Reward, row) for row in await self._connection.execute(query)]


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
        query = (
            statements.columns_of(vouchers, Voucher)
            .where(vouchers.c.state == "live", vouchers.c.expires_at <= at)
            .order_by(vouchers.c.expires_at, vouchers.c.reward_id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [statements.record(Voucher, row) for row in await self._connection.execute(query)]

    async def _one(self, condition: Any) -> Voucher | None:
        query = statements.columns_of(vouchers, Voucher).where(condition)
        return statements.maybe(Voucher, (await self._connection.execute(query)).first())


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
        await _booked.run(self._connection, **values)

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

    async def hand_over(self, ids: Sequence[str], to: str) -> None:
        """Let the entries of these rewards follow them to another customer record."""
        await self._connection.execute(update(ledger).where(ledger.c.reward_id.in_(ids)).values(customer_id=to))
