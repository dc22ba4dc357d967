"""The outbox: in order for each person, stop before everything, at least once for rewards, at most for marketing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import update
from structlog.testing import capture_logs

from bot.background import Nursery
from bot.delivery import Carriers, DeliveryFailed, Sender
from bot.limiting import Allowance, Limiter
from bot.outbox.claiming import LEASE
from bot.outbox.outbox import Outbox
from bot.outbox.sending import MOST_ATTEMPTS, QUICK_ATTEMPTS
from handlers.events import HumanAsked, Person, SettingChosen
from messages.catalog import Catalog, Reader
from messages.message import Message
from storage.connect import Database
from storage.notices import PRIORITIES, Claim
from storage.schema import customers, identities, outbox
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CAROL, CHLOE, DORA, MALLORY, SAM, a_crowd, someone

# One message after the other, as fast as the platform takes them.
ALLOWED = Allowance(per_second=1_000_000, chat_seconds=0, at_once=1)


@dataclass
class Postman:
    """Carries messages to people's doors, or fails as a platform does."""

    platform: str = "telegram"
    delivered: list[tuple[str, str]] = field(default_factory=list)
    failures: dict[str, list[Exception]] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    seconds: float = 0.0
    messages: list[Message] = field(default_factory=list)
    languages: dict[str, str] = field(default_factory=dict)  # of those who received something

    async def send(self, subject: str, message: Message, *, reader: Reader) -> None:
        self.before()
        assert isinstance(reader, Reader)
        await asyncio.sleep(self.seconds)
        if self.failures.get(subject):
            raise self.failures[subject].pop(0)
        self.delivered.append((subject, message.key))
        self.languages[subject] = reader.language
        self.messages.append(message)

    def brought(self, who: Person) -> list[str]:
        """List what somebody received."""
        return [key for subject, key in self.delivered if subject == who.identity.subject]

    def fails(self, who: Person, *failures: Exception) -> None:
        """Let the next deliveries to somebody fail."""
        self.failures[who.identity.subject] = list(failures)


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def box(talk: Dialogue, postman: Postman) -> Outbox:
    return outbox_of(talk, postman)


