"""The tables of rewards: how much of what, in which form, and until when."""

from typing import Annotated, Literal

from pydantic import Field

from referrals.program_file.table_types import (
    AMOUNT,
    CASE_FIELD,
    DATE,
    DELIVERY,
    KIND,
    PERCENT,
    PERCENT_OFF,
    SHORT_NAME,
    YES_NO,
    ByBranch,
    Case,
    Count,
    Day,
    Days,
    Name,
    Number,
    PlainTag,
    Slug,
    Table,
    TableTag,
    days,
    one_of,
    whole,
)

_AT_MOST = 'Write the most that the percentage may come to, in quotes, such as "50.00".'
_EACH = 'Write the step in the currency, in quotes, such as "1.00": the amount is given for each full one of them.'
_MOST = 'Write the most that may come of it, in quotes, in the unit of the amount, such as "500".'
_CASES = 'Write it in quotes, or in braces with a percentage, such as { percent = "10" }.'


class PartTable(Table):
    """`{ amount = … }` or `{ percent = … }`: how much, in one case."""

    amount: Number | None = Field(default=None, description=AMOUNT)
    for_each: Number | None = Field(default=None, description=_EACH)
    at_most: Number | None = Field(default=None, description=_MOST)
    percent: Number | None = Field(default=None, description=PERCENT)
    percent_at_most: Number | None = Field(default=None, description=_AT_MOST)


Part = Annotated[Annotated[Number, PlainTag] | Annotated[PartTable, TableTag], ByBranch]


class ByTable(Table, extra="allow"):
    """`{ by = "product", espresso = "1.00", otherwise = "2.00" }`: another amount for each value of a field."""

    by: str = Field(max_length=80, description=CASE_FIELD)
    otherwise: Part | None = Field(default=None, description=_CASES)
    __pydantic_extra__: dict[Case, Part]

    def parts(self) -> dict[str, str | PartTable]:
        """Return how much in each case, "otherwise" among them; no case of a file can have that name."""
        last = {} if self.otherwise is None else {"otherwise": self.otherwise}
        return {**self.__pydantic_extra__, **last}


Sized = Annotated[Annotated[Number, PlainTag] | Annotated[ByTable, TableTag], ByBranch]


class SizeKeys(Table):
    """How much: an amount, once or for each step of what was paid, or a percentage."""

    amount: Sized | None = Field(default=None, description=AMOUNT)
    for_each: Number | None = Field(default=None, description=_EACH)
    at_most: Number | None = Field(default=None, description=_MOST)
    percent: Sized | None = Field(default=None, description=PERCENT)
    percent_at_most: Number | None = Field(default=None, description=_AT_MOST)


class Tier(SizeKeys):
    """`{ from = 5, amount = "15.00" }`: how much from the advocate's so manieth qualified referral on."""

    from_: Count = Field(alias="from", description=whole(1, 1_000_000, 5))


class OptionTable(SizeKeys):
    """`[goals.….advocate.choose.…]`: one of several things to choose from."""

    tiers: list[Tier] | None = Field(
        default=None,
        min_length=1,
        max_length=50,
        description='Write steps in square brackets, such as [{ from = 1, amount = "10.00" }].',
    )
    percent_off: Number | None = Field(default=None, description=PERCENT_OFF)
    unit: Name | None = Field(default=None, description='Write the name of a unit in quotes, such as "coffees".')
    as_: KIND | None = Field(
        default=None,
        alias="as",
        description=one_of("voucher", "discount", "credit", "payout", "gift-card", "product", "access"),
    )
    delivery: DELIVERY | None = Field(default=None, description=one_of("till", "balance", "team", "codes"))
    stock: Slug | None = Field(default=None, description=SHORT_NAME.format('"gift-cards"'))


class Reward(OptionTable):
    """`[goals.….advocate]` or `[goals.….friend]`: what one side gets."""

    expires_after_days: Days | None = Field(default=None, description=days(1, 90))
    expires_on: Day | None = Field(default=None, description=DATE)
    expires: Literal["never"] | None = Field(default=None, description=one_of("never"))
    rolling: bool = Field(default=False, description=YES_NO)
    choose: dict[Slug, OptionTable] | None = Field(
        default=None,
        description='Write what there is to choose from, such as { coffee = { amount = "5.00" }, … }.',
    )
