"""What `grapevine doctor` finds out about the workers: whether notices leave, and which process hangs or died."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.cli.opening import house_clock
from bot.settings import Settings
from storage.campaigns import RUNNING
from storage.connect import Database
from storage.errors import Unreachable
from storage.migrate import is_migrated
from storage.notices import Backlog
from storage.workers import Worker

# A worker says every five seconds that it is alive: one that did not for a minute hangs, or died.
SILENT_AFTER = timedelta(minutes=1)
# What is due leaves within seconds; a platform that asks us to wait rarely asks for longer than this.
LATE_AFTER = timedelta(minutes=10)


async def examine_workers(settings: Settings) -> str | None:
    """Look for a worker that is stuck, and for notices that nobody sends; nothing when all is well."""
    database = Database(settings.database_url)
    try:
        await database.reach()
        if not await is_migrated(database):
            return None
        clock = await house_clock(database)
        async with database.reading() as store:
            overdue = await store.outbox.overdue(clock.now() - LATE_AFTER)
            campaigns = [
                campaign
                for campaign in await store.campaigns.open_ones()
                if campaign.state == RUNNING and campaign.created_at <= clock.now() - LATE_AFTER
            ]
            return _judged(await store.workers.every(), overdue, clock.real_now(), campaigns=len(campaigns))
    except Unreachable:
        return None  # said of the database already
    finally:
        await database.close()


def _judged(workers: Sequence[Worker], overdue: Backlog, now: datetime, *, campaigns: int) -> str | None:
    silent = [worker for worker in workers if now - worker.seen_at > SILENT_AFTER]
    alive = len(workers) - len(silent)
    said = [_silent(worker, now) for worker in silent]
    if overdue.waiting and alive:
        said.append(
            f"notices ({overdue.waiting}) have been due for more than {_minutes(LATE_AFTER)} minutes although a worker "
            "runs; its log and grapevine_too_many_requests on /metrics say what it waits for"
        )
    elif overdue.waiting:
        said.append(
            f"no worker runs, and notices wait ({overdue.waiting}): start one, with worker in its GRAPEVINE_ROLES"
        )
    elif campaigns and not alive:
        said.append(f"no worker runs, and broadcasts wait ({campaigns}): start one, with worker in its GRAPEVINE_ROLES")
    # One that died is no trouble where others do its work.
    is_harmless = alive and not overdue.waiting
    return ("note: " * bool(is_harmless) + "; ".join(said)) if said else None


def _silent(worker: Worker, now: datetime) -> str:
    return (
        f"the worker on {worker.host} that began {worker.started_at:%Y-%m-%d %H:%M} UTC was last seen "
        f"{_minutes(now - worker.seen_at)} minutes ago: it hangs or was killed; what it held is sent by the others, "
        "restart it if it still runs"
    )


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)
