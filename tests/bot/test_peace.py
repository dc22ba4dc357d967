"""People's peace: the night is kept, marketing has its measure, small news come together, and stop is stop."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import update

from bot.delivery import Carriers, DeliveryFailed
from bot.dispatch import Dispatcher
from bot.limiting import Limiter
from bot.outbox.outbox import Outbox
from bot.peace import Peace, peace_of, quiet_hours
from bot.settings import Settings
from handlers.events import (
    BotBlocked,
    CampaignBegun,
    CampaignSteered,
    CardAsked,
    HomeOpened,
    Introduced,
    Person,
    Plan,
    SettingChosen,
)
from messages.catalog import Reader
from messages.message import Said
from referrals.quiet import Night
from storage.errors import Busy, TryAgain
from storage.schema import customers, identities, marketing_weeks, outbox
from tests.bot.test_outbox import ALLOWED, Postman, emptied, weekly_for
from tests.dialogue import Dialogue
from tests.people import ALICE, BOB, CHLOE, DORA, SAM, a_crowd

NIGHT = Night(time(21), time(8))
UTC_ZONE = ZoneInfo("UTC")


def quietly(talk: Dialogue, *, per_week: int = 2) -> Peace:
    """Let the house have quiet hours, wherever a notice is put in or leaves."""
    peace = Peace(night=NIGHT, zone=UTC_ZONE, per_week=per_week)
    talk.dispatcher = Dispatcher(talk.database, lambda: None, peace)
    talk.scheduler = type(talk.scheduler)(talk.dispatcher.dispatch, talk.clock)
    return peace


def sender(talk: Dialogue, postman: Postman, peace: Peace) -> Outbox:
    """Build the sender of one process."""
    return Outbox(
        talk.database,
        clock=talk.clock,
        catalog=talk.catalog,
        carriers=lambda: Carriers(known=frozenset({"telegram", "slack"}), senders={postman.platform: postman}),
        limiters={name: Limiter(ALLOWED, talk.clock.elapsed) for name in ("telegram", "slack", "team")},
        reader=Reader("en", UTC_ZONE),
        peace=peace,
        registry=CollectorRegistry(),
    )


def until(talk: Dialogue, hour: int) -> timedelta:
    """How long it is until the clock shows an hour again, in UTC."""
    now = talk.clock.now()
    then = now.replace(hour=hour, minute=0, second=0)
    return then - now if then > now else then + timedelta(days=1) - now


async def test_news_of_the_night_waits_for_the_morning(talk: Dialogue) -> None:
    peace = quietly(talk)
    postman = Postman()
    await talk.code_of(ALICE)
    talk.clock.move(until(talk, 22))
    await talk.earns(ALICE, BOB)
    morning = datetime(2026, 3, 3, 8, tzinfo=UTC)
    assert {row.not_before for row in await talk.rows(outbox)} == {morning}
    box = sender(talk, postman, peace)
    await emptied(box)
    assert postman.delivered == []
    talk.clock.move(until(talk, 8))
    await emptied(box)
    assert postman.brought(ALICE) == ["joining.friend-joined", "earning.pending-advocate"]


async def test_a_voucher_is_news_at_any_hour(talk: Dialogue) -> None:
    peace = quietly(talk)
    postman = Postman()
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    code = await talk.voucher_for(ALICE)
    await emptied(sender(talk, postman, peace))
    postman.delivered.clear()
    talk.clock.move(until(talk, 22))
    await talk.redeems(code)
    await emptied(sender(talk, postman, peace))
    assert postman.brought(ALICE) == ["redeeming.thanks"]


async def test_it_is_the_readers_own_night(talk: Dialogue) -> None:
    peace = quietly(talk)
    postman = Postman()
    await talk.code_of(ALICE)
    await change(talk, ALICE, zone="Pacific/Auckland")  # 10:00 in UTC is 23:00 there
    await talk.brings(ALICE, BOB)
    await talk.brings(BOB, CHLOE)
    await emptied(sender(talk, postman, peace))
    assert postman.brought(ALICE) == []
    assert postman.brought(BOB) == ["joining.friend-joined"]


async def test_what_the_shop_tells_of_a_zone_counts_where_nobody_else_has_told(talk: Dialogue) -> None:
    peace = quietly(talk)
    await talk.code_of(ALICE)
    await change(talk, ALICE, attributes={"timezone": "Pacific/Auckland"})
    alice = await talk.customer(ALICE)
    assert alice is not None
    now = talk.clock.now()
    assert peace.leaves_at("reward", alice, now) > now
    await change(talk, ALICE, zone="Europe/Berlin")
    alice = await talk.customer(ALICE)
    assert alice is not None
    assert peace.leaves_at("reward", alice, now) == now


async def test_the_night_is_looked_at_again_when_a_notice_leaves(talk: Dialogue) -> None:
    """It was day when it was put in; then the platform was gone for hours."""
    peace = quietly(talk)
    postman = Postman()
    await talk.brings(ALICE, BOB)
    talk.clock.move(until(talk, 22))
    box = sender(talk, postman, peace)
    await emptied(box)
    assert postman.delivered == []
    [row] = await talk.rows(outbox)
    assert (row.state, row.reason, row.attempts) == ("queued", "quiet-hours", 0)
    talk.clock.move(until(talk, 8))
    await emptied(box)
    assert postman.brought(ALICE) == ["joining.friend-joined"]


async def test_people_choose_their_own_hours(talk: Dialogue) -> None:
    peace = quietly(talk)
    async with talk.database.transaction() as store:
        await store.due.keep_fact("quiet-hours", str(NIGHT))
    await talk.says(ALICE, "/start")
    panel = await talk.says(ALICE, "/settings")
    assert "quiet from 21:00 to 08:00" in panel.text
    late = await talk.taps(ALICE, panel, "Quiet 23:00–07:00")
    assert "quiet from 23:00 to 07:00" in late.text
    talk.clock.move(until(talk, 22))
    now = talk.clock.now()
    assert await leaves(talk, peace, ALICE) == now
    talk.clock.move(timedelta(hours=2))
    assert await leaves(talk, peace, ALICE) == now + timedelta(hours=9)
    never = await talk.taps(ALICE, late, "Write at any hour")
    assert "at any hour" in never.text
    assert await leaves(talk, peace, ALICE) == talk.clock.now()
    usual = await talk.taps(ALICE, never, "Quiet at night")
    assert "quiet from 21:00 to 08:00" in usual.text


async def test_people_choose_their_clock(talk: Dialogue) -> None:
    peace = quietly(talk)
    await talk.says(ALICE, "/start")
    panel = await talk.says(ALICE, "/settings")
    assert "Your clock: 10:00 (UTC)" in panel.text
    offered = await talk.taps(ALICE, panel, "My clock shows another time")
    assert offered.outcome.answers[0].in_place
    chosen = await talk.taps(ALICE, offered, "23:00 · Auckland")
    assert "Your clock: 23:00 (Auckland)" in chosen.text
    assert await leaves(talk, peace, ALICE) == datetime(2026, 3, 2, 19, tzinfo=UTC)
    await talk.tells(SettingChosen, by=ALICE, choice="zone:Mars/Olympus")
    alice = await talk.customer(ALICE)
    assert alice is not None
    assert alice.zone == "Pacific/Auckland"


async def test_small_news_that_waited_come_as_one_message_and_rewards_by_themselves(talk: Dialogue) -> None:
    peace = quietly(talk)
    postman = Postman()
    await talk.code_of(ALICE)
    talk.clock.move(until(talk, 22))
    await talk.earns(ALICE, BOB)
    await talk.brings(ALICE, CHLOE)
    await talk.brings(ALICE, DORA)
    talk.clock.move(until(talk, 8))
    await emptied(sender(talk, postman, peace))
    assert postman.brought(ALICE) == ["digesting.news", "earning.pending-advocate"]
    [said] = [message for message in postman.messages if message.key == "digesting.news"]
    assert said.values["count"] == 3
    assert [line.values["friend"] for line in said.lines] == ["Bob", "Chloe", "Dora"]
    states = sorted((row.state, row.reason) for row in await talk.rows(outbox) if row.key.startswith("joined:"))
    assert states == [("sent", None), ("suppressed", "told-in-another"), ("suppressed", "told-in-another")]


async def test_news_that_are_fresh_come_one_by_one(talk: Dialogue) -> None:
    postman = Postman()
    await talk.brings(ALICE, BOB)
    await talk.brings(ALICE, CHLOE)
    await emptied(sender(talk, postman, quietly(talk)))
    assert postman.brought(ALICE) == ["joining.friend-joined"] * 2


async def test_more_news_than_a_message_holds_come_in_several(talk: Dialogue) -> None:
    postman = Postman()
    code = await talk.code_of(ALICE)
    for friend in a_crowd(23):
        await talk.joins(friend, code)
    talk.later(minutes=2)
    await emptied(sender(talk, postman, quietly(talk)))
    assert [message.values["count"] for message in postman.messages] == [10, 10, 3]


async def test_a_message_made_of_several_is_sent_again_as_it_is_after_a_crash(talk: Dialogue) -> None:
    peace = quietly(talk)
    postman = Postman()
    await talk.brings(ALICE, BOB)
    await talk.brings(ALICE, CHLOE)
    talk.later(minutes=2)
    postman.fails(ALICE, DeliveryFailed("unknown"))
    box = sender(talk, postman, peace)
    await emptied(box)
    await talk.brings(ALICE, DORA)
    talk.later(minutes=2)
    await emptied(box)
    assert postman.brought(ALICE) == ["digesting.news", "joining.friend-joined"]
    assert len(postman.messages[0].lines) == 2


async def test_news_that_may_have_arrived_come_again_by_themselves(talk: Dialogue) -> None:
    """A repeat reads the same, though others wait by now that it could be told with."""
    postman = Postman()
    await talk.brings(ALICE, BOB)
    postman.fails(ALICE, DeliveryFailed("unknown"))
    box = sender(talk, postman, quietly(talk))
    await emptied(box)
    for friend in (CHLOE, DORA):
        await talk.brings(ALICE, friend)
    talk.later(minutes=2)
    await emptied(box)
    assert postman.brought(ALICE) == ["joining.friend-joined", "digesting.news"]
    assert postman.messages[0].values["friend"] == "Bob"


async def test_an_odd_piece_of_news_keeps_none_of_the_others_from_leaving(talk: Dialogue) -> None:
    postman = Postman()
    await talk.brings(ALICE, BOB)
    await talk.brings(ALICE, CHLOE)
    odd = {"$": "Message", "key": "joining.friend-joined", "values": {"friend": {"$": "Nonsense"}}}
    second = max(row.number for row in await talk.rows(outbox))
    async with talk.database.migrating() as connection:
        await connection.execute(update(outbox).where(outbox.c.number == second).values(message=odd))
    talk.later(minutes=2)
    await emptied(sender(talk, postman, quietly(talk)))
    assert postman.brought(ALICE) == ["joining.friend-joined"]


# --- marketing has its measure ---------------------------------------------------------------------------------------


async def test_more_than_so_much_marketing_in_a_week_is_not_sent(talk: Dialogue) -> None:
    peace = quietly(talk, per_week=2)
    postman = Postman()
    await agrees(talk, ALICE, BOB)
    for _ in range(3):
        await broadcast(talk)
    await emptied(sender(talk, postman, peace))
    assert [len(postman.brought(who)) for who in (ALICE, BOB)] == [2, 2]
    rows = [row for row in await talk.rows(outbox) if row.state == "suppressed"]
    assert [row.reason for row in rows] == ["weekly-cap"] * 2
    talk.later(days=7)
    await broadcast(talk)
    await emptied(sender(talk, postman, peace))
    assert [len(postman.brought(who)) for who in (ALICE, BOB)] == [3, 3]


async def test_the_weekly_leaderboard_counts_too(talk: Dialogue) -> None:
    await weekly_for(talk, DORA)
    peace = quietly(talk, per_week=1)
    postman = Postman()
    await agrees(talk, DORA)
    await broadcast(talk)
    await emptied(sender(talk, postman, peace))
    assert postman.brought(DORA) == ["leading.weekly"]


async def test_with_none_a_week_nothing_is_sent(talk: Dialogue) -> None:
    postman = Postman()
    await agrees(talk, ALICE)
    await broadcast(talk)
    await emptied(sender(talk, postman, quietly(talk, per_week=0)))
    assert postman.delivered == []
    assert not await talk.rows(marketing_weeks)


async def test_a_notice_that_is_put_back_counts_once(talk: Dialogue) -> None:
    peace = quietly(talk, per_week=1)
    postman = Postman()
    await agrees(talk, ALICE)
    await broadcast(talk)
    postman.fails(ALICE, DeliveryFailed("wait", retry_after=5), DeliveryFailed("wait", retry_after=5))
    box = sender(talk, postman, peace)
    for _ in range(3):
        await emptied(box)
        talk.later(seconds=6)
    assert postman.brought(ALICE) == ["broadcasting.announcement"]
    assert [row.count for row in await talk.rows(marketing_weeks)] == [1]


async def test_what_is_not_sent_after_all_is_given_back_to_the_week(talk: Dialogue) -> None:
    """A refusal, a stop in between, a cancelled campaign: none of them was heard, so none of them counts."""
    peace = quietly(talk, per_week=1)
    postman = Postman()
    await agrees(talk, ALICE, BOB)
    campaign = await broadcast(talk)
    postman.fails(ALICE, DeliveryFailed("refused"))
    postman.fails(BOB, DeliveryFailed("wait", retry_after=5))
    await emptied(sender(talk, postman, peace))
    await talk.tells(CampaignSteered, campaign=campaign, to="cancel")
    await talk.passes(seconds=1)
    assert {row.state for row in await talk.rows(outbox) if row.campaign_id} == {"failed", "suppressed"}
    assert [row.count for row in await talk.rows(marketing_weeks)] == [0, 0]
    talk.later(seconds=10)
    await broadcast(talk)
    await emptied(sender(talk, postman, peace))
    assert [len(postman.brought(who)) for who in (ALICE, BOB)] == [1, 1]


async def test_a_hundred_claims_at_once_keep_to_the_cap(talk: Dialogue) -> None:
    await agrees(talk, ALICE, BOB)
    for _ in range(10):
        await broadcast(talk)
    rows = [row for row in await talk.rows(outbox) if row.campaign_id]
    assert len(rows) == 20

    async def counts(number: int) -> int:
        while True:
            try:
                async with talk.database.transaction() as store:
                    return len((await store.restraint.count([number], week="2026-W10", most=3)).within)
            except (Busy, TryAgain):  # so many at once do not all get a connection within two seconds
                continue

    within = await asyncio.gather(*(counts(row.number) for row in rows for _ in range(5)))
    # Asked five times each, a notice is within the measure every time or never; of each person three are.
    assert sum(within) == 2 * 3 * 5
    assert sorted(row.count for row in await talk.rows(marketing_weeks)) == [3, 3]


async def test_two_records_of_one_person_have_one_measure(talk: Dialogue) -> None:
    await agrees(talk, ALICE, BOB)
    await broadcast(talk)
    alice, bob = await talk.id_of(ALICE), await talk.id_of(BOB)
    async with talk.database.migrating() as connection:
        await connection.execute(update(customers).where(customers.c.id == bob).values(merged_into=alice))
    numbers = sorted(row.number for row in await talk.rows(outbox) if row.campaign_id)
    async with talk.database.transaction() as store:
        counted = await store.restraint.count(numbers, week="2026-W10", most=1)
        assert (list(counted.within), list(counted.beyond)) == ([numbers[0]], [])
        counted = await store.restraint.count(numbers, week="2026-W10", most=1)
        assert (list(counted.within), list(counted.beyond)) == ([numbers[0]], [numbers[1]])
    assert [(row.customer_id, row.count) for row in await talk.rows(marketing_weeks)] == [(alice, 1)]


# --- a broadcast on its way out --------------------------------------------------------------------------------------


async def test_a_broadcast_is_said_to_each_in_their_language_with_their_name(talk: Dialogue) -> None:
    postman = Postman()
    await agrees(talk, ALICE, BOB)
    await change(talk, BOB, language="es", first_name="")
    await broadcast(talk, texts={"en": "Hi {first_name}, look", "es": "Hola {first_name}, mira"})
    await emptied(sender(talk, postman, quietly(talk)))
    pairs = zip(postman.delivered, postman.messages, strict=True)
    said = {subject: message.values["text"] for (subject, _), message in pairs}
    assert said == {ALICE.identity.subject: Said("Hi Alice, look"), BOB.identity.subject: Said("Hola, mira")}
    assert not [row for row in await talk.rows(outbox) if "Alice" in str(row.message)]


async def test_stop_and_a_no_are_heeded_until_the_last_moment(talk: Dialogue) -> None:
    postman = Postman()
    await agrees(talk, ALICE, BOB, CHLOE, DORA)
    await broadcast(talk)
    await talk.says(ALICE, "/stop")
    await talk.tells(SettingChosen, by=BOB, choice="news:end")
    await talk.tells(BotBlocked, by=CHLOE)
    await emptied(sender(talk, postman, quietly(talk)))
    assert [subject for subject, _ in postman.delivered] == [DORA.identity.subject]
    reasons = {row.customer_id: row.reason for row in await talk.rows(outbox) if row.state == "suppressed"}
    assert reasons == {
        await talk.id_of(ALICE): "stopped",
        await talk.id_of(BOB): "no-consent",
        await talk.id_of(CHLOE): "no-chat",
    }


async def test_who_ended_the_news_still_gets_the_reminders(talk: Dialogue) -> None:
    postman = Postman()
    await weekly_for(talk, DORA)
    await agrees(talk, DORA)
    await broadcast(talk)
    await talk.tells(SettingChosen, by=DORA, choice="news:end")
    await emptied(sender(talk, postman, quietly(talk)))
    assert postman.brought(DORA) == ["leading.weekly"]


# --- coming back -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["/status", "/rewards", "/settings", "/top", "/help", "/share", "hello"])
async def test_whoever_writes_to_us_can_be_written_to_again(talk: Dialogue, words: str) -> None:
    """A pure read leaves no row otherwise, and a deactivated account that came back may begin with one."""
    await talk.says(SAM, "/start")
    async with talk.database.transaction() as store:
        await store.customers.chat_lost("slack", SAM.identity.subject)
    await talk.says(SAM, words)
    assert [bool(row.is_reachable) for row in await talk.rows(identities)] == [True]


async def test_what_people_do_elsewhere_does_not_make_them_reachable(talk: Dialogue) -> None:
    await talk.says(ALICE, "/start")
    await talk.tells(BotBlocked, by=ALICE)
    await talk.tells(CardAsked, by=ALICE)
    await talk.tells(Introduced, by=ALICE)
    await talk.tells(BotBlocked, by=ALICE)
    assert [bool(row.is_reachable) for row in await talk.rows(identities)] == [False]
    await talk.tells(HomeOpened, by=ALICE)
    assert [bool(row.is_reachable) for row in await talk.rows(identities)] == [True]


# --- how the house is set up -----------------------------------------------------------------------------------------


def test_the_playground_has_no_night_unless_it_is_set() -> None:
    assert peace_of(settings()).night is None
    assert peace_of(settings(quiet_hours="22-6")).night == Night(time(22), time(6))
    real = settings(telegram_token="1:a")
    assert (peace_of(real).night, peace_of(real).per_week) == (NIGHT, 2)
    assert quiet_hours(settings(telegram_token="1:a", quiet_hours="off")) == "off"


def test_hours_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(ValueError, match="such as 21:00-08:00"):
        settings(quiet_hours="at night")


def settings(**given: str) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]  # read from text, as the environment is


async def leaves(talk: Dialogue, peace: Peace, who: Person) -> datetime:
    customer = await talk.customer(who)
    assert customer is not None
    return peace.leaves_at("service", customer, talk.clock.now())


async def agrees(talk: Dialogue, *people: Person) -> None:
    """People agree to news."""
    for who in people:
        await talk.says(who, "/start")
        await talk.tells(SettingChosen, by=who, choice="news:on")


async def broadcast(talk: Dialogue, **texts: Any) -> str:
    """The team writes to everybody who agreed, and the clock plans it; returns the campaign."""
    plan = Plan(segment="", platforms=("telegram", "slack"), zone="UTC", language="en", quiet_hours="off")
    begun = await talk.tells(CampaignBegun, plan=plan, **({"texts": {"en": "Look"}} | texts))
    await talk.scheduler.beat()
    return str(begun.outcome.reply["campaign"])


async def change(talk: Dialogue, who: Person, **values: Any) -> None:
    async with talk.database.transaction() as store:
        await store.customers.change(await talk.id_of(who), **values)
