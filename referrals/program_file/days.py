"""The days a file names, as moments of the business's own zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    """Return the moment a day begins for the business."""
    return datetime.combine(day, time(), zone).astimezone(UTC) if day else None


def end_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    """Return the moment after a day that counts in full."""
    return midnight(day + timedelta(days=1), zone) if day else None


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day that begins at this moment for the business."""
    return moment.astimezone(zone).date()


def last_day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the last day that counts in full before this moment."""
    return day_of(moment, zone) - timedelta(days=1)
