"""The tables of a program file: which keys may stand where, and in plain words what each of them takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

# Ten years: longer than any offer runs, and short enough that no date of ours leaves the calendar.
LONGEST_DAYS = 3650

# Breaks lines or turns the order of letters around, and would let a name rewrite the sentence it stands in.
_CONTROLS = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"

Name = Annotated[str, Field(pattern=rf"^[^{_CONTROLS}]*[^\s{_CONTROLS}][^{_CONTROLS}]*$", max_length=64)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}$")]
# The same as the API takes for the type of an event.
EventType = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.-]{0,63}$")]
Number = Annotated[str, Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,4})?$")]
# Printable ASCII only: it stands in the Location header of every redirect.
Address = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9][!-~]{0,500}$")]
# An https address, or a file by its path; in both a type that every browser shows.
Logo = Annotated[
    str,
    Field(pattern=rf"^(https://[A-Za-z0-9][!-~]{{0,500}}|[^{_CONTROLS}:]{{1,500}}\.(png|jpg|jpeg|svg|webp))$"),
]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]

_WORDS = "Write it in straight quotes, on one line and of at most 64 letters, such as {}."
_DAYS = "Write a whole number of days from {} to 3650, without quotes, such as {}."
_DATE = "Write a date as year-month-day, from 2000 to 2199, without quotes and without a time, such as 2027-03-31."
_AMOUNT = 'Write an amount in quotes, with a point for the cents and no sign, such as "10.00".'
_SHORT_NAME = "Use small letters a to z, digits and hyphens, at most 32, such as {}."


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file: the way to the place, and a sentence or two that end in the remedy."""

    path: Sequence[str]
    words: str


class Table(BaseModel):
    """One `[table]` of the file, which takes exactly its own keys."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Head(Table):
    """`[program]`: who runs the program and when."""

    id: Slug = Field(description=_SHORT_NAME.format('"spring-2027"'))
    name: Name = Field(description=_WORDS.format('"Corner Café"'))
    currency: str = Field(
        pattern=r"^[A-Z]{3}$", description='Write the three capital letters of one currency in quotes, such as "EUR".'
    )
    starts: Day | None = Field(default=None, description=_DATE)
    ends: Day | None = Field(default=None, description=_DATE)
    destination: Address | None = Field(
        default=None,
        description='Write a full web address in quotes, without spaces or accents, such as "https://example.com/".',
    )


class Joining(Table):
    """`[joining]`: how long a friend has."""

    qualify_within_days: int = Field(default=60, ge=1, le=LONGEST_DAYS, description=_DAYS.format(1, 60))
    claim_within_days: int = Field(default=14, ge=1, le=LONGEST_DAYS, description=_DAYS.format(1, 14))


class Vouchers(Table):
    """`[vouchers]`: how long a claimed reward can be shown at a till."""

    valid_days: int = Field(default=30, ge=1, le=LONGEST_DAYS, description=_DAYS.format(1, 30))


class BrandTable(Table):
    """`[brand]`: how the shop looks on the pages that its customers' friends see."""

    color: str | None = Field(
        default=None,
        pattern=r"^#[0-9A-Fa-f]{6}$",
        description='Write the colour in quotes, as # and six digits or letters from A to F, such as "#6a38cf".',
    )
    logo: Logo | None = Field(
        default=None,
        description="Write in quotes the https address of a picture, or the path of a file on this machine that ends "
        'in .png, .jpg, .svg or .webp, such as "brand/logo.png".',
    )


class Unit(Table):
    """`[units.…]`: what one and what several of a unit are called."""

    one: Name = Field(description=_WORDS.format('"coffee"'))
    other: Name = Field(description=_WORDS.format('"coffees"'))


class Reward(Table):
    """`[goals.….advocate]` or `[goals.….friend]`: what one side gets."""

    amount: Number | None = Field(default=None, description=_AMOUNT)
    percent: Number | None = Field(
        default=None, description='Write a percentage in quotes, without the sign, such as "10" or "7.5".'
    )
    unit: Name | None = Field(default=None, description='Write the name of a unit in quotes, such as "coffees".')
    expires_after_days: int = Field(default=90, ge=1, le=LONGEST_DAYS, description=_DAYS.format(1, 90))


class GoalTable(Table):
    """`[goals.…]`: what a friend must do, and who is rewarded for it."""

    event: EventType = Field(
        default="purchase",
        description='Write the type of one event in quotes, in small letters, such as "purchase" or "signup".',
    )
    minimum: Number | None = Field(default=None, description=_AMOUNT)
    hold_days: int = Field(default=14, ge=0, le=LONGEST_DAYS, description=_DAYS.format(0, 14))
    advocate: Reward | None = None
    friend: Reward | None = None


class File(Table):
    """The file as a whole."""

    program: Head
    joining: Joining = Joining()
    vouchers: Vouchers = Vouchers()
    brand: BrandTable = BrandTable()
    units: dict[Slug, Unit] = {}
    goals: Annotated[dict[Slug, GoalTable], Field(min_length=1)]


SHORT_NAME = _SHORT_NAME.format("first-purchase")
HEADERS = {
    "program": "[program]",
    "joining": "[joining]",
    "vouchers": "[vouchers]",
    "brand": "[brand]",
    "units": "[units.coffees]",
    "goals": "[goals.first-purchase]",
    "advocate": "[goals.first-purchase.advocate]",
    "friend": "[goals.first-purchase.friend]",
}


_SECTIONS: Mapping[str, type[Table]] = {
    "program": Head,
    "joining": Joining,
    "vouchers": Vouchers,
    "brand": BrandTable,
}


def table_at(path: Sequence[str]) -> type[Table] | None:
    """Find which table stands at this place of the file; nothing where each entry has a name of its own."""
    match tuple(path):
        case ():
            return File
        case (name,):
            return _SECTIONS.get(name)
        case ("units", _):
            return Unit
        case ("goals", _):
            return GoalTable
        case ("goals", _, "advocate" | "friend"):
            return Reward
    return None
