"""What a simulation reads, remembers and reports."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from referrals.caps import Take
from referrals.money import Amount
from referrals.prizes import Contender, Entrant
from referrals.reported import Property, Reported

_EXAMPLES = 3
_NAMED = 5
# So many advocates are watched for the few that are named; a refund may drop one behind another.
_WATCHED = 50
# A place that was taken under a cap: its name, owner, period and unit, and the worth.
Taken = tuple[str, str, str, str, int]
NOTHING: Mapping[str, str] = {}


class Row(NamedTuple):
    """One line of a history: an event of a customer, and who had invited them where that is known."""

    line: int
    at: datetime
    customer: str
    type: str
    id: str = ""
    amount: Amount | None = None
    refers_to: str = ""
    invited_by: str = ""
    source: str = ""
    properties: Mapping[str, Property] = NOTHING
    attributes: Mapping[str, str] = NOTHING

    @property
    def key(self) -> str:
        """What tells this event from every other."""
        return named(self.source, self.id) if self.id else f"line {self.line}"


def named(source: str, identifier: str) -> str:
    """Name an event as its source does; two sources may use the same id."""
    return f"{source}\n{identifier}"


@dataclass(kw_only=True, slots=True)
class Known:
    """What is remembered of a customer, as a friend and as an advocate."""

    since: datetime | None = None
    last_bought: datetime | None = None
    advocate: str = ""
    joined_at: datetime | None = None
    completes: datetime | None = None  # when the hold of their first goal is over
    ended: bool = False
    latest: str = ""  # the key of what they did last, as most repeated rows follow at once
    reached: dict[str, list[int]] = field(default_factory=dict)  # goal -> how often it stands reached, and ever was
    counted: list[str] = field(default_factory=list)  # milestones, with their period, that their referral counts for
    turned_down: list[str] = field(default_factory=list)  # invitations that were refused, each told once
    referrals: int = 0  # of theirs that have qualified
    milestones: dict[str, int] = field(default_factory=dict)  # milestone with its period -> referrals counted
    # What each milestone has taken up of caps, by its name, period and number; nothing where a cap refused it.
    prizes: dict[str, tuple[Taken, ...] | None] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)

    def bought(self, at: datetime) -> None:
        """Note what makes them a customer."""
        self.since = self.since or at
        self.last_bought = at

    @property
    def has_qualified(self) -> bool:
        """Whether one of the goals stands reached."""
        return any(counts[0] for counts in self.reached.values())

    @property
    def state(self) -> str:
        """How far their referral has come; every hold counts as passed."""
        if self.ended:
            return "ineligible"
        return "qualified" if self.has_qualified else "joined"


class Gift(NamedTuple):
    """A reward as it is remembered, in case its event is refunded; one that a cap refused is remembered too."""

    owner: str
    side: str
    goal: str
    occurrence: int
    unit: str
    minor: int
    option: str = ""  # of a choice, the one it stands for …
    options: tuple[tuple[str, str, int, str], ...] = ()  # … and all there are: name, unit, minor units, what fitted
    taken: tuple[Taken, ...] = ()
    denied: bool = False
    fitted: str = ""  # which size it was


class Past(NamedTuple):
    """An event of a friend as it is remembered; of its amount, what was not refunded."""

    key: str
    friend: str
    event: Reported
    gifts: tuple[Gift, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether anything of it is left."""
        return self.event.amount is None or self.event.amount.minor > 0


