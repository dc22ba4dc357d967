"""How fast one person may go in a chat: who is too fast is told so once, and then not heard until a minute is over."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from handlers import events
from handlers.events import ChatEvent, Event
from handlers.outcome import Outcome
from messages.message import Message
from referrals.identity import Identity

log = structlog.get_logger(__name__)

# A message or tap every second and a half, for a minute: nobody reads what is answered at that pace.
MOST = 40
WINDOW = timedelta(minutes=1)
# At about 400 bytes a person this is 4 MB, however many people write.
REMEMBERED_PEOPLE = 10_000
A_MOMENT = "commands.a-moment"
TOO_FAST = "too-fast"

# Stop beats everything. The others nobody does by hand, or the team does, whose words must not be lost.
NEVER_TOO_FAST: frozenset[type[Event]] = frozenset(
    {
        events.Stopped,
        events.BotBlocked,
        events.BotUnblocked,
        events.Introduced,
        events.HomeOpened,
        events.TeamReplied,
        events.ConversationClosed,
        events.ConversationReopened,
        events.DecisionHandled,
        events.CampaignTapped,
    }
)


@dataclass
class _Window:
    """What one person has done since the window opened."""

    opened_at: datetime
    count: int = 0


class Paced:
    """Takes the events of the chats to dispatch, as long as nobody sends them faster than a person can mean them.

    The counts are this process's own: they bound a flood, they do not bill anybody.
    """

    def __init__(self, dispatch: Callable[[Event], Awaitable[Outcome]], *, most: int = MOST) -> None:
        self._dispatch = dispatch
        self._most = most
        self._windows: dict[Identity, _Window] = {}

    async def dispatch(self, event: Event) -> Outcome:
        """Take one event, or say once that it was too much."""
        if not isinstance(event, ChatEvent) or type(event) in NEVER_TOO_FAST:
            return await self._dispatch(event)
        window = self._window(event)
        window.count += 1
        if window.count <= self._most:
            return await self._dispatch(event)
        if window.count > self._most + 1:
            return Outcome(refused=TOO_FAST)
        log.warning("chat.too-fast", platform=event.by.identity.platform)
        return Outcome(refused=TOO_FAST, answers=(Message(key=A_MOMENT),))

    def _window(self, event: ChatEvent) -> _Window:
        window = self._windows.pop(event.by.identity, None)
        if window is None or event.at - window.opened_at >= WINDOW:
            window = _Window(event.at)
        while len(self._windows) >= REMEMBERED_PEOPLE:
            del self._windows[next(iter(self._windows))]
        self._windows[event.by.identity] = window
        return window
