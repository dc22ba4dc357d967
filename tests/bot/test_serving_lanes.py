"""Workers with different tokens over one database: each sends by its own platforms, and leaves the rest to others."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from sqlalchemy import update
from structlog.testing import capture_logs

from bot.cli.outbox import _shown
from bot.cli.workers import examine_workers
from bot.clock import Clock
from bot.delivery import Carriers, DeliveryFailed
from bot.limiting import Limiter
from bot.outbox.claiming import OTHERS_SECONDS, Batch
from bot.outbox.outbox import Outbox
from bot.outbox.sending import SHARED_LATENESS_SECONDS
from bot.outbox.serving import GRACE_SECONDS
from bot.settings import Settings
from handlers.events import HumanAsked, Person
from messages.catalog import Reader
from referrals.identity import Identity
from storage.connect import Database
from storage.errors import Busy
from storage.notices import Entry
from storage.schema import identities, outbox
from storage.workers import SILENT_AFTER, Worker, served
from tests.bot.test_outbox import ALLOWED, Noticeboard, Postman, emptied, states, weekly_for
from tests.dialogue import MONDAY, Dialogue
from tests.people import ALICE, BOB, SAM

HOUR = timedelta(hours=1)


class SetClock(Clock):
    """A machine's clock that can be set back; what it counts only grows."""

    def __init__(self, inner: Clock) -> None:
        super().__init__()
        self._inner = inner
        self.back = timedelta()

    def now(self) -> datetime:
        """Return what it shows."""
        return self._inner.now() - self.back

    def real_now(self) -> datetime:
        """Return the same."""
        return self.now()

    def elapsed(self) -> float:
        """Return what no setting changes."""
        return self._inner.elapsed()


def worker(
    talk: Dialogue,
    *postmen: Postman,
    team: Noticeboard | None = None,
    registry: CollectorRegistry | None = None,
    clock: Clock | None = None,
) -> Outbox:
    """Build the sender of a process that has these tokens and no other."""
    senders = {postman.platform: postman for postman in postmen}
    clock = clock or talk.clock
    return Outbox(
        talk.database,
        clock=clock,
        catalog=talk.catalog,
        carriers=lambda: Carriers(
            known=frozenset(senders), senders=dict(senders), has_team=team is not None, team=team
        ),
        limiters={name: Limiter(ALLOWED, clock.elapsed) for name in ("telegram", "slack", "team")},
        reader=Reader("en", ZoneInfo("UTC")),
        registry=registry or CollectorRegistry(),
    )


async def watched(*boxes: Outbox) -> None:
    """Let each of these workers say that it is alive, and then look at what waits."""
    for box in boxes:
        await box._say_alive()
    for box in boxes:
        await box._count()


async def test_a_worker_leaves_what_it_has_no_token_for_to_one_that_has(talk: Dialogue) -> None:
    slack, telegram = Postman("slack"), Postman()
    await talk.joins(SAM, await talk.code_of(ALICE))
    await talk.joins(BOB, await talk.code_of(SAM))
    ours, other = worker(talk, slack), worker(talk, telegram)
    await watched(ours, other)
    await emptied(ours)
    assert slack.brought(SAM) == ["joining.friend-joined"]
    assert Counter(row.state for row in await talk.rows(outbox)) == {"sent": 1, "queued": 1}
    await emptied(other)
    assert telegram.brought(ALICE) == ["joining.friend-joined"]
    assert await states(talk) == {"sent"}


async def test_what_nobody_serves_waits_and_is_named(talk: Dialogue, database_url: str) -> None:
    registry = CollectorRegistry()
    await talk.earns(ALICE, BOB)
    ours = worker(talk, Postman("slack"), registry=registry)
    await watched(ours)
    with capture_logs() as logged:
        for _ in range(3):
            talk.later(seconds=GRACE_SECONDS)
            await watched(ours)
            await emptied(ours)
    (line,) = [line for line in logged if line["event"] == "outbox.nobody_serves"]
    assert (line["platform"], line["notices"]) == ("telegram", 3)
    assert line["remedy"].startswith("set GRAPEVINE_TELEGRAM_TOKEN")
    assert 'grapevine_outbox_unserved{platform="telegram"} 3.0' in generate_latest(registry).decode()
    assert await states(talk) == {"queued"}
    now = Clock().real_now()
    async with talk.database.transaction() as store:
        await store.workers.seen(Worker(name="w", host="h", started_at=now, seen_at=now, serves="slack"))
    settings = Settings(_env_file=None, database_url=database_url)
    shown = await _shown(settings)
    assert any(line.startswith("3 of these wait for Telegram, by which no worker sends: set GRAPE") for line in shown)
    said = await examine_workers(settings)
    assert said is not None
    assert "notices (3) wait for Telegram, by which no running worker sends" in said
    assert "set GRAPEVINE_TELEGRAM_TOKEN where a worker runs" in said
    # It comes after all, and nothing was lost.
    telegram = Postman()
    await emptied(worker(talk, telegram))
    assert len(telegram.delivered) == 3


