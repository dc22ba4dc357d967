"""Writes what somebody gets as sections of a program file."""

from collections.abc import Iterator

from referrals.money import percent_off
from referrals.program import Program
from referrals.program_file.building_rewards import USUAL_DAYS
from referrals.program_file.days import last_day_of
from referrals.program_file.toml_writing import Inline, Keys, Value, section
from referrals.rewarding import (
    USUAL_DELIVERY,
    ByField,
    ByStep,
    EarnRate,
    Expiry,
    Fixed,
    Kind,
    Option,
    Part,
    Portion,
    RewardRule,
    Size,
)


def reward_sections(header: str, rule: RewardRule, program: Program, before: "Keys | None" = None) -> Iterator[str]:
    """Write a reward below its header, after the settings that the section has besides; choices follow it."""
    only = None if rule.is_choice or rule.first.name else rule.first
    keys: Keys = {**(before or {}), **(_option(only, program) if only else {}), **_expiry(rule.expiry, program)}
    yield section(header, keys)
    if only is None:
        for option in rule.options:
            yield section(f"{header}.choose.{option.name}", _option(option, program))


def _option(option: Option, program: Program) -> Keys:
    how_much: Keys = {**_size(option.size), "unit": option.unit if option.unit != program.currency else None}
    usual = Kind.VOUCHER
    if percent := percent_off(option.unit):
        how_much, usual = {"percent_off": percent}, Kind.DISCOUNT
    return {
        **how_much,
        "as": option.kind.value if option.kind is not usual else None,
        "delivery": option.delivery.value if option.delivery is not USUAL_DELIVERY[option.kind] else None,
        "stock": option.stock or None,
    }


def _size(size: Size) -> Keys:
    match size:
        case Fixed():
            return {"amount": size.amount.decimal()}
        case Portion():
            return {
                "percent": format(size.percent, "f"),
                "percent_at_most": size.at_most.decimal() if size.at_most else None,
            }
        case EarnRate():
            return {
                "amount": size.amount.decimal(),
                "for_each": size.each.decimal(),
                "at_most": size.at_most.decimal() if size.at_most else None,
            }
        case ByField():
            otherwise = {} if size.otherwise is None else {"otherwise": _case(size.otherwise)}
            cases = {name: _case(part) for name, part in size.cases}
            return {"amount": Inline({"by": size.field, **cases, **otherwise})}
        case ByStep():
            return {"tiers": [Inline({"from": start, **_written(_size(step))}) for start, step in size.steps]}


def _case(part: Part) -> Value:
    return part.amount.decimal() if isinstance(part, Fixed) else Inline(_written(_size(part)))


def _written(keys: Keys) -> dict[str, Value]:
    return {key: value for key, value in keys.items() if value is not None}


def _expiry(expiry: Expiry, program: Program) -> Keys:
    if expiry.on is not None:
        return {"expires_on": last_day_of(expiry.on, program.zone)}
    if expiry.after is None:
        return {"expires": "never"}
    days = expiry.after.days
    return {
        "expires_after_days": days if days != USUAL_DAYS or expiry.is_rolling else None,
        "rolling": expiry.is_rolling or None,
    }
