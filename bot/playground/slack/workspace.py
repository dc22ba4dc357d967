"""Everything the pretend platform knows: the app, the people, their conversations, and what is on its way."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.playground.bell import Bell
from bot.playground.slack import events
from bot.playground.slack.bubbles import Message
from bot.playground.slack.channels import Channel
from bot.playground.slack.deliveries import Delivery, Kind
from bot.playground.slack.faults import Faults
from bot.playground.slack.files import Files
from bot.playground.slack.installed import Installed
from bot.playground.slack.people import APP, BOT, BOT_USER, CAROL, OWNER, TEAM, TEAM_CHANNEL, Person, first_people
from bot.playground.slack.surfaces import View
from bot.playground.slack.tickets import Tickets


@dataclass(frozen=True)
class Call:
    """One call the app made: what it asked and what it was answered."""

    method: str
    parameters: dict[str, Any]
    answer: dict[str, Any]


@dataclass(frozen=True)
class Notice:
    """Words of Slack itself, shown to one person when the app did not do its part."""

    user: str
    words: str


@dataclass(kw_only=True, eq=False)
class Workspace:
    """The state that calls and gestures change."""

    public_url: str
    events_url: str
    manifest: Mapping[str, Any]
    now: Callable[[], datetime]
    team_name: str = "Corner Café"
    socket_mode: bool = False
    bell: Bell = field(default_factory=Bell)
    ack_seconds: float = 3.0
    retry_pauses: tuple[float, ...] = (0.1, 0.2, 0.4)  # Slack: at once, a minute, five; nobody here should wait

    def __post_init__(self) -> None:
        self.installed = Installed(self.manifest, socket_mode=self.socket_mode)
        self.people: dict[str, Person] = {person.user_id: person for person in first_people()}
        self.channels: dict[str, Channel] = {}
        self.homes: dict[str, View] = {}
        self.modals: dict[str, list[View]] = {}  # by person; the last one is on top
        self.tickets = Tickets(self.clock)
        self.files = Files(self.public_url, clock=self.clock, is_open=self._is_in)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.unknown_parameters: list[tuple[str, str]] = []
        self.warnings: list[tuple[str, str]] = []
        self.deliveries: list[Delivery] = []
        self.unheard: list[str] = []  # what the manifest did not ask for
        self.notices: list[Notice] = []
        self.queue: asyncio.Queue[Delivery | None] = asyncio.Queue()
        self.is_uninstalled = False
        self._last_ts = 0
        members = {OWNER, CAROL, BOT_USER}
        self.channels[TEAM_CHANNEL] = Channel(TEAM_CHANNEL, "referrals", members)

    def real_now(self) -> datetime:
        """Tell the time other machines agree on; signatures use it however far the house clock has moved."""
        return Clock().real_now()

    def clock(self) -> float:
        """Tell the platform's own time, which nobody moves."""
        return asyncio.get_running_loop().time()

    def next_ts(self) -> str:
        """Number a message: the house's time in microseconds, never the same twice."""
        self._last_ts = max(self._last_ts + 1, int(self.now().timestamp() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        """Make an id as Slack's look."""
        return prefix + secrets.token_hex(5).upper()

    def dm(self, user: str) -> str:
        """Name the app's direct line to a person, opening it if need be."""
        channel_id = f"D{user[1:]}"
        if channel_id not in self.channels:
            self.channels[channel_id] = Channel(channel_id, "directmessage", {user, BOT_USER}, is_im=True)
        return channel_id

    def channel(self, channel_id: str) -> Channel | None:
        """Find a conversation by its id."""
        return self.channels.get(channel_id)

    def _is_in(self, channel_id: str) -> bool:
        return channel_id in self.channels and BOT_USER in self.channels[channel_id].members

    def post(self, message: Message) -> Message:
        """Put a message where people see it, and tell the app if it listens."""
        channel = self.channels[message.channel]
        channel.messages[message.ts] = message
        self.changed(message)
        if not message.is_ephemeral:
            self.tell(channel, events.message(self, channel, message))
        return message

    def tell(self, channel: Channel, event: dict[str, Any]) -> Delivery | None:
        """Send an event of a conversation, if the app is in it and listens."""
        return self.deliver_event(channel.event, event) if BOT_USER in channel.members else None

    def deliver_event(self, subscription: str, event: dict[str, Any], *, user: str = "") -> Delivery | None:
        """Send an event, if the app subscribed to it."""
        if self.is_uninstalled or not self.installed.hears(subscription):
            self.unheard.append(subscription)
            return None
        body = events.wrapped(self, event)
        return self.deliver("event", str(event["type"]), body, user=user or str(event.get("user", "")))

    def deliver(
        self, kind: Kind, name: str, body: dict[str, Any], *, user: str = "", context: dict[str, Any] | None = None
    ) -> Delivery:
        """Put something on its way to the app."""
        delivery = Delivery(kind, name, body, user, context=context or {})
        self.deliveries.append(delivery)
        self.queue.put_nowait(delivery)
        self.bell.ring()
        return delivery

    def notify(self, user: str, words: str) -> None:
        """Show somebody Slack's own words."""
        self.notices.append(Notice(user, words))
        self.changed()

    def warn(self, where: str, words: str) -> None:
        """Remember something that Slack bears but the app should not do."""
        self.warnings.append((where, words))
        self.changed()

    def view_json(self, view: View) -> dict[str, Any]:
        """Write a view as the platform gives it back."""
        return view.as_json(team=TEAM, app=APP, bot=BOT)

    def changed(self, thing: Message | View | None = None) -> None:
        """Tell everyone who looks that there is something new to see."""
        if thing is not None:
            thing.version += 1
        self.bell.ring()
