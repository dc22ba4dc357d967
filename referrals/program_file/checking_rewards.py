"""Refuses rewards that say too little, too much, or what does not go together."""

from collections.abc import Iterator
from decimal import Decimal

from referrals.money import CURRENCIES, Amount, AmountError, parse_amount
from referrals.program_file.building_rewards import kind_of
from referrals.program_file.checking_conditions import field_fault
from referrals.program_file.reward_tables import ByTable, OptionTable, PartTable, Reward, SizeKeys, Tier
from referrals.program_file.table_types import Fault
from referrals.program_file.tables import File
from referrals.program_file.words import nearest

Path = tuple[str | int, ...]

NO_AMOUNT = 'It says nothing of how much. Add a line: amount = "10.00" or percent = "10".'
_OF_STEPS = ("percent_at_most", "for_each", "at_most")
_OF_OPTIONS = ("amount", *_OF_STEPS, "percent", "percent_off", "tiers", "unit", "as", "delivery", "stock")
_EXPIRIES = ("expires_after_days", "expires_on", "expires")


def in_reward(reward: Reward, file: File, path: Path, *, prize_of: str = "") -> Iterator[Fault]:
    """Yield what is wrong with a reward; a prize is won by what an advocate did, not given for one event."""
    yield from _in_expiry(reward, path)
    if reward.choose is None:
        yield from _in_option(reward, file, path, prize_of=prize_of)
        return
    written = [key for key in _OF_OPTIONS if _value(reward, key) is not None]
    if written:
        words = f"Where there is a choice, {written[0]} belongs to each thing to choose from. Move it into them."
        yield Fault((*path, written[0]), words, on_name=True)
    if len(reward.choose) < 2:
        count = "only one thing" if reward.choose else "nothing"
        words = f"There is {count} to choose. Name two things or more, or write what they get without choose."
        yield Fault((*path, "choose"), words, on_name=True)
    for name, option in reward.choose.items():
        yield from _in_option(option, file, (*path, "choose", name), prize_of=prize_of)


def _in_expiry(reward: Reward, path: Path) -> Iterator[Fault]:
    written = [key for key in _EXPIRIES if _value(reward, key) is not None]
    if len(written) > 1:
        words = f"{written[0]} and {written[1]} stand here together. Keep one of them."
        yield Fault((*path, written[1]), words, on_name=True)
    elif reward.rolling and written and written[0] != "expires_after_days":
        words = f"Rolling needs a number of days, which {written[0]} is not. Write expires_after_days = 365 instead."
        yield Fault((*path, "rolling"), words, on_name=True)


def _in_option(option: OptionTable, file: File, path: Path, *, prize_of: str) -> Iterator[Fault]:
    currency = file.program.currency
    unit = option.unit or currency
    if unit != currency and unit not in file.units:
        yield Fault((*path, "unit"), undeclared(unit, file))
        yield from _in_delivery(option, path)
        return
    yield from _in_delivery(option, path)
    written = [key for key in ("amount", "percent", "tiers", "percent_off") if _value(option, key) is not None]
    if len(written) > 1:
        words = f"{_NAMES[written[0]]} and {_NAMES[written[1]]} stand here together. Keep one of them."
        yield Fault((*path, written[1]), words, on_name=True)
        return
    if option.percent_off is not None:
        yield from _in_percent_off(option, path)
        return
    look = _Look(unit, currency, prize_of, (*path, "unit"))
    if option.tiers:
        yield from _in_tiers(option, look, path)
    else:
        yield from look.in_size(option, path)


_NAMES = {"amount": "An amount", "percent": "a percentage", "tiers": "tiers", "percent_off": "percent_off"}


def _in_percent_off(option: OptionTable, path: Path) -> Iterator[Fault]:
    """Yield what does not go with a percentage that the till takes off a purchase which we do not know."""
    if not 0 < Decimal(option.percent_off or "0") <= 100:
        yield Fault((*path, "percent_off"), f"{option.percent_off} is out of reach. Write more than 0 and at most 100.")
    for key in (*_OF_STEPS, "unit"):
        if _value(option, key) is not None:
            words = f"The till takes the percentage off, whatever is bought: {key} says nothing here. Leave it out."
            yield Fault((*path, key), words, on_name=True)
    if option.as_ not in {None, "discount", "voucher"}:
        words = f"A percentage off a purchase is a discount, and no {option.as_}. Leave the line out."
        yield Fault((*path, "as"), words)