class Memory(Protocol):
    """Remembers a history however long it is: what does not fit into memory goes to a file."""

    def customer(self, customer: str) -> Known:
        """Recall a customer, or begin to know one; what is changed there is remembered."""
        ...

    def put_away(self) -> None:
        """Make room between two rows: whoever was recalled before is not changed any more."""
        ...

    def take(self, take: Take) -> bool:
        """Take a place under a cap, unless it is full."""
        ...

    def give_back(self, taken: Taken) -> None:
        """Give a place back."""
        ...

    def lower(self, taken: Taken, to: int) -> None:
        """Give back the worth by which what is taken has become less, and keep the place."""
        ...

    def remember(self, past: Past) -> None:
        """Remember an event, or what has become of it."""
        ...

    def recall(self, key: str) -> Past | None:
        """Recall an event."""
        ...

    def past_of(self, friend: str) -> Sequence[Past]:
        """List the remembered events of a friend, oldest first."""
        ...

    def complete(self, friend: str, advocate: str, at: datetime) -> None:
        """Remember when a referral is completed, which may be later than now."""
        ...

    def uncomplete(self, friend: str) -> None:
        """Forget it again."""
        ...

    def arrivals(self, until: datetime) -> Iterable[tuple[str, datetime]]:
        """List whose referrals were completed until now and when, each once, in the order of time."""
        ...

    def next_arrival(self) -> datetime | None:
        """Say when the next referral is completed that was not listed yet."""
        ...

    def score(self, advocate: str) -> int:
        """Count an advocate's completed referrals among those that were listed."""
        ...

    def last_completion(self) -> datetime | None:
        """Say when the last referral is completed."""
        ...

    def ranked(self, since: datetime | None, until: datetime, at_least: int) -> Iterable[Contender]:
        """List who completed how many in a period: the most first, of equals who got there first."""
        ...

    def entrants(self, since: datetime | None, until: datetime, entries_each: int) -> Iterable[Entrant]:
        """List the entries of a period in the order of ids, as often as they are read."""
        ...


@dataclass(kw_only=True)
class Reason:
    """How often something was refused, and the first few lines where it was."""

    times: int = 0
    lines: list[int] = field(default_factory=list)

    def happened(self, line: int) -> None:
        """Count one more."""
        self.times += 1
        if len(self.lines) < _EXAMPLES:
            self.lines.append(line)


@dataclass(kw_only=True)
class Full:
    """A cap that was full: when and on which line first, and how often."""

    first: datetime
    line: int
    times: int = 0


@dataclass(kw_only=True)
class Winners:
    """Who has won a prize: the first few by name, and how many places are taken in each part of a contest."""

    times: int = 0
    named: list[str] = field(default_factory=list)
    places: Counter[str] = field(default_factory=Counter)
    all: set[str] = field(default_factory=set)

    def won(self, customer: str) -> None:
        """Count one more."""
        self.times += 1
        self.all.add(customer)
        if len(self.named) < _NAMED:
            self.named.append(customer)


@dataclass(kw_only=True)
class Report:
    """What a program would have done."""

    rows: int = 0
    begins: datetime | None = None
    ends: datetime | None = None
    referrals: int = 0
    qualified: int = 0
    repeated: Reason = field(default_factory=Reason)  # rows whose id an earlier row had
    uninvited: int = 0  # events of people whom nobody had invited
    refunds: int = 0  # that changed nothing, as their purchase had led to nothing
    # By side, or "milestone", "contest", "raffle", and unit: how many rewards still stand, how many were taken back
    # whole, and minor units.
    rewards: Counter[tuple[str, str]] = field(default_factory=Counter)
    revoked: Counter[tuple[str, str]] = field(default_factory=Counter)
    cost: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_month: Counter[tuple[str, str]] = field(default_factory=Counter)  # (month, unit) -> minor units granted
    taken_back: Counter[str] = field(default_factory=Counter)  # unit -> minor units
    milestones: Counter[str] = field(default_factory=Counter)
    winners: dict[str, Winners] = field(default_factory=dict)  # by prize, such as "contests.race"
    best: dict[str, int] = field(default_factory=dict)  # advocates with most referrals that qualified
    refused: dict[str, Reason] = field(default_factory=dict)  # denial code -> how often
    caps: dict[str, Full] = field(default_factory=dict)

    def refuse(self, code: str, line: int) -> None:
        """Note a refusal."""
        self.refused.setdefault(code, Reason()).happened(line)

    def give(self, side: str, unit: str, minor: int, month: str) -> None:
        """Count a reward."""
        self.rewards[side, unit] += 1
        self.cost[side, unit] += minor
        self.by_month[month, unit] += minor

    def take_back(self, side: str, unit: str, minor: int, *, whole: bool) -> None:
        """Count what a refund takes from a reward; of a whole one nothing is left."""
        self.taken_back[unit] += minor
        self.cost[side, unit] -= minor
        if whole:
            self.rewards[side, unit] -= 1
            self.revoked[side, unit] += 1

    def ranks(self, advocate: str, referrals: int) -> None:
        """Watch who brings most."""
        self.best[advocate] = referrals
        if len(self.best) > 2 * _WATCHED:
            kept = sorted(self.best.items(), key=lambda item: (-item[1], item[0]))[:_WATCHED]
            self.best = dict(kept)
