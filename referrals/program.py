"""A program: the rules under which customers refer friends, as one revision states them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from referrals.brand import Brand
from referrals.conditions import ALWAYS, OF_HISTORY, Group
from referrals.money import Amount
from referrals.rewarding import RewardRule, Side

# A unit's names in one language: plural category such as "one", and the words for it.
Names = tuple[tuple[str, str], ...]
Period = Literal["day", "week", "month", "quarter", "year", "lifetime"]


class Touch(StrEnum):
    """Which advocate a friend belongs to who followed several links before they joined."""

    FIRST = "first-touch"
    LAST = "last-touch"


@dataclass(frozen=True, kw_only=True)
class CountBy:
    """How many events a goal needs: the same for everyone, or by a field such as the friend's city."""

    number: int = 1
    field: str = ""
    cases: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hold:
    """How long a reward waits: so many days, and for an event where one is named."""

    days: timedelta
    until_event: str = ""
    gives_up_after: timedelta = timedelta(days=365)  # without the event the reward is denied


@dataclass(frozen=True, kw_only=True)
class Goal:
    """An event with conditions that makes a referral qualify."""

    name: str
    events: tuple[str, ...]  # of several, each must have happened
    minimum: Amount | None = None  # the amount that is asked most often, with words of its own
    when: Group = ALWAYS
    count: CountBy = CountBy()
    within: timedelta | None = None  # where it differs from the program's `qualify_within`
    counted_from: Literal["joining", "click"] = "joining"
    most_times: int | None = 1  # how often it can be reached for one friend; nothing means without end
    hold: Hold
    rewards: tuple[RewardRule, ...]
    says: Mapping[str, str] = field(default_factory=dict)  # language -> what must be done, such as "a first stay"

    @cached_property
    def needs_history(self) -> bool:
        """Whether it cannot be judged by the event alone."""
        looks_back = any(condition.field in OF_HISTORY for condition in self.when.conditions())
        return looks_back or len(self.events) > 1 or self.count != CountBy()

    @property
    def is_replayed(self) -> bool:
        """Whether a refund looks at all the friend did: one event does not tell, or no reward says which one did."""
        return self.needs_history or not self.rewards

    def reward_of(self, side: Side) -> RewardRule | None:
        """Find what one side gets, or nothing."""
        return next((rule for rule in self.rewards if rule.side is side), None)


@dataclass(frozen=True, kw_only=True)
class Cap:
    """How much may be earned in a period: by each advocate, by each friend, or in the whole program."""

    owner: Literal["advocate", "friend", "program"]
    period: Literal["friend", "day", "week", "month", "year", "lifetime"]  # "friend": what one friend brings
    count: int | None = None
    value: Amount | None = None
    goals: frozenset[str] = frozenset()  # the goals it is about; empty means all of them
    label: str = ""  # of a further one of the same owner and period

    @property
    def name(self) -> str:
        """What it is called in the file and in a decision, such as "caps.advocate.year"."""
        return ".".join(self.path)

    @property
    def path(self) -> tuple[str, ...]:
        """Where it stands in the file."""
        also = ("also", self.label) if self.label else ()
        return ("caps", self.owner, self.period, *also)


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """A reward for an advocate's so manieth completed referral."""

    name: str
    at: int
    repeats: bool = False  # also at twice, three times as many
    period: Period = "lifetime"
    goals: frozenset[str] = frozenset()
    reward: RewardRule


@dataclass(frozen=True, kw_only=True)
class Contest:
    """A prize for the first advocates to reach a number, or for those with most in a period."""

    name: str
    first_to: int | None = None
    period: Period = "lifetime"  # of a contest for most; "lifetime" means until the program ends
    winners: int = 1
    at_least: int = 1  # completed referrals, to be counted at all
    partition: str = ""  # an attribute of the advocate: each of its values is a contest of its own
    reward: RewardRule


@dataclass(frozen=True, kw_only=True)
class Raffle:
    """A prize drawn by lot among entries: so many for each completed referral of a period."""

    name: str
    period: Period = "month"
    entries_per_referral: int = 1
    winners: int = 1
    reward: RewardRule


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """Who cannot take part, although everything else would fit."""

    name: str
    who: Side | None = None  # nothing means both
    when: Group
    says: Mapping[str, str] = field(default_factory=dict)  # language -> what the person is told


@dataclass(frozen=True, kw_only=True)
class Program:
    """One revision of the rules."""

    id: str
    name: str
    revision: int = 0
    zone: ZoneInfo  # the business's: periods and the program's dates are counted in it
    currency: str
    language: str = "en"  # in which `units` are named where no other language is
    units: Mapping[str, Mapping[str, Names]] = field(default_factory=dict)  # unit -> language -> names
    events: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # type of event -> language -> its name
    goals: tuple[Goal, ...]
    caps: tuple[Cap, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    contests: tuple[Contest, ...] = ()
    raffles: tuple[Raffle, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    touch: Touch = Touch.FIRST
    new_until: str = "purchase"  # the event that makes somebody a customer, who then can no longer be invited
    click_window: timedelta = timedelta(days=90)  # how long a click is remembered
    qualify_within: timedelta  # from joining to the goal, where a goal says nothing else
    claim_within: timedelta  # for a purchase rung up with a code but without a customer
    late_claim: timedelta = timedelta()  # how long after a first purchase a code may still be given
    lapsed_after: timedelta | None = None  # who has not bought for so long counts as new again
    voucher_valid_for: timedelta
    applies_to_open: bool = False  # open referrals are judged by a newer revision where nobody gets less
    starts: datetime | None = None
    ends: datetime | None = None
    terms: Mapping[str, str] = field(default_factory=dict)  # language -> the small print
    destination: str | None = None  # where a share link leads; our own landing page when nothing is said
    brand: Brand = field(default_factory=Brand)

    def is_open(self, at: datetime) -> bool:
        """Tell whether new referrals are taken at this moment."""
        return (self.starts is None or self.starts <= at) and (self.ends is None or at < self.ends)

    def goals_for(self, event: str) -> tuple[Goal, ...]:
        """Find the goals that an event of this type may reach, in the order of the file."""
        return tuple(goal for goal in self.goals if event in goal.events)

    def goal(self, name: str) -> Goal | None:
        """Find a goal by its name."""
        return next((goal for goal in self.goals if goal.name == name), None)

    @property
    def prize_rules(self) -> list[RewardRule]:
        """What completed referrals can bring beyond the reward for each."""
        rules = [milestone.reward for milestone in self.milestones]
        rules += [contest.reward for contest in self.contests]
        return rules + [raffle.reward for raffle in self.raffles]

    def names_of(self, unit: str) -> Mapping[str, Names]:
        """Return the names of a declared unit by language; nothing for a currency."""
        return self.units.get(unit, {})
