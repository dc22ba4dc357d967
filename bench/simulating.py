"""A history replayed against a program, against reading the same file with `csv.reader`."""

import csv
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import blake2b
from pathlib import Path
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

from bench.report import Section, Table
from bench.rounds import ratio
from bot.cli.histories import History
from referrals.program import Program
from referrals.program_file import preset, read_program
from referrals.simulating import Simulation
from storage.scratch import Scratch

# The million of the aim takes some three minutes: GRAPEVINE_BENCH_PURCHASES=1000000.
_ROWS = int(os.environ.get("GRAPEVINE_BENCH_PURCHASES", "200000"))
_BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
_COUNTING = """
[program]
id = "counting"
name = "Counting"
currency = "EUR"
[goals.regular]
event = "purchase"
count = 5
repeats = true
hold_days = 14
[goals.regular.advocate]
percent = "10"
[goals.regular.friend]
amount = "5.00"
[caps.advocate.month]
value = "50.00"
"""
_HOW = (
    f"{_ROWS:,} purchases and refunds of a shop in one file, 30 seconds apart: 30 % of the rows are of somebody new, "
    "of whom 30 % were invited; 2 % are refunds. `csv.reader` splits the lines into cells and does nothing with them; "
    "ours is all of `grapevine program simulate` but the start of Python. Processor time of one core; memory is the "
    "most a process of its own ever held, for the file and for its first fifth."
)


def run(rounds: int) -> Section:
    """Measure rows per second, round by round, and the memory of a small and a large file."""
    with tempfile.TemporaryDirectory(prefix="grapevine-bench-") as folder:
        large, small = Path(folder) / "large.csv", Path(folder) / "small.csv"
        _write(large, _ROWS)
        _write(small, _ROWS // 5)
        programs = {"demo": preset("demo"), "counting": _COUNTING}
        floors = [_seconds(lambda: _split(large)) for _ in range(rounds)]
        rows = [["csv.reader", f"{_ROWS / median(floors):,.0f}", "1.0", "", ""]]
        for name, text in programs.items():
            program = read_program(text, ZoneInfo("Europe/Berlin"))
            ours = [_seconds(partial(replay, large, program)) for _ in range(rounds)]
            peaks = [f"{_peak(file, name):,.0f}" for file in (small, large)]
            rows.append([_NAMES[name], f"{_ROWS / median(ours):,.0f}", f"{ratio(ours, floors):.1f}", *peaks])
    headings = ["contender", "rows a second", "× the floor's time", f"MB, {_ROWS // 5:,} rows", f"MB, {_ROWS:,} rows"]
    return Section(title="Simulating a program", how=_HOW, parts=[Table(headings, rows)])


_NAMES = {"demo": "the demo program", "counting": "one that counts: every fifth purchase, 10 %, a cap"}


def replay(file: Path, program: Program) -> Simulation:
    """Let everything in a file happen."""
    with file.open(encoding="utf-8-sig", newline="") as history, Scratch() as memory:
        simulation = Simulation(program, memory)
        for row in History(history, program, program.zone).rows():
            simulation.play(row)
        simulation.finish()
    return simulation


def _split(file: Path) -> None:
    with file.open(encoding="utf-8-sig", newline="") as history:
        for _ in csv.reader(history):
            pass


def _seconds(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def _peak(file: Path, program: str) -> float:
    """Return the most megabytes that a process of its own held while it replayed a file."""
    words = [sys.executable, "-m", "bench.simulating", str(file), program]
    answer = subprocess.run(words, capture_output=True, text=True, check=True)
    return float(answer.stdout)


def _write(file: Path, rows: int) -> None:
    with file.open("w", encoding="utf-8", newline="") as history:
        writer = csv.writer(history)
        writer.writerow(["at", "customer", "id", "type", "amount", "refers_to", "invited_by", "product"])
        writer.writerows(_history(rows))


def _history(rows: int) -> Iterator[list[str]]:
    """Yield rows that are the same on every machine: each draws from the digest of its number."""
    people: list[str] = []
    for number in range(rows):
        dice = blake2b(str(number).encode(), digest_size=24).digest()
        new, invited, refunded, who, whom, cents = (
            int.from_bytes(dice[place : place + 4], "big") for place in range(0, 24, 4)
        )
        at = (_BEGINS + timedelta(seconds=30 * number)).isoformat()
        if people and refunded % 100 < 2:
            yield [at, "", f"r{number}", "refund", "5.00", f"o{number - 1 - cents % 100}", "", ""]
            continue
        is_new = not people or new % 100 < 30
        # Nine in ten of those who come again are among the last who came for the first time.
        recent = people if who % 10 == 0 else people[-20_000:]
        customer = f"c{number}" if is_new else recent[whom % len(recent)]
        by = people[-1 - whom % min(len(people), 50_000)] if is_new and people and invited % 100 < 30 else ""
        if is_new:
            people.append(customer)
        amount = f"{3 + cents % 87}.{cents % 100:02}"
        yield [at, customer, f"o{number}", "purchase", amount, "", by, "tea" if cents % 2 else "cake"]


def _main() -> None:
    """Replay one file, and print the most memory that took."""
    file, name = sys.argv[1:]
    text = _COUNTING if name == "counting" else preset(name)
    replay(Path(file), read_program(text, ZoneInfo("Europe/Berlin")))
    # Megabytes: Linux counts in kB, macOS in bytes.
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(most / (1024 if sys.platform == "linux" else 1024 * 1024))


if __name__ == "__main__":
    _main()
