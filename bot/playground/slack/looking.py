"""The calls that ask who and what there is."""

from __future__ import annotations

from typing import Any

from bot.playground.slack.chat import readable
from bot.playground.slack.parameters import Parameters
from bot.playground.slack.people import APP, BOT, BOT_USER, TEAM
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.workspace import Workspace


def api_test(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Say that the platform is there."""
    if error := parameters.text("error"):
        raise Refusal(error)
    return {"args": parameters.decoded()}


def auth_test(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Say whose token this is."""
    return {
        "url": "https://cornercafe.slack.com/",
        "team": slack.team_name,
        "user": slack.installed.name.casefold(),
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def bots_info(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Describe the app as a bot."""
    if parameters.text("bot") != BOT:
        raise Refusal("bot_not_found")
    bot = {"id": BOT, "deleted": False, "name": slack.installed.name, "app_id": APP, "user_id": BOT_USER}
    return {"bot": bot}


def users_info(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Describe a person."""
    person = slack.people.get(parameters.text("user"))
    if person is None:
        raise Refusal("user_not_found")
    return {"user": person.as_json(with_locale=parameters.flag("include_locale"))}


def conversations_info(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Describe a conversation."""
    channel = readable(slack, parameters.required("channel"))
    if channel.scope not in slack.installed.scopes:
        raise missing_scope(slack, channel.scope)
    body = channel.as_json()
    if not parameters.flag("include_num_members"):
        body.pop("num_members", None)
    return {"channel": body}


def conversations_open(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Open the direct line to a person."""
    channel_id, users = parameters.text("channel"), parameters.text("users")
    if channel_id:
        return {"channel": {"id": readable(slack, channel_id).channel_id}}
    if not users:
        raise Refusal("users_list_not_supplied")
    if users == BOT_USER:
        raise Refusal("cannot_dm_bot")
    if users not in slack.people:
        raise Refusal("user_not_found")
    was_open = f"D{users[1:]}" in slack.channels
    channel = slack.channels[slack.dm(users)]
    body = channel.as_json() if parameters.flag("return_im") else {"id": channel.channel_id}
    return {"no_op": was_open, "already_open": was_open, "channel": body}


def open_connection(slack: Workspace, parameters: Parameters) -> dict[str, Any]:
    """Say where the app opens its socket."""
    root = slack.public_url.replace("http", "ws", 1)
    return {"url": f"{root}/playground/slack/socket?ticket={slack.tickets.connection()}&app_id={APP}"}


def missing_scope(slack: Workspace, needed: str) -> Refusal:
    """Refuse a call that the app was never allowed to make."""
    return Refusal("missing_scope", needed=needed, provided=",".join(slack.installed.scopes))
