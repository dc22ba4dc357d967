"""Referrals: one advocate, one friend, one program."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import statements
from storage.schema import customers, referrals

# A chain of a hundred invitations is longer than any we know; it only bounds the query.
LONGEST_CHAIN = 1000


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
    state: str
    reason: str | None = None
    joined_at: datetime
    qualify_by: datetime
    qualified_at: datetime | None = None
    completed_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Score:
    """One row of the leaderboard: score, place (equal scores share it), and what is needed to name the advocate."""

    advocate_id: str
    score: int
    place: int
    shows_name: bool
    first_name: str


class Referrals:
    """Binds friends to advocates, moves referrals on, and counts them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, referral: Referral) -> bool:
        """Bind a friend to an advocate, unless the friend already belongs to one in this program."""
        return await statements.added(self._connection, referrals, vars(referral))

    async def by_id(self, referral: str) -> Referral | None:
        """Find a referral."""
        query = statements.columns_of(referrals, Referral).where(referrals.c.id == referral)
        return statements.maybe(Referral, (await self._connection.execute(query)).first())

    async def of_friend(self, program: str, friend: str) -> Referral | None:
        """Find the referral through which somebody came."""
        query = statements.columns_of(referrals, Referral).where(
            referrals.c.program_id == program, referrals.c.friend_id == friend
        )
        return statements.maybe(Referral, (await self._connection.execute(query)).first())

    async def of_advocate(self, program: str, advocate: str, *, offset: int = 0, limit: int = 1000) -> list[Referral]:
        """List an advocate's referrals, newest first."""
        query = (
            statements.columns_of(referrals, Referral)
            .where(referrals.c.program_id == program, referrals.c.advocate_id == advocate)
            .order_by(referrals.c.joined_at.desc(), referrals.c.id)
            .offset(offset)
            .limit(limit)
        )
        return [statements.record(Referral, row) for row in await self._connection.execute(query)]

    async def of_customer(self, customer: str) -> list[Referral]:
        """List every referral a customer has a side in."""
        query = statements.columns_of(referrals, Referral).where(
            (referrals.c.advocate_id == customer) | (referrals.c.friend_id == customer)
        )
        return [statements.record(Referral, row) for row in await self._connection.execute(query)]

    async def counts_of(self, program: str, advocate: str) -> dict[str, int]:
        """Count an advocate's referrals by state."""
        query = (
            select(referrals.c.state, func.count())
            .where(referrals.c.program_id == program, referrals.c.advocate_id == advocate)
            .group_by(referrals.c.state)
        )
        return dict((await self._connection.execute(query)).all())

    async def move(self, referral: str, *, states: Iterable[str], to: str, **values: Any) -> bool:
        """Move a referral on from one of these states; tell whether it was still there."""
        statement = (
            update(referrals)
            .where(referrals.c.id == referral, referrals.c.state.in_(list(states)))
            .values(state=to, **values)
            .returning(referrals.c.id)
        )
        return (await self._connection.execute(statement)).first() is not None

    async def hand_over(self, referral: str, *, side: str, to: str) -> None:
        """Give one side of a referral to another customer record."""
        await self._connection.execute(update(referrals).where(referrals.c.id == referral).values(**{f"{side}_id": to}))

    async def chain_above(self, program: str, customer: str) -> list[str]:
        """List who brought this customer, who brought them, and so on upwards."""
        above = (
            select(referrals.c.advocate_id, referrals.c.program_id)
            .where(referrals.c.program_id == program, referrals.c.friend_id == customer)
            .cte("above", recursive=True)
        )
        above = above.union(
            select(referrals.c.advocate_id, referrals.c.program_id).join(
                above,
                (referrals.c.friend_id == above.c.advocate_id) & (referrals.c.program_id == above.c.program_id),
            )
        )
        query = select(above.c.advocate_id).limit(LONGEST_CHAIN)
        return list((await self._connection.execute(query)).scalars())

    async def top(self, program: str, since: datetime | None, until: datetime | None, limit: int) -> list[Score]:
        """Return the first places of a period, without those who left the leaderboard."""
        scores = self._scores(program, since, until).where(customers.c.on_board).subquery()
        place = func.rank().over(order_by=scores.c.score.desc()).label("place")
        query = select(scores, place).order_by(place, scores.c.advocate_id).limit(limit)
        return [statements.record(Score, row) for row in await self._connection.execute(query)]

    async def score_of(self, program: str, advocate: str, since: datetime | None, until: datetime | None) -> int:
        """Count the referrals of an advocate whose hold has passed within a period."""
        query = self._scores(program, since, until).where(referrals.c.advocate_id == advocate)
        row = (await self._connection.execute(query)).first()
        return 0 if row is None else int(row.score)

    async def place_of(self, program: str, score: int, since: datetime | None, until: datetime | None) -> int:
        """Return 1 plus the number of advocates on the board with a strictly higher score."""
        scores = self._scores(program, since, until).where(customers.c.on_board).subquery()
        query = select(func.count()).select_from(scores).where(scores.c.score > score)
        return 1 + int((await self._connection.execute(query)).scalar_one())

    def _scores(self, program: str, since: datetime | None, until: datetime | None) -> Select[Any]:
        query = (
            select(
                referrals.c.advocate_id,
                func.count().label("score"),
                customers.c.shows_name,
                customers.c.first_name,
            )
            .join(customers, customers.c.id == referrals.c.advocate_id)
            .where(referrals.c.program_id == program, referrals.c.state == "completed")
            .group_by(referrals.c.advocate_id, customers.c.shows_name, customers.c.first_name)
        )
        if since is not None:
            query = query.where(referrals.c.completed_at >= since)
        if until is not None:
            query = query.where(referrals.c.completed_at < until)
        return query
