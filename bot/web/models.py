"""What the business may send over the API: strict models, bounded in every string, that name the field at fault."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

from bot.web import wire
from referrals import codes
from referrals.draw import read_click_token
from referrals.money import CURRENCIES

# Unicode's category Cc, exactly; the overrides that turn the order of a line around would let a name rewrite a text.
_PRINTABLE = r"^[^\u0000-\u001f\u007f-\u009f]+$"
_CONTROL = re.compile(r"[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]")
_LARGEST_PROPERTIES = 8 * 1024


def wrong(kind: str, **context: Any) -> PydanticCustomError:
    """Make the error of one field; `kind` names its text."""
    return PydanticCustomError(kind, "The value is not valid.", context or None)


def _one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise wrong("control-characters")
    return text


def _moment(value: object) -> datetime:
    if not isinstance(value, str) or len(value) > 40:
        raise wrong("not-a-moment")
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise wrong("not-a-moment") from error
    if moment.tzinfo is None or "T" not in value.upper():
        raise wrong("not-a-moment")
    return moment


def _share_code(text: str) -> str:
    code = codes.normalize(_one_line(text))
    if not codes.is_valid(code):
        raise wrong("not-a-code")
    return code


def _click(text: str) -> str:
    if read_click_token(text) is None:
        raise wrong("not-a-click")
    return text


def _currency(text: str) -> str:
    if text not in CURRENCIES:
        raise wrong("unknown-currency")
    return text


def _properties(value: dict[str, Any]) -> dict[str, Any]:
    if len(wire.canonical(value)) > _LARGEST_PROPERTIES:
        raise wrong("properties-too-large")
    _no_control_characters(value)
    return value


def _no_control_characters(value: object) -> None:
    """Refuse what a database cannot store; line breaks may stand in a shop's own texts."""
    if isinstance(value, str) and re.search(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]", value):
        raise wrong("control-characters")
    if isinstance(value, dict):
        for name, inner in value.items():
            _one_line(name)
            _no_control_characters(inner)
    if isinstance(value, list):
        for inner in value:
            _no_control_characters(inner)


def _text(longest: int) -> Any:
    return StringConstraints(min_length=1, max_length=longest, pattern=_PRINTABLE)


