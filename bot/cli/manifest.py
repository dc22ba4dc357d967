"""`grapevine manifest`: print the Slack app, ready to paste, and the address that fills it in by itself."""

import json
from typing import Annotated, Any
from urllib.parse import quote

import typer

from bot.cli.starting import complain, read_settings, told_in_words
from bot.settings import Settings
from bot.slack.manifest import COMMAND, EVENTS_PATH, manifest, plainly
from bot.wrong import WrongSetting
from messages.catalog import DEFAULT_LANGUAGE, Catalog, Reader

NAME = "Grapevine"
NEW_APP = "https://api.slack.com/apps?new_app=1&manifest_json="
_LONGEST_NAME = 35

_BY_SOCKET = """\
This app comes in by Socket Mode: nothing of yours has to be public.

1. Open the address below, choose your workspace, and press Next, then Create.
   (Or at api.slack.com/apps: Create New App, From a manifest, and paste what stands above.)
2. Basic Information, App-Level Tokens: press Generate Token and Scopes, add connections:write, press Generate,
   and copy the token (xapp-…) into GRAPEVINE_SLACK_APP_TOKEN.
3. Install App: press Install, allow it, and copy the Bot User OAuth Token (xoxb-…) into GRAPEVINE_SLACK_BOT_TOKEN.
4. make run, and type {command} in Slack. Every step, and the team's channel: docs/slack.md
"""
_BY_HTTP = """\
This app comes in over HTTP: Slack posts to {address}.

1. Open the address below, choose your workspace, and press Next, then Create.
   (Or at api.slack.com/apps: Create New App, From a manifest, and paste what stands above.)
2. Basic Information, App Credentials: copy the Signing Secret into GRAPEVINE_SLACK_SIGNING_SECRET.
3. Install App: press Install, allow it, and copy the Bot User OAuth Token (xoxb-…) into GRAPEVINE_SLACK_BOT_TOKEN.
4. make run. Only now can Slack verify the address: Event Subscriptions, Retry beside the Request URL, Save Changes.
5. Type {command} in Slack. Every step, and the team's channel: docs/slack.md
"""


def print_manifest(
    *,
    by_socket: Annotated[
        bool | None, typer.Option("--socket/--http", help="How Slack reaches you; by itself, what your settings say.")
    ] = None,
    name: Annotated[str, typer.Option(help="What the app is called in Slack.")] = NAME,
) -> None:
    """Print the Slack app as JSON, ready to paste, and how to go on."""
    settings = read_settings()
    with told_in_words():
        is_socket = _by_socket(settings, by_socket)
        app = _app(settings, _checked(name), is_socket=is_socket)
    typer.echo(json.dumps(app, indent=2, ensure_ascii=False))
    how = _BY_SOCKET if is_socket else _BY_HTTP
    typer.echo(how.format(command=COMMAND, address=f"{settings.own_url}{EVENTS_PATH}"), err=True)
    typer.echo(one_click(app), err=True)


def one_click(app: dict[str, Any]) -> str:
    """Write the address at which Slack has the manifest filled in already."""
    return NEW_APP + quote(json.dumps(app, ensure_ascii=False, separators=(",", ":")), safe="")


def _by_socket(settings: Settings, asked: bool | None) -> bool:  # noqa: FBT001 - what an option with two names gives
    if asked is None:
        return settings.slack_app_token is not None or not settings.is_public
    if not asked and not settings.is_public:
        raise WrongSetting(
            "GRAPEVINE_PUBLIC_URL",
            f"Slack posts to public https only, and {settings.own_url} is none.",
            "Set it to such an address, or take --socket, which needs none.",
        )
    return asked


def _checked(name: str) -> str:
    trimmed = name.strip()
    if not 1 <= len(trimmed) <= _LONGEST_NAME:
        complain(f"Slack takes a name of 1 to {_LONGEST_NAME} characters.")
        raise typer.Exit(2)
    return trimmed


def _app(settings: Settings, name: str, *, is_socket: bool) -> dict[str, Any]:
    catalog = Catalog.load()
    language = catalog.choose(settings.language, DEFAULT_LANGUAGE)
    say = plainly(catalog, Reader(language=language, zone=settings.zone))
    return manifest(name=name, public_url=settings.own_url, socket_mode=is_socket, say=say)
