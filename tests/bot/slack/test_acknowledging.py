"""Acknowledgements: in time, after the commit, kind when nothing could be done, and repeats that change nothing."""

import asyncio
import hashlib
import hmac
import json
from urllib.parse import urlencode

import pytest

from bot.dispatch import Busy
from bot.playground.slack.peer import CAROL, OWNER, SAM, SIGNING_SECRET, TEAM_CHANNEL
from bot.slack import taking as slack_taking
from bot.slack.edge import SlackEdge
from handlers.events import (
    HelpAsked,
    HomeOpened,
    Introduced,
    Joined,
    PictureSent,
    ShareAsked,
    StatsAsked,
    StatusAsked,
    TeamReplied,
    TextWritten,
)
from handlers.outcome import Outcome
from messages.message import QR, Act, Message, ShareLink
from storage.errors import NotYet
from tests.bot.slack.stage import PNG, Stage
from tests.bot.telegram.stage import says

BUSY_WORDS = "So much is going on at the moment that I did not get to this. Please try it again."
# Less than Slack waits: an acknowledgement that waited for the network would be seen.
HELD_SECONDS = 2.9
MENU = Message(key="commands.help", buttons=((Act(label="commands.status", action="status"),),))
SHARING = Message(key="commands.share", picture=QR(ShareLink("K7QM2X4R")))


@pytest.mark.usefixtures("edge")
async def test_a_command_that_found_the_database_held_is_asked_to_be_tried_again(stage: Stage) -> None:
    stage.script.on(Joined, Busy())
    stage.peer.command(SAM, "start")
    assert (await stage.peer.next_message(SAM)).words == BUSY_WORDS
    assert not stage.parked
    assert not stage.peer.notices


@pytest.mark.usefixtures("edge")
async def test_so_is_a_tap_below_a_message_in_home_and_in_a_modal(stage: Stage) -> None:
    stage.script.on(HelpAsked, Outcome(answers=(MENU,)))
    stage.script.on(HomeOpened, Outcome(answers=(MENU,)))
    stage.script.on(StatusAsked, Busy(), Busy(), Outcome(answers=(MENU,)), Busy())
    stage.peer.command(SAM, "help")
    message = await stage.peer.next_message(SAM)
    stage.peer.tap(SAM, message, "How my invitations")
    assert (await stage.peer.next_message(SAM)).words == BUSY_WORDS
    assert message.labels
    home = await stage.home(SAM)
    stage.peer.tap(SAM, home, "How my invitations")
    await stage.peer.wait_for(lambda: stage.peer.modal(SAM))
    assert BUSY_WORDS in stage.modal(SAM).words
    stage.peer.close_view(SAM)
    stage.peer.tap(SAM, home, "How my invitations")
    await stage.peer.wait_for(lambda: stage.peer.modal(SAM))
    stage.peer.tap(SAM, stage.modal(SAM), "How my invitations")
    await stage.peer.wait_for(lambda: BUSY_WORDS in stage.modal(SAM).words)
    assert not stage.parked


@pytest.mark.usefixtures("edge")
async def test_so_is_a_form_which_stays_open(stage: Stage) -> None:
    stage.script.on(HomeOpened, Outcome(answers=(MENU,)))
    stage.script.on(Joined, Busy())
    stage.peer.tap(SAM, await stage.home(SAM), "I have a code")
    await stage.peer.wait_for(lambda: stage.peer.modal(SAM))
    stage.peer.submit(SAM, values={"code": "K7QM2X4R"})
    await stage.peer.wait_for(lambda: stage.modal(SAM).errors)
    assert stage.modal(SAM).errors == {"code": BUSY_WORDS}


@pytest.mark.usefixtures("edge")
async def test_an_event_that_follows_what_is_not_written_down_yet_is_taken_a_moment_later(stage: Stage) -> None:
    stage.script.on(TextWritten, NotYet(), NotYet(), says("commands.help"))
    stage.peer.write(SAM, text="hello")
    assert (await stage.peer.next_message(SAM)).words == "How it all works"
    await stage.peer.settled()
    assert {len(delivery.attempts) for delivery in stage.peer.deliveries} == {1}
    assert len(stage.script.heard(TextWritten)) == 3


