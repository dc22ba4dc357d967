"""What the edge's tests share: a strict Slack over HTTP or a socket, the edge before it, and a scripted dispatch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.addresses import Addresses
from bot.background import Nursery
from bot.clock import Clock
from bot.delivery import DeliveryFailed, File, FileGone
from bot.limiting import Allowance, Limiter
from bot.playground.playground import Playground
from bot.playground.slack.peer import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, TEAM_CHANNEL, SlackPeer
from bot.playground.slack.surfaces import View
from bot.slack.dispatching import Dispatches
from bot.slack.edge import SlackEdge
from bot.slack.manifest import manifest, plainly
from messages.catalog import Catalog, Reader
from messages.message import Photo
from messages.pictures import qr_png
from tests.bot.playground.house import TOKEN, Server
from tests.bot.telegram.stage import Script
from tests.oracles import check_blocks, check_view

READER = Reader(language="en", zone=ZoneInfo("UTC"))
PNG = qr_png("a picture that somebody took")
Failing = DeliveryFailed | FileGone | None


class Stage:
    """The peer, served; as many edges before it as a test starts."""

    def __init__(self, *, socket_mode: bool = False) -> None:
        self.catalog = Catalog.load()
        self.clock = Clock()
        self.nursery = Nursery()
        self.server = Server()
        self.script = Script()
        self.dispatcher: Dispatches = self.script
        self.parked: list[tuple[str, str]] = []
        self.parking_fails: Exception | None = None
        self.fetching: Failing = None
        self.public_url: str | None = None
        self.edges: list[SlackEdge] = []
        self.playground = Playground(
            public_url=self.server.url,
            token=TOKEN,
            bot_username="grapevine_demo_bot",
            bot_name="Grapevine",
            now=self.clock.now,
            move_clock=self._move,
            api_key="unused",
            slack_manifest=manifest(
                name="Grapevine",
                public_url=self.server.url,
                socket_mode=socket_mode,
                say=plainly(self.catalog, READER),
            ),
            slack_socket_mode=socket_mode,
        )
        self.socket_mode = socket_mode

    @property
    def peer(self) -> SlackPeer:
        return self.playground.slack

    def addresses(self) -> Addresses:
        return Addresses(
            public_url=self.public_url or self.server.url,
            bot_chat=self.playground.bot_chat,
            slack_command="/grapevine",
            slack_app="https://slack.com/app_redirect?app=A0GRAPE",
        )

    def edge(
        self,
        *,
        bot_token: str = BOT_TOKEN,
        app_token: str = APP_TOKEN,
        api_url: str | None = None,
        team_channel: str | None = TEAM_CHANNEL,
    ) -> SlackEdge:
        """Build an edge, to be started by the test."""
        edge = SlackEdge(
            bot_token=bot_token,
            signing_secret=None if self.socket_mode else SIGNING_SECRET,
            app_token=app_token if self.socket_mode else None,
            api_url=api_url or self.playground.slack_api_url,
            team_channel=team_channel,
            dispatcher=self.dispatcher,
            clock=self.clock,
            catalog=self.catalog,
            addresses=self.addresses,
            default_language="en",
            zone=ZoneInfo("UTC"),
            nursery=self.nursery,
            park=self._park,
            fetch=self._fetch,
            limiter=Limiter(Allowance(per_second=1000), self.clock.elapsed),
            elsewhere=("telegram",),
        )
        self.edges.append(edge)
        return edge

    @staticmethod
    def now() -> float:
        """Tell the time that signatures are judged by."""
        return Clock().real_now().timestamp()

    async def open(self) -> None:
        door = Route("/slack/events", self._take, methods=["POST"])
        await self.server.start([door, *self.playground.routes], ws="websockets-sansio")
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

    def modal(self, user: str) -> View:
        """See the modal that somebody has open."""
        view = self.peer.modal(user)
        assert view is not None
        return view

    async def home(self, user: str) -> View:
        """Open somebody's Home and wait until there is something on it."""
        self.peer.open_home(user)
        await self.peer.wait_for(lambda: self.peer.home(user))
        view = self.peer.home(user)
        assert view is not None
        return view

    def asked(self, method: str) -> list[dict[str, Any]]:
        """Pick the parameters of the calls of one method."""
        return [call.parameters for call in self.peer.calls if call.method == method]

    def judge(self) -> None:
        """Let others' schemas and validators read everything that was sent, and Slack complain of what it bears."""
        assert self.peer.unknown_parameters == []
        assert self.peer.warnings == []
        said = [call.parameters.get("body") or call.parameters for call in self.peer.calls]
        for delivery in self.peer.deliveries:
            assert not delivery.refusal, delivery
            said.append(delivery.answer if isinstance(delivery.answer, dict) else {})
        for body in said:
            if "blocks" in body:
                check_blocks(body["blocks"])
                assert body["text"]
            if "view" in body:
                check_view(body["view"])

    async def _take(self, request: Request) -> Response:
        status, headers, body = await self.edges[-1].take_http(await request.body(), request.headers)
        return Response(body, status, dict(headers))

    async def _park(self, number: str, error: str) -> None:
        if self.parking_fails is not None:
            raise self.parking_fails
        self.parked.append((number, error))

    async def _fetch(self, photo: Photo) -> File:
        if self.fetching is not None:
            raise self.fetching
        return File(content=PNG, media_type="image/png", name=photo.name)

    async def _move(self, by: object) -> None:
        raise NotImplementedError
