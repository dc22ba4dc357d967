"""The manifest asks for what the app uses, all of it and nothing else, and Slack would take it as it is."""

import ast
import inspect
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli.manifest import one_click
from bot.slack import incoming
from bot.slack.manifest import COMMAND, EVENTS, METHODS, NEEDS, SCOPES, manifest, plainly
from messages.catalog import Catalog, Reader
from tests.architecture.sources import ROOT, Source, sources
from tests.oracles import check_manifest

# Browsers and servers take 8,000 characters of an address; longer ones are cut somewhere on the way.
LONGEST_ADDRESS = 8000
_API_METHOD = re.compile(r"""api_call\(\s*(?:api_method=)?["']([a-zA-Z.]+)["']""")


def app(catalog: Catalog, *, public_url: str | None = None, language: str = "en") -> dict[str, Any]:
    """Make the manifest by Socket Mode, or over HTTP where there is an address."""
    say = plainly(catalog, Reader(language=language, zone=ZoneInfo("UTC")))
    return manifest(name="Corner Café", public_url=public_url, socket_mode=public_url is None, say=say)


def test_every_method_that_is_called_is_in_the_table_and_no_other() -> None:
    assert _called() == set(METHODS)


def test_every_event_that_is_heard_is_in_the_table_and_no_other() -> None:
    assert set(incoming.EVENTS) == set(EVENTS)


def test_the_manifest_asks_for_what_is_needed_and_nothing_else(catalog: Catalog) -> None:
    made = app(catalog)
    assert made["oauth_config"]["scopes"]["bot"] == sorted({scope for needed in NEEDS.values() for scope in needed})
    assert made["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)
    assert [command["command"] for command in made["features"]["slash_commands"]] == [COMMAND]


@pytest.mark.parametrize("public_url", [None, "https://refer.example.com"])
def test_slack_would_take_it_in_every_language(catalog: Catalog, public_url: str | None) -> None:
    for language in catalog.languages:
        check_manifest(app(catalog, public_url=public_url, language=language))


def test_people_can_write_to_the_app_and_open_its_home(catalog: Catalog) -> None:
    assert app(catalog)["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }


def test_over_http_everything_comes_to_one_door(catalog: Catalog) -> None:
    made = app(catalog, public_url="https://refer.example.com")
    door = "https://refer.example.com/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == door
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": door}
    assert made["features"]["slash_commands"][0]["url"] == door
    assert made["settings"]["socket_mode_enabled"] is False


def test_by_socket_mode_it_names_no_address(catalog: Catalog) -> None:
    made = app(catalog)
    assert "http" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True


@pytest.mark.parametrize("public_url", [None, f"https://{'x' * 60}.example.com"])
def test_the_address_carries_the_whole_manifest(catalog: Catalog, public_url: str | None) -> None:
    made = app(catalog, public_url=public_url)
    address = one_click(made)
    assert len(address) < LONGEST_ADDRESS
    assert parse_qs(urlsplit(address).query) == {"new_app": ["1"], "manifest_json": [one_line(made)]}
    assert json.loads(one_line(made)) == made


def test_the_hint_names_every_command(catalog: Catalog) -> None:
    hint = app(catalog)["features"]["slash_commands"][0]["usage_hint"]
    aliases = {"start", "human"}
    assert {one.split()[0] for one in hint.split(" | ")} == set(incoming.COMMANDS) - aliases


def test_the_guide_says_what_each_scope_is_for() -> None:
    guide = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z:]+)` \| [^|]+ \| ([^|]+) \|$", guide, flags=re.MULTILINE)
    told = {scope: re.findall(r"`([^`]+)`", asked) for scope, asked in rows}
    assert told == {scope: sorted(need for need, scopes in NEEDS.items() if scope in scopes) for scope in SCOPES}


def one_line(made: dict[str, Any]) -> str:
    """Write a manifest without a space to spare, as an address carries it."""
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def _called() -> set[str]:
    """Read from the sources which methods are called: by the client's own functions, or by their names in Slack."""
    return {method for source in _edge() for method in _methods_in(source)}


def _methods_in(source: Source) -> Iterator[str]:
    functions = _client_functions()
    known = set(functions.values())
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name)) if name in functions:
                yield functions[name]
            case ast.Constant(value=str(text)) if text in known:
                yield text


def _edge() -> list[Source]:
    return [one for one in sources() if one.path.startswith("bot/slack/") and one.path != "bot/slack/manifest.py"]


@cache
def _client_functions() -> dict[str, str]:
    """Find for every function of slack_sdk's client the method of Slack's that it calls."""
    found = {}
    for name, function in inspect.getmembers(AsyncWebClient, inspect.isfunction):
        methods = _API_METHOD.findall(inspect.getsource(function))
        if len(methods) == 1 and "_" in name:
            found[name] = methods[0]
    assert found["users_info"] == "users.info"
    return found
