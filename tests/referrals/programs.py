"""Programs of every kind for hypothesis: whatever a file can say, and nothing that a check would refuse."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from referrals.brand import Brand
from referrals.conditions import ALWAYS, Condition, Group, Operator, Scalar
from referrals.money import Amount
from referrals.program import (
    Cap,
    Contest,
    CountBy,
    Exclusion,
    Goal,
    Hold,
    Milestone,
    Names,
    Program,
    Raffle,
    Touch,
)
from referrals.program_file.days import end_of, midnight
from referrals.rewarding import (
    USUAL_DELIVERY,
    ByField,
    ByStep,
    Delivery,
    Expiry,
    Fixed,
    Kind,
    Option,
    Portion,
    RewardRule,
    Side,
    Size,
)

ZONES = [ZoneInfo(name) for name in ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "America/Sao_Paulo")]
CURRENCY = "EUR"
UNITS = ("coffees", "miles")
PERIODS: list[Any] = ["day", "week", "month", "quarter", "year", "lifetime"]
EVENTS = ["purchase", "signup", "order.paid", "trip_completed", "checkout", "delivery"]

slugs = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
# Letters of many scripts, quotes, backslashes and emoji; no control characters, and something to be seen.
names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20).filter(str.isprintable)
prose = st.lists(names, min_size=1, max_size=3).map("\n".join)
languages = st.sampled_from(["de", "es", "fr", "pt-BR", "zh-Hant-TW", "ar"])
case_fields = st.sampled_from(["product", "category", "country", "source", "property.colour", "friend.city"])
event_fields = case_fields | st.just("advocate.plan")


def days(least: int = 1, most: int = 3650) -> st.SearchStrategy[timedelta]:
    """So many whole days."""
    return st.integers(least, most).map(lambda number: timedelta(days=number))


def amounts(unit: str = CURRENCY) -> st.SearchStrategy[Amount]:
    """More than nothing of a unit."""
    return st.integers(1, 10**9).map(lambda minor: Amount(minor, unit))


def percents() -> st.SearchStrategy[Decimal]:
    """More than nothing and at most everything."""
    return st.decimals("0.01", "100", places=2)


@st.composite
def scalars(draw: st.DrawFn, field: str, operator: Operator) -> Scalar:
    """A value that may stand behind this operator."""
    if field == "first":
        return draw(st.booleans())
    if field in {"amount", "total"}:
        return draw(st.decimals("0.01", "99999.99", places=2))
    if field == "count":
        return Decimal(draw(st.integers(1, 1000)))
    if operator.value.startswith(("is_more", "is_at", "is_less")):
        return draw(st.decimals("-1000", "1000", places=2) | st.dates().map(date.isoformat))
    if field.startswith("property.") and operator.value.startswith("is"):
        return draw(names | st.booleans() | st.integers(-(10**6), 10**6).map(Decimal))
    return draw(names)


_ORDERING = [Operator.IS_MORE_THAN, Operator.IS_AT_LEAST, Operator.IS_LESS_THAN, Operator.IS_AT_MOST]
_OF_NUMBERS = [Operator.IS, Operator.IS_NOT, *_ORDERING]
_OF_WORDS = [operator for operator in Operator if operator not in _ORDERING]
_OPERATORS: Mapping[str, list[Operator]] = {
    "first": [Operator.IS],
    **dict.fromkeys(("amount", "total", "count"), _OF_NUMBERS),
    **dict.fromkeys(("product", "category", "country", "source"), _OF_WORDS),
}
_FIELDS = [*_OPERATORS, "property.colour", "property.Größe", "friend.city", "advocate.plan"]


@st.composite
def conditions(draw: st.DrawFn, field: str) -> Condition:
    """One condition on a field."""
    operator = draw(st.sampled_from(_OPERATORS.get(field, list(Operator))))
    most = 3 if operator.value.endswith("_of") else 1
    values = draw(st.lists(scalars(field, operator), min_size=1, max_size=most))
    return Condition(field, operator, tuple(values))


@st.composite
def groups(draw: st.DrawFn, deepest: int = 2) -> Group:
    """Conditions each on a field of its own, so that none can rule another out; groups among them."""
    fields = draw(st.lists(st.sampled_from(_FIELDS), min_size=1, max_size=3, unique=True))
    parts: list[Condition | Group] = [draw(conditions(field)) for field in fields]
    if deepest and draw(st.booleans()):
        parts.append(draw(groups(deepest - 1)))
    quantifier: Literal["all", "any"] = draw(st.sampled_from(["all", "any"]))
    return Group(quantifier, tuple(parts))


@st.composite
def parts(draw: st.DrawFn, unit: str, *, is_prize: bool = False) -> Fixed | Portion:
    """An amount, or where there is a purchase in the currency, a percentage of it."""
    if unit != CURRENCY or is_prize or draw(st.booleans()):
        return Fixed(draw(amounts(unit)))
    return Portion(draw(percents()), draw(st.none() | amounts()))


@st.composite
def sizes(draw: st.DrawFn, unit: str, *, is_prize: bool = False) -> Size:
    """How much, in each of the ways a file can say it."""
    simple = parts(unit, is_prize=is_prize)
    fields = st.just("advocate.plan") if is_prize else event_fields
    cases = st.dictionaries(names.filter(lambda name: name not in {"by", "otherwise"}), simple, min_size=1, max_size=3)
    by_field = st.builds(ByField, fields, cases.map(lambda found: tuple(found.items())), st.none() | simple)
    match draw(st.integers(0, 5)):
        case 0:
            return draw(by_field)
        case 1:
            starts = sorted({1, *draw(st.lists(st.integers(2, 50), max_size=3))})
            return ByStep(tuple((start, draw(simple | by_field)) for start in starts))
    return draw(simple)


@st.composite
def options(draw: st.DrawFn, name: str = "", *, is_prize: bool = False) -> Option:
    """One thing that may be had."""
    unit = draw(st.sampled_from([CURRENCY, CURRENCY, *UNITS]))
    kind = draw(st.sampled_from(Kind))
    usual = USUAL_DELIVERY[kind]
    others = [usual] if kind is Kind.CREDIT else [each for each in Delivery if each is not Delivery.BALANCE]
    delivery = draw(st.sampled_from([usual, *others]))
    stock = draw(slugs) if delivery is Delivery.CODES else ""
    size = draw(sizes(unit, is_prize=is_prize))
    return Option(name=name, size=size, unit=unit, kind=kind, delivery=delivery, stock=stock)


@st.composite
def rewards(draw: st.DrawFn, side: Side, zone: ZoneInfo, *, is_prize: bool = False) -> RewardRule:
    """What one side gets: one thing, or several to choose from."""
    several = draw(st.lists(slugs, min_size=2, max_size=3, unique=True)) if draw(st.integers(0, 4)) == 0 else [""]
    last = end_of(draw(st.dates(date(2020, 1, 1), date(2199, 12, 31))), zone)
    expiry = draw(
        st.builds(Expiry, after=days(), is_rolling=st.booleans()) | st.just(Expiry()) | st.just(Expiry(on=last))
    )
    found = tuple(draw(options(name, is_prize=is_prize)) for name in several)
    return RewardRule(side=side, options=found, expiry=expiry)


@st.composite
def counts(draw: st.DrawFn) -> CountBy:
    """How many events a goal needs."""
    number = draw(st.integers(1, 1000))
    if draw(st.booleans()):
        return CountBy(number=number)
    cases = draw(
        st.dictionaries(slugs.filter(lambda name: name not in {"by", "otherwise"}), st.integers(1, 99), min_size=1)
    )
    return CountBy(number=number, field=draw(event_fields), cases=tuple(cases.items()))


@st.composite
def holds(draw: st.DrawFn, events: tuple[str, ...]) -> Hold:
    """How long a reward waits."""
    later = [event for event in EVENTS if event not in events]
    until = draw(st.just("") | st.sampled_from(later))
    if not until:
        return Hold(days=draw(days(0)))
    return Hold(days=draw(days(0)), until_event=until, gives_up_after=draw(days()))


def _is_first_of_many(when: Group, count: CountBy) -> bool:
    return any(condition.field == "first" for condition in when.conditions()) and count != CountBy()


@st.composite
def goals(draw: st.DrawFn, name: str, zone: ZoneInfo) -> Goal:
    """A goal with at least one side that is rewarded."""
    events = tuple(draw(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=2, unique=True)))
    count = draw(counts()) if len(events) == 1 else CountBy()
    when = draw(st.just(ALWAYS) | groups())
    has_minimum = not any(condition.field == "amount" for condition in when.conditions()) and draw(st.booleans())
    sides = draw(st.sampled_from([(Side.ADVOCATE,), (Side.FRIEND,), (Side.ADVOCATE, Side.FRIEND)]))
    return Goal(
        name=name,
        events=events,
        minimum=draw(amounts()) if has_minimum else None,
        when=when,
        count=CountBy() if _is_first_of_many(when, count) else count,
        within=draw(st.none() | days()),
        counted_from=draw(st.sampled_from(["joining", "click"])),
        most_times=draw(st.none() | st.integers(1, 20)),
        hold=draw(holds(events)),
        rewards=tuple(draw(rewards(side, zone)) for side in sides),
        says=draw(st.dictionaries(languages, prose, max_size=1)),
    )


@st.composite
def caps(draw: st.DrawFn, goal_names: list[str]) -> tuple[Cap, ...]:
    """Limits, each owner and period once, in the order of the file."""
    places = [("advocate", "friend")] + [
        (owner, period) for owner in ("advocate", "friend", "program") for period in PERIODS if period != "quarter"
    ]
    found = []
    for owner, period in sorted(draw(st.sets(st.sampled_from(places), max_size=3)), key=places.index):
        count, value = draw(st.tuples(st.none() | st.integers(1, 99), st.none() | _values()))
        about = draw(st.sets(st.sampled_from(goal_names), max_size=2))
        kept = count if count or value else 10
        found.append(Cap(owner=owner, period=period, count=kept, value=value, goals=frozenset(about)))
        for label in sorted(draw(st.sets(st.sampled_from(["miles", "more"]), max_size=1))):
            found.append(Cap(owner=owner, period=period, count=7, value=draw(_values()), label=label))
    return tuple(found)


def _values() -> st.SearchStrategy[Amount]:
    return st.sampled_from([CURRENCY, *UNITS]).flatmap(amounts)


@st.composite
def milestones(draw: st.DrawFn, name: str, zone: ZoneInfo, *, goal_names: list[str]) -> Milestone:
    """A reward for so many referrals."""
    return Milestone(
        name=name,
        at=draw(st.integers(1, 1000)),
        repeats=draw(st.booleans()),
        period=draw(st.sampled_from(PERIODS)),
        goals=frozenset(draw(st.sets(st.sampled_from(goal_names), max_size=2))),
        reward=draw(rewards(Side.ADVOCATE, zone, is_prize=True)),
    )


@st.composite
def contests(draw: st.DrawFn, name: str, zone: ZoneInfo) -> Contest:
    """A race to a number, or one for most in a period."""
    is_race = draw(st.booleans())
    return Contest(
        name=name,
        first_to=draw(st.integers(1, 100)) if is_race else None,
        period="lifetime" if is_race else draw(st.sampled_from(PERIODS)),
        winners=draw(st.integers(1, 100)),
        at_least=1 if is_race else draw(st.integers(1, 100)),
        partition=draw(st.sampled_from(["", "region"])),
        reward=draw(rewards(Side.ADVOCATE, zone, is_prize=True)),
    )


@st.composite
def raffles(draw: st.DrawFn, name: str, zone: ZoneInfo) -> Raffle:
    """A prize drawn by lot."""
    return Raffle(
        name=name,
        period=draw(st.sampled_from(PERIODS)),
        entries_per_referral=draw(st.integers(1, 100)),
        winners=draw(st.integers(1, 100)),
        reward=draw(rewards(Side.ADVOCATE, zone, is_prize=True)),
    )


@st.composite
def exclusions(draw: st.DrawFn, name: str) -> Exclusion:
    """Who cannot take part."""
    says = draw(st.dictionaries(languages, prose, max_size=2))
    return Exclusion(name=name, who=draw(st.sampled_from([None, *Side])), when=draw(groups()), says=says)


@st.composite
def units(draw: st.DrawFn, language: str) -> dict[str, dict[str, Names]]:
    """The names of every unit, in the program's language and in others."""
    forms = st.tuples(names, names).map(lambda pair: (("one", pair[0]), ("other", pair[1])))
    many = st.tuples(names, names, names).map(lambda three: tuple(zip(("one", "few", "other"), three, strict=True)))
    others = languages.filter(lambda other: other != language)
    return {unit: {language: draw(forms), **draw(st.dictionaries(others, forms | many, max_size=2))} for unit in UNITS}


