"""While somebody else holds the database, Slack has every acknowledgement in time, and nothing is lost or doubled."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import asyncpg
import pytest

from bot.dispatch import Dispatcher, fresh_draw
from bot.playground.slack.deliveries import Attempt
from bot.playground.slack.peer import SAM, TESS, SlackPeer
from bot.playground.slack.workspace import Workspace
from bot.slack import taking
from handlers.events import ProgramApplied
from referrals.program_file import preset
from storage import connect
from storage.connect import Database
from tests.bot.slack.stage import PNG, Stage


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait a quarter as long as in life, so that Slack's own three seconds leave room for a slow machine."""
    monkeypatch.setattr(connect, "WRITE_LOCK_SECONDS", connect.WRITE_LOCK_SECONDS / 4)
    monkeypatch.setattr(taking, "LOCK_SECONDS", taking.LOCK_SECONDS / 4)
    monkeypatch.setattr(taking, "ACKNOWLEDGE_SECONDS", taking.ACKNOWLEDGE_SECONDS / 4)


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
    connection = sqlite3.connect(url.partition("///")[2], isolation_level=None, timeout=30)
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


def waited_for(peer: SlackPeer) -> list[Attempt]:
    """List the attempts on which Slack gave up waiting."""
    attempts = [attempt for delivery in peer.deliveries for attempt in delivery.attempts]
    return [attempt for attempt in attempts if attempt.reason == "http_timeout"]


def test_in_life_the_acknowledgement_leaves_before_slack_gives_up() -> None:
    assert connect.WRITE_LOCK_SECONDS == taking.LOCK_SECONDS
    assert Workspace.ack_seconds > 4 * taking.ACKNOWLEDGE_SECONDS


async def customers(database: Database) -> int:
    async with database.reading() as store:
        return await store.customers.count()


async def test_while_it_is_held_for_longer_than_a_write_waits(
    running: Stage, database: Database, database_url: str
) -> None:
    peer = running.peer
    async with held(database_url):
        command = peer.command(SAM, "start")
        home = peer.open_home(TESS)
        await peer.settled(command)
        await peer.settled(home)
    assert "Please try it again" in (await peer.next_message(SAM)).words
    peer.command(SAM, "start")
    assert "Corner Café" in (await peer.next_message(SAM)).words
    await peer.settled()
    await running.until(lambda: peer.home(TESS))
    assert all(delivery.is_acked for delivery in peer.deliveries)
    assert waited_for(peer) == []
    assert not peer.notices
    assert await customers(database) == 1


async def test_an_event_comes_again_and_counts_once(running: Stage, database: Database, database_url: str) -> None:
    peer = running.peer
    async with held(database_url):
        peer.write(SAM, text="start")
        await running.until(lambda: peer.deliveries[0].attempts)
    await peer.next_message(SAM)
    await peer.settled()
    attempts = peer.deliveries[0].attempts
    assert attempts[0].status == 500
    assert attempts[-1].status == 200
    assert waited_for(peer) == []
    assert await customers(database) == 1
    assert not running.parked


async def test_many_pictures_are_one_payload_with_one_deadline(
    running: Stage, database: Database, database_url: str
) -> None:
    peer = running.peer
    peer.command(SAM, "start")
    await peer.next_message(SAM)
    for _ in range(2):
        async with held(database_url):
            peer.write(SAM, text="look", files=[(f"{number}.png", PNG) for number in range(8)])
            await asyncio.sleep(0.3)
    await peer.settled()
    assert waited_for(peer) == []
    assert all(delivery.is_acked for delivery in peer.deliveries)
    assert not running.parked


async def test_a_write_of_a_tenth_of_a_second_is_waited_out(running: Stage, database_url: str) -> None:
    peer = running.peer
    async with held(database_url):
        command = peer.command(SAM, "start")
        await asyncio.sleep(0.1)
    await peer.settled(command)
    assert command.is_acked
    assert "Corner Café" in (await peer.next_message(SAM)).words
