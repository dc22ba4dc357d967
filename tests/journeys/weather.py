"""A shop in bad weather: people who ask again, a till that reports, and time that passes until everything is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp

from bot.app import App
from bot.playground.slack.peer import SlackPeer
from bot.playground.telegram.peer import TelegramPeer
from messages.catalog import Catalog
from storage.schema import outbox
from tests.audit import audit
from tests.dialogue import Dialogue

# How long somebody looks at a silent phone before they ask again; a wait of a second is told by the platforms.
ASKS_AGAIN_SECONDS = 2.5
MOST_TIMES = 12


@dataclass
class Shop:
    """One running service, both platforms, and the till."""

    app: App
    telegram: TelegramPeer
    slack: SlackPeer
    web: aiohttp.ClientSession
    catalog: Catalog

    async def asks(self, act: Callable[[], object], seen: Callable[[], object]) -> None:
        """Do something, and again while no answer comes."""
        for _ in range(MOST_TIMES):
            act()
            try:
                await self.telegram.wait_for(seen, ASKS_AGAIN_SECONDS)
            except TimeoutError:
                continue
            return
        raise AssertionError("However often one asks, no answer comes.")

    async def posts(self, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        """The till reports or redeems."""
        key = self.app.settings.api_key
        assert key is not None
        given = {"authorization": f"Bearer {key.get_secret_value()}"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.web.post(f"/api/v1{path}", json=body, headers=given) as answer:
            assert answer.status == 200, await answer.text()
            told: dict[str, Any] = await answer.json()
            return told

    async def buys(self, platform: str, who: str, receipt: str = "receipt-1") -> None:
        """The till reports what somebody bought."""
        told = {"id": receipt, "source": "till", "type": "purchase", "amount": "25.00", "currency": "EUR"}
        told["occurred_at"] = self.app.clock.now().isoformat()
        customer = {"identities": [{"platform": platform, "id": who}]}
        assert (await self.posts("/events", told | {"customer": customer}))["outcome"] == "qualified"

    async def everything_is_told(self, *, but: frozenset[str] = frozenset()) -> None:
        """Let time pass in steps, as long as a notice waits for its next attempt."""
        for _ in range(60):
            waiting = [row for row in await self.notices() if row.state in {"queued", "sending"} and row.key not in but]
            if not waiting:
                return
            await self.app.move_clock(timedelta(seconds=40))
            await self._quiet()
        raise AssertionError(f"Some notices never leave: {waiting}")

    async def notices(self) -> list[Any]:
        """Read the outbox, in order."""
        talk = Dialogue(self.app.database, self.catalog)
        return sorted(await talk.rows(outbox), key=lambda row: row.number)

    async def agrees(self) -> None:
        """Check what must always be true, and that every notice about a reward was sent."""
        await audit(Dialogue(self.app.database, self.catalog))
        # The demo's first customers have no chat on either platform; small news that waited leave as one message.
        kinds, told = {"reward", "service"}, {"no-chat", "told-in-another"}
        left = [row for row in await self.notices() if row.kind in kinds and row.reason not in told]
        assert {row.state for row in left} == {"sent"}

    def heard(self, who: int, words: str) -> list[str]:
        """Read what somebody's phone shows with these words in it, from the bot."""
        return [one.words for one in self.telegram.chat(who) if one.from_bot and words in one.words]

    def read(self, user: str, words: str) -> list[str]:
        """Read what somebody's Slack shows with these words in it, from the app."""
        shown = [one.words.replace("*", "") for one in self.slack.messages(user) if one.from_bot]
        return [one for one in shown if words in one]

    def tap(self, who: int, label: str) -> None:
        """Tap the latest button on a phone with this label, if there is one."""
        for message in reversed(self.telegram.chat(who)):
            if message.from_bot and any(label in button["text"] for row in message.buttons for button in row):
                self.telegram.tap_label(who, message.message_id, label)
                return

    async def _quiet(self) -> None:
        try:
            await self.telegram.wait_for(lambda: False, 0.15)
        except TimeoutError:
            return
