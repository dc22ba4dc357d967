"""Workers as others see them: their rows, what doctor says of them, and what answers elsewhere take of the token."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry, generate_latest

from bot.background import Nursery
from bot.cli.workers import LATE_AFTER, examine_workers
from bot.clock import Clock
from bot.delivery import Carriers
from bot.limiting import Allowance, Limiter
from bot.outbox.answers import AnswersCounted
from bot.outbox.outbox import Outbox, limiters_for
from bot.settings import Settings
from messages.catalog import Catalog, Reader
from storage.campaigns import Campaign
from storage.connect import Database
from storage.notices import Entry
from storage.workers import SILENT_AFTER, Worker
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB

WORKER = "0123456789abcdef"


async def seen(database: Database, *, ago: timedelta) -> None:
    """Have a worker that was last seen so long ago."""
    at = Clock().real_now() - ago
    async with database.transaction() as store:
        await store.workers.seen(Worker(name=WORKER, host="shop-1", started_at=at, seen_at=at))


async def has_waited(database: Database, long: timedelta) -> None:
    """Have a notice to the team that has been due for so long."""
    async with database.transaction() as store:
        at = Clock().real_now() - long
        await store.outbox.put(Entry(recipient="team", key="k", kind="team", message={}, at=at))


async def test_doctor_names_a_worker_that_went_silent(talk: Dialogue, database_url: str) -> None:
    settings = Settings(_env_file=None, database_url=database_url)
    await seen(talk.database, ago=timedelta(seconds=5))
    assert await examine_workers(settings) is None
    await seen(talk.database, ago=SILENT_AFTER + timedelta(minutes=6))
    said = await examine_workers(settings)
    assert said is not None
    assert said.startswith("the worker on shop-1 that began ")
    assert "was last seen 7 minutes ago: it hangs or was killed" in said


async def test_doctor_names_a_broadcast_that_nobody_sends(talk: Dialogue, database_url: str) -> None:
    """Before it is planned there is nothing of it in the outbox."""
    settings = Settings(_env_file=None, database_url=database_url)
    late = Campaign(id="cmp_1", state="running", message={}, segment={}, created_at=Clock().now() - 2 * LATE_AFTER)
    async with talk.database.transaction() as store:
        await store.campaigns.add(late)
    said = await examine_workers(settings)
    assert said == "no worker runs, and broadcasts wait (1): start one, with worker in its GRAPEVINE_ROLES"
    async with talk.database.transaction() as store:
        await store.campaigns.move("cmp_1", states=["running"], to="paused")
    assert await examine_workers(settings) is None


async def test_doctor_names_notices_that_nobody_sends(talk: Dialogue, database_url: str) -> None:
    settings = Settings(_env_file=None, database_url=database_url)
    await has_waited(talk.database, LATE_AFTER - timedelta(minutes=1))
    assert await examine_workers(settings) is None
    async with talk.database.transaction() as store:
        at = Clock().real_now() - 2 * LATE_AFTER
        await store.outbox.put(Entry(recipient="team", key="older", kind="team", message={}, at=at))
    said = await examine_workers(settings)
    assert said == "no worker runs, and notices wait (1): start one, with worker in its GRAPEVINE_ROLES"
    await seen(talk.database, ago=timedelta())
    assert "although a worker runs" in (await examine_workers(settings) or "")


async def test_doctor_leaves_a_database_alone_that_is_not_there(tmp_path: Path) -> None:
    assert await examine_workers(Settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/new.db")) is None


async def test_a_worker_is_seen_while_it_runs_and_shows_its_numbers(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    registry = CollectorRegistry()
    box = Outbox(
        talk.database,
        clock=talk.clock,
        catalog=Catalog.load(),
        carriers=lambda: Carriers(known=frozenset({"telegram"})),
        limiters=limiters_for(talk.clock, telegram_per_second=30),
        reader=Reader("en", ZoneInfo("UTC")),
        registry=registry,
    )
    running = Nursery().start(box.run(), name="outbox")
    while not await workers(talk.database):
        await talk.passes(seconds=1)
    await box._count()
    numbers = generate_latest(registry).decode()
    assert 'grapevine_outbox_waiting{priority="reward"} 2.0' in numbers
    assert "grapevine_workers 1.0" in numbers
    assert 'grapevine_limit_wait_seconds_total{platform="telegram",reason="token"} 0.0' in numbers
    await box.stop()
    assert running.done()
    assert await workers(talk.database) == []


async def workers(database: Database) -> list[Worker]:
    """List the workers."""
    async with database.reading() as store:
        return await store.workers.every()


async def test_answers_of_a_process_that_sends_nothing_take_the_token_time(talk: Dialogue) -> None:
    limiter = Limiter(Allowance(per_second=10), talk.clock.elapsed)
    counting = AnswersCounted(talk.database, talk.clock, {"telegram": limiter})
    await counting.write()
    for chat in ("1", "2", "3"):
        async with limiter.answering(chat):
            pass
    async with talk.database.transaction() as store:
        before = await store.limits.now(talk.clock.real_now())
    await counting.write()
    async with talk.database.transaction() as store:
        limit = await store.limits.hold("telegram")
    assert limiter.debt == 0
    assert limit.next_at - before >= timedelta(seconds=3 / 9.9) - timedelta(milliseconds=1)
