"""Learns, after somebody's first words, what they are called and where they live: Slack's payloads do not say."""

import structlog

from bot.delivery import DeliveryFailed
from bot.dispatch import Busy
from bot.slack.calls import Calls
from bot.slack.dispatching import House
from bot.slack.people import People, profile_of, user_of
from handlers.events import Introduced, Person

log = structlog.get_logger(__name__)


class Introductions:
    """Asks Slack about each person once per process."""

    def __init__(self, calls: Calls, people: People, house: House) -> None:
        self._calls = calls
        self._people = people
        self._house = house

    async def introduce(self, person: Person) -> None:
        """Ask who somebody is and pass it on; where that cannot be done now, their next words are another occasion."""
        try:
            told = await self._calls.user(user_of(person.identity.subject))
            introduced = self._people.learn(person, profile_of(told, self._people.workspace))
            await self._house.dispatcher.dispatch(Introduced(**self._house.now(introduced)))
        except (DeliveryFailed, Busy) as failure:
            self._people.forget(person)
            log.info("slack.not-introduced", why=type(failure).__name__)
