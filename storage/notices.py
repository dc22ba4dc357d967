"""Notices as the outbox takes them in and hands them out, and the words for what becomes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

TEAM = "team"
ANYWHERE = "anywhere"  # no chat was known when it was put in: said of a merged record, or of somebody out of reach
# Rewards, redemptions and what people say to each other go first, then the service's news, then what the team sends.
PRIORITIES: Mapping[str, int] = {"reward": 0, "voucher": 0, "support": 0, TEAM: 0, "service": 1, "marketing": 2}
MARKETING = PRIORITIES["marketing"]
# What people wrote to each other is in these; once settled it is nobody's business any more.
SPOKEN = ("support", TEAM)
# What somebody is to hear this soon is waited for; what waits for the morning holds up nothing.
SOON = timedelta(minutes=1)
# A crash leaves at most what was claimed ahead; more of them at once are let go of in several steps.
RECOVERED_AT_ONCE = 1000
# As far as two machines' clocks are apart where nobody has set one back.
CLOCKS_DIFFER = timedelta(seconds=10)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A notice on its way in: for a customer, or for the team (`TEAM`, or the conversation whose thread it is)."""

    recipient: str
    key: str
    kind: str
    message: Mapping[str, Any]
    at: datetime
    wait: timedelta = timedelta()
    via: str | None = None
    expires_at: datetime | None = None

    @property
    def leaves_at(self) -> datetime:
        """When it may leave."""
        return self.at + self.wait


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A claimed notice: for a customer, or for the team when there is none; a campaign's has the campaign's message."""

    number: int
    recipient: str
    customer_id: str | None
    via: str | None
    key: str
    kind: str
    priority: int
    campaign_id: str | None
    message: Mapping[str, Any]
    attempts: int
    expires_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Who claims (the fence), from which lanes, and until when the rows are theirs."""

    fence: str
    lanes: Sequence[str]
    at: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """How many notices of a priority wait to go by a lane, and since when the oldest of them has been due."""

    priority: int
    waiting: int
    due_since: datetime | None
    lane: str = ANYWHERE
