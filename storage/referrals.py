"""Referrals: one advocate, one friend, one program."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Select, bindparam, func, select

from storage import statements
from storage.connection import Connection
from storage.prepared import prepared, records
from storage.schema import referrals
from storage.scores import Scores

# A chain of a hundred invitations is longer than any we know; it only bounds the query.
LONGEST_CHAIN = 1000
# What stays when a friend who has only joined follows somebody else.
_FOR_LIFE = {"id", "program_id", "friend_id", "state"}


@dataclass(frozen=True, kw_only=True)
class Referral:
    """Who brought whom, under which revision, and how far it has come."""

    id: str
    program_id: str
    link_id: str
    advocate_id: str
    friend_id: str
    revision: int
    click: int | None
    clicked_at: datetime | None = None
    state: str
    reason: str | None = None
    joined_at: datetime
    qualify_by: datetime
    qualified_at: datetime | None = None
    completes_at: datetime | None = None  # when its hold is over, where there is no reward whose hold would say so
    completed_at: datetime | None = None
    ended_at: datetime | None = None
    # For each goal: how often it stands reached, how often it ever was, and for which times it is not any more.
    reached: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def times(self) -> Mapping[str, int]:
        """How often each goal stands reached."""
        return {goal: int(counts[0]) for goal, counts in self.reached.items()}


@records(Referral)
def _by_id() -> Executable:
    return statements.columns_of(referrals, Referral).where(referrals.c.id == bindparam("referral"))


@records(Referral)
def _of_friend() -> Executable:
    return statements.columns_of(referrals, Referral).where(
        referrals.c.program_id == bindparam("program"), referrals.c.friend_id == bindparam("friend")
    )


@records(Referral)
def _due() -> Executable:
    return (
        statements.columns_of(referrals, Referral)
        .where(referrals.c.state == "qualified", referrals.c.completes_at <= bindparam("at"))
        .order_by(referrals.c.completes_at, referrals.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


@records(Referral)
def _of_advocate() -> Executable:
    return (
        statements.columns_of(referrals, Referral)
        .where(referrals.c.program_id == bindparam("program"), referrals.c.advocate_id == bindparam("advocate"))
        .order_by(referrals.c.joined_at.desc(), referrals.c.id)
        .offset(bindparam("offset"))
        .limit(bindparam("limit"))
    )


@records(Referral)
def _of_customer() -> Executable:
    customer = bindparam("customer", type_=referrals.c.advocate_id.type)
    return statements.columns_of(referrals, Referral).where(
        (referrals.c.advocate_id == customer) | (referrals.c.friend_id == customer)
    )


@prepared
def _counts_of() -> Executable:
    return (
        select(referrals.c.state, func.count())
        .where(referrals.c.program_id == bindparam("program"), referrals.c.advocate_id == bindparam("advocate"))
        .group_by(referrals.c.state)
    )


def chain_above() -> Select[Any]:
    """Find everyone above a customer in a program."""
    above = (
        select(referrals.c.advocate_id, referrals.c.program_id)
        .where(referrals.c.program_id == bindparam("program"), referrals.c.friend_id == bindparam("customer"))
        .cte("above", recursive=True)
    )
    above = above.union(
        select(referrals.c.advocate_id, referrals.c.program_id).join(
            above, (referrals.c.friend_id == above.c.advocate_id) & (referrals.c.program_id == above.c.program_id)
        )
    )
    return select(above.c.advocate_id).limit(LONGEST_CHAIN)


_chain_above = prepared(chain_above)


class Referrals:
    """Binds friends to advocates, moves referrals on, and counts them."""

    def __init__(self, connection: Connection, scores: Scores) -> None:
        self._connection = connection
        self._scores = scores
        # Nobody else sees those that were bound in this transaction: they are where we left them.
        self._bound: dict[str, Referral] = {}

    async def add(self, referral: Referral) -> bool:
        """Bind a friend to an advocate, unless the friend already belongs to one in this program."""
        is_new = await statements.added(self._connection, referrals, vars(referral))
        if is_new:
            self._bound[referral.id] = referral
        return is_new

    def is_new(self, referral: str) -> bool:
        """Tell whether a referral was bound in this transaction, so that nothing can hang on it yet but what we add."""
        return referral in self._bound

    async def by_id(self, referral: str) -> Referral | None:
        """Find a referral."""
        return await _by_id.first(self._connection, referral=referral)

    async def of_friend(self, program: str, friend: str) -> Referral | None:
        """Find the referral through which somebody came."""
        return await _of_friend.first(self._connection, program=program, friend=friend)

    async def of_advocate(self, program: str, advocate: str, *, offset: int = 0, limit: int = 1000) -> list[Referral]:
        """List an advocate's referrals, newest first."""
        page = {"offset": offset, "limit": limit}
        return await _of_advocate.all(self._connection, program=program, advocate=advocate, **page)

    async def of_customer(self, customer: str) -> list[Referral]:
        """List every referral a customer has a side in."""
        return await _of_customer.all(self._connection, customer=customer)

    async def counts_of(self, program: str, advocate: str) -> dict[str, int]:
        """Count an advocate's referrals by state."""
        counts = await _counts_of.all(self._connection, program=program, advocate=advocate)
        return {row[0]: row[1] for row in counts}

    async def move(self, referral: str, *, states: Iterable[str], to: str, **values: Any) -> bool:
        """Move a referral on from one of these states; tell whether it was still there."""
        states = tuple(states)
        moved = await self._moved(referral, states, {"state": to, **values})
        if moved is not None:
            await self._count(moved, was_completed="completed" in states and moved.completed_at is not None)
        return moved is not None

    async def complete_at(self, referral: str, at: datetime) -> None:
        """Remember when the hold of a qualified referral is over that no reward is held for."""
        values = {"completes_at": at}
        await statements.moved(self._connection, Referral, referrals, row=referral, states=["qualified"], values=values)

    async def take_due(self, at: datetime, limit: int) -> list[Referral]:
        """List qualified referrals whose hold without a reward has passed, and hold them; others skip these."""
        return await _due.all(self._connection, at=at, most=limit)

    async def note(self, referral: str, reached: Mapping[str, Sequence[int]]) -> bool:
        """Count goals of a referral that has reached one before; tell whether it still counts."""
        states = ("qualified", "completed")
        moved = await statements.moved(
            self._connection, Referral, referrals, row=referral, states=states, values={"reached": dict(reached)}
        )
        return moved is not None

    async def rebind(self, referral: Referral) -> bool:
        """Give a friend who has only joined to another advocate; tell whether they still had only joined."""
        self._bound.pop(referral.id, None)
        values = {name: value for name, value in vars(referral).items() if name not in _FOR_LIFE}
        moved = await statements.moved(
            self._connection, Referral, referrals, row=referral.id, states=["joined"], values=values
        )
        return moved is not None

    async def hand_over(self, referral: str, *, side: str, to: str) -> None:
        """Give one side of a referral to another customer record."""
        self._bound.pop(referral, None)
        before = await self.by_id(referral)
        await statements.changed(self._connection, referrals, referral, {f"{side}_id": to})
        if side == "advocate" and before is not None and before.state == "completed":
            await self._count(replace(before, state="handed-over"), was_completed=True)
            await self._count(replace(before, advocate_id=to), was_completed=False)

    async def chain_above(self, program: str, customer: str) -> list[str]:
        """List who brought this customer, who brought them, and so on upwards."""
        return [row[0] for row in await _chain_above.all(self._connection, program=program, customer=customer)]

    async def _moved(self, referral: str, states: Sequence[str], values: dict[str, Any]) -> Referral | None:
        own = self._bound.get(referral)
        if own is not None and own.state in states:
            await statements.changed(self._connection, referrals, referral, values)
            self._bound[referral] = replace(own, **values)
            return self._bound[referral]
        return await statements.moved(self._connection, Referral, referrals, row=referral, states=states, values=values)

    async def _count(self, referral: Referral, *, was_completed: bool) -> None:
        """Keep the advocate's scores, which count completed referrals."""
        step = (referral.state == "completed") - was_completed
        if step and referral.completed_at is not None:
            await self._scores.add(
                referral.program_id,
                referral.advocate_id,
                step=step,
                revision=referral.revision,
                completed_at=referral.completed_at,
            )
