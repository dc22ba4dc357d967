"""Segments as conditions over customers: whoever can be said in a sentence can be found by one statement."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Table, and_, func, not_, or_, select

from referrals.segments import ATTRIBUTE, COUNTS, DAYS, Condition, Segment
from storage.schema import customers, identities, links, referrals, rewards, scores

Compare = Callable[[Any, Any], ColumnElement[bool]]
_COMPARE: Mapping[str, Compare] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
}
# What a shop tells of where somebody lives; a zone that the person chose or their platform knows goes before it.
TIMEZONE = "timezone"
_TAKEN_BACK = ("denied", "revoked")


@dataclass(frozen=True, kw_only=True)
class Audience:
    """A segment, and what its words mean here: which program, which zone and language where a person has none."""

    segment: Segment
    program: str
    zone: ZoneInfo
    language: str
    platforms: tuple[str, ...]


def conditions(audience: Audience) -> list[ColumnElement[bool]]:
    """Say what must hold of a customer for each condition of a segment."""
    return [_condition(one, audience) for one in audience.segment.conditions]


def zone_name() -> ColumnElement[str]:
    """Say in which zone a customer lives, as far as anybody has told; nothing else."""
    told: ColumnElement[str] = customers.c.attributes[TIMEZONE].as_string()
    return func.coalesce(customers.c.zone, told)


def _condition(condition: Condition, audience: Audience) -> ColumnElement[bool]:
    if condition.word in COUNTS:
        found = _counted(condition, audience)
    elif condition.word in DAYS:
        found = _day(condition, audience.zone)
    elif condition.word.startswith(ATTRIBUTE):
        told = func.coalesce(customers.c.attributes[condition.word[len(ATTRIBUTE) :]].as_string(), "")
        found = _one_of(told, condition)
    else:
        found = _WORDS[condition.word](condition, audience)
    return found if condition.wanted else not_(found)


def _counted(condition: Condition, audience: Audience) -> ColumnElement[bool]:
    """Compare a count; where it only matters whether there is one, the first is enough."""
    number = int(condition.values[0])
    if condition.word == "completed":
        score = select(scores.c.score).where(
            scores.c.program_id == audience.program, scores.c.period == "all", scores.c.advocate_id == customers.c.id
        )
        return _COMPARE[condition.operator](func.coalesce(score.scalar_subquery(), 0), number)
    table, matching = _COUNTED[condition.word](audience)
    if (condition.operator, number) in {(">=", 1), (">", 0)}:
        return _exists(table, matching)
    if (condition.operator, number) in {("=", 0), ("<", 1), ("<=", 0)}:
        return not_(_exists(table, matching))
    counted = select(func.count()).select_from(table).where(matching).correlate(customers).scalar_subquery()
    return _COMPARE[condition.operator](counted, number)


def _referrals(audience: Audience) -> tuple[Table, ColumnElement[bool]]:
    of_advocate = and_(referrals.c.program_id == audience.program, referrals.c.advocate_id == customers.c.id)
    return referrals, and_(of_advocate, referrals.c.state != "ineligible")


def _rewards(_: Audience) -> tuple[Table, ColumnElement[bool]]:
    return rewards, and_(rewards.c.customer_id == customers.c.id, rewards.c.state.not_in(_TAKEN_BACK))


_COUNTED: Mapping[str, Callable[[Audience], tuple[Table, ColumnElement[bool]]]] = {
    "referrals": _referrals,
    "rewards": _rewards,
}


def _exists(table: Table, matching: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(1).select_from(table).where(matching).correlate(customers).exists()


def _day(condition: Condition, zone: ZoneInfo) -> ColumnElement[bool]:
    """Compare a moment with a whole day of the business."""
    column = {"since": customers.c.created_at, "bought": customers.c.customer_since}[condition.word]
    day = date.fromisoformat(condition.values[0])
    first, after = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    found = {
        ">=": column >= first,
        "<": column < first,
        ">": column >= after,
        "<=": column < after,
        "=": and_(column >= first, column < after),
        "!=": or_(column < first, column >= after),
    }[condition.operator]
    return and_(column.is_not(None), found)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _language(condition: Condition, audience: Audience) -> ColumnElement[bool]:
    """Find "es-MX" by "es"; whoever told no language reads the business's."""
    read = func.lower(func.coalesce(customers.c.language, audience.language))
    found = or_(
        *(or_(read == value, func.substr(read, 1, len(value) + 1) == f"{value}-") for value in condition.values)
    )
    return found if condition.operator == "=" else not_(found)


def _platform(condition: Condition, _: Audience) -> ColumnElement[bool]:
    reachable = and_(identities.c.customer_id == customers.c.id, identities.c.is_reachable)
    found = _exists(identities, and_(reachable, identities.c.platform.in_(condition.values)))
    return found if condition.operator == "=" else not_(found)


def _one_of(column: ColumnElement[Any], condition: Condition) -> ColumnElement[bool]:
    found = column.in_(condition.values)
    return found if condition.operator == "=" else not_(found)


_WORDS: Mapping[str, Callable[[Condition, Audience], ColumnElement[bool]]] = {
    "advocate": lambda _, __: _exists(links, links.c.advocate_id == customers.c.id),
    "friend": lambda _, audience: _exists(
        referrals, and_(referrals.c.friend_id == customers.c.id, referrals.c.program_id == audience.program)
    ),
    "customer": lambda _, __: customers.c.customer_since.is_not(None),
    "rewarded": lambda _, audience: _exists(*_rewards(audience)),
    "reward-ready": lambda _, __: _exists(
        rewards, and_(rewards.c.customer_id == customers.c.id, rewards.c.state == "available")
    ),
    "language": _language,
    "platform": _platform,
    "zone": lambda condition, audience: _one_of(func.coalesce(zone_name(), audience.zone.key), condition),
}
