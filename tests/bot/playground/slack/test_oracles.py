"""The peer against what others maintain: slack_sdk's signatures, the schemas of Slack's own types, and slack_bolt."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.slack.methods import METHODS, Method
from bot.playground.slack.peer import BOT_TOKEN, SAM, SIGNING_SECRET
from tests.bot.playground.house import Server
from tests.bot.playground.slack.house import House, actions, button, field_block, home, modal, section
from tests.oracles import check_blocks, check_view

# Known to Slack's reference, but not a named argument of slack_sdk's client.
NOT_IN_SDK = {"blocks", "foo", "prevent_creation"}


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_the_table_knows_the_parameters_slack_sdk_knows(method: Method) -> None:
    function = getattr(AsyncWebClient, method.name.replace(".", "_"))
    known = set(inspect.signature(function).parameters)
    assert method.known - NOT_IN_SDK <= known, "a parameter nobody else has heard of"


async def test_what_is_kept_fits_the_schemas(house: House) -> None:
    blocks = [
        section("Hello", accessory=button("Share", "s", url="https://shop.example")),
        actions(button("Claim", style="primary", value="r1")),
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]], "column_settings": [{"align": "right"}]},
    ]
    check_blocks((await house.says(SAM, text="x", blocks=blocks)).blocks)
    trigger = house.slack.tickets.trigger(SAM)
    await house.result("views.open", view=modal(field_block()), trigger_id=trigger)
    await house.result("views.publish", user_id=SAM, view=home(section()))
    for view in (house.slack.modal(SAM), house.slack.home(SAM)):
        assert view is not None
        check_view(view.given)


async def test_slack_bolt_understands_what_arrives(house: House) -> None:
    heard: list[str] = []
    bolt = AsyncApp(client=house.client, signing_secret=SIGNING_SECRET, process_before_response=True)

    @bolt.command("/grapevine")
    async def on_command(ack: AsyncAck, command: dict[str, Any]) -> None:
        heard.append(f"command {command['text']}")
        await ack("Hello Sam")

    @bolt.action("go")
    async def on_action(ack: AsyncAck, action: dict[str, Any], body: dict[str, Any]) -> None:
        heard.append(f"action {action['value']} of {body['user']['id']}")
        await ack()

    @bolt.view("join")
    async def on_view(ack: AsyncAck, view: dict[str, Any]) -> None:
        heard.append(f"view {view['state']['values']['code']['typed']['value']}")
        await ack(response_action="errors", errors={"code": "No such code."})

    @bolt.event("message")
    async def on_message(event: dict[str, Any]) -> None:
        heard.append(f"message {event['text']}")

    @bolt.event("app_home_opened")
    async def on_home(event: dict[str, Any]) -> None:
        heard.append(f"home of {event['user']}")

    async def take(request: Request) -> Response:
        body = (await request.body()).decode()
        headers: dict[str, str | Sequence[str]] = dict(request.headers)
        answer: BoltResponse = await bolt.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
        return Response(answer.body, answer.status, answer.first_headers())

    server, slack = Server(), house.slack
    await server.start([Route("/bolt", take, methods=["POST"])])
    slack.events_url = f"{server.url}/bolt"
    slack.command(SAM, "help")
    assert (await slack.next_message(SAM)).words == "Hello Sam"
    message = await house.says(SAM, text="x", blocks=[actions(button(value="r1"))])
    slack.tap(SAM, message, "Go")
    slack.write(SAM, text="hi")
    slack.open_home(SAM)
    trigger = slack.tickets.trigger(SAM)
    await house.client.views_open(trigger_id=trigger, view=modal(field_block(), callback_id="join"))
    slack.submit(SAM, values={"code": "K7QM2X4R"})
    await slack.settled()
    view = slack.modal(SAM)
    assert view is not None
    assert view.errors == {"code": "No such code."}
    expected = {"command help", f"action r1 of {SAM}", "message hi", f"home of {SAM}", "view K7QM2X4R"}
    assert set(heard) == expected, "its own message is passed over by slack_bolt itself"
    assert all(delivery.is_acked for delivery in slack.deliveries)
    assert [call.method for call in slack.calls if not call.answer["ok"]] == []
    assert BOT_TOKEN not in str(slack.calls)
    await server.stop()
