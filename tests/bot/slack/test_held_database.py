"""While somebody else holds the database, Slack has every acknowledgement in time, and nothing is lost or doubled."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg
import pytest

from bot.dispatch import Dispatcher, fresh_draw
from bot.playground.slack.peer import SAM, TESS
from handlers.events import ProgramApplied
from referrals.program_file import preset
from storage.connect import Database
from tests.bot.slack.stage import PNG, Stage

DEADLINE = 3.0


@pytest.fixture
async def running(posted: Stage, database: Database) -> Stage:
    """The edge before the app's own dispatcher, with the demo program."""
    dispatcher = Dispatcher(database, lambda: None)
    applied = ProgramApplied(at=posted.clock.now(), draw=fresh_draw(), text=preset("demo"), zone="UTC")
    await dispatcher.dispatch(applied)
    posted.dispatcher = dispatcher
    await posted.edge().start()
    return posted


def held(url: str) -> AbstractAsyncContextManager[None]:
    """Keep every writer of the database waiting, readers apart."""
    return _held_file(url) if url.startswith("sqlite") else _held_table(url)


@asynccontextmanager
async def _held_file(url: str) -> AsyncIterator[None]:
    connection = sqlite3.connect(url.partition("///")[2], isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@asynccontextmanager
async def _held_table(url: str) -> AsyncIterator[None]:
    connection = await asyncpg.connect(url.replace("+asyncpg", "", 1))
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE customers, identities, links IN EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()


async def customers(database: Database) -> int:
    async with database.reading() as store:
        return await store.customers.count()


async def test_while_it_is_held_for_longer_than_a_write_waits(
    running: Stage, database: Database, database_url: str
) -> None:
    peer = running.peer
    async with held(database_url):
        command = peer.command(SAM, "join")
        home = peer.open_home(TESS)
        await peer.settled(command)
        await peer.settled(home)
    assert "Please try it again" in (await peer.next_message(SAM)).words
    peer.command(SAM, "join")
    assert "Corner Café" in (await peer.next_message(SAM)).words
    await peer.settled()
    await running.until(lambda: peer.home(TESS))
    assert all(delivery.is_acked and delivery.seconds < DEADLINE for delivery in peer.deliveries)
    assert not peer.notices
    assert await customers(database) == 1


async def test_an_event_comes_again_and_counts_once(running: Stage, database: Database, database_url: str) -> None:
    peer = running.peer
    async with held(database_url):
        peer.write(SAM, text="join")
        await running.until(lambda: peer.deliveries[0].attempts)
    await peer.next_message(SAM)
    await peer.settled()
    attempts = peer.deliveries[0].attempts
    assert attempts[0].status == 500
    assert attempts[-1].status == 200
    assert all(attempt.seconds < DEADLINE for attempt in attempts)
    assert await customers(database) == 1
    assert not running.parked


async def test_many_pictures_are_one_payload_with_one_deadline(
    running: Stage, database: Database, database_url: str
) -> None:
    peer = running.peer
    peer.command(SAM, "join")
    await peer.next_message(SAM)
    for _ in range(2):
        async with held(database_url):
            peer.write(SAM, text="look", files=[(f"{number}.png", PNG) for number in range(8)])
            await asyncio.sleep(1.2)
    await peer.settled()
    attempts = [attempt for delivery in peer.deliveries for attempt in delivery.attempts]
    assert all(attempt.seconds < DEADLINE for attempt in attempts)
    assert all(delivery.is_acked for delivery in peer.deliveries)
    assert not running.parked


async def test_a_write_of_a_tenth_of_a_second_is_waited_out(running: Stage, database_url: str) -> None:
    peer = running.peer
    async with held(database_url):
        command = peer.command(SAM, "join")
        await asyncio.sleep(0.1)
    await peer.settled(command)
    assert command.seconds < 1.0
    assert "Corner Café" in (await peer.next_message(SAM)).words
