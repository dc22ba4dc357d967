"""Scores: how many referrals of each advocate are completed, kept beside the referrals as they change.

Counting them anew would read every completed referral of the period. Kept, the first ten are ten rows of an index, and
a place is a sum over a few hundred counts, however many advocates there are.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import Executable, bindparam, func, or_, select, update

from referrals.periods import PERIODS, period_key
from storage import statements
from storage.connection import Connection, Row
from storage.prepared import Prepared, as_they_come, prepared, records
from storage.programs import Programs
from storage.schema import customers, score_counts, scores

# Each level counts the scores of 64 buckets of the one below it together.
LEVELS = 3
_BITS = 6
# How many counts one statement changes at most; a completed referral changes up to nine.
_MOST_AT_ONCE = 9


@dataclass(frozen=True, kw_only=True)
class Score:
    """An advocate's score in a period, and what is needed to name them."""

    advocate_id: str
    score: int
    shows_name: bool
    first_name: str


@records(Score)
def _top() -> Executable:
    return (
        select(scores.c.advocate_id, scores.c.score, customers.c.shows_name, customers.c.first_name)
        .join(customers, customers.c.id == scores.c.advocate_id)
        .where(scores.c.program_id == bindparam("program"), scores.c.period == bindparam("period"))
        .where(scores.c.on_board, scores.c.score > 0)
        .order_by(scores.c.score.desc(), scores.c.advocate_id.desc())
        .limit(bindparam("limit"))
    )


@prepared
def _of() -> Executable:
    return select(scores.c.score).where(
        scores.c.program_id == bindparam("program"),
        scores.c.period == bindparam("period"),
        scores.c.advocate_id == bindparam("advocate"),
    )


@prepared
def _ahead() -> Executable:
    """Sum, at each level, the buckets above one's own that the next level does not cover."""
    level, bucket = score_counts.c.level, score_counts.c.bucket
    covered = [
        (level == number) & (bucket > bindparam(f"own_{number}")) & (bucket < bindparam(f"end_{number}"))
        for number in range(LEVELS - 1)
    ]
    beyond = (level == LEVELS - 1) & (bucket > bindparam(f"own_{LEVELS - 1}"))
    return select(func.coalesce(func.sum(score_counts.c.advocates), 0)).where(
        score_counts.c.program_id == bindparam("program"),
        score_counts.c.period == bindparam("period"),
        or_(*covered, beyond),
    )


def _build_stepped(dialect: str) -> Executable:
    advocate = bindparam("advocate", type_=scores.c.advocate_id.type)
    rows = [
        {
            "program_id": bindparam("program", type_=scores.c.program_id.type),
            "period": bindparam(period, type_=scores.c.period.type),
            "advocate_id": advocate,
            "score": bindparam("step", type_=scores.c.score.type),
            "on_board": select(customers.c.on_board).where(customers.c.id == advocate).scalar_subquery(),
        }
        for period in PERIODS
    ]
    statement = statements.insertion(dialect, scores).values(rows)
    return statement.on_conflict_do_update(
        index_elements=["program_id", "period", "advocate_id"],
        set_={"score": scores.c.score + statement.excluded.score},
    ).returning(scores.c.period, scores.c.score, scores.c.on_board)


_stepped: Prepared[Row] = Prepared(_build_stepped, as_they_come)


@prepared
def _shown() -> Executable:
    on_board = bindparam("shown", type_=scores.c.on_board.type)
    return (
        update(scores)
        .where(scores.c.advocate_id == bindparam("advocate"), scores.c.on_board != on_board)
        .values(on_board=on_board)
        .returning(scores.c.program_id, scores.c.period, scores.c.score)
    )


