"""The tables of a program file: which keys may stand where, and in plain words what each of them takes."""

from typing import Annotated, Literal

from pydantic import Field

from referrals.program_file.condition_tables import ConditionsKeys
from referrals.program_file.reward_tables import Reward
from referrals.program_file.table_types import (
    AMOUNT,
    CASE_FIELD,
    DATE,
    EVENT,
    GOALS,
    LARGEST_COUNT,
    LONGEST_DAYS,
    SHORT_NAME,
    TEXT,
    YES_NO,
    Address,
    Attribute,
    ByBranch,
    Case,
    Count,
    Day,
    Days,
    EventType,
    Language,
    Logo,
    Name,
    Number,
    PlainTag,
    Prose,
    Slug,
    Table,
    TableTag,
    days,
    one_of,
    whole,
    words,
)

Texts = dict[Language, Annotated[Prose, Field(description=TEXT)]]
EventNames = Annotated[
    dict[Language, Annotated[Name, Field(description=words('"a completed trip"'))]], Field(min_length=1)
]
PERIODS = ("day", "week", "month", "quarter", "year", "lifetime")
RUNS = ("day", "week", "month", "quarter", "year", "program")
_COUNT = whole(1, LARGEST_COUNT, 10)


class Head(Table):
    """`[program]`: who runs the program, when, and how friends are counted."""

    id: Slug = Field(description=SHORT_NAME.format('"spring-2027"'))
    name: Name = Field(description=words('"Corner Café"'))
    currency: str = Field(
        pattern=r"^[A-Z]{3}$", description='Write the three capital letters of one currency in quotes, such as "EUR".'
    )
    language: Language = Field(default="en", description='Write the letters of one language in quotes, such as "en".')
    starts: Day | None = Field(default=None, description=DATE)
    ends: Day | None = Field(default=None, description=DATE)
    destination: Address | None = Field(
        default=None,
        description='Write a full web address in quotes, without spaces or accents, such as "https://example.com/".',
    )
    attribution: Literal["first-touch", "last-touch"] = Field(
        default="first-touch", description=one_of("first-touch", "last-touch")
    )
    applies_to: Literal["new", "open"] = Field(default="new", description=one_of("new", "open"))


class Joining(Table):
    """`[joining]`: how long a friend has."""

    qualify_within_days: Days = Field(default=60, description=days(1, 60))
    claim_within_days: Days = Field(default=14, description=days(1, 14))
    click_window_days: Days = Field(default=90, description=days(1, 90))
    late_claim_days: int = Field(default=0, ge=0, le=LONGEST_DAYS, description=days(0, 7))
    lapsed_after_days: Days | None = Field(default=None, description=days(1, 365))
    new_until: EventType = Field(default="purchase", description=EVENT)


class Vouchers(Table):
    """`[vouchers]`: how long a claimed reward can be shown at a till."""

    valid_days: Days = Field(default=30, description=days(1, 30))


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


class UnitNames(Table):
    """`[units.….es]`: what one and what several of a unit are called in another language."""

    zero: Name | None = Field(default=None, description=words('"coffees"'))
    one: Name = Field(description=words('"coffee"'))
    two: Name | None = Field(default=None, description=words('"coffees"'))
    few: Name | None = Field(default=None, description=words('"coffees"'))
    many: Name | None = Field(default=None, description=words('"coffees"'))
    other: Name = Field(description=words('"coffees"'))

    def forms(self) -> tuple[tuple[str, str], ...]:
        """Return the names by plural category."""
        found = ((category, getattr(self, category)) for category in UnitNames.model_fields)
        return tuple((category, name) for category, name in found if name is not None)


class Unit(UnitNames, extra="allow"):
    """`[units.…]`: what one and what several of a unit are called, in the program's language and in others."""

    __pydantic_extra__: dict[Language, UnitNames]

    def others(self) -> dict[str, UnitNames]:
        """Return the names in other languages."""
        return dict(self.__pydantic_extra__)


class CountTable(Table, extra="allow"):
    """`{ by = "friend.city", berlin = 50, otherwise = 20 }`: another number for each value of a field."""

    by: str = Field(max_length=80, description=CASE_FIELD)
    otherwise: Count = Field(description=_COUNT)
    __pydantic_extra__: dict[Case, Count]

    def cases(self) -> dict[str, int]:
        """Return the cases that are named."""
        return dict(self.__pydantic_extra__)


