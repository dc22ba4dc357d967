"""The web edge on a real server over loopback, with a double in place of what lies behind dispatch."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import httpx
import uvicorn
from pydantic import SecretStr
from starlette.routing import BaseRoute

from bot.addresses import Addresses
from bot.background import Nursery
from bot.clock import Clock
from bot.settings import Settings
from bot.web.application import WebApp, build
from bot.web.hooks import TelegramHook
from handlers.events import (
    BalanceSpent,
    ClaimViewed,
    CustomerViewed,
    Event,
    EventReported,
    LandingViewed,
    SharePageViewed,
    SignInRequested,
    SpendingUndone,
)
from handlers.outcome import Outcome
from messages.catalog import Catalog
from messages.message import Message, Phrase, Worth
from referrals import codes
from referrals.money import Amount
from storage.clicks import Click

KEY = "k-correct-horse"
CODE = codes.complete("ANNA234")
SHOP_CODE = codes.complete("SHPP234")
NOBODYS_CODE = codes.complete("NPBDY23")
VOUCHER = codes.complete("VCHR2345678")
TOKEN = "0123456789abcdefghijklmnopqrstuv"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
TIME = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

IN_TELEGRAM = Addresses("https://refer.example", "https://t.me/example_bot")
IN_BOTH = replace(
    IN_TELEGRAM,
    slack_command="/grapevine",
    slack_app="https://slack.com/app_redirect?app=A0GRAPE&team=T0CAFE",
)
IN_SLACK = replace(IN_BOTH, bot_chat="")

FIVE_EUROS = Worth(Amount(500, "EUR"))
LANDING: Mapping[str, object] = {
    "advocate": "Anna",
    "program": "Corner Café",
    "friend_gets": FIVE_EUROS,
    "advocate_gets": Phrase("pages.worth", {"worth": Worth(Amount(1000, "EUR"))}),
    "terms": None,
    "conditions": (Phrase("pages.claim-until", {"until": "the end of May"}),),
    "over": False,
    "code": CODE,
    "words": None,
    "brand": {"color": "", "logo": ""},
}
SHARE: Mapping[str, object] = {
    "program": "Corner Café",
    "words": Phrase("pages.claim-until", {"until": "the end of May"}),
    "friend_gets": FIVE_EUROS,
    "advocate_gets": FIVE_EUROS,
    "over": False,
    "code": CODE,
    "brand": {"color": "", "logo": ""},
}
CLAIM: Mapping[str, object] = {
    "amount": Worth(Amount(1990, "EUR")),
    "program": "Corner Café",
    "brand": {"color": "", "logo": ""},
    "friend_gets": FIVE_EUROS,
    "advocate": "Anna",
    "expires": TIME,
}


@dataclass(frozen=True)
class Known:
    """A link as the redirect knows it."""

    id: str = "lnk_anna"
    revision: int = 3
    destination: str | None = None


LINKS: Mapping[str, Known] = {
    CODE: Known(),
    SHOP_CODE: Known("lnk_shop", 1, "https://shop.example/start?lang=en#top"),
}


class StoppedClock(Clock):
    """A clock that stands still, and counts how often it is read."""

    reads = 0

    def now(self) -> datetime:
        self.reads += 1
        return TIME + self.ahead

    def elapsed(self) -> float:
        return self.ahead.total_seconds()


COUNTS = ("joined", "qualified", "completed", "ineligible", "score")
REDEEMED: Mapping[str, object] = {
    "voucher": "redeemed",
    "reward": "rwd_1",
    "customer": "cus_1",
    "amount": "10.00",
    "unit": "EUR",
    "redeemed_at": TIME,
    "cashier": "",
    "place": "",
}


SPENDING: Mapping[str, object] = {
    "spending": "spd_1",
    "customer": "cus_1",
    "unit": "EUR",
    "amount": "5.00",
    "state": "booked",
    "spent_at": TIME.isoformat(),
    "undone_at": None,
    "balance": "5.00",
}


def seen(customer: str, part: str) -> Mapping[str, object]:
    """Read one part of a customer of whom little is known."""
    if part == "customer":
        told: dict[str, object] = {"id": customer, "first_name": "Ben", "attributes": {}, "identities": []}
        return told | {"code": None, "customer_since": None, "created_at": TIME, "stopped": False, "balances": []}
    if part == "stats":
        return {"customer": customer, "visits": 0, "place": None, "balances": []} | dict.fromkeys(COUNTS, 0)
    return {"customer": customer, part: []}


def usual(event: Event) -> Outcome:
    """Answer an event the way the handlers would, without a database."""
    match event:
        case LandingViewed(code=code):
            return Outcome(reply=LANDING) if code in LINKS else Outcome(refused="unknown-code")
        case SharePageViewed(code=code):
            return Outcome(reply=SHARE) if code in LINKS else Outcome(refused="unknown-code")
        case ClaimViewed(token=token):
            return Outcome(reply=CLAIM) if token == TOKEN else Outcome(refused="unknown-claim")
        case EventReported():
            reply: dict[str, object] = {
                "event": "evt_1",
                "outcome": "recorded",
                "decision": None,
                "referral": None,
                "rewards": [],
            }
            return Outcome(reply={**reply, "customer": "cus_1"}, answers=(Message(key="pages.notice-home-title"),))
        case SignInRequested():
            return Outcome(reply={"token": TOKEN, "expires_at": TIME})
        case CustomerViewed(customer=customer, part=part):
            return Outcome(reply=seen(customer, part))
        case BalanceSpent(customer=customer) | SpendingUndone(customer=customer):
            return Outcome(reply={**SPENDING, "customer": customer})
        case _:
            return Outcome(reply=REDEEMED, answers=(Message(key="pages.notice-home-title"),))


@dataclass
class Behind:
    """What the web edge talks to, and what it was told."""

    answer: Callable[[Event], Outcome] = usual
    events: list[Event] = field(default_factory=list)
    batches: list[Sequence[Click]] = field(default_factory=list)
    lookups: list[str] = field(default_factory=list)
    updates: list[tuple[bytes, str | None]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    hold: asyncio.Event | None = None  # while set and not released, a commit waits
    reached: asyncio.Event = field(default_factory=asyncio.Event)  # set when a commit begins
    failure: Exception | None = None

    @property
    def clicks(self) -> list[Click]:
        return [click for batch in self.batches for click in batch]

    async def dispatch(self, event: Event) -> Outcome:
        self.events.append(event)
        return self.answer(event)

    async def find(self, code: str) -> Known | None:
        self.lookups.append(code)
        return LINKS.get(code)

    async def commit(self, clicks: Sequence[Click]) -> None:
        self.reached.set()
        if self.hold is not None:
            await self.hold.wait()
        if self.failure is not None:
            raise self.failure
        self.batches.append(clicks)

    async def ready(self) -> Sequence[str]:
        return self.missing

    async def hook(self, body: bytes, secret: str | None) -> int:
        self.updates.append((body, secret))
        return 200 if secret == "s3cret" else 403


@dataclass
class House:
    """A running web edge and a visitor's client."""

    behind: Behind
    clock: StoppedClock
    app: WebApp
    client: httpx.AsyncClient

    async def follow(self, code: str, **headers: str) -> httpx.Response:
        """Follow a share link the way a browser does."""
        return await self.client.get(f"/r/{code}", headers={"user-agent": BROWSER} | headers)

    async def post(self, path: str, body: object, **headers: str) -> httpx.Response:
        """Send JSON to the API with the key."""
        key = {"authorization": f"Bearer {KEY}"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post(f"/api/v1{path}", json=body, headers=key | named)

    async def get(self, path: str) -> httpx.Response:
        """Read from the API with the key."""
        return await self.client.get(f"/api/v1{path}", headers={"authorization": f"Bearer {KEY}"})

    async def delete(self, path: str) -> httpx.Response:
        """Take something back over the API."""
        return await self.client.delete(f"/api/v1{path}", headers={"authorization": f"Bearer {KEY}"})


def make_app(  # a test names what it changes
    behind: Behind,
    nursery: Nursery,
    catalog: Catalog,
    *,
    clock: Clock | None = None,
    api_key: str | None = KEY,
    hook: TelegramHook | None = None,
    playground: Sequence[BaseRoute] = (),
    addresses: Addresses = IN_TELEGRAM,
    roles: str = "web,chat,worker",
) -> WebApp:
    """Build the application around a double."""
    return build(
        settings=Settings(_env_file=None, secret_key=SecretStr("of this test"), roles=roles),
        dispatcher=behind,
        clock=clock or Clock(),
        catalog=catalog,
        addresses=lambda: addresses,
        find_link=behind.find,
        commit_clicks=behind.commit,
        nursery=nursery,
        api_key=api_key,
        telegram_hook=hook,
        ready=behind.ready,
        playground_routes=playground,
    )


@contextlib.asynccontextmanager
async def served(app: WebApp) -> AsyncIterator[str]:
    """Serve an application on a free port of this machine."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="on", http=app.protocol)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    # Not serve(): its loop looks only every 100 ms whether it should end, which is most of a test's time.
    await server.startup()
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        await server.shutdown()


@contextlib.asynccontextmanager
async def house(
    catalog: Catalog,
    *,
    behind: Behind | None = None,
    api_key: str | None = KEY,
    playground: Sequence[BaseRoute] = (),
    addresses: Addresses = IN_TELEGRAM,
) -> AsyncIterator[House]:
    """Run a whole web edge."""
    behind, clock, nursery = behind or Behind(), StoppedClock(), Nursery()
    app = make_app(
        behind,
        nursery,
        catalog,
        clock=clock,
        api_key=api_key,
        hook=behind.hook,
        playground=playground,
        addresses=addresses,
    )
    async with served(app) as address, httpx.AsyncClient(base_url=address, timeout=10) as client:
        yield House(behind, clock, app, client)
    await nursery.stop()