def _named(few: int) -> st.SearchStrategy[list[str]]:
    return st.lists(slugs, max_size=few, unique=True)


event_names = st.dictionaries(languages, names, min_size=1, max_size=2)


@st.composite
def programs(draw: st.DrawFn, zone: ZoneInfo | None = None) -> Program:
    """A program as some file could say it: whatever this draws, a file can be written of and read again."""
    zone = zone or draw(st.sampled_from(ZONES))
    language = draw(st.sampled_from(["en", "es", "de"]))
    goal_names = draw(st.lists(slugs, min_size=1, max_size=3, unique=True))
    run = sorted(draw(st.lists(st.dates(date(2020, 1, 1), date(2199, 12, 31)), min_size=2, max_size=2)))
    return Program(
        id=draw(slugs),
        name=draw(names),
        zone=zone,
        currency=CURRENCY,
        language=language,
        units=draw(units(language)),
        events=draw(st.dictionaries(st.sampled_from(["trip.done", "check-out"]), event_names, max_size=2)),
        goals=tuple(draw(goals(name, zone)) for name in goal_names),
        caps=draw(caps(goal_names)),
        milestones=tuple(draw(milestones(name, zone, goal_names=goal_names)) for name in draw(_named(2))),
        contests=tuple(draw(contests(name, zone)) for name in draw(_named(2))),
        raffles=tuple(draw(raffles(name, zone)) for name in draw(_named(2))),
        exclusions=tuple(draw(exclusions(name)) for name in draw(_named(2))),
        touch=draw(st.sampled_from(Touch)),
        new_until=draw(st.sampled_from(["purchase", "signup"])),
        click_window=draw(days()),
        qualify_within=draw(days()),
        claim_within=draw(days()),
        late_claim=draw(days(0)),
        lapsed_after=draw(st.none() | days()),
        voucher_valid_for=draw(days()),
        applies_to_open=draw(st.booleans()),
        starts=midnight(run[0], zone) if draw(st.booleans()) else None,
        ends=end_of(run[1], zone) if draw(st.booleans()) else None,
        terms=draw(st.dictionaries(languages | st.just("en"), prose, max_size=2)),
        destination=draw(st.sampled_from([None, "https://example.com/?a=b#c"])),
        brand=draw(st.sampled_from([Brand(), Brand("#6a38cf", "brand/logo.png")])),
    )