class GoalTable(ConditionsKeys):
    """`[goals.…]`: what a friend must do, and who is rewarded for it."""

    event: EventType | None = Field(default=None, description=EVENT)
    events: list[EventType] | None = Field(
        default=None,
        min_length=1,
        max_length=10,
        description='Write the types of several events as a list, such as ["signup", "purchase"].',
    )
    minimum: Number | None = Field(default=None, description=AMOUNT)
    count: Annotated[Annotated[Count, PlainTag] | Annotated[CountTable, TableTag], ByBranch] = Field(
        default=1, description=_COUNT
    )
    within_days: Days | None = Field(default=None, description=days(1, 30))
    counted_from: Literal["joining", "click"] = Field(default="joining", description=one_of("joining", "click"))
    repeats: bool = Field(default=False, description=YES_NO)
    at_most_times: Count | None = Field(default=None, description=_COUNT)
    hold_days: int | None = Field(default=None, ge=0, le=LONGEST_DAYS, description=days(0, 14))
    hold_until: EventType | None = Field(default=None, description=EVENT.replace("purchase", "checkout"))
    hold_gives_up_days: Days | None = Field(default=None, description=days(1, 365))
    says: Texts | None = None
    advocate: Reward | None = None
    friend: Reward | None = None


class FurtherCap(Table):
    """`[caps.….….also.…]`: a further limit of the same owner and period."""

    count: Count | None = Field(default=None, description=_COUNT)
    value: Number | None = Field(default=None, description=AMOUNT.replace("10.00", "500.00"))
    unit: Name | None = Field(default=None, description='Write the name of a unit in quotes, such as "coffees".')
    goals: list[Slug] | None = Field(default=None, min_length=1, description=GOALS)


class CapTable(FurtherCap):
    """`[caps.….…]`: how much may be earned in a period."""

    also: dict[Slug, FurtherCap] | None = Field(
        default=None, description="Give each further limit a section of its own: [caps.advocate.year.also.miles]."
    )

    def all(self) -> dict[str, FurtherCap]:
        """Return the limit itself and the further ones by their names; one that says nothing is only their header."""
        says = self.count is not None or self.value is not None or not self.also
        return {**({"": self} if says else {}), **(self.also or {})}


class Caps(Table):
    """`[caps.advocate]`, `[caps.program]`: the periods over which earnings are limited."""

    friend: CapTable | None = None
    day: CapTable | None = None
    week: CapTable | None = None
    month: CapTable | None = None
    year: CapTable | None = None
    lifetime: CapTable | None = None


class CapsByOwner(Table):
    """`[caps]`: limits, by who earns."""

    advocate: Caps | None = None
    friend: Caps | None = None
    program: Caps | None = None


class MilestoneTable(Reward):
    """`[milestones.…]`: what an advocate gets for so many completed referrals."""

    at: Count = Field(description=_COUNT)
    repeats: bool = Field(default=False, description=YES_NO)
    period: Literal["day", "week", "month", "quarter", "year", "lifetime"] = Field(
        default="lifetime", description=one_of(*PERIODS)
    )
    goals: list[Slug] | None = Field(default=None, min_length=1, description=GOALS)


class ContestTable(Reward):
    """`[contests.…]`: a prize for the first to reach a number, or for those with most in a period."""

    first_to: Count | None = Field(default=None, description=_COUNT)
    most_in: Literal["day", "week", "month", "quarter", "year", "program"] | None = Field(
        default=None, description=one_of(*RUNS)
    )
    winners: Annotated[int, Field(ge=1, le=1000)] = Field(default=1, description=whole(1, 1000, 3))
    at_least: Count = Field(default=1, description=_COUNT)
    partition: Attribute | None = Field(
        default=None, description='Write the name of one of the advocates\' attributes in quotes, such as "region".'
    )


class RaffleTable(Reward):
    """`[raffles.…]`: a prize drawn by lot among the referrals of a period."""

    every: Literal["day", "week", "month", "quarter", "year", "program"] = Field(
        default="month", description=one_of(*RUNS)
    )
    entries_per_referral: Annotated[int, Field(ge=1, le=1000)] = Field(default=1, description=whole(1, 1000, 1))
    winners: Annotated[int, Field(ge=1, le=1000)] = Field(default=1, description=whole(1, 1000, 3))


class IneligibleTable(ConditionsKeys):
    """`[ineligible.…]`: who cannot take part."""

    who: Literal["advocate", "friend", "both"] = Field(default="both", description=one_of("advocate", "friend", "both"))
    says: Texts | None = None


class File(Table):
    """The file as a whole."""

    program: Head
    joining: Joining = Joining()
    terms: Texts = Field(default_factory=dict)
    brand: BrandTable = BrandTable()
    vouchers: Vouchers = Vouchers()
    units: dict[Slug, Unit] = Field(default_factory=dict)
    events: dict[EventType, EventNames] = Field(default_factory=dict)
    goals: Annotated[dict[Slug, GoalTable], Field(min_length=1)]
    caps: CapsByOwner = CapsByOwner()
    milestones: dict[Slug, MilestoneTable] = Field(default_factory=dict)
    contests: dict[Slug, ContestTable] = Field(default_factory=dict)
    raffles: dict[Slug, RaffleTable] = Field(default_factory=dict)
    ineligible: dict[Slug, IneligibleTable] = Field(default_factory=dict)
