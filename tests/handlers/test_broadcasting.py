"""Broadcasting: planned for those who agreed, in chunks, stopped when the team says so, and shown as it goes."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from handlers.events import (
    BotBlocked,
    CampaignBegun,
    CampaignsDue,
    CampaignSteered,
    CampaignTapped,
    CampaignWeighed,
    MemberAdded,
    Person,
    Plan,
)
from handlers.outcome import LASTS
from messages.announced import said_to
from messages.codec import decode_message
from messages.message import Said
from storage.schema import campaigns, marketing_weeks, outbox
from tests.dialogue import Dialogue, Heard
from tests.people import ALICE, BOB, CAROL_IN_SLACK, CHLOE, DORA, MALLORY, OLGA, SAM, a_crowd, in_slack


def plan_for(segment: str = "", *, quiet_hours: str = "off", **changed: Any) -> Plan:
    """Write down whom a campaign is for."""
    house: dict[str, Any] = {"platforms": ("telegram", "slack"), "zone": "UTC", "language": "en"}
    return Plan(segment=segment, quiet_hours=quiet_hours, **house | changed)


async def begins(talk: Dialogue, segment: str = "", **changed: Any) -> str:
    """The owner sends a message to a segment."""
    texts = changed.pop("texts", {"en": "New this week: {first_name}, have a look"})
    heard = await talk.tells(
        CampaignBegun, plan=plan_for(segment, **changed), texts=texts, button="share", asked_by="a test"
    )
    return str(heard.reply["campaign"])


async def agrees(talk: Dialogue, *people: Person) -> None:
    """People agree to news."""
    for who in people:
        await talk.says(who, "/start")
        await talk.taps(who, await talk.says(who, "/settings"), "Turn news and offers on")


async def planned(talk: Dialogue, *, most: int = 1000) -> None:
    """Let the clock plan, and drop, whatever there is."""
    while (await talk.tells(CampaignsDue, most=most)).outcome.more:
        pass


async def written_to(talk: Dialogue, campaign: str) -> set[str]:
    """Read who gets a campaign."""
    return {row.customer_id for row in await talk.rows(outbox) if row.campaign_id == campaign}


async def ids_of(talk: Dialogue, *people: Person) -> set[str]:
    return {await talk.id_of(who) for who in people}


async def test_it_is_planned_for_those_who_agreed_and_nobody_else(talk: Dialogue) -> None:
    await agrees(talk, ALICE, CHLOE, SAM, MALLORY, DORA)
    await talk.says(BOB, "/start")
    await talk.says(CHLOE, "/stop")
    await talk.tells(BotBlocked, by=MALLORY)
    campaign = await begins(talk)
    await planned(talk)
    assert await written_to(talk, campaign) == await ids_of(talk, ALICE, SAM, DORA)
    rows = [row for row in await talk.rows(outbox) if row.campaign_id == campaign]
    assert {(row.kind, row.priority, row.state) for row in rows} == {("marketing", 2, "queued")}
    assert [row.message for row in rows] == [{}] * 3
    lanes = {row.customer_id: row.lane for row in rows}
    assert lanes == {
        await talk.id_of(ALICE): "telegram",
        await talk.id_of(SAM): "slack",
        await talk.id_of(DORA): "telegram",
    }
    assert {row.expires_at for row in rows} == {talk.clock.now() + LASTS}


async def test_who_stops_afterwards_is_left_in_the_plan_and_out_of_the_sending(talk: Dialogue) -> None:
    """The sender looks again: tests/bot/test_peace.py holds it to that."""
    await agrees(talk, ALICE)
    campaign = await begins(talk)
    await planned(talk)
    await talk.says(ALICE, "/stop")
    assert len(await written_to(talk, campaign)) == 1


async def test_a_chunk_after_the_other_reaches_everybody_once(talk: Dialogue) -> None:
    crowd = a_crowd(8)
    await agrees(talk, *crowd)
    campaign = await begins(talk)
    assert (await talk.tells(CampaignsDue, most=3)).outcome.more
    assert len(await written_to(talk, campaign)) == 3
    # The process dies here; another goes on from the row.
    await planned(talk, most=3)
    assert await written_to(talk, campaign) == await ids_of(talk, *crowd)
    assert (await one(talk, campaign)).planned == 8
    await planned(talk)
    assert len([row for row in await talk.rows(outbox) if row.campaign_id == campaign]) == 8


async def test_many_processes_plan_each_notice_once(talk: Dialogue) -> None:
    await agrees(talk, *a_crowd(9))
    first, second = await begins(talk), await begins(talk)
    await talk.all_at_once([CampaignsDue(**talk.now(), most=2) for _ in range(12)])
    await planned(talk)
    assert [(await one(talk, campaign)).planned for campaign in (first, second)] == [9, 9]
    assert len(await talk.rows(outbox)) == 18


async def test_of_two_chats_of_a_person_one_is_planned(talk: Dialogue) -> None:
    await agrees(talk, ALICE)
    async with talk.database.transaction() as store:
        await store.customers.add_identity(await talk.id_of(ALICE), SAM.identity, talk.clock.now())
    campaign = await begins(talk)
    await planned(talk)
    assert len([row for row in await talk.rows(outbox) if row.campaign_id == campaign]) == 1
    assert (await one(talk, campaign)).planned == 1


async def test_a_platform_that_is_not_set_up_is_not_planned_for(talk: Dialogue) -> None:
    await agrees(talk, ALICE, SAM)
    campaign = await begins(talk, platforms=("slack",))
    await planned(talk)
    assert await written_to(talk, campaign) == await ids_of(talk, SAM)


async def test_whoever_sleeps_gets_it_in_their_own_morning(talk: Dialogue) -> None:
    await agrees(talk, ALICE, BOB, CHLOE, DORA)
    await change(talk, BOB, zone="Pacific/Auckland")
    await change(talk, CHLOE, zone="Pacific/Auckland", quiet="off")
    await change(talk, DORA, quiet="09:00-11:00")
    campaign = await begins(talk, quiet_hours="21:00-08:00")
    await planned(talk)
    now = talk.clock.now()  # 10:00 in UTC, 23:00 in Auckland
    leaves = {row.customer_id: row.not_before for row in await talk.rows(outbox) if row.campaign_id == campaign}
    assert leaves == {
        await talk.id_of(ALICE): now,
        await talk.id_of(BOB): datetime(2026, 3, 2, 19, tzinfo=UTC),
        await talk.id_of(CHLOE): now,
        await talk.id_of(DORA): datetime(2026, 3, 2, 11, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("segment", "who"),
    [
        ("", "alice bob chloe dora sam"),
        ("advocate", "alice"),
        ("not advocate", "bob chloe dora sam"),
        ("friend", "bob chloe"),
        ("customer", "bob"),
        ("rewarded", "alice bob"),
        ("not rewarded", "chloe dora sam"),
        ("reward-ready", ""),
        ("referrals>=1", "alice"),
        ("has-referrals>0 and not rewarded", ""),
        ("referrals>=2", "alice"),
        ("referrals>2", ""),
        ("referrals=0", "bob chloe dora sam"),
        ("referrals<2 and not friend", "dora sam"),
        ("rewards=1", "alice bob"),
        ("rewards!=1", "chloe dora sam"),
        ("completed>=1", ""),
        ("completed=0", "alice bob chloe dora sam"),
        ("language=es", "dora"),
        ("language!=es", "alice bob chloe sam"),
        ("language=en", "alice bob chloe sam"),
        ("language=es,en", "alice bob chloe dora sam"),
        ("platform=slack", "sam"),
        ("platform!=slack", "alice bob chloe dora"),
        ("zone=Europe/Berlin", "chloe"),
        ("zone=UTC", "alice bob dora sam"),
        ("attribute.city=Berlin", "chloe"),
        ("attribute.city!=Berlin", "alice bob dora sam"),
        ("not attribute.city=Berlin,Paris and platform=telegram", "alice bob dora"),
        ("since>=2026-03-02", "alice bob chloe dora sam"),
        ("since=2026-03-02", "alice bob chloe dora sam"),
        ("since>2026-03-02", ""),
        ("since<2026-03-02", ""),
        ("since!=2026-03-02", ""),
        ("bought<=2026-03-02", "bob"),
        ("not bought<=2026-03-02", "alice chloe dora sam"),
    ],
)
async def test_a_segment_finds_whom_it_says(talk: Dialogue, segment: str, who: str) -> None:
    people = {"alice": ALICE, "bob": BOB, "chloe": CHLOE, "dora": DORA, "sam": SAM}
    await talk.earns(ALICE, BOB)
    await talk.brings(ALICE, CHLOE)
    await agrees(talk, *people.values())
    await change(talk, CHLOE, attributes={"city": "Berlin", "timezone": "Europe/Berlin"})
    await change(talk, DORA, language="es-MX")
    campaign = await begins(talk, segment)
    await planned(talk)
    assert await written_to(talk, campaign) == await ids_of(talk, *(people[name] for name in who.split()))
    weighed = await weigh(talk, segment)
    assert weighed["written"] == len(who.split())


async def test_it_is_weighed_before_it_is_sent(talk: Dialogue) -> None:
    await agrees(talk, ALICE, BOB, CHLOE, DORA, SAM, MALLORY)
    await talk.says(CAROL_IN_SLACK, "/start")
    await talk.says(BOB, "/stop")
    await talk.tells(BotBlocked, by=MALLORY)
    await change(talk, DORA, zone="Pacific/Auckland", language="es")
    await change(talk, BOB, news_agreed_at=talk.clock.now())
    async with talk.database.migrating() as connection:
        heard = {"customer_id": await talk.id_of(CHLOE), "week": "2026-W10", "count": 2}
        await connection.execute(insert(marketing_weeks).values(**heard))
    weighed = await weigh(talk, quiet_hours="21:00-08:00")
    assert weighed == {
        "program": "Corner Café",
        "matching": 7,
        "written": 3,
        "platforms": {"telegram": 2, "slack": 1},
        "languages": {"": 2, "es": 1},
        "left_out": {"no-consent": 1, "stopped": 1, "unreachable": 1, "weekly-cap": 1},
        "asleep": 1,
        "last_morning": datetime(2026, 3, 2, 19, tzinfo=UTC),
    }
    assert not await talk.rows(outbox)
    assert not await talk.rows(campaigns)


async def test_without_a_program_there_is_nothing_to_write_about(unopened: Dialogue) -> None:
    begun = await unopened.tells(CampaignBegun, plan=plan_for(), texts={"en": "Hello"})
    weighed = await unopened.tells(CampaignWeighed, plan=plan_for(), per_week=2)
    assert (begun.refused, weighed.refused) == ("no-program", "no-program")
    assert not await unopened.rows(campaigns)


async def test_the_message_says_why_it_came_and_ends_with_one_tap(talk: Dialogue) -> None:
    campaign = await begins(talk, texts={"en": "Look, {first_name}", "es": "Mira, {first_name}"})
    async with talk.database.reading() as store:
        message = decode_message((await store.campaigns.messages([campaign]))[campaign])
    assert said_to(message, language="es", first_name="Ana").values["text"] == Said("Mira, Ana")
    assert said_to(message, language="de", first_name="").values["text"] == Said("Look")
    assert [line.key for line in message.lines] == ["broadcasting.why"]
    assert [button.about for row in message.buttons for button in row if hasattr(button, "about")] == ["", "news:end"]


async def test_it_is_paused_resumed_and_cancelled_each_safely_twice(talk: Dialogue) -> None:
    campaign = await begins(talk)
    told = [await steers(talk, campaign, to) for to in ("pause", "pause", "resume", "cancel", "cancel", "resume")]
    assert told == [
        ("paused", True),
        ("paused", False),
        ("running", True),
        ("cancelled", True),
        ("cancelled", False),
        ("cancelled", False),
    ]
    assert (await talk.tells(CampaignSteered, campaign="cmp_none", to="pause")).refused == "unknown-campaign"


async def test_a_paused_campaign_is_not_planned_on(talk: Dialogue) -> None:
    await agrees(talk, *a_crowd(5))
    campaign = await begins(talk)
    await talk.tells(CampaignsDue, most=2)
    await steers(talk, campaign, "pause")
    await planned(talk)
    assert (await one(talk, campaign)).planned == 2
    await steers(talk, campaign, "resume")
    await planned(talk)
    assert (await one(talk, campaign)).planned == 5


async def test_what_waits_of_a_cancelled_campaign_is_put_away(talk: Dialogue) -> None:
    await agrees(talk, *a_crowd(5))
    campaign, other = await begins(talk), await begins(talk)
    await planned(talk)
    await settle_one(talk, campaign, "sent")
    await steers(talk, campaign, "cancel")
    await planned(talk, most=2)
    found = await one(talk, campaign)
    assert (found.sent, found.suppressed, found.waiting, found.ended_at) == (1, 4, 0, talk.clock.now())
    rows = [row for row in await talk.rows(outbox) if row.campaign_id == campaign]
    assert sorted((row.state, row.reason) for row in rows if row.state != "sent") == [("suppressed", "cancelled")] * 4
    assert (await one(talk, other)).waiting == 5


async def test_it_is_through_when_the_last_of_it_is(talk: Dialogue) -> None:
    await agrees(talk, ALICE, BOB)
    campaign = await begins(talk)
    await planned(talk)
    await settle_one(talk, campaign, "sent")
    await planned(talk)
    assert (await one(talk, campaign)).state == "running"
    await settle_one(talk, campaign, "failed")
    await planned(talk)
    found = await one(talk, campaign)
    assert (found.state, found.ended_at) == ("done", talk.clock.now())


async def test_a_campaign_for_nobody_is_through_at_once(talk: Dialogue) -> None:
    campaign = await begins(talk)
    await planned(talk)
    assert (await one(talk, campaign)).state == "done"


async def test_the_team_steers_it_under_its_message(talk: Dialogue) -> None:
    await talk.has_team()
    manager = in_slack("Max", "U0MAX")
    await talk.tells(MemberAdded, member=manager.identity, role="manager")
    campaign = await begins(talk)
    paused = await talk.tells(CampaignTapped, by=manager, campaign=campaign, to="pause")
    again = await talk.tells(CampaignTapped, by=manager, campaign=campaign, to="pause")
    assert paused.outcome.answers == again.outcome.answers
    assert paused.outcome.answers[0].in_place
    assert "paused" in paused.text
    assert [button.action for button in paused.buttons] == ["resume", "cancel"]
    cancelled = await talk.taps(OLGA, paused, "Cancel")
    assert "cancelled" in cancelled.text
    assert cancelled.buttons == []
    # The button of before still stands in somebody's view.
    assert "cancelled" in (await talk.tells(CampaignTapped, by=manager, campaign=campaign, to="resume")).text
    assert (await talk.tells(CampaignTapped, by=manager, campaign="cmp_none", to="pause")).key.endswith(
        "unknown-campaign"
    )


@pytest.mark.parametrize("to", ["pause", "resume", "cancel"])
async def test_whoever_is_no_manager_steers_nothing(talk: Dialogue, to: str) -> None:
    await talk.has_team()
    campaign = await begins(talk)
    for who in (CAROL_IN_SLACK, MALLORY):
        assert (await talk.tells(CampaignTapped, by=who, campaign=campaign, to=to)).refused == "no-access"
    assert (await one(talk, campaign)).state == "running"


async def weigh(talk: Dialogue, segment: str = "", **changed: Any) -> dict[str, Any]:
    return dict((await talk.tells(CampaignWeighed, plan=plan_for(segment, **changed), per_week=2)).reply)


async def steers(talk: Dialogue, campaign: str, to: str) -> tuple[str, bool]:
    heard: Heard = await talk.tells(CampaignSteered, campaign=campaign, to=to)
    return heard.reply["state"], heard.reply["moved"]


async def one(talk: Dialogue, campaign: str) -> Any:
    """Read how a campaign stands."""
    async with talk.database.reading() as store:
        found = await store.campaigns.by_id(campaign)
    assert found is not None
    return found


async def settle_one(talk: Dialogue, campaign: str, state: str) -> None:
    """Let one notice of a campaign come to its end, as the sender does."""
    rows: Sequence[Any] = await talk.rows(outbox)
    number = min(row.number for row in rows if row.campaign_id == campaign and row.state == "queued")
    async with talk.database.migrating() as connection:
        held = {"state": "sending", "fence": "a", "lease_until": talk.clock.now() + timedelta(minutes=1)}
        await connection.execute(update(outbox).where(outbox.c.number == number).values(**held))
    async with talk.database.transaction() as store:
        await store.outbox.settle("a", [number], state, at=talk.clock.now())


async def change(talk: Dialogue, who: Person, **values: Any) -> None:
    async with talk.database.transaction() as store:
        await store.customers.change(await talk.id_of(who), **values)
