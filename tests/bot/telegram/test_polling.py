"""The long poll: order in each chat, chats side by side, and no update acknowledged before it is committed."""

import asyncio

import pytest

from bot.dispatch import Busy
from bot.telegram import polling
from bot.telegram.edge import TelegramEdge
from bot.telegram.errors import TokenRefused
from handlers.events import Joined, TextWritten
from messages.message import Message
from tests.bot.playground.house import BEN, MAYA
from tests.bot.telegram.stage import READER, Stage, says


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses are shortened for the tests, not taken away."""
    monkeypatch.setattr(polling, "FIRST_PAUSE_SECONDS", 0.02)
    monkeypatch.setattr(polling, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(polling, "STUCK_SECONDS", 0.1)
    monkeypatch.setattr(polling, "CONFLICT_SECONDS", 0.05)
    monkeypatch.setattr(polling, "LEASE_SECONDS", 0.05)


class Broken(RuntimeError):
    """A defect of ours, on order."""


async def test_chats_run_side_by_side_and_each_in_order(stage: Stage, edge: TelegramEdge) -> None:
    gate = asyncio.Event()
    stage.script.on(TextWritten, gate)
    stage.script.on(Joined, says("commands.help"))
    stage.peer.press_start(MAYA)
    for number in range(20):
        stage.peer.send_text(MAYA, str(number))
    stage.peer.press_start(BEN)
    # Maya's first text hangs; Ben is answered all the same.
    assert (await stage.peer.next_message(BEN)).words == "How it all works"
    await stage.until(lambda: stage.script.heard(TextWritten))
    await stage.peer.next_message(MAYA)
    assert len(stage.script.heard(TextWritten)) == 1
    gate.set()
    await stage.until(lambda: len(stage.script.heard(TextWritten)) == 20)
    assert [event.text for event in stage.script.heard(TextWritten)] == [str(number) for number in range(20)]
    assert stage.script.most_at_once == 1
    assert edge.healthy


async def test_nothing_is_acknowledged_before_it_is_committed(stage: Stage, edge: TelegramEdge) -> None:
    gate = asyncio.Event()
    stage.script.on(Joined, says("commands.help"))
    stage.script.on(TextWritten, gate)
    stage.peer.press_start(BEN)
    stage.peer.press_start(MAYA)
    await stage.until(lambda: not stage.peer.mailbox.waiting)
    stuck = stage.peer.mailbox._next
    stage.peer.send_text(MAYA, "this one hangs")
    for _ in range(3):
        stage.peer.press_start(BEN)
    await stage.until(lambda: len(stage.script.heard(Joined)) == 5)
    # Telegram hands the hanging one out again and again meanwhile: it must not be begun a second time.
    await asyncio.sleep(2.5 * polling.STUCK_SECONDS)
    assert [update["update_id"] for update in stage.peer.mailbox.waiting] == [stuck + place for place in range(4)]
    assert len(stage.script.events) == 6
    polls = [call for call in stage.peer.calls if call.method == "getUpdates"]
    assert len(polls) < 20  # a pause, not as fast as the network allows
    gate.set()
    await stage.until(lambda: not stage.peer.mailbox.waiting)
    assert len(stage.script.events) == 6
    assert edge.healthy


async def test_what_was_not_committed_is_taken_again_by_the_next_process(stage: Stage) -> None:
    first = stage.edge()
    await first.start()
    stage.script.on(Joined, asyncio.Event())
    stage.peer.press_start(MAYA)
    await stage.until(lambda: stage.script.events)
    await stage.nursery.stop()  # the process dies in the middle of a transaction
    stage.script.on(Joined, says("commands.help"))
    await stage.edge().start()
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert len(stage.script.events) == 2


async def test_a_repeated_update_is_answered_again(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(Joined, says("commands.help"))
    stage.peer.press_start(MAYA)
    update = stage.peer.mailbox.waiting[0]
    await stage.peer.next_message(MAYA)
    await stage.until(lambda: not stage.peer.mailbox.waiting)
    stage.peer.mailbox.repeat(update)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert edge.healthy


async def test_an_update_that_fails_three_times_is_set_aside(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(TextWritten, Broken("with somebody's words in it"))
    stage.script.on(Joined, says("commands.help"))
    stage.peer.press_start(MAYA)
    await stage.peer.next_message(MAYA)
    await stage.until(lambda: not stage.peer.mailbox.waiting)
    number = stage.peer.mailbox._next
    stage.peer.send_text(MAYA, "something that breaks us")
    stage.peer.press_start(MAYA)
    assert "Please try again in a few minutes" in (await stage.peer.next_message(MAYA)).words
    # The chat goes on behind it.
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert len(stage.script.heard(TextWritten)) == 3
    ((update, error),) = stage.parked
    assert update == str(number)
    assert error.startswith("Broken at stage.py:")
    assert "words" not in error
    await stage.until(lambda: not stage.peer.mailbox.waiting)
    assert edge.healthy


async def test_a_failure_that_passes_is_never_heard_of(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(Joined, Broken(), Broken(), says("commands.help"))
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert stage.parked == []
    assert edge.healthy


async def test_waiting_for_the_write_lock_does_not_count(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(Joined, *[Busy() for _ in range(6)], says("commands.help"))
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert stage.parked == []
    assert edge.healthy


async def test_an_update_that_cannot_be_set_aside_comes_again(
    stage: Stage, edge: TelegramEdge, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [Broken() for _ in range(6)]
    stage.script.on(Joined, *broken, says("commands.help"))
    parking = 0

    async def park(update: str, error: str) -> None:
        nonlocal parking
        parking += 1
        raise OSError("the disk is full")

    monkeypatch.setattr(edge._poller, "_park", park)
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert parking == 2
    assert len(stage.script.events) == 7


async def test_an_update_nobody_can_read_is_set_aside_and_holds_nobody_up(stage: Stage, edge: TelegramEdge) -> None:
    stage.script.on(Joined, says("commands.help"))
    unreadable = stage.peer.mailbox.put("message", {"message_id": "one", "chat": 5})
    assert unreadable
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    await stage.until(lambda: not stage.peer.mailbox.waiting)
    assert stage.parked == [(str(unreadable["update_id"]), "The update cannot be read.")]
    assert edge.healthy


@pytest.mark.parametrize("status", [500, 502, 429, None])
async def test_the_poll_survives_trouble(stage: Stage, edge: TelegramEdge, status: int | None) -> None:
    stage.peer.faults.add("getUpdates", status=status, retry_after=1, hold=0.0)
    stage.script.on(Joined, says("commands.help"))
    stage.peer.press_start(MAYA)
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert edge.healthy


async def test_another_poller_is_waited_for(stage: Stage, edge: TelegramEdge) -> None:
    stage.peer.faults.add("getUpdates", status=409, times=2)
    stage.script.on(Joined, says("commands.help"))
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert edge.healthy


async def test_stopping_finishes_what_was_begun_and_confirms_it(stage: Stage, edge: TelegramEdge) -> None:
    gate = asyncio.Event()
    stage.script.on(Joined, gate)
    stage.peer.press_start(MAYA)
    await stage.until(lambda: stage.script.events)
    stopping = stage.nursery.start(edge.stop(), name="stop")
    await asyncio.sleep(0.05)
    assert not stopping.done()
    gate.set()
    async with asyncio.timeout(30):
        await stopping
    assert stage.peer.mailbox.waiting == []
    assert not edge.healthy


async def test_stopping_an_idle_bot_does_not_wait_for_the_long_poll(stage: Stage, edge: TelegramEdge) -> None:
    await stage.until(lambda: stage.peer.calls)
    async with asyncio.timeout(polling.LONG_POLL_SECONDS - 5):
        await edge.stop()


async def test_only_the_holder_of_the_lease_polls(stage: Stage) -> None:
    stage.leader = False
    edge = stage.edge()
    await edge.start()
    stage.script.on(Joined, says("commands.help"))
    stage.peer.press_start(MAYA)
    await asyncio.sleep(0.2)
    assert not [call for call in stage.peer.calls if call.method == "getUpdates"]
    assert edge.healthy
    stage.leader = True
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"


async def test_the_poll_begins_again_after_a_lease_that_failed(stage: Stage, edge: TelegramEdge) -> None:
    stage.lease_failures = 2
    stage.script.on(Joined, says("commands.help"))
    stage.peer.press_start(MAYA)
    await stage.peer.next_message(MAYA)
    await stage.until(lambda: stage.lease_failures == 0)
    stage.peer.press_start(MAYA)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert edge.healthy


async def test_a_process_that_does_not_listen_can_send(stage: Stage) -> None:
    edge = stage.edge()
    await edge.start(listen=False)
    stage.peer.press_start(MAYA)
    await edge.sender.send(str(MAYA), Message(key="commands.help"), reader=READER)
    assert (await stage.peer.next_message(MAYA)).words == "How it all works"
    assert edge.healthy
    assert edge.username == "grapevine_demo_bot"
    assert {call.method for call in stage.peer.calls} == {"getMe", "sendMessage"}


async def test_a_refused_token_is_said_plainly_and_without_the_token(stage: Stage) -> None:
    edge = stage.edge(token="42:not-the-token")
    with pytest.raises(TokenRefused, match="BotFather") as caught:
        await edge.start()
    assert caught.value.__context__ is None
    assert not edge.healthy


async def test_a_token_revoked_meanwhile_ends_the_poll_and_shows(stage: Stage, edge: TelegramEdge) -> None:
    stage.peer.token = "42:a-new-one"
    stage.peer.press_start(MAYA)
    await stage.until(lambda: not edge.healthy)


async def test_starting_waits_for_a_telegram_that_is_away(stage: Stage) -> None:
    stage.peer.faults.add("getMe", status=502, times=2)
    edge = stage.edge()
    await edge.start()
    assert edge.username == "grapevine_demo_bot"
