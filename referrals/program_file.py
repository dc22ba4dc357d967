"""Reads a program file: TOML text becomes a program, or an error that names the line and the remedy."""

import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from importlib import resources
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from referrals.money import CURRENCIES, Amount, AmountError, parse_amount
from referrals.program import Goal, Program, RewardRule, Side

Days = Annotated[int, Field(ge=0, le=3650)]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
Number = Annotated[str, Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,4})?$")]


class ProgramFileError(ValueError):
    """The file cannot be used; `line` counts from 1, or is 0 when it concerns the file as a whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"Line {line}: {message}" if line else message)
        self.line = line


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Head(_Table):
    id: Slug
    name: Name
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    starts: date | None = None
    ends: date | None = None
    destination: Annotated[str, Field(pattern=r"^https?://[^\s]{1,500}$")] | None = None


class _Joining(_Table):
    qualify_within_days: Days = 60
    claim_within_days: Days = 14


class _Vouchers(_Table):
    valid_days: Annotated[int, Field(ge=1, le=3650)] = 30


class _Unit(_Table):
    one: Name
    other: Name


class _Reward(_Table):
    amount: Number | None = None
    percent: Number | None = None
    unit: str | None = None
    expires_after_days: Annotated[int, Field(ge=1, le=3650)] = 90


class _Goal(_Table):
    event: Slug = "purchase"
    minimum: Number | None = None
    hold_days: Days = 14
    advocate: _Reward | None = None
    friend: _Reward | None = None


class _File(_Table):
    program: _Head
    joining: _Joining = _Joining()
    vouchers: _Vouchers = _Vouchers()
    units: dict[Slug, _Unit] = {}
    goals: Annotated[dict[Slug, _Goal], Field(min_length=1)]


def read_program(text: str, zone: ZoneInfo, revision: int = 0) -> Program:
    """Read a program from TOML text; dates count in the business's zone; raises ProgramFileError."""
    try:
        parsed = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise ProgramFileError(f"This is not TOML: {error}.", int(found.group(1)) if found else 0) from error
    except ValidationError as error:
        first = error.errors()[0]
        path = [str(part) for part in first["loc"]]
        raise ProgramFileError(f"{'.'.join(path)}: {first['msg']}.", _line_of(text, path)) from error
    _check(parsed, text)
    head = parsed.program
    return Program(
        id=head.id,
        name=head.name,
        revision=revision,
        zone=zone,
        currency=head.currency,
        units={name: (("one", unit.one), ("other", unit.other)) for name, unit in parsed.units.items()},
        goals=tuple(_goal(name, goal, head.currency) for name, goal in parsed.goals.items()),
        qualify_within=timedelta(days=parsed.joining.qualify_within_days),
        claim_within=timedelta(days=parsed.joining.claim_within_days),
        voucher_valid_for=timedelta(days=parsed.vouchers.valid_days),
        starts=_midnight(head.starts, zone),
        # The last day counts in full.
        ends=_midnight(head.ends + timedelta(days=1) if head.ends else None, zone),
        destination=head.destination,
    )


def preset_names() -> list[str]:
    """List the programs that ship with Grapevine."""
    folder = resources.files("referrals") / "presets"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def preset(name: str) -> str:
    """Return the text of a program that ships with Grapevine; raises ProgramFileError for an unknown name."""
    if name not in preset_names():
        raise ProgramFileError(f"There is no preset called {name}. There are: {', '.join(preset_names())}.")
    return (resources.files("referrals") / "presets" / f"{name}.toml").read_text(encoding="utf-8")


def _goal(name: str, goal: _Goal, currency: str) -> Goal:
    sides = ((Side.ADVOCATE, goal.advocate), (Side.FRIEND, goal.friend))
    return Goal(
        name=name,
        event=goal.event,
        minimum=parse_amount(goal.minimum, currency) if goal.minimum else None,
        hold=timedelta(days=goal.hold_days),
        rewards=tuple(_reward(side, reward, currency) for side, reward in sides if reward),
    )


def _reward(side: Side, reward: _Reward, currency: str) -> RewardRule:
    unit = reward.unit or currency
    return RewardRule(
        side=side,
        unit=unit,
        amount=parse_amount(reward.amount, unit) if reward.amount else None,
        percent=Decimal(reward.percent) if reward.percent else None,
        expires_after=timedelta(days=reward.expires_after_days),
    )


def _check(parsed: _File, text: str) -> None:
    """Refuse what the single fields cannot know: units, amounts and dates that do not fit together."""
    head = parsed.program
    if head.currency not in CURRENCIES:
        line = _line_of(text, ["program", "currency"])
        raise ProgramFileError(f"program.currency: {head.currency} is no currency.", line)
    if head.starts and head.ends and head.ends < head.starts:
        raise ProgramFileError("program.ends: is before program.starts.", _line_of(text, ["program", "ends"]))
    events = [goal.event for goal in parsed.goals.values()]
    for name, goal in parsed.goals.items():
        if events.count(goal.event) > 1:
            raise ProgramFileError(f"goals.{name}: two goals wait for {goal.event}.", _line_of(text, ["goals", name]))
        _check_amount(goal.minimum, head.currency, text, ["goals", name, "minimum"])
        if goal.advocate is None and goal.friend is None:
            raise ProgramFileError(f"goals.{name}: nobody is rewarded.", _line_of(text, ["goals", name]))
        for side, reward in (("advocate", goal.advocate), ("friend", goal.friend)):
            if reward:
                _check_reward(reward, parsed, text, ["goals", name, side])


def _check_reward(reward: _Reward, parsed: _File, text: str, path: list[str]) -> None:
    place, line = ".".join(path), _line_of(text, path)
    unit = reward.unit or parsed.program.currency
    if (reward.amount is None) == (reward.percent is None):
        raise ProgramFileError(f"{place}: give either an amount or a percent.", line)
    if unit != parsed.program.currency and unit not in parsed.units:
        raise ProgramFileError(f"{place}.unit: declare {unit} under [units.{unit}], or use the currency.", line)
    if reward.percent and (unit != parsed.program.currency or not 0 < Decimal(reward.percent) <= 100):
        raise ProgramFileError(f"{place}.percent: more than 0, at most 100, and of the program's currency.", line)
    _check_amount(reward.amount, unit, text, [*path, "amount"])


def _check_amount(amount: str | None, unit: str, text: str, path: list[str]) -> None:
    if amount is None:
        return
    try:
        worth: Amount = parse_amount(amount, unit)
    except AmountError as error:
        raise ProgramFileError(f"{'.'.join(path)}: {error}", _line_of(text, path)) from error
    if worth.minor == 0:
        raise ProgramFileError(f"{'.'.join(path)}: is zero.", _line_of(text, path))


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone).astimezone(UTC) if day else None


def _line_of(text: str, path: list[str]) -> int:
    """Find the line of a key: the last `[table]` whose name the path begins with, then the key below it."""
    best, depth = 0, 0
    table: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[([^\[\]]+)\]", line)
        key = re.match(r"\s*([A-Za-z0-9_-]+)\s*=", line)
        if header:
            table = header.group(1).strip().split(".")
            here = table
        elif key:
            here = [*table, key.group(1)]
        else:
            continue
        if here == path[: len(here)] and len(here) > depth:
            best, depth = number, len(here)
    return best