async def test_each_person_hears_in_order(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    await talk.refunds("receipt-1")
    await emptied(box)
    story = ["joining.friend-joined", "earning.pending-advocate", "rewarding.notice-available"]
    assert postman.brought(ALICE) == [*story, "earning.revoked-refunded-advocate"]
    assert await states(talk) == {"sent"}


async def test_names_are_put_in_when_a_notice_leaves_and_are_never_kept(
    talk: Dialogue, box: Outbox, postman: Postman
) -> None:
    await talk.earns(ALICE, BOB)
    assert not [row for row in await talk.rows(outbox) if "Bob" in str(row.message) or "Alice" in str(row.message)]
    async with talk.database.migrating() as connection:
        await connection.execute(update(customers).values(first_name="Robert").where(customers.c.first_name == "Bob"))
    await emptied(box)
    [joined] = [message for message in postman.messages if message.key == "joining.friend-joined"]
    assert joined.values["friend"] == "Robert"


async def test_each_person_hears_in_their_language(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    """What the app said when they came, or what they chose since: a notice has no app to ask."""
    ana, ben = replace(ALICE, language="es-MX"), replace(BOB, language="es", languages=("en", "es"))
    await talk.earns(ana, ben)
    await talk.tells(SettingChosen, by=ben, choice="language:en")
    await emptied(box)
    assert postman.languages == {ana.identity.subject: "es", ben.identity.subject: "en"}


async def test_stop_beats_what_is_queued(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    await talk.earns(ALICE, BOB)
    await talk.says(ALICE, "/stop")
    await emptied(box)
    assert postman.brought(ALICE) == []
    assert {(notice.state, notice.reason) for notice in await talk.notices_for(ALICE)} == {("suppressed", "stopped")}
    assert postman.brought(BOB) == ["earning.pending-friend"]
    assert "€10: on its way" in (await talk.says(ALICE, "/rewards")).text


async def test_stop_is_looked_at_in_the_last_moment(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    """Alice says stop while the notice for Bob is on its way: her own was taken already."""
    await talk.earns(ALICE, BOB)
    taken = asyncio.Event()
    postman.before, postman.seconds = taken.set, 0.3

    async def alice_stops() -> None:
        await taken.wait()
        await talk.says(ALICE, "/stop")

    await asyncio.gather(emptied(box), alice_stops())
    assert postman.brought(BOB)
    assert postman.brought(ALICE) == []


async def test_start_lets_later_notices_through_again(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    await talk.brings(ALICE, BOB)
    await talk.says(ALICE, "/stop")
    await emptied(box)
    await talk.says(ALICE, "/start")
    await talk.buys(BOB)
    await emptied(box)
    assert postman.brought(ALICE) == ["earning.pending-advocate"]


async def test_who_wants_no_news_still_hears_of_rewards(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    await talk.says(ALICE, "/start")
    await talk.taps(ALICE, await talk.says(ALICE, "/settings"), "Turn news about friends off")
    await talk.earns(ALICE, BOB)
    await emptied(box)
    assert postman.brought(ALICE) == ["earning.pending-advocate"]
    assert [notice.reason for notice in await talk.notices_for(ALICE)] == ["notices-off", None]


async def test_marketing_needs_the_consent_at_the_moment_of_sending(
    talk: Dialogue, box: Outbox, postman: Postman
) -> None:
    await weekly_for(talk, DORA, CHLOE)
    await talk.taps(DORA, await talk.says(DORA, "/settings"), "Turn reminders off")
    await emptied(box)
    assert postman.brought(DORA) == []
    assert [notice.reason for notice in await talk.notices_for(DORA)] == ["no-consent"]
    assert postman.brought(CHLOE) == ["leading.weekly"]


async def test_marketing_that_was_begun_is_never_begun_again(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    await weekly_for(talk, DORA)
    await taken_and_killed(talk, begun=True)
    talk.clock.move(LEASE)
    await emptied(box)
    assert postman.brought(DORA) == []
    assert [(notice.state, notice.reason) for notice in await talk.notices_for(DORA)] == [("unknown", "begun-before")]


async def test_marketing_that_was_held_and_not_begun_is_sent_by_another(
    talk: Dialogue, box: Outbox, postman: Postman
) -> None:
    await weekly_for(talk, DORA)
    await taken_and_killed(talk)
    talk.clock.move(LEASE)
    await emptied(box)
    assert postman.brought(DORA) == ["leading.weekly"]
    assert await states(talk) == {"sent"}


async def test_marketing_that_may_have_arrived_is_not_repeated(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    await weekly_for(talk, DORA)
    postman.fails(DORA, DeliveryFailed("unknown"))
    await emptied(box)
    talk.later(hours=1)
    await emptied(box)
    assert postman.brought(DORA) == []
    assert [notice.state for notice in await talk.notices_for(DORA)] == ["unknown"]


async def test_a_reward_notice_that_was_begun_is_sent_again(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    await talk.earns(ALICE, BOB)
    await taken_and_killed(talk)
    await emptied(box)
    assert postman.delivered == []  # whoever holds them may still be alive
    talk.clock.move(LEASE)
    await emptied(box)
    assert postman.brought(ALICE) == ["joining.friend-joined", "earning.pending-advocate"]


async def test_a_reward_notice_that_may_have_arrived_is_sent_again_and_reads_the_same(
    talk: Dialogue, box: Outbox, postman: Postman
) -> None:
    await talk.earns(ALICE, BOB)
    await emptied(box)
    await talk.passes(days=15)
    postman.fails(ALICE, DeliveryFailed("unknown"))
    await emptied(box)
    assert postman.brought(ALICE)[-1] != "rewarding.notice-available"
    talk.later(seconds=3)
    await emptied(box)
    assert postman.brought(ALICE)[-1] == "rewarding.notice-available"


@pytest.mark.parametrize("reason", ["unknown", "unreachable"])
async def test_pauses_grow_and_a_lost_cause_is_given_up(
    talk: Dialogue, box: Outbox, postman: Postman, reason: str
) -> None:
    await talk.brings(ALICE, BOB)
    failures = (DeliveryFailed(reason) for _ in range(MOST_ATTEMPTS + 1))  # type: ignore[arg-type]  # a table
    postman.fails(ALICE, *failures)
    waits = []
    await emptied(box)
    while (await talk.notices_for(ALICE))[0].state == "queued":
        [row] = await talk.rows(outbox)
        waits.append(row.not_before - talk.clock.now())
        talk.clock.move(waits[-1])
        await emptied(box)
    assert waits[:3] == [timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=4)]
    assert max(waits[:QUICK_ATTEMPTS]) == timedelta(minutes=5)
    assert max(waits) == timedelta(hours=1)
    assert len(waits) == MOST_ATTEMPTS
    # From Friday evening until Monday morning nobody may notice.
    assert timedelta(hours=64) < sum(waits, timedelta()) < timedelta(days=7)
    assert [notice.state for notice in await talk.notices_for(ALICE)] == ["failed"]


async def test_stopping_finishes_what_is_being_sent_and_leaves_nothing_begun(
    talk: Dialogue, box: Outbox, postman: Postman
) -> None:
    for friend in a_crowd(5):
        await talk.brings(ALICE, friend)
    await talk.brings(BOB, CHLOE)
    begun = asyncio.Event()
    postman.seconds, postman.before = 0.05, begun.set
    running = Nursery().start(box.run(), name="outbox")
    await begun.wait()
    await box.stop()
    assert running.done()
    assert "sending" not in await states(talk)
    sent = [row for row in await talk.rows(outbox) if row.state == "sent"]
    assert len(sent) == len(postman.delivered) > 0


async def test_stopping_while_it_settles_settles_nothing_twice(talk: Dialogue, postman: Postman) -> None:
    """It was cancelled in the middle of its commit, which went through, and then found its own notices lost."""
    with capture_logs() as logged:
        for turns, friend in enumerate(a_crowd(12)):
            box, left = outbox_of(talk, postman), asyncio.Event()
            postman.before = left.set
            await talk.brings(BOB, friend)
            running = Nursery().start(box.run(), name="outbox")
            await left.wait()
            for _ in range(turns):
                await asyncio.sleep(0)
            await box.stop()
            assert running.done()
    assert [line for line in logged if line["event"] == "outbox.lease_lost"] == []
    assert "sending" not in await states(talk)


async def test_a_platform_that_refuses_us_holds_up_no_other_and_loses_nothing(talk: Dialogue) -> None:
    slack, telegram = Postman("slack"), Postman()
    await talk.joins(SAM, await talk.code_of(ALICE))
    await talk.joins(BOB, await talk.code_of(SAM))
    talk.later(seconds=5)
    slack.fails(SAM, *(DeliveryFailed("unreachable", everyone=True) for _ in range(2 * MOST_ATTEMPTS)))
    box = outbox_of(talk, slack, telegram)
    for _ in range(2 * MOST_ATTEMPTS):
        await emptied(box)
        talk.later(minutes=5)
    assert telegram.brought(ALICE) == ["joining.friend-joined"]
    assert slack.brought(SAM) == []
    await emptied(box)
    assert slack.brought(SAM) == ["joining.friend-joined"]


async def test_what_waits_for_the_team_waits_as_long_as_it_takes(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.says(ALICE, "Where is my coat?")
    await talk.tells(HumanAsked, by=ALICE)
    team = Noticeboard([DeliveryFailed("unreachable") for _ in range(2 * MOST_ATTEMPTS)])
    box = outbox_of(talk, team=team)
    for _ in range(2 * MOST_ATTEMPTS):
        await emptied(box)
        talk.later(minutes=5)
    assert team.posted == []
    await emptied(box)
    assert [message.key for message in team.posted] == ["supporting.opened"]


@pytest.mark.parametrize(("reason", "reachable"), [("blocked", False), ("gone", False), ("refused", True)])
async def test_a_final_failure_is_final_and_a_block_is_remembered(
    talk: Dialogue, box: Outbox, postman: Postman, *, reason: str, reachable: bool
) -> None:
    await talk.brings(ALICE, BOB)
    postman.fails(ALICE, DeliveryFailed(reason))  # type: ignore[arg-type]  # a table
    await emptied(box)
    assert [(notice.state, notice.reason) for notice in await talk.notices_for(ALICE)] == [("failed", reason)]
    [alice] = [row for row in await talk.rows(identities) if row.subject == ALICE.identity.subject]
    assert bool(alice.is_reachable) is reachable


async def test_who_blocked_us_is_not_tried_until_they_come_back(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    await talk.brings(ALICE, BOB)
    postman.fails(ALICE, DeliveryFailed("blocked"))
    await emptied(box)
    await talk.buys(BOB)
    await emptied(box)
    assert postman.brought(ALICE) == []
    assert [notice.reason for notice in await talk.notices_for(ALICE)] == ["blocked", "no-chat"]
    await talk.says(ALICE, "/start")
    await talk.passes(days=15)
    await emptied(box)
    assert postman.brought(ALICE) == ["rewarding.notice-available"]


async def test_a_wait_for_one_chat_holds_up_nobody_else(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    await talk.earns(ALICE, BOB)
    postman.fails(ALICE, DeliveryFailed("wait", retry_after=30))
    await emptied(box)
    assert postman.brought(ALICE) == []
    assert postman.brought(BOB) == ["earning.pending-friend"]
    talk.later(seconds=29)
    await emptied(box)
    assert postman.brought(ALICE) == []
    talk.later(seconds=1)
    await emptied(box)
    assert postman.brought(ALICE) == ["joining.friend-joined", "earning.pending-advocate"]


@pytest.mark.parametrize("kind", ["service", "marketing"])
async def test_a_chat_that_must_wait_hears_nothing_else_either(
    talk: Dialogue, box: Outbox, postman: Postman, kind: str
) -> None:
    """What was put in before, such as a campaign's, holds up nothing by itself; nor does what comes in meanwhile."""
    await talk.brings(ALICE, BOB)
    async with talk.database.migrating() as connection:
        await connection.execute(update(customers).values(reminders_agreed_at=talk.clock.now()))
        await connection.execute(update(outbox).values(kind=kind, priority=PRIORITIES[kind]))
    postman.fails(ALICE, DeliveryFailed("wait", retry_after=600))
    await emptied(box)
    await talk.buys(BOB)
    talk.later(seconds=599)
    await emptied(box)
    assert postman.brought(ALICE) == []
    assert postman.brought(BOB) == ["earning.pending-friend"]
    talk.later(seconds=1)
    await emptied(box)
    assert set(postman.brought(ALICE)) == {"joining.friend-joined", "earning.pending-advocate"}


async def test_who_is_asked_to_wait_again_and_again_is_not_given_up(
    talk: Dialogue, box: Outbox, postman: Postman
) -> None:
    await talk.brings(ALICE, BOB)
    postman.fails(ALICE, *(DeliveryFailed("wait", retry_after=1) for _ in range(MOST_ATTEMPTS + 2)))
    for _ in range(MOST_ATTEMPTS + 3):
        await emptied(box)
        talk.later(seconds=1)
    assert postman.brought(ALICE) == ["joining.friend-joined"]


async def test_a_wait_for_everyone_is_waited_by_everyone(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    for number, advocate in enumerate((ALICE, CHLOE, CAROL, MALLORY)):
        await talk.brings(advocate, someone("Friend", 9000 + number))
    postman.fails(CHLOE, DeliveryFailed("wait", retry_after=17, everyone=True))
    await emptied(box)
    assert len(postman.delivered) == 1
    talk.later(seconds=16)
    await emptied(box)
    assert len(postman.delivered) == 1
    talk.later(seconds=1)
    await emptied(box)
    assert len(postman.delivered) == 4
    assert await states(talk) == {"sent"}


async def test_what_is_held_too_long_is_given_back_before_somebody_else_takes_it(
    talk: Dialogue, box: Outbox, postman: Postman
) -> None:
    code = await talk.code_of(ALICE)
    crowd = a_crowd(6)
    for friend in crowd:
        await talk.joins(friend, code)
        await talk.code_of(friend)
        await talk.brings(friend, someone("Friend", 20_000 + int(friend.identity.subject)))
    rival = Postman()
    postman.before = lambda: talk.clock.move(timedelta(seconds=20))  # a platform that answers at the last moment
    await box.send_some()
    assert 0 < len(postman.delivered) <= 2
    await emptied(outbox_of(talk, rival))
    both = postman.delivered + rival.delivered
    assert len(both) == len(await talk.rows(outbox))


async def test_a_person_without_a_chat_is_not_written_to(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    code = await talk.code_of(ALICE)
    friend = Person(identity=type(BOB.identity)("email", "bob@example.org"), first_name="Bob")
    await talk.buys(friend, code=code)
    await emptied(box)
    assert [notice.reason for notice in await talk.notices_for(friend)] == ["no-chat"]
    assert postman.brought(ALICE) == ["earning.pending-advocate"]


async def test_without_a_platform_everything_waits(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    assert await outbox_of(talk, None).send_some() == 0
    assert await states(talk) == {"queued"}


async def test_one_odd_notice_does_not_hold_up_the_others(talk: Dialogue, box: Outbox, postman: Postman) -> None:
    await talk.earns(ALICE, BOB)
    async with talk.database.migrating() as connection:
        await connection.execute(update(outbox).where(outbox.c.key.like("joined:%")).values(message={"$": "Nonsense"}))
    await emptied(box)
    assert postman.brought(BOB) == ["earning.pending-friend"]
    for _ in range(5):
        talk.clock.move(LEASE)
        await emptied(box)
    assert "failed" in await states(talk)
    assert postman.brought(ALICE) == ["earning.pending-advocate"]


async def test_two_processes_send_each_notice_once(postgres_url: str, talk_on_postgres: Dialogue) -> None:
    talk = talk_on_postgres
    code = await talk.code_of(ALICE)
    for friend in a_crowd(20):
        await talk.joins(friend, code)
        await talk.buys(friend)
    postman = Postman(seconds=0.001)
    other = Dialogue(Database(postgres_url), talk.catalog, clock=talk.clock)
    boxes = [outbox_of(talk, postman), outbox_of(other, postman), outbox_of(other, postman)]
    await asyncio.gather(*(emptied(box) for box in boxes))
    await asyncio.gather(*(emptied(box) for box in boxes))
    assert len(postman.delivered) == len(await talk.rows(outbox)) == 60
    assert await states(talk) == {"sent"}
    # Though three processes sent, she hears of each friend's joining before their purchase.
    heard = postman.brought(ALICE)
    assert all(heard[: 2 * at].count("joining.friend-joined") >= at for at in range(1, 20))
    await other.database.close()


@pytest.fixture
async def talk_on_postgres(postgres_url: str, catalog: Catalog) -> AsyncIterator[Dialogue]:
    """A shop with room for many processes."""
    talk = Dialogue(Database(postgres_url), catalog)
    await talk.opens()
    yield talk
    await talk.database.close()


@dataclass
class Noticeboard:
    """Takes what is posted to the team, or fails as a platform does."""

    failures: list[DeliveryFailed] = field(default_factory=list)
    posted: list[Message] = field(default_factory=list)

    async def post(self, message: Message, *, thread: str | None, reader: Reader) -> str:
        assert isinstance(reader, Reader)
        if self.failures:
            raise self.failures.pop(0)
        self.posted.append(message)
        return thread or f"thread-{len(self.posted)}"

    async def edit(self, number: str, message: Message, *, reader: Reader) -> None:
        raise AssertionError(f"The outbox edits nothing, such as {message.key} in {number} for {reader.language}.")


def outbox_of(talk: Dialogue, *postmen: Postman | None, team: Noticeboard | None = None) -> Outbox:
    """Build the sender of one process."""
    senders: dict[str, Sender] = {postman.platform: postman for postman in postmen if postman}
    return Outbox(
        talk.database,
        clock=talk.clock,
        catalog=talk.catalog,
        carriers=lambda: Carriers(
            known=frozenset({"telegram", *senders}), senders=senders, has_team=team is not None, team=team
        ),
        limiters={name: Limiter(ALLOWED, talk.clock.elapsed) for name in ("telegram", "slack", "team")},
        reader=Reader("en", ZoneInfo("UTC")),
        registry=CollectorRegistry(),
    )


async def emptied(box: Outbox) -> None:
    """Send as long as there is something to send."""
    while await box.send_some():
        pass


async def states(talk: Dialogue) -> set[str]:
    """Read which states the notices are in."""
    return {row.state for row in await talk.rows(outbox)}


async def weekly_for(talk: Dialogue, *people: Person) -> None:
    """Let the weekly leaderboard be queued for these people, and nothing else."""
    await talk.earns(ALICE, BOB)
    await talk.passes(days=14)
    for person in people:
        await talk.says(person, "/start")
        await talk.taps(person, await talk.says(person, "/settings"), "Turn reminders on")
    await talk.passes(days=7)


async def taken_and_killed(talk: Dialogue, *, begun: bool = False) -> None:
    """A process takes everything that waits, and dies before it settles anything."""
    async with talk.database.transaction() as store:
        now = talk.clock.now()
        taken = await store.outbox.claim(Claim(fence="dead", lanes=("telegram",), at=now, until=now + LEASE), 100)
        assert taken
        if begun:
            await store.outbox.begin("dead", [notice.number for notice in taken], now)