def _in_delivery(option: OptionTable, path: Path) -> Iterator[Fault]:
    kind = kind_of(option)
    if option.stock and option.delivery not in {None, "codes"}:
        words = (
            f'A stock holds codes, and this goes by {option.delivery}. Write delivery = "codes", or leave stock out.'
        )
        yield Fault((*path, "stock"), words, on_name=True)
    elif option.stock and option.delivery is None and kind != "gift-card":
        yield Fault(
            (*path, "stock"), 'A stock is taken from by delivery. Add a line: delivery = "codes".', on_name=True
        )
    elif not option.stock and (option.delivery == "codes" or (kind == "gift-card" and option.delivery is None)):
        key = "delivery" if option.delivery else "as"
        words = (
            'The codes come out of a stock. Add a line: stock = "gift-cards", or let somebody do it: delivery = "team".'
        )
        yield Fault((*path, key), words)
    elif kind == "credit" and option.delivery not in {None, "balance"}:
        words = 'Credit is kept on a balance. Leave delivery out, or choose another kind: as = "voucher".'
        yield Fault((*path, "delivery"), words)
    elif option.delivery == "balance" and kind != "credit":
        yield Fault((*path, "delivery"), 'Only credit is kept on a balance. Add a line: as = "credit".')


def _in_tiers(option: OptionTable, look: "_Look", path: Path) -> Iterator[Fault]:
    for key in _OF_STEPS:
        if _value(option, key) is not None:
            words = f"Where there are tiers, {key} belongs into each of them. Move it there."
            yield Fault((*path, key), words, on_name=True)
    before = 0
    for number, tier in enumerate(option.tiers or ()):
        here = (*path, "tiers", number)
        if number == 0 and tier.from_ != 1:
            words = f"Until the {tier.from_}th friend nothing is said. Let the first tier begin with from = 1."
            yield Fault((*here, "from"), words)
        elif tier.from_ <= before:
            words = f"{tier.from_} does not come after {before}. Write the tiers in rising order, each number once."
            yield Fault((*here, "from"), words)
        before = tier.from_
        yield from look.in_size(tier, here)


