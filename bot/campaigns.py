"""Shows the team how far its campaigns are, each in one message of its channel that is edited as it goes."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.delivery import Carriers, DeliveryFailed, TeamSender
from bot.limiting import SECOND, Limiter, Paused
from handlers.broadcasting import progress
from messages.catalog import Reader
from messages.message import Message
from storage.campaigns import Campaign
from storage.connect import Database
from storage.errors import Busy, TryAgain
from storage.notices import TEAM

log = structlog.get_logger(__name__)

# Slack allows some 50 edits a minute for everything; a campaign that takes an hour is watched, not filmed.
EVERY = timedelta(seconds=5)
# Of several processes one edits; if it dies, another goes on.
LEASE_NAME, LEASE = "campaign-progress", timedelta(seconds=30)


class CampaignBoard:
    """Posts a message for each campaign, and keeps it true until the campaign has ended."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        carriers: Callable[[], Carriers],
        limiter: Limiter,
        reader: Reader,
    ) -> None:
        self._database = database
        self._clock = clock
        self._carriers = carriers
        self._limiter = limiter
        self._reader = reader
        self._name = secrets.token_hex(8)

    async def run(self) -> None:
        """Look every few seconds, for ever."""
        while True:
            try:
                await self.show()
            except (Busy, TryAgain) as error:
                log.info("campaigns.busy", reason=type(error).__name__)
            except Paused as paused:
                log.info("campaigns.not_shown_yet", seconds=paused.seconds)
            except DeliveryFailed as failure:
                log.info("campaigns.not_shown", reason=failure.reason, detail=failure.detail)
            await asyncio.sleep(EVERY.total_seconds())

    async def show(self) -> int:
        """Post or edit what has changed since it was last shown, and return how many messages that were."""
        team = self._carriers().team
        if team is None:
            return 0
        async with self._database.reading() as store:
            untold = await store.campaigns.untold(self._clock.now() - EVERY)
        if not untold:
            return 0
        now = self._clock.real_now()
        async with self._database.transaction() as store:
            if not await store.due.lease(LEASE_NAME, self._name, now, LEASE):
                return 0
        for campaign in untold:
            await self._show(campaign, team)
        return len(untold)

    async def _show(self, campaign: Campaign, team: TeamSender) -> None:
        # Looked at before it is shown: what changes meanwhile is shown the next time.
        at = self._clock.now()
        try:
            number = await self._put(campaign.progress, progress(campaign), team)
        except DeliveryFailed as failure:
            if failure.reason == "wait":
                self._limiter.heed(TEAM, failure.retry_after or SECOND, everyone=True)
            raise
        async with self._database.transaction() as store:
            await store.campaigns.told(campaign.id, at, number)

    async def _put(self, number: str | None, message: Message, team: TeamSender) -> str:
        """Edit the message, or post one where there is none or it was deleted; return its number."""
        async with self._limiter.sending(TEAM):
            if number is not None:
                try:
                    await team.edit(number, message, reader=self._reader.at(self._clock.now()))
                except DeliveryFailed as failure:
                    if not failure.final:
                        raise
                else:
                    return number
            return await team.post(message, thread=None, reader=self._reader.at(self._clock.now()))
