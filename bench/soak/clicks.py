"""`kill -9` of the redirect under load, again and again: no click may be lost whose answer was seen."""

from bench import databases
from bench.processes import serving
from bench.report import Table
from bench.soak.findings import Finding
from bench.soak.visiting import visit

_ADVOCATES = 16
_CONNECTIONS = 64
_DEATHS = 20
# Successive multiples of the golden ratio fall everywhere between two whole numbers and never twice at one place.
_GOLDEN = 0.6180339887
_HOW = (
    f"{_CONNECTIONS} keep-alive connections follow sixteen links without a pause; after one to two seconds the whole "
    "service is killed with `kill -9` while answers are under way, and started again on the same database. Every click "
    "named in a `Location` that was read to its end must be a row afterwards. *Further rows* are clicks that were "
    "committed when the service died before their answer was read. SQLite: WAL, `synchronous=FULL`; PostgreSQL: "
    "`fsync` and `synchronous_commit` on. A kill of the process, not a power cut: what the kernel holds survives it."
)


def run(is_quick: bool) -> Finding:  # noqa: FBT001  # the one shape of every part
    """Kill on both databases."""
    deaths = _DEATHS // 10 if is_quick else _DEATHS
    rows, broken = [], []
    for kind, opened in (("SQLite", databases.sqlite), ("PostgreSQL", databases.postgresql)):
        with opened() as url:
            told = [number for death in range(deaths) for number in _one_life(url, death)]
            kept = databases.click_numbers(url)
        lost = set(told) - kept
        rows.append([kind, f"{deaths}", f"{len(told):,}", f"{len(lost):,}", f"{len(kept) - len(told) + len(lost):,}"])
        if lost:
            broken.append(f"{len(lost):,} clicks whose answer was seen are not in {kind}.")
    table = Table(["", "deaths", "answers seen", "of these lost", "further rows"], rows)
    return Finding(title="Clicks, when the service is killed", how=_HOW, parts=[table], broken=broken)


def _one_life(url: str, death: int) -> list[int]:
    with serving("service", database_url=url, roles=["web"], advocates=_ADVOCATES) as server:
        return visit(
            server.port,
            server.facts["codes"],
            connections=_CONNECTIONS,
            seconds=1 + death * _GOLDEN % 1,
            kill=server.kill,
        )
