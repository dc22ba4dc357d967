"""Reads a program file: TOML text becomes a program, or an error that names the line and the remedy."""

import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from importlib import resources
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from referrals.brand import Brand
from referrals.money import parse_amount
from referrals.program import Goal, Hold, Program
from referrals.program_check import faults
from referrals.program_lines import line_of
from referrals.program_tables import Fault, File, GoalTable, Reward
from referrals.program_words import fault_of, words_for_toml
from referrals.rewarding import Expiry, Fixed, Option, Portion, RewardRule, Side


class ProgramFileError(ValueError):
    """The file cannot be used; `line` counts from 1, or is 0 when it concerns the file as a whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"Line {line}: {message}" if line else message)
        self.line = line


def read_program(text: str, zone: ZoneInfo, revision: int = 0) -> Program:
    """Read a program from TOML text; dates count in the business's zone; raises ProgramFileError."""
    file = _parse(text.removeprefix("\ufeff"))  # Notepad puts a byte order mark at the start
    head = file.program
    return Program(
        id=head.id,
        name=head.name,
        revision=revision,
        zone=zone,
        currency=head.currency,
        units={name: {"en": (("one", unit.one), ("other", unit.other))} for name, unit in file.units.items()},
        goals=tuple(_goal(name, goal, head.currency) for name, goal in file.goals.items()),
        qualify_within=timedelta(days=file.joining.qualify_within_days),
        claim_within=timedelta(days=file.joining.claim_within_days),
        voucher_valid_for=timedelta(days=file.vouchers.valid_days),
        starts=_midnight(head.starts, zone),
        # The last day counts in full.
        ends=_midnight(head.ends + timedelta(days=1) if head.ends else None, zone),
        destination=head.destination,
        brand=Brand(color=(file.brand.color or "").lower(), logo=file.brand.logo or ""),
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


def _parse(text: str) -> File:
    try:
        file = File.model_validate(tomllib.loads(text))
    except ValidationError as error:
        raise _told(fault_of(error), text) from error
    except (ValueError, RecursionError) as error:  # besides its own error: a number or nesting beyond all measure
        lines = text.rstrip().split("\n")
        found = re.search(r"at line (\d+)", str(error))
        line = int(found.group(1)) if found else len(lines)
        raise ProgramFileError(words_for_toml(str(error), lines[min(line, len(lines)) - 1]), line) from error
    for fault in faults(file):
        raise _told(fault, text)
    return file


def _told(fault: Fault, text: str) -> ProgramFileError:
    return ProgramFileError(f"{'.'.join(fault.path)}: {fault.words}", line_of(text, fault.path))


def _goal(name: str, goal: GoalTable, currency: str) -> Goal:
    sides = ((Side.ADVOCATE, goal.advocate), (Side.FRIEND, goal.friend))
    return Goal(
        name=name,
        events=(goal.event,),
        minimum=parse_amount(goal.minimum, currency) if goal.minimum else None,
        hold=Hold(days=timedelta(days=goal.hold_days)),
        rewards=tuple(_reward(side, reward, currency) for side, reward in sides if reward),
    )


def _reward(side: Side, reward: Reward, currency: str) -> RewardRule:
    unit = reward.unit or currency
    fixed = Fixed(parse_amount(reward.amount, unit)) if reward.amount else None
    option = Option(size=fixed or Portion(Decimal(reward.percent or "0")), unit=unit)
    return RewardRule(side=side, options=(option,), expiry=Expiry(after=timedelta(days=reward.expires_after_days)))


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone).astimezone(UTC) if day else None
