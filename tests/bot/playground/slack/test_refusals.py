"""The Web API refuses what Slack refuses, in Slack's words."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.slack.installed import Installed
from bot.playground.slack.methods import METHODS
from bot.playground.slack.peer import APP_TOKEN, BOT_USER, OWNER, SAM, TEAM_CHANNEL, TESS
from tests.bot.playground.slack.house import (
    House,
    actions,
    button,
    field_block,
    home,
    manifest,
    modal,
    plain,
    section,
)

HUGE = "x" * 3001
TEXT = {"type": "mrkdwn", "text": "x"}


def table(rows: int = 1, columns: int = 1, **more: Any) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows, **more}


def image(**more: Any) -> dict[str, Any]:
    return {"type": "image", "alt_text": "a QR code", **more}


def context(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "context", "elements": list(elements)}


WRONG_BLOCKS: list[tuple[Any, str]] = [
    ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ({"type": "divider"}, "must provide an array [json-pointer:/blocks]"),
    (["x"], "must provide an object [json-pointer:/blocks]"),
    ([{}], "missing required field: type [json-pointer:/blocks/0]"),
    ([{"type": "video"}], "unsupported type: video [json-pointer:/blocks/0/type]"),
    ([section(HUGE)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([section(HUGE)], "failed to match all allowed schemas [json-pointer:/blocks/0/text]"),
    ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ([section(emphasis=True)], "invalid additional property: emphasis [json-pointer:/blocks/0]"),
    ([{"type": "section"}], "must define either `fields` or `text` [json-pointer:/blocks/0]"),
    ([{"type": "section", "text": "x"}], "must provide an object [json-pointer:/blocks/0/text]"),
    ([{"type": "section", "fields": [TEXT] * 11}], "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
    (
        [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2001}]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    ([{"type": "header", "text": TEXT}], "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]"),
    (
        [{"type": "header", "text": plain("x" * 151)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    ([context()], "must provide at least 1 items [json-pointer:/blocks/0/elements]"),
    ([context(*[TEXT] * 11)], "no more than 10 items allowed [json-pointer:/blocks/0/elements]"),
    (
        [actions(*(button(action_id=str(number)) for number in range(26)))],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        [actions(button(), button())],
        '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    (
        [section(block_id="b"), section(block_id="b")],
        '`block_id` "b" already exists [json-pointer:/blocks/1/block_id]',
    ),
    ([section(block_id="b" * 256)], "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
    ([actions(button("x" * 76))], "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"),
    ([actions(button("🍇" * 38))], "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"),
    (
        [actions(button(value="x" * 2001))],
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        [actions(button(action_id="x" * 256))],
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    ([actions(button(disabled=True))], "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]"),
    ([actions(button(style="success"))], "must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]"),
    ([actions(button(url="javascript:x"))], "must be a valid url [json-pointer:/blocks/0/elements/0/url]"),
    ([actions(image())], "unsupported type: image [json-pointer:/blocks/0/elements/0/type]"),
    ([image()], "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]"),
    (
        [{"type": "image", "image_url": "https://shop.example/x.png"}],
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    ([image(slack_file={"id": "F0NOPE"})], "invalid slack file [json-pointer:/blocks/0/slack_file]"),
    ([image(image_url="http://localhost:1/x.png")], "downloading image failed [json-pointer:/blocks/0/image_url]"),
    ([section(accessory=field_block()["element"])], "unsupported type: plain_text_input"),
    ([table(rows=101)], "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    ([table(columns=21)], "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
    (
        [{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}],
        "must be more than 0 characters [json-pointer:/blocks/0/rows/0/0/text]",
    ),
    ([table(column_settings=[{"align": "top"}])], "[json-pointer:/blocks/0/column_settings/0/align]"),
    (
        [actions({"type": "static_select", "action_id": "m", "options": []})],
        "must provide at least 1 items [json-pointer:/blocks/0/elements/0/options]",
    ),
    ([{"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}], "[json-pointer:/blocks/0/elements/0/type]"),
]


@pytest.mark.parametrize(("blocks", "words"), WRONG_BLOCKS)
async def test_blocks_slack_refuses_are_refused(house: House, blocks: Any, words: str) -> None:
    body = await house.call("chat.postMessage", channel=SAM, text="x", blocks=blocks)
    assert body["error"] == "invalid_blocks"
    assert any(words in message for message in body["response_metadata"]["messages"]), body
    assert [f"[ERROR] {error}" for error in body["errors"]] == body["response_metadata"]["messages"]
    assert house.slack.messages(SAM) == []


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "divider"}] * 50,
        [section("x" * 3000)],
        [{"type": "header", "text": plain("x" * 150)}],
        [{"type": "section", "fields": [TEXT] * 10, "accessory": button("x" * 75)}],
        [actions(*(button(action_id=str(number)) for number in range(25)))],
        [actions(button(), button(action_id="b")), actions(button())],
        [context(*[TEXT] * 9, image(image_url="https://shop.example/x.png"))],
        [table(100, 20, column_settings=[{"align": "right", "is_wrapped": True}])],
        [{"type": "markdown", "text": "**x**"}],
    ],
)
async def test_what_just_fits_is_taken(house: House, blocks: Any) -> None:
    assert (await house.says(SAM, text="x", blocks=blocks)).blocks
    assert house.slack.warnings == house.slack.unknown_parameters == []


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({"channel": SAM}, "no_text"),
        ({"channel": SAM, "text": " "}, "no_text"),
        ({"channel": SAM, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": SAM, "text": "x", "blocks": [section("x" * 2500)] * 5}, "msg_blocks_too_long"),
        ({"channel": SAM, "text": "x", "blocks": [table(), table()]}, "invalid_attachments"),
        ({"channel": SAM, "text": "x", "blocks": "{"}, "invalid_blocks_format"),
        ({"text": "x"}, "invalid_arguments"),
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "U0NOBODY", "text": "x"}, "channel_not_found"),
        ({"channel": "C0SECRET", "text": "x"}, "channel_not_found"),
        ({"channel": "C0LOBBY", "text": "x"}, "not_in_channel"),
        ({"channel": "C0OLD", "text": "x"}, "is_archived"),
        ({"channel": BOT_USER, "text": "x"}, "cannot_dm_bot"),
        ({"channel": SAM, "text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
    ],
)
async def test_a_message_slack_refuses_is_refused(house: House, parameters: dict[str, Any], error: str) -> None:
    house.slack.add_channel("C0SECRET", "secret", members=[OWNER], private=True)
    house.slack.add_channel("C0LOBBY", "lobby", members=[OWNER])
    house.slack.add_channel("C0OLD", "old", members=[OWNER, BOT_USER]).is_archived = True
    assert (await house.refused("chat.postMessage", **parameters))[0] == error


async def test_a_second_table_is_named(house: House) -> None:
    refused = await house.refused("chat.postMessage", channel=SAM, text="x", blocks=[table(), table()])
    assert refused == ("invalid_attachments", ["[ERROR] only_one_table_allowed"])


async def test_tokens_are_judged(house: House) -> None:
    assert (await house.call("auth.test", token=None))["error"] == "not_authed"
    assert (await house.call("auth.test", token="xoxb-other"))["error"] == "invalid_auth"
    assert (await house.call("auth.test", token=APP_TOKEN))["error"] == "not_allowed_token_type"
    assert (await house.call("apps.connections.open"))["error"] == "not_allowed_token_type"
    assert (await house.call("chat.telepathy"))["error"] == "unknown_method"
    assert (await house.call("api.test", token=None))["ok"]


@pytest.mark.parametrize(
    ("method", "scope"),
    [
        *((method.name, method.scope) for method in METHODS.values() if method.scope and method.caller == "bot"),
    ],
)
async def test_a_scope_the_manifest_lacks_is_missing(house: House, method: str, scope: str) -> None:
    house.slack.installed = Installed(manifest(scopes=["commands"]), socket_mode=False)
    body = await house.call(method, channel=SAM)
    assert (body["error"], body["needed"], body["provided"]) == ("missing_scope", scope, "commands")


async def test_each_kind_of_conversation_has_a_scope_of_its_own(house: House) -> None:
    house.slack.add_channel("C0SECRET", "secret", members=[OWNER, BOT_USER], private=True)
    house.slack.installed = Installed(manifest(scopes=["commands"]), socket_mode=False)
    needed = [
        (await house.call("conversations.info", channel=channel))["needed"]
        for channel in (TEAM_CHANNEL, "C0SECRET", house.slack.dm(SAM))
    ]
    assert needed == ["channels:read", "groups:read", "im:read"]


async def test_only_its_own_message_is_changed(house: House) -> None:
    theirs = house.slack.write(SAM, text="mine")
    where = {"channel": house.slack.dm(SAM), "text": "x"}
    assert (await house.refused("chat.update", **where, ts=theirs.ts))[0] == "cant_update_message"
    assert (await house.refused("chat.delete", **where, ts=theirs.ts))[0] == "cant_delete_message"
    assert (await house.refused("chat.update", **where, ts="1.0"))[0] == "message_not_found"
    sent = await house.says(SAM, text="one", blocks=[section("one")])
    assert (await house.refused("chat.update", channel=SAM, text="x", ts=sent.ts))[0] == "channel_not_found"
    assert (await house.refused("chat.update", channel=sent.channel, ts=sent.ts))[0] == "no_text"
    await house.result("chat.update", **where, ts=sent.ts)
    assert (sent.text, sent.words, sent.edited) == ("x", "one", True), "blocks that are not given stay"
    await house.result("chat.update", **where, ts=sent.ts, blocks=[])
    assert sent.words == "x"
    await house.result("chat.delete", **where, ts=sent.ts)
    assert house.slack.messages(SAM) == [theirs]


async def test_an_ephemeral_message_is_for_one_member(house: House) -> None:
    where = {"channel": TEAM_CHANNEL, "text": "psst"}
    assert (await house.refused("chat.postEphemeral", **where, user=TESS))[0] == "user_not_in_channel"
    ts = (await house.result("chat.postEphemeral", **where, user=OWNER))["message_ts"]
    assert [message.ts for message in house.slack.messages(OWNER, TEAM_CHANNEL)] == [ts]
    house.slack.invite(SAM, TEAM_CHANNEL)
    assert house.slack.messages(SAM, TEAM_CHANNEL) == []
    assert (await house.refused("chat.update", **where, ts=ts))[0] == "message_not_found"
    await house.slack.settled()
    assert house.app.heard == [], "nobody else hears of it, the app included"


async def test_a_missing_text_is_borne_but_noted(house: House) -> None:
    await house.says(SAM, blocks=[section()])
    assert house.slack.warnings == [("chat.postMessage", "missing_text_in_message")]


async def test_an_unknown_parameter_is_borne_but_noted(house: House) -> None:
    await house.says(SAM, text="x", colour="grape")
    assert house.slack.unknown_parameters == [("chat.postMessage", "colour")]


WRONG_VIEWS: list[tuple[dict[str, Any], str]] = [
    (modal(section(), title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
    (modal(field_block(), submit=None), "must define `submit` to use an `input` block in modals"),
    (modal(section(), private_metadata="x" * 3001), "[json-pointer:/view/private_metadata]"),
    (modal(*[{"type": "divider"}] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    (modal(section(), colour="grape"), "invalid additional property: colour [json-pointer:/view]"),
    (modal(table()), "unsupported type: table [json-pointer:/view/blocks/0/type]"),
    (modal(section(HUGE)), "must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]"),
    ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
    (home(section()), "unsupported type: home [json-pointer:/view/type]"),
]


@pytest.mark.parametrize(("view", "words"), WRONG_VIEWS)
async def test_a_view_slack_refuses_is_refused(house: House, view: dict[str, Any], words: str) -> None:
    trigger = house.slack.tickets.trigger(SAM)
    error, messages = await house.refused("views.open", view=view, trigger_id=trigger)
    assert error == "invalid_arguments"
    assert any(words in message for message in messages), messages
    assert house.slack.modal(SAM) is None


async def test_a_view_has_a_size(house: House) -> None:
    select = {
        "type": "static_select",
        "action_id": "s",
        "options": [{"text": plain("x" * 75), "value": f"{number:0150d}"} for number in range(100)],
    }
    view = modal(*(section(accessory=select) for _ in range(10)))
    trigger = house.slack.tickets.trigger(SAM)
    assert (await house.refused("views.open", view=view, trigger_id=trigger))[0] == "view_too_large"


async def test_who_and_what_there_is(house: House) -> None:
    assert (await house.refused("users.info", user="U0NOBODY"))[0] == "user_not_found"
    assert (await house.refused("conversations.info", channel="C0NOWHERE"))[0] == "channel_not_found"
    assert (await house.refused("conversations.open", users="U0NOBODY"))[0] == "user_not_found"
    assert (await house.refused("conversations.open"))[0] == "users_list_not_supplied"
    assert (await house.refused("files.info", file="F0NOPE"))[0] == "file_not_found"
    assert (await house.refused("files.completeUploadExternal", files=[{"id": "F0NOPE"}]))[0] == "file_not_found"
    assert (await house.refused("files.getUploadURLExternal", filename="x.png"))[0] == "invalid_arguments"
    assert (await house.refused("views.publish", user_id="U0NOBODY", view=home()))[0] == "user_not_found"


async def test_a_person_who_left_is_not_written_to(house: House) -> None:
    house.slack.person(SAM).deactivated = True
    assert (await house.refused("chat.postMessage", channel=SAM, text="x"))[0] == "channel_not_found"
    assert (await house.result("users.info", user=SAM))["user"]["deleted"]


async def test_a_tab_that_is_off_takes_nothing(house: House) -> None:
    described = manifest()
    described["features"]["app_home"] = {}
    house.slack.installed = Installed(described, socket_mode=False)
    assert (await house.refused("chat.postMessage", channel=SAM, text="x"))[0] == "messages_tab_disabled"
    assert (await house.refused("views.publish", user_id=SAM, view=home()))[0] == "not_enabled"
