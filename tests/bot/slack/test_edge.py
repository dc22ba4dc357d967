"""The edge from start to stop: who it is, what it waits for, what it refuses, and when it is well."""

import asyncio
import logging

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.playground.slack.peer import APP, SAM, TEAM, TESS
from bot.slack.edge import SlackEdge
from bot.slack.errors import SlackTokenRefused
from handlers.events import HelpAsked, Introduced, TextWritten
from tests.bot.playground.house import Server
from tests.bot.slack.stage import Stage
from tests.bot.telegram.stage import says


async def test_it_learns_who_it_is(stage: Stage) -> None:
    edge = stage.edge()
    assert (edge.team_id, edge.app_id, edge.app_home, edge.healthy) == ("", "", "", False)
    await edge.start()
    assert (edge.team_id, edge.app_id, edge.healthy) == (TEAM, APP, True)
    assert edge.app_home == f"https://slack.com/app_redirect?app={APP}&team={TEAM}"
    await edge.stop()
    assert not edge.healthy


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_revoked"])
async def test_a_refused_token_ends_the_start_with_words(stage: Stage, error: str) -> None:
    stage.peer.faults.add("auth.test", error=error)
    with pytest.raises(SlackTokenRefused, match="GRAPEVINE_SLACK_BOT_TOKEN"):
        await stage.edge().start()


async def test_a_wrong_token_is_not_repeated_in_an_error(posted: Stage) -> None:
    with pytest.raises(SlackTokenRefused) as caught:
        await posted.edge(bot_token="xoxb-wrong").start()
    assert caught.value.__context__ is None or "xoxb" not in repr(caught.value.__context__)


async def test_a_refused_app_token_ends_the_start_with_words(wired: Stage) -> None:
    with pytest.raises(SlackTokenRefused, match="GRAPEVINE_SLACK_APP_TOKEN"):
        await wired.edge(app_token="xapp-wrong").start()


async def test_a_slack_that_is_away_is_waited_for(stage: Stage) -> None:
    stage.peer.faults.add("auth.test", status=503)
    stage.peer.faults.add("bots.info", status=500)
    edge = stage.edge()
    await edge.start()
    assert edge.healthy
    assert len(stage.asked("auth.test")) == 2


async def test_a_missing_permission_to_ask_for_the_app_is_borne(stage: Stage) -> None:
    stage.peer.faults.add("bots.info", error="missing_scope")
    edge = stage.edge()
    await edge.start()
    assert (edge.healthy, edge.app_id, edge.app_home) == (True, "", "")


async def test_missing_permissions_are_named_at_the_start(posted: Stage) -> None:
    async def answer(request: Request) -> JSONResponse:
        told = {"ok": True, "team_id": TEAM, "user_id": "U1", "app_id": APP}
        return JSONResponse(told, headers={"x-oauth-scopes": "chat:write,commands,im:write"})

    narrow = Server()
    await narrow.start([Route("/api/{method}", answer, methods=["POST"])])
    edge = posted.edge(api_url=f"{narrow.url}/api")
    with capture_logs() as logs:
        await edge.start()
    await edge.stop()
    await narrow.stop()
    (line,) = [line for line in logs if line["event"] == "slack.scopes-missing"]
    assert "files:write" in line["remedy"]
    assert "im:write" not in line["remedy"]


async def test_the_playground_is_not_looked_for_behind_a_proxy(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    edge = stage.edge()
    await edge.start()
    assert edge.healthy
    stage.script.on(TextWritten, says("commands.help"))
    stage.peer.write(SAM, text="hello")
    await stage.peer.next_message(SAM)


async def test_neither_bolt_nor_the_sdk_writes_a_line(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    edge = stage.edge()
    await edge.start()
    stage.script.on(TextWritten, says("commands.help"))
    stage.peer.write(SAM, text="a secret of mine")
    await stage.peer.next_message(SAM)
    odd = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "of_next_year", "text": "a secret of mine"}}
    stage.peer.deliver("event", "of_next_year", odd)
    stage.peer.faults.add("users.info", error="user_not_found")
    stage.peer.command(TESS, "help")
    await stage.peer.settled()
    assert not [record for record in caplog.records if record.name.startswith(("slack", "grapevine", "aiohttp"))]


