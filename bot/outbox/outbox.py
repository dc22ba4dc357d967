"""The outbox as the house sees it: started, woken, stopped; each platform sends by itself."""

import asyncio
import secrets
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import timedelta

import structlog
from prometheus_client import CollectorRegistry

from bot.clock import Clock
from bot.delivery import Carriers
from bot.limiting import Allowance, Limiter
from bot.outbox.checking import Checking
from bot.outbox.claiming import RECOVER_EVERY_SECONDS, Batch, Claiming
from bot.outbox.lanes import IDLE_SECONDS, Lane
from bot.outbox.metrics import Metrics
from bot.outbox.sending import Sending
from bot.outbox.serving import Serving
from bot.outbox.setback import Setback
from bot.outbox.settling import Settling
from bot.peace import Peace
from messages.catalog import Catalog, Reader
from storage.connect import Database
from storage.errors import Busy, TryAgain
from storage.notices import ANYWHERE, TEAM
from storage.workers import Worker

log = structlog.get_logger(__name__)

# A platform that does not answer by then is left to the lease.
STOP_SECONDS = 3.0
SETTLE_ATTEMPTS = 5
# Doctor takes a worker that was not seen for a minute for one that hangs or died.
SEEN_EVERY_SECONDS = 5.0
FORGOTTEN_AFTER = timedelta(hours=6)
# No transaction of ours waits for its process for a second; a process that is so slow has its lease to lose, too.
FROZEN_AFTER = timedelta(seconds=15)
# A million waiting notices are counted in a tenth of a second.
COUNTED_EVERY_SECONDS = 30.0
# Nothing is sent from this lane: it finds out by which one a notice goes.
_NOWHERE = Allowance(per_second=1000, chat_seconds=0)


