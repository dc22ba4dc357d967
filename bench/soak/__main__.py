"""`make soak`: runs every misfortune at length, prints what was counted, and writes it into docs/reliability.md."""

import argparse
import sys
from collections.abc import Callable

from bench import machine
from bench.servers import quiet
from bench.soak import clicks, delivering
from bench.soak.findings import Finding, write_down

# One module for each part; `run` does it, at a tenth of its length when told to hurry.
PARTS: dict[str, Callable[[bool], Finding]] = {
    "clicks": clicks.run,
    "workers": delivering.killed,
    "services": delivering.survived,
    "restarts": delivering.restarted,
    "storms": delivering.stormed,
    "instances": delivering.doubled,
    "clocks": delivering.clocks,
}


def main() -> None:
    """Run what was asked for; the exit code is 1 when something that must not happen did."""
    parser = argparse.ArgumentParser(prog="make soak ARGS=…", description="Does harm at length, and counts the losses.")
    parser.add_argument("parts", nargs="*", metavar="part", help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="a tenth of the length; only prints")
    given = parser.parse_args()
    if unknown := set(given.parts) - PARTS.keys():
        parser.error(f"There is no part {', '.join(sorted(unknown))}.")
    quiet()
    has_failed = False
    for name in given.parts or PARTS:
        finding = PARTS[name](given.quick)
        print(f"\n{finding}", flush=True)
        has_failed |= bool(finding.broken)
        if not given.quick:
            write_down(name, finding, machine.description())
    sys.exit(has_failed)


if __name__ == "__main__":
    main()
