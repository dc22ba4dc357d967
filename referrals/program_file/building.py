"""Builds a program out of the tables of its file, once nothing is wrong with them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal, cast
from zoneinfo import ZoneInfo

from referrals.brand import Brand
from referrals.money import Amount, parse_amount
from referrals.program import (
    Cap,
    Contest,
    CountBy,
    Exclusion,
    Goal,
    Hold,
    Milestone,
    Names,
    Period,
    Program,
    Raffle,
    Touch,
)
from referrals.program_file.building_conditions import group_of
from referrals.program_file.building_rewards import reward_of
from referrals.program_file.days import end_of, midnight
from referrals.program_file.tables import (
    ContestTable,
    CountTable,
    File,
    FurtherCap,
    GoalTable,
    IneligibleTable,
    MilestoneTable,
    RaffleTable,
    Unit,
)
from referrals.rewarding import Side

USUAL_HOLD = timedelta(days=14)
USUAL_GIVING_UP = timedelta(days=365)


def program_of(file: File, zone: ZoneInfo, revision: int) -> Program:
    """Build the program; the file has been checked."""
    head, joining = file.program, file.joining
    lapsed = joining.lapsed_after_days
    return Program(
        id=head.id,
        name=head.name,
        revision=revision,
        zone=zone,
        currency=head.currency,
        language=head.language,
        units={name: _names(unit, head.language) for name, unit in file.units.items()},
        events={name: dict(said) for name, said in file.events.items()},
        goals=tuple(_goal(name, goal, file, zone) for name, goal in file.goals.items()),
        caps=tuple(_caps(file)),
        milestones=tuple(_milestone(name, table, file, zone) for name, table in file.milestones.items()),
        contests=tuple(_contest(name, table, file, zone) for name, table in file.contests.items()),
        raffles=tuple(_raffle(name, table, file, zone) for name, table in file.raffles.items()),
        exclusions=tuple(_exclusion(name, table) for name, table in file.ineligible.items()),
        touch=Touch(head.attribution),
        new_until=joining.new_until,
        click_window=timedelta(days=joining.click_window_days),
        qualify_within=timedelta(days=joining.qualify_within_days),
        claim_within=timedelta(days=joining.claim_within_days),
        late_claim=timedelta(days=joining.late_claim_days),
        lapsed_after=timedelta(days=lapsed) if lapsed else None,
        voucher_valid_for=timedelta(days=file.vouchers.valid_days),
        applies_to_open=head.applies_to == "open",
        starts=midnight(head.starts, zone),
        ends=end_of(head.ends, zone),
        terms=dict(file.terms),
        destination=head.destination,
        brand=Brand(color=(file.brand.color or "").lower(), logo=file.brand.logo or ""),
    )


def _names(unit: Unit, language: str) -> Mapping[str, Names]:
    others = {other: names.forms() for other, names in unit.others().items()}
    return {language: unit.forms(), **others}


def _goal(name: str, table: GoalTable, file: File, zone: ZoneInfo) -> Goal:
    currency = file.program.currency
    sides = ((Side.ADVOCATE, table.advocate), (Side.FRIEND, table.friend))
    return Goal(
        name=name,
        events=tuple(table.events or [table.event or "purchase"]),
        minimum=parse_amount(table.minimum, currency) if table.minimum else None,
        when=group_of(table),
        count=_count(table.count),
        within=timedelta(days=table.within_days) if table.within_days else None,
        counted_from=table.counted_from,
        most_times=None if table.repeats else table.at_most_times or 1,
        hold=_hold(table),
        rewards=tuple(reward_of(side, reward, currency, zone) for side, reward in sides if reward),
        says=dict(table.says or {}),
    )


def _count(count: int | CountTable) -> CountBy:
    if isinstance(count, int):
        return CountBy(number=count)
    return CountBy(number=count.otherwise, field=count.by, cases=tuple(count.cases().items()))


def _hold(table: GoalTable) -> Hold:
    # Whoever names the event that is waited for has said how long: no further days unless they are written.
    usual = timedelta() if table.hold_until else USUAL_HOLD
    gives_up = table.hold_gives_up_days
    return Hold(
        days=usual if table.hold_days is None else timedelta(days=table.hold_days),
        until_event=table.hold_until or "",
        gives_up_after=timedelta(days=gives_up) if gives_up else USUAL_GIVING_UP,
    )


def _caps(file: File) -> list[Cap]:
    found = []
    for owner in type(file.caps).model_fields:
        periods = getattr(file.caps, owner)
        for period in type(periods).model_fields if periods else ():
            if table := getattr(periods, period):
                currency = file.program.currency
                found += [_cap((owner, period, label), each, currency) for label, each in table.all().items()]
    return found


def _cap(path: tuple[str, str, str], table: FurtherCap, currency: str) -> Cap:
    owner, period, label = path
    return Cap(
        owner=cast(Literal["advocate", "friend", "program"], owner),
        period=cast(Literal["friend", "day", "week", "month", "year", "lifetime"], period),
        count=table.count,
        value=_value(table.value, table.unit or currency),
        goals=frozenset(table.goals or ()),
        label=label,
    )


def _value(text: str | None, unit: str) -> Amount | None:
    return parse_amount(text, unit) if text else None


def _milestone(name: str, table: MilestoneTable, file: File, zone: ZoneInfo) -> Milestone:
    return Milestone(
        name=name,
        at=table.at,
        repeats=table.repeats,
        period=table.period,
        goals=frozenset(table.goals or ()),
        reward=reward_of(Side.ADVOCATE, table, file.program.currency, zone),
    )


def _contest(name: str, table: ContestTable, file: File, zone: ZoneInfo) -> Contest:
    return Contest(
        name=name,
        first_to=table.first_to,
        period=_period(table.most_in or "program"),
        winners=table.winners,
        at_least=table.at_least,
        partition=table.partition or "",
        reward=reward_of(Side.ADVOCATE, table, file.program.currency, zone),
    )


def _raffle(name: str, table: RaffleTable, file: File, zone: ZoneInfo) -> Raffle:
    return Raffle(
        name=name,
        period=_period(table.every),
        entries_per_referral=table.entries_per_referral,
        winners=table.winners,
        reward=reward_of(Side.ADVOCATE, table, file.program.currency, zone),
    )


def _period(run: str) -> Period:
    return "lifetime" if run == "program" else cast(Period, run)


def _exclusion(name: str, table: IneligibleTable) -> Exclusion:
    return Exclusion(
        name=name,
        who=None if table.who == "both" else Side(table.who),
        when=group_of(table),
        says=dict(table.says or {}),
    )