class Outbox:
    """Takes notices from the database and hands them to the platforms' senders."""

    def __init__(  # noqa: PLR0913 - the composition root hands everything over by name
        self,
        database: Database,
        *,
        clock: Clock,
        catalog: Catalog,
        carriers: Callable[[], Carriers],
        limiters: Mapping[str, Limiter],
        reader: Reader,
        peace: Peace | None = None,
        registry: CollectorRegistry,
    ) -> None:
        self._database = database
        self._clock = clock
        self._carriers = carriers
        peace = peace or Peace()
        every = {**limiters, ANYWHERE: Limiter(_NOWHERE, clock.elapsed)}
        self._lanes = {name: Lane(name, limiter) for name, limiter in every.items()}
        self._metrics = Metrics(registry, limiters)
        self._claiming = Claiming(database, clock, peace, self._metrics)
        checking = Checking(database, clock=clock, catalog=catalog, carriers=carriers, reader=reader, peace=peace)
        self._settling = Settling(database, clock, self._metrics, settled=self._wake_lanes)
        self._sending = Sending(database, checking=checking, settling=self._settling, clock=clock, carriers=carriers)
        started_at = clock.real_now()
        self._worker = Worker(
            name=secrets.token_hex(8), host=socket.gethostname()[:128], started_at=started_at, seen_at=started_at
        )
        self._serving = Serving(database, clock)
        self._setback = Setback(database, clock)
        self._counted_at = float("-inf")
        self._was_kept_waiting = False
        self._ended = asyncio.Event()
        self._ended.set()
        self._has_begun = False

    def wake(self) -> None:
        """Look at once: something was put into the outbox."""
        self._wake_lanes(self._lanes)

    async def run(self) -> None:
        """Send for ever, each platform by itself: one that hangs or refuses us holds up nobody else."""
        self._ended.clear()
        self._has_begun = True
        try:
            async with asyncio.TaskGroup() as around:
                around.create_task(self._settling.run())
                watching = around.create_task(self._every(SEEN_EVERY_SECONDS, self._watch))
                recovering = around.create_task(self._every(RECOVER_EVERY_SECONDS, self._claiming.recover))
                async with asyncio.TaskGroup() as group:
                    for lane in self._lanes.values():
                        group.create_task(self._run_lane(lane))
                self._settling.finish()
                for task in (watching, recovering):
                    task.cancel()
            await self._write_all()
        finally:
            self._ended.set()

    async def stop(self) -> None:
        """Finish what is being sent and put the rest back: what was sent and is not settled would be sent again."""
        self._sending.stopping = True
        if not self._has_begun:
            return  # the start failed before: perhaps there is no database to take leave of
        self.wake()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._ended.wait()
                await self._leave()
        except (TimeoutError, Busy, TryAgain):
            log.warning("outbox.not_finished")

    async def send_some(self) -> int:
        """Send one batch for each platform and settle it, and return how many notices that were."""
        await self._claiming.recover()
        taken = await asyncio.gather(*(self._send_batch(lane) for lane in self._lanes.values()))
        await self._write_all()
        return sum(taken)

    async def _send_batch(self, lane: Lane) -> int:
        batch = await self._claim(lane)
        async with asyncio.TaskGroup() as group:
            await self._sending.send(batch, lane, group)
        return len(batch.notices)

    async def _run_lane(self, lane: Lane) -> None:
        """Claim a batch while the one before is being sent."""
        claimed: asyncio.Queue[Batch | None] = asyncio.Queue(1)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._send_claimed(lane, claimed))
            while not self._sending.stopping:
                lane.wake.clear()  # before looking: what is put in meanwhile rings again
                batch = await self._claim_safely(lane)
                if batch.notices:
                    await claimed.put(batch)
                    await asyncio.sleep(max(0.0, batch.next_claim_at - self._clock.elapsed()))
                else:
                    await lane.rest(min(batch.retry_in or IDLE_SECONDS, IDLE_SECONDS))
            await claimed.put(None)

    async def _send_claimed(self, lane: Lane, claimed: asyncio.Queue[Batch | None]) -> None:
        async with asyncio.TaskGroup() as group:
            while (batch := await claimed.get()) is not None:
                try:
                    await self._sending.send(batch, lane, group)
                except Exception:
                    log.exception("outbox.failed")

    async def _claim_safely(self, lane: Lane) -> Batch:
        try:
            return await self._claim(lane)
        except (Busy, TryAgain):
            self._was_kept_waiting = True
        except Exception:
            log.exception("outbox.failed")
        return Batch(fence="", claimed_at=self._clock.real_now())

    async def _claim(self, lane: Lane) -> Batch:
        """Claim what goes by a lane that we serve; what we have no token for is left to whoever has it."""
        carriers = self._carriers()
        is_ours = lane.name == ANYWHERE or lane.name in carriers.lanes
        if carriers.is_idle or not is_ours or self._clock.elapsed() < lane.pause_ends:
            return Batch(fence="", claimed_at=self._clock.real_now())
        await lane.limiter.courtesy.stand_back()
        return await self._claiming.claim(lane)

    async def _write_all(self) -> None:
        for attempt in range(1, SETTLE_ATTEMPTS + 1):
            try:
                await self._settling.write()
                return
            except (Busy, TryAgain):
                if attempt == SETTLE_ATTEMPTS:
                    raise

    async def _every(self, seconds: float, do: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await do()
            except (Busy, TryAgain) as error:
                log.info("outbox.busy", reason=type(error).__name__)
            except Exception:
                log.exception("outbox.failed")
            await asyncio.sleep(seconds)

    async def _watch(self) -> None:
        """Say that this process is alive, and count now and then what waits."""
        await self._setback.look()
        await self._say_alive()
        if self._was_kept_waiting:
            self._was_kept_waiting = False
            await self._end_frozen()
        if self._clock.elapsed() - self._counted_at >= COUNTED_EVERY_SECONDS:
            self._counted_at = self._clock.elapsed()
            await self._count()

    async def _say_alive(self) -> None:
        now = self._clock.real_now()
        seen = Worker(
            name=self._worker.name,
            host=self._worker.host,
            started_at=self._worker.started_at,
            seen_at=now,
            settled_at=self._settling.settled_at,
            serves=",".join(sorted(self._carriers().lanes)),
        )
        async with self._database.transaction() as store:
            await store.workers.seen(seen)
            await store.workers.forget(now - FORGOTTEN_AFTER)

    async def _end_frozen(self) -> None:
        """Take a token's row from a process that stopped in the middle of a claim: nobody else can claim meanwhile."""
        async with self._database.transaction() as store:
            if ended := await store.sessions.end_frozen(FROZEN_AFTER):
                log.warning("outbox.frozen_process", sessions=ended, consequence="what it held in PostgreSQL is free")

    async def _count(self) -> None:
        async with self._database.reading() as store:
            backlog, slots = await store.outbox.backlog(), await store.due.slots()
            workers = await store.workers.every()
        now = self._clock.real_now()
        alive = sum(worker.is_alive(now) for worker in workers)
        self._metrics.show(backlog, slots, workers=alive, now=self._clock.now())
        self._metrics.unserved(await self._serving.look(backlog, workers))

    async def _leave(self) -> None:
        async with self._database.transaction() as store:
            await store.workers.gone(self._worker.name)

    def _wake_lanes(self, names: Iterable[str]) -> None:
        for name in names:
            if name in self._lanes:
                self._lanes[name].wake.set()


def limiters_for(clock: Clock, *, telegram_per_second: int) -> dict[str, Limiter]:
    """Build what limits each token: Telegram's and Slack's, and the one channel of the team's."""
    allowances = {
        "telegram": Allowance(per_second=telegram_per_second, at_once=64 if telegram_per_second <= 100 else 256),
        # Slack names no number for the whole workspace; this is less than a third of Telegram's.
        "slack": Allowance(per_second=10),
        TEAM: Allowance(per_second=1, at_once=1),
    }
    return {name: Limiter(allowance, clock.elapsed) for name, allowance in allowances.items()}
