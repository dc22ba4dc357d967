"""Rewards: what one side gets, and how far each has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, bindparam, exists, update

from referrals.money import Amount
from referrals.rewarding import Delivery, Kind
from storage import statements
from storage.caps import Caps, Taken
from storage.connection import Connection
from storage.prepared import records
from storage.schema import rewards, vouchers

# Where a reward leaves room for another under the same caps.
_GIVES_BACK = ("denied", "revoked")


@dataclass(frozen=True, kw_only=True)
class Reward:
    """What one side gets for one goal, or somebody for an occasion: a milestone, a prize, a decision of the team."""

    id: str
    program_id: str
    referral_id: str | None
    goal: str
    side: str
    occurrence: int
    customer_id: str
    event_id: str | None
    revision: int
    amount: int
    unit: str
    state: str
    reason: str | None = None
    pending_until: datetime
    expires_at: datetime | None  # nothing: it never does
    earned_at: datetime
    claimed_at: datetime | None = None
    ended_at: datetime | None = None
    occasion: str | None = None
    kind: str = Kind.VOUCHER
    delivery: str = Delivery.TILL
    stock: str = ""
    option: str = ""
    options: Sequence[Mapping[str, Any]] = ()  # name, amount, unit, kind, delivery, stock and what fitted of each
    fitted: str = ""  # the size that fitted, such as "10%"; of old rewards it is not known
    spent: int = 0  # of a balance: what was used of it
    waits_for: str | None = None  # the type of the event that must come before the hold can pass …
    waits_until: datetime | None = None  # … and how long it is waited for
    takes: Sequence[Any] = ()  # what it has taken up of each cap

    @property
    def worth(self) -> Amount:
        """The amount with its unit."""
        return Amount(self.amount, self.unit)

    def is_over(self, at: datetime) -> bool:
        """Tell whether its time has passed."""
        return self.expires_at is not None and self.expires_at <= at


@records(Reward)
def _held() -> Executable:
    return statements.columns_of(rewards, Reward).where(rewards.c.id == bindparam("reward")).with_for_update()


@records(Reward)
def _seen() -> Executable:
    return statements.columns_of(rewards, Reward).where(rewards.c.id == bindparam("reward"))


def _taken(state: str, condition: ColumnElement[bool]) -> Executable:
    return (
        statements.columns_of(rewards, Reward)
        .where(rewards.c.state == state, condition)
        .order_by(rewards.c.pending_until, rewards.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


@records(Reward)
def _due_holds() -> Executable:
    return _taken("pending", and_(rewards.c.pending_until <= bindparam("at"), rewards.c.waits_for.is_(None)))


@records(Reward)
def _given_up() -> Executable:
    return _taken("pending", and_(rewards.c.waits_until <= bindparam("at"), rewards.c.waits_for.is_not(None)))


@records(Reward)
def _expired() -> Executable:
    return _taken("available", rewards.c.expires_at <= bindparam("at"))


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


class Rewards:
    """Grants rewards and moves them on, each step once."""

    def __init__(self, connection: Connection, caps: Caps) -> None:
        self._connection = connection
        self._caps = caps

    async def add(self, reward: Reward) -> bool:
        """Grant a reward, unless this side already has it for this goal."""
        return await statements.added(self._connection, rewards, vars(reward))

    async def by_id(self, reward: str) -> Reward | None:
        """Find a reward, and hold it until the end of the transaction."""
        return await _held.first(self._connection, reward=reward)

    async def seen(self, reward: str) -> Reward | None:
        """Find a reward without holding it."""
        return await _seen.first(self._connection, reward=reward)

    async def of_customer(self, customer: str) -> list[Reward]:
        """List a customer's rewards, oldest first."""
        return await _of_customer.all(self._connection, customer=customer)

    async def of_referral(self, referral: str) -> list[Reward]:
        """List both sides' rewards of a referral, and hold them in order of id until the end of the transaction."""
        return await _of_referral.all(self._connection, referral=referral)

    async def of_referrals(self, ids: Iterable[str], customer: str) -> dict[str, Reward]:
        """Find a customer's own reward of each of these referrals."""
        found = await _own_of_referrals.all(self._connection, ids=ids, customer=customer)
        return {str(reward.referral_id): reward for reward in found}

    async def of_both_sides(self, ids: Iterable[str]) -> list[Reward]:
        """List what both sides of these referrals got, without holding it."""
        return await _of_both_sides.all(self._connection, ids=ids)

    async def move(self, reward: str, *, states: Iterable[str], to: str, **values: Any) -> Reward | None:
        """Move a reward on from one of these states and return it; nothing when it was no longer there.

        One that is denied or revoked gives back what it has taken up of caps.
        """
        changes = {"state": to, **values}
        moved = await statements.moved(self._connection, Reward, rewards, row=reward, states=states, values=changes)
        if moved is None or not moved.takes or to not in _GIVES_BACK:
            return moved
        await self._caps.give_back(moved.id, moved.program_id, moved.takes)
        return replace(moved, takes=())

    async def reduce(
        self, reward: Reward, amount: int, *, options: Sequence[Mapping[str, Any]], takes: Sequence[Taken]
    ) -> None:
        """Lower what a reward is worth, its options, and what it takes of caps, where others then have room."""
        values = {"amount": amount, "options": list(options), "takes": [list(taken) for taken in takes]}
        await statements.changed(self._connection, rewards, reward.id, values)
        await self._caps.lower(reward.program_id, reward.takes, takes)

    async def pick(self, reward: str, columns: Mapping[str, Any], *, states: Sequence[str]) -> Reward | None:
        """Make a reward another of its options; nothing when it is too late, or some of it is spent."""
        statement = (
            update(rewards)
            .where(rewards.c.id == reward, rewards.c.state.in_(states), rewards.c.spent == 0)
            .values(**columns)
            .returning(*statements.columns_of(rewards, Reward).selected_columns)
        )
        return statements.maybe(Reward, (await self._connection.execute(statement)).first())

    async def on_balance(self, customer: str, unit: str) -> list[Reward]:
        """List what a customer has on a balance."""
        query = statements.columns_of(rewards, Reward).where(
            rewards.c.customer_id == customer,
            rewards.c.unit == unit,
            rewards.c.delivery == Delivery.BALANCE.value,
            rewards.c.state == "available",
        )
        found = await self._connection.execute(query.order_by(rewards.c.id))
        return [statements.record(Reward, row) for row in found]

    async def extend(self, reward: str, until: datetime) -> None:
        """Let a reward expire no earlier than this."""
        await self._connection.execute(
            update(rewards).where(rewards.c.id == reward, rewards.c.expires_at < until).values(expires_at=until)
        )

    async def of_occasion(self, program: str, customer: str, beginning: str) -> list[Reward]:
        """List what a customer got on occasions whose names begin like this."""
        query = statements.columns_of(rewards, Reward).where(
            rewards.c.program_id == program,
            rewards.c.customer_id == customer,
            rewards.c.occasion.startswith(beginning, autoescape=True),
        )
        found = await self._connection.execute(query.order_by(rewards.c.id))
        return [statements.record(Reward, row) for row in found]

    async def hand_over(self, ids: Sequence[str], to: str) -> None:
        """Give rewards and their vouchers to another customer record."""
        theirs = rewards.alias()
        is_taken = exists().where(
            theirs.c.customer_id == to,
            theirs.c.program_id == rewards.c.program_id,
            theirs.c.occasion == rewards.c.occasion,
        )
        # Both records may have reached the same milestone: both keep what they got for it.
        own = rewards.c.occasion + "@" + rewards.c.customer_id
        await self._connection.execute(update(rewards).where(rewards.c.id.in_(ids), is_taken).values(occasion=own))
        await self._connection.execute(update(rewards).where(rewards.c.id.in_(ids)).values(customer_id=to))
        await self._connection.execute(update(vouchers).where(vouchers.c.reward_id.in_(ids)).values(customer_id=to))

    async def take_due_holds(self, at: datetime, limit: int) -> list[Reward]:
        """List pending rewards whose hold has passed, and hold them; other processes skip these."""
        return await _due_holds.all(self._connection, at=at, most=limit)

    async def take_given_up(self, at: datetime, limit: int) -> list[Reward]:
        """List pending rewards whose event did not come in time, and hold them; other processes skip these."""
        return await _given_up.all(self._connection, at=at, most=limit)

    async def take_expired(self, at: datetime, limit: int) -> list[Reward]:
        """List available rewards whose time is over, and hold them; other processes skip these."""
        return await _expired.all(self._connection, at=at, most=limit)