async def test_a_process_that_only_sends_opens_no_socket(wired: Stage) -> None:
    edge = wired.edge()
    await edge.start(listen=False)
    assert edge.healthy
    assert wired.peer.connections == 0


async def test_an_app_that_was_removed_is_not_well(stage: Stage) -> None:
    edge = stage.edge()
    await edge.start()
    stage.peer.uninstall()
    await stage.until(lambda: not edge.healthy)


async def test_a_person_who_cannot_be_asked_about_is_asked_about_again(stage: Stage) -> None:
    await stage.edge().start()
    stage.script.on(HelpAsked, says("commands.help"))
    stage.peer.faults.add("users.info", status=500)
    for _ in range(2):
        stage.peer.command(SAM, "help")
        await stage.peer.next_message(SAM)
        await asyncio.sleep(0.1)
    await stage.until(lambda: stage.script.heard(Introduced))
    assert len(stage.script.heard(Introduced)) == 1


async def test_a_socket_is_replaced_without_losing_a_word(wired: Stage) -> None:
    edge = wired.edge()
    await edge.start()
    for number in range(3):
        await wired.until(lambda: wired.peer.connections == 1)
        wired.peer.disconnect("refresh_requested")
        wired.peer.write(SAM, text=f"word {number}")
        await wired.peer.settled()
        await wired.until(lambda: edge.healthy)
    assert {written.text for written in wired.script.heard(TextWritten)} == {"word 0", "word 1", "word 2"}


async def test_a_slack_that_wants_no_sockets_is_not_asked_as_fast_as_can_be(wired: Stage) -> None:
    edge = wired.edge()
    await edge.start()
    wired.peer.installed.socket_mode = False
    wired.peer.disconnect("link_disabled")
    await asyncio.sleep(0.6)
    assert len(wired.asked("apps.connections.open")) <= 6


async def test_an_answer_owed_on_an_old_socket_is_given_there(wired: Stage) -> None:
    edge = wired.edge()
    await edge.start()
    gate = asyncio.Event()
    wired.script.on(TextWritten, gate)
    wired.peer.write(SAM, text="hello")
    await wired.until(lambda: wired.script.heard(TextWritten))
    wired.peer.disconnect("warning")
    await wired.until(lambda: wired.peer.connections == 2)
    gate.set()
    await wired.peer.settled()
    assert len(wired.peer.deliveries[0].attempts) == 1
    assert edge.healthy


async def test_a_socket_that_cannot_be_opened_again_is_tried_again(wired: Stage) -> None:
    edge: SlackEdge = wired.edge()
    await edge.start()
    await wired.until(lambda: wired.peer.connections == 1)
    wired.peer.faults.add("apps.connections.open", status=500, times=2)
    wired.peer.disconnect("link_broken")
    await wired.until(lambda: not edge.healthy)
    await wired.until(lambda: edge.healthy)
    wired.peer.write(SAM, text="hello")
    await wired.until(lambda: wired.script.heard(TextWritten))


async def test_a_stop_finishes_what_came_over_the_socket(wired: Stage) -> None:
    edge = wired.edge()
    await edge.start()
    gate = asyncio.Event()
    wired.script.on(TextWritten, gate)
    wired.peer.write(SAM, text="hello")
    await wired.until(lambda: wired.script.heard(TextWritten))
    stopping = wired.nursery.start(edge.stop(), name="stopping")
    await asyncio.sleep(0.05)
    assert not stopping.done()
    gate.set()
    await stopping
    assert wired.peer.deliveries[0].attempts[0].status == 200
