"""What a platform allows a token, kept by this process: direct answers first, notices in what is left.

A platform counts over a sliding second, when a message arrives at it. We see when we send and when we are answered, so
a message counts here from its sending until a second after its answer, less the quickest round trip: whatever the line
does to two messages, a second then lies between their arrivals.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.courtesy import Courtesy
from bot.delivery import DeliveryFailed

SECOND = 1.0
MINUTE = 60.0
# Between what the platform allows and what notices take: 10 ms in a second, as much as two messages of a steady stream
# drift apart on their way. At exactly the limit 3,000 messages met 95 refusals.
MARGIN = 0.99
# Of the quickest round trip, what may be taken for granted, once so many were seen: the next may be quicker still.
SURELY, SEEN = 0.8, 100
# It is forgotten at last, by half in a thousand messages: the platform may have moved further away.
FORGETTING = 1.0005
LONGEST_ROUND_TRIP = 0.2
# While people ask, so many times what the line carries at its quickest are on their way, or so many at the least: what
# is more only waits at the other end, and so does every answer behind it. A broadcast that is late gets a part of what
# it is late by besides: a line that is slow now and then carries it only so.
LINES_FULL, FEWEST_UNDER_WAY, OF_LATENESS = 3, 8, 0.1
# Three messages at once are what a person's own doing brings about, and both platforms let short bursts pass.
BURST = 3
# Whoever acted lately acts again: for so long, room is kept for as many answers as there were in their busiest second.
ANSWERS_KEPT_SECONDS = 10.0
# A platform that is as busy as this refuses us for all we send; a quiet one for what we sent to that chat.
BUSY = 0.5
REFUSALS_OF_ALL = 3
REFUSALS_WITHIN_SECONDS = 5.0
# At a thousand a second: those of the last ten seconds. Whoever is forgotten was not written to lately.
CHATS_REMEMBERED = 10_000
# A person waits this long for an answer; after that they have asked again.
PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a platform allows one token: messages per second over all chats, and how far apart in one chat."""

    per_second: float
    chat_seconds: float = SECOND
    group_per_minute: int = 20
    at_once: int = 64  # how many messages may be on their way

    @property
    def pace(self) -> float:
        """How many notices a second are sent when nothing else is."""
        return self.per_second * MARGIN


@dataclass
class Waits:
    """How long messages waited, in seconds, and for what; and how often the platform refused."""

    chat: float = 0.0
    token: float = 0.0
    pause: float = 0.0
    refusals: int = 0


class _Window:
    """Messages on their way, and those of the last second."""

    def __init__(self) -> None:
        self._answered: deque[float] = deque()
        self._quickest = LONGEST_ROUND_TRIP
        self._seen = 0
        self.under_way = 0

    def __len__(self) -> int:
        return self.under_way + len(self._answered)

    def begin(self) -> None:
        self.under_way += 1

    def end(self, now: float, took: float) -> None:
        self.under_way -= 1
        self._seen += 1
        self._quickest = min(took, self._quickest * FORGETTING, LONGEST_ROUND_TRIP)
        # What the margin makes room for anyway need not be taken for granted.
        sure = SURELY * max(0.0, self._quickest - SECOND * (1 - MARGIN)) if self._seen > SEEN else 0.0
        self._answered.append(now + SECOND - sure)

    @property
    def quickest(self) -> float:
        """How long the quickest round trip took, in seconds; the longest there may be where few were seen."""
        return self._quickest if self._seen > SEEN else LONGEST_ROUND_TRIP

    def room_in(self, now: float, most: float) -> float | None:
        """Say in how many seconds there is room; nothing where only an answer can make it."""
        while self._answered and self._answered[0] <= now:
            self._answered.popleft()
        over = len(self) - int(most)
        if over < 0:
            return 0.0
        return self._answered[over] - now if over < len(self._answered) else None


