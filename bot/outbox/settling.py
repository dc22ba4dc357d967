"""Writes down what became of notices: what gathers while one transaction commits goes with the next."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.outbox.claiming import Errand
from bot.outbox.metrics import Metrics
from storage.connect import Database
from storage.errors import Busy, TryAgain
from storage.notices import TEAM
from storage.store import Store

log = structlog.get_logger(__name__)

# A quiet service settles at once. A busy one five times a second: a transaction for each message costs more than both.
# A thread's number is waited for by whoever answers in it, so it is never kept waiting.
SECONDS_BETWEEN = 0.2
# Without the database nothing can be settled; what was sent is kept in mind until the lease is over, and longer.
SECONDS_BETWEEN_ATTEMPTS = 0.5


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What became of one notice: closed in a state, or put back until later, or given to another lane."""

    errand: Errand
    state: str = ""
    reason: str | None = None
    until: datetime | None = None
    counts: bool = True
    goes_by: str = ""
    lost: tuple[str, str] | None = None  # a chat that cannot be written to any more, as platform and subject
    thread: tuple[str, str] | None = None  # a conversation, and the number of the message that opens its thread


class Settling:
    """Gathers what became of notices, and writes it in batches."""

    def __init__(
        self, database: Database, clock: Clock, metrics: Metrics, *, settled: Callable[[Iterable[str]], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._tell = settled
        self._gathered: list[Settled] = []
        self._pauses: dict[str, datetime] = {}
        self._something = asyncio.Event()
        self._at_once = asyncio.Event()
        self._is_finishing = False
        self.settled_at: datetime | None = None

    def note(self, settled: Settled) -> None:
        """Take what became of a notice, to be written down soon."""
        self._gathered.append(settled)
        self._something.set()
        if settled.thread is not None:
            self._at_once.set()

    def pause(self, lane: str, until: datetime) -> None:
        """Have every process leave a platform alone."""
        self._pauses[lane] = max(until, self._pauses.get(lane, until))
        self._something.set()

    def finish(self) -> None:
        """End `run` when what it is writing is written.

        Cancelled in the middle of its commit, it would not know whether that was done, and write all of it once more.
        """
        self._is_finishing = True
        self._something.set()
        self._at_once.set()

    async def run(self) -> None:
        """Write until it is to finish."""
        while not self._is_finishing:
            await self._something.wait()
            try:
                await self.write()
            except (Busy, TryAgain) as error:
                log.info("outbox.not_settled_yet", reason=type(error).__name__, notices=len(self._gathered))
                await asyncio.sleep(SECONDS_BETWEEN_ATTEMPTS)
                continue
            except Exception:
                log.exception("outbox.not_settled")
                await asyncio.sleep(SECONDS_BETWEEN_ATTEMPTS)
                continue
            with suppress(TimeoutError):
                await asyncio.wait_for(self._at_once.wait(), SECONDS_BETWEEN)

    async def write(self) -> None:
        """Write everything that was noted; raises Busy or TryAgain with all of it still noted."""
        notes, pauses = list(self._gathered), dict(self._pauses)
        self._something.clear()
        self._at_once.clear()
        if not notes and not pauses:
            return
        try:
            async with self._database.transaction() as store:
                held = await self._write(notes, pauses, store)
        except BaseException:
            self._something.set()
            raise
        del self._gathered[: len(notes)]
        self._pauses = {lane: until for lane, until in self._pauses.items() if pauses.get(lane) != until}
        self.settled_at = self._clock.real_now()
        self._count(notes, held)
        self._tell({note.errand.lane.name for note in notes} | {note.goes_by for note in notes if note.goes_by})

    async def _write(self, notes: list[Settled], pauses: dict[str, datetime], store: Store) -> set[int]:
        now = self._clock.now()
        held: set[int] = set()
        for (fence, state, reason), numbers in _grouped(notes).items():
            held |= await store.outbox.settle(fence, numbers, state, at=now, reason=reason)
        for note in notes:
            await _write_aside(note, store)
        for (fence, until, reason, counts), numbers in _postponed(notes).items():
            await store.outbox.postpone(fence, numbers, until, reason=reason, counts=counts)
        for seconds, recipients in _written_to(notes).items():
            await store.outbox.space(recipients, now + timedelta(seconds=seconds))
        for moment, recipients in _refused(notes).items():
            await store.outbox.space(recipients, moment)
        for lane, until in pauses.items():
            await store.limits.pause(lane, until, now)
        return held

    def _count(self, notes: list[Settled], held: set[int]) -> None:
        if lost := sum(bool(note.state) for note in notes) - len(held):
            # We took longer than the lease: somebody else has said, or will say, what became of them.
            log.warning("outbox.lease_lost", notices=lost)
        for note in notes:
            if not note.state:
                continue
            notice = note.errand.notice
            if notice.number not in held:
                continue
            self._metrics.settled(note.state, notice.kind)
            if note.state != "sent":
                log.info("outbox.not_sent", state=note.state, reason=note.reason, notice_kind=notice.kind)


async def _write_aside(note: Settled, store: Store) -> None:
    """Write what follows from a few notices besides their end."""
    if note.goes_by:
        await store.outbox.leave_to(note.goes_by, note.errand.batch.fence, note.errand.notice.number)
    if note.lost is not None:
        await store.customers.chat_lost(*note.lost)
    if note.thread is not None:
        await store.conversations.keep_thread(*note.thread)


def _grouped(notes: Iterable[Settled]) -> dict[tuple[str, str, str | None], list[int]]:
    groups = defaultdict(list)
    for note in notes:
        if note.state:
            groups[note.errand.batch.fence, note.state, note.reason].append(note.errand.notice.number)
    return groups


def _postponed(notes: Iterable[Settled]) -> dict[tuple[str, datetime, str, bool], list[int]]:
    groups = defaultdict(list)
    for note in notes:
        if note.until is not None:
            key = (note.errand.batch.fence, note.until, note.reason or "", note.counts)
            groups[key].append(note.errand.notice.number)
    return groups


def _refused(notes: Iterable[Settled]) -> dict[datetime, list[str]]:
    """Say whose chat is to be left alone until when: whatever else its reader is to hear waits, too."""
    groups = defaultdict(list)
    for note in notes:
        if note.until is not None and note.reason == "wait" and note.counts and note.errand.lane.name != TEAM:
            groups[note.until].append(note.errand.notice.recipient)
    return groups


def _written_to(notes: Iterable[Settled]) -> dict[float, list[str]]:
    """Say who was written to, and how long their chats must then be left alone."""
    groups = defaultdict(list)
    for note in notes:
        seconds = note.errand.lane.limiter.allowance.chat_seconds
        if note.state == "sent" and seconds and note.errand.lane.name != TEAM:
            groups[seconds].append(note.errand.notice.recipient)
    return groups
