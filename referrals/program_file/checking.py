"""Refuses what single settings of a program file cannot know: names, units, dates and goals that do not fit."""

from collections.abc import Iterator, Sequence

from referrals.brand import LIGHT_CARD, READABLE, contrast, darkened, shown_contrast
from referrals.money import CURRENCIES
from referrals.program_file.checking_conditions import in_conditions
from referrals.program_file.checking_goals import in_goal
from referrals.program_file.checking_rewards import in_amount, in_reward, undeclared
from referrals.program_file.languages import language_fault
from referrals.program_file.table_types import Fault
from referrals.program_file.tables import BrandTable, ContestTable, File, FurtherCap, Head
from referrals.program_file.words import nearest

Path = tuple[str | int, ...]


def faults(file: File) -> Iterator[Fault]:
    """Yield what does not fit together, the head of the file first."""
    found = list(_in_head(file.program))
    yield from found
    if any(fault.path[-1] == "currency" for fault in found):
        return  # without a currency no amount can be read
    yield from _in_brand(file.brand)
    yield from _in_languages(file)
    for name, goal in file.goals.items():
        yield from in_goal(goal, file, ("goals", name))
    yield from _in_caps(file)
    yield from _in_prizes(file)
    for name, table in file.ineligible.items():
        yield from _in_ineligible(name, file)
        yield from in_conditions(table, file.program.currency, ("ineligible", name))


def _in_head(head: Head) -> Iterator[Fault]:
    if head.currency not in CURRENCIES:
        words = f'{head.currency} is not a currency in use. Write the three letters your bank uses, such as "EUR".'
        yield Fault(("program", "currency"), words)
    if head.starts and head.ends and head.ends < head.starts:
        yield Fault(
            ("program", "ends"),
            f"The last day, {head.ends}, lies before the first, {head.starts}. Choose a later day, or swap them.",
        )


def _in_brand(brand: BrandTable) -> Iterator[Fault]:
    color = (brand.color or "").lower()
    if color and contrast(color, LIGHT_CARD) < READABLE:
        yield Fault(
            ("brand", "color"),
            f"{color} is too pale to be read on white: its contrast is {shown_contrast(color)} to 1, and WCAG AA asks "
            f'for {READABLE} to 1. Choose a darker one, such as "{darkened(color)}".',
        )


def _in_languages(file: File) -> Iterator[Fault]:
    if words := language_fault(file.program.language):
        yield Fault(("program", "language"), words)
    paths: list[Path] = [("terms", language) for language in file.terms]
    for name, unit in file.units.items():
        paths += [("units", name, language) for language in unit.others()]
        if file.program.language in unit.others():
            words = f"{file.program.language} is the program's own language: its names stand in [units.{name}] itself."
            yield Fault(("units", name, file.program.language), f"{words} Leave this section out.", on_name=True)
    paths += [("events", name, language) for name, said in file.events.items() for language in said]
    for section, tables in (("goals", file.goals), ("ineligible", file.ineligible)):
        paths += [(section, name, "says", language) for name, table in tables.items() for language in table.says or ()]
    for path in paths:
        if words := language_fault(str(path[-1])):
            yield Fault(path, words, on_name=True)


def _in_caps(file: File) -> Iterator[Fault]:
    for owner in type(file.caps).model_fields:
        periods = getattr(file.caps, owner)
        for period in type(periods).model_fields if periods else ():
            table = getattr(periods, period)
            if table is None:
                continue
            path = ("caps", owner, period)
            yield from _in_owner(path)
            for label, each in table.all().items():
                yield from _in_cap(each, file, (*path, "also", label) if label else path)


def _in_owner(path: Path) -> Iterator[Fault]:
    _, owner, period = path
    if period == "friend" and owner != "advocate":
        instead = "[caps.friend.lifetime]" if owner == "friend" else "[caps.advocate.friend]"
        words = f"What one friend brings is limited for advocates only. Write {instead} instead."
        yield Fault(path, words, on_name=True)


def _in_cap(table: FurtherCap, file: File, path: Path) -> Iterator[Fault]:
    if table.count is None and table.value is None:
        yield Fault(path, 'It limits nothing. Add a line: count = 10, or value = "500.00".')
    unit = table.unit or file.program.currency
    if unit != file.program.currency and unit not in file.units:
        yield Fault((*path, "unit"), undeclared(unit, file))
    elif table.unit and table.value is None:
        words = 'A unit belongs to a value. Add a line: value = "100", or leave the unit out.'
        yield Fault((*path, "unit"), words, on_name=True)
    elif table.value is not None:
        yield from in_amount(table.value, unit, (*path, "value"))
    yield from _in_names(table.goals, file, (*path, "goals"))


def _in_names(goals: Sequence[str] | None, file: File, path: Path) -> Iterator[Fault]:
    for number, name in enumerate(goals or ()):
        if name not in file.goals:
            known = list(file.goals)
            meant = nearest(name, known)
            remedy = f"Did you mean {meant}?" if meant else f"There are: {', '.join(known)}."
            yield Fault((*path, number), f"There is no goal {name}. {remedy}")
        elif name in (goals or ())[:number]:
            yield Fault((*path, number), f"{name} stands here twice. Keep one of them.")


def _in_prizes(file: File) -> Iterator[Fault]:
    for name, milestone in file.milestones.items():
        yield from in_reward(milestone, file, ("milestones", name), prize_of="milestone")
        yield from _in_names(milestone.goals, file, ("milestones", name, "goals"))
    for name, contest in file.contests.items():
        yield from in_reward(contest, file, ("contests", name), prize_of="contest")
        yield from _in_contest(contest, ("contests", name))
    for name, raffle in file.raffles.items():
        yield from in_reward(raffle, file, ("raffles", name), prize_of="raffle")


def _in_contest(contest: ContestTable, path: Path) -> Iterator[Fault]:
    if contest.first_to is None and contest.most_in is None:
        yield Fault(path, 'It does not say what wins. Add a line: first_to = 10, or most_in = "month".')
    elif contest.first_to is not None and contest.most_in is not None:
        words = "A contest is won by the first to reach a number or by those with most. Keep first_to or most_in."
        yield Fault((*path, "most_in"), words, on_name=True)
    elif contest.first_to is not None and "at_least" in contest.model_fields_set:
        words = f"Who is first to {contest.first_to} has as many. Leave at_least out; it belongs to most_in."
        yield Fault((*path, "at_least"), words, on_name=True)


def _in_ineligible(name: str, file: File) -> Iterator[Fault]:
    table = file.ineligible[name]
    path = ("ineligible", name)
    if table.all is None and table.any is None:
        example = 'any = [{ field = "friend.employee", is = "yes" }]'
        yield Fault(path, f"It would keep everybody out. Add a line that says whom: {example}.")
