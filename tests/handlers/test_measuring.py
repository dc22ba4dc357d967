"""Measuring: the team reads figures that a plain count of the rows gives too, whatever happened before."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.events import CardSent, MemberAdded, Person, StatsAsked, VisitsDue
from handlers.gathering import CLOCK_SKEW
from messages.message import Bars
from referrals.draw import click_number, click_token
from referrals.identity import Identity
from referrals.periods import period_bounds
from storage.clicks import Click
from storage.figures import Stretch
from storage.schema import clicks, customers, events, ledger, referrals, rewards
from tests.dialogue import ADDRESSES, UTC_READER, Dialogue, Heard
from tests.people import ALICE, BOB, CHLOE, DORA, MALLORY, OLGA, someone

TABLES = (clicks, customers, events, ledger, referrals, rewards)
BERLIN = ZoneInfo("Europe/Berlin")
TWO_UNITS = """
[program]
id = "two"
name = "Corner Café"
currency = "EUR"

[joining]
qualify_within_days = 60

[units.coffees]
one = "free coffee"
other = "free coffees"

[goals.first-purchase]
event = "purchase"
minimum = "10.00"
hold_days = 14

[goals.first-purchase.advocate]
percent = "10"

[goals.first-purchase.friend]
amount = "2"
unit = "coffees"
"""


async def test_cards_are_counted_by_the_day_they_were_sent(talk: Dialogue) -> None:
    await talk.has_team()
    await talk.code_of(ALICE)
    await talk.tells(CardSent, by=ALICE, mark="one")
    talk.later(days=1)
    for mark in ("two", "three", "three"):
        await talk.tells(CardSent, by=ALICE, mark=mark)
    found = {
        period: read(talk, await stats(talk, period))["Shares (cards sent in chats)"] for period in ("today", "all")
    }
    assert found == {"today": "2", "all": "3"}


async def test_the_figures_of_a_small_history(talk: Dialogue) -> None:
    await a_small_history(talk)
    assert read(talk, await stats(talk)) == {
        "Shares (cards sent in chats)": "0",
        "Invited (link visits)": "3",
        "Friends who joined": "4",
        "– Joined, not qualified yet": "1",
        "– Qualified": "1",
        "– Completed": "1",
        "– Ineligible": "1",
        "Conversion rate": "50% (2 of 4)",
        "Referral rate": "60% (3 of 5)",
        "Referral revenue": "€67",  # Bob's 25 and 12, Chloe's 40 of which 10 went back; Dora's went back
        "Reward cost": "€30",  # two referrals, both sides; what Dora's had cost was taken back
        "– of it redeemed": "€10",
        "New customers": "2",
        "Revenue from codes, without a visit (3 joined, 1 qualified, 0 completed)": "€30",
        "Revenue from a QR code (1 joined, 0 qualified, 1 completed)": "€37",
        "Open conversations now": "0",
        "Decisions that wait now": "0",
    }


async def test_the_chart_says_its_numbers(talk: Dialogue) -> None:
    await a_small_history(talk)
    heard = await stats(talk)
    picture = heard.outcome.answers[0].picture
    assert isinstance(picture, Bars)
    assert [number for _, number in picture.bars] == [1, 1, 1, 1]
    said = talk.catalog.cell(picture.alt, UTC_READER, address=ADDRESSES.of)
    assert said == "Bar chart of the referrals all time: 1 joined, 1 qualified, 1 completed, 1 ineligible."


async def test_an_empty_program_has_figures_too(talk: Dialogue) -> None:
    await joins_team(talk)
    heard = await stats(talk)
    found = read(talk, heard)
    assert found["Conversion rate"] == found["Referral rate"] == "–"
    assert found["Referral revenue"] == found["Reward cost"] == "€0"
    assert found["Friends who joined"] == "0"
    assert heard.outcome.answers[0].picture is None


async def test_without_a_program_there_is_nothing_to_count(unopened: Dialogue) -> None:
    await joins_team(unopened)
    assert (await stats(unopened)).key == "joining.no-program"


async def test_only_the_team_reads_figures_and_nothing_is_written(talk: Dialogue) -> None:
    await joins_team(talk)
    await talk.earns(ALICE, BOB)
    before = await talk.counts()
    for stranger in (ALICE, replace(OLGA, is_external=True)):
        heard = await talk.tells(StatsAsked, by=stranger)
        assert heard.refused == "no-access"
        assert all(answer.table is None for answer in heard.outcome.answers)
    await stats(talk)
    assert await talk.counts() == before


async def test_each_unit_has_its_own_cost(unopened: Dialogue) -> None:
    await unopened.opens(TWO_UNITS)
    await joins_team(unopened)
    assert read(unopened, await stats(unopened))["Reward cost"] == "0 free coffees"  # the last of two rows
    await unopened.earns(ALICE, BOB, "25.00")
    await unopened.earns(ALICE, CHLOE, "33.30")
    rows = values(unopened, await stats(unopened))
    costs = [value for name, value in rows if name == "Reward cost"]
    assert costs == ["€5.83", "4 free coffees"]  # 2.50 and 3.33


async def test_what_expired_costs_nothing(talk: Dialogue) -> None:
    await joins_team(talk)
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    await talk.passes(days=120)
    assert read(talk, await stats(talk))["Reward cost"] == "€0"


async def test_a_refund_after_redeeming_leaves_no_cost_and_says_what_was_handed_over(talk: Dialogue) -> None:
    await joins_team(talk)
    await talk.earns(ALICE, BOB)
    await talk.passes(days=15)
    await talk.redeems(await talk.voucher_for(ALICE))
    await talk.refunds("receipt-1")
    found = read(talk, await stats(talk))
    assert (found["Reward cost"], found["– of it redeemed"]) == ("€0", "€10")
    assert (found["Referral revenue"], found["– Ineligible"]) == ("€0", "1")


async def test_a_merge_moves_figures_and_counts_nobody_twice(talk: Dialogue) -> None:
    await joins_team(talk)
    shop = str((await talk.hears(talk.purchase(None, "8.00", identities=(Identity("shop", "1"),)))).reply["customer"])
    talk.later(days=1)
    await talk.earns(ALICE, BOB)
    assert read(talk, await stats(talk))["Referral rate"] == "50% (1 of 2)"
    asked = await talk.says(BOB, f"/start l_{await talk.sign_in_token(shop)}")
    await talk.taps(BOB, asked, "Yes, that is me")
    found = read(talk, await stats(talk))
    # Whoever bought before the invitation was a customer already.
    assert (found["– Ineligible"], found["New customers"], found["Referral revenue"]) == ("1", "0", "€0")
    assert found["Referral rate"] == "0% (0 of 2)"


async def test_money_of_another_currency_is_no_revenue(talk: Dialogue) -> None:
    await joins_team(talk)
    await talk.earns(ALICE, BOB, "25.00")
    await talk.buys(BOB, "99.00", currency="USD")
    await talk.buys(BOB, None)
    found = read(talk, await stats(talk))
    assert (found["Referral revenue"], found["Referral rate"]) == ("€25", "100% (3 of 3)")


async def test_small_sources_are_summed(talk: Dialogue) -> None:
    await joins_team(talk)
    places = ["qr", "telegram", "whatsapp", "email", "x", "vk", "sms", "story"]
    for number, place in enumerate(places):
        for count in range(len(places) - number):
            await visits_and_joins(talk, someone("Friend", 7000 + 100 * number + count), place)
    found = read(talk, await stats(talk))
    assert "Revenue from a QR code (8 joined, 0 qualified, 0 completed)" in found
    assert "Revenue from all other places (3 joined, 0 qualified, 0 completed)" in found
    assert not [name for name in found if "a story" in name]


@pytest.mark.parametrize("typed", ["week", "This Week", "WEEK", "last month", "30 days", "yesterday", "all"])
async def test_periods_are_forgiving(talk: Dialogue, typed: str) -> None:
    await joins_team(talk)
    heard = await stats(talk, typed)
    assert "I do not know" not in heard.text
    assert not heard.outcome.answers[0].in_place


async def test_an_unknown_period_is_named_with_those_that_exist(talk: Dialogue) -> None:
    await joins_team(talk)
    heard = await stats(talk, "fortnight")
    assert "I do not know the period “fortnight”" in heard.text
    assert "*" not in heard.text
    assert "Corner Café: all time" in heard.text


async def test_a_tab_replaces_the_figures_it_stands_under(talk: Dialogue) -> None:
    await joins_team(talk)
    heard = await talk.taps(OLGA, await stats(talk), "Last month")
    assert heard.outcome.answers[0].in_place
    assert "last month" in heard.text
    assert "From 1 February 2026 to 28 February 2026." in heard.text


async def test_days_are_those_of_the_business(unopened: Dialogue) -> None:
    await unopened.opens(zone="Pacific/Auckland")
    await joins_team(unopened)
    unopened.later(hours=2)  # Tuesday, one o'clock at night, in Auckland
    await unopened.brings(ALICE, BOB)
    heard = await stats(unopened, "today")
    assert heard.outcome.zone == "Pacific/Auckland"
    assert read(unopened, heard)["Friends who joined"] == "1"
    assert read(unopened, await stats(unopened, "yesterday"))["Friends who joined"] == "0"


async def test_every_figure_is_what_a_plain_count_of_the_rows_gives(unopened: Dialogue) -> None:
    await unopened.opens(TWO_UNITS, zone="Europe/Berlin")
    await a_long_history(unopened)
    rows = Rows({table.name: await unopened.rows(table) for table in TABLES})
    seen = set()
    for period in ("all", "today", "yesterday", "week", "last-week", "month", "last-month", "9-days"):
        since, until = period_bounds(period, unopened.clock.now(), BERLIN)
        stretch = Stretch(program="two", since=since, until=until)
        found = await plain_figures(unopened, stretch)
        assert found == rows.figures(stretch), period
        seen.add(str(found))
    assert len(seen) > 4  # the periods differ, or this test says nothing


# --- the plain model --------------------------------------------------------------------------------------------------


class Rows:
    """Every figure once more, counted row by row as docs/figures.md defines it."""

    def __init__(self, tables: dict[str, list[Any]]) -> None:
        self.tables = tables
        self.sources = {click.number: click.source for click in tables["clicks"]}
        self.bound = {row.friend_id: row for row in tables["referrals"] if row.state != "ineligible"}

    def figures(self, stretch: Stretch) -> dict[str, Any]:
        def within(moment: datetime | None) -> bool:
            if moment is None:
                return False
            return (stretch.since or moment) <= moment and (stretch.until is None or moment < stretch.until)

        joined = [row for row in self.tables["referrals"] if within(row.joined_at)]
        bought = [row for row in self.tables["events"] if row.type == "purchase" and within(row.occurred_at)]
        bought = [row for row in bought if not row.amount or row.refunded < row.amount]
        referred = [row for row in bought if self._is_referred(row.customer_id, row.occurred_at)]
        revenue: Counter[tuple[str | None, int]] = Counter()
        for source in {self._source(row) for row in referred}:
            of_source = [row for row in referred if self._source(row) == source]
            euros = [row.amount - row.refunded for row in of_source if row.unit == "EUR"]
            revenue[source, len(of_source)] += sum(euros)
        earned = {row.id for row in self.tables["rewards"] if within(row.earned_at)}
        return {
            "visits": sum(click.is_counted and within(click.at) for click in self.tables["clicks"]),
            "joined": Counter((self.sources.get(row.click), row.state) for row in joined),
            "purchases": len(bought),
            "revenue": {(source, number, total) for (source, number), total in revenue.items()},
            "costs": self._costs(earned),
            "new": sum(
                within(row.customer_since) and self._is_referred(row.id, row.customer_since)
                for row in self.tables["customers"]
            ),
        }

    def _is_referred(self, customer: str | None, at: datetime) -> bool:
        referral = self.bound.get(customer or "")
        return referral is not None and at >= referral.joined_at - CLOCK_SKEW

    def _source(self, purchase: Any) -> str | None:
        return self.sources.get(self.bound[purchase.customer_id].click)

    def _costs(self, earned: set[str]) -> set[tuple[str, int, int]]:
        sums: Counter[tuple[str, str]] = Counter()
        for entry in self.tables["ledger"]:
            if entry.reward_id in earned:
                sums[entry.unit, entry.account] += entry.amount
        return {
            (unit, -sums[unit, "cost"] - sums[unit, "expired"], sums[unit, "redeemed"]) for unit in {u for u, _ in sums}
        }


async def plain_figures(talk: Dialogue, stretch: Stretch) -> dict[str, Any]:
    async with talk.database.reading() as store:
        buyings = await store.figures.buyings(stretch, currency="EUR", skew=CLOCK_SKEW)
        return {
            "visits": await store.figures.visits(stretch),
            "joined": {(row.source, row.state): row.count for row in await store.figures.joinings(stretch)},
            "purchases": await store.figures.purchases(stretch),
            "revenue": {(row.source, row.purchases, row.revenue) for row in buyings},
            "costs": {(row.unit, row.cost, row.redeemed) for row in await store.figures.costs(stretch)},
            "new": await store.figures.new_customers(stretch, skew=CLOCK_SKEW),
        }


# --- histories --------------------------------------------------------------------------------------------------------


async def a_small_history(talk: Dialogue) -> None:
    """Four friends: Bob is through, Chloe waits for her hold, Dora's purchase went back, Mallory has not bought."""
    await joins_team(talk)
    await talk.code_of(ALICE)
    await visits_and_joins(talk, BOB, "qr")
    await visits(talk, "x")
    await visits(talk, "robot", is_counted=False)
    await visits(talk, "qr")
    await talk.buys(BOB, "25.00")
    await talk.passes(days=15)
    await talk.redeems(await talk.voucher_for(ALICE))
    await talk.buys(BOB, "12.00")
    await talk.earns(ALICE, CHLOE, "40.00")
    await talk.refunds("receipt-3", "10.00")
    await talk.earns(ALICE, DORA, "20.00")
    await talk.refunds("receipt-5", "20.00")
    await talk.brings(ALICE, MALLORY)
    await talk.buys(someone("Walk-in", 9001), "50.00")
    await talk.buys(someone("Walk-in", 9002), "5.00")
    await talk.tells(VisitsDue)


