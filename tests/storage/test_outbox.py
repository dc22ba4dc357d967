"""The outbox in the database: what is claimed, in which order, and who may still say what became of it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from referrals.identity import Identity
from storage.connect import Database
from storage.notices import Claim, Entry, Waiting
from storage.schema import campaigns, limits, outbox
from tests import audience
from tests.dialogue import MONDAY

SOON, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    async with database.transaction() as store:
        for number, platform in ((1, "telegram"), (2, "telegram"), (3, "slack")):
            await store.customers.add(f"cus_{number}", Identity(platform, str(number)), {}, MONDAY)
    yield database
    await database.close()


async def put(database: Database, key: str, kind: str, *, to: int = 1, wait: timedelta = timedelta()) -> None:
    """Put a notice in."""
    async with database.transaction() as store:
        entry = Entry(recipient=f"cus_{to}", key=key, kind=kind, message={}, at=MONDAY, wait=wait)
        await store.outbox.put(entry)


async def claimed(
    database: Database, fence: str = "ours", *, at: datetime = MONDAY, most: int = 100, lane: str = "telegram"
) -> list[str]:
    """Claim, and say what."""
    return [waiting.key for waiting in await taken(database, fence, at=at, most=most, lane=lane)]


async def taken(
    database: Database, fence: str, *, at: datetime = MONDAY, most: int = 100, lane: str = "telegram"
) -> list[Waiting]:
    """Claim, for a minute."""
    async with database.transaction() as store:
        return await store.outbox.claim(Claim(fence=fence, lanes=[lane], at=at, until=at + MINUTE), most)


async def settled(database: Database, fence: str, key: str, state: str = "sent") -> bool:
    """Settle one notice; tell whether the claim still held it."""
    number = await number_of(database, key)
    async with database.transaction() as store:
        return bool(await store.outbox.settle(fence, [number], state, at=MONDAY))


async def begun(database: Database, fence: str, key: str) -> bool:
    """Begin one notice; tell whether the claim still held it."""
    number = await number_of(database, key)
    async with database.transaction() as store:
        return bool(await store.outbox.begin(fence, [number], MONDAY))


async def number_of(database: Database, key: str) -> int:
    """Find a notice by its key."""
    async with database.migrating() as connection:
        return int((await connection.execute(select(outbox.c.number).where(outbox.c.key == key))).scalar_one())


async def states(database: Database) -> dict[str, str]:
    """Read the state of every notice."""
    async with database.migrating() as connection:
        rows = (await connection.execute(select(outbox.c.key, outbox.c.state))).all()
    return {str(key): str(state) for key, state in rows}


async def test_rewards_go_before_news_and_news_before_marketing(database: Database) -> None:
    await put(database, "weekly", "marketing", to=1)
    async with database.transaction() as store:
        await store.customers.add("cus_4", Identity("telegram", "4"), {}, MONDAY)
    await put(database, "news", "service", to=2)
    await put(database, "reward", "reward", to=4)
    assert await claimed(database) == ["reward", "news", "weekly"]


async def test_one_person_is_written_to_once_at_a_time_and_in_order(database: Database) -> None:
    await put(database, "joined", "service")
    await put(database, "earned", "reward")
    assert await claimed(database) == ["joined"]
    assert await claimed(database, "theirs") == []
    assert await settled(database, "ours", "joined")
    assert await claimed(database, "theirs") == ["earned"]


async def test_what_waits_for_the_morning_holds_up_nothing(database: Database) -> None:
    await put(database, "news", "service", wait=DAY)
    await put(database, "answer", "support")
    assert await claimed(database) == ["answer"]


async def test_what_waits_for_a_moment_is_waited_for(database: Database) -> None:
    await put(database, "joined", "service", wait=SOON)
    await put(database, "earned", "reward")
    assert await claimed(database) == []
    assert await claimed(database, at=MONDAY + SOON) == ["joined"]


async def test_what_was_tried_and_put_back_is_waited_for(database: Database) -> None:
    await put(database, "joined", "service")
    await put(database, "earned", "reward")
    assert await claimed(database) == ["joined"]
    number = await number_of(database, "joined")
    async with database.transaction() as store:
        await store.outbox.postpone("ours", [number], MONDAY + timedelta(hours=1), reason="wait")
    assert await claimed(database) == []


async def test_a_claim_that_was_followed_by_another_settles_nothing(database: Database) -> None:
    await put(database, "reward", "reward")
    assert await claimed(database, "slow") == ["reward"]
    async with database.transaction() as store:
        assert await store.outbox.recover(MONDAY, MONDAY + MINUTE) == 1
    assert await claimed(database, "quick") == ["reward"]
    assert not await settled(database, "slow", "reward", "failed")
    assert await states(database) == {"reward": "sending"}
    assert await settled(database, "quick", "reward")
    assert not await settled(database, "quick", "reward", "failed")
    assert await states(database) == {"reward": "sent"}


async def test_the_dead_leave_marketing_unknown_and_everything_else_to_the_living(database: Database) -> None:
    await put(database, "reward", "reward", to=1)
    await put(database, "weekly", "marketing", to=2)
    assert await claimed(database, "dead") == ["reward", "weekly"]
    assert await begun(database, "dead", "weekly")
    async with database.transaction() as store:
        assert await store.outbox.recover(MONDAY, MONDAY + MINUTE - SOON) == 0
        assert await store.outbox.recover(MONDAY, MONDAY + MINUTE) == 2
    assert await states(database) == {"reward": "queued", "weekly": "unknown"}


async def test_marketing_that_was_held_and_not_begun_is_left_to_the_living(database: Database) -> None:
    await put(database, "weekly", "marketing")
    assert await claimed(database, "stopped") == ["weekly"]
    async with database.transaction() as store:
        assert await store.outbox.recover(MONDAY, MONDAY + MINUTE) == 1
    assert await states(database) == {"weekly": "queued"}
    # Whoever was only stopped finds that it is somebody else's now, before it sends anything.
    assert not await begun(database, "stopped", "weekly")
    assert await claimed(database, "quick") == ["weekly"]
    assert not await begun(database, "stopped", "weekly")
    assert await begun(database, "quick", "weekly")
    number = await number_of(database, "weekly")
    async with database.transaction() as store:
        await store.outbox.postpone("quick", [number], MONDAY, reason="given-back")
    # Put back before it left, and held once more: what was marked before is of no account.
    assert await claimed(database, "dead") == ["weekly"]
    async with database.transaction() as store:
        assert await store.outbox.recover(MONDAY, MONDAY + MINUTE) == 1
    assert await states(database) == {"weekly": "queued"}


async def test_a_notice_goes_by_the_platform_that_reaches_its_reader(database: Database) -> None:
    await put(database, "news", "service", to=3)
    assert await claimed(database) == []
    assert await claimed(database, lane="slack") == ["news"]
    number = await number_of(database, "news")
    async with database.transaction() as store:
        await store.outbox.leave_to("telegram", "ours", number)
    assert await claimed(database) == ["news"]


async def test_who_was_just_written_to_is_left_alone_for_a_second(database: Database) -> None:
    await put(database, "joined", "service")
    await put(database, "earned", "reward")
    assert await claimed(database) == ["joined"]
    number = await number_of(database, "joined")
    async with database.transaction() as store:
        await store.outbox.settle("ours", [number], "sent", at=MONDAY)
        await store.outbox.space(["cus_1"], MONDAY + SOON)
    assert await claimed(database) == []
    assert await claimed(database, at=MONDAY + SOON) == ["earned"]


async def test_nothing_that_waits_for_longer_takes_the_gap_of_a_chat(database: Database) -> None:
    """Another worker claims next: what is asleep until the morning must not be all that was held back."""
    await put(database, "asleep", "service", wait=DAY)
    for key in ("joined", "earned", "redeemed"):
        await put(database, key, "reward")
    assert await claimed(database) == ["joined"]
    number = await number_of(database, "joined")
    async with database.transaction() as store:
        await store.outbox.settle("ours", [number], "sent", at=MONDAY)
        await store.outbox.space(["cus_1"], MONDAY + SOON)
    assert await claimed(database) == []
    assert await claimed(database, at=MONDAY + SOON) == ["earned"]


async def test_a_campaign_leaves_while_it_runs_and_holds_up_nobody(database: Database) -> None:
    people = 5
    await audience.gather(database, people, at=MONDAY)
    await audience.queue_offer(database, people, at=MONDAY)
    await audience.queue_rewards(database, people, at=MONDAY)
    assert len(await taken(database, "rewards")) == people
    assert await claimed(database) == []
    async with database.migrating() as connection:
        await connection.execute(update(outbox).where(outbox.c.kind == "reward").values(state="sent"))
    assert await claimed(database) == []
    await audience.release(database)
    assert len(await claimed(database, most=3)) == 3
    async with database.migrating() as connection:
        await connection.execute(update(campaigns).values(state="paused"))
    assert await claimed(database, "others") == []


async def test_a_campaign_counts_what_became_of_it(database: Database) -> None:
    await audience.gather(database, 6, at=MONDAY)
    await audience.queue_offer(database, 6, at=MONDAY)
    await audience.release(database)
    numbers = [waiting.number for waiting in await taken(database, "ours")]
    async with database.transaction() as store:
        await store.outbox.settle("ours", numbers[:3], "sent", at=MONDAY)
        await store.outbox.settle("ours", numbers[3:4], "suppressed", at=MONDAY, reason="stopped")
        await store.outbox.settle("theirs", numbers[4:], "sent", at=MONDAY)
        await store.outbox.begin("ours", numbers[4:], MONDAY)
        await store.outbox.recover(MONDAY, MONDAY + MINUTE)
    async with database.migrating() as connection:
        row = (await connection.execute(select(campaigns))).one()
    assert (row.planned, row.sent, row.suppressed, row.unknown, row.failed) == (6, 3, 1, 2, 0)


async def test_who_was_slow_and_not_dead_still_says_what_became_of_marketing(database: Database) -> None:
    await audience.gather(database, 6, at=MONDAY)
    await audience.queue_offer(database, 6, at=MONDAY)
    await audience.release(database)
    numbers = [waiting.number for waiting in await taken(database, "slow")]
    async with database.transaction() as store:
        assert await store.outbox.begin("slow", numbers, MONDAY) == set(numbers)
        await store.outbox.recover(MONDAY, MONDAY + MINUTE)
        assert await store.outbox.settle("theirs", numbers[:2], "sent", at=MONDAY) == set()
        assert await store.outbox.settle("slow", numbers[:2], "sent", at=MONDAY) == set(numbers[:2])
        await store.outbox.postpone("theirs", numbers[2:3], MONDAY, reason="given-back", counts=False)
        await store.outbox.postpone("slow", numbers[3:], MONDAY, reason="given-back", counts=False)
    async with database.migrating() as connection:
        row = (await connection.execute(select(campaigns))).one()
    assert (row.planned, row.sent, row.unknown) == (6, 2, 1)
    assert sorted((await states(database)).values()) == ["queued"] * 3 + ["sent"] * 2 + ["unknown"]
    assert {waiting.number for waiting in await taken(database, "quick")} == set(numbers[3:])


async def test_what_a_campaign_ended_without_is_not_put_back(database: Database) -> None:
    await audience.gather(database, 2, at=MONDAY)
    await audience.queue_offer(database, 2, at=MONDAY)
    await audience.release(database)
    numbers = [waiting.number for waiting in await taken(database, "slow")]
    async with database.transaction() as store:
        assert await store.outbox.begin("slow", numbers, MONDAY) == set(numbers)
        await store.outbox.recover(MONDAY, MONDAY + MINUTE)
        assert len(await store.campaigns.end_those_done(MONDAY)) == 1
        await store.outbox.postpone("slow", numbers, MONDAY, reason="given-back", counts=False)
    assert set((await states(database)).values()) == {"unknown"}


async def test_a_token_has_one_row_however_many_ask(database: Database) -> None:
    async with database.transaction() as store:
        first = await store.limits.hold("telegram")
        await store.limits.give("telegram", MONDAY)
        await store.limits.pause("telegram", MONDAY + DAY, MONDAY)
        await store.limits.pause("telegram", MONDAY, MONDAY)
        await store.limits.pause("slack", MONDAY, MONDAY)
        again = await store.limits.hold("telegram")
    assert first.next_at < MONDAY
    assert (again.next_at, again.paused_until) == (MONDAY, MONDAY + DAY)
    async with database.migrating() as connection:
        assert len((await connection.execute(select(limits))).all()) == 2


async def test_a_cancelled_campaign_waits_for_what_is_being_claimed(postgres_url: str) -> None:
    """A claim that has not committed holds its last notices: put back, they would have waited for ever."""
    database, other = Database(postgres_url), Database(postgres_url)
    await audience.gather(database, 2, at=MONDAY)
    await audience.queue_offer(database, 2, at=MONDAY)
    await audience.release(database)
    async with other.transaction() as claiming:
        claim = Claim(fence="theirs", lanes=["telegram"], at=MONDAY, until=MONDAY + MINUTE)
        numbers = [waiting.number for waiting in await claiming.outbox.claim(claim, 2)]
        assert len(numbers) == 2
        async with database.transaction() as store:
            await store.campaigns.move(audience.CAMPAIGN, states=["running"], to="cancelled")
            assert not await store.campaigns.drop_some(MONDAY, 10)
    async with database.transaction() as store:
        await store.outbox.postpone("theirs", numbers, MONDAY, reason="given-back")
        assert await store.campaigns.drop_some(MONDAY, 10)
        assert not await store.campaigns.drop_some(MONDAY, 10)
        assert [campaign.suppressed for campaign in await store.campaigns.newest(1) if campaign.ended_at] == [2]
    for one in (database, other):
        await one.close()
