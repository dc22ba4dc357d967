"""Whatever two revisions say and whatever happens: under the one that is chosen no side ends with less."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import event as noted
from hypothesis import strategies as st

from referrals.caps import Owners, Take, takes
from referrals.conditions import Condition, Group, Operator
from referrals.judging import Grant, judge
from referrals.money import Amount
from referrals.program import Cap, CountBy, Goal, Hold, Program
from referrals.program_file import preset, read_program
from referrals.ratchet import better_of
from referrals.reported import Facts, Party, Reported, Standing
from referrals.rewarding import ByField, ByStep, Fixed, Option, Portion, RewardRule, Side, Size

DEMO = read_program(preset("demo"), ZoneInfo("UTC"))
START = datetime(2027, 3, 20, tzinfo=UTC)  # a month ends among the events
DAY = timedelta(days=1)

# --- small revisions, so that what is generated happens --------------------------------------------------------------

FIXED = st.sampled_from([500, 600, 1000]).map(lambda minor: Fixed(Amount(minor, "EUR")))
PORTIONS = st.builds(
    Portion,
    st.sampled_from([Decimal(10), Decimal(20), Decimal("0.01")]),
    st.sampled_from([None, Amount(150, "EUR"), Amount(300, "EUR")]),
)
CASES = st.builds(
    ByField,
    st.sampled_from(["product", "advocate.referrals"]),
    st.tuples(st.tuples(st.sampled_from(["tea", "1"]), FIXED | PORTIONS)),
    st.none() | FIXED,
)
STEPS = st.tuples(FIXED | PORTIONS, FIXED).map(lambda sizes: ByStep(((1, sizes[0]), (2, sizes[1]))))
SIZES: st.SearchStrategy[Size] = st.one_of(FIXED, PORTIONS, PORTIONS, CASES, STEPS)
CONDITIONS = st.sampled_from(
    [
        Condition("product", Operator.IS, ("tea",)),
        Condition("amount", Operator.IS_AT_LEAST, (Decimal(8),)),
        Condition("count", Operator.IS_AT_MOST, (Decimal(2),)),
        Condition("total", Operator.IS_LESS_THAN, (Decimal(30),)),
        Condition("first", Operator.IS, (True,)),
        Condition("advocate.referrals", Operator.IS_LESS_THAN, (Decimal(2),)),
    ]
)
GROUPS = st.builds(Group, st.sampled_from(["all", "all", "any"]), st.lists(CONDITIONS, max_size=2).map(tuple))
RULES = st.builds(
    lambda size, others: (Option(name="a", size=size, unit="EUR"), *others),
    SIZES,
    st.sampled_from([(), (), (Option(name="b", size=Fixed(Amount(700, "EUR")), unit="EUR"),)]),
)
REWARDS = st.tuples(RULES, st.none() | RULES).map(
    lambda pair: tuple(
        RewardRule(side=side, options=options) for side, options in zip(Side, pair, strict=True) if options is not None
    )
)
GOAL_PARTS: Mapping[str, st.SearchStrategy[Any]] = {
    "events": st.sampled_from([("purchase",), ("purchase",), ("purchase", "signup")]),
    "minimum": st.sampled_from([None, Amount(500, "EUR"), Amount(1000, "EUR")]),
    "when": st.just(Group()) | GROUPS,
    "count": st.sampled_from([1, 1, 2, 3]).map(lambda number: CountBy(number=number)),
    "within": st.sampled_from([None, 5 * DAY, 30 * DAY]),
    "most_times": st.sampled_from([1, 2, None]),
    "hold": st.sampled_from([Hold(days=0 * DAY), Hold(days=2 * DAY)]),
    "rewards": REWARDS,
}
CAPS = st.builds(
    lambda owner, period, count, value: Cap(
        owner=owner, period=period, count=count or (None if value else 1), value=value
    ),
    st.sampled_from(["advocate", "friend", "program"]),
    st.sampled_from(["month", "lifetime"]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, None, Amount(1200, "EUR"), Amount(1600, "EUR")]),
)
PROGRAM_PARTS: Mapping[str, st.SearchStrategy[Any]] = {
    "caps": st.one_of(*[st.just(())] * 2, st.lists(CAPS, max_size=2, unique_by=lambda cap: cap.name).map(tuple)),
    "qualify_within": st.sampled_from([10 * DAY, 20 * DAY]),
}


PLAIN = Goal(
    name="one",
    events=("purchase",),
    minimum=Amount(500, "EUR"),
    hold=Hold(days=0 * DAY),
    rewards=(RewardRule(side=Side.ADVOCATE, options=(Option(size=Fixed(Amount(500, "EUR")), unit="EUR"),)),),
)


@st.composite
def goals(draw: st.DrawFn, name: str) -> Goal:
    """A plain goal in which some things are otherwise: what is peculiar in every way is seldom reached."""
    other = draw(st.sets(st.sampled_from([*GOAL_PARTS]), max_size=2)) | draw(st.sampled_from([set(), {"rewards"}]))
    drawn = {part: draw(values) for part, values in GOAL_PARTS.items() if part in other}
    if len(drawn.get("events", ())) > 1:
        drawn["count"] = CountBy()
    return replace(PLAIN, name=name, **drawn)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Program, Program]:
    """A revision, and one in which one or two things differ, up or down."""
    names = draw(st.sampled_from([["one"], ["one"], ["one", "two"]]))
    parts = {part: draw(values) for part, values in PROGRAM_PARTS.items()}
    old = replace(DEMO, goals=tuple(draw(goals(name)) for name in names), applies_to_open=True, **parts)
    new = old
    for _ in range(draw(st.sampled_from([1, 1, 2]))):
        what = draw(st.sampled_from([*GOAL_PARTS, *PROGRAM_PARTS, "caps", "minimum", "rewards", "more"]))
        new = _with_another(what, new, draw)
    assume(new != old)
    return old, replace(new, revision=2)


def _with_another(what: str, terms: Program, draw: st.DrawFn) -> Program:
    if what == "more":
        return replace(terms, goals=(*terms.goals, draw(goals("three")))) if len(terms.goals) < 3 else terms
    first, *others = terms.goals
    if what == "rewards":
        return replace(terms, goals=(_dearer(first, draw), *others))
    holder = terms if what in PROGRAM_PARTS else first
    looser = _looser(what, getattr(holder, what))
    values = {**PROGRAM_PARTS, **GOAL_PARTS}[what]
    # Mostly what seems kinder: of what is plainly harder there is little to learn.
    value = draw(st.one_of(*[st.sampled_from(looser)] * 4, values)) if looser else draw(values)
    if what in PROGRAM_PARTS:
        return replace(terms, **{what: value})
    return replace(terms, goals=(replace(first, **{what: value}), *others))


def _looser(what: str, value: Any) -> list[Any]:
    match what:
        case "minimum":
            return [None]
        case "when":
            return [Group(), Group(value.quantifier, value.parts[1:])]
        case "within" | "qualify_within":
            return [30 * DAY]
        case "most_times":
            return [None, 2]
        case "count":
            return [CountBy()]
        case "caps":
            raised = [
                replace(cap, count=cap.count and cap.count + 1, value=cap.value and cap.value + cap.value)
                for cap in value
            ]
            return [tuple(raised), tuple(raised[:1]) + value[1:], value[1:], ()]
    return []


def _dearer(goal: Goal, draw: st.DrawFn) -> Goal:
    """Change how much the first side gets, mostly to more of the same kind."""
    first, *others = goal.rewards
    option = first.options[0]
    size = option.size
    if isinstance(size, Fixed):
        size = Fixed(Amount(size.amount.minor + draw(st.sampled_from([-100, 50, 400])), "EUR"))
    elif isinstance(size, Portion):
        size = replace(size, percent=size.percent * draw(st.sampled_from([1, 2])), at_most=draw(st.just(size.at_most)))
    else:
        size = draw(SIZES)
    changed = replace(first, options=(replace(option, size=size), *first.options[1:]))
    return replace(goal, rewards=(changed, *others))


# --- a plain model of what happens -----------------------------------------------------------------------------------

Key = tuple[str, str, Side, str]


@dataclass
class Books:
    """What everybody has, and how much of each cap is taken up."""

    got: Counter[Key] = field(default_factory=Counter)
    taken: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    reached: dict[str, dict[str, int]] = field(default_factory=dict)

    def grant(self, friend: str, given: Grant, terms: Program, at: datetime) -> None:
        wanted = takes(given, terms, at, Owners(advocate="alice", friend=friend, referral=friend))
        if not all(self._has_room(take) for take in wanted):
            return
        for take in wanted:
            self.taken[take.cap.name, take.owner, take.period, "count"] += 1
            self.taken[take.cap.name, take.owner, take.period, "worth"] += take.worth
        for option, amount in zip(given.rule.options, given.amounts, strict=True):
            self.got[friend, given.goal.name, given.side, option.name] += amount.minor

    def _has_room(self, take: Take) -> bool:
        key = (take.cap.name, take.owner, take.period)
        has_number = take.most_count is None or self.taken[*key, "count"] < take.most_count
        return has_number and (take.most_value is None or self.taken[*key, "worth"] + take.worth <= take.most_value)


def play(pinned: Program, happened: Sequence[tuple[str, Reported]], newer: Program, *, applied: int = 0) -> Books:
    """Judge every event of every friend as they come: so many under the pinned terms, the rest under the newer ones."""
    books = Books()
    for number, (friend, event) in enumerate(happened):
        terms = pinned if number < applied else newer
        reached = books.reached.setdefault(friend, {})
        facts = Facts(
            event=event,
            program=terms,
            standing=Standing(state="qualified" if reached else "joined", joined_at=START, reached=reached),
            advocate=Party(referrals=sum(1 for times in books.reached.values() if times)),
            history=[earlier for whose, earlier in happened[:number] if whose == friend],
        )
        for verdict in judge(facts).reached:
            reached[verdict.goal.name] = reached.get(verdict.goal.name, 0) + 1
            for grant in verdict.grants:
                books.grant(friend, grant, terms, event.occurred_at)
    return books


EVENTS = st.builds(
    Reported,
    type=st.sampled_from(["purchase", "purchase", "purchase", "signup"]),
    amount=st.sampled_from([300, 700, 900, 1500, 6000]).map(lambda minor: Amount(minor, "EUR")),
    occurred_at=st.integers(0, 14).map(lambda days: START + days * DAY),
    properties=st.sampled_from([{"product": "tea"}, {"product": "cake"}]),
)
FEW = st.lists(st.tuples(st.sampled_from(["bob", "bob", "carol"]), EVENTS), min_size=2, max_size=8)
# A little first and much later is where a kinder rule can cost most.
RISING = st.lists(st.sampled_from([300, 700, 900, 1500, 6000]), min_size=2, max_size=5).map(
    lambda minors: [
        (
            "carol" if number % 3 == 2 else "bob",
            Reported(
                type="purchase",
                amount=Amount(minor, "EUR"),
                occurred_at=START + 3 * number * DAY,
                properties={"product": "tea"},
            ),
        )
        for number, minor in enumerate(sorted(minors))
    ]
)
HAPPENED = FEW | RISING


@settings(max_examples=400, deadline=None)
@given(pairs(), HAPPENED, st.just(0) | st.integers(0, 8))
def test_no_side_of_any_open_referral_ends_with_less(
    pair: tuple[Program, Program], happened: list[tuple[str, Reported]], applied: int
) -> None:
    """Also where the newer revision comes in the middle of what happens."""
    old, newer = pair
    chosen = better_of(old, newer)
    noted("kept" if chosen is old else "taken")
    in_order = sorted(happened, key=lambda each: each[1].occurred_at)
    before, after = play(old, in_order, old).got, play(old, in_order, chosen, applied=applied).got
    assert {key: got for key, got in before.items() if after[key] < got} == {}
