"""Interleaved rounds under load: each contender in turn, so that a noisy moment meets all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from bench.load import Job
from bench.processes import Load, Server
from bench.report import Table

_WARMING_ROUNDS = 1  # the first round fills caches and compiles statements; it is not counted


@dataclass(kw_only=True)
class Measured:
    """One contender's figures, one of each kind for each round."""

    answers: int = 0
    others: int = 0
    rates: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # microseconds of the server for each answer


@dataclass(frozen=True, kw_only=True)
class Contender:
    """A server and what it is asked."""

    server: Server
    requests: Sequence[str]
    status: int
    number_from: int = 0


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How hard and how long each contender is asked in each round."""

    connections: int
    seconds: float
    rounds: int
    limit: int = 100_000


def compare(contenders: Mapping[str, Contender], load: Load, shape: Shape) -> dict[str, Measured]:
    """Ask each contender in turn, round after round; every answer counts, the first round's figures do not."""
    measured = {name: Measured() for name in contenders}
    for number in range(shape.rounds + _WARMING_ROUNDS):
        for name, contender in contenders.items():
            _one_round(measured[name], contender, load, shape=shape, is_counted=number >= _WARMING_ROUNDS)
    return measured


def _one_round(into: Measured, contender: Contender, load: Load, *, shape: Shape, is_counted: bool) -> None:
    job = Job(
        port=contender.server.port,
        requests=list(contender.requests),
        status=contender.status,
        connections=shape.connections,
        seconds=shape.seconds if is_counted else shape.seconds / 2,
        limit=shape.limit,
        first=contender.number_from + into.answers + into.others,
    )
    before = contender.server.cpu()
    tally = load.measure(job)
    used = contender.server.cpu() - before
    into.answers += tally.answers
    into.others += tally.others
    if is_counted and tally.answers:
        into.rates.append(tally.answers / tally.seconds)
        into.p50.append(tally.p50)
        into.p99.append(tally.p99)
        into.cpu.append(used / tally.answers * 1_000_000)


def table(measured: Mapping[str, Measured], *, first: str) -> Table:
    """Set the figures side by side; the first contender is the floor."""
    floor = next(iter(measured.values()))
    headings = [first, "answers/s (min–max)", "p50 ms", "p99 ms", "CPU µs", "× floor", "× floor, CPU", "other answers"]
    rows = [
        [
            name,
            f"{median(one.rates):,.0f} ({min(one.rates):,.0f}–{max(one.rates):,.0f})",
            f"{median(one.p50):.2f}",
            f"{median(one.p99):.2f}",
            f"{median(one.cpu):.0f}",
            f"{ratio(one.rates, floor.rates):.2f}",
            f"{ratio(floor.cpu, one.cpu):.2f}",
            f"{one.others}",
        ]
        for name, one in measured.items()
    ]
    return Table(headings, rows)


def ratio(ours: Sequence[float], floors: Sequence[float]) -> float:
    """Take the median of the ratios of each round: what slows a moment slows both sides of its ratio."""
    return median(our / floor for our, floor in zip(ours, floors, strict=True))


def longer(shape: Shape, *, connections: int) -> Shape:
    """Return the same shape with another number of connections."""
    return replace(shape, connections=connections)
