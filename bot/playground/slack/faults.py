"""Troubles on order: answers of a platform that is busy, broken, or silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict, Unpack

from bot.playground.dice import Dice
from bot.playground.slack.refusal import Refusal


@dataclass(eq=False)
class Fault:
    """One trouble that meets the next matching calls."""

    method: str  # "*" meets every method; "upload" and "response_url" meet those addresses
    channel: str | None = None  # a channel, or the user that a call is about
    status: int | None = None  # with neither status nor error the line is held and then dropped
    error: str | None = None  # a refusal by its name, with status 200 unless another is ordered
    retry_after: int | None = None
    times: int = 1
    after_delivery: bool = False
    hold: float = 60.0

    def matches(self, method: str, about: frozenset[str]) -> bool:
        """Tell whether this trouble meets a call."""
        named = self.method in {"*", method}
        return named and self.times > 0 and (self.channel is None or self.channel in about)

    @property
    def is_silence(self) -> bool:
        """Whether nothing is answered at all."""
        return self.status is None and self.error is None

    def refusal(self) -> Refusal:
        """Write the trouble in the platform's words."""
        known = {429: "ratelimited", 500: "internal_error", 503: "service_unavailable"}
        status = self.status or 200
        return Refusal(self.error or known.get(status, "fatal_error"), status=status)


class Details(TypedDict, total=False):
    """What can be said about a trouble; see Fault."""

    channel: str | None
    status: int | None
    error: str | None
    retry_after: int | None
    times: int
    after_delivery: bool
    hold: float


# What a call meets in a storm: the line is cut, or an answer is a trouble, before the message arrived or after.
IN_A_STORM: tuple[Details, ...] = (
    {"status": 429, "retry_after": 1},
    {"status": 500},
    {"status": 503, "after_delivery": True},
    {"error": "fatal_error"},
    {"hold": 0.05},
    {"hold": 0.05, "after_delivery": True},
)


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
        fault = Fault(method, **IN_A_STORM[self._dice.throw(len(IN_A_STORM))])
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
        """Order a trouble; without a status and an error the call is never answered."""
        fault = Fault(method, **details)
        self.waiting.append(fault)
        return fault

    def take(self, method: str, about: frozenset[str] = frozenset()) -> Fault | None:
        """Use up one trouble that meets this call, if there is one."""
        for fault in self.waiting:
            if fault.matches(method, about):
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return self.storm.strike(method) if self.storm else None

    def clear(self) -> None:
        """Cancel every trouble on order."""
        self.waiting.clear()
        self.storm = None