class _Look:
    """Looks at amounts and percentages of one reward, in its unit."""

    def __init__(self, unit: str, currency: str, prize_of: str, of_unit: Path) -> None:
        self.of_unit = of_unit
        self.unit = unit
        self.currency = currency
        self.prize_of = prize_of

    def in_size(self, size: SizeKeys | Tier, path: Path) -> Iterator[Fault]:
        """Yield what is wrong with an amount, a percentage, or one of them by cases."""
        if size.amount is not None and size.percent is not None:
            words = "An amount and a percentage stand here together. Keep one of them."
            yield Fault((*path, "percent"), words, on_name=True)
        elif size.amount is None and size.percent is None:
            yield Fault(path, NO_AMOUNT)
        elif isinstance(by := size.amount or size.percent, ByTable):
            key = "amount" if size.amount else "percent"
            yield from self._in_cases(by, key, (*path, key))
        elif isinstance(size.percent, str):
            yield from self._in_percent(size.percent, path)
        elif isinstance(size.amount, str):
            yield from in_amount(size.amount, self.unit, (*path, "amount"))
        yield from self._in_most(size, path)
        yield from self._in_steps(size, path)

    def _in_steps(self, size: SizeKeys | PartTable, path: Path) -> Iterator[Fault]:
        if size.for_each is None:
            if size.at_most is not None:
                words = 'Only what is given for each step needs a limit. Leave at_most out, or add for_each = "1.00".'
                yield Fault((*path, "at_most"), words, on_name=True)
        elif size.amount is None:
            words = "For each step an amount is given, and here stands none. Write amount in place of percent."
            yield Fault((*path, "for_each"), words, on_name=True)
        elif self.prize_of:
            words = f"A {self.prize_of} has no purchase whose steps could be counted. Leave for_each out."
            yield Fault((*path, "for_each"), words, on_name=True)
        else:
            yield from in_amount(size.for_each, self.currency, (*path, "for_each"))
            if size.at_most is not None:
                yield from in_amount(size.at_most, self.unit, (*path, "at_most"))

    def _in_most(self, size: SizeKeys | PartTable, path: Path) -> Iterator[Fault]:
        if size.percent_at_most is None:
            return
        if size.percent is None:
            words = "Only a percentage needs a limit. Leave percent_at_most out, or write percent instead of amount."
            yield Fault((*path, "percent_at_most"), words, on_name=True)
        else:
            yield from in_amount(size.percent_at_most, self.currency, (*path, "percent_at_most"))

    def _in_cases(self, by: ByTable, key: str, path: Path) -> Iterator[Fault]:
        if words := field_fault(by.by, is_case=True):
            yield Fault((*path, "by"), words)
        elif self.prize_of and not by.by.startswith("advocate."):
            words = f'A {self.prize_of} goes to an advocate, whatever was bought. Go by one of theirs: "advocate.city".'
            yield Fault((*path, "by"), words)
        parts = by.parts()
        if not parts.keys() - {"otherwise"}:
            words = f'No case is named, so every one is the other. Write {key} = "10.00", or add cases.'
            yield Fault(path, words.replace("10.00", "10" if key == "percent" else "10.00"), on_name=True)
        for name, part in parts.items():
            yield from self._in_case(part, key, (*path, name))

    def _in_case(self, part: str | PartTable, key: str, path: Path) -> Iterator[Fault]:
        if isinstance(part, str) and key == "amount":
            yield from in_amount(part, self.unit, path)
        elif isinstance(part, str):
            yield from self._in_percent(part, path[:-1], path[-1])
        elif part.amount is not None and part.percent is not None:
            words = "An amount and a percentage stand here together. Keep one of them."
            yield Fault((*path, "percent"), words, on_name=True)
        elif part.percent is not None:
            yield from self._in_percent(part.percent, path)
            yield from self._in_most(part, path)
        elif part.amount is not None:
            yield from in_amount(part.amount, self.unit, (*path, "amount"))
            yield from self._in_most(part, path)
            yield from self._in_steps(part, path)
        else:
            yield Fault(path, 'It says nothing of how much. Write it in quotes, such as "10.00".')

    def _in_percent(self, percent: str, path: Path, key: str | int = "percent") -> Iterator[Fault]:
        if self.prize_of:
            words = f'A {self.prize_of} has no purchase to take a percentage of. Write an amount, such as "10.00".'
            yield Fault((*path, key), words)
        elif self.unit != self.currency:
            words = (
                f"A percentage is paid in the currency, {self.currency}. Leave the unit out, or say how many "
                f'{self.unit} for each step: amount = "1" and for_each = "1.00".'
            )
            yield Fault(self.of_unit, words)
        elif not 0 < Decimal(percent) <= 100:
            yield Fault((*path, key), f"{percent} is out of reach. Write more than 0 and at most 100.")


def undeclared(unit: str, file: File) -> str:
    """Say what to do about a unit that the file does not declare."""
    if meant := nearest(unit, list(file.units)):
        return f"There is no unit {unit}. Did you mean {meant}?"
    other = unit if unit.isalnum() and unit.islower() and unit.isascii() else "coffees"
    return (
        f"There is no unit {unit}. Add a section [units.{other}] that says what one and what several are called, "
        f"or leave the unit out to pay in {file.program.currency}."
    )


def in_amount(amount: str, unit: str, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with an amount of this unit."""
    try:
        worth = parse_amount(amount, unit)
    except AmountError as error:
        example = Amount(10 * 10 ** CURRENCIES.get(unit, 0), unit).decimal()
        yield Fault(path, f'{error} Write it like "{example}".')
        return
    if worth.minor == 0:
        remedy = "Leave the line out for no minimum." if path[-1] == "minimum" else "Write how much they get."
        yield Fault(path, f"This is zero. {remedy}")


def _value(table: OptionTable, key: str) -> object:
    return getattr(table, "as_" if key == "as" else key)
