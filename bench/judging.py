"""Judging one purchase against a large program, against reading that purchase's JSON."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

from bench.report import Section, Table
from bench.rounds import ratio
from referrals.judging import judge
from referrals.money import parse_amount
from referrals.program import Program
from referrals.program_file import read_program
from referrals.reported import Facts, Party, Reported, Standing

GOALS, CONDITIONS = 20, 50
_TIMES = 2000
_JOINED = datetime(2027, 3, 1, tzinfo=UTC)
CUSTOMER = {"identities": [{"platform": "shop", "subject": "c-4711"}], "attributes": {"plan": "plus", "city": "Ulm"}}
EVENT = json.dumps(
    {
        "source": "shop",
        "id": "order-100042",
        "type": "purchase",
        "customer": CUSTOMER,
        "amount": "129.90",
        "currency": "EUR",
        "occurred_at": "2027-03-05T10:15:00+00:00",
        "properties": {"product": "tent", "category": "outdoor", "country": "DE", "channel": "web"},
    }
)
_HOW = (
    f"The rules alone, with everything they look at in memory: one purchase against a program of {GOALS} goals for "
    f"purchases with {CONDITIONS} conditions between them, four in five of them met. A goal's reasons are put together "
    "when somebody asks for them; the last row asks every goal. The floor is `json.loads` of that purchase as the "
    "shop sends it. The target of at most 30 is for the second row."
)


def run(rounds: int) -> Section:
    """Measure a judgement's microseconds, round by round."""
    facts = _facts(large_program())
    works: dict[str, Callable[[], object]] = {
        "json.loads of the event": lambda: json.loads(EVENT),
        f"judged: {len(judge(facts).reached)} goals reached": lambda: judge(facts),
        "judged, and every goal's answer explained": lambda: [verdict.decision for verdict in judge(facts).verdicts],
    }
    taken: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            took = _microseconds(work)
            if number:  # the first round warms up
                taken[name].append(took)
    floors = next(iter(taken.values()))
    rows = [[name, f"{median(took):.1f}", f"{ratio(took, floors):.1f}"] for name, took in taken.items()]
    table = Table(["one purchase", "µs", "× floor"], rows)
    return Section(title="Judging a purchase", how=_HOW, parts=[table])


def large_program() -> Program:
    """Write a program of many goals, each with two or three conditions, and read it as an owner's file is read."""
    kinds = (
        '{ field = "country", is_one_of = ["DE", "AT", "CH"] }',
        '{ field = "category", is_not = "outdoor" }',
        '{ field = "amount", is_at_least = "100.00" }',
        '{ field = "product", starts_with = "te" }',
        '{ field = "friend.plan", is = "plus" }',
    )
    text = ['[program]\nid = "large"\nname = "Large"\ncurrency = "EUR"\n']
    written = 0
    for number in range(GOALS):
        wanted = (number + 1) * CONDITIONS // GOALS - written
        parts = ", ".join(kinds[(written + place) % len(kinds)] for place in range(wanted))
        written += wanted
        text.append(
            f'[goals.goal-{number}]\nevent = "purchase"\nminimum = "{number + 1}.00"\nall = [{parts}]\n'
            f'[goals.goal-{number}.advocate]\namount = "5.00"\n'
        )
    return read_program("\n".join(text), ZoneInfo("Europe/Berlin"))


def _facts(program: Program) -> Facts:
    told = json.loads(EVENT)
    event = Reported(
        type=told["type"],
        amount=parse_amount(told["amount"], told["currency"]),
        occurred_at=datetime.fromisoformat(told["occurred_at"]),
        source=told["source"],
        properties=told["properties"],
    )
    standing = Standing(state="joined", joined_at=_JOINED - timedelta(days=1))
    friend = Party(attributes=told["customer"]["attributes"])
    return Facts(event=event, program=program, standing=standing, friend=friend)


def _microseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    for _ in range(_TIMES):
        work()
    return (perf_counter() - began) / _TIMES * 1_000_000
