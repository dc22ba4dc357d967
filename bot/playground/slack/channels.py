"""Conversations: channels, and the app's direct line to each person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.playground.slack.bubbles import Message
from bot.playground.slack.people import BOT_USER, OTHER_TEAM, TEAM

SHARED = ("is_shared", "is_ext_shared", "is_pending_ext_shared", "is_org_shared")


@dataclass(eq=False)
class Channel:
    """One conversation with its members and its messages, oldest first."""

    channel_id: str
    name: str
    members: set[str]
    is_private: bool = False
    is_im: bool = False
    is_archived: bool = False
    shared: set[str] = field(default_factory=set)  # which of SHARED hold
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The channel_type of events."""
        if self.is_im:
            return "im"
        return "group" if self.is_private else "channel"

    @property
    def event(self) -> str:
        """The subscription that hears of its messages."""
        return {"im": "message.im", "group": "message.groups", "channel": "message.channels"}[self.kind]

    @property
    def scope(self) -> str:
        """The scope that lets an app look at it."""
        return {"im": "im:read", "group": "groups:read", "channel": "channels:read"}[self.kind]

    @property
    def person(self) -> str:
        """Whose direct line it is."""
        return next(member for member in self.members if member != BOT_USER)

    def as_json(self) -> dict[str, Any]:
        """Write the channel as conversations.info does."""
        body: dict[str, Any] = {
            "id": self.channel_id,
            "created": 1_700_000_000,
            "is_im": self.is_im,
            "is_archived": self.is_archived,
            "is_org_shared": False,
            "context_team_id": TEAM,
        }
        if self.is_im:
            return body | {"user": self.person, "is_open": True}
        flags = {name: name in self.shared for name in SHARED}
        teams = [TEAM, OTHER_TEAM] if "is_ext_shared" in self.shared else [TEAM]
        return (
            body
            | flags
            | {
                "name": self.name,
                "name_normalized": self.name,
                "is_channel": not self.is_private,
                "is_group": self.is_private,
                "is_mpim": False,
                "is_private": self.is_private,
                "is_general": False,
                "is_member": BOT_USER in self.members,
                "creator": "U0OLGA",
                "shared_team_ids": teams,
                "num_members": len(self.members),
            }
        )
