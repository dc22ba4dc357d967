"""Writes amounts of a program, and in which form they are given, in English."""

from decimal import Decimal

from babel.numbers import format_currency

from referrals.money import CURRENCIES, Amount, percent_off
from referrals.program import Program
from referrals.rewarding import USUAL_DELIVERY, ByField, ByStep, EarnRate, Fixed, Kind, Option, Portion, Size

_FORMS = {
    Kind.VOUCHER: "as a voucher",
    Kind.DISCOUNT: "as a discount",
    Kind.CREDIT: "as credit",
    Kind.PAYOUT: "as a payout",
    Kind.GIFT_CARD: "as a gift card",
    Kind.PRODUCT: "as a product",
    Kind.ACCESS: "as access",
}
_WAYS = {"till": "at the till", "balance": "on their balance", "team": "from the team", "codes": "as a code"}


def said_value(amount: Amount, program: Program) -> str:
    """Write an amount: "€15", "€7.50", "2 coffees"."""
    if amount.unit in CURRENCIES:
        value = Decimal(amount.decimal())
        is_whole = value == value.to_integral_value()
        pattern = "¤#,##0" if is_whole else None
        return format_currency(value, amount.unit, format=pattern, locale="en", currency_digits=not is_whole)
    if percent := percent_off(amount.unit):
        several = f"{amount.minor:,} × " if amount.minor != 1 else ""
        return f"{several}{percent} % off a purchase"
    languages = program.names_of(amount.unit)
    forms = dict(languages.get("en") or languages.get(program.language, ()))
    return f"{amount.minor:,} {forms.get('one' if amount.minor == 1 else 'other', amount.unit)}"


def said_size(size: Size, program: Program) -> str:
    """Write how much somebody gets."""
    match size:
        case Fixed():
            return said_value(size.amount, program)
        case Portion():
            most = f", at most {said_value(size.at_most, program)}" if size.at_most else ""
            return f"{size.percent:f} %{most}"
        case EarnRate():
            most = f", at most {said_value(size.at_most, program)}" if size.at_most else ""
            return f"{said_value(size.amount, program)} for each full {said_value(size.each, program)}{most}"
        case ByField():
            cases = [f"{said_size(part, program)} for {case}" for case, part in size.cases]
            rest = f"{said_size(size.otherwise, program)} otherwise" if size.otherwise else "nothing otherwise"
            return f"by {size.field}: {', '.join([*cases, rest])}"
        case ByStep():
            steps = [f"{said_size(step, program)} from the {_nth(start)} friend on" for start, step in size.steps]
            return "; ".join(steps)


def said_option(option: Option) -> str:
    """Write in which form a reward is given."""
    way = "" if option.delivery is USUAL_DELIVERY[option.kind] else f" {_WAYS[option.delivery]}"
    stock = f" out of the stock {option.stock}" if option.stock else ""
    return f"{_FORMS[option.kind]}{way}{stock}"


def _nth(number: int) -> str:
    teen = 10 <= number % 100 <= 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
