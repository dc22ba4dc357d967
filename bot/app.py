"""The composition root: the only place that builds things and hands them to each other."""

import hashlib
import secrets
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from prometheus_client import CollectorRegistry
from pydantic import SecretStr

from bot import demo
from bot.addresses import Addresses
from bot.background import Nursery
from bot.clock import Clock
from bot.delivery import Carriers
from bot.dispatch import Dispatcher, fresh_draw
from bot.election import Election
from bot.listening import open_port
from bot.outbox import Outbox
from bot.playground.playground import Playground
from bot.program import program_text
from bot.scheduler import Scheduler
from bot.secret_key import secret_key
from bot.serving import Serving
from bot.settings import Settings
from bot.telegram.edge import TelegramEdge
from bot.web.application import WebApp, build
from bot.wrong import WrongSetting
from handlers.events import LinkLookedUp, ProgramApplied, UpdateParked
from messages.catalog import Catalog
from referrals.program_file import read_program
from storage.connect import Database
from storage.migrate import is_migrated, migrate

CLOCK_FACT = "playground-clock-ahead"
PLAYED_FACT = "playground-was-here"
PLAYGROUND_TOKEN = "1000:playground"  # noqa: S105 - opens only the pretend Telegram on this machine


@dataclass(frozen=True, kw_only=True)
class FoundLink:
    """What the redirect must know of a link."""

    id: str
    revision: int
    destination: str | None


