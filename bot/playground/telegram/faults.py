"""Troubles on order: answers of a platform that is busy, blocked, broken, or silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict, Unpack

from bot.playground.dice import Dice
from bot.playground.telegram.refusal import Refusal, conflict, forbidden, too_many_requests


@dataclass(eq=False)
class Fault:
    """One trouble that meets the next matching calls."""

    method: str  # "*" meets every method but getUpdates
    chat_id: int | None = None
    status: int | None = None  # None: no answer at all, the line is held and then dropped
    retry_after: int | None = None
    times: int = 1
    after_delivery: bool = False
    hold: float = 60.0
    words: str | None = None

    def matches(self, method: str, chat_id: str) -> bool:
        """Tell whether this trouble meets a call."""
        named = self.method.lower() == method.lower() or (self.method == "*" and method.lower() != "getupdates")
        return named and self.times > 0 and (self.chat_id is None or str(self.chat_id) == chat_id)

    def refusal(self) -> Refusal:
        """Write the trouble in the platform's words."""
        if self.status == 429:
            return too_many_requests(self.retry_after or 1)
        if self.words is not None:
            return Refusal(self.status or 500, self.words)
        known = {
            403: forbidden("bot was blocked by the user"),
            409: conflict("terminated by other getUpdates request; make sure that only one bot instance is running"),
            500: Refusal(500, "Internal Server Error"),
            502: Refusal(502, "Bad Gateway"),
        }
        return known.get(self.status or 0, Refusal(self.status or 500, f"Error {self.status}"))


class Details(TypedDict, total=False):
    """What can be said about a trouble; see Fault."""

    chat_id: int | None
    status: int | None
    retry_after: int | None
    times: int
    after_delivery: bool
    hold: float
    words: str | None


# What a call meets in a storm: the line is cut, or an answer is a trouble, before the message arrived or after.
IN_A_STORM: tuple[Details, ...] = (
    {"status": 429, "retry_after": 1},
    {"status": 500},
    {"status": 502, "after_delivery": True},
    {"hold": 0.05},
    {"hold": 0.05, "after_delivery": True},
)
# A long poll meets besides what a second poller would bring about.
POLLING_IN_A_STORM: tuple[Details, ...] = ({"status": 409}, {"status": 502}, {"hold": 0.05})


class Storm:
    """Troubles at random, so many of them at most: the same seed and the same calls meet the same ones."""

    def __init__(self, seed: int, *, one_in: int, times: int) -> None:
        self._dice = Dice(seed)
        self._one_in = one_in
        self._times = times
        self.struck: list[Fault] = []

    def strike(self, method: str) -> Fault | None:
        """Throw the dice for one call."""
        if len(self.struck) >= self._times or self._dice.throw(self._one_in):
            return None
        kinds = POLLING_IN_A_STORM if method.lower() == "getupdates" else IN_A_STORM
        fault = Fault(method, **kinds[self._dice.throw(len(kinds))])
        self.struck.append(fault)
        return fault


class Faults:
    """The troubles on order, first come, first served."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []
        self.storm: Storm | None = None

    def at_random(self, seed: int, *, one_in: int = 4, times: int = 20) -> None:
        """Let one call in so many meet a trouble, until so many have."""
        self.storm = Storm(seed, one_in=one_in, times=times)

    def add(self, method: str = "*", **details: Unpack[Details]) -> Fault:
        """Order a trouble; without a status the call is never answered."""
        fault = Fault(method, **details)
        self.waiting.append(fault)
        return fault

    def take(self, method: str, chat_id: str) -> Fault | None:
        """Use up one trouble that meets this call, if there is one."""
        for fault in self.waiting:
            if fault.matches(method, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return self.storm.strike(method) if self.storm else None

    def clear(self) -> None:
        """Cancel every trouble on order."""
        self.waiting.clear()
        self.storm = None
