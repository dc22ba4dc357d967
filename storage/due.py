"""What the clock needs: slots that happen once, leases, parked updates, and small facts."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, String, bindparam, case, func, select, update

from storage import statements
from storage.connection import Connection
from storage.notices import CLOCKS_DIFFER
from storage.prepared import Prepared, as_they_come, prepared
from storage.schema import facts, leases, parked, slots


class Due:
    """Says who does what, once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def open_slot(self, job: str, slot: str) -> str | None:
        """Hold a slot and return how far it has come; nothing when it is done."""
        await statements.added(self._connection, slots, {"job": job, "slot": slot, "cursor": ""})
        query = (
            select(slots.c.cursor, slots.c.done_at).where(slots.c.job == job, slots.c.slot == slot).with_for_update()
        )
        row = (await self._connection.execute(query)).one()
        return None if row.done_at is not None else str(row.cursor)

    async def advance_slot(self, job: str, slot: str, cursor: str, done_at: datetime | None) -> None:
        """Remember how far a slot has come, in the same transaction as its work."""
        await self._connection.execute(
            update(slots).where(slots.c.job == job, slots.c.slot == slot).values(cursor=cursor, done_at=done_at)
        )

    async def is_slot_done(self, job: str, slot: str) -> bool:
        """Tell whether a slot has been done."""
        return await _done_at.value(self._connection, job=job, slot=slot) is not None

    async def slots(self) -> dict[str, int]:
        """Count the slots that are done, and those that were begun and are not."""
        query = select(func.count(slots.c.done_at), func.count())
        done, every = (await self._connection.execute(query)).one()
        return {"done": done, "begun": every - done}

    async def lease(self, name: str, holder: str, at: datetime, length: timedelta) -> bool:
        """Take or keep a lease; tell whether it is ours.

        No lease of somebody else lasts longer than one that is taken now, wherever a clock was set to since.
        """
        until = at + length
        is_free = (leases.c.holder == holder) | (leases.c.until <= at)
        statement = statements.insert(self._connection, leases).values(name=name, holder=holder, until=until)
        statement = statement.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": case((is_free, holder), else_=leases.c.holder), "until": until},
            where=is_free | (leases.c.until > until + CLOCKS_DIFFER),
        )
        found = (await self._connection.execute(statement.returning(leases.c.holder))).first()
        return found is not None and found.holder == holder

    async def release(self, name: str, holder: str) -> None:
        """Give a lease back."""
        await self._connection.execute(leases.delete().where(leases.c.name == name, leases.c.holder == holder))

    async def park(self, platform: str, number: str, error: str, at: datetime) -> bool:
        """Set an update aside; tell whether it was not there yet."""
        values = {"platform": platform, "number": number, "error": error[:128], "at": at}
        return await statements.added(self._connection, parked, values)

    async def fact(self, name: str) -> str | None:
        """Recall a small fact."""
        value: str | None = await _fact.value(self._connection, name=name)
        return value

    async def held_fact(self, name: str) -> str | None:
        """Recall a small fact and hold it until the end of the transaction."""
        await statements.added(self._connection, facts, {"name": name, "value": "0"})
        value: str | None = await _held_fact.value(self._connection, name=name)
        return value

    async def keep_fact(self, name: str, value: str) -> None:
        """Remember a small fact."""
        await _keep_fact.run(self._connection, name=name, value=value)


def _text(name: str) -> Any:
    return bindparam(name, type_=String)


@prepared
def _done_at() -> Executable:
    return select(slots.c.done_at).where(slots.c.job == _text("job"), slots.c.slot == _text("slot"))


@prepared
def _fact() -> Executable:
    return select(facts.c.value).where(facts.c.name == _text("name"))


@prepared
def _held_fact() -> Executable:
    return select(facts.c.value).where(facts.c.name == _text("name")).with_for_update()


def _keeping(dialect: str) -> Executable:
    statement = statements.insertion(dialect, facts).values(name=_text("name"), value=_text("value"))
    return statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded.value})


_keep_fact = Prepared(_keeping, as_they_come)
