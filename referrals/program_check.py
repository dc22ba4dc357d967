"""Refuses what single settings of a program file cannot know: units, amounts, dates and goals that do not fit."""

from collections.abc import Iterator
from decimal import Decimal

from referrals.brand import LIGHT_CARD, READABLE, contrast, darkened, shown_contrast
from referrals.money import CURRENCIES, Amount, AmountError, parse_amount
from referrals.program_tables import BrandTable, Fault, File, GoalTable, Head, Reward
from referrals.program_words import nearest


def faults(file: File) -> Iterator[Fault]:
    """Yield what does not fit together, the head of the file first."""
    found = list(_in_head(file.program))
    yield from found
    if found:
        return  # without a currency no amount can be read
    yield from _in_brand(file.brand)
    seen: dict[str, str] = {}
    for name, goal in file.goals.items():
        path = ("goals", name)
        if goal.event in seen:
            yield Fault(
                path,
                f"Two goals wait for the event {goal.event}: {seen[goal.event]} and {name}. "
                "Keep one, or give one of them another event.",
            )
        seen[goal.event] = name
        yield from _in_goal(goal, file, path)


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


def _in_goal(goal: GoalTable, file: File, path: tuple[str, ...]) -> Iterator[Fault]:
    if goal.event == "refund":
        words = 'A refund takes rewards back and cannot earn one. Choose another event, such as "purchase".'
        yield Fault((*path, "event"), words)
    yield from _in_amount(goal.minimum, file.program.currency, (*path, "minimum"))
    if goal.advocate is None and goal.friend is None:
        name = ".".join(path)
        yield Fault(path, f"Nobody is rewarded. Add [{name}.advocate], [{name}.friend], or both.")
    for side, reward in (("advocate", goal.advocate), ("friend", goal.friend)):
        if reward is not None:
            yield from _in_reward(reward, file, (*path, side))


def _in_reward(reward: Reward, file: File, path: tuple[str, ...]) -> Iterator[Fault]:
    currency = file.program.currency
    unit = reward.unit or currency
    if reward.amount is not None and reward.percent is not None:
        yield Fault((*path, "percent"), "An amount and a percentage stand here together. Keep one of them.")
    if reward.amount is None and reward.percent is None:
        yield Fault(path, 'It says nothing of how much. Add a line: amount = "10.00" or percent = "10".')
    if unit != currency and unit not in file.units:
        yield Fault((*path, "unit"), _undeclared(unit, file))
    elif unit != currency and reward.percent is not None:
        yield Fault((*path, "unit"), f"A percentage is paid in the currency, {currency}. Leave the unit out.")
    else:
        yield from _in_amount(reward.amount, unit, (*path, "amount"))
    if reward.percent is not None and not 0 < Decimal(reward.percent) <= 100:
        yield Fault((*path, "percent"), f"{reward.percent} is out of reach. Write more than 0 and at most 100.")


def _undeclared(unit: str, file: File) -> str:
    if meant := nearest(unit, list(file.units)):
        return f"There is no unit {unit}. Did you mean {meant}?"
    other = unit if unit.isalnum() and unit.islower() and unit.isascii() else "coffees"
    return (
        f"There is no unit {unit}. Add a section [units.{other}] that says what one and what several are called, "
        f"or leave the unit out to pay in {file.program.currency}."
    )


def _in_amount(amount: str | None, unit: str, path: tuple[str, ...]) -> Iterator[Fault]:
    if amount is None:
        return
    try:
        worth = parse_amount(amount, unit)
    except AmountError as error:
        example = Amount(10 * 10 ** CURRENCIES.get(unit, 0), unit).decimal()
        yield Fault(path, f'{error} Write it like "{example}".')
        return
    if worth.minor == 0:
        remedy = "Leave the line out for no minimum." if path[-1] == "minimum" else "Write how much they get."
        yield Fault(path, f"This is zero. {remedy}")
