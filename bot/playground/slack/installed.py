"""What the manifest gave the app: its scopes, its events, its commands, and what is switched on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# An event is delivered only to an app that may read what is in it.
EVENT_SCOPES = {
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.mpim": "mpim:history",
    "app_mention": "app_mentions:read",
    "file_shared": "files:read",
}


class Installed:
    """Reads a manifest as the platform did when the app was installed."""

    def __init__(self, manifest: Mapping[str, Any], *, socket_mode: bool) -> None:
        self.manifest = manifest
        self.socket_mode = socket_mode
        self._features = _inner(manifest, "features")
        self._settings = _inner(manifest, "settings")
        self.scopes: tuple[str, ...] = tuple(_inner(_inner(manifest, "oauth_config"), "scopes").get("bot", ()))

    @property
    def name(self) -> str:
        """The name of the app."""
        named = _inner(self._features, "bot_user").get("display_name")
        return str(named or _inner(self.manifest, "display_information").get("name", "Grapevine"))

    @property
    def commands(self) -> tuple[str, ...]:
        """The slash commands people can use."""
        if "commands" not in self.scopes:
            return ()
        return tuple(
            str(one["command"]) for one in self._features.get("slash_commands", ()) if self._has_address(one.get("url"))
        )

    def escapes(self, command: str) -> bool:
        """Whether mentions and links in a command arrive escaped."""
        declared = self._features.get("slash_commands", ())
        return any(one["command"] == command and one.get("should_escape") for one in declared)

    def hears(self, event: str) -> bool:
        """Whether the app subscribed to an event, and may."""
        subscriptions = _inner(self._settings, "event_subscriptions")
        needed = EVENT_SCOPES.get(event)
        may = needed is None or needed in self.scopes
        return (
            event in subscriptions.get("bot_events", ()) and may and self._has_address(subscriptions.get("request_url"))
        )

    @property
    def is_interactive(self) -> bool:
        """Whether taps and submissions reach the app."""
        interactivity = _inner(self._settings, "interactivity")
        return bool(interactivity.get("is_enabled")) and self._has_address(interactivity.get("request_url"))

    @property
    def has_home(self) -> bool:
        """Whether the app has a Home tab."""
        return bool(_inner(self._features, "app_home").get("home_tab_enabled"))

    @property
    def has_messages(self) -> bool:
        """Whether the app can write to people."""
        return bool(_inner(self._features, "app_home").get("messages_tab_enabled"))

    @property
    def takes_messages(self) -> bool:
        """Whether people can write to the app."""
        return self.has_messages and not _inner(self._features, "app_home").get("messages_tab_read_only_enabled")

    def _has_address(self, url: object) -> bool:
        return self.socket_mode or bool(url)


def _inner(mapping: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = mapping.get(name)
    return found if isinstance(found, Mapping) else {}