@pytest.mark.usefixtures("edge")
async def test_an_event_that_found_the_database_held_comes_again(stage: Stage) -> None:
    stage.peer.ack_seconds = 0.8 if stage.socket_mode else 3.0
    stage.script.on(TextWritten, Busy(), Busy(), Busy(), says("commands.help"))
    stage.peer.write(SAM, text="hello")
    assert (await stage.peer.next_message(SAM)).words == "How it all works"
    await stage.peer.settled()
    assert len(stage.script.heard(TextWritten)) == 4
    assert not stage.parked


@pytest.mark.usefixtures("edge")
async def test_an_event_that_fails_three_times_is_set_aside_and_its_sender_told(stage: Stage) -> None:
    stage.peer.ack_seconds = 0.8 if stage.socket_mode else 3.0
    stage.script.on(TextWritten, ValueError("a defect of ours"))
    stage.peer.write(SAM, text="a secret of mine")
    assert "something is broken" in (await stage.peer.next_message(SAM)).words
    await stage.peer.settled()
    ((number, error),) = stage.parked
    assert number == stage.peer.deliveries[0].body["event_id"]
    assert error.startswith("ValueError at stage.py")
    assert len(stage.script.heard(TextWritten)) == 3


@pytest.mark.usefixtures("edge")
async def test_whoever_replied_in_vain_to_a_customer_is_told_alone(stage: Stage) -> None:
    stage.peer.ack_seconds = 0.8 if stage.socket_mode else 3.0
    stage.script.on(TeamReplied, ValueError("a defect of ours"))
    thread = stage.peer.write(OWNER, TEAM_CHANNEL, "A question of Sam's")
    stage.peer.write(CAROL, TEAM_CHANNEL, "At five", thread=thread)
    await stage.until(lambda: stage.parked)
    message = await stage.peer.next_message(CAROL, TEAM_CHANNEL)
    assert "something is broken" in message.words
    assert (message.is_ephemeral, message.thread_ts) == (True, thread.ts)


@pytest.mark.usefixtures("edge")
async def test_what_still_fails_on_its_last_repeat_is_set_aside_whoever_counted(stage: Stage) -> None:
    stage.peer.ack_seconds = 0.8 if stage.socket_mode else 3.0
    stage.script.on(TextWritten, Busy())
    stage.peer.write(SAM, text="hello")
    await stage.until(lambda: stage.parked)
    await stage.peer.settled()
    assert stage.peer.deliveries[-1].is_acked
    assert "something is broken" in (await stage.peer.next_message(SAM)).words


async def test_several_pictures_stop_at_the_deadline_and_come_again(
    posted: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_taking, "ACKNOWLEDGE_SECONDS", 0.5)
    await posted.edge().start()
    gate = asyncio.Event()
    posted.script.on(PictureSent, Outcome(), gate, says("commands.help"))
    posted.peer.write(SAM, text="look", files=[(f"{number}.png", PNG) for number in range(3)])
    assert (await posted.peer.next_message(SAM)).words == "How it all works"
    gate.set()
    await posted.peer.settled()
    attempts = posted.peer.deliveries[0].attempts
    assert [attempt.status for attempt in attempts] == [500, 200]
    # What was under way at the deadline goes on; the repeat brings everything once more.
    assert len(posted.script.heard(PictureSent)) == 2 + 3
    assert not posted.parked


async def test_what_is_late_is_set_aside_after_its_acknowledgement(
    posted: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_taking, "ACKNOWLEDGE_SECONDS", 1.0)  # no time for another wait, from the beginning
    await posted.edge().start()
    posted.script.on(TextWritten, ValueError())
    posted.peer.write(SAM, text="hello")
    await posted.until(lambda: posted.parked)
    await posted.peer.settled()
    assert [attempt.status for attempt in posted.peer.deliveries[0].attempts] == [500, 500, 500, 200]
    posted.script.on(Joined, ValueError())
    posted.peer.command(SAM, "start")
    await posted.until(lambda: len(posted.parked) == 2)


async def test_what_cannot_be_set_aside_either_is_not_acknowledged(posted: Stage) -> None:
    await posted.edge().start()
    posted.script.on(TextWritten, ValueError())
    posted.parking_fails = Busy()
    posted.peer.write(SAM, text="hello")
    await posted.peer.settled()
    assert [attempt.status for attempt in posted.peer.deliveries[-1].attempts] == [500] * 4


