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
class DeliveriesDue(Event):
    """Codes may have come for those who wait for one, and requests to the team may be needed no more."""


@dataclass(frozen=True, kw_only=True)
class PrizesDue(Event):
    """The period of a contest or a raffle may have ended."""


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
