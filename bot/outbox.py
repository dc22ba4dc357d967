"""Sends waiting notices: in order for each person, checked again at the last moment, retried or given up."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from prometheus_client import CollectorRegistry, Counter

from bot.clock import Clock
from bot.delivery import Carriers, DeliveryFailed
from bot.lanes import Lane
from messages.catalog import Catalog, Reader
from messages.codec import customers_named, decode_message, with_names
from messages.message import Message, Phrase
from storage.connect import Database
from storage.customers import CHATS, Chat, Customer
from storage.errors import Busy, TryAgain
from storage.outbox import ANYWHERE, TEAM, Waiting
from storage.store import Store

log = structlog.get_logger(__name__)

BATCH = 20
# A send takes at most the platform's 20 seconds; whoever holds a notice three times as long has died.
LEASE = timedelta(seconds=60)
# Telegram allows about 30 messages a second over all chats; just under it, nothing is refused in a quiet service.
SECONDS_BETWEEN = 1 / 28
LONGEST_PAUSE = timedelta(minutes=5)
# With pauses that double up to five minutes, this is about four hours: the platform or the network is gone for good.
MOST_ATTEMPTS = 60
MOST_ODD_ATTEMPTS = 5
SETTLE_ATTEMPTS = 5
# A platform that does not answer by then is left to the lease.
STOP_SECONDS = 3.0


class Outbox:
    """Takes notices from the database and hands them to the platforms' senders."""

    def __init__(  # noqa: PLR0913 - the composition root hands everything over by name
        self,
        database: Database,
        *,
        clock: Clock,
        catalog: Catalog,
        carriers: Callable[[], Carriers],
        language: str,
        zone: ZoneInfo,
        registry: CollectorRegistry,
    ) -> None:
        self._database = database
        self._clock = clock
        self._catalog = catalog
        self._carriers = carriers
        self._language = language
        self._zone = zone
        self._lanes = {name: Lane(clock.now()) for name in (*CHATS, TEAM, ANYWHERE)}
        self._stopping = False
        self._ended = asyncio.Event()
        self._ended.set()
        self._settled = Counter("grapevine_notices", "Notices settled.", ["state"], registry=registry)

    def wake(self) -> None:
        """Look at once: something was put into the outbox."""
        for lane in self._lanes.values():
            lane.wake.set()

    async def run(self) -> None:
        """Send for ever, each platform by itself: one that hangs or refuses us holds up nobody else."""
        self._ended.clear()
        try:
            async with asyncio.TaskGroup() as group:
                for name in self._lanes:
                    group.create_task(self._run_lane(name))
        finally:
            self._ended.set()

    async def stop(self) -> None:
        """Finish what is being sent and put the rest back: what was sent and is not settled would be sent again."""
        self._stopping = True
        self.wake()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._ended.wait()
        except TimeoutError:
            log.warning("outbox.not_finished")

    async def send_some(self) -> int:
        """Take a few notices for each platform, one per person, try to send each, and return how many were taken."""
        return sum(await asyncio.gather(*(self._send_some(name) for name in self._lanes)))

    async def _run_lane(self, name: str) -> None:
        while not self._stopping:
            try:
                sent = await self._send_some(name)
            except (Busy, TryAgain):
                sent = 0
            except Exception:
                log.exception("outbox.failed")
                sent = 0
            if sent == 0:
                await self._lanes[name].rest()

    async def _send_some(self, name: str) -> int:
        lane, now = self._lanes[name], self._clock.now()
        known = self._carriers().known
        if self._carriers().is_idle or now < lane.pause_until or (name in CHATS and name not in known):
            return 0
        async with self._database.transaction() as store:
            taken = await store.outbox.take(now, LEASE, BATCH, lane=name, known=known)
        for place, waiting in enumerate(taken):
            later = self._later(lane, now)
            if later is not None:
                await self._give_back(taken[place:], later)
                break
            await self._deliver_safely(waiting, lane)
        return len(taken)

    def _later(self, lane: Lane, taken_at: datetime) -> datetime | None:
        """Say when to go on, if the platform must wait or what was taken would soon be somebody else's."""
        now = self._clock.now()
        if now < lane.pause_until:
            return lane.pause_until
        if self._stopping:
            return now
        return now if now - taken_at > LEASE / 2 else None

    async def _give_back(self, taken: list[Waiting], until: datetime) -> None:
        """Put back what was taken and not begun; what an earlier attempt had begun waits for its lease to end."""
        async with self._database.transaction() as store:
            for waiting in taken:
                if waiting.state == "queued":
                    await store.outbox.postpone(waiting.number, until, "given-back", counts=False)

    async def _deliver_safely(self, waiting: Waiting, lane: Lane) -> None:
        """Keep one odd notice from holding up the others; it is tried again when its lease ends, a few times."""
        try:
            await self._deliver(waiting, lane)
        except Exception:
            log.exception("outbox.odd_notice", number=waiting.number, attempts=waiting.attempts)
            if waiting.attempts >= MOST_ODD_ATTEMPTS:
                await self._settle(waiting, "failed", "odd")

    async def _deliver(self, waiting: Waiting, lane: Lane) -> None:
        if waiting.customer_id is None:
            await self._deliver_to_team(waiting, lane)
            return
        async with self._database.reading() as store:
            customer = await store.customers.by_id(waiting.customer_id)
            chats = await store.customers.chats_of(customer.id) if customer else []
            message = await self._message(waiting, store)
        chat = _choose(chats, self._carriers().known, via=waiting.via)
        reason = _why_not(waiting, customer, chat)
        if reason is not None or customer is None or chat is None:
            state, why = reason or ("suppressed", "no-chat")
            await self._settle(waiting, state, why)
            return
        reader = Reader(
            language=self._catalog.choose(customer.language, self._language),
            zone=ZoneInfo(customer.zone) if customer.zone else self._zone,
        )
        try:
            sender = self._carriers().senders.get(chat.platform)
            if sender is None:
                raise _not_connected()
            await sender.send(chat.subject, message, reader=reader)
        except DeliveryFailed as failure:
            await self._failed(waiting, chat, lane=lane, failure=failure)
        else:
            await self._arrived(waiting, lane)

    async def _deliver_to_team(self, waiting: Waiting, lane: Lane) -> None:
        async with self._database.reading() as store:
            message = await self._message(waiting, store)
            held = await store.conversations.by_id(waiting.recipient) if waiting.recipient != TEAM else None
        if not self._carriers().has_team:
            await self._settle(waiting, "suppressed", "no-team-channel")
            return
        reader = Reader(language=self._language, zone=self._zone)
        try:
            team = self._carriers().team
            if team is None:
                raise _not_connected()
            number = await team.post(message, thread=held.thread if held else None, reader=reader)
        except DeliveryFailed as failure:
            await self._failed(waiting, None, lane=lane, failure=failure)
            return
        if held is not None and held.thread is None:
            async with self._database.transaction() as store:
                await store.conversations.keep_thread(held.id, number)
        await self._arrived(waiting, lane)

    async def _arrived(self, waiting: Waiting, lane: Lane) -> None:
        lane.troubles = 0
        await self._settle(waiting, "sent")
        await asyncio.sleep(SECONDS_BETWEEN)

    async def _failed(self, waiting: Waiting, chat: Chat | None, *, lane: Lane, failure: DeliveryFailed) -> None:
        is_for_team = chat is None  # whose channel comes back sooner or later, and a customer's question waits in it
        if failure.final or (waiting.attempts >= MOST_ATTEMPTS and not is_for_team):
            async with self._database.transaction() as store:
                if chat is not None and failure.reason in {"blocked", "gone"}:
                    await store.customers.chat_lost(chat.platform, chat.subject)
            await self._settle(waiting, "failed", failure.reason)
        elif failure.reason == "unknown" and waiting.kind == "marketing":
            await self._settle(waiting, "unknown", failure.reason)
        else:
            await self._postpone(waiting, lane, failure)

    async def _postpone(self, waiting: Waiting, lane: Lane, failure: DeliveryFailed) -> None:
        lane.troubles += failure.everyone
        tries = lane.troubles if failure.everyone else waiting.attempts
        pause = min(LONGEST_PAUSE, timedelta(seconds=2 ** min(tries, 10)))
        if failure.retry_after is not None:
            pause = timedelta(seconds=failure.retry_after)
        until = self._clock.now() + pause
        if failure.everyone:
            lane.pause_until = until
        async with self._database.transaction() as store:
            # A platform that refuses us all says nothing about this notice: it keeps its attempts.
            await store.outbox.postpone(waiting.number, until, failure.reason, counts=not failure.everyone)
        log.info("outbox.postponed", reason=failure.reason, seconds=pause.total_seconds())

    async def _settle(self, waiting: Waiting, state: str, reason: str | None = None) -> None:
        for attempt in range(SETTLE_ATTEMPTS):
            try:
                async with self._database.transaction() as store:
                    await store.outbox.settle(waiting.number, state, self._clock.now(), reason)
                break
            except (Busy, TryAgain):
                # What was sent and is not settled would be sent again.
                if attempt == SETTLE_ATTEMPTS - 1:
                    raise
        self._settled.labels(state).inc()
        if state != "sent":
            log.info("outbox.not_sent", state=state, reason=reason, notice_kind=waiting.kind)

    async def _message(self, waiting: Waiting, store: Store) -> Message:
        """Put first names into the message, which the outbox does not keep."""
        people = await store.customers.by_ids(customers_named(waiting.message))
        names = {customer.id: customer.first_name for customer in people.values()}
        return decode_message(with_names(waiting.message, names, Phrase("words.a-friend")))


