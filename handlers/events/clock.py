"""What is due, and what went wrong."""

from dataclasses import dataclass

from handlers.events.acting import Event


@dataclass(frozen=True, kw_only=True)
class HoldsDue(Event):
    """Holds may have passed."""


@dataclass(frozen=True, kw_only=True)
class ExpiriesDue(Event):
    """Rewards and vouchers may have expired."""


@dataclass(frozen=True, kw_only=True)
class VisitsDue(Event):
    """Clicks may wait to be counted for their links."""


@dataclass(frozen=True, kw_only=True)
class WeeklyBoardDue(Event):
    """A week may have ended: its leaderboard goes to those who agreed."""


@dataclass(frozen=True, kw_only=True)
class UpdateParked(Event):
    """An update failed three times and was set aside."""

    platform: str
    update: str
    error: str
