"""The long poll: chats run concurrently, each chat in order, and nothing is acknowledged before it is committed."""

import asyncio
from collections import deque
from collections.abc import Sequence
from functools import partial
from itertools import count

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.background import Nursery
from bot.dispatch import Busy
from bot.telegram.answering import Conversation
from bot.telegram.errors import TokenRefused
from bot.telegram.incoming import ALLOWED_UPDATES, has_content
from bot.telegram.parking import ATTEMPTS, Lease, Park, describe
from bot.telegram.progress import Progress
from bot.telegram.request import TooFast

LONG_POLL_SECONDS = 25
BATCH = 100  # the most that Telegram hands out at once
# While an update in front is not committed, Telegram hands out the same ones again at once: without a pause the loop
# would ask as fast as the network allows.
STUCK_SECONDS = 0.5
# An ordinary failure is over in a moment; the chat behind the update waits this long, and twice this the second time.
RETRY_SECONDS = 0.5
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
CONFLICT_SECONDS = 10.0
LEASE_SECONDS = 2.0
# More chats than this at once and the store is slower than they are: fetching on would only fill memory.
MOST_CHATS = 400
FINISH_SECONDS = 10.0

log = structlog.get_logger(__name__)


class Poller:
    """Asks Telegram for updates while it holds the lease, and runs each through the conversation."""

    def __init__(self, bot: Bot, conversation: Conversation, *, nursery: Nursery, park: Park, lease: Lease) -> None:
        self._bot = bot
        self._conversation = conversation
        self._nursery = nursery
        self._park = park
        self._lease = lease
        self._progress = Progress()
        self._moved = asyncio.Event()
        self._waiting: dict[int, deque[Update]] = {}  # per chat, in order
        self._chats: set[asyncio.Task[None]] = set()
        self._loop: asyncio.Task[None] | None = None
        self._asked: int | None = None
        self._failures = 0
        self._stopping = False

    @property
    def running(self) -> bool:
        """Tell whether updates are being asked for, or the lease for it."""
        return self._loop is not None and not self._loop.done()

    def start(self) -> None:
        """Begin to poll, and again whenever that ends by a failure, such as a database that cannot give the lease."""
        self._loop = self._nursery.start(self._run(), name="telegram-polling")
        self._loop.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Ask for no more, finish what was begun, and tell Telegram what need not come again."""
        self._stopping = True
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.wait({self._loop})
        if self._chats:
            await asyncio.wait(set(self._chats), timeout=FINISH_SECONDS)
        if self._progress.offset == self._asked:
            return
        try:
            # Whatever this returns is not acknowledged by it: it comes again at the next start.
            await self._bot.get_updates(
                offset=self._progress.offset, limit=1, timeout=0, allowed_updates=ALLOWED_UPDATES, read_timeout=2
            )
        except TelegramError:
            log.info("telegram.offset-not-confirmed")

    def _ended(self, loop: asyncio.Task[None]) -> None:
        if self._stopping or loop.cancelled() or loop.exception() is None:
            return
        self._failures += 1  # the nursery has logged the failure itself
        self.start()

    async def _run(self) -> None:
        if self._failures:
            await asyncio.sleep(self._pause())
        while True:
            if not await self._lease():
                await asyncio.sleep(LEASE_SECONDS)
                continue
            try:
                await self._round()
            except InvalidToken:
                log.error("telegram.polling-ended", remedy=str(TokenRefused()))
                return
            except TelegramError as error:
                await self._wait_out(error)

    async def _round(self) -> None:
        asked = self._progress.offset
        self._moved.clear()
        updates = await self._bot.get_updates(
            offset=asked, limit=BATCH, timeout=LONG_POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
        )
        self._asked = asked
        self._failures = 0
        fresh = self._progress.receive(asked, [update.update_id for update in updates])
        self._begin([update for update in updates if update.update_id in fresh])
        if updates and not fresh:
            await self._until_moved(STUCK_SECONDS)
        while len(self._waiting) > MOST_CHATS:
            await self._until_moved(STUCK_SECONDS)

    def _begin(self, updates: Sequence[Update]) -> None:
        for update in updates:
            user = update.effective_user
            chat = user.id if user else -update.update_id
            if chat in self._waiting:
                self._waiting[chat].append(update)
                continue
            self._waiting[chat] = deque([update])
            task = self._nursery.start(self._in_order(chat), name="telegram-chat")
            self._chats.add(task)
            task.add_done_callback(self._chats.discard)

    async def _in_order(self, chat: int) -> None:
        waiting = self._waiting[chat]
        try:
            while waiting:
                await self._settle(waiting[0])
                waiting.popleft()
        finally:
            # When even setting aside has failed, Telegram keeps this update and those behind it for us.
            for update in waiting:
                self._progress.give_back(update.update_id)
            del self._waiting[chat]
            self._moved.set()

    async def _settle(self, update: Update) -> None:
        finished = partial(self._finished, update.update_id)
        if not has_content(update):
            await self._give_up(update, "The update cannot be read.")
            return
        failures = count(1)
        while (error := await self._conversation.take(update, finished)) is not None:
            # Waiting for the write lock is nobody's fault: it does not count.
            failure = 0 if isinstance(error, Busy) else next(failures)
            if failure == ATTEMPTS:
                log.error("telegram.update-given-up", update=update.update_id, exc_info=error)
                await self._give_up(update, describe(error))
                return
            log.warning("telegram.update-failed", update=update.update_id, error=describe(error))
            await asyncio.sleep(RETRY_SECONDS * max(failure, 1))

    async def _give_up(self, update: Update, error: str) -> None:
        await self._park(str(update.update_id), error)
        self._finished(update.update_id)
        await self._conversation.apologise(update)

    def _finished(self, update: int) -> None:
        self._progress.finish(update)
        self._moved.set()

    async def _until_moved(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._moved.wait()
        except TimeoutError:
            return
        self._moved.clear()

    async def _wait_out(self, error: TelegramError) -> None:
        self._failures += 1
        pause = self._pause()
        match error:
            case Conflict():
                pause = CONFLICT_SECONDS
                log.error(
                    "telegram.another-poller", detail=error.message, remedy="One bot, one poller: stop the other."
                )
            case TooFast():
                pause = error.seconds
                log.warning("telegram.polling-too-fast", seconds=pause)
            case _:
                log.warning("telegram.unreachable", detail=error.message, seconds=pause)
        await asyncio.sleep(pause)

    def _pause(self) -> float:
        return min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * (1 << min(self._failures - 1, 10)))
