"""Scores: kept beside the referrals, they always say what counting the referrals would say."""

import asyncio
import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from alembic import command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from referrals.identity import Identity
from referrals.periods import PERIODS, period_key
from storage.connect import Database
from storage.referrals import Referral
from storage.schema import customers, referrals, score_counts, scores
from storage.store import Store
from storage.upgrading import configuration

# Half an hour before a month, a week and a year begin in Auckland, which is the day before in UTC.
NEW_YEAR = datetime(2023, 12, 31, 10, 30, tzinfo=UTC)
ZONE = "Pacific/Auckland"
PROGRAM = "demo"
ADVOCATES = 4

advocate = st.integers(0, ADVOCATES - 1)
step = st.one_of(
    st.tuples(st.just("complete"), advocate, st.integers(0, 80)),
    st.tuples(st.just("refund"), st.integers(0, 20), st.just(0)),
    st.tuples(st.just("restore"), st.integers(0, 20), st.just(0)),
    st.tuples(st.just("hand over"), st.integers(0, 20), advocate),
    st.tuples(st.just("board"), advocate, st.integers(0, 1)),
)
# Making a history that differs smaller takes minutes, with a database behind it; the first is short enough.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]


class League:
    """Advocates of one history, and what they completed."""

    def __init__(self, number: int) -> None:
        self.people = [f"cus_{number}_{place}" for place in range(ADVOCATES)]
        self.number = number
        self.referrals: list[str] = []

    async def begins(self, store: Store) -> None:
        """Add the advocates."""
        if await store.programs.running() is None:
            await store.programs.apply(PROGRAM, "", ZONE, NEW_YEAR)
        for person in self.people:
            await joins(store, person)

    async def goes(self, what: str, one: int, other: int, store: Store) -> None:
        """Take one step."""
        match what:
            case "complete":
                number = f"{self.number}_{len(self.referrals)}"
                self.referrals.append(
                    await completes(store, self.people[one], number, NEW_YEAR + timedelta(minutes=15 * other))
                )
            case "board":
                await store.customers.change(self.people[one], on_board=bool(other))
            case _ if self.referrals:
                await self._changes(what, self.referrals[one % len(self.referrals)], self.people[other], store)

    async def _changes(self, what: str, referral: str, to: str, store: Store) -> None:
        if what == "hand over":
            await store.referrals.hand_over(referral, side="advocate", to=to)
        elif what == "refund":
            await store.referrals.move(referral, states=["qualified", "completed"], to="ineligible", ended_at=NEW_YEAR)
        else:
            await store.referrals.move(referral, states=["ineligible"], to="completed", ended_at=None)


def test_scores_are_what_counting_would_say(database_url: str) -> None:
    numbers = itertools.count()
    with asyncio.Runner() as runner:
        database = Database(database_url)

        @settings(max_examples=25, deadline=None, database=None, phases=PHASES, suppress_health_check=list(HealthCheck))
        @given(st.lists(step, min_size=3, max_size=20))
        def any_history(steps: list[tuple[str, int, int]]) -> None:
            async def told() -> None:
                league = League(next(numbers))
                async with database.transaction() as store:
                    await league.begins(store)
                for what, one, other in steps:
                    async with database.transaction() as store:
                        await league.goes(what, one, other, store)
                await agree(database)

            runner.run(told())

        any_history()
        runner.run(database.close())


async def test_places_are_exact_across_the_buckets(database: Database) -> None:
    wanted = [1, 1, 2, 63, 64, 65, 127, 128, 4095, 4096, 4097, 8191, 8192, 300_000]
    async with database.transaction() as store:
        await store.programs.apply(PROGRAM, "", ZONE, NEW_YEAR)
        for place, score in enumerate(wanted):
            await joins(store, f"cus_{place}")
            await store.scores.add(PROGRAM, f"cus_{place}", step=score, revision=1, completed_at=NEW_YEAR)
    async with database.reading() as store:
        for score in {*wanted, 0, 3, 62, 66, 126, 129, 4094, 4098, 8190, 8193, 299_999, 300_001}:
            assert await store.scores.place_of(PROGRAM, score) == 1 + sum(other > score for other in wanted), score
        assert [row.score for row in await store.scores.top(PROGRAM, "all", 3)] == [300_000, 8192, 8191]


