"""From a reported body to an event: the rules that concern several fields at once."""

from datetime import UTC, datetime, timedelta

from bot.web.models import CustomerIn, EventIn
from bot.web.problems import BadField
from handlers.events import EventReported
from referrals.draw import Draw
from referrals.identity import Identity
from referrals.money import Amount, AmountError, parse_amount

REFUND = "refund"
_WITH_AMOUNT = frozenset({"purchase", REFUND})
# Telegram's own limit: names from there and from here are shown in the same places.
_LONGEST_FIRST_NAME = 64
# Clocks of tills differ; a fact from further ahead is a mistake.
_AHEAD = timedelta(minutes=5)
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def to_event(body: EventIn, fingerprint: str, *, at: datetime, draw: Draw) -> EventReported:
    """Turn a body into an event; raises BadField for what only shows when fields are seen together."""
    _check_subject(body)
    customer = body.customer or CustomerIn.model_construct(identities=[], attributes={})
    attributes = dict(customer.attributes)
    first_name = attributes.pop("first_name", "").strip()
    if len(first_name) > _LONGEST_FIRST_NAME:
        raise BadField("customer.attributes.first_name", "too-long", limit=_LONGEST_FIRST_NAME)
    return EventReported(
        at=at,
        draw=draw,
        source=body.source,
        id=body.id,
        type=body.type,
        body_hash=fingerprint,
        identities=tuple(dict.fromkeys(Identity(given.platform, given.id) for given in customer.identities)),
        first_name=first_name,
        attributes=attributes,
        amount=_amount(body),
        code=body.code,
        click=body.click,
        refers_to=body.refers_to,
        occurred_at=_occurred(body.occurred_at, at),
        properties=body.properties,
    )


def _check_subject(body: EventIn) -> None:
    if body.type == REFUND:
        if body.refers_to is None:
            raise BadField("refers_to", "refund-needs-purchase")
        for field in ("code", "click"):
            if getattr(body, field) is not None:
                raise BadField(field, "not-with-refund")
    elif body.refers_to is not None:
        raise BadField("refers_to", "only-with-refund")
    elif body.customer is None and not (body.type == "purchase" and (body.code or body.click)):
        raise BadField("customer", "whose-event")


def _amount(body: EventIn) -> Amount | None:
    if body.amount is None:
        if body.type in _WITH_AMOUNT:
            raise BadField("amount", "required")
        if body.currency is not None:
            raise BadField("amount", "amount-with-currency")
        return None
    if body.currency is None:
        raise BadField("currency", "currency-with-amount")
    try:
        amount = parse_amount(body.amount, body.currency)
    except AmountError as error:
        raise BadField("amount", error.problem, **error.values) from error
    if body.type == REFUND and amount.minor == 0:
        raise BadField("amount", "nothing-refunded")
    return amount


def _occurred(given: datetime | None, at: datetime) -> datetime:
    if given is None:
        return at
    if given > at + _AHEAD:
        raise BadField("occurred_at", "too-far-ahead")
    if given < _EARLIEST:
        raise BadField("occurred_at", "too-long-ago")
    return given.astimezone(UTC)
