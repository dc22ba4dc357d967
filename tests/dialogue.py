"""A dialogue between named people and the app's own dispatcher, over a real database and a clock that we move."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import Table, func, select

from bot.addresses import Addresses
from bot.clock import Clock
from bot.dispatch import Busy, Dispatcher, fresh_draw
from bot.gestures import ACTIONS, Circumstances, tapped
from bot.scheduler import Scheduler
from bot.telegram.incoming import COMMANDS
from handlers.events import (
    ContactShared,
    CustomerViewed,
    Event,
    EventReported,
    MemberAdded,
    Person,
    PictureSent,
    ProgramApplied,
    SignInRequested,
    TeamReplied,
    TextWritten,
    VoucherRedeemed,
)
from handlers.outcome import Outcome
from handlers.passing_on import TEAM_CHANNEL
from messages.catalog import Catalog, Reader
from messages.codec import customers_named, decode_message, with_names
from messages.markup import Markup
from messages.message import Act, Code, Message, Photo, Phrase, Values
from referrals.draw import Draw
from referrals.identity import Identity
from referrals.money import parse_amount
from referrals.program_file import preset
from storage.connect import Database
from storage.customers import Customer
from storage.errors import TryAgain
from storage.links import Link
from storage.notices import TEAM
from storage.schema import metadata, outbox
from tests.people import CAROL, CAROL_IN_SLACK, OLGA

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
UTC_READER = Reader(language="en", zone=ZoneInfo("UTC"))
ADDRESSES = Addresses(
    public_url="https://refer.example", bot_chat="https://t.me/example_bot", slack_command="/grapevine"
)
# The invisible characters that keep a name's writing direction to itself.
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


def thread_of(conversation: str) -> str:
    """Number the thread of a conversation as the team's chat would."""
    return f"thread-{conversation}"


class MovableClock(Clock):
    """A clock that stands still until a test moves it."""

    def now(self) -> datetime:
        """Return the moment the story has come to."""
        return MONDAY + self.ahead

    def real_now(self) -> datetime:
        """Return the same: there are no other machines."""
        return self.now()


class Now(TypedDict):
    """When, and the randomness of the event."""

    at: datetime
    draw: Draw


