"""The composition root: the only place that builds things and hands them to each other."""

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from prometheus_client import CollectorRegistry
from pydantic import SecretStr

from bot import beginning
from bot.accounts import Surroundings, addresses, slack_account, telegram_account
from bot.addresses import Addresses
from bot.background import Nursery
from bot.campaigns import CampaignBoard
from bot.clock import Clock, recall_clock, remember_clock
from bot.delivery import Carriers, File, FileGone
from bot.dispatch import Dispatcher, fresh_draw
from bot.election import Election
from bot.listening import open_port
from bot.outbox.answers import AnswersCounted
from bot.outbox.outbox import Outbox, limiters_for
from bot.pacing import Paced
from bot.peace import peace_of, quiet_hours
from bot.playground.playground import Playground
from bot.playground.slack import peer as pretend_slack
from bot.scheduler import Scheduler
from bot.secret_key import secret_key
from bot.serving import Serving
from bot.settings import Settings
from bot.settled import check
from bot.slack.edge import SlackEdge
from bot.telegram.edge import TelegramEdge
from bot.web.application import WebApp, build
from handlers.events import LinkLookedUp, UpdateParked
from messages.catalog import Catalog, Reader
from messages.message import Photo
from referrals.identity import Identity
from referrals.program import Program
from storage.connect import Database
from storage.migrate import is_migrated, migrate
from storage.notices import TEAM


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
        peace = peace_of(settings)
        self.limiters = limiters_for(self.clock, telegram_per_second=settings.telegram_per_second)
        self.outbox = Outbox(
            self.database,
            clock=self.clock,
            catalog=self.catalog,
            carriers=self._carriers,
            limiters=self.limiters,
            reader=Reader(settings.language, settings.zone),
            peace=peace,
            registry=self.registry,
        )
        self.board = CampaignBoard(
            self.database,
            clock=self.clock,
            carriers=self._carriers,
            limiter=self.limiters[TEAM],
            reader=Reader(settings.language, settings.zone),
        )
        self.dispatcher = Dispatcher(self.database, self.outbox.wake, peace)
        self.paced = Paced(self.dispatcher.dispatch)
        self.scheduler = Scheduler(self.dispatcher.dispatch, self.clock)
        self.playground: Playground | None = None
        self.telegram: TelegramEdge | None = None
        self.slack: SlackEdge | None = None
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
            web = self._build_web()
            self._serving = Serving(web, listener, self.nursery, protocol=web.protocol)
            await self._serving.start()
        except BaseException:
            listener.close()
            raise
        if "worker" in self.settings.roles:
            self.nursery.start(self.outbox.run(), name="outbox")
            self.scheduler.start()
            self.nursery.start(self.board.run(), name="campaign-board")
        else:
            self.nursery.start(AnswersCounted(self.database, self.clock, self.limiters).run(), name="answers")
        await self._start_chats(listen="chat" in self.settings.roles)

    async def stop(self) -> None:
        """Take nothing new, finish what was begun, and close the database last."""
        if self.playground is not None:
            await self.playground.close()
        await self.scheduler.stop()
        await self.outbox.stop()
        if self.telegram is not None:
            await self.telegram.stop()
        await self._election.resign()
        if self.slack is not None:
            await self.slack.stop()
        if self._serving is not None:
            await self._serving.stop()
        await self.nursery.stop()
        await self.database.close()

    async def move_clock(self, by: timedelta) -> None:
        """Move the playground's clock forward, remember it, and do what is due."""
        self.clock.move(by)
        await remember_clock(self.database, self.clock)
        await self.scheduler.beat()
        self.outbox.wake()

    async def _prepare(self, listener: socket.socket) -> None:
        port = int(listener.getsockname()[1])
        is_playground = not self.settings.has_chat
        check(self.settings, self.catalog.languages)
        own: dict[str, object] = {"port": port, "secret_key": secret_key(self.settings)}
        if is_playground:
            own |= {"api_key": self.settings.api_key or SecretStr(secrets.token_urlsafe(24))}
            # A public address waits for the real bot: the pretend platforms answer nobody but this machine.
            own |= {} if self.settings.is_of_this_machine else {"public_url": None}
        self.settings = self.settings.model_copy(update=own)
        await self.database.reach()
        if is_playground:
            beginning.be_alone(self._election)
        await migrate(self.database)
        self._is_migrated = True
        await beginning.keep_play_apart(self.database, is_playground=is_playground)
        if is_playground:
            await recall_clock(self.database, self.clock)
        now = self.clock.now()
        await beginning.apply_program(self.database, self.dispatcher, self.settings, now, is_playground=is_playground)
        program = await beginning.running_program(self.database)
        if is_playground and program is not None:
            owner = Identity("slack", f"{pretend_slack.TEAM}.{pretend_slack.OWNER}")
            await beginning.people_playground(self.database, self.dispatcher, program, now, owner=owner)
            self._open_playground(program)
        self.telegram, self.slack = self._telegram(), self._slack()
        await beginning.note_quiet_hours(self.database, quiet_hours(self.settings))
        if self.slack is not None:
            await beginning.note_team_channel(self.database, is_there=self.slack.has_team)

    async def _start_chats(self, *, listen: bool) -> None:
        """Start the platforms side by side: one that cannot be reached must not hold up the other."""
        try:
            async with asyncio.TaskGroup() as group:
                for edge in (self.telegram, self.slack):
                    if edge is not None:
                        group.create_task(edge.start(listen=listen))
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None

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
            slack_hook=self.slack.take_http if self.slack else None,
            ready=self._missing,
            playground_routes=self.playground.routes if self.playground else [],
            registry=self.registry,
        )

    def addresses(self) -> Addresses:
        """Say where links lead, now that the bots' names may be known."""
        return addresses(
            self.settings,
            self.playground,
            username=self.telegram.username if self.telegram else None,
            slack_app=self.slack.app_home if self.slack else "",
        )

    def _telegram(self) -> TelegramEdge | None:
        account = telegram_account(self.settings, self.playground)
        if account is None:
            return None
        return TelegramEdge(
            **account,
            **self._surroundings("telegram"),
            lease=self._election.is_ours,
        )

    def _slack(self) -> SlackEdge | None:
        account = slack_account(self.settings, self.playground)
        if account is None:
            return None
        return SlackEdge(**account, **self._surroundings("slack"))

    def _surroundings(self, platform: str) -> Surroundings:
        """Return what every chat edge needs of the house."""
        return Surroundings(
            dispatcher=self.paced,
            clock=self.clock,
            catalog=self.catalog,
            addresses=self.addresses,
            default_language=self.settings.language,
            zone=self.settings.zone,
            nursery=self.nursery,
            fetch=self._fetch,
            park=partial(self._park, platform),
            limiter=self.limiters[platform],
        )

    def _open_playground(self, program: Program) -> None:
        self.playground = beginning.open_playground(
            self.settings, program, clock=self.clock, catalog=self.catalog, move_clock=self.move_clock
        )
        self.nursery.start(self.playground.run(), name="playground")

    async def has_program(self) -> bool:
        """Tell whether a program has ever been applied."""
        async with self.database.reading() as store:
            return await store.programs.running() is not None

    async def _find_link(self, code: str) -> FoundLink | None:
        found = await self.dispatcher.dispatch(LinkLookedUp(at=self.clock.now(), draw=fresh_draw(), code=code))
        return None if found.refused else FoundLink(**found.reply)  # type: ignore[arg-type]  # the handler's own keys

    async def _park(self, platform: str, update: str, error: str) -> None:
        await self.dispatcher.dispatch(
            UpdateParked(at=self.clock.now(), draw=fresh_draw(), platform=platform, update=update, error=error)
        )

    async def _fetch(self, photo: Photo) -> File:
        """Fetch a picture from the platform that keeps it; raises FileGone or DeliveryFailed."""
        for edge in (self.telegram, self.slack):
            if edge is not None and edge.sender.platform == photo.platform:
                return await edge.fetch(photo)
        raise FileGone(f"{photo.platform} is not set up here")

    async def _missing(self) -> Sequence[str]:
        """Say what is not ready yet."""
        missing = []
        if not self._is_migrated or not await is_migrated(self.database):
            missing.append("the database's migrations")
        if "chat" in self.settings.roles:
            chats = {"Telegram": self.telegram, "Slack": self.slack}
            missing += [name for name, edge in chats.items() if edge is not None and not edge.healthy]
        return missing

    def _carriers(self) -> Carriers:
        """Say what is set up, and what of it is connected."""
        edges = [edge for edge in (self.telegram, self.slack) if edge is not None]
        slack = self.slack
        return Carriers(
            known=frozenset(edge.sender.platform for edge in edges),
            senders={edge.sender.platform: edge.sender for edge in edges if edge.healthy},
            has_team=slack is not None and slack.has_team,
            team=slack.team if slack is not None and slack.has_team and slack.healthy else None,
        )


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[App]:
    """Run the service for as long as the block lasts."""
    app = App(settings)
    try:
        await app.start()
        yield app
    finally:
        await app.stop()
