"""Calendar periods of the business: months, weeks, what somebody may type for one, and the slots of scheduled jobs."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PERIODS = ("all", "month", "week")

# Monday morning, when the finished week can be told; a whole hour that no zone's clock change skips.
WEEKLY_BOARD_AT = time(9)

# What somebody may ask figures about, besides "7 days" or another number of them.
REPORTED = ("all", "today", "yesterday", "week", "last-week", "month", "last-month", "year", "last-year")
MOST_DAYS = 366

_SAME = {"ever": "all", "total": "all", "day": "today", "weekly": "week", "monthly": "month", "now": "today"}
_SMALL_WORDS = {"this", "the", "current", "for", "of", "in", "time", "calendar", "to", "date"}
_BEFORE = {"last", "previous", "past", "prev"}
_LENGTHS = {"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7}
_DAYS = re.compile(r"([1-9][0-9]{0,3})\s*(d|days?|w|weeks?)?")


def period_start(period: str, at: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first moment of the current day, week, month, quarter or year in the business's zone, or nothing."""
    day = at.astimezone(zone).date()
    match period:
        case "day":
            return _midnight(day, zone)
        case "week":
            return _midnight(day - timedelta(days=day.weekday()), zone)
        case "month":
            return _midnight(day.replace(day=1), zone)
        case "quarter":
            return _midnight(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), zone)
        case "year":
            return _midnight(day.replace(month=1, day=1), zone)
    return None


def period_key(period: str, at: datetime, zone: ZoneInfo) -> str:
    """Name the period that a moment falls into in the business's zone, such as "2026-11-22", "2026-W47" or "2026-Q4".

    A period that is no part of the calendar, such as "all" or "lifetime", is its own name.
    """
    day = at.astimezone(zone).date()
    match period:
        case "day":
            return day.isoformat()
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "year":
            return f"{day.year:04}"
    return period


def period_end(period: str, at: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first moment after the period that a moment falls into; nothing for one without an end."""
    day = at.astimezone(zone).date()
    match period:
        case "day":
            return _midnight(day + timedelta(days=1), zone)
        case "week":
            return _midnight(day + timedelta(days=7 - day.weekday()), zone)
        case "month" | "quarter":
            months = 1 if period == "month" else 3 - (day.month - 1) % 3
            year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
            return _midnight(date(year, month + 1, 1), zone)
        case "year":
            return _midnight(date(day.year + 1, 1, 1), zone)
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


def read_period(text: str) -> str | None:
    """Read which period somebody typed: one of REPORTED or "7-days"; nothing typed is all time, and None is unknown."""
    words = re.findall(r"[0-9]+|[^\W\d_]+", text.lower())
    words = [_SAME.get(word, word) for word in words if word not in _SMALL_WORDS]
    is_before = bool(words) and words[0] in _BEFORE
    rest = words[1:] if is_before else words
    if not rest:
        return None if is_before else "all"
    number = _DAYS.fullmatch(" ".join(rest))
    if number is not None:
        days = int(number[1]) * _LENGTHS[number[2] or "d"]
        return f"{days}-days" if days <= MOST_DAYS else None
    name = f"last-{rest[0]}" if is_before else rest[0]
    return name if len(rest) == 1 and name in REPORTED else None


def period_bounds(period: str, at: datetime, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    """Return the first moment of a period that `read_period` knows, and the first one after it."""
    if period == "all":
        return None, None
    first, after = _days_of(period, at.astimezone(zone).date())
    return _midnight(first, zone), _midnight(after, zone)


def _days_of(period: str, today: date) -> tuple[date, date]:
    number, _, days = period.partition("-")
    if days == "days":
        return today - timedelta(days=int(number) - 1), today + timedelta(days=1)
    is_last, unit = period.startswith("last-"), period.removeprefix("last-")
    if unit in {"today", "yesterday"}:
        first = today - timedelta(days=unit == "yesterday")
        return first, first + timedelta(days=1)
    first = _first_day(unit, today)
    if is_last:
        return _first_day(unit, first - timedelta(days=1)), first
    # Past the longest month or year, and within the next one.
    beyond = {"week": 7, "month": 31, "year": 366}[unit]
    return first, _first_day(unit, first + timedelta(days=beyond))


def _first_day(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