async def a_long_history(talk: Dialogue) -> None:
    """Six weeks in which friends come from everywhere, buy, return, merge, and use or lose what they earned."""
    await talk.code_of(ALICE)
    places = ["qr", None, "telegram", "qr", None, "web"]
    for day in range(45):
        await visits_and_joins(talk, friend(day), places[day % len(places)])
        if day % 4:
            await shops(talk, day)
        if day % 7 == 0:
            await talk.buys(someone("Walk-in", 8000 + day), "4.20")
        await something_rare(talk, day)
        await talk.passes(hours=23)
    await talk.tells(VisitsDue)


def friend(day: int) -> Person:
    return someone(f"Friend{day}", 5000 + day)


async def shops(talk: Dialogue, day: int) -> None:
    """A friend buys, some of them twice or in another currency, and some take a part or all of it back."""
    await talk.buys(friend(day), f"{8 + day}.{day:02}")
    bought = talk.reported
    if day % 5 == 0:
        await talk.buys(friend(day), "30.00", currency="USD" if day % 2 else "EUR")
    if day % 6 == 1:
        await talk.refunds(f"receipt-{bought}", "1.50" if day % 4 == 1 else f"{8 + day}.{day:02}")


async def something_rare(talk: Dialogue, day: int) -> None:
    """Somebody redeems, claims a purchase that was rung up with a code, leaves one unclaimed, or has two records."""
    if day in {33, 34}:
        await talk.redeems(await talk.voucher_for(friend(day - 31)), key=f"till-{day}")
    if day in {10, 38}:
        rung_up = await talk.rings_up(await talk.code_of(ALICE), "44.00")
        if day == 10:
            await talk.says(someone("Claimer", 8999), f"/start c_{rung_up.reply['claim_token']}")
    if day in {20, 40}:
        await merges_with_the_shops_record(talk, friend(day - 1), f"{day}")


