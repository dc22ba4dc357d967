"""The first ten, one's own place, and one more completed referral: among a million advocates and among ten thousand."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bench import databases
from bench.report import Section, Table
from bench.rounds import ratio
from bot.dispatch import Dispatcher, fresh_draw
from handlers.events import Person, ProgramApplied, TopAsked
from referrals.identity import Identity
from referrals.periods import PERIODS, period_key
from referrals.program_file import preset
from storage.columns import microseconds
from storage.connect import Database
from storage.migrate import migrate
from storage.scores import LEVELS

FEW, MANY = 10_000, 1_000_000
_ID = "'cus_' || CAST(i AS VARCHAR)"
_LOOKS, _UPDATES = 100, 50
_NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
_HOW = (
    "`/top` of an advocate far down the list (the event through its handler, in its transaction: who asks, which "
    "program, the first ten by name, their own score and place), and one more completed referral for another advocate, "
    f"committed. Scores are as uneven as in life: of {MANY:,} made-up advocates half have one completed referral, one "
    f"in a thousand has a thousand or more, and the first ones have five thousand. Medians of {_LOOKS} and {_UPDATES} "
    "in each round, the two sizes in turn; the ratio is of the time it took to the answer."
)
# Everything in these statements is a number or a name of our own.
# ruff: noqa: S608


def run(rounds: int) -> Section:
    """Measure on both databases."""
    parts: list[Table | str] = []
    for kind in ("SQLite", "PostgreSQL"):
        with ExitStack() as stack:
            opened = databases.sqlite if kind == "SQLite" else databases.postgresql
            urls = [stack.enter_context(opened(*(() if kind == "SQLite" else (str(size),)))) for size in (FEW, MANY)]
            parts.append(asyncio.run(_compared(kind, urls, rounds)))
    return Section(title="A place among many", how=_HOW, parts=parts)


async def _compared(kind: str, urls: list[str], rounds: int) -> Table:
    boards = [await _Board.filled(url, size) for url, size in zip(urls, (FEW, MANY), strict=True)]
    times: dict[str, list[list[float]]] = {"the first ten and one's own place": [[], []], "one more referral": [[], []]}
    try:
        for number in range(rounds + 1):
            for place, board in enumerate(boards):
                looks = await _timed(board.look, _LOOKS)
                updates = await _timed(board.update, _UPDATES)
                if number:  # the first round fills caches
                    for what, seconds in zip(times, (looks, updates), strict=True):
                        times[what][place].append(seconds * 1000)
    finally:
        for board in boards:
            await board.database.close()
    rows = [
        [what, f"{median(few):.3f}", f"{median(many):.3f}", f"{ratio(many, few):.2f}"]
        for what, (few, many) in times.items()
    ]
    return Table([kind, f"ms among {FEW:,}", f"ms among {MANY:,}", "× as long"], rows)


async def _timed(do: Callable[[], Awaitable[None]], times: int) -> float:
    taken = []
    for _ in range(times):
        began = perf_counter()
        await do()
        taken.append(perf_counter() - began)
    return median(taken)


class _Board:
    """A database with so many advocates."""

    def __init__(self, database: Database, size: int) -> None:
        self.database = database
        self._size = size
        self._dispatcher = Dispatcher(database, lambda: None)
        self._turn = 0

    @classmethod
    async def filled(cls, url: str, size: int) -> "_Board":
        """Fill a new database with made-up advocates."""
        database = Database(url)
        await migrate(database)
        board = cls(database, size)
        await board._dispatcher.dispatch(
            ProgramApplied(at=_NOW, draw=fresh_draw(), text=preset("demo"), zone="UTC"),
        )
        await _fill(database, size)
        return board

    async def look(self) -> None:
        """Ask for the leaderboard as somebody far down."""
        self._turn += 7919  # a prime: everybody has their turn
        by = Person(identity=Identity("telegram", str(self._size // 4 + self._turn % (self._size // 2))), language="en")
        outcome = await self._dispatcher.dispatch(TopAsked(at=_NOW, draw=fresh_draw(), by=by, period="all"))
        assert len(outcome.answers[0].lines) > 10

    async def update(self) -> None:
        """Complete one more referral of somebody."""
        self._turn += 7919
        async with self.database.transaction() as store:
            await store.scores.add("demo", f"cus_{self._turn % self._size}", step=1, revision=1, completed_at=_NOW)


async def _fill(database: Database, size: int) -> None:
    # The share of advocates with more than s falls as 1/s: the uneven world of referrals, without chance.
    score = f"CASE WHEN {size} / (i + 1) < 5000 THEN {size} / (i + 1) ELSE 5000 END"
    periods = " UNION ALL ".join(
        f"SELECT '{period_key(period, _NOW, ZoneInfo('UTC'))}' AS period" for period in PERIODS
    )
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {size - 1})"
    moment = microseconds(_NOW)
    async with database.migrating() as connection:
        for line in (
            f"INSERT INTO customers (id, created_at) {numbers} SELECT {_ID}, {moment} FROM n",
            "INSERT INTO identities (platform, subject, customer_id, created_at)"
            f" {numbers} SELECT 'telegram', CAST(i AS VARCHAR), {_ID}, {moment} FROM n",
            "INSERT INTO scores (program_id, period, advocate_id, score, on_board)"
            f" {numbers} SELECT 'demo', period, {_ID}, {score}, true FROM n CROSS JOIN ({periods}) AS periods",
            *(_counted(level) for level in range(LEVELS)),
            "ANALYZE",
        ):
            await connection.execute(text(line))


def _counted(level: int) -> str:
    bucket = f"score / {64**level}"
    return (
        "INSERT INTO score_counts (program_id, period, level, bucket, advocates)"
        f" SELECT program_id, period, {level}, {bucket}, count(*) FROM scores GROUP BY program_id, period, {bucket}"
    )