async def test_those_who_complete_at_once_are_all_counted(database: Database) -> None:
    async with database.transaction() as store:
        await League(0).begins(store)

    async def one(number: int) -> None:
        async with database.transaction() as store:
            await completes(store, f"cus_0_{number % ADVOCATES}", f"at_once_{number}", NEW_YEAR)
            if number % 5 == 0:
                await store.customers.change(f"cus_0_{number % ADVOCATES}", on_board=number % 10 == 0)

    await asyncio.gather(*(one(number) for number in range(24)))
    await agree(database)


async def test_the_migration_counts_what_is_there(database: Database) -> None:
    league = League(0)
    async with database.transaction() as store:
        await league.begins(store)
        for number in range(12):
            await league.goes("complete", number % 3, number * 9, store)
        await league.goes("board", 1, 0, store)
        await league.goes("refund", 0, 0, store)
    async with database.migrating() as connection:
        before = [(await connection.execute(select(table))).all() for table in (scores, score_counts)]
        await connection.run_sync(_counted_again)
    async with database.migrating() as connection:
        after = [(await connection.execute(select(table))).all() for table in (scores, score_counts)]
    assert {row for row in before[0] if row.score} == set(after[0])
    assert {row for row in before[1] if row.advocates} == set(after[1])
    await agree(database)


def _counted_again(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.downgrade(config, "0002")
    command.upgrade(config, "head")


async def joins(store: Store, person: str) -> None:
    """Add a customer."""
    await store.customers.add(person, Identity("shop", person), {}, NEW_YEAR)


async def completes(store: Store, person: str, number: str, at: datetime) -> str:
    """Bring a friend of this advocate to the end of their hold."""
    link, friend, referral = f"lnk_{person}", f"cus_f{number}", f"ref_{number}"
    await joins(store, friend)
    if await store.links.by_id(link) is None:
        await store.links.show(
            PROGRAM, person, revision=1, link=link, codes=[f"{int.from_bytes(person.encode()) % 10**8:08}"], at=at
        )
    bound = Referral(
        id=referral,
        program_id=PROGRAM,
        link_id=link,
        advocate_id=person,
        friend_id=friend,
        revision=1,
        click=None,
        state="joined",
        joined_at=at,
        qualify_by=at,
    )
    assert await store.referrals.add(bound)
    assert await store.referrals.move(referral, states=["joined"], to="qualified", qualified_at=at)
    assert await store.referrals.move(referral, states=["qualified"], to="completed", completed_at=at)
    return referral


async def agree(database: Database) -> None:
    """Count the referrals anew and compare every score, every place and every board."""
    async with database.migrating() as connection:
        bound = (await connection.execute(select(referrals).where(referrals.c.state == "completed"))).all()
        hidden = set((await connection.execute(select(customers.c.id).where(~customers.c.on_board))).scalars())
    counted: dict[str, Counter[str]] = {}
    for row in bound:
        for period in PERIODS:
            key = period_key(period, row.completed_at, ZoneInfo(ZONE))
            counted.setdefault(key, Counter())[row.advocate_id] += 1
    async with database.reading() as store:
        for key, found in counted.items():
            shown = {person: score for person, score in found.items() if person not in hidden}
            top = await store.scores.top(PROGRAM, key, 1000)
            assert {row.advocate_id: row.score for row in top} == shown
            assert [row.score for row in top] == sorted(shown.values(), reverse=True)
            for person, score in found.items():
                assert await store.scores.of(PROGRAM, person, key) == score
                higher = sum(other > score for other in shown.values())
                assert await store.scores.place_of(PROGRAM, score, key) == 1 + higher
