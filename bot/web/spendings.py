"""From a reported spending to an amount: what only shows when unit and number are seen together."""

from bot.web.models import SpendingIn
from bot.web.problems import BadField
from referrals.money import Amount, AmountError, parse_amount


def to_amount(body: SpendingIn) -> Amount:
    """Read how much of which unit is spent; raises BadField for nothing, and for what is no amount of it."""
    try:
        amount = parse_amount(body.amount, body.unit)
    except AmountError as error:
        raise BadField("amount", error.problem, **error.values) from error
    if not amount.minor:
        raise BadField("amount", "nothing-spent")
    return amount