Id = Annotated[str, _text(128), AfterValidator(_one_line)]
Word = Annotated[str, _text(64), AfterValidator(_one_line)]
Source = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
EventType = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.-]{0,63}$")]
AttributeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
AttributeValue = Annotated[
    str, StringConstraints(max_length=256, pattern=_PRINTABLE.replace("+$", "*$")), AfterValidator(_one_line)
]
Attributes = Annotated[dict[AttributeName, AttributeValue], Field(max_length=50)]
Properties = Annotated[
    dict[Annotated[str, StringConstraints(min_length=1, max_length=64)], Any],
    Field(max_length=50),
    AfterValidator(_properties),
]
Moment = Annotated[
    datetime,
    BeforeValidator(_moment, json_schema_input_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
ShareCode = Annotated[str, StringConstraints(min_length=8, max_length=32), AfterValidator(_share_code)]
ClickToken = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,11}$"), AfterValidator(_click)]
Currency = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{3}$"),
    AfterValidator(_currency),
    Field(json_schema_extra={"enum": sorted(CURRENCIES)}),
]
# Read by referrals.money, which says what is wrong with it; a number of JSON is a float, and no float touches money.
Decimal = Annotated[
    str,
    StringConstraints(max_length=20),
    Field(json_schema_extra={"pattern": r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?$", "examples": ["19.90"]}),
]


Unit = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,31}$")]


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise wrong("not-an-email") from error


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException as error:
        raise wrong("not-a-phone") from error
    if not phonenumbers.is_possible_number(number):
        raise wrong("not-a-phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


class Strict(BaseModel):
    """Takes exactly what is described: no other types, no other fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _id_of(pattern: str, what: str) -> Callable[[str], str]:
    """Take an id only as its platform writes it: "01001" would be somebody else than "1001", and never hear of it."""

    def taken(text: str) -> str:
        if re.fullmatch(pattern, text) is None:
            raise wrong(what)
        return text

    return taken


_WRITTEN: Mapping[str, Callable[[str], str]] = {
    "email": _email,
    "phone": _phone,
    "telegram": _id_of(r"[1-9][0-9]{0,15}", "not-a-telegram-id"),  # of at most 52 bits, which have sixteen digits
    "slack": _id_of(r"[TE][A-Z0-9]{2,20}\.[UW][A-Z0-9]{2,20}", "not-a-slack-id"),
}


class IdentityIn(Strict):
    """A customer on one platform."""

    platform: Source = Field(description="`telegram`, `slack`, `email`, `phone`, or the name of your own system.")
    id: Id = Field(
        description="The customer's id there: an e-mail address, a phone number with its + and country, a number of "
        "Telegram's, or Slack's ids of workspace and member, such as `T0123ABCD.U0123ABCD`."
    )

    @field_validator("id", mode="after")
    @classmethod
    def _as_its_platform_writes(cls, value: str, info: ValidationInfo) -> str:
        written = _WRITTEN.get(info.data.get("platform", ""))
        return written(value) if written else value


class CustomerIn(Strict):
    """Who the event is about."""

    identities: list[IdentityIn] = Field(min_length=1, max_length=8)
    attributes: Attributes = Field(default_factory=dict, description="`first_name`, and what else you know of them.")


class EventIn(Strict):
    """A fact about a customer."""

    source: Source = Field(default="api", description="Which of your systems reports it; ids are unique within one.")
    id: Id = Field(description="Your id of the event. The same id again is the same event, and answers the same.")
    type: EventType = Field(description="`signup`, `purchase`, `refund`, or one of your own.")
    customer: CustomerIn | None = None
    amount: Decimal | None = None
    currency: Currency | None = None
    code: ShareCode | None = Field(default=None, description="The share code that the customer came with.")
    click: ClickToken | None = Field(default=None, description="The click that the customer came with.")
    refers_to: Id | None = Field(default=None, description="For a refund: the id of the purchase.")
    occurred_at: Moment | None = Field(default=None, description="At most five minutes ahead; now, when left out.")
    properties: Properties = Field(
        default_factory=dict,
        description="What else is known of it, such as `product`, `category` or `country`. Texts, numbers, yes or no, "
        "and lists of these can be asked for by the rules of the program; only what they look at is kept.",
    )


class RedemptionIn(Strict):
    """Who redeems a voucher, and where."""

    cashier: Word | None = None
    place: Word | None = None


class SpendingIn(Strict):
    """What a customer spends of a balance."""

    unit: Unit = Field(description="A currency, or a unit that the program declares, such as `points`.")
    amount: Decimal


class VoucherPath(Strict):
    """The voucher in an address."""

    code: str = Field(min_length=codes.VOUCHER_LENGTH, max_length=32)


class CustomerPath(Strict):
    """The customer in an address."""

    customer: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")


class SpendingPath(CustomerPath):
    """The customer and the spending in an address."""

    spending: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")


class OnceOnly(BaseModel):
    """The header that makes a repeated request the same request; others are not ours to judge."""

    model_config = ConfigDict(strict=True, frozen=True)

    key: str = Field(alias="Idempotency-Key", min_length=1, max_length=128, pattern=r"^[!-~]+$")


class Asked(BaseModel):
    """What a request says, by where it says it: in the path, in a header, in the body."""

    model_config = ConfigDict(strict=True, frozen=True)


class ReportAsked(Asked):
    """Report an event."""

    body: EventIn


class RedemptionAsked(Asked):
    """Redeem a voucher."""

    path: VoucherPath
    header: OnceOnly
    body: RedemptionIn | None = None


class CustomerAsked(Asked):
    """Do or read something about one customer."""

    path: CustomerPath


class SpendingAsked(Asked):
    """Spend some of a customer's balance."""

    path: CustomerPath
    header: OnceOnly
    body: SpendingIn


class UndoingAsked(Asked):
    """Give back what a customer spent."""

    path: SpendingPath