class Paused(Exception):
    """The platform, or a chat, wants to be left alone for so many seconds, and a notice can wait in the outbox."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__(f"for {seconds:.1f} s")
        self.seconds = seconds


class Limiter:
    """Lets messages of one token pass, as this process sends them."""

    def __init__(self, allowance: Allowance, now: Callable[[], float]) -> None:
        self.allowance = allowance
        self.waits = Waits()
        self.debt = 0  # answers that are not yet written down where other processes see them
        self.courtesy = Courtesy(now)
        self._now = now
        self._window = _Window()
        self._changed = asyncio.Event()
        self._paused_until = float("-inf")
        self._chats: OrderedDict[str, deque[float]] = OrderedDict()
        self._chats_paused: OrderedDict[str, float] = OrderedDict()
        self._answers: deque[tuple[int, int]] = deque()  # in which second, and how many
        self._answers_waiting = 0
        self._refusals: OrderedDict[str, float] = OrderedDict()

    @asynccontextmanager
    async def answering(self, chat: str) -> AsyncIterator[None]:
        """Let a direct answer pass as soon as there is room at all; raises DeliveryFailed if that is too long."""
        pause = self._paused_for(chat)
        if pause > PATIENCE_SECONDS:
            raise DeliveryFailed("wait", retry_after=pause, everyone=self.paused_seconds == pause)
        self._answers_waiting += 1
        try:
            await self._pass(chat, most=self.allowance.per_second, burst=BURST)
        finally:
            self._answers_waiting -= 1
        self._count_answer()
        try:
            async with self._under_way(chat):
                yield
        except DeliveryFailed as failure:
            if failure.reason == "wait":
                self.heed(chat, failure.retry_after or SECOND, everyone=self.refused(chat) or failure.everyone)
            raise

    @asynccontextmanager
    async def sending(self, chat: str) -> AsyncIterator[None]:
        """Let a notice pass once its chat, the second and the answers leave room for it; raises Paused."""
        await self._pass(chat, most=None, burst=1)
        async with self._under_way(chat):
            yield

    async def turn(self, late: float = 0.0) -> None:
        """Wait until a notice that is so many seconds late may be begun without holding up an answer, here or there."""
        await self.courtesy.stand_back()
        if not self.reserved:
            return
        await asyncio.sleep(0)  # the one before begins, and whoever else waits comes in between
        carried = LINES_FULL * self._window.quickest + OF_LATENESS * max(0.0, late)
        while self._window.under_way >= max(FEWEST_UNDER_WAY, carried * self.allowance.per_second):
            self._changed.clear()
            await self._changed.wait()

    @property
    def reserved(self) -> int:
        """How many messages a second are kept free for direct answers: as many as there were lately, and no more."""
        kept_since = self._now() - ANSWERS_KEPT_SECONDS
        while self._answers and self._answers[0][0] < kept_since:
            self._answers.popleft()
        busiest = max((count for _, count in self._answers), default=0)
        return min(max(busiest, self._answers_waiting), int(self.allowance.per_second / 2))

    @property
    def paused_seconds(self) -> float:
        """How long the platform wants to be left alone."""
        return max(0.0, self._paused_until - self._now())

    def pause(self, seconds: float) -> None:
        """Leave the platform alone for exactly so long, unless it asked for longer."""
        self._paused_until = max(self._paused_until, self._now() + seconds)

    def heed(self, chat: str, seconds: float, *, everyone: bool) -> None:
        """Leave the whole platform alone for exactly so long, or only the chat that it was said of."""
        if everyone:
            self.pause(seconds)
            return
        until = self._now() + seconds
        self._chats_paused[chat] = max(until, self._chats_paused.pop(chat, until))
        if len(self._chats_paused) > CHATS_REMEMBERED:
            self._chats_paused.popitem(last=False)

    def refused(self, chat: str) -> bool:
        """Note that the platform wants us to wait, and tell whether it means all we send rather than this chat.

        It does not say which. It is all of us where we are about as fast as we may be, or where a third chat is
        refused within a few seconds.
        """
        now = self._now()
        self.waits.refusals += 1
        self._window.room_in(now, 0)
        self._refusals[chat] = now
        while next(iter(self._refusals.values())) < now - REFUSALS_WITHIN_SECONDS:
            self._refusals.popitem(last=False)
        is_busy = len(self._window) >= max(BUSY * self.allowance.per_second, REFUSALS_OF_ALL)
        return is_busy or len(self._refusals) >= REFUSALS_OF_ALL

    async def _pass(self, chat: str, *, most: float | None, burst: int) -> None:
        while True:
            pause, gap = self._paused_for(chat), self._chat_in(chat, burst)
            if pause and most is None:
                raise Paused(pause)
            most_now = self.allowance.per_second - self.reserved if most is None else most
            room = self._window.room_in(self._now(), max(1, most_now))
            if not pause and not gap and room == 0.0:
                return
            began = self._now()
            await self._rest(max(pause, gap, room or 0.0) if room is not None else None)
            waited = self._now() - began
            if pause:
                self.waits.pause += waited
            elif gap:
                self.waits.chat += waited
            else:
                self.waits.token += waited

    async def _rest(self, seconds: float | None) -> None:
        """Wait so long, or until a message was answered where only that can make room."""
        if seconds is not None:
            await asyncio.sleep(seconds)
            return
        self._changed.clear()
        await self._changed.wait()

    @asynccontextmanager
    async def _under_way(self, chat: str) -> AsyncIterator[None]:
        began = self._now()
        self._window.begin()
        self._remember(chat, began)
        try:
            yield
        finally:
            now = self._now()
            self._window.end(now, now - began)
            self._remember(chat, now, again=True)
            self._changed.set()

    def _paused_for(self, chat: str) -> float:
        """Say for how many seconds the platform, or only this chat, is to be left alone."""
        left = self._chats_paused.get(chat, float("-inf")) - self._now()
        if left <= 0:
            self._chats_paused.pop(chat, None)
        return max(self.paused_seconds, left)

    def _chat_in(self, chat: str, burst: int) -> float:
        """Say in how many seconds a chat may be written to: a second after the last, a group 20 times a minute."""
        sent = self._chats.get(chat)
        if not sent or not self.allowance.chat_seconds:
            return 0.0
        now = self._now()
        gap = 0.0
        if len(sent) >= burst:
            gap = sent[-burst] + self.allowance.chat_seconds - now
        if _is_group(chat) and len(sent) >= self.allowance.group_per_minute:
            gap = max(gap, sent[-self.allowance.group_per_minute] + MINUTE - now)
        return max(0.0, gap)

    def _remember(self, chat: str, at: float, *, again: bool = False) -> None:
        sent = self._chats.pop(chat, None)
        if sent is None:
            sent = deque(maxlen=self.allowance.group_per_minute if _is_group(chat) else BURST)
        if again and sent:
            sent.pop()
        sent.append(at)
        self._chats[chat] = sent
        if len(self._chats) > CHATS_REMEMBERED:
            self._chats.popitem(last=False)

    def _count_answer(self) -> None:
        self.debt += 1
        second = int(self._now())
        before = self._answers.pop()[1] if self._answers and self._answers[-1][0] == second else 0
        self._answers.append((second, before + 1))


def _is_group(chat: str) -> bool:
    """Tell a group by its number, which Telegram writes with a minus."""
    return chat.startswith("-")
