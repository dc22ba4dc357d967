"""Simulating: a history gives the same rewards and the same refusals on paper as in the service itself."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from messages.catalog import Catalog
from referrals.money import parse_amount
from referrals.program_file import preset, read_program
from referrals.simulating import Simulation
from referrals.simulation_records import Report, Row
from storage.connect import Database
from storage.schema import decisions, rewards
from storage.scratch import Scratch
from tests.dialogue import MONDAY, Dialogue
from tests.people import a_crowd, someone

UTC = ZoneInfo("UTC")
RICH = """
[program]
id = "rich"
name = "Rich"
currency = "EUR"
[joining]
qualify_within_days = 40
[units.miles]
one = "mile"
other = "miles"
[goals.visit]
event = "purchase"
minimum = "10.00"
at_most_times = 2
hold_days = 14
[goals.visit.advocate]
percent = "10"
percent_at_most = "4.00"
[goals.visit.friend]
amount = "5.00"
[goals.regular]
event = "purchase"
count = 3
repeats = true
hold_days = 0
[goals.regular.advocate]
tiers = [{ from = 1, amount = "50" }, { from = 2, amount = "80" }]
unit = "miles"
[goals.complete]
events = ["purchase", "survey"]
all = [{ field = "amount", is_at_most = "60.00" }]
hold_days = 0
[goals.complete.friend]
amount = "100"
unit = "miles"
[caps.advocate.month]
count = 4
[caps.friend.week]
value = "5.00"
[caps.program.lifetime]
value = "30.00"
"""
LAST_TOUCH = RICH.replace('currency = "EUR"', 'currency = "EUR"\nattribution = "last-touch"')
PICK = """
[goals.visit.advocate.choose.cash]
percent = "10"
[goals.visit.advocate.choose.more]
percent = "15"
percent_at_most = "4.00"
as = "credit"
[goals.visit.friend]
amount = "1.00"
"""
CHOICE = RICH.replace(
    """