async def test_marketing_that_nobody_serves_ends_with_its_time_and_rewards_do_not(talk: Dialogue) -> None:
    await weekly_for(talk, ALICE)
    ours = worker(talk, Postman("slack"))
    await watched(ours)
    talk.later(days=8)
    await watched(ours)
    ends = Counter((row.kind, row.state, row.reason) for row in await talk.rows(outbox))
    assert ends["marketing", "suppressed", "expired"] == 1
    assert ends["reward", "queued", None] >= 1
    assert {state for _, state, _ in ends} == {"suppressed", "queued"}


async def test_who_has_another_chat_is_written_to_there_when_nobody_serves_the_first(talk: Dialogue) -> None:
    slack = Postman("slack")
    await talk.earns(ALICE, BOB)
    alice = await talk.id_of(ALICE)
    async with talk.database.transaction() as store:
        await store.customers.add_identity(alice, Identity("slack", "T1.UALICE"), talk.clock.now())
    ours = worker(talk, slack)
    await watched(ours)
    await emptied(ours)
    assert slack.delivered == []  # whoever has the token may be starting again
    talk.later(seconds=GRACE_SECONDS)
    await watched(ours)
    await emptied(ours)
    assert {subject for subject, _ in slack.delivered} == {"T1.UALICE"}
    assert {row.state for row in await talk.rows(outbox) if row.customer_id == alice} == {"sent"}
    assert {row.state for row in await talk.rows(outbox) if row.customer_id != alice} == {"queued"}