@cache
def _counted(rows: int) -> Prepared[Row]:
    def build(dialect: str) -> Executable:
        columns = score_counts.c
        values = [
            {column.key: bindparam(f"{column.key}_{row}", type_=column.type) for column in columns}
            for row in range(rows)
        ]
        statement = statements.insertion(dialect, score_counts).values(values)
        return statement.on_conflict_do_update(
            index_elements=["program_id", "period", "level", "bucket"],
            set_={"advocates": columns.advocates + statement.excluded.advocates},
        )

    return Prepared(build, as_they_come)


# Program, period, level, bucket: which count, and by how much it changes.
_Counts = Counter[tuple[str, str, int, int]]


class Scores:
    """Reads the leaderboard, and keeps it true to the referrals and to who wants to be on it."""

    def __init__(self, connection: Connection, programs: Programs) -> None:
        self._connection = connection
        self._programs = programs

    async def top(self, program: str, period: str, limit: int) -> list[Score]:
        """Return the highest scores of a period, without those who left the leaderboard."""
        return await _top.all(self._connection, program=program, period=period, limit=limit)

    async def of(self, program: str, advocate: str, period: str = "all") -> int:
        """Return how many referrals of an advocate have passed their hold within a period."""
        return int(await _of.value(self._connection, program=program, period=period, advocate=advocate) or 0)

    async def place_of(self, program: str, score: int, period: str = "all") -> int:
        """Return 1 plus the number of advocates on the board with a strictly higher score."""
        own = {f"own_{level}": score >> _BITS * level for level in range(LEVELS)}
        end = {f"end_{level}": ((score >> _BITS * (level + 1)) + 1) << _BITS for level in range(LEVELS - 1)}
        return 1 + int(await _ahead.value(self._connection, program=program, period=period, **own, **end))

    async def add(self, program: str, advocate: str, *, step: int, revision: int, completed_at: datetime) -> None:
        """Count a referral that was completed, or not any more, in each period that its completion falls into."""
        await self._hold()
        pinned = await self._programs.revision(program, revision)
        # The zone of its own terms: a business that moves does not move what has been counted.
        zone = ZoneInfo(pinned.zone) if pinned else ZoneInfo("UTC")
        keys = {period: period_key(period, completed_at, zone) for period in PERIODS}
        found = await _stepped.all(self._connection, program=program, advocate=advocate, step=step, **keys)
        counts: _Counts = Counter()
        for period, score, on_board in found:
            if on_board:
                _move(counts, program, period, before=score - step, after=score)
        await self._change(counts)

    async def show(self, advocate: str, *, on_board: bool) -> None:
        """Put an advocate on the leaderboard in every period, or take them off."""
        await self._hold()
        counts: _Counts = Counter()
        for program, period, score in await _shown.all(self._connection, advocate=advocate, shown=on_board):
            _move(counts, program, period, before=0 if on_board else score, after=score if on_board else 0)
        await self._change(counts)

    async def _hold(self) -> None:
        # Everybody changes the same few counts: in turn, rather than each waiting for a row that the other has.
        await statements.hold(self._connection, "scores")

    async def _change(self, counts: _Counts) -> None:
        changes = [(key, step) for key, step in sorted(counts.items()) if step]
        for start in range(0, len(changes), _MOST_AT_ONCE):
            some = changes[start : start + _MOST_AT_ONCE]
            await _counted(len(some)).run(self._connection, **_bound(some))


def _move(counts: _Counts, program: str, period: str, *, before: int, after: int) -> None:
    """Take an advocate out of the buckets of one score and put them into those of another; nought is in none."""
    for level in range(LEVELS):
        if before > 0:
            counts[program, period, level, before >> _BITS * level] -= 1
        if after > 0:
            counts[program, period, level, after >> _BITS * level] += 1


def _bound(changes: list[tuple[tuple[str, str, int, int], int]]) -> Mapping[str, object]:
    names = [column.key for column in score_counts.c]
    return {
        f"{name}_{row}": value
        for row, (key, step) in enumerate(changes)
        for name, value in zip(names, (*key, step), strict=True)
    }
