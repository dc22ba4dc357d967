"""Raising: what a reward of an earlier revision would be worth by a newer one, where that is more of the same."""

from collections.abc import Mapping

from referrals.money import Amount
from referrals.rewarding import ByField, Fixed, Option, Part, RewardRule

Attributes = Mapping[str, Mapping[str, str]]  # of the "advocate" and of the "friend"


def raised(rule: RewardRule, had: Amount, kind: str, people: Attributes) -> Amount | None:
    """Say what a rule gives now for what somebody had; nothing where that is no more, or cannot be compared.

    Only fixed amounts can be: the same for everybody, or by an attribute. A percentage goes by its own purchase, and of
    a choice nobody knows what would have been picked.
    """
    if rule.is_choice:
        return None
    option = rule.first
    size = _fitting(option, people)
    if not isinstance(size, Fixed) or (option.unit, str(option.kind)) != (had.unit, str(kind)):
        return None
    return size.amount if size.amount.minor > had.minor else None


def _fitting(option: Option, people: Attributes) -> Part | None:
    if isinstance(option.size, Fixed):
        return option.size
    if not isinstance(option.size, ByField):
        return None
    who, _, name = option.size.field.partition(".")
    if who not in people:
        return None
    seen = people[who].get(name)
    return dict(option.size.cases).get(seen, option.size.otherwise) if seen is not None else option.size.otherwise
