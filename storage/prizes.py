"""Prizes: what contests and raffles count, and how many prizes of a contest are taken."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from storage import statements
from storage.connection import Connection
from storage.schema import caps, customers, referrals

# The places of a contest are counted beside the caps: both are taken one by one until there are no more.
FIRST = "contest"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many referrals of an advocate were completed in a period, and when the last of them was."""

    advocate_id: str
    completed: int
    last_at: datetime
    attributes: Mapping[str, str]


class Prizes:
    """Counts completed referrals, and gives out the places of a contest once each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def completed(
        self, program: str, advocate: str, since: datetime | None, until: datetime | None, goals: frozenset[str]
    ) -> int:
        """Count an advocate's completed referrals of a period; if goals are given, those that reached one of them."""
        here = self._within(program, since, until) & (referrals.c.advocate_id == advocate)
        if not goals:
            query = select(func.count()).select_from(referrals).where(here)
            return int((await self._connection.execute(query)).scalar_one())
        rows = await self._connection.execute(select(referrals.c.reached).where(here))
        return sum(any(_stands(reached, goal) for goal in goals) for (reached,) in rows)

    async def tallies(
        self, program: str, since: datetime | None, until: datetime | None, *, at_least: int = 1
    ) -> list[Tally]:
        """Count the completed referrals of everybody in a period, the most first."""
        number, last = func.count(), func.max(referrals.c.completed_at)
        query = (
            select(referrals.c.advocate_id, number, last, customers.c.attributes)
            .join(customers, customers.c.id == referrals.c.advocate_id)
            .where(self._within(program, since, until))
            .group_by(referrals.c.advocate_id, customers.c.id)
            .having(number >= at_least)
            .order_by(number.desc(), referrals.c.advocate_id)
        )
        return [
            Tally(advocate_id=advocate, completed=count, last_at=last_at, attributes=attributes or {})
            for advocate, count, last_at, attributes in await self._connection.execute(query)
        ]

    async def take_place(self, program: str, contest: str, *, places: int) -> int | None:
        """Take the next place of a contest, 1 for the first; nothing when every one is taken."""
        values = {
            "program_id": program,
            "cap": FIRST,
            "owner_id": named(contest),
            "period": "lifetime",
            "unit": "",
            "count": 1,
            "value": 0,
        }
        statement = statements.insert(self._connection, caps).values(**values)
        statement = statement.on_conflict_do_update(
            index_elements=["program_id", "cap", "owner_id", "period", "unit"],
            set_={"count": caps.c.count + 1},
            where=caps.c.count < places,
        )
        found = (await self._connection.execute(statement.returning(caps.c.count))).first()
        return None if found is None else int(found[0])

    async def taken(self, program: str, contest: str) -> int:
        """Count the places of a contest that are taken."""
        query = select(caps.c.count).where(
            caps.c.program_id == program, caps.c.cap == FIRST, caps.c.owner_id == named(contest)
        )
        return int((await self._connection.execute(query)).scalar_one_or_none() or 0)

    def _within(self, program: str, since: datetime | None, until: datetime | None) -> ColumnElement[bool]:
        here = (referrals.c.program_id == program) & (referrals.c.state == "completed")
        if since is not None:
            here &= referrals.c.completed_at >= since
        return here if until is None else here & (referrals.c.completed_at < until)


def named(text: str) -> str:
    """Shorten a name of any length to one that fits a key."""
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()


def _stands(reached: Mapping[str, Any], goal: str) -> bool:
    """Tell whether a goal stands reached; beside it is noted how often it ever was."""
    found = reached.get(goal, 0)
    return bool(found[0] if isinstance(found, list) else found)