@pytest.mark.usefixtures("edge")
async def test_a_command_or_a_tap_that_fails_is_set_aside_at_once_and_its_giver_told(stage: Stage) -> None:
    stage.script.on(HelpAsked, Outcome(answers=(MENU,)))
    stage.script.on(Joined, ValueError())
    stage.script.on(StatusAsked, ValueError())
    stage.peer.command(SAM, "start")
    assert "something is broken" in (await stage.peer.next_message(SAM)).words
    stage.peer.command(SAM, "help")
    message = await stage.peer.next_message(SAM)
    stage.peer.tap(SAM, message, "How my invitations")
    assert "something is broken" in (await stage.peer.next_message(SAM)).words
    assert len({number for number, _ in stage.parked}) == 2
    assert not stage.peer.notices


@pytest.mark.usefixtures("edge")
async def test_a_fact_that_is_written_is_not_repeated_because_its_answer_cannot_be(stage: Stage) -> None:
    # A place no reader can be in fails after the commit: a defect of ours, but the transaction stands.
    stage.script.on(TextWritten, Outcome(answers=(MENU,), zone="Nowhere/Never"))
    stage.peer.write(SAM, text="hello")
    await stage.peer.settled()
    assert len(stage.script.heard(TextWritten)) == 1
    assert not stage.parked


@pytest.mark.usefixtures("edge")
async def test_a_repeated_event_is_acknowledged_and_changes_nothing(stage: Stage) -> None:
    stage.script.on(TextWritten, says("commands.help"))
    stage.peer.write(SAM, text="hello")
    await stage.peer.next_message(SAM)
    for _ in range(3):
        stage.peer.repeat(stage.peer.deliveries[-1])
    await stage.peer.settled()
    assert len(stage.script.heard(TextWritten)) == 1
    assert all(delivery.is_acked for delivery in stage.peer.deliveries)


@pytest.mark.usefixtures("edge")
async def test_a_repeat_of_what_is_in_hand_waits_for_it_and_does_it_if_that_failed(stage: Stage) -> None:
    gate = asyncio.Event()
    stage.script.on(TextWritten, gate)
    stage.peer.write(SAM, text="hello")
    await stage.until(lambda: stage.script.heard(TextWritten))
    delivery = stage.peer.deliveries[-1]
    stage.peer.repeat(delivery)
    await asyncio.sleep(0.05)
    assert not stage.peer.deliveries[-1].is_done
    gate.set()
    await stage.peer.settled()
    assert len(stage.script.heard(TextWritten)) == 1
    assert not stage.parked


@pytest.mark.usefixtures("edge")
async def test_figures_that_take_long_come_after_the_acknowledgement(stage: Stage) -> None:
    gate = asyncio.Event()
    stage.script.on(StatsAsked, gate, Busy())
    command = stage.peer.command(OWNER, "stats")
    await stage.peer.settled(command)
    assert command.is_acked
    assert not stage.peer.messages(OWNER)
    gate.set()
    stage.peer.command(OWNER, "stats")
    assert (await stage.peer.next_message(OWNER)).words == BUSY_WORDS


@pytest.mark.usefixtures("edge")
async def test_nothing_is_asked_of_the_network_before_an_acknowledgement(stage: Stage) -> None:
    stage.script.on(ShareAsked, Outcome(answers=(SHARING,)))
    stage.script.on(TextWritten, says("commands.help"))
    for method in ("files.getUploadURLExternal", "users.info", "chat.postMessage"):
        stage.peer.faults.add(method, hold=HELD_SECONDS)
    stage.peer.command(SAM, "share")
    stage.peer.write(SAM, text="hello")
    await stage.peer.settled()
    assert all(delivery.is_acked and delivery.seconds < HELD_SECONDS for delivery in stage.peer.deliveries)


@pytest.mark.usefixtures("edge")
async def test_everything_is_acknowledged_in_time_while_the_database_is_held(stage: Stage) -> None:
    stage.script.on(HelpAsked, Outcome(answers=(MENU,)))
    stage.peer.command(SAM, "help")
    message = await stage.peer.next_message(SAM)
    for kind in (Joined, StatusAsked):
        stage.script.on(kind, held := asyncio.Event(), Busy())
        asyncio.get_running_loop().call_later(1.0, held.set)
    deliveries = [stage.peer.command(SAM, "start"), stage.peer.tap(SAM, message, "How my invitations")]
    await stage.peer.settled()
    assert all(delivery.is_acked for delivery in deliveries)
    assert not stage.peer.notices


