"""Home: everybody's own page in the app, published when they open it and after what they did there."""

import asyncio
from weakref import WeakValueDictionary

import structlog

from bot.delivery import DeliveryFailed
from bot.dispatch import Busy
from bot.slack import modals
from bot.slack.calls import Calls, Written
from bot.slack.composing import Surface
from bot.slack.dispatching import House
from bot.slack.outgoing import Writer
from bot.slack.people import user_of
from handlers.events import HomeOpened, Person
from handlers.outcome import Outcome

log = structlog.get_logger(__name__)


class Home:
    """Publishes the page of whoever looks at it."""

    def __init__(self, calls: Calls, writer: Writer, house: House) -> None:
        self._calls = calls
        self._writer = writer
        self._house = house
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def opened(self, by: Person) -> HomeOpened:
        """Say that somebody looks at their page."""
        return HomeOpened(**self._house.now(by))

    async def refresh(self, by: Person) -> None:
        """Publish a page again, after something on it may have changed."""
        # One after the other: a page that waited for its picture must not cover a newer one.
        async with self._turn(by):
            try:
                outcome = await self._house.dispatcher.dispatch(self.opened(by))
            except Busy:
                return  # it shows what was true a moment ago, and is made anew when it is opened
            await self._publish(by, outcome)

    async def publish(self, by: Person, outcome: Outcome) -> None:
        """Show somebody their page."""
        async with self._turn(by):
            await self._publish(by, outcome)

    def _turn(self, by: Person) -> asyncio.Lock:
        return self._turns.setdefault(by.identity.subject, asyncio.Lock())

    async def _publish(self, by: Person, outcome: Outcome) -> None:
        reader = self._house.readers.reader(by, outcome)
        user = user_of(by.identity.subject)

        async def show(written: Written) -> None:
            view = modals.home(written.blocks, lambda phrase: self._writer.composer.plain(phrase, reader))
            await self._calls.publish_home(user, view)

        try:
            await self._writer.put(show, outcome.answers, reader, surface=Surface.VIEW, toast=outcome.toast)
        except DeliveryFailed as failure:
            log.warning("slack.home-not-published", reason=failure.reason, detail=failure.detail)
