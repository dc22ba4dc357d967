"""What the outbox shows of itself: how much waits and since when, what became of it, and what it waited for."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from bot.limiting import Limiter
from storage.customers import CHATS
from storage.notices import TEAM, Backlog

PRIORITIES = {0: "reward", 1: "service", 2: "marketing"}
SERVED = (*CHATS, TEAM)


class Metrics:
    """The numbers of one process; how much waits is the same in all of them."""

    def __init__(self, registry: CollectorRegistry, limiters: Mapping[str, Limiter]) -> None:
        self._settled = Counter(
            "grapevine_notices", "Notices settled by this process.", ["state", "kind"], registry=registry
        )
        self._waiting = Gauge(
            "grapevine_outbox_waiting", "Notices that have not left, in the whole outbox.", ["priority"],
            registry=registry,
        )  # fmt: skip
        self._age = Gauge(
            "grapevine_outbox_age_seconds", "For how long the oldest of them has been due.", ["priority"],
            registry=registry,
        )  # fmt: skip
        self._unserved = Gauge(
            "grapevine_outbox_unserved", "Notices that wait for a platform by which no worker sends.", ["platform"],
            registry=registry,
        )  # fmt: skip
        self._slots = Gauge(
            "grapevine_slots", "Slots of scheduled jobs: done, or begun and, if that stays so, late.", ["state"],
            registry=registry,
        )  # fmt: skip
        self._workers = Gauge("grapevine_workers", "Processes that send, seen lately.", registry=registry)
        registry.register(_Waits(limiters))

    def restrained(self, count: int) -> None:
        """Count marketing that was more than its readers are to hear in a week."""
        self._settled.labels("suppressed", "marketing").inc(count)

    def settled(self, state: str, kind: str) -> None:
        """Count a notice that came to an end."""
        self._settled.labels(state, kind).inc()

    def show(self, backlog: Iterable[Backlog], slots: Mapping[str, int], *, workers: int, now: datetime) -> None:
        """Show how much waits, and what the clock has done."""
        found = list(backlog)
        for priority, name in PRIORITIES.items():
            waiting = [one for one in found if one.priority == priority]
            since = min((one.due_since for one in waiting if one.due_since), default=now)
            self._waiting.labels(name).set(sum(one.waiting for one in waiting))
            self._age.labels(name).set(max(0.0, (now - since).total_seconds()))
        for state, number in slots.items():
            self._slots.labels(state).set(number)
        self._workers.set(workers)

    def unserved(self, waiting: Mapping[str, int]) -> None:
        """Show how much waits for a platform by which no worker sends."""
        for lane in SERVED:
            self._unserved.labels(lane).set(waiting.get(lane, 0))


class _Waits(Collector):
    """Reads what the limiters have counted, when somebody looks."""

    def __init__(self, limiters: Mapping[str, Limiter]) -> None:
        self._limiters = limiters

    def collect(self) -> Iterable[CounterMetricFamily]:
        waits = CounterMetricFamily(
            "grapevine_limit_wait_seconds",
            "Seconds that messages waited: for their chat, for the token's second, for a pause asked of us.",
            labels=["platform", "reason"],
        )
        refusals = CounterMetricFamily(
            "grapevine_too_many_requests", "How often a platform answered 429.", labels=["platform"]
        )
        for platform, limiter in self._limiters.items():
            for reason, seconds in (
                ("chat", limiter.waits.chat), ("token", limiter.waits.token), ("pause", limiter.waits.pause),
            ):  # fmt: skip
                waits.add_metric([platform, reason], seconds)
            refusals.add_metric([platform], limiter.waits.refusals)
        return waits, refusals