class App:
    """The running service: every part, built once, started and stopped in order."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = Clock()
        self.nursery = Nursery()
        self.registry = CollectorRegistry()
        self.catalog = Catalog.load()
        self.database = Database(settings.database_url)
        self.dispatcher = Dispatcher(self.database, self._wake_outbox)
        self.scheduler = Scheduler(self.dispatcher.dispatch, self.clock)
        self.outbox = Outbox(
            self.database,
            clock=self.clock,
            catalog=self.catalog,
            carriers=self._carriers,
            language=settings.language,
            zone=settings.zone,
            registry=self.registry,
        )
        self.playground: Playground | None = None
        self.telegram: TelegramEdge | None = None
        self._serving: Serving | None = None
        self._election = Election(self.database, self.clock, "telegram-polling")
        self._is_migrated = False

    @property
    def url(self) -> str:
        """The address to open first."""
        return f"{self.settings.own_url}/playground" if self.playground else self.settings.own_url

    async def start(self) -> None:
        """Listen, migrate, and only then let the bots begin; raises WrongSetting, Unreachable or TokenRefused."""
        listener = open_port(self.settings)
        try:
            await self._prepare(listener)
            self._serving = Serving(self._build_web(), listener, self.nursery)
            await self._serving.start()
        except BaseException:
            listener.close()
            raise
        if "worker" in self.settings.roles:
            self.nursery.start(self.outbox.run(), name="outbox")
            self.scheduler.start()
        if self.telegram is not None:
            await self.telegram.start(listen="chat" in self.settings.roles)

    async def stop(self) -> None:
        """Take nothing new, finish what was begun, and close the database last."""
        if self.playground is not None:
            await self.playground.close()
        self.scheduler.stop()
        if self.telegram is not None:
            await self.telegram.stop()
            await self._election.resign()
        if self._serving is not None:
            await self._serving.stop()
        await self.nursery.stop()
        await self.database.close()

    async def move_clock(self, by: timedelta) -> None:
        """Move the playground's clock forward, remember it, and do what is due."""
        self.clock.move(by)
        async with self.database.transaction() as store:
            await store.due.keep_fact(CLOCK_FACT, str(self.clock.ahead.total_seconds()))
        await self.scheduler.beat()
        self.outbox.wake()

    async def _prepare(self, listener: socket.socket) -> None:
        port = int(listener.getsockname()[1])
        is_playground = not self.settings.has_chat
        api_key = self.settings.api_key or (SecretStr(secrets.token_urlsafe(24)) if is_playground else None)
        self.settings = self.settings.model_copy(
            update={"port": port, "secret_key": secret_key(self.settings), "api_key": api_key}
        )
        await self.database.reach()
        await migrate(self.database)
        self._is_migrated = True
        await self._keep_play_apart(is_playground=is_playground)
        if is_playground:
            await self._recall_clock()
        await self._apply_program(is_playground=is_playground)
        if is_playground:
            await self._open_playground()
        self.telegram = self._telegram()

    def _build_web(self) -> WebApp:
        key = self.settings.api_key
        return build(
            settings=self.settings,
            dispatcher=self.dispatcher,
            clock=self.clock,
            catalog=self.catalog,
            addresses=self.addresses,
            find_link=self._find_link,
            commit_clicks=self.database.batch,
            nursery=self.nursery,
            api_key=key.get_secret_value() if key else None,
            telegram_hook=self.telegram.take_webhook if self.telegram else None,
            ready=self._missing,
            playground_routes=self.playground.routes if self.playground else [],
            registry=self.registry,
        )

    def addresses(self) -> Addresses:
        """Say where links lead, now that the bot's name may be known."""
        if self.playground is not None:
            return Addresses(
                public_url=self.settings.own_url,
                bot_chat=self.playground.bot_chat,
                share_sheet=self.playground.share_sheet,
            )
        username = self.telegram.username if self.telegram else ""
        return Addresses(
            public_url=self.settings.own_url,
            bot_chat=f"https://t.me/{username}",
            has_pages=self.settings.is_public,
        )

    def _telegram(self) -> TelegramEdge:
        own_key = self.settings.secret_key.get_secret_value() if self.settings.secret_key else ""
        token = self.settings.telegram_token
        webhook = self.settings.telegram_mode == "webhook"
        api_url = self.settings.telegram_api_url
        if self.playground is not None:
            api_url = self.playground.telegram_api_url.removesuffix("/bot")
        return TelegramEdge(
            token=token.get_secret_value() if token else PLAYGROUND_TOKEN,
            api_url=api_url,
            dispatcher=self.dispatcher,
            clock=self.clock,
            catalog=self.catalog,
            addresses=self.addresses,
            default_language=self.settings.language,
            zone=self.settings.zone,
            nursery=self.nursery,
            park=self._park,
            lease=self._election.is_ours,
            webhook_secret=hashlib.sha256(f"telegram-webhook:{own_key}".encode()).hexdigest() if webhook else None,
            webhook_url=f"{self.settings.own_url}/hooks/telegram" if webhook else None,
        )

    async def _open_playground(self) -> None:
        text = program_text(self.settings, is_playground=True) or ""
        program = read_program(text, self.settings.zone)
        key = self.settings.api_key
        self.playground = Playground(
            public_url=self.settings.own_url,
            token=PLAYGROUND_TOKEN,
            bot_username="grapevine_demo_bot",
            bot_name=program.name,
            currency=program.currency,
            now=self.clock.now,
            move_clock=self.move_clock,
            api_key=key.get_secret_value() if key else "",
        )
        self.nursery.start(self.playground.run(), name="playground")

    async def _apply_program(self, *, is_playground: bool) -> None:
        text = program_text(self.settings, is_playground=is_playground)
        if text is None:
            return
        now = self.clock.now()
        await self.dispatcher.dispatch(
            ProgramApplied(at=now, draw=fresh_draw(), text=text, zone=self.settings.timezone)
        )
        async with self.database.reading() as store:
            is_new = await store.customers.count() == 0
        if is_playground and is_new and self.settings.program in {None, "demo"}:
            await demo.seed(self.dispatcher.dispatch, now)

    async def _keep_play_apart(self, *, is_playground: bool) -> None:
        """Refuse to serve real customers from a database with demo people and a clock that was moved."""
        if is_playground:
            async with self.database.transaction() as store:
                await store.due.keep_fact(PLAYED_FACT, "yes")
            return
        async with self.database.reading() as store:
            has_played = await store.due.fact(PLAYED_FACT) is not None
        if has_played:
            raise WrongSetting(
                "GRAPEVINE_DATABASE_URL",
                "The playground has used this database: its demo customers and its moved clock are in it.",
                "Choose another, such as sqlite:///data/shop.db, or delete this one.",
            )

    async def has_program(self) -> bool:
        """Tell whether a program has ever been applied."""
        async with self.database.reading() as store:
            return await store.programs.running() is not None

    async def _recall_clock(self) -> None:
        async with self.database.reading() as store:
            ahead = await store.due.fact(CLOCK_FACT)
        self.clock.ahead = timedelta(seconds=float(ahead)) if ahead else timedelta()

    async def _find_link(self, code: str) -> FoundLink | None:
        found = await self.dispatcher.dispatch(LinkLookedUp(at=self.clock.now(), draw=fresh_draw(), code=code))
        return None if found.refused else FoundLink(**found.reply)  # type: ignore[arg-type]  # the handler's own keys

    async def _park(self, update: str, error: str) -> None:
        await self.dispatcher.dispatch(
            UpdateParked(at=self.clock.now(), draw=fresh_draw(), platform="telegram", update=update, error=error)
        )

    async def _missing(self) -> Sequence[str]:
        """Say what is not ready yet."""
        missing = []
        if not self._is_migrated or not await is_migrated(self.database):
            missing.append("the database's migrations")
        if self.telegram is not None and "chat" in self.settings.roles and not self.telegram.healthy:
            missing.append("Telegram")
        return missing

    def _carriers(self) -> Carriers:
        """Say what is set up, and what of it is connected."""
        edges = [edge for edge in (self.telegram,) if edge is not None]
        return Carriers(
            known=frozenset(edge.sender.platform for edge in edges),
            senders={edge.sender.platform: edge.sender for edge in edges if edge.healthy},
        )

    def _wake_outbox(self) -> None:
        self.outbox.wake()


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[App]:
    """Run the service for as long as the block lasts."""
    app = App(settings)
    try:
        await app.start()
        yield app
    finally:
        await app.stop()
