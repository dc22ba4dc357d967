"""Quiet hours, by the clock on the reader's wall, on the days on which that clock is changed, too."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.quiet import Night, chosen_night, leaves_at, read_night, zone_of

USUAL = Night(time(21), time(8))
UTC_ZONE = ZoneInfo("UTC")
ZONES = [
    *("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "America/Sao_Paulo"),
    *("Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Antarctica/Troll"),
]
nights = st.builds(
    lambda first, length: Night(_at(first), _at((first + length) % 96)), st.integers(0, 95), st.integers(1, 95)
)


def _at(quarter: int) -> time:
    return time(quarter // 4, 15 * (quarter % 4))


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        ("2026-03-02 12:00", "2026-03-02 12:00"),
        ("2026-03-02 20:59", "2026-03-02 20:59"),
        ("2026-03-02 21:00", "2026-03-03 08:00"),
        ("2026-03-02 23:59", "2026-03-03 08:00"),
        ("2026-03-03 00:00", "2026-03-03 08:00"),
        ("2026-03-03 07:59", "2026-03-03 08:00"),
        ("2026-03-03 08:00", "2026-03-03 08:00"),
    ],
)
def test_what_comes_at_night_waits_for_the_morning(at: str, leaves: str) -> None:
    assert leaves_at(_utc(at), USUAL, UTC_ZONE) == _utc(leaves)


def test_it_is_the_readers_own_night() -> None:
    noon_in_berlin = datetime(2026, 3, 2, 11, tzinfo=UTC)
    assert leaves_at(noon_in_berlin, USUAL, ZoneInfo("Europe/Berlin")) == noon_in_berlin
    # In Auckland it is midnight, and 8:00 there is 19:00 in UTC.
    assert leaves_at(noon_in_berlin, USUAL, ZoneInfo("Pacific/Auckland")) == datetime(2026, 3, 2, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "leaves"),
    [
        # Berlin loses an hour on 29 March and has one twice on 25 October: the morning comes when the clock says so.
        ("Europe/Berlin", "2026-03-28 22:00", "2026-03-29 06:00"),
        ("Europe/Berlin", "2026-10-24 20:00", "2026-10-25 07:00"),
        # Apia had no 30 December 2011 at all.
        ("Pacific/Apia", "2011-12-30 08:00", "2011-12-30 18:00"),
    ],
)
def test_the_morning_comes_when_the_wall_clock_says_so(zone: str, at: str, leaves: str) -> None:
    assert leaves_at(_utc(at), USUAL, ZoneInfo(zone)) == _utc(leaves)


def test_an_end_that_the_clock_skips_is_when_it_jumps_over_it() -> None:
    # In Berlin 2:30 did not exist on 29 March: at 2:00 the clock went to 3:00.
    night = Night(time(23), time(2, 30))
    assert leaves_at(_utc("2026-03-28 23:00"), night, ZoneInfo("Europe/Berlin")) == _utc("2026-03-29 01:00")


def test_an_end_that_comes_twice_ends_it_twice() -> None:
    # On 25 October 2:30 came twice, at 0:30 and at 1:30 in UTC: between 3:00 and 2:00 again it is quiet again.
    night, berlin = Night(time(23), time(2, 30)), ZoneInfo("Europe/Berlin")
    assert leaves_at(_utc("2026-10-24 22:00"), night, berlin) == _utc("2026-10-25 00:30")
    assert leaves_at(_utc("2026-10-25 00:45"), night, berlin) == _utc("2026-10-25 00:45")
    assert leaves_at(_utc("2026-10-25 01:10"), night, berlin) == _utc("2026-10-25 01:30")


@given(
    minute=st.integers(0, 60 * 24 * 730),
    zone=st.sampled_from(ZONES),
    night=nights,
)
def test_nothing_leaves_in_a_quiet_minute_and_nothing_waits_longer_than_that(
    minute: int, zone: str, night: Night
) -> None:
    at, place = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minute), ZoneInfo(zone)
    leaves = leaves_at(at, night, place)
    assert leaves >= at
    assert not night.covers(leaves.astimezone(place).time())
    waited = int((leaves - at).total_seconds() // 60)
    assert all(night.covers((at + timedelta(minutes=one)).astimezone(place).time()) for one in range(waited))


@given(st.integers(0, 60 * 24 * 365 * 40), st.sampled_from(ZONES), nights)
def test_it_is_the_same_asked_twice(minute: int, zone: str, night: Night) -> None:
    leaves = leaves_at(datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minute), night, ZoneInfo(zone))
    assert leaves_at(leaves, night, ZoneInfo(zone)) == leaves


@pytest.mark.parametrize(
    ("written", "night"),
    [
        ("21:00-08:00", USUAL),
        ("21-8", USUAL),
        (" 21:00 – 8:00 ", USUAL),
        ("23:30-06:15", Night(time(23, 30), time(6, 15))),
        ("13-15", Night(time(13), time(15))),
        ("off", None),
        ("OFF", None),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, night: Night | None) -> None:
    assert read_night(written) == night


@pytest.mark.parametrize("written", ["", "night", "21:00", "25-8", "21:00-08:60", "8-8", "21:00-08:00 daily"])
def test_other_hours_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"such as 21:00-08:00|two different times"):
        read_night(written)


def test_a_night_is_written_as_it_is_read() -> None:
    assert read_night(str(USUAL)) == USUAL


def test_what_a_person_chose_goes_before_what_is_usual() -> None:
    late = Night(time(23), time(7))
    assert chosen_night(None, USUAL) == USUAL
    assert chosen_night("off", USUAL) is None
    assert chosen_night("23:00-07:00", USUAL) == late
    assert chosen_night("from an older version", USUAL) == USUAL


def test_the_first_zone_that_there_is_counts() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert zone_of((None, "Mars/Olympus", "Asia/Tokyo", "Asia/Seoul"), berlin) == ZoneInfo("Asia/Tokyo")
    assert zone_of((None, None), berlin) == berlin


def _utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)
