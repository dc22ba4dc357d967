"""Decisions: the kept trace of each judgement."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from storage import statements
from storage.connection import Connection
from storage.schema import decisions, events


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A kept judgement; an open one waits for the team."""

    id: str
    about: str
    customer_id: str | None
    trace: Mapping[str, Any] = field(repr=False)
    is_open: bool
    at: datetime


class Decisions:
    """Keeps the trace of each judgement."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self,
        decision: str,
        *,
        about: str,
        customer: str | None,
        trace: Mapping[str, Any],
        at: datetime,
        is_open: bool = False,
    ) -> None:
        """Keep a decision; an open one waits for the team."""
        values = {"id": decision, "about": about, "customer_id": customer, "trace": dict(trace), "is_open": is_open}
        await statements.kept(self._connection, decisions, {**values, "at": at})

    async def about(self, subject: str) -> list[Mapping[str, Any]]:
        """List the traces about one thing, oldest first."""
        query = select(decisions.c.trace).where(decisions.c.about == subject).order_by(decisions.c.at, decisions.c.id)
        return list((await self._connection.execute(query)).scalars())

    async def refusal_of(self, subject: str, codes: Collection[str]) -> Decision | None:
        """Find the latest decision about one thing that came out as one of these codes."""
        query = statements.columns_of(decisions, Decision).where(decisions.c.about == subject)
        newest = query.order_by(decisions.c.at.desc(), decisions.c.id.desc())
        found = [statements.record(Decision, row) for row in await self._connection.execute(newest)]
        return next((each for each in found if each.trace["outcome"] in codes), None)

    async def of_events_of(self, customer: str, limit: int) -> list[Decision]:
        """List the latest judgements of what was reported about a customer, newest first."""
        own = select(events.c.id).where(events.c.customer_id == customer)
        query = statements.columns_of(decisions, Decision).where(decisions.c.about.in_(own))
        newest = query.order_by(decisions.c.at.desc(), decisions.c.id.desc()).limit(limit)
        return [statements.record(Decision, row) for row in await self._connection.execute(newest)]

    async def by_id(self, decision: str) -> Decision | None:
        """Find a decision."""
        query = statements.columns_of(decisions, Decision).where(decisions.c.id == decision)
        return statements.maybe(Decision, (await self._connection.execute(query)).first())

    async def settle(self, decision: str) -> bool:
        """Close a decision that waited for the team; tell whether it still did."""
        statement = (
            update(decisions)
            .where(decisions.c.id == decision, decisions.c.is_open)
            .values(is_open=False)
            .returning(decisions.c.id)
        )
        return (await self._connection.execute(statement)).first() is not None

    async def open_count(self) -> int:
        """Count the decisions that wait for the team."""
        query = select(func.count()).select_from(decisions).where(decisions.c.is_open)
        return int((await self._connection.execute(query)).scalar_one())