def _choose(chats: list[Chat], known: frozenset[str], *, via: str | None) -> Chat | None:
    """Choose where to write: the platform that was asked for, else the first one that reaches the person."""
    reachable = [chat for chat in chats if chat.is_reachable and chat.platform in known]
    return next((chat for chat in reachable if chat.platform == via), reachable[0] if reachable else None)


def _why_not(waiting: Waiting, customer: Customer | None, chat: Chat | None) -> tuple[str, str] | None:
    """Say why a notice must not leave, as a state and a reason: stop beats everything."""
    if customer is None:
        return "failed", "no-customer"
    if customer.stopped_at is not None and not _answers_a_later_question(waiting, customer.stopped_at):
        return "suppressed", "stopped"
    if waiting.kind == "marketing" and customer.reminders_agreed_at is None:
        return "suppressed", "no-consent"
    if waiting.kind == "service" and not customer.wants_notices:
        return "suppressed", "notices-off"
    if waiting.kind == "marketing" and waiting.state == "sending":
        # An attempt was begun and never settled: it may have arrived, and marketing is not repeated.
        return "unknown", "begun-before"
    return ("suppressed", "no-chat") if chat is None else None


def _not_connected() -> DeliveryFailed:
    """Say that a platform is set up and not connected at the moment: it surely carried nothing."""
    return DeliveryFailed("unreachable", "not connected", everyone=True)


def _answers_a_later_question(waiting: Waiting, stopped_at: datetime) -> bool:
    """Tell whether a human answers what somebody asked after they had said stop: that is a direct answer."""
    return waiting.kind == "support" and waiting.created_at > stopped_at
