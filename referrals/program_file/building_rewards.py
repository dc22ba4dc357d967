"""Builds what somebody gets out of its table: one thing, or several to choose from."""

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from referrals.money import off, parse_amount
from referrals.program_file.days import end_of
from referrals.program_file.reward_tables import ByTable, OptionTable, PartTable, Reward, SizeKeys
from referrals.rewarding import (
    USUAL_DELIVERY,
    ByField,
    ByStep,
    Delivery,
    EarnRate,
    Expiry,
    Fixed,
    Kind,
    Option,
    Part,
    Portion,
    RewardRule,
    Side,
    Size,
)

USUAL_DAYS = 90


def reward_of(side: Side, table: Reward, currency: str, zone: ZoneInfo) -> RewardRule:
    """Build what one side gets."""
    chosen = table.choose.items() if table.choose else [("", table)]
    options = tuple(_option(name, option, currency) for name, option in chosen)
    return RewardRule(side=side, options=options, expiry=_expiry(table, zone))


def delivery_of(table: OptionTable) -> Delivery:
    """Say how a reward reaches its owner: as it is written, or as is usual for its kind."""
    return Delivery(table.delivery) if table.delivery else USUAL_DELIVERY[kind_of(table)]


def kind_of(table: OptionTable) -> Kind:
    """Say what a reward is: as it is written, or a voucher, or a discount where it is a percentage off."""
    return Kind(table.as_ or ("discount" if table.percent_off else "voucher"))


def _option(name: str, table: OptionTable, currency: str) -> Option:
    fixed = Fixed(off(Decimal(table.percent_off))) if table.percent_off else None
    unit = fixed.amount.unit if fixed else table.unit or currency
    return Option(
        name=name,
        size=fixed or _size(table, unit, currency),
        unit=unit,
        kind=kind_of(table),
        delivery=delivery_of(table),
        stock=table.stock or "",
    )


def _size(table: OptionTable, unit: str, currency: str) -> Size:
    if table.tiers:
        return ByStep(tuple((tier.from_, _sized(tier, unit, currency)) for tier in table.tiers))
    return _sized(table, unit, currency)


def _sized(table: SizeKeys, unit: str, currency: str) -> Part | ByField:
    most = table.percent_at_most
    if isinstance(table.amount, ByTable):
        cases = {name: _part(part, table, unit, currency) for name, part in table.amount.parts().items()}
        return _by_field(table.amount.by, cases)
    if isinstance(table.percent, ByTable):
        cases = {name: _percentage(part, most, currency) for name, part in table.percent.parts().items()}
        return _by_field(table.percent.by, cases)
    if table.percent is not None:
        return _portion(table.percent, most, currency)
    return _amount(table.amount or "", table, unit, currency)


def _by_field(field: str, cases: dict[str, Part]) -> ByField:
    otherwise = cases.pop("otherwise", None)
    return ByField(field, tuple(cases.items()), otherwise)


def _part(part: str | PartTable, around: SizeKeys | None, unit: str, currency: str) -> Part:
    """Build one case; what is said of steps around it holds for an amount that stands by itself."""
    if isinstance(part, str):
        return _amount(part, around, unit, currency)
    if part.percent is not None:
        return _portion(part.percent, part.percent_at_most, currency)
    return _amount(part.amount or "", part if part.for_each else around, unit, currency)


def _amount(text: str, table: SizeKeys | PartTable | None, unit: str, currency: str) -> Fixed | EarnRate:
    amount = parse_amount(text, unit)
    if table is None or table.for_each is None:
        return Fixed(amount)
    return EarnRate(
        amount, parse_amount(table.for_each, currency), parse_amount(table.at_most, unit) if table.at_most else None
    )


def _percentage(part: str | PartTable, most: str | None, currency: str) -> Part:
    return _portion(part, most, currency) if isinstance(part, str) else _part(part, None, currency, currency)


def _portion(percent: str, most: str | None, currency: str) -> Portion:
    return Portion(Decimal(percent), parse_amount(most, currency) if most else None)


def _expiry(table: Reward, zone: ZoneInfo) -> Expiry:
    if table.expires_on:
        return Expiry(on=end_of(table.expires_on, zone))
    if table.expires:
        return Expiry()
    return Expiry(after=timedelta(days=table.expires_after_days or USUAL_DAYS), is_rolling=table.rolling)
