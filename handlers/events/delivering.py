"""What the team sends to many, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.events.acting import ChatEvent, Event


@dataclass(frozen=True, kw_only=True)
class Plan:
    """For whom a campaign is, and the house rules that hold for it wherever it is planned."""

    segment: str
    platforms: tuple[str, ...]  # those that are set up
    zone: str
    language: str
    quiet_hours: str


@dataclass(frozen=True, kw_only=True)
class CampaignWeighed(Event):
    """The team wants to know whom a message would reach; `per_week` is how much marketing somebody hears in a week."""

    plan: Plan
    per_week: int


@dataclass(frozen=True, kw_only=True)
class CampaignBegun(Event):
    """The team sends a message to a segment; `button` is what it offers besides, or nothing."""

    plan: Plan
    texts: Mapping[str, str] = field(repr=False)
    button: str = ""
    asked_by: str = ""


@dataclass(frozen=True, kw_only=True)
class CampaignSteered(Event):
    """The owner pauses, resumes or cancels a campaign on the machine: `to` is "pause", "resume" or "cancel"."""

    campaign: str
    to: str


@dataclass(frozen=True, kw_only=True)
class CampaignTapped(ChatEvent):
    """Someone of the team pauses, resumes or cancels a campaign under its message."""

    campaign: str
    to: str


@dataclass(frozen=True, kw_only=True)
class CampaignsDue(Event):
    """Campaigns may have to be planned on, or may have come to their end; so many notices in this transaction."""

    most: int = 1000