@dataclass(frozen=True)
class Heard:
    """What somebody heard: the outcome, and its words as they would be read."""

    outcome: Outcome
    text: str

    @property
    def refused(self) -> str:
        """The code of the denial, if it was one."""
        return self.outcome.refused

    @property
    def reply(self) -> Mapping[str, Any]:
        """What a machine was answered."""
        return self.outcome.reply

    @property
    def key(self) -> str:
        """The key of the first text."""
        return self.outcome.answers[0].key

    @property
    def decision(self) -> str:
        """What was decided about a reported event."""
        return str(self.reply["outcome"])

    @property
    def buttons(self) -> list[Act]:
        """Every button that acts, in order."""
        rows = (row for message in self.outcome.answers for row in message.buttons)
        return [button for row in rows for button in row if isinstance(button, Act)]

    @property
    def code(self) -> str:
        """The code that the first message shows, without its spacing."""
        shown = self.outcome.answers[0].values["code"]
        assert isinstance(shown, Code)
        return shown.text.replace("-", "")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A notice in the outbox, with its words as its reader would see them."""

    key: str
    kind: str
    state: str
    reason: str | None
    text: str
    message: Message
    recipient: str


@dataclass
class Dialogue:
    """Everything a story needs: people speak, the shop reports, Carol redeems, time passes."""

    database: Database
    catalog: Catalog
    clock: MovableClock = field(default_factory=MovableClock)
    language: str = "en"  # in which everything is read
    wakes: int = 0
    reported: int = 0
    written: int = 0

    def __post_init__(self) -> None:
        self.dispatcher = Dispatcher(self.database, self._woken)
        self.scheduler = Scheduler(self.dispatcher.dispatch, self.clock)

    async def opens(self, program: str | None = None, *, zone: str = "UTC") -> Heard:
        """The owner opens the program: the demo's, or one of their own."""
        return await self.tells(ProgramApplied, text=program or preset("demo"), zone=zone)

    # --- in a chat ---------------------------------------------------------------------------------------------------

    async def says(self, who: Person, words: str) -> Heard:
        """Someone writes a command or anything else."""
        name, _, rest = words.partition(" ")
        for command in COMMANDS:
            if name == f"/{command.name}":
                return await self.hears(command.event(self.by(who), rest))
        return await self.hears(self.text(who, words))

    async def sends_picture(self, who: Person, file: str, words: str = "") -> Heard:
        """Someone sends a picture, perhaps with words."""
        self.written += 1
        photo = Photo(who.identity.platform, file)
        return await self.tells(PictureSent, by=who, photo=photo, text=words, message=str(self.written))

    def text(self, who: Person, words: str) -> TextWritten:
        """Write down what someone writes; told twice it is the same message."""
        self.written += 1
        return TextWritten(**self.by(who), text=words, message=str(self.written))

    async def taps(self, who: Person, heard: Heard | Told, label: str) -> Heard:
        """Someone taps the first button whose words contain these."""
        messages = heard.outcome.answers if isinstance(heard, Heard) else (heard.message,)
        rows = (row for message in messages for row in message.buttons)
        for button in (button for row in rows for button in row):
            if isinstance(button, Act) and label in self._say(button.label, button.values):
                return await self.hears(ACTIONS[button.action](self.by(who), button.about))
        raise AssertionError(f"There is no button “{label}”.")

    def tapped(self, who: Person, action: str, about: str) -> Event:
        """Read a tap as an edge does, on a button that need not be there."""
        return tapped(self.by(who), action, about)

    async def joins(self, who: Person, code: str, *, click: str = "") -> Heard:
        """Someone follows a link into the chat."""
        return await self.says(who, f"/start r_{code}{'_' + click if click else ''}")

    async def shares_contact(self, who: Person, phone: str, *, own: bool = True) -> Heard:
        """Someone shares a contact."""
        return await self.tells(ContactShared, by=who, phone=phone, own=own)

    async def code_of(self, who: Person) -> str:
        """Someone asks for their link and reads its code."""
        return (await self.says(who, "/share")).code

    async def brings(self, advocate: Person, friend: Person) -> None:
        """Someone brings a friend, who joins."""
        heard = await self.joins(friend, await self.code_of(advocate))
        assert not heard.refused

    async def earns(self, advocate: Person, friend: Person, amount: str = "25.00") -> Heard:
        """Someone brings a friend, who buys: both have a reward coming."""
        await self.brings(advocate, friend)
        bought = await self.buys(friend, amount)
        assert bought.decision == "qualified"
        return bought

    # --- in the team's channel ---------------------------------------------------------------------------------------

    async def has_team(self) -> None:
        """The team has a channel; Olga is its owner, and Carol a cashier."""
        async with self.database.transaction() as store:
            await store.due.keep_fact(TEAM_CHANNEL, "yes")
        await self.tells(MemberAdded, member=OLGA.identity, role="owner")
        await self.tells(MemberAdded, member=CAROL_IN_SLACK.identity, role="cashier")

    async def posts(self) -> list[Told]:
        """Read what the team's channel hears, in order; a conversation gets its thread as it does when it is posted."""
        rows = [row for row in await self.rows(outbox) if row.kind == "team"]
        async with self.database.transaction() as store:
            for row in rows:
                if row.recipient != TEAM:
                    await store.conversations.keep_thread(row.recipient, thread_of(row.recipient))
        return [await self._told(row) for row in sorted(rows, key=lambda row: row.number)]

    async def replies(self, who: Person, to: Told, words: str = "", *pictures: str) -> Heard:
        """Someone writes in the thread of a post."""
        return await self.hears(self.reply(who, to, words, *pictures))

    def reply(self, who: Person, to: Told, words: str = "", *pictures: str) -> TeamReplied:
        """Write down what someone writes in the thread of a post; told twice it is the same message."""
        self.written += 1
        photos = tuple(Photo(who.identity.platform, file) for file in pictures)
        number, thread = f"1700000000.{self.written:06}", thread_of(to.recipient)
        return TeamReplied(**self.by(who), thread=thread, message=number, text=words, photos=photos)

    # --- at the shop -------------------------------------------------------------------------------------------------

    async def buys(self, who: Person, amount: str | None = "25.00", **details: Any) -> Heard:
        """The till reports what a customer bought."""
        return await self.hears(self.purchase(who, amount, **details))

    async def rings_up(self, code: str, amount: str = "25.00", **details: Any) -> Heard:
        """The till reports a purchase with a friend's code and no customer."""
        return await self.hears(self.purchase(None, amount, code=code, **details))

    async def refunds(self, of: str, amount: str = "25.00", **details: Any) -> Heard:
        """The till reports that money was given back."""
        return await self.hears(self.purchase(None, amount, type="refund", refers_to=of, **details))

    async def redeems(self, code: str, *, key: str = "till-1", cashier: Person = CAROL, place: str = "Market") -> Heard:
        """A cashier redeems a voucher."""
        return await self.hears(self.redemption(code, key=key, cashier=cashier, place=place))

    async def voucher_for(self, who: Person) -> str:
        """Someone claims what is ready and reads their voucher."""
        return (await self.taps(who, await self.says(who, "/rewards"), "Claim")).code

    async def sign_in_token(self, customer: str) -> str:
        """The shop makes a sign-in address for one of its customers."""
        return str((await self.tells(SignInRequested, customer=customer)).reply["token"])

    async def viewed(self, customer: str, part: str = "customer") -> Mapping[str, Any]:
        """The business reads a customer."""
        return (await self.tells(CustomerViewed, customer=customer, part=part)).reply

    def purchase(self, who: Person | None, amount: str | None = "25.00", **details: Any) -> EventReported:
        """Write down what the till will report; told twice with the same id it says the same."""
        self.reported += 1
        told: dict[str, Any] = {"id": f"receipt-{self.reported}", "source": "till", "type": "purchase"}
        told |= {"occurred_at": self.clock.now(), "identities": (who.identity,) if who else ()} | details
        unit = told.pop("currency", "EUR")
        told["amount"] = parse_amount(amount, unit) if amount else None
        written = {name: value for name, value in told.items() if name != "occurred_at"}
        digest = hashlib.sha256(repr(sorted(written.items())).encode()).hexdigest()
        return EventReported(**self.now(), body_hash=digest, **told)

    def redemption(
        self, code: str, *, key: str = "till-1", cashier: Person = CAROL, place: str = "Market"
    ) -> VoucherRedeemed:
        """Write down what a cashier's till will ask."""
        return VoucherRedeemed(**self.now(), code=code, key=key, cashier=cashier.first_name, place=place)

    # --- time --------------------------------------------------------------------------------------------------------

    def later(self, **by: float) -> None:
        """Let time pass, with nobody doing anything."""
        self.clock.move(timedelta(**by))

    async def passes(self, **by: float) -> None:
        """Let time pass, and let the clock do what is due."""
        self.later(**by)
        await self.scheduler.beat()

    # --- what became of it -------------------------------------------------------------------------------------------

    async def notices_for(self, who: Person) -> list[Told]:
        """Read the notices for someone, in the order in which they would leave."""
        customer = await self.customer(who)
        rows = [row for row in await self.rows(outbox) if customer and row.customer_id == customer.id]
        return [await self._told(row) for row in sorted(rows, key=lambda row: row.number)]

    async def customer(self, who: Person) -> Customer | None:
        """Look someone up."""
        return await self.customer_with(who.identity)

    async def customer_with(self, identity: Identity) -> Customer | None:
        """Look up whoever has an identity."""
        async with self.database.reading() as store:
            return await store.customers.by_identity(identity)

    async def id_of(self, who: Person) -> str:
        """Look up someone's id."""
        customer = await self.customer(who)
        assert customer is not None
        return customer.id

    async def link_of(self, who: Person) -> Link:
        """Look up the link that someone is shown."""
        async with self.database.reading() as store:
            return (await store.links.of_advocate(await self.id_of(who)))[0]

    async def balances_of(self, who: Person) -> dict[str, int]:
        """Sum the ledger for someone, by account, leaving out what is zero."""
        async with self.database.reading() as store:
            found = await store.ledger.balances_of(await self.id_of(who))
        return {account: total for (account, _), total in found.items() if total}

    async def rows(self, table: Table) -> list[Any]:
        """Read a whole table, as it came about where the table tells: PostgreSQL puts rows where there is room."""
        told = [table.c[name] for name in ("number", "earned_at", "occurrence") if name in table.c]
        async with self.database.migrating() as connection:
            return list(await connection.execute(select(table).order_by(*told)))

    async def counts(self) -> dict[str, int]:
        """Count the rows of every table."""
        async with self.database.migrating() as connection:
            return {
                table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
                for table in metadata.sorted_tables
            }

    # --- the hands ---------------------------------------------------------------------------------------------------

    def by(self, who: Person) -> Circumstances:
        """Begin an event of a chat, now."""
        return {"by": who, **self.now()}

    def now(self) -> Now:
        """Begin an event of the shop or the clock, now."""
        return {"at": self.clock.now(), "draw": fresh_draw()}

    async def tells(self, kind: Callable[..., Event], /, **details: Any) -> Heard:
        """Dispatch an event of this kind, now."""
        return await self.hears(kind(**self.now(), **details))

    async def hears(self, event: Event) -> Heard:
        """Dispatch an event, and put what comes back into words."""
        outcome = await self.dispatcher.dispatch(event)
        said: list[Message | Phrase] = [*outcome.answers, *([outcome.toast] if outcome.toast else [])]
        return Heard(outcome, "\n".join(self._words(message) for message in said))

    async def insists(self, event: Event) -> Heard:
        """Dispatch an event as every edge does: told that we are busy, come again."""
        for attempt in range(60):
            try:
                return await self.hears(event)
            except (Busy, TryAgain):
                await asyncio.sleep(0.02 * (1 + attempt % 5))
        raise AssertionError("Busy for ever.")

    async def all_at_once(self, events: list[Event]) -> list[Heard]:
        """Dispatch many events in the same moment."""
        return list(await asyncio.gather(*(self.insists(event) for event in events)))

    def said(self, phrase: Phrase) -> str:
        """Put a phrase that a machine was handed into words."""
        return self._words(phrase)

    def reads(self, said: Message | Phrase) -> str:
        """Put a message into the words of the language that everything is read in."""
        return self._words(said)

    def _woken(self) -> None:
        self.wakes += 1

    async def _told(self, row: Any) -> Told:
        async with self.database.reading() as store:
            people = await store.customers.by_ids(customers_named(row.message))
        names = {customer.id: customer.first_name for customer in people.values()}
        message = decode_message(with_names(row.message, names, Phrase("words.a-friend")))
        return Told(
            key=message.key,
            kind=row.kind,
            state=row.state,
            reason=row.reason,
            text=self._words(message),
            message=message,
            recipient=row.recipient,
        )

    def _words(self, said: Message | Phrase) -> str:
        if isinstance(said, Phrase):
            return self._say(said.key, said.values)
        parts = [self._say(said.key, said.values), *(self._say(line.key, line.values) for line in said.lines)]
        for button in (button for row in said.buttons for button in row):
            self._say(button.label, button.values)  # a label without its text would end the story here
        return "\n".join(parts)

    def _say(self, key: str, values: Values) -> str:
        reader = replace(UTC_READER, language=self.language).at(self.clock.now())
        said = self.catalog.text(key, values, reader, markup=Markup.PLAIN, address=ADDRESSES.of)
        return said.translate(_ISOLATES)
