"""Caps: how much of what may be earned in a period is taken up, taken conditionally and given back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, and_, bindparam, delete, func, or_, select, update

from referrals.caps import Take
from storage import statements
from storage.columns import Number
from storage.connection import Connection
from storage.prepared import Prepared, as_they_come, prepared
from storage.schema import caps, referrals, rewards

# What a reward remembers of each of its takes: cap, owner, period, unit, how many, how much.
Taken = Sequence[Any]

# Above every limit; a cap that only counts, or only adds up, has no limit on the other.
_ENDLESS = 2**53


def _take(dialect: str) -> Executable:
    """Take if there is room, in one statement: of two at once the second sees what the first has left."""
    statement = statements.insertion(dialect, caps)
    count, value = caps.c["count"] + statement.excluded["count"], caps.c.value + statement.excluded["value"]
    most_count = bindparam("most_count", type_=Number)
    most_value = bindparam("most_value", type_=Number)
    has_room = and_(or_(count <= most_count, most_count >= _ENDLESS), or_(value <= most_value, most_value >= _ENDLESS))
    statement = statement.on_conflict_do_update(
        index_elements=list(caps.primary_key), set_={"count": count, "value": value}, where=has_room
    )
    return statement.returning(caps.c["count"])


_KEYS = ("program_id", "cap", "owner_id", "period", "unit", "count", "value")
_taken = Prepared(_take, as_they_come, _KEYS)


@prepared
def _seen() -> Executable:
    return select(caps.c["count"], caps.c.value).where(*_of_row())


def _of_row() -> list[Any]:
    return [caps.c[name] == bindparam(f"the_{name}") for name in ("program_id", "cap", "owner_id", "period", "unit")]


@prepared
def _given_back() -> Executable:
    less = {"count": caps.c["count"] - bindparam("less_count"), "value": caps.c.value - bindparam("less_value")}
    return update(caps).where(*_of_row()).values(**less)


@prepared
def _forgotten() -> Executable:
    return update(rewards).where(rewards.c.id == bindparam("reward")).values(takes=[])


class Caps:
    """Counts what is taken up of each cap; what is full gives nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def take(self, program: str, takes: Sequence[Take]) -> Take | None:
        """Take all of these or none; return the first that is full, and nothing when all were taken."""
        done: list[Take] = []
        for take in takes:
            if not await self._take(program, take):
                for before in done:
                    await self._add(program, remembered(before), -1)
                return take
            done.append(take)
        return None

    async def has(self, program: str, take: Take) -> tuple[int, int]:
        """Say how many and how much are taken up of a cap."""
        found = await _seen.first(self._connection, **_row(program, remembered(take)))
        return (int(found[0]), int(found[1])) if found else (0, 0)

    async def give_back(self, reward: str, program: str, takes: Iterable[Taken]) -> None:
        """Give back what a reward has taken, and let it forget that; each place is given back once."""
        takes = list(takes)
        for taken in takes:
            await self._add(program, taken, -1)
        if takes:
            await _forgotten.run(self._connection, reward=reward)

    async def lower(self, program: str, takes: Sequence[Taken], to: Sequence[Taken]) -> None:
        """Give back the worth by which what a reward takes has become less; it keeps its places."""
        for taken, less in zip(takes, to, strict=True):
            *row, _, value = taken
            if value > less[-1]:
                await self._add(program, (*row, 0, value - less[-1]), -1)

    async def take_again(self, reward: str, program: str, takes: Sequence[Taken]) -> None:
        """Take up again what had been given back, whether there is room or not: it was promised."""
        for taken in takes:
            await self._add(program, taken, 1)
        if takes:
            await statements.changed(self._connection, rewards, reward, {"takes": [list(taken) for taken in takes]})

    async def recount(self, program: str, people: Sequence[str]) -> None:
        """Count anew what these customers' rewards take, after referrals have moved from one of them to another."""
        # A prize belongs to no referral, but to its advocate.
        advocate = func.coalesce(referrals.c.advocate_id, rewards.c.customer_id)
        found = await self._connection.execute(
            select(rewards.c.id, rewards.c.takes, advocate, referrals.c.friend_id)
            .outerjoin(referrals, referrals.c.id == rewards.c.referral_id)
            .where(rewards.c.program_id == program)
            .where(or_(advocate.in_(people), referrals.c.friend_id.in_(people)))
            .order_by(rewards.c.id)
        )
        sums: defaultdict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
        for reward, takes, whose, friend in found.all():
            owned = [_owned(taken, advocate=whose, friend=friend) for taken in takes]
            if owned != [list(taken) for taken in takes]:
                await statements.changed(self._connection, rewards, reward, {"takes": owned})
            for cap, owner, period, unit, count, value in owned:
                if owner in people:
                    sums[cap, owner, period, unit][0] += count
                    sums[cap, owner, period, unit][1] += value
        await self._connection.execute(delete(caps).where(caps.c.program_id == program, caps.c.owner_id.in_(people)))
        for (cap, owner, period, unit), (count, value) in sorted(sums.items()):
            await self._add(program, (cap, owner, period, unit, count, value), 1)

    async def has_any(self, people: Sequence[str]) -> list[str]:
        """List the programs in which something is counted for these customers."""
        query = select(caps.c.program_id).where(caps.c.owner_id.in_(people)).distinct().order_by(caps.c.program_id)
        return [str(row[0]) for row in await self._connection.execute(query)]

    async def _take(self, program: str, take: Take) -> bool:
        most_count = _ENDLESS if take.most_count is None else take.most_count
        most_value = _ENDLESS if take.most_value is None else take.most_value
        if most_count < 1 or take.worth > most_value:
            return False  # where nobody has taken anything yet, the statement has nothing to compare with
        values = {**_values(program, remembered(take)), "most_count": most_count, "most_value": most_value}
        return await _taken.value(self._connection, **values) is not None

    async def _add(self, program: str, taken: Taken, sign: int) -> None:
        *_, count, value = taken
        if sign < 0:
            less = {"less_count": count, "less_value": value}
            await _given_back.run(self._connection, **_row(program, taken), **less)
            return
        endless = {"most_count": _ENDLESS, "most_value": _ENDLESS}
        await _taken.value(self._connection, **_values(program, taken), **endless)


def remembered(take: Take) -> list[Any]:
    """Write a take down as a reward remembers it."""
    return [take.cap.name, take.owner, take.period, take.unit, 1, take.worth]


def _values(program: str, taken: Taken) -> Mapping[str, Any]:
    return dict(zip(_KEYS, (program, *taken), strict=True))


def _row(program: str, taken: Taken) -> Mapping[str, Any]:
    cap, owner, period, unit, *_ = taken
    return {
        "the_program_id": program,
        "the_cap": cap,
        "the_owner_id": owner,
        "the_period": period,
        "the_unit": unit,
    }


def _owned(taken: Taken, *, advocate: str, friend: str) -> list[Any]:
    """Say whose a take is by its cap's name, such as "caps.advocate.year"."""
    cap, owner, *rest = taken
    whose = str(cap).split(".")[1]
    return [cap, {"advocate": advocate, "friend": friend}.get(whose, owner), *rest]
