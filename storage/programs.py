"""Programs and their revisions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, Select, bindparam, insert, select, update

from storage import statements
from storage.connection import Connection, Row
from storage.prepared import prepared, records
from storage.schema import programs, revisions


@dataclass(frozen=True, kw_only=True)
class Revision:
    """The text of one revision of a program."""

    program_id: str
    number: int
    text: str
    zone: str
    applied_at: datetime


# A revision never changes: whoever has read one need not read it again, in this transaction or another.
Revisions = dict[tuple[str, int], Revision]


def running() -> Select[Any]:
    """Find which program runs, in which revision, and since when it has been paused."""
    return select(programs.c.id, programs.c.revision, programs.c.paused_at).where(programs.c.is_running)


_running = prepared(running)


@records(Revision)
def _revision() -> Executable:
    return statements.columns_of(revisions, Revision).where(
        revisions.c.program_id == bindparam("program"), revisions.c.number == bindparam("revision")
    )


class Programs:
    """What the running program says, now and in earlier revisions."""

    def __init__(self, connection: Connection, known: Revisions) -> None:
        self._connection = connection
        self._known = known
        # Which one runs may change, but not between two looks of one event.
        self._running: tuple[str, int] | None = None
        self._paused_at: datetime | None = None

    async def hold(self) -> None:
        """Let nobody else apply a program until the end of the transaction."""
        await statements.hold(self._connection, "programs")

    async def running(self) -> Revision | None:
        """Find the newest revision of the running program."""
        if self._running is None:
            self.has_looked(await _running.first(self._connection))
        return await self.revision(*self._running) if self._running else None

    def has_looked(self, found: Row | None) -> None:
        """Take over what `running` has found together with something else."""
        self._running = (found[0], found[1]) if found else None
        self._paused_at = found[2] if found else None

    async def is_paused(self) -> bool:
        """Tell whether the running program takes nobody new for the time being."""
        await self.running()
        return self._paused_at is not None

    async def pause(self, program: str, at: datetime | None) -> None:
        """Pause a program, or let it go on."""
        await self._connection.execute(update(programs).where(programs.c.id == program).values(paused_at=at))
        self._running = None

    async def revision(self, program: str, number: int) -> Revision | None:
        """Find one revision."""
        found = self._known.get((program, number))
        if found is None:
            found = await _revision.first(self._connection, program=program, revision=number)
            if found is not None:
                self._known[program, number] = found
        return found

    async def history(self) -> list[Revision]:
        """List every revision that was ever applied, the newest first."""
        query = statements.columns_of(revisions, Revision).order_by(
            revisions.c.applied_at.desc(), revisions.c.program_id, revisions.c.number.desc()
        )
        return [Revision(**row) for row in (await self._connection.execute(query)).mappings()]

    async def apply(self, program: str, text: str, zone: str, at: datetime) -> int:
        """Make this text the newest revision of the running program, and return its number."""
        number = await self._next_number(program)
        # Until this is committed nobody may rely on it, not even what this process remembers.
        self._known, self._running = {}, None
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
