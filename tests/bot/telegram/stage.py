"""What the edge's tests share: a strict Telegram over real HTTP, the edge before it, and a scripted dispatch."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.addresses import Addresses
from bot.background import Nursery
from bot.clock import Clock
from bot.delivery import File, FileGone
from bot.limiting import Allowance, Limiter
from bot.playground.playground import Playground
from bot.playground.telegram.peer import TelegramPeer
from bot.telegram.edge import TelegramEdge
from handlers.events import Event
from handlers.outcome import Outcome
from messages.catalog import Catalog, Reader
from messages.message import Message, Photo
from tests.bot.playground.house import TOKEN, Server

AnEvent = TypeVar("AnEvent", bound=Event)
Step = Outcome | Exception | asyncio.Event
SECRET = "a-webhook-secret"
READER = Reader(language="en", zone=ZoneInfo("UTC"))


def says(key: str, **details: object) -> Outcome:
    """Say one text; its key is one of commands.ftl, the only texts of the edge itself."""
    return Outcome(answers=(Message(key=key, **details),))  # type: ignore[arg-type]  # a test's shorthand


@dataclass
class Script:
    """Stands in for the dispatcher that is handed to the edge: it records events and hands back what a test ordered."""

    events: list[Event] = field(default_factory=list)
    busy: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    most_at_once: int = 0
    _steps: dict[type[Event], deque[Step]] = field(default_factory=lambda: defaultdict(deque))

    def on(self, kind: type[Event], *steps: Step) -> None:
        """Order what follows each of the next events of a kind; the last step stays."""
        self._steps[kind] = deque(steps)

    async def dispatch(self, event: Event) -> Outcome:
        """Record an event and take the next step: an outcome, a failure, or a wait until the test lets go."""
        self.events.append(event)
        who = event.by.identity.subject if hasattr(event, "by") else ""
        self.busy[who] += 1
        self.most_at_once = max(self.most_at_once, self.busy[who])
        try:
            # Nothing below is instantaneous in life: let others run in between.
            await asyncio.sleep(0)
            return await self._step(self._steps[type(event)])
        finally:
            self.busy[who] -= 1

    async def _step(self, steps: deque[Step]) -> Outcome:
        step: Step = Outcome()
        if steps:
            step = steps.popleft() if len(steps) > 1 else steps[0]
        if isinstance(step, asyncio.Event):
            await step.wait()
            return Outcome()
        if isinstance(step, Exception):
            raise step
        return step

    def heard(self, kind: type[AnEvent]) -> list[AnEvent]:
        """Pick the events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]


class Stage:
    """The peer, served; as many edges before it as a test starts."""

    def __init__(self) -> None:
        self.catalog = Catalog.load()
        self.clock = Clock()
        self.nursery = Nursery()
        self.server = Server()
        self.script = Script()
        self.parked: list[tuple[str, str]] = []
        self.leader = True
        self.lease_failures = 0
        self.kept: dict[Photo, bytes | Exception] = {}  # pictures of the other platform
        self.fetched: list[Photo] = []
        self.edges: list[TelegramEdge] = []
        self.playground = Playground(
            public_url=self.server.url,
            token=TOKEN,
            bot_username="grapevine_demo_bot",
            bot_name="Grapevine",
            now=self.clock.now,
            move_clock=self._move,
            api_key="unused",
        )

    @property
    def peer(self) -> TelegramPeer:
        return self.playground.telegram

    @property
    def api_url(self) -> str:
        return self.playground.telegram_api_url.removesuffix("/bot")

    def addresses(self) -> Addresses:
        return Addresses(
            public_url=self.server.url, bot_chat=self.playground.bot_chat, share_sheet=self.playground.share_sheet
        )

    def edge(self, *, token: str = TOKEN, webhook: bool = False, api_url: str | None = None) -> TelegramEdge:
        """Build an edge, to be started by the test."""
        edge = TelegramEdge(
            token=token,
            api_url=api_url or self.api_url,
            dispatcher=self.script,
            clock=self.clock,
            catalog=self.catalog,
            addresses=self.addresses,
            default_language="en",
            zone=ZoneInfo("UTC"),
            nursery=self.nursery,
            park=self._park,
            lease=self._lease,
            fetch=self._fetch,
            limiter=Limiter(Allowance(per_second=1000), self.clock.elapsed),
            elsewhere=("slack",),
            webhook_secret=SECRET if webhook else None,
            webhook_url=f"{self.server.url}/hooks/telegram" if webhook else None,
        )
        self.edges.append(edge)
        return edge

    async def open(self) -> None:
        hook = Route("/hooks/telegram", self._take_webhook, methods=["POST"])
        await self.server.start([hook, *self.playground.routes])
        self.nursery.start(self.playground.run(), name="playground")

    async def close(self) -> None:
        for edge in self.edges:
            await edge.stop()
        await self.playground.close()
        await self.nursery.stop()
        await self.server.stop()

    async def until(self, true: Callable[[], object], seconds: float = 30.0) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 - what is waited for is a list in somebody else's hands
                await asyncio.sleep(0.005)

    async def _take_webhook(self, request: Request) -> Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        return Response(status_code=await self.edges[-1].take_webhook(await request.body(), secret))

    async def _park(self, update: str, error: str) -> None:
        self.parked.append((update, error))

    async def _fetch(self, photo: Photo) -> File:
        self.fetched.append(photo)
        kept = self.kept.get(photo, FileGone())
        if isinstance(kept, Exception):
            raise kept
        return File(content=kept, media_type="image/png", name=photo.name)

    async def _lease(self) -> bool:
        if self.lease_failures:
            self.lease_failures -= 1
            raise OSError("the database is away")
        return self.leader

    async def _move(self, by: object) -> None:
        raise NotImplementedError
