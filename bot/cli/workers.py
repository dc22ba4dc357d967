"""What `grapevine doctor` finds out about the workers: whether notices leave, and which process hangs or died."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta

from bot.cli.opening import house_clock
from bot.outbox.serving import NAMES, REMEDIES, unserved
from bot.settings import Settings
from storage.campaigns import RUNNING
from storage.connect import Database
from storage.errors import Unreachable
from storage.migrate import is_migrated
from storage.notices import ANYWHERE, Backlog
from storage.workers import Worker, served

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
            workers, backlog = await store.workers.every(), await store.outbox.backlog()
            return _judged(workers, overdue, clock.real_now(), backlog=backlog, campaigns=len(campaigns))
    except Unreachable:
        return None  # said of the database already
    finally:
        await database.close()


def _judged(
    workers: Sequence[Worker],
    overdue: Mapping[str, int],
    now: datetime,
    *,
    backlog: Sequence[Backlog],
    campaigns: int,
) -> str | None:
    silent = [worker for worker in workers if not worker.is_alive(now)]
    said = [_silent(worker, now) for worker in silent]
    if len(silent) == len(workers):
        waiting = sum(overdue.values())
        what = f"notices wait ({waiting})" if waiting else f"broadcasts wait ({campaigns})" if campaigns else ""
        said += [f"no worker runs, and {what}: start one, with worker in its GRAPEVINE_ROLES"] if what else []
        return "; ".join(said) or None
    sent_by = served(workers, now) | {ANYWHERE}
    # A campaign may take hours to leave; by a platform that nobody serves it does not.
    left = {lane: count for lane, count in unserved(backlog, sent_by).items() if lane in overdue or campaigns}
    late = _late({**overdue, **left}, sent_by)
    # One that died is no trouble where others do its work.
    return ("note: " * (not late) + "; ".join([*said, *late])) if said or late else None


def _late(overdue: Mapping[str, int], sent_by: Set[str]) -> list[str]:
    """Say what waits although a worker runs: for what, or that none of them sends by it."""
    said = [
        f"notices ({overdue[lane]}) wait for {NAMES.get(lane, lane)}, by which no running worker sends: "
        f"{REMEDIES.get(lane, 'start one that does')}. Until then they wait, and campaigns end with their time"
        for lane in sorted(overdue.keys() - sent_by)
    ]
    if waiting := sum(count for lane, count in overdue.items() if lane in sent_by):
        said.append(
            f"notices ({waiting}) have been due for more than {_minutes(LATE_AFTER)} minutes although a worker "
            "runs; its log and grapevine_too_many_requests on /metrics say what it waits for"
        )
    return said


def _silent(worker: Worker, now: datetime) -> str:
    return (
        f"the worker on {worker.host} that began {worker.started_at:%Y-%m-%d %H:%M} UTC was last seen "
        f"{_minutes(abs(now - worker.seen_at))} minutes ago: it hangs or was killed; what it held is sent by the "
        "others, restart it if it still runs"
    )


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds() // 60)
