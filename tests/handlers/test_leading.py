"""Leading: the leaderboard with pseudonyms, shared places and a way out; and once a week for those who agreed."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.events import Person, TopAsked, WeeklyBoardDue
from handlers.leading import CHUNK
from referrals.periods import period_start, slot_week, weekly_slot
from referrals.program_file import preset
from referrals.pseudonyms import pseudonym
from storage.schema import outbox, slots
from tests.dialogue import Dialogue, Told
from tests.people import ALICE, BOB, CHLOE, DORA, MALLORY, a_crowd, someone


async def test_nobody_has_finished_yet(talk: Dialogue) -> None:
    await talk.earns(ALICE, BOB)
    heard = await talk.says(ALICE, "/top")
    assert heard.key == "leading.empty-all"
    assert "no completed referral yet" in heard.text


async def test_others_see_a_pseudonym_and_oneself_is_you(talk: Dialogue) -> None:
    await completes(talk, ALICE, 2)
    await completes(talk, CHLOE, 1)
    seen = await talk.says(CHLOE, "/top")
    assert f"1. {pseudonym(await talk.id_of(ALICE), 'demo')} – 2 referrals" in seen.text
    assert "2. You – 1 referral" in seen.text
    assert "Alice" not in seen.text


async def test_who_chose_to_shows_their_first_name(talk: Dialogue) -> None:
    await completes(talk, ALICE, 1)
    await talk.taps(ALICE, await talk.says(ALICE, "/settings"), "Show my first name")
    assert "1. Alice – 1 referral" in (await talk.says(BOB, "/top")).text


async def test_equal_scores_share_a_place(talk: Dialogue) -> None:
    await completes(talk, ALICE, 2)
    await completes(talk, CHLOE, 2)
    await completes(talk, DORA, 1)
    text = (await talk.says(DORA, "/top")).text
    assert text.count("1. ") == 2
    assert "2. " not in text
    assert "3. You – 1 referral" in text


async def test_who_leaves_the_board_is_not_on_it_and_not_in_the_way(talk: Dialogue) -> None:
    await completes(talk, ALICE, 2)
    await completes(talk, CHLOE, 1)
    await talk.taps(ALICE, await talk.says(ALICE, "/settings"), "Leave the leaderboard")
    assert "1. You – 1 referral" in (await talk.says(CHLOE, "/top")).text
    assert "You are not on the board" in (await talk.says(ALICE, "/top")).text


async def test_a_stranger_may_look(talk: Dialogue) -> None:
    await completes(talk, ALICE, 1)
    before = await talk.counts()
    assert "1 referral" in (await talk.says(MALLORY, "/top")).text
    assert await talk.counts() == before


async def test_behind_the_tenth_one_sees_ones_own_place(talk: Dialogue) -> None:
    for number in range(10):
        await completes(talk, someone(f"Leader{number}", 6000 + number), 2)
    await completes(talk, DORA, 1)
    text = (await talk.says(DORA, "/top")).text
    assert text.count("– 2 referrals") == 10
    assert "You: place 11 with 1 completed referral." in text


async def test_periods_count_from_their_start_in_the_business_zone(talk: Dialogue) -> None:
    await completes(talk, ALICE, 1)  # completed on 16 March, a Monday
    assert "You – 1 referral" in (await talk.taps(ALICE, await talk.says(ALICE, "/top"), "This week")).text
    talk.later(days=7)
    assert "nobody yet" in (await talk.tells(TopAsked, by=ALICE, period="week")).text
    assert "You – 1 referral" in (await talk.tells(TopAsked, by=ALICE, period="month")).text
    talk.later(days=14)
    assert "nobody yet" in (await talk.tells(TopAsked, by=ALICE, period="month")).text
    assert "You – 1 referral" in (await talk.tells(TopAsked, by=ALICE, period="nonsense")).text


async def test_the_weekly_board_goes_once_to_those_who_agreed(talk: Dialogue) -> None:
    await completes(talk, ALICE, 1)
    await agrees(talk, ALICE)
    await agrees(talk, CHLOE)
    await talk.taps(DORA, await talk.says(DORA, "/share"), "No, thanks")
    await talk.passes(days=7)
    [mine] = await weekly(talk, ALICE)
    assert mine.kind == "marketing"
    assert "1. You – 1 referral" in mine.text
    assert "You came in at place 1" in mine.text
    assert "new week ahead" in (await weekly(talk, CHLOE))[0].text
    assert not await weekly(talk, DORA)
    assert not await weekly(talk, BOB)
    await talk.passes(days=1)
    assert len(await weekly(talk, ALICE)) == 1


async def test_a_week_without_a_completed_referral_is_no_news(talk: Dialogue) -> None:
    await agrees(talk, ALICE)
    await talk.passes(days=7)
    assert not await talk.rows(outbox)
    assert all(row.done_at for row in await talk.rows(slots))


async def test_a_name_shown_by_choice_is_looked_up_when_the_notice_leaves(talk: Dialogue) -> None:
    await completes(talk, ALICE, 1)
    await talk.taps(ALICE, await talk.says(ALICE, "/settings"), "Show my first name")
    await agrees(talk, CHLOE)
    await talk.passes(days=7)
    assert "1. Alice – 1 referral" in (await weekly(talk, CHLOE))[0].text
    assert not [row for row in await talk.rows(outbox) if "Alice" in str(row.message)]


async def test_a_slot_is_resumed_where_it_was_left(talk: Dialogue) -> None:
    await completes(talk, ALICE, 1)
    crowd = a_crowd(CHUNK + 5)
    for person in crowd:
        await agrees(talk, person)
    talk.later(days=7)
    assert (await talk.tells(WeeklyBoardDue)).outcome.more
    assert len(await boards(talk)) == CHUNK
    # The process dies here; another goes on from the row.
    assert not (await talk.tells(WeeklyBoardDue)).outcome.more
    assert len(await boards(talk)) == CHUNK + 5
    assert not (await talk.tells(WeeklyBoardDue)).outcome.more
    assert len({row.customer_id for row in await boards(talk)}) == CHUNK + 5


async def test_many_schedulers_at_once_send_one_board_each(talk: Dialogue) -> None:
    await completes(talk, ALICE, 1)
    for person in a_crowd(8):
        await agrees(talk, person)
    talk.later(days=7)
    await talk.all_at_once([WeeklyBoardDue(**talk.now()) for _ in range(10)])
    assert len(await boards(talk)) == 8


@pytest.mark.parametrize(
    ("zone", "spring"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 8, tzinfo=UTC)),
        ("America/Sao_Paulo", datetime(2018, 11, 4, tzinfo=UTC)),  # its midnight did not exist
        ("Australia/Lord_Howe", datetime(2026, 4, 5, tzinfo=UTC)),  # half an hour
    ],
)
def test_a_clock_change_neither_doubles_nor_skips_a_slot(zone: str, spring: datetime) -> None:
    place = ZoneInfo(zone)
    hours = [spring - timedelta(days=21) + timedelta(hours=hour) for hour in range(24 * 42)]
    seen = [weekly_slot(hour, place) for hour in hours]
    weeks = sorted(set(seen))
    assert seen == sorted(seen)
    assert len(weeks) in {6, 7}
    for one, next_one in pairwise(weeks):
        assert slot_week(one, place)[1] == slot_week(next_one, place)[0]
    for hour in hours:
        start = period_start("week", hour, place)
        assert start is not None
        assert timedelta() <= hour - start < timedelta(days=7, hours=1)


async def test_the_board_of_a_business_elsewhere_goes_in_its_morning(unopened: Dialogue) -> None:
    await unopened.opens(preset("demo"), zone="Pacific/Auckland")
    await completes(unopened, ALICE, 1)
    await agrees(unopened, ALICE)
    await unopened.passes(days=6, hours=9, minutes=59)  # Sunday 20:00 UTC is Monday 9:00 in Auckland
    assert not [row for row in await boards(unopened) if row.key.startswith("weekly:2026-03-23")]
    await unopened.passes(minutes=2)
    assert len([row for row in await boards(unopened) if row.key.startswith("weekly:2026-03-23")]) == 1


async def completes(talk: Dialogue, who: Person, friends: int) -> None:
    """Let someone bring friends who bought, and rewind nothing: everything completes on 16 March."""
    code = await talk.code_of(who)
    number = int(who.identity.subject) * 100
    for friend in (someone("Friend", number + one) for one in range(friends)):
        at = talk.clock.ahead
        talk.clock.ahead = timedelta()
        await talk.joins(friend, code)
        await talk.buys(friend)
        talk.clock.ahead = max(at, timedelta(days=14))
        await talk.scheduler.beat()


async def agrees(talk: Dialogue, who: Person) -> None:
    """Someone agrees to reminders."""
    await talk.says(who, "/start")
    await talk.taps(who, await talk.says(who, "/settings"), "Turn reminders on")


async def weekly(talk: Dialogue, who: Person) -> list[Told]:
    """Read the weekly boards for somebody."""
    return [notice for notice in await talk.notices_for(who) if notice.key == "leading.weekly"]


async def boards(talk: Dialogue) -> list[Any]:
    """Read every weekly board in the outbox."""
    return [row for row in await talk.rows(outbox) if row.kind == "marketing"]
