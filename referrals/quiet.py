"""Quiet hours: when a person is not to be woken, by the clock on their own wall."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

OFF = "off"
_HOURS = re.compile(r"([01]?[0-9]|2[0-3])(?::([0-5][0-9]))?\s*[-–]\s*([01]?[0-9]|2[0-3])(?::([0-5][0-9]))?")
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Night:
    """From when until when it is quiet, by the wall clock; it usually goes past midnight."""

    starts: time
    ends: time

    def covers(self, at: time) -> bool:
        """Tell whether the clock shows a quiet hour."""
        if self.starts <= self.ends:
            return self.starts <= at < self.ends
        return at >= self.starts or at < self.ends

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}-{self.ends:%H:%M}"


def read_night(written: str) -> Night | None:
    """Read hours such as "21:00-08:00"; "off" is no quiet hours at all; raises ValueError for anything else."""
    if written.strip().lower() == OFF:
        return None
    found = _HOURS.fullmatch(written.strip())
    if found is None:
        raise ValueError('is not a time from and until such as 21:00-08:00, nor the word "off"')
    first_hour, first_minute, last_hour, last_minute = found.groups(default="0")
    night = Night(time(int(first_hour), int(first_minute)), time(int(last_hour), int(last_minute)))
    if night.starts == night.ends:
        raise ValueError('is the whole day or nothing; write two different times, or "off"')
    return night


def chosen_night(chosen: str | None, usual: Night | None) -> Night | None:
    """Return the night that holds for a person: the one they chose, else the business's; an odd choice is none."""
    if chosen is None:
        return usual
    try:
        return read_night(chosen)
    except ValueError:
        return usual


def zone_of(names: Iterable[str | None], otherwise: ZoneInfo) -> ZoneInfo:
    """Return the first of these zones that there is: chosen, told by a platform, told by the shop."""
    for name in names:
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):  # no such zone, or no name at all
            continue
    return otherwise


def leaves_at(at: datetime, night: Night | None, zone: ZoneInfo) -> datetime:
    """Return the moment itself, or the end of the quiet hours that it falls into.

    An hour that the clock shows twice is quiet twice; where the clock skips the end, the first minute after it counts.
    """
    if night is None or not night.covers(_wall(at, zone)):
        return at
    local = at.astimezone(zone)
    day = local.date() + timedelta(days=night.ends <= local.time())
    ends = datetime.combine(day, night.ends, zone)
    # Of an end that comes twice on this day, the first one that lies ahead.
    moments = (ends.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    ahead = [moment for moment in moments if moment > at and not night.covers(_wall(moment, zone))]
    return _earliest(at, min(ahead, default=at + _MINUTE), night, zone)


def _earliest(at: datetime, end: datetime, night: Night, zone: ZoneInfo) -> datetime:
    """Go on to the next minute that is not quiet, where a change of the clock has moved the end."""
    while night.covers(_wall(end, zone)):
        end = end.replace(second=0, microsecond=0) + _MINUTE
    before = end - _MINUTE
    # A clock put forward past the end ends the quiet hours with the change, at a whole minute.
    while before > at and not night.covers(_wall(before, zone)):
        end, before = before, before - _MINUTE
    return end


def _wall(at: datetime, zone: ZoneInfo) -> time:
    return at.astimezone(zone).time().replace(tzinfo=None)
