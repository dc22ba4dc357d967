"""The parts of the soak that send: every misfortune of a delivery, at length, counted."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from bench import databases
from bench.report import Table
from bench.soak import clock_changes, deliveries
from bench.soak.deliveries import PER_SECOND, Misfortune, Tally
from bench.soak.findings import Finding
from tests import postgres

_PEOPLE = 5000
_SEED = 20261122
_DEATHS, _RESTARTS, _TROUBLES = 12, 3, 200
_WHAT = (
    "Each of them is to get a notice about a reward, a campaign's message and the weekly leaderboard, at "
    f"{PER_SECOND:,} messages a second, from a Telegram that refuses what is too fast. *Lost* is a reward that did not "
    "arrive, or marketing that is said to have been sent and did not. *Repeated* are rewards that came twice, as they "
    "may. *Unknown* is marketing that was begun when its worker died or the platform gave no answer: it is not "
    "repeated, and some of it did *not arrive*."
)
_HEADINGS = (
    "", "people", "deaths", "429", "lost", "marketing doubled", "repeated", "unknown", "of these not arrived", "slots",
)  # fmt: skip


def killed(is_quick: bool) -> Finding:  # noqa: FBT001  # the one shape of every part
    """Three workers on PostgreSQL, killed at random."""
    deaths = 2 if is_quick else _DEATHS
    with databases.postgresql("killed") as url:
        tally = _go(partial(deliveries.killed, seed=_SEED, deaths=deaths), url, is_quick=is_quick)
    how = f"Three workers share one PostgreSQL; {deaths} times one of them is killed with `kill -9` and replaced, after"
    return _found("Workers killed while they send", f"{how} a number of messages that the seed {_SEED} says.", tally)


def survived(is_quick: bool) -> Finding:  # noqa: FBT001  # likewise
    """Two whole services on PostgreSQL, one of them killed for good."""
    with databases.postgresql("survived") as url:
        tally = _go(deliveries.survived, url, is_quick=is_quick, roles=deliveries.ALL_ROLES)
    how = (
        "Two whole services (web, chat and worker) share one PostgreSQL. The one that answers in chat is killed with "
        "`kill -9` in the middle and not started again; the other must send what is left, and answer in chat."
    )
    return _found("A whole service killed for good", how, tally)


def restarted(is_quick: bool) -> Finding:  # noqa: FBT001  # likewise
    """Two workers, and PostgreSQL restarted under them."""
    times = 1 if is_quick else _RESTARTS
    with _restartable() as (url, restart):
        tally = _go(partial(deliveries.restarted, restart=restart, times=times), url, is_quick=is_quick)
    return _found("The database restarted in the middle", f"Two workers; PostgreSQL is restarted {times} times.", tally)


def stormed(is_quick: bool) -> Finding:  # noqa: FBT001  # likewise
    """One worker, and a platform in a storm, on both databases."""
    troubles = _TROUBLES // 10 if is_quick else _TROUBLES
    tallies = {}
    for kind, opened in (("SQLite", databases.sqlite), ("PostgreSQL", partial(databases.postgresql, "stormed"))):
        with opened() as url:
            misfortune = partial(deliveries.stormed, seed=_SEED, troubles=troubles)
            tallies[kind] = _go(misfortune, url, is_quick=is_quick)
    how = f"{troubles} calls (at random, seed {_SEED}) meet a 429, a 500, a 502 after delivery, or silence around it."
    return _found("A platform in a storm", how, *tallies.values(), kinds=list(tallies))


def doubled(is_quick: bool) -> Finding:  # noqa: FBT001  # likewise
    """Two instances on one file."""
    with databases.sqlite() as url:
        tally = _go(deliveries.doubled, url, is_quick=is_quick)
    return _found("Two instances by mistake", "The service is started twice on the same SQLite file.", tally)


def clocks(is_quick: bool) -> Finding:  # noqa: FBT001  # likewise
    """A clock that jumps over a daylight-saving change, both ways, on both databases."""
    rows, broken = [], []
    for season, change in clock_changes.CHANGES.items():
        for kind, opened in (("SQLite", databases.sqlite), ("PostgreSQL", partial(databases.postgresql, "clocks"))):
            with opened() as url:
                people = _PEOPLE // 10 if is_quick else _PEOPLE
                beaten = asyncio.run(clock_changes.across(change, database_url=url, people=people))
            counted = (people, beaten.beats, len(beaten.slots), beaten.undone, beaten.lost, beaten.doubled)
            rows.append([f"{season}, {kind}", *(f"{number:,}" for number in counted)])
            broken += beaten.broken
    how = (
        "Three schedulers beat over one database from before the change in Berlin until Tuesday, while the clock is "
        "set an hour forth and back, at the change and again on Monday at nine, when the weekly leaderboard is due."
    )
    table = Table(["", "people", "beats", "slots", "not done", "lost", "marketing doubled"], rows)
    return Finding(title="Clocks that jump", how=how, parts=[table], broken=broken)


def _go(misfortune: Misfortune, url: str, *, is_quick: bool, roles: str = "worker") -> Tally:
    people = _PEOPLE // 10 if is_quick else _PEOPLE
    return asyncio.run(deliveries.through(misfortune, database_url=url, people=people, roles=roles))


def _found(title: str, how: str, *tallies: Tally, kinds: Sequence[str] = ("",)) -> Finding:
    rows = [[kind, *_row(tally)] for kind, tally in zip(kinds, tallies, strict=True)]
    broken = [what for tally in tallies for what in tally.broken]
    return Finding(title=title, how=f"{how} {_WHAT}", parts=[Table(_HEADINGS, rows)], broken=broken)


def _row(tally: Tally) -> list[str]:
    counted = (tally.people, tally.deaths, tally.refused, tally.lost, tally.doubled, tally.repeated, tally.unknown)
    return [*(f"{number:,}" for number in (*counted, tally.missed)), f"{tally.slots - tally.slots_undone} done once"]


@contextmanager
def _restartable() -> Iterator[tuple[str, Callable[[], None]]]:
    with postgres.restartable() as (admin_url, restart):
        url = asyncio.run(postgres.create_database(admin_url, "grapevine"))
        yield url.replace("postgresql://", "postgresql+asyncpg://", 1), restart
