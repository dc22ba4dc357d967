"""Whatever the program and whatever happens: every judgement is explained, and what it asks for helps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import event as noted
from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.conditions import Condition, Group, Operator
from referrals.judging import NEARNESS, judge
from referrals.money import Amount, parse_amount
from referrals.program import Program
from referrals.program_file import preset, read_program
from referrals.reported import Facts, Party, Reported, Standing
from tests.referrals.programs import programs

JOINED = datetime(2027, 3, 1, 9, tzinfo=UTC)
DEMO = read_program(preset("demo"), ZoneInfo("Europe/Berlin"))
GOAL = DEMO.goals[0]
BOUGHT = Reported(type="purchase", amount=Amount(2400, "EUR"), occurred_at=JOINED + timedelta(days=3))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@st.composite
def reports(draw: st.DrawFn, terms: Program) -> Reported:
    events = sorted({event for goal in terms.goals for event in goal.events} | {"review"})
    return Reported(
        type=draw(st.sampled_from(events)),
        amount=draw(st.none() | st.integers(0, 10**7).map(lambda minor: Amount(minor, terms.currency))),
        occurred_at=draw(MOMENTS),
        properties=draw(st.dictionaries(st.sampled_from(["product", "country", "category"]), st.text(max_size=5))),
    )


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_every_judgement_is_explained_whatever_the_program(data: st.DataObject) -> None:
    terms = data.draw(programs())
    event = data.draw(reports(terms))
    earlier = sorted(data.draw(st.lists(reports(terms), max_size=4)), key=lambda each: each.occurred_at)
    standing = Standing(
        state=data.draw(st.sampled_from(["joined", "qualified", "ineligible"])), joined_at=data.draw(MOMENTS)
    )
    judged = judge(Facts(event=event, program=terms, standing=standing, history=earlier))
    assert judged.decision.outcome in NEARNESS
    assert judged.decision.rule
    for verdict in judged.verdicts:
        assert verdict.is_reached or verdict.decision.saw
        for grant in verdict.grants:
            assert len(grant.amounts) == len(grant.rule.options)
            assert all(amount.minor >= 0 for amount in grant.amounts)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_what_would_change_it_does(data: st.DataObject) -> None:
    """Of the amount and the moment, which a program can name exactly: with what was asked for, that reason is gone."""
    terms = data.draw(programs())
    event = data.draw(reports(terms))
    known = Facts(event=event, program=terms, standing=Standing(state="joined", joined_at=data.draw(MOMENTS)))
    decision = judge(known).decision
    if decision.outcome not in {"below-minimum", "before-joining", "too-late"}:
        return
    bound = decision.would_change.split(" ", 1)[1]
    if decision.outcome == "below-minimum":
        goal = next(goal for goal in terms.goals if goal.minimum is not None and goal.minimum.decimal() == bound)
        assert goal.minimum is not None
        changed = replace(event, amount=goal.minimum)
    else:
        changed = replace(event, occurred_at=datetime.fromisoformat(bound))
    again = judge(replace(known, event=changed)).decision
    assert NEARNESS.index(again.outcome) > NEARNESS.index(decision.outcome) or again.rule != decision.rule


NUMERIC = [Operator.IS_AT_LEAST, Operator.IS_AT_MOST, Operator.IS_MORE_THAN, Operator.IS_LESS_THAN]
FIELDS = ["amount", "product", "country", "category", "property.size", "friend.plan", "advocate.vip"]
QUANTIFIERS = st.sampled_from(["all", "any"])
OF_TEXT = [each for each in Operator if each not in {*NUMERIC}]


@st.composite
def wishes(draw: st.DrawFn) -> Group:
    """Conditions on as many different fields, in groups within groups."""
    fields = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=6, unique=True))
    parts: list[Condition | Group] = [draw(wish(field)) for field in fields]
    cut = draw(st.integers(0, len(parts)))
    inner = draw(st.builds(Group, QUANTIFIERS, st.just(tuple(parts[:cut]))))
    return draw(st.builds(Group, QUANTIFIERS, st.just((*parts[cut:], inner) if cut else tuple(parts))))


@st.composite
def wish(draw: st.DrawFn, field: str) -> Condition:
    if field == "amount":
        return Condition(
            field, draw(st.sampled_from(NUMERIC)), (draw(st.sampled_from([Decimal(5), Decimal("30.50")])),)
        )
    values = draw(st.lists(st.sampled_from(["tea", "DE", "tent"]), min_size=1, max_size=2, unique=True))
    return Condition(field, draw(st.sampled_from(OF_TEXT)), tuple(values))


def granted(wanted: str, known: Facts, field: str) -> Facts:
    """Change the facts as a decision asks for, and nothing else."""
    operator, _, value = wanted.partition(" ")
    if field == "amount":
        more = {"is_more_than": 1, "is_less_than": -1}.get(operator, 0)
        return replace(known, event=replace(known.event, amount=parse_amount(str(Decimal(value) + more), "EUR")))
    text = "else" if operator in {"is_not", "is_none_of", "does_not_contain"} else value.split(", ")[0]
    kind, _, name = field.partition(".")
    if kind in {"friend", "advocate"}:
        return replace(known, **{kind: Party(attributes={name: text})})  # type: ignore[arg-type]  # one of the two
    properties = {**known.event.properties, name or kind: text}
    return replace(known, event=replace(known.event, properties=properties))


@settings(max_examples=200, deadline=None)
@given(wishes(), st.dictionaries(st.sampled_from(["product", "country", "size"]), st.sampled_from(["tea", "DE"])))
def test_an_event_with_what_a_decision_asks_for_reaches_the_goal(group: Group, properties: dict[str, str]) -> None:
    terms = replace(DEMO, goals=(replace(GOAL, minimum=None, when=group),))
    event = replace(BOUGHT, properties=properties)
    known = Facts(event=event, program=terms, standing=Standing(state="joined", joined_at=JOINED))
    decision = judge(known).decision
    noted(decision.outcome)
    if decision.outcome != "qualified":
        asked = decision.would_change.split("; ")
        for wanted in asked:
            field, _, rest = wanted.partition(" ")
            if len(asked) == 1:
                field, rest = decision.rule.removeprefix(f"{GOAL.name}."), wanted
            known = granted(rest, known, field)
        assert judge(known).decision.outcome == "qualified"
