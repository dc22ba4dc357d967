"""`grapevine manifest`: the app alone on standard output, and how to go on beside it."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.bot.commands import Said, grapevine
from tests.oracles import check_manifest

PUBLIC = {"GRAPEVINE_PUBLIC_URL": "https://refer.example.com"}


async def test_what_is_printed_can_be_pasted_or_opened(tmp_path: Path) -> None:
    said = await grapevine(tmp_path, "manifest", "--name", "Corner Café")
    made = json.loads(said.out)
    check_manifest(made)
    assert made["features"]["bot_user"]["display_name"] == "Corner Café"
    assert made["settings"]["socket_mode_enabled"] is True
    address = said.err.strip().splitlines()[-1]
    assert address.startswith("https://api.slack.com/apps?new_app=1&manifest_json=")
    assert json.loads(parse_qs(urlsplit(address).query)["manifest_json"][0]) == made
    assert "GRAPEVINE_SLACK_APP_TOKEN" in said.err
    assert "GRAPEVINE_SLACK_SIGNING_SECRET" not in said.err


async def test_public_https_leads_to_http(tmp_path: Path) -> None:
    said = await grapevine(tmp_path, "manifest", **PUBLIC)
    made = json.loads(said.out)
    check_manifest(made)
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://refer.example.com/slack/events"
    assert "GRAPEVINE_SLACK_SIGNING_SECRET" in said.err


async def test_who_has_an_app_token_is_on_socket_mode_also_behind_public_https(tmp_path: Path) -> None:
    said = await grapevine(tmp_path, "manifest", **PUBLIC, GRAPEVINE_SLACK_APP_TOKEN="xapp-a-token")
    assert json.loads(said.out)["settings"]["socket_mode_enabled"] is True


async def test_socket_mode_can_be_chosen_all_the_same(tmp_path: Path) -> None:
    said = await grapevine(tmp_path, "manifest", "--socket", **PUBLIC)
    assert json.loads(said.out)["settings"]["socket_mode_enabled"] is True


@pytest.mark.parametrize("address", [None, "http://refer.example.com", "https://localhost:8443"])
async def test_http_without_public_https_is_refused(tmp_path: Path, address: str | None) -> None:
    environment = {"GRAPEVINE_PUBLIC_URL": address} if address else {}
    said = await grapevine(tmp_path, "manifest", "--http", **environment)
    _refused(said, "GRAPEVINE_PUBLIC_URL: Slack posts to public https only")
    assert "--socket" in said.err


@pytest.mark.parametrize("name", ["", " ", "x" * 36])
async def test_a_name_that_slack_would_not_take_is_refused(tmp_path: Path, name: str) -> None:
    _refused(await grapevine(tmp_path, "manifest", "--name", name), "a name of 1 to 35 characters")


def _refused(said: Said, told: str) -> None:
    assert (said.status, said.out) == (2, "")
    assert told in said.err