[goals.visit.advocate]
percent = "10"
percent_at_most = "4.00"
[goals.visit.friend]
amount = "5.00"
""",
    PICK,
).replace('value = "30.00"', 'value = "11.00"')
LATE = RICH.replace("[joining]", "[joining]\nlate_claim_days = 7\nlapsed_after_days = 20")
PEOPLE = a_crowd(4)
NO_REFUSAL = {"qualified", "not-invited", "refund-took-back", "refund-reduced", "refund-recorded"}

# Each history is a shop of its own: making one smaller takes minutes, and the first that differs is short enough.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]

who = st.integers(0, 3)
amounts = st.sampled_from(["4.00", "10.00", "25.00", "33.35", "70.00"])
step = st.one_of(
    st.tuples(st.just("joins"), who, who),
    st.tuples(st.just("buys"), who, amounts),
    st.tuples(st.just("buys"), who, amounts),
    st.tuples(st.just("surveys"), who, st.just("")),
    st.tuples(st.just("refunds"), st.integers(0, 9), st.sampled_from(["4.00", "10.00", "25.00", "70.00"])),
    st.tuples(st.just("days"), st.sampled_from([1, 6, 30]), st.just("")),
)


def play(program: str, *rows: Row) -> Report:
    """Let rows happen under a program."""
    with Scratch() as memory:
        simulation = Simulation(read_program(program, UTC), memory)
        for row in rows:
            simulation.play(row)
        return simulation.report


def row(line: int, customer: str, **told: object) -> Row:
    """Write a row: a purchase of 20.00 on a day of its own, unless it says something else."""
    written = {"amount": "20.00", "type": "purchase", "at": MONDAY + timedelta(days=line)} | told
    amount = written.pop("amount")
    return Row(
        line=line,
        customer=customer,
        amount=parse_amount(str(amount), "EUR") if amount else None,
        **written,  # type: ignore[arg-type]  # each test names what it needs
    )


def test_nothing_is_lost_of_a_long_chain_however_few_are_at_hand() -> None:
    rows = [row(line, f"c{line}", type="joined", amount="", invited_by=f"c{line - 1}") for line in range(1, 6)]
    rows += [row(6 + line, f"c{line}") for line in range(1, 6)]
    told = []
    for at_hand in (1, 2, 100):
        with Scratch(at_hand=at_hand) as memory:
            simulation = Simulation(read_program(RICH, UTC), memory)
            for each in rows:
                simulation.play(each)
            told.append((simulation.report.referrals, simulation.report.qualified, simulation.report.uninvited))
    assert told == [(5, 5, 0)] * 3


@dataclass
class Both:
    """The same history in the service and on paper."""

    talk: Dialogue
    simulation: Simulation
    line: int = 1
    sold: list[str] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    told: set[tuple[int, int, str]] = field(default_factory=set)

    async def step(self, what: str, first: int, second: object) -> None:
        """Let one thing happen in both."""
        if what == "days":
            self.talk.later(days=first)
            return
        # A second apart, as nothing of a real history happens at once.
        self.talk.later(seconds=1)
        self.line += 1
        if what == "joins":
            await self._joins(first, int(str(second)))
        elif what == "refunds":
            await self._refunds(first, str(second))
        else:
            await self._buys(first, what, str(second))

    async def _joins(self, friend: int, advocate: int) -> None:
        heard = await self.talk.joins(PEOPLE[friend], await self.talk.code_of(PEOPLE[advocate]))
        if heard.refused not in {"", "joined-before"} and (friend, advocate, heard.refused) not in self.told:
            self.told.add((friend, advocate, heard.refused))
            self.refused[heard.refused] += 1
        self._play(friend, type="joined", amount="", invited_by=str(advocate))

    async def _buys(self, friend: int, what: str, amount: str) -> None:
        kind = "purchase" if what == "buys" else "survey"
        await self.talk.buys(PEOPLE[friend], amount or None, type=kind)
        self.sold.append(f"receipt-{self.talk.reported}")
        self._play(friend, type=kind, amount=amount, id=self.sold[-1])

    async def _refunds(self, number: int, amount: str) -> None:
        if number < len(self.sold):
            heard = await self.talk.refunds(self.sold[number], amount)
            if heard.refused:
                self.refused[heard.refused] += 1
            self._play(0, type="refund", amount=amount, refers_to=self.sold[number])

    def _play(self, customer: int, **told: object) -> None:
        self.simulation.play(row(self.line, str(customer), at=self.now, **told))

    @property
    def now(self) -> datetime:
        """The moment the story has come to."""
        return self.talk.clock.now()

    async def given(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Add up what the service has given, by side and unit; count what its caps refused."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for decision in await self.talk.rows(decisions):
            outcome = str(decision.trace["outcome"])
            if decision.about.startswith("evt") and outcome not in NO_REFUSAL:
                self.refused[outcome] += 1
        for reward in await self.talk.rows(rewards):
            if reward.state == "denied":
                self.refused[reward.reason] += 1
            elif reward.state != "revoked":
                count, minor = found.get((reward.side, reward.unit), (0, 0))
                found[reward.side, reward.unit] = (count + 1, minor + reward.amount)
        return found


async def _compare(text: str, steps: list[tuple[str, int, object]], url: str, catalog: Catalog) -> None:
    database = Database(url)
    try:
        talk = Dialogue(database, catalog)
        await talk.opens(text)
        with Scratch(at_hand=2) as memory:
            both = Both(talk, Simulation(read_program(text, UTC), memory))
            for each in steps:
                await both.step(*each)
            report = both.simulation.report
            given_by_service = await both.given()
        async with database.reading() as store:
            advocates = [await talk.customer(person) for person in PEOPLE]
            counts = [await store.referrals.counts_of("rich", one.id) for one in advocates if one is not None]
        assert report.qualified == sum(each.get("qualified", 0) + each.get("completed", 0) for each in counts)
        given_on_paper = {key: (number, report.cost[key]) for key, number in report.rewards.items() if number}
        assert given_on_paper == given_by_service
        # The service knows every purchase; on paper only those are remembered that can still mean something.
        silent = {"refund-exceeds", "refund-of-something-else"}
        refused = {code: reason.times for code, reason in report.refused.items() if code not in silent}
        assert refused == {code: times for code, times in both.refused.items() if code not in silent}
    finally:
        await database.close()


@pytest.mark.parametrize("text", [RICH, LAST_TOUCH, LATE, CHOICE])
@settings(max_examples=15, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(step, min_size=4, max_size=22))
def test_the_service_would_have_done_the_same(
    text: str,
    steps: list[tuple[str, int, object]],
    catalog: Catalog,
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("shop") / "grapevine.db"
    shutil.copyfile(sqlite_template, path)
    asyncio.run(_compare(text, steps, f"sqlite+aiosqlite:///{path}", catalog))


MILESTONE = (
    preset("demo")
    + """
