"""The Slack app as Slack wants it described: computed from what the listeners hear and what the app calls."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from messages.catalog import Catalog, Reader
from messages.markup import Markup

COMMAND = "/grapevine"
EVENTS_PATH = "/slack/events"

# What each Web API method asks for. A message to a person's id opens the direct message, which needs im:write too;
# Socket Mode's address is asked for with the app token, which has a scope of its own.
METHODS: Mapping[str, Sequence[str]] = {
    "apps.connections.open": (),
    "auth.test": (),
    "bots.info": ("users:read",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write", "im:write"),
    "chat.update": ("chat:write",),
    "conversations.info": ("channels:read", "groups:read"),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.update": (),
}

# What Slack sends only to an app that may read it.
EVENTS: Mapping[str, Sequence[str]] = {
    "app_home_opened": (),
    "app_uninstalled": (),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "tokens_revoked": (),
}

# Every scope has its reason here, and nowhere else.
NEEDS: Mapping[str, Sequence[str]] = {**METHODS, **EVENTS, COMMAND: ("commands",)}
SCOPES: Sequence[str] = tuple(sorted({scope for scopes in NEEDS.values() for scope in scopes}))


def manifest(
    *, name: str, public_url: str | None, socket_mode: bool, say: Callable[[str], str], command: str = COMMAND
) -> dict[str, Any]:
    """Describe the app, ready to paste; `say` speaks a text of ours as plain words."""
    way_in = None if socket_mode else f"{public_url}{EVENTS_PATH}"
    slash_command = {
        "command": command,
        "description": say("commands.slack-command"),
        "usage_hint": say("commands.slack-hint"),
        "should_escape": False,
    }
    return {
        "display_information": {
            "name": name,
            "description": say("commands.slack-description"),
            "long_description": say("commands.slack-long-description"),
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name, "always_online": True},
            "slash_commands": [_reached(slash_command, "url", way_in)],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": _reached({"bot_events": list(EVENTS)}, "request_url", way_in),
            "interactivity": _reached({"is_enabled": True}, "request_url", way_in),
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }


def plainly(catalog: Catalog, reader: Reader) -> Callable[[str], str]:
    """Speak texts without values and without marks, as the manifest holds them."""
    return lambda key: catalog.text(key, {}, reader, markup=Markup.PLAIN, address=str)


def _reached(part: dict[str, Any], key: str, address: str | None) -> dict[str, Any]:
    """Say where Slack finds a part; by Socket Mode it needs no address."""
    return part if address is None else {**part, key: address}
