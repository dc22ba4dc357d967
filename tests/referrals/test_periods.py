"""Weeks and months begin at the business's midnight, and no clock change doubles or skips a slot."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.periods import (
    MOST_DAYS,
    PERIODS,
    REPORTED,
    WEEKLY_BOARD_AT,
    period_bounds,
    period_end,
    period_key,
    period_start,
    read_period,
    slot_week,
    weekly_slot,
)

ZONES = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Apia",
    "Asia/Kolkata",
    "Australia/Lord_Howe",  # its clocks change by half an hour
    "America/Santiago",  # its clocks change at midnight
    "Africa/Cairo",  # in spring, a day there begins at one o'clock
]
EACH_ZONE = pytest.mark.parametrize("zone", [ZoneInfo(name) for name in ZONES], ids=ZONES)
HOUR = timedelta(hours=1)
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis takes its bounds naive


def _hours_of(year: int) -> list[datetime]:
    first = datetime(year, 1, 1, tzinfo=UTC)
    return [first + number * HOUR for number in range(366 * 24)]


@EACH_ZONE
@pytest.mark.parametrize("year", [2011, 2026])  # in 2011 Samoa went over the date line and had no 30 December
def test_a_year_has_each_monday_morning_once(zone: ZoneInfo, year: int) -> None:
    slots = [weekly_slot(at, zone) for at in _hours_of(year)]
    distinct = list(dict.fromkeys(slots))
    assert [slot for slot, after in pairwise(slots) if slot != after] == distinct[:-1]  # none comes back
    mondays = [datetime.fromisoformat(slot).date() for slot in distinct]
    assert all(day.weekday() == 0 for day in mondays)
    assert all(after - day == timedelta(days=7) for day, after in pairwise(mondays))


@EACH_ZONE
def test_a_slot_begins_at_nine_on_its_monday(zone: ZoneInfo) -> None:
    for before, at in pairwise(_hours_of(2026)):
        slot = weekly_slot(at, zone)
        if slot != weekly_slot(before, zone):
            local = at.astimezone(zone)
            assert local.date().isoformat() == slot
            assert local.hour == WEEKLY_BOARD_AT.hour  # in a zone of half hours, at half past


@EACH_ZONE
def test_the_weeks_of_the_slots_join_without_gap_or_overlap(zone: ZoneInfo) -> None:
    slots = list(dict.fromkeys(weekly_slot(at, zone) for at in _hours_of(2026)))
    weeks = [slot_week(slot, zone) for slot in slots]
    assert all(week[1] == after[0] for week, after in pairwise(weeks))
    assert {round((until - since) / HOUR, 1) for since, until in weeks} <= {167.0, 167.5, 168.0, 168.5, 169.0}


@EACH_ZONE
@pytest.mark.parametrize("year", [2011, 2026])
@pytest.mark.parametrize(("period", "days"), [("month", {28, 29, 30, 31}), ("week", {7})])
def test_a_period_begins_once_and_at_its_first_moment(zone: ZoneInfo, year: int, period: str, days: set[int]) -> None:
    starts = [(at, start) for at in _hours_of(year) if (start := period_start(period, at, zone)) is not None]
    distinct = sorted({start for _, start in starts})
    assert [start for _, start in starts] == sorted(start for _, start in starts)
    assert all(start <= at for at, start in starts)
    assert all(start <= at < start + HOUR for (_, before), (at, start) in pairwise(starts) if before != start)
    assert all(period_start(period, start, zone) == start for start in distinct)
    local = [start.astimezone(zone).date() for start in distinct]
    assert all(day.day == 1 if period == "month" else day.weekday() == 0 for day in local)
    assert {(after - day).days for day, after in pairwise(local)} <= days


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_weekly_board_tells_of_a_week_that_is_over(at: datetime, name: str) -> None:
    zone = ZoneInfo(name)
    since, until = slot_week(weekly_slot(at, zone), zone)
    assert since < until <= at
    assert at - until < timedelta(days=7, hours=WEEKLY_BOARD_AT.hour + 1)


@pytest.mark.parametrize(
    ("zone", "slot", "since", "until"),
    [
        ("Europe/Berlin", "2026-03-30", "2026-03-22T23:00Z", "2026-03-29T22:00Z"),
        ("America/New_York", "2026-11-02", "2026-10-26T04:00Z", "2026-11-02T05:00Z"),
        ("Asia/Kolkata", "2026-01-05", "2025-12-28T18:30Z", "2026-01-04T18:30Z"),
        ("Pacific/Apia", "2012-01-02", "2011-12-26T10:00Z", "2012-01-01T10:00Z"),
    ],
)
def test_a_week_may_be_shorter_or_longer(zone: str, slot: str, since: str, until: str) -> None:
    week = (datetime.fromisoformat(since), datetime.fromisoformat(until))
    assert slot_week(slot, ZoneInfo(zone)) == week


@pytest.mark.parametrize(
    ("zone", "at", "start"),
    [
        ("America/Asuncion", "2017-10-15T12:00Z", "2017-10-01T04:00Z"),  # 23:59 went on to 01:00
        ("Asia/Amman", "2011-04-15T12:00Z", "2011-03-31T22:00Z"),  # so did this
        ("America/Havana", "2026-11-15T12:00Z", "2026-11-01T04:00Z"),  # midnight came twice: the first counts
        ("America/Havana", "2026-11-01T05:30Z", "2026-11-01T04:00Z"),  # also for who asks after the second
        ("Pacific/Apia", "2011-12-31T09:00Z", "2011-12-01T10:00Z"),  # that month had no 30th
        ("Europe/Berlin", "2026-03-31T21:59:59Z", "2026-02-28T23:00Z"),  # a winter midnight, asked in summer
        ("Europe/Berlin", "2026-03-31T22:00:00Z", "2026-03-31T22:00Z"),
    ],
)
def test_a_month_begins_at_the_first_moment_of_its_first_day(zone: str, at: str, start: str) -> None:
    assert period_start("month", datetime.fromisoformat(at), ZoneInfo(zone)) == datetime.fromisoformat(start)


def test_all_time_has_no_beginning() -> None:
    assert PERIODS == ("all", "month", "week")
    assert period_start("all", datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC")) is None


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("", "all"),
        ("  ", "all"),
        ("ALL", "all"),
        ("all time", "all"),
        ("today", "today"),
        ("This Week", "week"),
        ("weekly", "week"),
        ("the current month", "month"),
        ("month to date", "month"),
        ("last week", "last-week"),
        ("last-week", "last-week"),
        ("previous_month", "last-month"),
        ("Past year.", "last-year"),
        ("7", "7-days"),
        ("7-days", "7-days"),
        ("last 30 days", "30-days"),
        ("30d", "30-days"),
        ("4 weeks", "28-days"),
        ("366", "366-days"),
        ("367", None),
        ("2026", None),
        ("0", None),
        ("99999 days", None),
        ("last", None),
        ("last all", None),
        ("last today", None),
        ("week month", None),
        ("fortnight", None),
        ("неделя", None),
        ("!?", "all"),
    ],
)
def test_what_somebody_types_for_a_period_is_read_kindly(typed: str, period: str | None) -> None:
    assert read_period(typed) == period


@given(typed=st.text(max_size=40))
def test_whatever_is_typed_is_a_period_or_none(typed: str) -> None:
    period = read_period(typed)
    if period is not None:
        since, until = period_bounds(period, datetime(2026, 11, 24, tzinfo=UTC), ZoneInfo("UTC"))
        assert since is None or until is None or since < until


EVERY = [*REPORTED, "1-days", "30-days", f"{MOST_DAYS}-days"]


@EACH_ZONE
@given(at=MOMENTS)
def test_every_period_is_made_of_the_businesses_days(zone: ZoneInfo, at: datetime) -> None:
    today = at.astimezone(zone).date()
    found = {period: period_bounds(period, at, zone) for period in EVERY}
    assert found.pop("all") == (None, None)
    for period, (since, until) in found.items():
        assert since is not None
        assert until is not None
        is_past = period.startswith("last") or period == "yesterday"
        assert (since <= at < until) != is_past, period
        assert since == midnight(since, zone)
        assert until == midnight(until, zone)
    for unit in ("week", "month", "year"):
        assert found[f"last-{unit}"][1] == found[unit][0]
    assert found["yesterday"][1] == found["today"][0] == found["1-days"][0]
    for number in (30, MOST_DAYS):
        since, until = found[f"{number}-days"]
        assert since is not None
        assert until == found["today"][1]
        # As a moment: of a day that a zone has skipped, as Apia did on 30 December 2011, there is none by this name.
        first = datetime.combine(today - timedelta(days=number - 1), datetime.min.time(), zone)
        assert since == first.astimezone(UTC)
    first_day = found["month"][0]
    assert first_day is not None
    assert first_day.astimezone(zone).date() == today.replace(day=1)
    assert first_day == period_start("month", at, zone)
    assert found["week"][0] == period_start("week", at, zone)


def midnight(at: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment of the local day of a moment."""
    return datetime.combine(at.astimezone(zone).date(), datetime.min.time(), zone).astimezone(UTC)