[milestones.two]
at = 2
amount = "7.00"
"""
)


def test_a_milestone_costs_and_a_refund_takes_it_back() -> None:
    bought = [row(number, f"f{number}", invited_by="zoe", id=f"o{number}") for number in (1, 2)]
    report = play(MILESTONE, *bought)
    assert (report.milestones["two"], report.cost["milestone", "EUR"]) == (1, 700)
    report = play(MILESTONE, *bought, row(3, "f2", type="refund", amount="", refers_to="o2"))
    assert (report.milestones["two"], report.cost["milestone", "EUR"]) == (0, 0)
    assert (report.qualified, report.cost["friend", "EUR"], report.taken_back["EUR"]) == (1, 500, 2200)


def test_the_same_id_counts_once_and_an_invitation_is_refused_once() -> None:
    report = play(
        RICH,
        row(1, "ann", invited_by="zoe", id="o1"),
        row(2, "ann", invited_by="zoe", id="o1"),
        row(3, "bob"),
        *[row(number, "bob", invited_by="zoe") for number in (4, 5, 6)],
    )
    assert {code: reason.lines for code, reason in report.refused.items()} == {
        "customer-before": [4],
    }
    assert (report.repeated.times, report.repeated.lines) == (1, [2])
    assert (report.rewards["friend", "EUR"], report.uninvited) == (1, 4)


def test_a_row_that_came_twice_is_told_as_that_also_where_nothing_is_left_to_reach() -> None:
    told = [("o1", 1), ("o2", 2), ("o2", 3), ("o1", 4)]
    report = play(preset("demo"), *[row(line, "ann", invited_by="zoe", id=id) for id, line in told])
    assert {code: reason.lines for code, reason in report.refused.items()} == {"goal-reached-before": [2]}
    assert report.repeated.lines == [3, 4]


def test_a_refund_that_cannot_be_told_what_it_is_of_takes_nothing() -> None:
    refunds = [row(2, "", type="refund"), row(3, "", type="refund", refers_to="o9")]
    dear = row(4, "", type="refund", refers_to="o1", amount="20.01")
    report = play(preset("demo"), row(1, "ann", invited_by="zoe", id="o1"), *refunds, dear)
    assert set(report.refused) == {"refund-of-nothing", "refund-exceeds"}
    assert (report.refunds, report.cost["advocate", "EUR"]) == (1, 1000)


def test_a_cap_says_when_it_was_full_first() -> None:
    text = preset("demo") + "\n[caps.advocate.month]\ncount = 1\n"
    report = play(text, *[row(number, f"f{number}", invited_by="zoe") for number in (1, 2, 3)])
    cap = report.caps["caps.advocate.month"]
    assert (cap.line, cap.times, cap.first) == (2, 2, MONDAY + timedelta(days=2))
    assert (report.rewards["advocate", "EUR"], report.rewards["friend", "EUR"]) == (1, 3)


def test_what_a_lapsed_friend_bought_long_before_they_gave_a_code_counts_for_nothing() -> None:
    bought = [row(day, "ann") for day in (1, 2)]
    report = play(LATE, *bought, row(60, "ann", invited_by="zoe"), row(61, "ann"))
    assert (report.qualified, report.cost["advocate", "miles"]) == (1, 0)
    report = play(LATE, *bought, row(60, "ann", invited_by="zoe"), row(61, "ann"), row(62, "ann"))
    assert report.cost["advocate", "miles"] == 50


def test_a_part_given_back_makes_room_under_a_cap_by_value() -> None:
    text = CHOICE.replace('value = "11.00"', 'value = "6.00"')
    first = [row(1, "ann", invited_by="zoe", id="o1")]
    report = play(text, *first, row(3, "bob", invited_by="zoe"))
    # Of ann's 20.00 the dearest option, 3.00, is taken, and 1.00 by herself: bob's 3.00 has no room.
    assert (report.cost["advocate", "EUR"], report.refused["cap-budget"].lines) == (200, [3])
    part = row(2, "", type="refund", refers_to="o1", amount="10.00")
    report = play(text, *first, part, row(3, "bob", invited_by="zoe"))
    assert (report.cost["advocate", "EUR"], report.cost["friend", "EUR"]) == (300, 100)


PRIZES = """
[program]
id = "prizes"
name = "Prizes"
currency = "EUR"
[joining]
qualify_within_days = 60
[goals.visit]
event = "purchase"
hold_days = 3
[goals.visit.advocate]
amount = "1.00"
[milestones.three]
at = 3
repeats = true
amount = "7.00"
[contests.race]
first_to = 2
winners = 2
amount = "50.00"
[contests.week]
most_in = "week"
winners = 2
at_least = 2
partition = "city"
amount = "20.00"
[raffles.month]
every = "month"
entries_per_referral = 3
winners = 2
amount = "5.00"
"""


@dataclass
class Season:
    """Three advocates and their friends in the service, and the same on paper, half a day after half a day."""

    talk: Dialogue
    simulation: Simulation
    line: int = 1

    async def passes(self, steps: int) -> None:
        """Let time pass in the service; on paper it passes by itself."""
        for _ in range(steps):
            await self.talk.passes(hours=12)

    async def lives(self, who: int, city: str) -> None:
        """Somebody says where they live."""
        await self.talk.joins(PEOPLE[who], "")
        await self.talk.buys(PEOPLE[who], None, type="profile", attributes={"city": city})
        self._play(str(who), type="profile", amount="", attributes={"city": city})

    async def brings(self, who: int, friend: int) -> str:
        """Somebody brings a friend, who buys; returns the receipt."""
        person = CROWD[friend]
        await self.talk.joins(person, await self.talk.code_of(PEOPLE[who]))
        await self.talk.buys(person, "20.00")
        receipt = f"receipt-{self.talk.reported}"
        self._play(f"friend {friend}", id=receipt, invited_by=str(who))
        return receipt

    async def returns(self, receipt: str) -> None:
        """A purchase is refunded."""
        await self.talk.refunds(receipt, "20.00")
        self._play("", type="refund", amount="20.00", refers_to=receipt)

    def _play(self, customer: str, **told: object) -> None:
        self.line += 1
        self.simulation.play(row(self.line, customer, at=self.talk.clock.now(), **told))


CROWD = [someone(f"Friend{number}", 30_000 + number) for number in range(20)]


async def a_season(season: Season) -> None:
    """Three advocates over six weeks: one is first, one most often, one loses a friend in time and one too late."""
    for who, city in ((0, "north"), (1, "north"), (2, "south")):
        await season.lives(who, city)
    early = [await season.brings(0, friend) for friend in (0, 1)]
    await season.passes(1)
    await season.brings(1, 2)
    await season.returns(early[0])
    await season.passes(10)
    for who, friend in ((1, 3), (2, 4), (2, 5), (0, 6)):
        await season.brings(who, friend)
        await season.passes(2)
    late = await season.brings(0, 7)
    await season.passes(15)
    await season.returns(late)
    for who, friend in ((0, 8), (1, 9), (1, 10), (0, 11), (0, 12)):
        await season.brings(who, friend)
        await season.passes(1)
    await season.passes(70)


async def test_prizes_are_won_on_paper_as_in_the_service(unopened: Dialogue) -> None:
    await unopened.opens(PRIZES)
    with Scratch(at_hand=2) as memory:
        season = Season(unopened, Simulation(read_program(PRIZES, UTC), memory))
        await a_season(season)
        season.simulation.finish()
        report = season.simulation.report
    names = {await unopened.id_of(person): str(number) for number, person in enumerate(PEOPLE[:3])}
    service: dict[str, list[str]] = {}
    for reward in sorted(await unopened.rows(rewards), key=lambda reward: reward.earned_at):
        kind, _, rest = (reward.occasion or "").partition(":")
        if kind in {"contest", "raffle"}:
            service.setdefault(f"{kind}s.{rest.partition(':')[0]}", []).append(names[reward.customer_id])
    paper = {name: won.named[: won.times] for name, won in report.winners.items()}
    assert paper["contests.race"] == service["contests.race"] == ["1", "2"]
    assert {name: won.times for name, won in report.winners.items()} == {n: len(won) for n, won in service.items()}
    assert sorted(paper["contests.week"]) == sorted(service["contests.week"])
    assert len(service["contests.week"]) == 3
    assert report.cost["contest", "EUR"] == 2 * 5000 + 2000 * len(service["contests.week"])


def test_a_full_budget_keeps_a_milestone_from_its_winner_and_no_cost_is_counted() -> None:
    rows = [row(number, f"f{number}", invited_by="zoe", id=f"o{number}") for number in (1, 2)]
    free = play(MILESTONE, *rows)
    spent = free.cost["advocate", "EUR"] + free.cost["friend", "EUR"]
    prize = free.cost["milestone", "EUR"]
    assert (free.milestones["two"], prize > 0, free.caps) == (1, True, {})
    for most, won in ((spent + prize, 1), (spent + prize - 1, 0)):
        text = f'{MILESTONE}\n[caps.program.lifetime]\nvalue = "{most // 100}.{most % 100:02}"\n'
        report = play(text, *rows)
        assert (report.milestones["two"], report.cost["milestone", "EUR"]) == (won, prize * won)
        assert set(report.caps) == (set() if won else {"caps.program.lifetime"})


def test_a_prize_of_a_period_that_runs_is_decided_at_the_end_of_the_file() -> None:
    text = PRIZES.replace('most_in = "week"', 'most_in = "year"').replace("at_least = 2", "")
    with Scratch() as memory:
        simulation = Simulation(read_program(text, UTC), memory)
        for number in range(1, 4):
            simulation.play(row(number, f"f{number}", invited_by="zoe"))
        assert "contests.week" not in simulation.report.winners
        simulation.finish()
        assert simulation.report.winners["contests.week"].named == ["zoe"]
        assert simulation.report.cost["raffle", "EUR"] == 500
