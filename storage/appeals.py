"""Appeals: what a customer asks the team to decide again, each once, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update

from referrals.identity import Identity
from storage import statements
from storage.connection import Connection
from storage.schema import appeals

OPEN, UPHELD, OVERTURNED = "open", "upheld", "overturned"


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """One case: who asks, which decision it is about, and how the team has answered."""

    id: str
    customer_id: str
    about: str  # the reward, the event or the referral that was decided on
    outcome: str  # the code of the decision
    decision_id: str | None = None
    platform: str
    state: str = OPEN
    note: str = field(default="", repr=False)
    asked_at: datetime
    settled_at: datetime | None = None
    by_platform: str | None = None
    by_subject: str | None = None
    reward_id: str | None = None


class Appeals:
    """Opens a case for a decision once, and answers it once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def open(self, appeal: Appeal) -> bool:
        """Open a case, unless this decision has had one."""
        return await statements.added(self._connection, appeals, vars(appeal))

    async def by_id(self, appeal: str) -> Appeal | None:
        """Find a case."""
        query = statements.columns_of(appeals, Appeal).where(appeals.c.id == appeal)
        return statements.maybe(Appeal, (await self._connection.execute(query)).first())

    async def of_decision(self, about: str, outcome: str) -> Appeal | None:
        """Find the case of a decision."""
        query = statements.columns_of(appeals, Appeal).where(appeals.c.about == about, appeals.c.outcome == outcome)
        return statements.maybe(Appeal, (await self._connection.execute(query)).first())

    async def settle(
        self, appeal: str, to: str, *, at: datetime, by: Identity | None = None, note: str = ""
    ) -> Appeal | None:
        """Answer an open case; nothing when somebody was quicker."""
        who = {"by_platform": by.platform, "by_subject": by.subject} if by else {}
        statement = (
            update(appeals)
            .where(appeals.c.id == appeal, appeals.c.state == OPEN)
            .values(state=to, settled_at=at, note=note, **who)
            .returning(*statements.columns_of(appeals, Appeal).selected_columns)
        )
        return statements.maybe(Appeal, (await self._connection.execute(statement)).first())

    async def given(self, appeal: str, reward: str) -> None:
        """Note what was given for a case."""
        await statements.changed(self._connection, appeals, appeal, {"reward_id": reward})

    async def waiting(self, limit: int) -> list[Appeal]:
        """List the open cases, what waits longest in front."""
        query = statements.columns_of(appeals, Appeal).where(appeals.c.state == OPEN)
        query = query.order_by(appeals.c.asked_at, appeals.c.id).limit(limit)
        return [statements.record(Appeal, row) for row in await self._connection.execute(query)]

    async def ids_of(self, customer: str) -> list[str]:
        """List the cases of a customer."""
        query = select(appeals.c.id).where(appeals.c.customer_id == customer)
        return list((await self._connection.execute(query)).scalars())

    async def hand_over(self, ids: Sequence[str], to: str) -> None:
        """Give cases to another customer record."""
        await self._connection.execute(update(appeals).where(appeals.c.id.in_(ids)).values(customer_id=to))
