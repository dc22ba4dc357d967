"""Socket Mode, with slack_sdk's own client on the other end of the line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack.installed import Installed
from bot.playground.slack.peer import APP_TOKEN, SAM, SlackPeer
from bot.playground.slack.refusal import ImpossibleGesture
from tests.bot.playground.slack.house import House, actions, button, manifest


@pytest.fixture
def described() -> dict[str, Any]:
    """A manifest without addresses: over a socket nobody needs one."""
    return manifest(url=None)


@pytest.fixture
def by_socket() -> bool:
    return True


@dataclass
class Line:
    """A client of slack_sdk that notes what comes and answers as it is told."""

    client: SocketModeClient
    got: list[SocketModeRequest] = field(default_factory=list)
    payload: dict[str, Any] | None = None
    is_silent: bool = False

    async def take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.got.append(request)
        if not self.is_silent:
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, self.payload))


@pytest.fixture
async def lines(house: House) -> AsyncIterator[list[Line]]:
    """Two sockets of the same app; the second is opened by those who need it."""
    made = []
    for _ in range(2):
        web = AsyncWebClient(base_url=house.api)
        line = Line(SocketModeClient(APP_TOKEN, web_client=web, ping_interval=0.5))
        line.client.socket_mode_request_listeners.append(line.take)
        made.append(line)
    yield made
    for line in made:
        await line.client.close()  # type: ignore[no-untyped-call]  # slack_sdk left it so


async def connected(slack: SlackPeer, line: Line) -> Line:
    before = slack.connections
    await line.client.connect()  # type: ignore[no-untyped-call]  # slack_sdk left it so
    await slack.wait_for(lambda: slack.connections == before + 1)
    return line


async def test_commands_events_and_taps_come_in_envelopes(house: House, lines: list[Line]) -> None:
    line, slack = await connected(house.slack, lines[0]), house.slack
    line.payload = {"text": "Hello Sam"}
    command = slack.command(SAM, "help")
    assert (await slack.next_message(SAM)).words == "Hello Sam"
    line.payload = None
    slack.write(SAM, text="hi")
    message = await house.says(SAM, text="x", blocks=[actions(button())])
    slack.tap(SAM, message, "Go")
    await slack.settled()
    assert {request.type for request in line.got} == {"slash_commands", "events_api", "interactive"}
    by_type = {request.type: request for request in line.got}
    assert by_type["slash_commands"].accepts_response_payload is True
    assert by_type["events_api"].accepts_response_payload is False
    assert by_type["slash_commands"].payload["command"] == "/grapevine"
    assert command.is_acked
    assert house.app.heard == [], "nothing leaves by HTTP"


async def test_a_silent_app_is_asked_again_for_events_alone(house: House, lines: list[Line]) -> None:
    line, slack = await connected(house.slack, lines[0]), house.slack
    slack.ack_seconds, line.is_silent = 0.05, True
    slack.open_home(SAM)
    slack.command(SAM, "help")
    await slack.settled()
    events = [request for request in line.got if request.type == "events_api"]
    assert [request.retry_attempt for request in events] == [0, 1, 2, 3]
    assert [request.retry_reason for request in events] == ["", "http_timeout", "http_timeout", "http_timeout"]
    assert len(line.got) == 5
    assert slack.notices[-1].words == '/grapevine failed with the error "operation_timeout"'


async def test_without_a_socket_nothing_arrives(house: House) -> None:
    house.slack.command(SAM, "help")
    await house.slack.settled()
    assert house.slack.notices[-1].words == '/grapevine failed with the error "dispatch_failed"'
    with pytest.raises(ImpossibleGesture, match="no address"):
        house.slack.challenge()


async def test_several_sockets_take_turns(house: House, lines: list[Line]) -> None:
    for line in lines:
        await connected(house.slack, line)
    for _ in range(4):
        house.slack.command(SAM, "help")
    await house.slack.settled()
    assert [len(line.got) for line in lines] == [2, 2]


async def test_a_goodbye_brings_a_new_socket(house: House, lines: list[Line]) -> None:
    line, slack = await connected(house.slack, lines[0]), house.slack
    first = line.client.current_session
    slack.disconnect()
    assert slack.connections == 0
    await slack.wait_for(lambda: slack.connections == 1)
    await slack.settled(slack.command(SAM, "help"))
    assert line.got
    assert line.client.current_session is not first


async def test_a_ticket_opens_one_socket(house: House) -> None:
    body = await house.call("apps.connections.open", token=APP_TOKEN)
    assert body["url"].startswith("ws://localhost:")
    async with house.session.ws_connect(body["url"]) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        await socket.send_str("not JSON")
        await socket.send_json({"envelope_id": "unknown"})
        await house.slack.wait_for(lambda: len(house.slack.warnings) == 2)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await house.session.ws_connect(body["url"])
    await house.slack.wait_for(lambda: house.slack.connections == 0)


async def test_a_socket_that_breaks_loses_what_was_on_it(house: House) -> None:
    body = await house.call("apps.connections.open", token=APP_TOKEN)
    async with house.session.ws_connect(body["url"]) as socket:
        await socket.receive_json()
        delivery = house.slack.command(SAM, "help")
        assert (await socket.receive_json())["type"] == "slash_commands"
    await house.slack.settled(delivery)
    assert delivery.attempts[0].reason == "connection_failed"


async def test_socket_mode_that_is_off_says_goodbye_at_once(house: House) -> None:
    house.slack.installed = Installed(manifest(), socket_mode=False)
    body = await house.call("apps.connections.open", token=APP_TOKEN)
    async with house.session.ws_connect(body["url"]) as socket:
        assert await socket.receive_json() == {"type": "disconnect", "reason": "link_disabled"}
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_strangers_get_no_socket(house: House) -> None:
    body = await house.call("apps.connections.open", token=APP_TOKEN)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await house.session.ws_connect(body["url"], headers={"Origin": "http://evil.example"})
    assert house.slack.connections == 0


async def test_a_warning_leaves_the_socket_open(house: House) -> None:
    body = await house.call("apps.connections.open", token=APP_TOKEN)
    async with house.session.ws_connect(body["url"]) as socket:
        await socket.receive_json()
        house.slack.disconnect("warning")
        assert (await socket.receive_json())["reason"] == "warning"
        house.slack.command(SAM, "help")
        assert (await socket.receive_json())["type"] == "slash_commands"


async def test_closing_closes_the_sockets(house: House) -> None:
    body = await house.call("apps.connections.open", token=APP_TOKEN)
    async with house.session.ws_connect(body["url"]) as socket:
        await socket.receive_json()
        house.slack.close()
        async with asyncio.timeout(30):
            assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
