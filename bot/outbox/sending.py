"""Sends a batch: each notice looked at right before its slot, so many on their way, and every failure judged."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.delivery import Carriers, DeliveryFailed
from bot.limiting import Paused
from bot.outbox.checking import Checking, Elsewhere, Ended, Finding, Later, Odd, Ready
from bot.outbox.claiming import NEVER_AHEAD_SECONDS, Batch, Errand
from bot.outbox.lanes import Lane
from bot.outbox.settling import Settled, Settling
from storage.connect import Database
from storage.errors import Busy, TryAgain
from storage.notices import Waiting

log = structlog.get_logger(__name__)

LONGEST_PAUSE = timedelta(minutes=5)
# Pauses double up to five minutes, and after so many attempts, some three hours, the next come once an hour: a platform
# that is down over the weekend, or an app that was uninstalled on Friday, takes nobody's reward message with it.
QUICK_ATTEMPTS, LATER_PAUSE = 40, timedelta(hours=1)
MOST_ATTEMPTS = QUICK_ATTEMPTS + 72
MOST_ODD_ATTEMPTS = 5
# Notices whose slots are this close are looked at together: stop is heeded until then.
LOOK_AHEAD_SECONDS = 0.05
# Of several workers one that is later than this tells the others, by taking as much more of the token's time: no
# process knows all that left in the last second, and what two of them make up for meets at the platform.
SHARED_LATENESS_SECONDS = 0.02
# The database is asked again after this long.
BUSY_SECONDS = 0.2
# After something that should not happen, which will probably happen again.
ODD_PAUSE = timedelta(seconds=5)
# A timer is no finer.
TICK_SECONDS = 0.001


class Sending:
    """Brings claimed notices to the platforms, at their time."""

    def __init__(
        self,
        database: Database,
        *,
        checking: Checking,
        settling: Settling,
        clock: Clock,
        carriers: Callable[[], Carriers],
    ) -> None:
        self._database = database
        self._checking = checking
        self._settling = settling
        self._clock = clock
        self._carriers = carriers
        self.stopping = False

    async def send(self, batch: Batch, lane: Lane, group: asyncio.TaskGroup) -> None:
        """Begin to send each notice of a batch in its slot; what cannot be begun is put back."""
        place = 0
        while place < len(batch.notices):
            await self._until(batch.slot(place))
            # Each batch may begin late by as much; where two came together, making up for it is given up.
            self._heed_lateness(batch, lane, self._clock.elapsed() - batch.slot(place))
            if self._put_back_rest(batch, lane, place):
                return
            due = await self._due(batch, lane, place)
            await lane.limiter.courtesy.stand_back()
            findings = await self._ready(due, batch, lane)
            for notice, finding in zip(due, findings, strict=True):
                await self._until(batch.slot(place))
                await lane.limiter.turn(self._clock.elapsed() - batch.slot(place))
                group.create_task(self._deliver(Errand(notice, batch, lane), finding))
                place += 1

    def _heed_lateness(self, batch: Batch, lane: Lane, late: float) -> None:
        """Let the rest of a batch that is late come later still where it cannot be made up for.

        Where others take slices, too, the next slices then begin later by as much.
        """
        if batch.is_shared and SHARED_LATENESS_SECONDS < late < NEVER_AHEAD_SECONDS:
            lane.limiter.debt += round(late / batch.spacing)
            batch.starts_at += late
        elif late > 2 * lane.catches_up:
            batch.starts_at += late

    async def _ready(self, due: list[Waiting], batch: Batch, lane: Lane) -> list[Finding]:
        """Look until the database can be asked; what nobody could look at in time is put back, for it was not begun."""
        later = timedelta()
        while not (batch.is_stale(self._clock) or self.stopping):
            try:
                return await self._begun(due, await self._checking.look(due, lane.name), batch)
            except (Busy, TryAgain):
                await asyncio.sleep(BUSY_SECONDS)
            except Exception:
                # Without this the batch would be held, and its places taken, until the lease is over.
                log.exception("outbox.failed")
                later = ODD_PAUSE
                break
        return [Later(self._clock.now() + later, "given-back")] * len(due)

    async def _begun(self, due: list[Waiting], findings: list[Finding], batch: Batch) -> list[Finding]:
        """Write down which marketing is on its way from now on, before the first of it leaves.

        A crash then leaves unknown what was to leave within this twentieth of a second, and nothing else that was held.
        """
        leaving = [
            notice.number
            for notice, finding in zip(due, findings, strict=True)
            if notice.kind == "marketing" and isinstance(finding, Ready)
        ]
        if not leaving:
            return findings
        async with self._database.transaction() as store:
            held = await store.outbox.begin(batch.fence, leaving, self._clock.now())
        lost = set(leaving) - held
        if lost:
            # We were stopped for longer than our lease: who took it over has sent it, or will.
            log.warning("outbox.lease_lost", notices=len(lost))
        taken = Later(self._clock.now(), "given-back")
        return [taken if notice.number in lost else finding for notice, finding in zip(due, findings, strict=True)]

    async def _due(self, batch: Batch, lane: Lane, place: int) -> list[Waiting]:
        """Wait for a free place, and take with the next notice those that are due soon and have a place, too."""
        await lane.places.acquire()
        soon = self._clock.elapsed() + LOOK_AHEAD_SECONDS
        end = place + 1
        while end < len(batch.notices) and batch.slot(end) <= soon and not lane.places.locked():
            await lane.places.acquire()
            end += 1
        return list(batch.notices[place:end])

    async def _until(self, slot: float) -> None:
        if (seconds := slot - self._clock.elapsed()) > TICK_SECONDS:
            await asyncio.sleep(seconds)

    def _put_back_rest(self, batch: Batch, lane: Lane, place: int) -> bool:
        """Put back what was claimed and not begun where the platform must wait, or we stop, or have been too slow."""
        now = self._clock.now()
        if (pause := lane.pause_ends - self._clock.elapsed()) > 0:
            until = now + timedelta(seconds=pause)
        elif self.stopping or batch.is_stale(self._clock):
            until = now
        else:
            return False
        for notice in batch.notices[place:]:
            self._put_back(Errand(notice, batch, lane), until, "given-back")
        return True

    async def _deliver(self, errand: Errand, finding: Finding) -> None:
        """Keep one odd notice from holding up the others; it is tried again when its lease ends, a few times."""
        notice = errand.notice
        try:
            await self._act(errand, finding)
        except Exception:
            log.exception("outbox.odd_notice", number=notice.number, attempts=notice.attempts)
            if notice.attempts >= MOST_ODD_ATTEMPTS:
                self._settling.note(Settled(errand=errand, state="failed", reason="odd"))
        finally:
            errand.lane.places.release()

    async def _act(self, errand: Errand, finding: Finding) -> None:
        match finding:
            case Ready():
                await self._send_one(errand, finding)
            case Ended(state, reason):
                self._settling.note(Settled(errand=errand, state=state, reason=reason))
            case Later(until, reason):
                self._put_back(errand, until, reason)
            case Elsewhere(lane):
                self._settling.note(Settled(errand=errand, goes_by=lane))
            case Odd(error):
                raise error

    async def _send_one(self, errand: Errand, ready: Ready) -> None:
        lane = errand.lane
        try:
            async with lane.limiter.sending(ready.chat.subject if ready.chat else lane.name):
                if errand.batch.is_stale(self._clock):
                    raise Paused
                thread = await self._carry(ready)
        except Paused as paused:
            seconds = max(paused.seconds, lane.pause_ends - self._clock.elapsed())
            self._put_back(errand, self._clock.now() + timedelta(seconds=seconds), "given-back")
            return
        except DeliveryFailed as failure:
            self._failed(errand, ready, failure)
            return
        lane.troubles = 0
        self._settling.note(Settled(errand=errand, state="sent", thread=thread))

    async def _carry(self, ready: Ready) -> tuple[str, str] | None:
        """Hand a message to its platform; return the thread that it opened, if it opened one."""
        carriers = self._carriers()
        if ready.chat is not None:
            sender = carriers.senders.get(ready.chat.platform)
            if sender is None:
                raise _not_connected()
            await sender.send(ready.chat.subject, ready.message, reader=ready.reader)
            return None
        held = ready.thread_of
        if carriers.team is None:
            raise _not_connected()
        number = await carriers.team.post(ready.message, thread=held.thread if held else None, reader=ready.reader)
        return (held.id, number) if held is not None and held.thread is None else None

    def _failed(self, errand: Errand, ready: Ready, failure: DeliveryFailed) -> None:
        # The team's channel comes back sooner or later, and a customer's question waits in it. Who is asked to wait,
        # however often and however briefly, is not refused.
        is_lost_cause = errand.notice.attempts >= MOST_ATTEMPTS and failure.reason != "wait"
        is_given_up = is_lost_cause and ready.chat is not None
        if failure.final or is_given_up:
            is_lost = failure.reason in {"blocked", "gone"} and ready.chat is not None
            lost = (ready.chat.platform, ready.chat.subject) if ready.chat is not None and is_lost else None
            self._settling.note(Settled(errand=errand, state="failed", reason=failure.reason, lost=lost))
        elif failure.reason == "unknown" and errand.notice.kind == "marketing":
            self._settling.note(Settled(errand=errand, state="unknown", reason=failure.reason))
        else:
            self._postpone(errand, ready, failure)

    def _postpone(self, errand: Errand, ready: Ready, failure: DeliveryFailed) -> None:
        lane, everyone = errand.lane, failure.everyone
        chat, must_wait = ready.chat.subject if ready.chat else lane.name, failure.reason == "wait"
        if must_wait:
            everyone = lane.limiter.refused(chat) or everyone
        lane.troubles += everyone
        tries = lane.troubles if everyone else errand.notice.attempts
        pause = _pause(tries, is_hourly=not everyone and ready.chat is not None)
        if failure.retry_after is not None:
            pause = timedelta(seconds=failure.retry_after)
        until = self._clock.now() + pause
        if must_wait:
            lane.limiter.heed(chat, pause.total_seconds(), everyone=everyone)
        if everyone:
            lane.pause(pause.total_seconds(), self._clock.elapsed())
        if everyone and must_wait:
            self._settling.pause(lane.name, until)
        # A platform that refuses us all says nothing about this notice: it keeps its attempts.
        self._put_back(errand, until, failure.reason, counts=not everyone)
        log.info("outbox.postponed", reason=failure.reason, seconds=pause.total_seconds(), everyone=everyone)

    def _put_back(self, errand: Errand, until: datetime, reason: str, *, counts: bool = False) -> None:
        expires_at = errand.notice.expires_at
        if expires_at is not None and expires_at <= until:
            self._settling.note(Settled(errand=errand, state="suppressed", reason="expired"))
            return
        self._settling.note(Settled(errand=errand, until=until, reason=reason, counts=counts))


def _pause(tries: int, *, is_hourly: bool) -> timedelta:
    """Say how long to wait after so many attempts: of one notice, or in a row of all that goes by a platform."""
    if tries >= QUICK_ATTEMPTS and is_hourly:
        return LATER_PAUSE
    return min(LONGEST_PAUSE, timedelta(seconds=2 ** min(tries, 10)))


def _not_connected() -> DeliveryFailed:
    """Say that a platform is set up and not connected at the moment: it surely carried nothing."""
    return DeliveryFailed("unreachable", "not connected", everyone=True)
