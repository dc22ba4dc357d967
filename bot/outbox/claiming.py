"""Claims what is due: a batch of notices and the slice of the token's time to send them in, in one transaction."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.outbox.lanes import Lane
from bot.outbox.metrics import Metrics
from bot.outbox.restraining import restrained
from bot.peace import Peace
from storage.connect import Database
from storage.notices import Claim, Waiting

# A send takes at most the platform's 20 seconds; whoever holds a notice three times as long has died. Counted in the
# time of the machines, not in the playground's, where days pass in a moment.
LEASE = timedelta(seconds=60)
# A batch is sent in a fifth of a second, and the next one is claimed when half of it has left: a crash leaves what was
# claimed and not sent, and the shorter this is, the more often the database commits.
BATCH_SECONDS = 0.2
SMALLEST_BATCH, LARGEST_BATCH = 4, 500
# Whoever finds more than this given away comes back later: the other workers are at it.
AHEAD_SECONDS = 0.5
# No slice reaches further; what does was written before the machine's clock was set back.
NEVER_AHEAD_SECONDS = 10.0
# Of the limit, what several processes take together: what each is late by adds up. With the margin of one process, 27
# of 600 messages were refused at 30 a second, and 128 of 3,000 at 300.
SHARED_MARGIN = 0.95
# Whoever took a slice so lately has messages within the platform's second, or on their way.
OTHERS_SECONDS = 2.0
RECOVER_EVERY_SECONDS = 1.0
# All of a batch was more than its readers are to hear this week: there may be others behind it.
AT_ONCE = 0.001


@dataclass
class Batch:
    """Claimed notices, and when each may leave: so many seconds apart, from a moment of `Clock.elapsed`."""

    fence: str
    claimed_at: datetime
    elapsed: float = 0.0  # the same moment by the clock that is never set back
    counted: float = 0.0  # and by the one that nobody sets at all, the playground neither
    notices: Sequence[Waiting] = ()
    starts_at: float = 0.0
    spacing: float = 0.0
    is_shared: bool = False  # others take slices, too: what left in the last second nobody knows
    retry_in: float | None = None  # where nothing was claimed because it is not our turn

    def slot(self, place: int) -> float:
        """Say when the notice at this place may leave."""
        return self.starts_at + place * self.spacing

    @property
    def next_claim_at(self) -> float:
        """Say when the next batch is to be claimed, so that it is there in time."""
        return self.slot(len(self.notices)) - BATCH_SECONDS / 2

    def is_stale(self, clock: Clock) -> bool:
        """Tell whether what was claimed would soon be somebody else's; a clock that was set must not hide it."""
        by_the_clock = (clock.real_now() - self.claimed_at).total_seconds()
        by_count = clock.real_elapsed() - self.counted
        return max(by_the_clock, by_count) > LEASE.total_seconds() / 2


@dataclass(frozen=True)
class Errand:
    """One notice on its way: with the claim that holds it, and the lane it goes by."""

    notice: Waiting
    batch: Batch
    lane: Lane


class Claiming:
    """Takes batches from the database, for this process."""

    def __init__(self, database: Database, clock: Clock, peace: Peace, metrics: Metrics) -> None:
        self._database = database
        self._clock = clock
        self._peace = peace
        self._metrics = metrics

    async def recover(self) -> None:
        """Let go of what dead workers were sending."""
        async with self._database.transaction() as store:
            await store.outbox.recover(self._clock.now(), self._clock.real_now())

    async def claim(self, lane: Lane) -> Batch:
        """Claim what is due in a lane; the batch is empty when there is nothing, or when others are before us."""
        now = self._clock.now()
        elapsed, counted = self._clock.elapsed(), self._clock.real_elapsed()
        batch = Batch(secrets.token_hex(8), self._clock.real_now(), elapsed, counted)
        allowance = lane.limiter.allowance
        most = min(max(int(allowance.pace * BATCH_SECONDS), SMALLEST_BATCH), LARGEST_BATCH)
        async with self._database.transaction() as store:
            limit = await store.limits.hold(lane.name)
            if (pause := lane.asked_to_wait(limit, now, batch.elapsed)) > 0:
                batch.retry_in = pause
                return batch
            at = await store.limits.now(self._clock.real_now())
            if lane.given_until != limit.next_at and (at - limit.next_at).total_seconds() < OTHERS_SECONDS:
                lane.others_until = batch.elapsed + OTHERS_SECONDS
            batch.is_shared = batch.elapsed < lane.others_until
            ahead = _ahead(lane, limit.next_at, at, is_shared=batch.is_shared)
            if ahead > AHEAD_SECONDS:
                batch.retry_in = ahead - AHEAD_SECONDS / 2
                return batch
            claim = Claim(fence=batch.fence, lanes=[lane.name], at=now, until=batch.claimed_at + LEASE)
            claimed = await store.outbox.claim(claim, most)
            batch.notices = await restrained(claimed, claim, self._peace, store)
            owed, batch.spacing = (
                lane.limiter.debt,
                1 / (allowance.per_second * SHARED_MARGIN if batch.is_shared else allowance.pace),
            )
            given = at + timedelta(seconds=ahead + (len(batch.notices) + owed) * batch.spacing)
            if batch.notices or owed:
                await store.limits.give(lane.name, given)
        lane.limiter.debt -= owed
        if dropped := len(claimed) - len(batch.notices):
            self._metrics.restrained(dropped)
            batch.retry_in = None if batch.notices else AT_ONCE
        lane.given_until = given
        batch.starts_at = self._clock.elapsed() + ahead
        return batch


def _ahead(lane: Lane, next_at: datetime, now: datetime, *, is_shared: bool) -> float:
    """Say in how many seconds our slice begins; in the past where nobody else has sent in the last second.

    What we were late by is then made up for: this process knows all that was sent, and counts it over the second.
    """
    ahead = (next_at - now).total_seconds()
    if ahead > NEVER_AHEAD_SECONDS:
        return 0.0
    return max(ahead, 0.0 if is_shared else -lane.catches_up)
