"""Sizing: how much a reward is worth for this event and these people."""

from decimal import Decimal

from referrals.matching import Look
from referrals.money import Amount, share_of
from referrals.rewarding import ByField, ByStep, Fixed, Portion, Size


def resolved(size: Size, look: Look) -> Fixed | Portion | None:
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


def amount_of(size: Fixed | Portion | None, event: Amount | None, unit: str) -> Amount:
    """Work out an amount; nothing counts as zero, and so does a percentage of an event without an amount."""
    if isinstance(size, Fixed):
        return size.amount
    if size is None or event is None:
        return Amount(0, unit)
    share = share_of(event, size.percent)
    return size.at_most if size.at_most is not None and share.minor > size.at_most.minor else share


def noted(size: Fixed | Portion | None) -> str:
    """Write down what fitted, to be kept with its reward: "fixed", "10%", or "10%<=500" in minor units."""
    if not isinstance(size, Portion):
        return "fixed"
    most = f"<={size.at_most.minor}" if size.at_most is not None else ""
    return f"{size.percent:f}%{most}"


def as_noted(text: str, worth: Amount) -> Fixed | Portion:
    """Read what was written down; what is fixed stays at what the reward is worth."""
    percent, _, most = text.partition("%")
    if text == "fixed":
        return Fixed(worth)
    return Portion(Decimal(percent), Amount(int(most.removeprefix("<=")), worth.unit) if most else None)
