"""The judges bite: every planted defect is found, and named by where it is."""

from copy import deepcopy
from typing import Any

import pytest

from tests.oracles import check_blocks, check_manifest, check_view

SECTION: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": "*Sam* joined."}}
BUTTON: dict[str, Any] = {
    "type": "button",
    "text": {"type": "plain_text", "text": "Share"},
    "action_id": "act:0:share",
    "value": "prg_1",
    "style": "primary",
}
ACTIONS: dict[str, Any] = {"type": "actions", "elements": [BUTTON]}
PICTURE: dict[str, Any] = {"type": "image", "slack_file": {"id": "F0QR"}, "alt_text": "A QR code"}
TABLE: dict[str, Any] = {
    "type": "table",
    "rows": [[{"type": "raw_text", "text": "Joined"}, {"type": "raw_text", "text": "3"}]],
}
HEADINGS = [{"type": "raw_text", "text": "State"}, {"type": "raw_text", "text": "Referrals"}]
DATA_TABLE: dict[str, Any] = {"type": "data_table", "caption": "Figures", "rows": [HEADINGS, *TABLE["rows"]]}
INPUT: dict[str, Any] = {
    "type": "input",
    "block_id": "code",
    "label": {"type": "plain_text", "text": "Code"},
    "element": {"type": "plain_text_input", "action_id": "code"},
}
CONTEXT: dict[str, Any] = {"type": "context", "elements": [{"type": "mrkdwn", "text": "since Monday"}]}
HEADER: dict[str, Any] = {"type": "header", "text": {"type": "plain_text", "text": "Your link"}}
EVERYTHING = [SECTION, ACTIONS, PICTURE, TABLE, DATA_TABLE, CONTEXT, HEADER, {"type": "divider"}]
HOME: dict[str, Any] = {"type": "home", "blocks": [*EVERYTHING]}
MODAL: dict[str, Any] = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Join"},
    "submit": {"type": "plain_text", "text": "Join"},
    "callback_id": "join",
    "blocks": [INPUT],
}
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Grapevine", "description": "Bring a friend."},
    "features": {"slash_commands": [{"command": "/grapevine", "description": "Refer", "url": "https://x.example"}]},
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
    "settings": {
        "event_subscriptions": {"request_url": "https://x.example", "bot_events": ["message.im"]},
        "interactivity": {"is_enabled": True, "request_url": "https://x.example"},
        "socket_mode_enabled": False,
    },
}


def test_what_is_right_passes() -> None:
    check_blocks(EVERYTHING)
    check_view(HOME)
    check_view(MODAL)
    check_manifest(MANIFEST)