async def merges_with_the_shops_record(talk: Dialogue, who: Person, number: str) -> None:
    """A friend turns out to have bought at the shop, one of them before the invitation."""
    before = {"occurred_at": talk.clock.now() - timedelta(days=9)} if number == "20" else {}
    sold = await talk.hears(talk.purchase(None, "6.00", identities=(Identity("shop", number),), **before))
    asked = await talk.says(who, f"/start l_{await talk.sign_in_token(str(sold.reply['customer']))}")
    assert (await talk.taps(who, asked, "Yes, that is me")).key == "merging.joined"


async def joins_team(talk: Dialogue) -> None:
    await talk.tells(MemberAdded, member=OLGA.identity, role="owner")


async def stats(talk: Dialogue, period: str = "") -> Heard:
    return await talk.tells(StatsAsked, by=OLGA, period=period)


async def visits(talk: Dialogue, source: str, *, is_counted: bool = True) -> str:
    """Somebody opens Alice's link."""
    await talk.code_of(ALICE)
    link, now = await talk.link_of(ALICE), talk.now()
    number = click_number(now["at"], now["draw"])
    click = Click(
        number=number,
        link_id=link.id,
        revision=link.revision,
        at=now["at"],
        source=source,
        visitor=bytes(16),
        is_counted=is_counted,
    )
    await talk.database.batch([click])
    talk.later(seconds=10)
    return click_token(number)


async def visits_and_joins(talk: Dialogue, who: Person, source: str | None) -> None:
    """A friend comes with Alice's link, through a visit or with the code alone."""
    click = await visits(talk, source) if source else ""
    heard = await talk.joins(who, await talk.code_of(ALICE), click=click)
    assert not heard.refused


def values(talk: Dialogue, heard: Heard) -> list[tuple[str, str]]:
    """Read the table as the team sees it."""
    table = heard.outcome.answers[0].table
    assert table is not None
    rows = [[talk.catalog.cell(value, UTC_READER, address=ADDRESSES.of) for value in row] for row in table.rows]
    return [(name, value) for name, value in rows]


def read(talk: Dialogue, heard: Heard) -> dict[str, str]:
    return dict(values(talk, heard))
