"""The bot's mailbox: updates wait here until a poll confirms them or a webhook takes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.playground.bell import Bell
from bot.playground.telegram.parameters import Parameters
from bot.playground.telegram.refusal import bad_request, conflict

LIMIT = 100
LONGEST_POLL = 50
FIRST_UPDATE = 700_000_001  # the platform starts somewhere; nobody may count on one
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
KINDS = {
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "chosen_inline_result",
    "chat_join_request",
    "poll",
    "poll_answer",
    "pre_checkout_query",
    "shipping_query",
    "channel_post",
    "edited_channel_post",
} | NOT_BY_DEFAULT

WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"

Update = dict[str, Any]


@dataclass
class Webhook:
    """Where updates are sent, and how the last attempts went."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass
class Mailbox:
    """Updates in order of arrival."""

    bell: Bell = field(default_factory=Bell)
    waiting: list[Update] = field(default_factory=list)
    allowed: set[str] | None = None  # none: everything but what the documents name as opt-in
    webhook: Webhook = field(default_factory=Webhook)
    _next: int = FIRST_UPDATE
    _poll: int = 0

    def put(self, kind: str, content: dict[str, Any]) -> Update | None:
        """Store an update, unless the bot did not ask for its kind."""
        allowed = self.allowed if self.allowed is not None else KINDS - NOT_BY_DEFAULT
        if kind not in allowed:
            return None
        update: Update = {"update_id": self._next, kind: content}
        self._next += 1
        self.waiting.append(update)
        self.bell.ring()
        return update

    def repeat(self, update: Update) -> None:
        """Deliver an update once more under its old number, as the platform does when it is unsure."""
        self.waiting.append(update)
        self.waiting.sort(key=lambda one: int(one["update_id"]))
        self.bell.ring()

    def confirm(self, offset: int) -> None:
        """Forget every update before an offset; a negative one counts from the end."""
        if offset < 0:
            self.waiting[:] = self.waiting[offset:]
        elif offset > 0:
            self.waiting[:] = [update for update in self.waiting if int(update["update_id"]) >= offset]

    def allow(self, parameters: Parameters) -> None:
        """Remember which kinds the bot asks for; nothing said leaves it as it was."""
        kinds = parameters.structure("allowed_updates", what="allowed_updates")
        if kinds is None:
            return
        if not isinstance(kinds, list):
            raise bad_request("can't parse allowed_updates: expected an Array of String")  # unverified wording
        self.allowed = {str(kind) for kind in kinds} if kinds else None

    async def poll(self, parameters: Parameters) -> list[Update]:
        """Answer getUpdates: wait for news at most as long as asked, and end any other poll."""
        if self.webhook.url:
            raise conflict(WEBHOOK_ACTIVE)
        self.allow(parameters)
        self._poll += 1
        mine = self._poll
        self.bell.ring()  # an older poll wakes up and learns that it has been replaced
        self.confirm(parameters.integer("offset"))
        limit = min(max(parameters.integer("limit", default=LIMIT), 1), LIMIT)
        timeout = min(max(parameters.integer("timeout"), 0), LONGEST_POLL)
        await self.bell.until(lambda: bool(self.waiting) or self._poll != mine, timeout)
        if self._poll != mine:
            raise conflict(OTHER_POLL)
        return self.waiting[:limit]

    async def next_for_webhook(self) -> Update | None:
        """Wait for an update that a webhook should take; none once the playground closes."""
        while not self.bell.closed:
            if self.webhook.url and self.waiting:
                return self.waiting[0]
            await self.bell.wait(None)
        return None

    async def pause(self, seconds: float) -> None:
        """Wait before trying a webhook again, or until it is changed."""
        url = self.webhook.url
        await self.bell.until(lambda: self.webhook.url != url, seconds)
