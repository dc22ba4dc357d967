"""Planning a broadcast in chunks, each in the transaction of an event, against one plain `INSERT … SELECT`."""

import asyncio
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from sqlalchemy import text

from bench import databases
from bench.report import Section, Table
from bench.rounds import ratio
from bot.chunks import Chunks
from bot.dispatch import Dispatcher, fresh_draw
from handlers.events import CampaignBegun, CampaignsDue, Plan, ProgramApplied
from referrals.program_file import preset
from storage.columns import microseconds
from storage.connect import Database
from storage.migrate import migrate

CUSTOMERS = 1_000_000
MOST_ROUNDS = 3
_NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
_HOW = (
    f"A campaign for {CUSTOMERS:,} customers who agreed to news, planned by the clock's event through its handler: the "
    "consent, the stop, the merge, the reachable chat and the reader's night of each are looked at, a chunk a "
    "transaction, as large as the time of the last one says, and the campaign's counts kept. The floor writes as many "
    "rows into the same table and its indexes by one statement in one transaction, looking at nothing. The longest "
    "transaction is how long a chat could have to wait for SQLite's write lock."
)
# Everything in these statements is a number or a name of our own.
# ruff: noqa: S608


def run(rounds: int, customers: int = CUSTOMERS) -> Section:
    """Measure on both databases."""
    tables: list[Table | str] = []
    for kind, opened in (("SQLite", databases.sqlite), ("PostgreSQL", databases.postgresql)):
        with opened() as url:
            tables.append(asyncio.run(_compared(kind, url, min(rounds, MOST_ROUNDS), customers)))
    return Section(title="Planning a broadcast", how=_HOW, parts=tables)


async def _compared(kind: str, url: str, rounds: int, customers: int) -> Table:
    database = Database(url)
    try:
        await migrate(database)
        dispatcher = Dispatcher(database, lambda: None)
        await dispatcher.dispatch(ProgramApplied(at=_NOW, draw=fresh_draw(), text=preset("demo"), zone="UTC"))
        await _fill(database, customers)
        floors, ours, longest, chunks = [], [], [], []
        for _ in range(rounds):
            await _empty(database)
            floors.append(await _plainly(database, customers))
            await _empty(database)
            seconds, steps = await _planned(dispatcher)
            ours.append(seconds)
            longest.append(max(steps))
            chunks.append(median(steps))
    finally:
        await database.close()
    return Table(
        [kind, "one INSERT … SELECT, s", "planned, s", "× as fast", "a chunk, ms", "the longest, ms"],
        [
            [
                f"{customers:,} customers",
                f"{median(floors):.2f}",
                f"{median(ours):.2f}",
                f"{ratio(floors, ours):.2f}",
                f"{median(chunks) * 1000:.0f}",
                f"{max(longest) * 1000:.0f}",
            ]
        ],
    )


async def _plainly(database: Database, customers: int) -> float:
    began = perf_counter()
    moment = microseconds(_NOW)
    async with database.migrating() as connection:
        await connection.execute(
            text(
                "INSERT INTO outbox (recipient, customer_id, key, kind, priority, lane, campaign_id, message, state,"
                " not_before, expires_at, created_at)"
                " SELECT id, id, 'cmp_floor00000000000000:' || id, 'marketing', 2, 'telegram', 'floor', '{}', 'queued',"
                f" {moment}, {moment}, {moment} FROM customers ORDER BY id"
            )
        )
        found = (await connection.execute(text("SELECT count(*) FROM outbox"))).scalar_one()
    assert found == customers
    return perf_counter() - began


async def _planned(dispatcher: Dispatcher) -> tuple[float, list[float]]:
    plan = Plan(segment="", platforms=("telegram", "slack"), zone="UTC", language="en", quiet_hours="21:00-08:00")
    began = perf_counter()
    await dispatcher.dispatch(CampaignBegun(at=_NOW, draw=fresh_draw(), plan=plan, texts={"en": "Hello"}))
    steps, more, chunks = [], True, Chunks(perf_counter)
    while more:
        step, due = perf_counter(), CampaignsDue(at=_NOW, draw=fresh_draw(), most=chunks.rows)
        more = (await chunks.measured(dispatcher.dispatch(due))).more
        steps.append(perf_counter() - step)
    return perf_counter() - began, steps


async def _empty(database: Database) -> None:
    """Begin each time with an empty outbox, and the one campaign that the floor's rows belong to."""
    moment = microseconds(_NOW)
    async with database.migrating() as connection:
        # PostgreSQL keeps deleted rows until somebody sweeps; SQLite knows no other word for emptying.
        emptying = "DELETE FROM outbox" if database.is_sqlite else "TRUNCATE outbox"
        for line in (
            emptying,
            "DELETE FROM campaigns",
            "INSERT INTO campaigns (id, state, message, segment, created_at, planned_at, ended_at)"
            f" VALUES ('floor', 'done', '{{}}', '{{}}', {moment}, {moment}, {moment})",
        ):
            await connection.execute(text(line))


async def _fill(database: Database, customers: int) -> None:
    moment = microseconds(_NOW)
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {customers})"
    # As long as real ids, and as unordered: the last digits come first.
    identifier = f"'cus_' || substr('00000000000000000000' || ((i * 7919) % {customers * 10 + 1}), -18)"
    if not database.is_sqlite:
        identifier = f"'cus_' || lpad(CAST((i::bigint * 7919) % {customers * 10 + 1} AS VARCHAR), 18, '0')"
    async with database.migrating() as connection:
        for line in (
            "INSERT INTO customers (id, created_at, news_agreed_at)"
            f" {numbers} SELECT {identifier}, {moment}, {moment} FROM n",
            "INSERT INTO identities (platform, subject, customer_id, created_at)"
            f" {numbers} SELECT 'telegram', CAST(i AS VARCHAR), {identifier}, {moment} FROM n",
            "ANALYZE",
        ):
            await connection.execute(text(line))
