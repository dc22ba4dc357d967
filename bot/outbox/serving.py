"""Looks after what waits for a platform by which no worker sends: nothing of it is lost, and it is named."""

from collections.abc import Iterable, Mapping, Set
from datetime import datetime

import structlog

from bot.clock import Clock
from handlers.passing_on import TEAM_CHANNEL
from storage.connect import Database
from storage.notices import ANYWHERE, TEAM, Backlog
from storage.workers import Worker, served

log = structlog.get_logger(__name__)

# Whoever serves it may be starting again.
GRACE_SECONDS = 60.0
AT_ONCE = 1000
NAMES: Mapping[str, str] = {"telegram": "Telegram", "slack": "Slack", TEAM: "the team's channel in Slack"}
# What to set, by lane.
REMEDIES: Mapping[str, str] = {
    "telegram": "set GRAPEVINE_TELEGRAM_TOKEN where a worker runs, and start it again",
    "slack": "set GRAPEVINE_SLACK_BOT_TOKEN where a worker runs, and start it again",
    TEAM: "set GRAPEVINE_SLACK_BOT_TOKEN and GRAPEVINE_SLACK_TEAM_CHANNEL where a worker runs, and start it again",
}


class Serving:
    """Compares, in one process, what waits with what the living workers send by."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._since: dict[str, float] = {}
        self._told: frozenset[str] = frozenset()

    async def look(self, backlog: Iterable[Backlog], workers: Iterable[Worker]) -> dict[str, int]:
        """Do what can be done for what nobody sends, and return how much of it waits, by lane."""
        sent_by = served(workers, self._clock.real_now())
        waiting = unserved(backlog, sent_by)
        now = self._clock.elapsed()
        self._since = {lane: self._since.get(lane, now) for lane in waiting}
        for_long = frozenset(lane for lane, since in self._since.items() if now - since >= GRACE_SECONDS)
        if for_long:
            await self._care(for_long, sent_by)
        for lane in for_long - self._told:
            log.warning(
                "outbox.nobody_serves",
                platform=lane,
                notices=waiting[lane],
                consequence="they wait; campaigns end with their time",
                remedy=REMEDIES.get(lane, ""),
            )
        self._told = for_long
        return waiting

    async def _care(self, lanes: frozenset[str], sent_by: frozenset[str]) -> None:
        """Send by another platform what can go by one, and end what has run out: nobody claims it, to find that out."""
        at = self._clock.now()
        while await self._some(lanes, sent_by, at):
            pass

    async def _some(self, lanes: frozenset[str], sent_by: frozenset[str], at: datetime) -> bool:
        async with self._database.transaction() as store:
            counts = [
                await store.unserved.expire(lanes, at, most=AT_ONCE),
                await store.unserved.move(lanes, served=sent_by - {TEAM}, most=AT_ONCE),
            ]
            if TEAM in lanes and await store.due.fact(TEAM_CHANNEL) != "yes":
                counts.append(await store.unserved.close(TEAM, at, reason="no-team-channel", most=AT_ONCE))
        return max(counts) >= AT_ONCE


def unserved(backlog: Iterable[Backlog], sent_by: Set[str]) -> dict[str, int]:
    """Count by lane what waits and by which no worker sends; who is nowhere is found out by any of them."""
    waiting: dict[str, int] = {}
    for found in backlog:
        if found.lane not in sent_by and found.lane != ANYWHERE:
            waiting[found.lane] = waiting.get(found.lane, 0) + found.waiting
    return waiting
