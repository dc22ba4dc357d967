"""Programs and their revisions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import statements
from storage.schema import programs, revisions


@dataclass(frozen=True, kw_only=True)
class Revision:
    """The text of one revision of a program."""

    program_id: str
    number: int
    text: str
    zone: str
    applied_at: datetime


class Programs:
    """What the running program says, now and in earlier revisions."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        # A list of referrals asks for the same revision line after line, and a revision never changes.
        self._revisions: dict[tuple[str, int], Revision | None] = {}

    async def hold(self) -> None:
        """Let nobody else apply a program until the end of the transaction."""
        await statements.hold(self._connection, "programs")

    async def running(self) -> Revision | None:
        """Find the newest revision of the running program."""
        query = (
            statements.columns_of(revisions, Revision)
            .join(programs, (programs.c.id == revisions.c.program_id) & (programs.c.revision == revisions.c.number))
            .where(programs.c.is_running)
        )
        return statements.maybe(Revision, (await self._connection.execute(query)).first())

    async def revision(self, program: str, number: int) -> Revision | None:
        """Find one revision."""
        if (program, number) not in self._revisions:
            self._revisions[program, number] = await self._revision(program, number)
        return self._revisions[program, number]

    async def _revision(self, program: str, number: int) -> Revision | None:
        query = statements.columns_of(revisions, Revision).where(
            revisions.c.program_id == program, revisions.c.number == number
        )
        return statements.maybe(Revision, (await self._connection.execute(query)).first())

    async def apply(self, program: str, text: str, zone: str, at: datetime) -> int:
        """Make this text the newest revision of the running program, and return its number."""
        number = await self._next_number(program)
        await self._connection.execute(
            update(programs).where(programs.c.is_running, programs.c.id != program).values(is_running=False)
        )
        await self._connection.execute(
            update(programs).where(programs.c.id == program).values(revision=number, is_running=True)
        )
        await self._connection.execute(
            insert(revisions).values(program_id=program, number=number, text=text, zone=zone, applied_at=at)
        )
        return number

    async def _next_number(self, program: str) -> int:
        await statements.added(self._connection, programs, {"id": program, "revision": 0, "is_running": False})
        query = select(programs.c.revision).where(programs.c.id == program).with_for_update()
        return int((await self._connection.execute(query)).scalar_one()) + 1
