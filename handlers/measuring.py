"""The program's figures, for the team; docs/figures.md says what each of them counts, and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.events import StatsAsked
from handlers.gathering import CLOCK_SKEW
from handlers.outcome import Outcome
from handlers.programs import running_program, worth
from handlers.staffing import no_access, team_member
from messages.message import Act, Bars, Button, Day, Message, Phrase, Rate, Table, Value
from referrals.money import Amount
from referrals.periods import period_bounds, read_period
from referrals.program import Program
from storage.figures import Buying, Cost, Joining, Stretch
from storage.store import Store

STATES = ("joined", "qualified", "completed", "ineligible")
TABS = (("today", "week", "month"), ("last-week", "last-month", "all"))
# With the rows above them they fill a screen; what comes after the largest sources is summed.
MOST_SOURCES = 6


@dataclass(frozen=True, kw_only=True)
class Report:
    """Every figure of one stretch of time."""

    shares: int
    visits: int
    joinings: Sequence[Joining]
    purchases: int
    buyings: Sequence[Buying]
    costs: Sequence[Cost]
    new_customers: int
    conversations: int
    decisions: int

    def joined(self, *states: str) -> int:
        """Count the referrals that joined and stand in one of these states now, or all of them."""
        return sum(found.count for found in self.joinings if not states or found.state in states)


@dataclass(frozen=True, kw_only=True)
class Source:
    """What came from one class of places; no name: no visit through the link was known."""

    name: str | None
    joined: int = 0
    qualified: int = 0
    completed: int = 0
    revenue: int = 0


async def on_stats_asked(event: StatsAsked, store: Store) -> Outcome:
    """Show the figures of a period to a team member, as a table and a chart; a pure read."""
    if await team_member(event, store) is None:
        return await no_access(event, store)
    program = await running_program(store)
    if program is None:
        return Outcome(answers=(Message(key="joining.no-program"),))
    known = read_period(event.period)
    period = known or "all"
    since, until = period_bounds(period, event.at, program.zone)
    report = await _report(Stretch(program=program.id, since=since, until=until), program, store)
    named = _named(period)
    message = Message(
        key="measuring.overview",
        values={"program": program.name, "period": named, "dates": _dates(since, until, event.at)},
        lines=() if known else (Phrase("measuring.unknown-period", {"typed": event.period}),),
        buttons=_tabs(period),
        picture=_chart(report, named) if report.joined() else None,
        table=Table(
            headings=(Phrase("measuring.heading-figure"), Phrase("measuring.heading-value")),
            rows=tuple(
                (Phrase(f"measuring.row-{name}", about), value) for name, about, value in _rows(report, program)
            ),
        ),
        in_place=event.in_panel,
    )
    # The days of a period are the business's, wherever its team reads them.
    return Outcome(answers=(message,), zone=program.zone.key)


async def _report(stretch: Stretch, program: Program, store: Store) -> Report:
    figures = store.figures
    return Report(
        shares=await figures.shares(stretch),
        visits=await figures.visits(stretch),
        joinings=await figures.joinings(stretch),
        purchases=await figures.purchases(stretch),
        buyings=await figures.buyings(stretch, currency=program.currency, skew=CLOCK_SKEW),
        costs=await figures.costs(stretch),
        new_customers=await figures.new_customers(stretch, skew=CLOCK_SKEW),
        conversations=await store.conversations.open_ones(),
        decisions=await store.decisions.open_count(),
    )


def _rows(report: Report, program: Program) -> Iterable[tuple[str, dict[str, Value], Value]]:
    """List every figure: the name of its row, what that names besides, and the value."""
    yield "shares", {}, report.shares
    yield "invited", {}, report.visits
    yield "referrals", {}, report.joined()
    for state in STATES:
        yield state, {}, report.joined(state)
    yield "conversion-rate", {}, _rate(report.joined("qualified", "completed"), report.joined())
    yield "referral-rate", {}, _rate(sum(found.purchases for found in report.buyings), report.purchases)
    yield "revenue", {}, worth(program, Amount(sum(found.revenue for found in report.buyings), program.currency))
    for cost in _costs(report, program):
        yield "cost", {}, worth(program, Amount(cost.cost, cost.unit))
        yield "redeemed", {}, worth(program, Amount(cost.redeemed, cost.unit))
    yield "new-customers", {}, report.new_customers
    for source in _sources(report):
        name = "source" if source.name else "no-source"
        yield name, _about(source), worth(program, Amount(source.revenue, program.currency))
    yield "conversations", {}, report.conversations
    yield "decisions", {}, report.decisions


def _rate(part: int, whole: int) -> Value:
    rate = Rate(part, whole)
    return Phrase("measuring.rate", {"rate": rate, "part": part, "whole": whole}) if whole else rate


def _costs(report: Report, program: Program) -> list[Cost]:
    """Give each unit its cost; a unit that the program promises is there before anything was earned in it."""
    promised = {option.unit for goal in program.goals for rule in goal.rewards for option in rule.options}
    found = {cost.unit: cost for cost in report.costs}
    nothing = {unit: Cost(unit=unit, cost=0, redeemed=0) for unit in promised - found.keys()}
    return [cost for _, cost in sorted({**found, **nothing}.items())]


def _sources(report: Report) -> list[Source]:
    """Part the referrals and the revenue by source, the largest first, and sum what is small."""
    names = {found.source for found in report.joinings} | {found.source for found in report.buyings}
    every = sorted((_of_source(name, report) for name in names), key=_by_size)
    shown, rest = every[:MOST_SOURCES], every[MOST_SOURCES:]
    if not rest:
        return shown
    summed = Source(
        name="rest",
        joined=sum(source.joined for source in rest),
        qualified=sum(source.qualified for source in rest),
        completed=sum(source.completed for source in rest),
        revenue=sum(source.revenue for source in rest),
    )
    return [*shown, summed]


def _of_source(name: str | None, report: Report) -> Source:
    states = [(found.state, found.count) for found in report.joinings if found.source == name]
    return Source(
        name=name,
        joined=sum(count for _, count in states),
        qualified=sum(count for state, count in states if state == "qualified"),
        completed=sum(count for state, count in states if state == "completed"),
        revenue=sum(found.revenue for found in report.buyings if found.source == name),
    )


def _by_size(source: Source) -> tuple[int, int, str]:
    return -source.joined, -source.revenue, source.name or ""


def _about(source: Source) -> dict[str, Value]:
    counts = {"joined": source.joined, "qualified": source.qualified, "completed": source.completed}
    return {"source": source.name or "", **counts}


def _chart(report: Report, period: Phrase) -> Bars:
    counts: dict[str, Value] = {state: report.joined(state) for state in STATES}
    return Bars(
        title=Phrase("measuring.chart", {"period": period}),
        bars=tuple((Phrase(f"measuring.state-{state}"), report.joined(state)) for state in STATES),
        alt=Phrase("measuring.chart-alt", {"period": period, **counts}),
    )


def _named(period: str) -> Phrase:
    days, _, unit = period.partition("-")
    if unit == "days":
        return Phrase("measuring.period-days", {"days": int(days)})
    return Phrase(f"measuring.period-{period}")


def _dates(since: datetime | None, until: datetime | None, at: datetime) -> Phrase:
    if since is None or until is None:
        return Phrase("measuring.dates-all", {"last": Day(at)})
    last = until - timedelta(microseconds=1)
    if until - since < timedelta(days=1, hours=2):  # the day on which the clocks are put back has 25 hours
        return Phrase("measuring.dates-one", {"day": Day(since)})
    return Phrase("measuring.dates", {"first": Day(since), "last": Day(last)})


def _tabs(period: str) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        tuple(
            Act(label=f"measuring.tab-{name}", action="stats", about=name, style="primary" if name == period else "")
            for name in row
        )
        for row in TABS
    )