async def test_stopping_finishes_the_answers_that_were_begun(posted: Stage) -> None:
    edge = posted.edge()
    await edge.start()
    posted.script.on(TextWritten, says("commands.help"))
    posted.peer.faults.add("chat.postMessage", status=429, retry_after=1)
    posted.peer.write(SAM, text="hello")
    await posted.peer.settled()
    await edge.stop()
    assert posted.peer.messages(SAM)[-1].words == "How it all works"


async def test_stopping_waits_for_what_is_in_hand_and_says_its_answer(posted: Stage) -> None:
    edge = posted.edge()
    await edge.start()
    gate = asyncio.Event()
    posted.script.on(HelpAsked, gate)
    posted.peer.command(SAM, "help")
    await posted.until(lambda: posted.script.heard(HelpAsked))
    stopping = posted.nursery.start(edge.stop(), name="stopping")
    await asyncio.sleep(0.05)
    assert not stopping.done()
    gate.set()
    await stopping
    await posted.peer.settled()
    assert posted.peer.deliveries[0].is_acked


def signed(body: bytes, kind: str = "application/json") -> dict[str, str]:
    timestamp = str(int(Stage.now()))
    signature = hmac.new(SIGNING_SECRET.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"content-type": kind, "x-slack-request-timestamp": timestamp, "x-slack-signature": f"v0={signature}"}


@pytest.fixture
async def door(posted: Stage) -> SlackEdge:
    edge = posted.edge()
    await edge.start()
    return edge


async def test_only_who_knows_the_secret_may_post(posted: Stage, door: SlackEdge) -> None:
    body = urlencode({"command": "/grapevine", "text": "help", "user_id": SAM, "team_id": "T0CAFE"}).encode()
    good = signed(body, "application/x-www-form-urlencoded")
    for wrong in (
        {},
        {**good, "x-slack-signature": ""},
        {**good, "x-slack-signature": good["x-slack-signature"][:-1]},
        {**good, "x-slack-request-timestamp": "1"},
        {**good, "x-slack-request-timestamp": "soon"},
    ):
        status, _, _ = await door.take_http(body, wrong)
        assert status == 401
    assert posted.script.events == []
    assert posted.parked == []


NO_PAYLOADS = (
    *(b"", b"nonsense", b"[]", b"1", b"null", b'"x"', b"{}", b"\xff\xfe", b"{" * 100_000, b'{"a":' * 50_000),
    *(b"payload=", b"payload=1", b"payload=[]", b"payload={", b"payload=%00", b'{"type": "event_callback"}'),
    *(b'{"type": "event_callback", "event": 1}', b'{"type": "event_callback", "event": {"type": "message"}}'),
    b'{"type": "block_actions", "actions": []}',
    b'{"authorizations": 5}',
    b'{"team": 5, "user": 5}',
)


async def test_what_is_no_payload_is_answered_signed_or_not(posted: Stage, door: SlackEdge) -> None:
    for body in NO_PAYLOADS:
        for headers in ({}, signed(body), {"content-type": "application/json"}):
            status, _, _ = await door.take_http(body, headers)
            assert status in {200, 400, 401, 404, 500}, body
    assert posted.script.events == []


async def test_slack_finds_the_address_to_be_ours(posted: Stage, door: SlackEdge) -> None:
    delivery = posted.peer.challenge()
    await posted.peer.settled(delivery)
    assert delivery.answer == {"challenge": delivery.body["challenge"]}


async def test_an_event_of_a_kind_we_did_not_ask_for_is_taken_and_left(posted: Stage, door: SlackEdge) -> None:
    for payload in (
        {"type": "event_callback", "event_id": "Ev1", "event": {"type": "a_kind_of_next_year", "user": SAM}},
        {"type": "shortcut", "callback_id": "x", "user": {"id": SAM}},
        {"type": "view_closed", "view": {"callback_id": "panel"}, "user": {"id": SAM}},
    ):
        body = json.dumps({"team_id": "T0CAFE", **payload}).encode()
        status, _, _ = await door.take_http(body, signed(body))
        assert status == 200
    assert posted.script.events == []


async def test_nothing_is_taken_before_the_start(posted: Stage) -> None:
    edge = posted.edge()
    assert (await edge.take_http(b"{}", signed(b"{}")))[0] == 503
    await edge.start()
    assert not [event for event in posted.script.events if not isinstance(event, Introduced)]


async def test_without_a_signing_secret_there_is_no_door(wired: Stage) -> None:
    edge = wired.edge()
    await edge.start()
    assert (await edge.take_http(b"{}", signed(b"{}")))[0] == 404