OF_CAPS = ["day", "week", "month", "quarter", "year"]


@EACH_ZONE
@given(at=MOMENTS)
def test_a_moment_falls_into_one_period_whose_name_is_its_own(zone: ZoneInfo, at: datetime) -> None:
    for period in OF_CAPS:
        start, end, key = period_start(period, at, zone), period_end(period, at, zone), period_key(period, at, zone)
        assert start is not None
        assert end is not None
        assert start <= at < end
        instant = timedelta(microseconds=1)
        assert period_key(period, start, zone) == period_key(period, end - instant, zone) == key
        assert period_key(period, start - instant, zone) < key < period_key(period, end, zone)
        assert period_start(period, end, zone) == end


@pytest.mark.parametrize(
    ("period", "at", "key", "end"),
    [
        ("day", "2026-03-28T23:30", "2026-03-29", "2026-03-29T22:00"),  # a day of 23 hours
        ("day", "2026-10-24T22:30", "2026-10-25", "2026-10-25T23:00"),  # and one of 25
        ("week", "2027-01-03T12:00", "2026-W53", "2027-01-03T23:00"),
        ("month", "2026-11-30T22:59", "2026-11", "2026-11-30T23:00"),
        ("quarter", "2026-11-22T12:00", "2026-Q4", "2026-12-31T23:00"),
        ("quarter", "2026-03-31T21:59", "2026-Q1", "2026-03-31T22:00"),
        ("year", "2026-12-31T23:00", "2027", "2027-12-31T23:00"),
    ],
)
def test_a_cap_counts_in_the_calendar_of_the_business(period: str, at: str, key: str, end: str) -> None:
    moment, zone = datetime.fromisoformat(at).replace(tzinfo=UTC), ZoneInfo("Europe/Berlin")
    assert period_key(period, moment, zone) == key
    assert period_end(period, moment, zone) == datetime.fromisoformat(end).replace(tzinfo=UTC)


@pytest.mark.parametrize("period", ["all", "lifetime", "friend"])
def test_what_is_no_part_of_the_calendar_never_ends(period: str) -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    assert period_key(period, at, ZoneInfo("UTC")) == period
    assert period_start(period, at, ZoneInfo("UTC")) is period_end(period, at, ZoneInfo("UTC")) is None
