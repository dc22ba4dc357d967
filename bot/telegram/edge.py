"""The Telegram edge as one part: started, stopped and asked for its sender by the composition root."""

import asyncio
from collections.abc import Callable
from zoneinfo import ZoneInfo

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.addresses import Addresses
from bot.background import Nursery
from bot.clock import Clock
from bot.delivery import Fetch, File
from bot.limiting import Limiter
from bot.telegram.answering import Conversation, Dispatches, Readers
from bot.telegram.application import build_application, present, register
from bot.telegram.errors import TokenRefused
from bot.telegram.fetching import fetch as fetch_file
from bot.telegram.outgoing import TelegramSender
from bot.telegram.parking import Lease, Park
from bot.telegram.polling import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Poller
from bot.telegram.webhook import Webhook
from messages.catalog import Catalog, Reader
from messages.message import Photo, Phrase

log = structlog.get_logger(__name__)


class TelegramEdge:
    """The bot: its way in, by polling or webhook, and its sender."""

    def __init__(  # noqa: PLR0913 - the composition root hands everything over by name
        self,
        *,
        token: str,
        api_url: str,
        dispatcher: Dispatches,
        clock: Clock,
        catalog: Catalog,
        addresses: Callable[[], Addresses],
        default_language: str,
        zone: ZoneInfo,
        nursery: Nursery,
        park: Park,
        lease: Lease,
        fetch: Fetch,
        limiter: Limiter,
        elsewhere: tuple[str, ...] = (),
        webhook_secret: str | None = None,
        webhook_url: str | None = None,
    ) -> None:
        self._application = build_application(token, api_url, at_once=limiter.allowance.at_once)
        self._bot = self._application.bot
        self._catalog = catalog
        self._default = Reader(language=default_language, zone=zone)
        self._nursery = nursery
        self._webhook_url = webhook_url
        self._started = False
        self._listens = False
        self._username = ""
        self._menu: asyncio.Task[None] | None = None
        self.sender = TelegramSender(self._bot, catalog, addresses=addresses, fetch=fetch, limiter=limiter)
        readers = Readers(catalog=catalog, language=default_language, zone=zone, clock=clock, elsewhere=elsewhere)
        conversation = Conversation(self._application, self.sender, dispatcher=dispatcher, clock=clock, readers=readers)
        register(self._application, conversation)
        self._poller = Poller(self._bot, conversation, nursery=nursery, park=park, lease=lease)
        self._webhook: Webhook | None = None
        if webhook_url is not None:
            if not webhook_secret:
                raise ValueError("A webhook needs a secret.")
            self._webhook = Webhook(self._bot, conversation, secret=webhook_secret, park=park)

    @property
    def username(self) -> str:
        """Return the bot's name; empty until Telegram has told it."""
        return self._username

    @property
    def healthy(self) -> bool:
        """Tell whether the bot is connected and, where it takes updates, they still come in."""
        return self._started and (not self._listens or self._webhook is not None or self._poller.running)

    async def start(self, *, listen: bool = True) -> None:
        """Connect, however long Telegram cannot be reached, and begin to take updates; raises TokenRefused.

        A process that does not `listen` can send, and answers what is posted to its webhook, but asks for nothing.
        """
        self._listens = listen
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._connect()
                break
            except TelegramError as error:
                log.warning("telegram.unreachable", detail=error.message, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE_SECONDS, pause * 2)
        await self._application.start()
        self._username = str(self._bot.username)
        self._started = True
        if not listen:
            return
        if self._webhook is None:
            self._poller.start()
        self._menu = self._nursery.start(self._present(), name="telegram-menu")

    async def stop(self) -> None:
        """Take no more updates, finish those begun, and close the connections."""
        self._started = False
        if self._menu is not None:
            self._menu.cancel()
        await self._poller.stop()
        if self._application.running:
            await self._application.stop()
        await self._application.shutdown()
        await self._bot.shutdown()

    async def take_webhook(self, body: bytes, secret: str | None) -> int:
        """Take a posted update and return the HTTP status: 404 when this bot polls, 503 before it has started."""
        if self._webhook is None:
            return 404
        return await self._webhook.take(body, secret) if self._started else 503

    async def fetch(self, photo: Photo) -> File:
        """Fetch a picture that somebody sent here; raises FileGone for good, DeliveryFailed for a while."""
        return await fetch_file(self._bot, photo)

    async def _connect(self) -> None:
        try:
            await self._application.initialize()
            if not self._listens:
                return
            if self._webhook is not None and self._webhook_url is not None:
                await self._webhook.open(self._webhook_url)
            else:
                await self._bot.delete_webhook()
            return
        except InvalidToken:
            pass
        # Raised out here: PTB's own error, which would be its context, spells the token out.
        raise TokenRefused

    async def _present(self) -> None:
        await present(self._bot, self._say, self._catalog.languages, default=self._default.language)

    def _say(self, key: str, language: str) -> str:
        return self.sender.plain(Phrase(key), Reader(language=language, zone=self._default.zone))