@pytest.mark.parametrize(
    ("block", "where", "planted", "told"),
    [
        (SECTION, "text.text", "x" * 3001, r"blocks\[0\].text.text: has 3001"),
        (SECTION, "text.text", "", r"blocks\[0\].text.text: has 0"),
        (SECTION, "text.type", "html", r"blocks\[0\].text"),
        (SECTION, "text", "as a plain word", r"blocks\[0\].text"),
        (SECTION, "txt", "unknown field", r"blocks\[0\].*txt"),
        (SECTION, "type", "sektion", "in no published type"),
        (SECTION, "type", "data_visualization", "in no published type"),
        (ACTIONS, "elements", [], r"elements: has 0"),
        (ACTIONS, "elements", [BUTTON, BUTTON], "action_id: 'act:0:share' is there twice"),
        (ACTIONS, "elements", [BUTTON | {"action_id": str(number)} for number in range(26)], "has 26"),
        (ACTIONS, "elements", [BUTTON | {"style": "secondary"}], r"blocks\[0\].elements\[0\]"),
        (ACTIONS, "elements", [BUTTON | {"value": "x" * 2001}], r"elements\[0\].value: has 2001"),
        (ACTIONS, "elements", [BUTTON | {"value": 7}], r"blocks\[0\].elements\[0\]"),
        (ACTIONS, "elements", [BUTTON | {"action_id": "x" * 256}], "has 256"),
        (ACTIONS, "elements", [BUTTON | {"text": {"type": "mrkdwn", "text": "*no*"}}], r"elements\[0\]"),
        (ACTIONS, "elements", [BUTTON | {"text": {"type": "plain_text", "text": "x" * 76}}], "has 76"),
        (PICTURE, "image_url", "https://both.example", r"blocks\[0\]"),
        (PICTURE, "slack_file", {"id": "F1", "url": "https://both.example"}, r"blocks\[0\]"),
        (PICTURE, "alt_text", "", "alt_text: has 0"),
        (HEADER, "text.text", "x" * 151, "has 151"),
        (HEADER, "text.type", "mrkdwn", r"blocks\[0\].text"),
        (CONTEXT, "elements", [], "has 0"),
        (CONTEXT, "elements", [BUTTON], r"blocks\[0\].elements\[0\]"),
        (TABLE, "rows", [[]], r"rows\[0\]: has 0"),
        (TABLE, "rows", TABLE["rows"] * 101, "has 101"),
        (TABLE, "rows", [["a word"]], r"blocks\[0\].rows\[0\]\[0\]"),
        (DATA_TABLE, "rows", [HEADINGS], "rows: has 1"),
    ],
)
def test_a_planted_defect_of_a_block_is_found(block: dict[str, Any], where: str, planted: Any, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        check_blocks([_planted(block, where, planted)])


def test_too_many_blocks_are_found() -> None:
    with pytest.raises(AssertionError, match="there are 51"):
        check_blocks([SECTION] * 51)
    with pytest.raises(AssertionError, match="there are 101"):
        check_view(HOME | {"blocks": [SECTION] * 101})
    with pytest.raises(AssertionError, match="there are 0"):
        check_blocks([])
    with pytest.raises(AssertionError, match="one table"):
        check_blocks([TABLE, TABLE])
    with pytest.raises(AssertionError, match="block_id: 'code' is there twice"):
        check_view(MODAL | {"blocks": [INPUT, INPUT]})


@pytest.mark.parametrize(
    ("view", "where", "planted", "told"),
    [
        (MODAL, "title.text", "x" * 25, "title.text: has 25"),
        (MODAL, "private_metadata", "x" * 3001, "has 3001"),
        (MODAL, "type", "window", "no view"),
        (MODAL, "titel", "unknown field", "titel"),
        (HOME, "title", {"type": "plain_text", "text": "A Home has none"}, "view"),
        (HOME, "blocks", [SECTION | {"text": {"type": "mrkdwn", "text": ""}}], r"blocks\[0\].text.text"),
    ],
)
def test_a_planted_defect_of_a_view_is_found(view: dict[str, Any], where: str, planted: Any, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        check_view(_planted(view, where, planted))


@pytest.mark.parametrize("lacking", ["title", "submit", "blocks"])
def test_what_a_modal_lacks_is_found(lacking: str) -> None:
    with pytest.raises(AssertionError):
        check_view({name: value for name, value in MODAL.items() if name != lacking})


@pytest.mark.parametrize(
    ("where", "planted", "told"),
    [
        ("display_information.description", "x" * 141, "description: has 141"),
        ("display_information.long_description", "x" * 174, "has 174"),
        ("display_information.name", "x" * 36, "has 36"),
        ("oauth_config.scopes.bot", ["chat:shout"], r"scopes.bot\[0\]"),
        ("oauth_config.scopes.bot", ["commands", "commands"], "twice"),
        ("settings.event_subscriptions.bot_events", ["message.everywhere"], r"bot_events\[0\]"),
        ("settings.event_subscriptions.request_url", "x.example", "no web address"),
        ("settings.socket_mode_enabled", "yes", "socket_mode_enabled"),
        ("settings.sockets", True, "sockets"),
        ("featurs", {}, "featurs is not known"),
    ],
)
def test_a_planted_defect_of_a_manifest_is_found(where: str, planted: Any, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        check_manifest(_planted(MANIFEST, where, planted))


@pytest.mark.parametrize("part", ["event_subscriptions", "interactivity"])
def test_a_manifest_without_a_way_in_is_found(part: str) -> None:
    manifest: dict[str, Any] = deepcopy(MANIFEST)
    del manifest["settings"][part]["request_url"]
    with pytest.raises(AssertionError, match=f"{part}.request_url"):
        check_manifest(manifest)


def _planted(whole: dict[str, Any], where: str, value: object) -> dict[str, Any]:
    planted = deepcopy(whole)
    *path, last = where.split(".")
    holder = planted
    for name in path:
        holder = holder[name]
    holder[last] = value
    return planted
