"""Looks at notices once more, right before they leave: whom they reach, in which words, and whether they still may."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.delivery import Carriers
from bot.peace import Peace
from messages.announced import said_to
from messages.catalog import Catalog, Reader
from messages.codec import customers_named, decode_message, with_names
from messages.message import Message, Phrase
from storage.connect import Database
from storage.conversations import Conversation
from storage.customers import Chat, Customer
from storage.notices import TEAM, Waiting
from storage.store import Store

CAMPAIGNS_REMEMBERED = 100


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A notice that leaves now: the chat it goes to (nothing: the team's channel), and what it says to whom."""

    message: Message
    reader: Reader
    chat: Chat | None = None
    thread_of: Conversation | None = None


@dataclass(frozen=True)
class Ended:
    """A notice that does not leave, as which state and why."""

    state: str
    reason: str


@dataclass(frozen=True)
class Later:
    """A notice that must not leave before this moment, and why."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class Elsewhere:
    """A notice that goes by another lane than was known when it was put in."""

    lane: str


@dataclass(frozen=True)
class Odd:
    """A notice that cannot be read, which must not hold up the others."""

    error: Exception


Finding = Ready | Ended | Later | Elsewhere | Odd


@dataclass(frozen=True)
class _Known:
    """What was read for a few notices."""

    customers: dict[str, Customer]
    chats: dict[str, list[Chat]]
    names: dict[str, str]
    threads: dict[str, Conversation | None]


class Checking:
    """Reads what must be known of a few notices, all at once."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        catalog: Catalog,
        carriers: Callable[[], Carriers],
        reader: Reader,
        peace: Peace,
    ) -> None:
        self._database = database
        self._clock = clock
        self._catalog = catalog
        self._carriers = carriers
        self._default = reader
        self._peace = peace
        self._campaigns: dict[str, Message] = {}

    async def look(self, notices: Sequence[Waiting], lane: str) -> list[Finding]:
        """Say of each of these notices what becomes of it."""
        async with self._database.reading() as store:
            customers, chats = await _people(notices, store)
            await self._learn_campaigns(notices, store)
            names = await _names(notices, store)
            threads = {
                notice.recipient: await store.conversations.by_id(notice.recipient)
                for notice in notices
                if notice.customer_id is None and notice.recipient != TEAM
            }
        known = _Known(customers, chats, names, threads)
        return [self._find(notice, known, lane) for notice in notices]

    def _find(self, notice: Waiting, known: _Known, lane: str) -> Finding:
        try:
            message = self._message(notice, known.names)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one notice is its own affair
            return Odd(error)
        if notice.customer_id is None:
            reader = self._default.at(notice.created_at)
            return Ready(message=message, reader=reader, thread_of=known.threads.get(notice.recipient))
        customer = known.customers.get(notice.customer_id)
        if customer is None:
            return Ended("failed", "no-customer")
        return self._for_customer(notice, message, lane=lane, customer=customer, chats=known.chats.get(customer.id, []))

    def _for_customer(
        self, notice: Waiting, message: Message, *, lane: str, customer: Customer, chats: Sequence[Chat]
    ) -> Finding:
        now = self._clock.now()
        refused = may_not_leave(notice, customer, now)
        if refused is not None:
            return refused
        # Looked at again: quiet hours may have been chosen, and the clock put forward or back, since it was put in.
        if (morning := self._peace.leaves_at(notice.kind, customer, now)) > now:
            return Later(morning, "quiet-hours")
        chat = _choose(chats, self._carriers().known, via=notice.via)
        if chat is None:
            return Ended("suppressed", "no-chat")
        if chat.platform != lane:
            return Elsewhere(chat.platform)
        reader = Reader(
            language=self._catalog.choose(customer.language, self._default.language),
            zone=ZoneInfo(customer.zone) if customer.zone else self._default.zone,
        ).at(notice.created_at)  # not at the moment: what is sent twice reads the same
        said = said_to(message, language=reader.language, first_name=customer.first_name)
        return Ready(message=said, reader=reader, chat=chat)

    async def _learn_campaigns(self, notices: Sequence[Waiting], store: Store) -> None:
        """Read what campaigns say, once: it does not change, and the same message is written down only once."""
        asked = {notice.campaign_id for notice in notices if notice.campaign_id is not None}
        missing = asked - self._campaigns.keys()
        if missing:
            for campaign, message in (await store.campaigns.messages(missing)).items():
                self._campaigns[campaign] = decode_message(message)
            while len(self._campaigns) > CAMPAIGNS_REMEMBERED:
                del self._campaigns[next(iter(self._campaigns))]

    def _message(self, notice: Waiting, names: dict[str, str]) -> Message:
        """Put first names into the message, which the outbox does not keep."""
        if notice.campaign_id is not None:
            return self._campaigns[notice.campaign_id]
        return decode_message(with_names(notice.message, names, Phrase("words.a-friend")))


def may_not_leave(notice: Waiting, customer: Customer, now: datetime) -> Ended | Later | None:
    """Say why a notice must not leave, or not now: stop beats everything."""
    if customer.stopped_at is not None and not _answers_a_later_question(notice, customer.stopped_at):
        return Ended("suppressed", "stopped")
    if notice.expires_at is not None and notice.expires_at <= now:
        return Ended("suppressed", "expired")
    agreed_at = customer.reminders_agreed_at if notice.campaign_id is None else customer.news_agreed_at
    if notice.kind == "marketing" and agreed_at is None:
        return Ended("suppressed", "no-consent")
    if notice.kind == "service" and not customer.wants_notices:
        return Ended("suppressed", "notices-off")
    return None


def _answers_a_later_question(notice: Waiting, stopped_at: datetime) -> bool:
    """Tell whether a human answers what somebody asked after they had said stop: that is a direct answer."""
    return notice.kind == "support" and notice.created_at > stopped_at


async def _people(notices: Sequence[Waiting], store: Store) -> tuple[dict[str, Customer], dict[str, list[Chat]]]:
    """Find the customers by the ids that the notices know, merged or not, and where they can be written to."""
    wanted = {notice.customer_id for notice in notices if notice.customer_id is not None}
    if not wanted:
        return {}, {}
    customers = await store.customers.by_ids(wanted)
    for known, customer in customers.items():
        if customer.merged_into is not None:
            customers[known] = await store.customers.by_id(known) or customer
    return customers, await store.customers.chats_of_all({customer.id for customer in customers.values()})


async def _names(notices: Sequence[Waiting], store: Store) -> dict[str, str]:
    named = {customer for notice in notices for customer in customers_named(notice.message)}
    if not named:
        return {}
    return {customer.id: customer.first_name for customer in (await store.customers.by_ids(named)).values()}


def _choose(chats: Sequence[Chat], known: frozenset[str], *, via: str | None) -> Chat | None:
    """Choose where to write: the platform that was asked for, else the first one that reaches the person.

    One that we send by goes before one that we leave to a worker that does.
    """
    reachable = [chat for chat in chats if chat.is_reachable]
    ours = [chat for chat in reachable if chat.platform in known] or reachable
    return next((chat for chat in ours if chat.platform == via), ours[0] if ours else None)
