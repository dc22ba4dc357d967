"""How fast a bot may send, counted as the platform does: over a sliding second, for each chat and over all of them."""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from bot.playground.telegram.refusal import too_many_requests

SECOND = 1.0
MINUTE = 60.0
# What is shown for a few seconds or answers a tap is no message.
NOT_MESSAGES = frozenset({"sendchataction"})


class Limits:
    """Refuses what comes too soon; nothing is limited until somebody says so."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.per_second = 0
        self.per_chat = 0
        self.per_group_minute = 0
        self.accepted = self.refused = 0
        self.first_at = self.last_at = 0.0
        self._all: deque[float] = deque()
        self._chats: dict[str, deque[float]] = {}

    def enforce(self, *, per_second: int = 30, per_chat: int = 1, per_group_minute: int = 20) -> None:
        """Limit from now on: so many in any second over all chats and in one chat, and in any minute in a group."""
        if min(per_second, per_chat, per_group_minute) < 0:
            raise ValueError("A limit is no less than 0, which means none.")
        self.per_second, self.per_chat, self.per_group_minute = per_second, per_chat, per_group_minute

    def count(self, method: str, chat: str) -> None:
        """Count a message; raises Refusal 429 with the seconds to wait when it is one too many."""
        name = method.lower()
        if not name.startswith("send") or name in NOT_MESSAGES or not self.per_second:
            return
        now = self._clock()
        in_chat = self._chats.setdefault(chat, deque())
        is_group = chat.startswith("-")
        longest = MINUTE if is_group else SECOND
        waits = [_wait(self._all, self.per_second, now, SECOND), _wait(in_chat, self.per_chat, now, SECOND)]
        if is_group:
            waits.append(_wait(in_chat, self.per_group_minute, now, MINUTE))
        if any(waits):
            self.refused += 1
            raise too_many_requests(math.ceil(max(waits)))
        self.accepted += 1
        self.first_at, self.last_at = self.first_at or now, now
        for counted, over in ((self._all, SECOND), (in_chat, longest)):
            counted.append(now)
            while counted[0] <= now - over:
                counted.popleft()

    def as_json(self) -> dict[str, Any]:
        """Show what is limited, how often that was felt, and the seconds between the first message and the last."""
        names = ("per_second", "per_chat", "per_group_minute", "accepted", "refused")
        return {**{name: getattr(self, name) for name in names}, "seconds": self.last_at - self.first_at}


def _wait(counted: deque[float], most: int, now: float, over: float) -> float:
    """Say for how long a window is full: until the oldest of the last so many leaves it."""
    if not most or len(counted) < most:
        return 0.0
    return max(0.0, counted[-most] + over - now)
