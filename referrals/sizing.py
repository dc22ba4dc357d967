"""Sizing: how much a reward is worth for this event and these people."""

import re
from decimal import Decimal

from referrals.matching import Look
from referrals.money import Amount, share_of
from referrals.rewarding import ByField, ByStep, EarnRate, Fixed, Part, Portion, Size

_EARN_RATE = re.compile(r"([0-9]+)/([0-9]+)([A-Z]{3})(?:<=([0-9]+))?", re.ASCII)


def resolved(size: Size, look: Look) -> Part | None:
    """Follow a size to the case that fits; nothing where none does."""
    if isinstance(size, Fixed):
        return size
    if isinstance(size, ByStep):
        # This referral is their next one, unless it has qualified before and is among them.
        is_new = look.facts.standing.state == "joined"
        number = max(1, look.facts.advocate.referrals + is_new)
        found = [inner for start, inner in size.steps if start <= number]
        return resolved(found[-1], look) if found else None
    if isinstance(size, ByField):
        cases = dict(size.cases)
        return next((cases[text] for text in look.at(size.field) if text in cases), size.otherwise)
    return size


def amount_of(size: Part | None, event: Amount | None, unit: str) -> Amount:
    """Work out an amount; nothing counts as zero, and so does a part of an event without an amount."""
    if isinstance(size, Fixed):
        return size.amount
    if size is None or event is None:
        return Amount(0, unit)
    if isinstance(size, EarnRate):
        found = Amount(event.minor // size.each.minor * size.amount.minor, unit)
    else:
        found = share_of(event, size.percent)
    return size.at_most if size.at_most is not None and found.minor > size.at_most.minor else found


def noted(size: Part | None) -> str:
    """Write down what fitted, to be kept with its reward, in minor units.

    It is "fixed", "10%" or "10%<=500" of a percentage, or "2/100EUR" and "2/100EUR<=500" of two for each euro.
    """
    if size is None or isinstance(size, Fixed):
        return "fixed"
    most = f"<={size.at_most.minor}" if size.at_most is not None else ""
    if isinstance(size, EarnRate):
        return f"{size.amount.minor}/{size.each.minor}{size.each.unit}{most}"
    return f"{size.percent:f}%{most}"


def as_noted(text: str, worth: Amount) -> Part:
    """Read what was written down; what is fixed stays at what the reward is worth."""
    if text == "fixed":
        return Fixed(worth)
    if rate := _EARN_RATE.fullmatch(text):
        amount, each, unit, limit = rate.groups()
        at_most = Amount(int(limit), worth.unit) if limit else None
        return EarnRate(Amount(int(amount), worth.unit), Amount(int(each), unit), at_most)
    percent, _, most = text.partition("%")
    return Portion(Decimal(percent), Amount(int(most.removeprefix("<=")), worth.unit) if most else None)
