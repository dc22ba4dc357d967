"""`make bench`: measures everything, prints it, and writes it down."""

import argparse
from collections.abc import Callable
from pathlib import Path

from bench import (
    broadcasts,
    judging,
    leaders,
    machine,
    pictures,
    planning,
    purchases,
    redirects,
    simulating,
    starting,
    statuses,
)
from bench.report import Section
from bench.rounds import Shape
from bench.servers import quiet

RESULTS = Path(__file__).with_name("results.md")
_PREFACE = """# What we cost, against the floor

Written by `make bench`; `bench/README.md` says how to read it. Every ratio was taken in one run: contenders take turns
round by round, a ratio is the median of its rounds, and so are the other figures. The load generator is another process
on the same machine and takes its share of it. Where other people work on the machine at the same time, as they do where
this was written, absolute figures, p99 and the span from min to max are theirs as much as ours; the ratios move less,
and the ratios of processor time least."""

PARTS: dict[str, Callable[[Shape], Section]] = {
    "redirects": redirects.run,
    "leaders": lambda shape: leaders.run(shape.rounds),
    "judging": lambda shape: judging.run(shape.rounds),
    "simulating": lambda shape: simulating.run(min(shape.rounds, 3)),
    "pictures": lambda shape: pictures.run(shape.rounds),
    "starting": lambda shape: starting.run(shape.rounds),
    "statuses": statuses.run,
    "purchases": purchases.run,
    "planning": lambda shape: planning.run(shape.rounds),
    "broadcasts": lambda shape: broadcasts.run(shape.rounds),
}


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="Measures our cost against the floor.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0, help="of asking, for each contender in each round")
    given = parser.parse_args()
    if unknown := set(given.parts) - PARTS.keys():
        parser.error(f"There is no part {', '.join(sorted(unknown))}.")
    quiet()
    shape = Shape(connections=1, seconds=min(given.seconds, 10.0), rounds=min(max(given.rounds, 1), 20))
    written = [f"{_PREFACE}\n\nThe machine: {machine.description()} {shape.rounds} rounds of {shape.seconds:g} s."]
    print(written[0])
    for name in given.parts or PARTS:
        written.append(str(PARTS[name](shape)))
        print(f"\n{written[-1]}", flush=True)
    if not given.parts:
        RESULTS.write_text("\n\n".join(written) + "\n")


if __name__ == "__main__":
    main()
