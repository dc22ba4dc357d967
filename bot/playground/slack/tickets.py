"""The short-lived rights an interaction gives: one modal, a few answers, one connection."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.slack.bubbles import Message
from bot.playground.slack.refusal import Refusal

TRIGGER_SECONDS = 3.0
RESPONSES = 5
RESPONSE_SECONDS = 30 * 60.0


@dataclass(eq=False)
class Trigger:
    """The right to open one modal for one person."""

    user: str
    made_at: float
    view_id: str = ""  # of the modal it was made in
    is_used: bool = False
    is_old: bool = False


@dataclass(eq=False)
class Hook:
    """An address that takes a few answers to one interaction."""

    user: str
    channel: str
    made_at: float
    thread_ts: str | None = None
    source: Message | None = None  # the message that was tapped
    uses: int = 0
    is_old: bool = False


@dataclass
class Tickets:
    """Hands out the rights and takes them back."""

    clock: Callable[[], float]
    trigger_seconds: float = TRIGGER_SECONDS
    triggers: dict[str, Trigger] = field(default_factory=dict)
    hooks: dict[str, Hook] = field(default_factory=dict)
    connections: set[str] = field(default_factory=set)

    def trigger(self, user: str, *, view_id: str = "") -> str:
        """Let the app open one modal for somebody."""
        name = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.triggers[name] = Trigger(user, self.clock(), view_id)
        return name

    def use_trigger(self, name: str) -> Trigger:
        """Take a trigger, once and in time."""
        trigger = self.triggers.get(name)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.is_used:
            raise Refusal("exchanged_trigger_id")
        if trigger.is_old or self.clock() - trigger.made_at > self.trigger_seconds:
            raise Refusal("expired_trigger_id")
        trigger.is_used = True
        return trigger

    def hook(self, user: str, channel: str, *, thread_ts: str | None = None, source: Message | None = None) -> str:
        """Let the app answer a few times, and return the name of the address."""
        name = f"T0CAFE/{secrets.randbelow(10**13)}/{secrets.token_urlsafe(18)}"
        self.hooks[name] = Hook(user, channel, self.clock(), thread_ts, source)
        return name

    def use_hook(self, name: str) -> Hook:
        """Take one use of a response address."""
        hook = self.hooks.get(name)
        if hook is None:
            raise Refusal("invalid_url", status=404)  # unverified wording
        if hook.is_old or self.clock() - hook.made_at > RESPONSE_SECONDS:
            raise Refusal("expired_url", status=404)
        if hook.uses >= RESPONSES:
            raise Refusal("used_url", status=404)
        hook.uses += 1
        return hook

    def connection(self) -> str:
        """Let the app open one socket."""
        name = secrets.token_urlsafe(24)
        self.connections.add(name)
        return name

    def use_connection(self, name: str) -> bool:
        """Take the right to a socket, once."""
        if name not in self.connections:
            return False
        self.connections.remove(name)
        return True

    def age(self) -> None:
        """Make everything handed out so far too old."""
        for trigger in self.triggers.values():
            trigger.is_old = True
        for hook in self.hooks.values():
            hook.is_old = True
