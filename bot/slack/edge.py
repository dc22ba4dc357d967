"""The Slack edge as one part: started, stopped and asked for its senders by the composition root."""

import asyncio
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

import structlog
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.addresses import Addresses
from bot.background import Nursery
from bot.clock import Clock
from bot.delivery import DeliveryFailed, Fetch, File
from bot.limiting import Limiter
from bot.slack.answering import Conversation
from bot.slack.application import build_application, register
from bot.slack.calls import Calls
from bot.slack.composing import Composer
from bot.slack.dispatching import Dispatches, House, Readers
from bot.slack.doors import Door, HttpAnswer
from bot.slack.errors import REFUSED_TOKENS, SlackScopesMissing, SlackTokenRefused
from bot.slack.failing import Failing
from bot.slack.manifest import SCOPES
from bot.slack.outgoing import SlackSender, SlackTeamSender, Writer
from bot.slack.parking import Park
from bot.slack.people import People, Workspace
from bot.slack.pictures import Pictures
from bot.slack.repeats import Repeats
from bot.slack.socket import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, SocketMode
from bot.slack.taking import Afterwards
from messages.catalog import Catalog
from messages.message import Photo

log = structlog.get_logger(__name__)


class SlackEdge:
    """The app: its ways in, by Socket Mode or signed HTTP, and what it sends."""

    def __init__(  # noqa: PLR0913 - the composition root hands everything over by name
        self,
        *,
        bot_token: str,
        signing_secret: str | None,
        app_token: str | None,
        api_url: str,
        team_channel: str | None,
        command: str = "/grapevine",
        dispatcher: Dispatches,
        clock: Clock,
        catalog: Catalog,
        addresses: Callable[[], Addresses],
        default_language: str,
        zone: ZoneInfo,
        nursery: Nursery,
        park: Park,
        fetch: Fetch,
        limiter: Limiter,
        elsewhere: tuple[str, ...] = (),
    ) -> None:
        self.command = command
        self.has_team = team_channel is not None
        self._started = self._listens = self._lost = False
        self._people = People(elsewhere=elsewhere, languages=catalog.languages)
        self._calls = Calls(bot_token, api_url, app_token=app_token)
        composer = Composer(catalog, addresses=addresses)
        writer = Writer(composer, Pictures(self._calls, composer, addresses=addresses, fetch=fetch))
        self.sender = SlackSender(self._calls, writer)
        self.team = SlackTeamSender(self._calls, writer, channel=team_channel)
        readers = Readers(catalog=catalog, language=default_language, zone=zone, clock=clock)
        house = House(dispatcher=dispatcher, clock=clock, readers=readers, nursery=nursery, limiter=limiter)
        conversation = Conversation(self._calls, writer, people=self._people, house=house, team_channel=team_channel)
        repeats = Repeats()
        failing = Failing(conversation, repeats=repeats, park=park)
        application = build_application(self._people)
        register(application, conversation, failing=failing, repeats=repeats, lost=self._lose)
        self._afterwards = Afterwards(nursery)
        self._door = Door(application, self._afterwards, signing_secret=signing_secret)
        self._socket = SocketMode(self._calls, self._door, self._afterwards, nursery=nursery) if app_token else None

    @property
    def healthy(self) -> bool:
        """Tell whether the app is connected and, where it takes events, they still come in."""
        listens_in_vain = self._listens and self._socket is not None and not self._socket.connected
        return self._started and not self._lost and not listens_in_vain

    @property
    def team_id(self) -> str:
        """Return the workspace's id; empty until Slack has told it."""
        return self._people.workspace.team

    @property
    def app_id(self) -> str:
        """Return the app's id; empty until Slack has told it."""
        return self._people.workspace.app

    @property
    def app_home(self) -> str:
        """Return the address that opens the app in Slack; empty until its id is known."""
        if not (self.app_id and self.team_id):
            return ""
        return f"https://slack.com/app_redirect?app={self.app_id}&team={self.team_id}"

    async def start(self, *, listen: bool = True) -> None:
        """Connect, however long Slack cannot be reached, and begin to take events; raises SlackTokenRefused.

        A process that does not `listen` can send, and answers what is posted to it, but opens no socket.
        """
        self._calls.open()
        self._listens = listen
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._connect()
                break
            except DeliveryFailed as failure:
                log.warning("slack.unreachable", detail=failure.detail, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE_SECONDS, pause * 2)
        self._started = True

    async def stop(self) -> None:
        """Take nothing more, finish the answers begun, and close the connections."""
        self._started = False
        if self._socket is not None:
            await self._socket.stop()
        await self._afterwards.finish()
        await self._calls.close()

    async def take_http(self, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Take a posted payload and return the answer: 404 without a signing secret, 503 before the start."""
        return await self._door.take_http(body, headers) if self._started else (503, {}, b"")

    async def fetch(self, photo: Photo) -> File:
        """Fetch a picture that somebody sent in Slack; raises FileGone or DeliveryFailed."""
        return await self._calls.download(photo.file)

    async def _connect(self) -> None:
        try:
            told = await self._calls.who_are_we()
        except DeliveryFailed as failure:
            if failure.detail in REFUSED_TOKENS:
                raise SlackTokenRefused from None
            raise
        await self._learn(told)
        if self._listens and self._socket is not None:
            await self._socket.start()

    async def _learn(self, told: AsyncSlackResponse) -> None:
        def word(name: str) -> str:
            return str(told.get(name) or "")

        self._people.workspace = Workspace(
            team=word("team_id"),
            enterprise=word("enterprise_id"),
            app=word("app_id") or await self._app_of(word("bot_id")),
            bot=word("bot_id"),
            bot_user=word("user_id"),
        )
        granted = {scope.strip() for scope in str(told.headers.get("x-oauth-scopes") or "").split(",")}
        missing = tuple(scope for scope in SCOPES if scope not in granted)
        if missing and granted != {""}:
            log.error("slack.scopes-missing", remedy=str(SlackScopesMissing(missing)))

    async def _app_of(self, bot: str) -> str:
        try:
            return await self._calls.app_of(bot)
        except DeliveryFailed as failure:
            if failure.reason in {"wait", "unknown"}:
                raise
            return ""  # the address that opens the app is left out; nothing else needs the id

    def _lose(self) -> None:
        self._lost = True