async def test_what_the_team_is_to_hear_waits_for_a_worker_with_its_channel(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.says(ALICE, "Where is my coat?")
    await talk.tells(HumanAsked, by=ALICE)
    ours = worker(talk, Postman())
    await watched(ours)
    talk.later(seconds=GRACE_SECONDS)
    await watched(ours)
    await emptied(ours)
    assert await states(talk) == {"queued"}
    team = Noticeboard()
    await emptied(worker(talk, Postman("slack"), team=team))
    assert [message.key for message in team.posted] == ["supporting.opened"]


async def test_where_no_channel_was_ever_set_up_nothing_waits_for_it(talk: Dialogue) -> None:
    async with talk.database.transaction() as store:
        await store.outbox.put(Entry(recipient="team", key="k", kind="team", message={}, at=talk.clock.now()))
    ours = worker(talk, Postman())
    await watched(ours)
    talk.later(seconds=GRACE_SECONDS)
    await watched(ours)
    assert [(row.state, row.reason) for row in await talk.rows(outbox)] == [("suppressed", "no-team-channel")]


def test_a_worker_of_an_older_version_may_send_by_anything() -> None:
    def seen(serves: str | None, ago: timedelta = timedelta()) -> Worker:
        return Worker(name="w", host="h", started_at=MONDAY, seen_at=MONDAY - ago, serves=serves)

    assert served([seen("slack"), seen("slack,telegram")], MONDAY) == {"slack", "telegram"}
    assert served([seen("slack"), seen(None)], MONDAY) == {"slack", "telegram", "team"}
    assert served([seen("slack", 2 * SILENT_AFTER), seen("slack", -2 * SILENT_AFTER), seen("")], MONDAY) == set()


async def test_who_became_reachable_by_another_platform_is_left_to_its_worker(talk: Dialogue) -> None:
    """Nobody knew a chat of theirs when the notice was put in; the worker that finds one has no token for it."""
    code = await talk.code_of(ALICE)
    friend = Person(identity=Identity("email", "bob@example.org"), first_name="Bob")
    await talk.buys(friend, code=code)
    async with talk.database.transaction() as store:
        await store.customers.add_identity(await talk.id_of(friend), Identity("telegram", "4711"), talk.clock.now())
    await emptied(worker(talk, Postman("slack")))
    assert {(row.state, row.lane) for row in await talk.rows(outbox)} == {("queued", "telegram")}


# --- clocks that are set back ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_seen_before", [True, False], ids=["seen-before", "started-after"])
async def test_a_pause_lasts_as_long_as_was_asked_wherever_the_clock_is_set(
    talk: Dialogue, *, is_seen_before: bool
) -> None:
    telegram = Postman()
    telegram.fails(ALICE, DeliveryFailed("wait", retry_after=30, everyone=True))
    await talk.joins(BOB, await talk.code_of(ALICE))
    refused = worker(talk, telegram)
    await refused._watch()
    await emptied(refused)
    clock = SetClock(talk.clock)
    other = worker(talk, telegram, clock=clock)
    if is_seen_before:
        await other._watch()
        await other.send_some()
    clock.back = HOUR
    await other._watch()
    await other.send_some()
    assert telegram.delivered == []
    talk.later(seconds=31)
    await emptied(other)
    assert telegram.brought(ALICE) == ["joining.friend-joined"]


async def test_what_a_dead_worker_holds_is_let_go_though_the_clock_was_set_back(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    clock, telegram = SetClock(talk.clock), Postman()
    box = worker(talk, telegram, clock=clock)
    for lane in box._lanes.values():
        await box._claim(lane)  # and dies
    other = worker(talk, telegram, clock=clock)
    await other._watch()
    clock.back = HOUR
    await other._watch()
    await emptied(other)
    assert telegram.delivered == []  # whoever holds them has a minute from now on, if it lives
    talk.later(seconds=61)
    await other._watch()
    await emptied(other)
    assert len(telegram.delivered) == 3
    assert await states(talk) == {"sent"}


async def test_a_lease_of_the_future_is_cut_down_to_one_of_now(talk: Dialogue) -> None:
    async def taken(holder: str, at: timedelta) -> bool:
        async with talk.database.transaction() as store:
            return await store.due.lease("polling", holder, MONDAY + at, timedelta(seconds=30))

    assert await taken("first", HOUR)
    # The clock is set back an hour, and the first, if it lives, keeps what it has.
    assert not await taken("second", timedelta())
    assert await taken("first", timedelta(seconds=10))
    assert not await taken("second", timedelta(seconds=35))
    assert await taken("second", timedelta(seconds=41))


async def test_what_would_be_over_before_it_may_leave_ends_at_the_door(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    alice = await talk.id_of(ALICE)
    late = Entry(
        recipient=alice,
        key="late",
        kind="marketing",
        message={},
        at=talk.clock.now(),
        wait=2 * HOUR,
        expires_at=talk.clock.now() + HOUR,
    )
    async with talk.database.transaction() as store:
        await store.outbox.put(late)
        backlog = await store.outbox.backlog()
    (row,) = await talk.rows(outbox)
    assert (row.state, row.reason, row.settled_at) == ("suppressed", "expired", talk.clock.now())
    assert backlog == []


async def test_what_is_put_back_beyond_its_end_ends(talk: Dialogue) -> None:
    telegram = Postman()
    await weekly_for(talk, ALICE)
    telegram.fails(ALICE, DeliveryFailed("wait", retry_after=9 * 86_400))
    async with talk.database.migrating() as connection:
        await connection.execute(update(outbox).where(outbox.c.kind != "marketing").values(state="sent"))
    await emptied(worker(talk, telegram))
    (row,) = [row for row in await talk.rows(outbox) if row.kind == "marketing"]
    assert (row.state, row.reason) == ("suppressed", "expired")


async def test_who_has_no_chat_at_all_is_not_waited_for(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    async with talk.database.migrating() as connection:
        await connection.execute(update(identities).values(is_reachable=False))
        await connection.execute(update(outbox).values(lane="anywhere"))
    await emptied(worker(talk, Postman("slack")))
    assert {(row.state, row.reason) for row in await talk.rows(outbox)} == {("suppressed", "no-chat")}


# --- a machine that stands still -------------------------------------------------------------------------------------


async def test_a_process_frozen_in_the_middle_of_a_claim_holds_up_nobody(postgres_url: str) -> None:
    frozen, living = Database(postgres_url), Database(postgres_url)

    async def claims() -> None:
        async with living.transaction() as store:
            await store.limits.hold("telegram")

    async def is_frozen_and_thaws() -> None:
        async with frozen.transaction() as store:
            await store.limits.hold("telegram")
            with pytest.raises(Busy):
                await claims()
            async with living.transaction() as other:
                assert await other.sessions.end_frozen(timedelta(hours=1)) == 0
                assert await other.sessions.end_frozen(timedelta()) == 1
            await claims()
            await store.limits.give("telegram", MONDAY)

    try:
        with pytest.raises(Busy):  # it finds out, and nothing of it is written
            await is_frozen_and_thaws()
        async with frozen.transaction() as store:  # on a new connection
            assert (await store.limits.hold("telegram")).next_at < MONDAY
    finally:
        await frozen.close()
        await living.close()


# --- several workers of one token ------------------------------------------------------------------------------------


async def test_workers_that_send_side_by_side_keep_farther_from_the_limit(talk: Dialogue) -> None:
    ours, other = worker(talk, Postman()), worker(talk, Postman())

    async def claims(box: Outbox) -> Batch:
        lane = box._lanes["telegram"]
        lane.limiter.debt = 1
        return await box._claim(lane)

    alone = await claims(ours)
    together = [await claims(other), await claims(ours)]
    talk.later(seconds=2 * OTHERS_SECONDS)
    assert [alone.is_shared, *(one.is_shared for one in together)] == [False, True, True]
    assert all(one.spacing > alone.spacing for one in together)
    assert not (await claims(ours)).is_shared


async def test_what_one_of_several_is_late_by_the_next_slices_begin_later_by(talk: Dialogue) -> None:
    box = worker(talk, Postman())
    lane = box._lanes["telegram"]
    batch = Batch("fence", MONDAY, spacing=0.01, is_shared=True)
    box._sending._heed_lateness(batch, lane, SHARED_LATENESS_SECONDS / 2)
    assert (batch.starts_at, lane.limiter.debt) == (0.0, 0)
    box._sending._heed_lateness(batch, lane, 0.5)
    assert (batch.starts_at, lane.limiter.debt) == (0.5, 50)
    alone = Batch("fence", MONDAY, spacing=0.01)
    box._sending._heed_lateness(alone, lane, 0.5)  # it makes up for that
    assert (alone.starts_at, lane.limiter.debt) == (0.0, 50)
