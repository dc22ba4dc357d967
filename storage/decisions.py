"""Decisions: the kept trace of each judgement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.schema import decisions


class Decisions:
    """Keeps the trace of each judgement."""

    def __init__(self, connection: AsyncConnection) -> None:
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
        await self._connection.execute(
            insert(decisions).values(
                id=decision, about=about, customer_id=customer, trace=dict(trace), is_open=is_open, at=at
            )
        )

    async def about(self, subject: str) -> list[Mapping[str, Any]]:
        """List the traces about one thing, oldest first."""
        query = select(decisions.c.trace).where(decisions.c.about == subject).order_by(decisions.c.at, decisions.c.id)
        return list((await self._connection.execute(query)).scalars())
