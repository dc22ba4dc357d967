"""Calendar periods of the business: months, weeks and the slot keys of scheduled jobs."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

PERIODS = ("all", "month", "week")

# Monday morning, when the finished week can be told; a whole hour that no zone's clock change skips.
WEEKLY_BOARD_AT = time(9)


def period_start(period: str, at: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first moment of the current month or week in the business's zone; nothing for all time."""
    local = at.astimezone(zone)
    today = datetime.combine(local.date(), time(), zone)
    if period == "month":
        return today.replace(day=1).astimezone(UTC)
    if period == "week":
        return (today - timedelta(days=today.weekday())).astimezone(UTC)
    return None


def weekly_slot(at: datetime, zone: ZoneInfo) -> str:
    """Return the Monday, as a local date, whose morning has come last: the key of the weekly slot."""
    local = at.astimezone(zone).replace(tzinfo=None)
    day = local.date() - timedelta(days=local.weekday())
    if local < datetime.combine(day, WEEKLY_BOARD_AT):
        day -= timedelta(days=7)
    return day.isoformat()


def slot_week(slot: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the week that a weekly slot tells about: from the Monday before to its own Monday, as moments."""
    monday = datetime.combine(datetime.fromisoformat(slot).date(), time(), zone)
    return (monday - timedelta(days=7)).astimezone(UTC), monday.astimezone(UTC)
