"""The kinds of values a program file is made of, each with the words that say how it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

# Ten years: longer than any offer runs, and short enough that no date of ours leaves the calendar.
LONGEST_DAYS = 3650
# What a count can be: beyond a million nobody counts referrals.
LARGEST_COUNT = 1_000_000

# Breaks lines or turns the order of letters around, and would let a name rewrite the sentence it stands in.
_CONTROLS = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
# Marks the branch of a union in the path of an error; no key of a file begins with it.
BRANCH = "#"

Name = Annotated[str, Field(pattern=rf"^[^{_CONTROLS}]*[^\s{_CONTROLS}][^{_CONTROLS}]*$", max_length=64)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
# What a field may look like in a case: a product, a city, a plan.
Case = Annotated[str, Field(pattern=rf"^[^{_CONTROLS}]+$", max_length=128)]
# The same as the API takes for the type of an event.
EventType = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,63}$")]
Number = Annotated[str, Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,4})?$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Attribute = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
# Several lines, as terms have; what breaks the order of letters stays out all the same.
Prose = Annotated[
    str, Field(pattern=r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]*$", min_length=1, max_length=20_000)
]
# Printable ASCII only: it stands in the Location header of every redirect.
Address = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9][!-~]{0,500}$")]
# An https address, or a file by its path; in both a type that every browser shows.
Logo = Annotated[
    str,
    Field(pattern=rf"^(https://[A-Za-z0-9][!-~]{{0,500}}|[^{_CONTROLS}:]{{1,500}}\.(png|jpg|jpeg|svg|webp))$"),
]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
Days = Annotated[int, Field(ge=1, le=LONGEST_DAYS)]
Count = Annotated[int, Field(ge=1, le=LARGEST_COUNT)]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file: the way to the place, and a sentence or two that end in the remedy."""

    path: Sequence[str | int]
    words: str
    on_name: bool = False  # the name is wrong, and not what stands behind it
    is_missing: bool = False
    meant: str = ""  # the name that was probably meant


class Table(BaseModel):
    """One `[table]` of the file, which takes exactly its own keys."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def words(example: str) -> str:
    """Say how a name is written."""
    return f"Write it in straight quotes, on one line and of at most 64 letters, such as {example}."


def whole(least: int, most: int, example: int, what: str = "number") -> str:
    """Say how a count is written."""
    return f"Write a whole {what} from {least} to {most}, without quotes, such as {example}."


def days(least: int, example: int) -> str:
    """Say how a number of days is written."""
    return whole(least, LONGEST_DAYS, example, "number of days")


def one_of(*choices: str) -> str:
    """Say which words there are to choose from."""
    quoted = [f'"{choice}"' for choice in choices]
    return f"Write {', '.join(quoted[:-1])} or {quoted[-1]}." if len(quoted) > 1 else f"Write {quoted[0]}."


DATE = "Write a date as year-month-day, from 2000 to 2199, without quotes and without a time, such as 2027-03-31."
AMOUNT = 'Write an amount in quotes, with a point for the cents and no sign, such as "10.00".'
PERCENT = 'Write a percentage in quotes, without the sign, such as "10" or "7.5".'
PERCENT_OFF = 'Write the percentage that the till takes off, in quotes and without the sign, such as "10".'
SHORT_NAME = "Use small letters a to z, digits and hyphens, at most 32, such as {}."
YES_NO = "Write true or false, without quotes."
TEXT = 'Write a text in quotes, or one of several lines between """ and """.'
EVENT = 'Write the type of one event in quotes, in small letters, such as "purchase" or "signup".'
GOALS = 'Write the names of goals as a list, such as ["first-purchase"].'
FIELD = (
    'Write what to look at in quotes: "amount", "count", "total", "first", "product", "category", "country", "source", '
    'or "property.NAME" of the event, "friend.NAME" or "advocate.NAME" of a customer.'
)
CASE_FIELD = (
    'Write what to look at in quotes: "product", "category", "country", "source", "property.NAME" of the event, '
    '"friend.NAME" or "advocate.NAME" of a customer.'
)


def _shape(value: Any) -> str:
    return "#table" if isinstance(value, Mapping | BaseModel) else "#plain"


def _plain(value: object) -> object:
    """Take a text, a number or a yes; tomllib reads numbers with a point as decimals, so none is a float."""
    if isinstance(value, str) and 0 < len(value) <= 256 and value.isprintable():
        return value
    if isinstance(value, Decimal) and value.is_finite() and -19 < value.adjusted() < 19:
        return value
    if isinstance(value, int) and abs(value) < 10**18:
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    raise PydanticCustomError("plain", "")


_PLAIN_SCHEMA: dict[str, Any] = {"type": ["string", "number", "boolean"]}
Plain = Annotated[Any, AfterValidator(_plain), WithJsonSchema(_PLAIN_SCHEMA)]
Plains = Annotated[list[Plain], Field(min_length=1, max_length=200)]

ByBranch = Discriminator(_shape)
PlainTag, TableTag = Tag("#plain"), Tag("#table")

KIND = Literal["voucher", "discount", "credit", "payout", "gift-card", "product", "access"]
DELIVERY = Literal["till", "balance", "team", "codes"]
