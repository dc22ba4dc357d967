"""A file of its own for one simulation: what a long history leaves behind does not have to fit into memory."""

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from referrals.caps import Take
from referrals.money import Amount
from referrals.prizes import Contender, Entrant
from referrals.reported import Reported
from referrals.simulation_records import Gift, Known, Past, Taken

# Customers kept at hand, twice: some 30 MB.
AT_HAND = 20_000
_TABLES = """
CREATE TABLE customers (id TEXT PRIMARY KEY, known TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE events (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, friend TEXT NOT NULL, told TEXT NOT NULL);
CREATE INDEX events_of_friend ON events (friend, number);
CREATE TABLE caps (name TEXT, owner TEXT, period TEXT, unit TEXT, count INTEGER NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (name, owner, period, unit)) WITHOUT ROWID;
CREATE TABLE completions (friend TEXT PRIMARY KEY, advocate TEXT NOT NULL, at INTEGER NOT NULL,
    is_listed INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE INDEX completions_to_list ON completions (at, friend, advocate) WHERE is_listed = 0;
CREATE INDEX completions_of_advocate ON completions (advocate, is_listed);
CREATE INDEX completions_by_time ON completions (at, advocate);
"""
# So many completed referrals are looked up at once.
_ARRIVALS = 500
_BEGAN = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_WITHIN = "FROM completions WHERE at >= ? AND at < ? GROUP BY advocate"
_MOMENTS = ("since", "last_bought", "joined_at", "completes")
_REST = (
    "advocate",
    "ended",
    "latest",
    "reached",
    "counted",
    "turned_down",
    "referrals",
    "milestones",
    "prizes",
    "attributes",
)


class Scratch:
    """Remembers a simulated history in a temporary SQLite file, which goes when the simulation is over."""

    def __init__(self, at_hand: int = AT_HAND) -> None:
        self._at_hand = at_hand
        # Two generations: whoever is met stays among the young; when those are too many the old are put away.
        self._young: dict[str, Known] = {}
        self._old: dict[str, Known] = {}

    def __enter__(self) -> Self:
        """Make the file."""
        self._folder = tempfile.TemporaryDirectory(prefix="grapevine-")
        self._file = sqlite3.connect(Path(self._folder.name) / "simulation.db", isolation_level=None)
        # Nothing here outlives the process, so nothing has to be safe from its death.
        self._file.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000;" + _TABLES)
        self._file.execute("BEGIN")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Throw the file away."""
        self._file.close()
        self._folder.cleanup()

    def customer(self, customer: str) -> Known:
        """Recall a customer, or begin to know one; what is changed there is remembered."""
        known = self._young.get(customer)
        if known is None:
            known = self._old.pop(customer, None) or self._read(customer)
            self._young[customer] = known
        return known

    def put_away(self) -> None:
        """Write down those who were not met for longest, if there are too many.

        Only between two rows: a row holds several customers, and what it changes after they were written down is lost.
        """
        if len(self._young) < self._at_hand:
            return
        rows = [(customer, _noted(known)) for customer, known in self._old.items()]
        self._file.executemany("INSERT OR REPLACE INTO customers VALUES (?, ?)", rows)
        self._old, self._young = self._young, {}

    @property
    def at_hand(self) -> int:
        """How many customers are held in memory."""
        return len(self._young) + len(self._old)

    def take(self, take: Take) -> bool:
        """Take a place under a cap, unless it is full."""
        key = (take.cap.name, take.owner, take.period, take.unit)
        row = self._file.execute(
            "SELECT count, value FROM caps WHERE name = ? AND owner = ? AND period = ? AND unit = ?", key
        ).fetchone()
        count, value = row or (0, 0)
        if take.most_count is not None and count + 1 > take.most_count:
            return False
        if take.most_value is not None and value + take.worth > take.most_value:
            return False
        self._file.execute(
            "INSERT OR REPLACE INTO caps VALUES (?, ?, ?, ?, ?, ?)", (*key, count + 1, value + take.worth)
        )
        return True

    def give_back(self, taken: Taken) -> None:
        """Give a place back."""
        *key, worth = taken
        self._file.execute(
            "UPDATE caps SET count = count - 1, value = value - ?"
            " WHERE name = ? AND owner = ? AND period = ? AND unit = ?",
            (worth, *key),
        )

    def lower(self, taken: Taken, to: int) -> None:
        """Give back the worth by which what is taken has become less, and keep the place."""
        *key, worth = taken
        self._file.execute(
            "UPDATE caps SET value = value - ? WHERE name = ? AND owner = ? AND period = ? AND unit = ?",
            (worth - to, *key),
        )

    def remember(self, past: Past) -> None:
        """Remember an event, or what has become of it."""
        self._file.execute(
            "INSERT INTO events (id, friend, told) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET told = excluded.told",
            (past.key, past.friend, _written(past)),
        )

    def recall(self, key: str) -> Past | None:
        """Recall an event."""
        row = self._file.execute("SELECT id, friend, told FROM events WHERE id = ?", (key,)).fetchone()
        return _past(*row) if row else None

    def past_of(self, friend: str) -> Sequence[Past]:
        """List the remembered events of a friend, oldest first."""
        rows = self._file.execute("SELECT id, friend, told FROM events WHERE friend = ? ORDER BY number", (friend,))
        return [_past(*row) for row in rows]

    def complete(self, friend: str, advocate: str, at: datetime) -> None:
        """Remember when a referral is completed, which may be later than now."""
        self._file.execute(
            "INSERT INTO completions (friend, advocate, at) VALUES (?, ?, ?) ON CONFLICT (friend) DO NOTHING",
            (friend, advocate, _ticks(at)),
        )

    def uncomplete(self, friend: str) -> None:
        """Forget it again."""
        self._file.execute("DELETE FROM completions WHERE friend = ?", (friend,))

    def arrivals(self, until: datetime) -> Iterator[tuple[str, datetime]]:
        """List whose referrals were completed until now and when, each once, in the order of time."""
        query = (
            "SELECT friend, advocate, at FROM completions WHERE is_listed = 0 AND at <= ? ORDER BY at, friend LIMIT ?"
        )
        while rows := self._file.execute(query, (_ticks(until), _ARRIVALS)).fetchall():
            for friend, advocate, at in rows:
                self._file.execute("UPDATE completions SET is_listed = 1 WHERE friend = ?", (friend,))
                yield advocate, _moment(at)

    def next_arrival(self) -> datetime | None:
        """Say when the next referral is completed that was not listed yet."""
        (at,) = self._file.execute("SELECT min(at) FROM completions WHERE is_listed = 0").fetchone()
        return None if at is None else _moment(at)

    def score(self, advocate: str) -> int:
        """Count an advocate's completed referrals among those that were listed."""
        query = "SELECT count(*) FROM completions WHERE advocate = ? AND is_listed = 1"
        return int(self._file.execute(query, (advocate,)).fetchone()[0])

    def last_completion(self) -> datetime | None:
        """Say when the last referral is completed."""
        (at,) = self._file.execute("SELECT max(at) FROM completions").fetchone()
        return None if at is None else _moment(at)

    def ranked(self, since: datetime | None, until: datetime, at_least: int) -> Iterator[Contender]:
        """List who completed how many in a period: the most first, of equals who got there first."""
        query = f"SELECT advocate, count(*), max(at) {_WITHIN} HAVING count(*) >= ? ORDER BY 2 DESC, 3, 1"
        for advocate, score, at in self._file.execute(query, (*_period(since, until), at_least)):
            yield Contender(customer=advocate, score=score, since=_moment(at))

    def entrants(self, since: datetime | None, until: datetime, entries_each: int) -> Iterable[Entrant]:
        """List the entries of a period in the order of ids, as often as they are read."""
        return _Entrants(self._file, _period(since, until), entries_each)

    def _read(self, customer: str) -> Known:
        row = self._file.execute("SELECT known FROM customers WHERE id = ?", (customer,)).fetchone()
        return _known(row[0]) if row else Known()


@dataclass(frozen=True)
class _Entrants:
    """The entries of a raffle, read anew each time: a draw goes through them once for each winner."""

    file: sqlite3.Connection
    within: tuple[int, int]
    each: int

    def __iter__(self) -> Iterator[Entrant]:
        query = f"SELECT advocate, count(*) {_WITHIN} ORDER BY advocate"
        for advocate, completed in self.file.execute(query, self.within):
            yield Entrant(customer=advocate, entries=completed * self.each)


def _ticks(at: datetime) -> int:
    return (at - _BEGAN) // _TICK


def _moment(ticks: int) -> datetime:
    return _BEGAN + ticks * _TICK


def _period(since: datetime | None, until: datetime) -> tuple[int, int]:
    return (0 if since is None else _ticks(since)), _ticks(until)


def _noted(known: Known) -> str:
    """Write down a customer; only what is there, as of most only the first purchase is known."""
    moments = {name: at.isoformat() for name in _MOMENTS if (at := getattr(known, name)) is not None}
    return json.dumps(moments | {name: value for name in _REST if (value := getattr(known, name))})


def _known(text: str) -> Known:
    told = json.loads(text)
    for name in _MOMENTS:
        if name in told:
            told[name] = datetime.fromisoformat(told[name])
    return Known(**told)


def _written(past: Past) -> str:
    event = past.event
    amount = (event.amount.minor, event.amount.unit) if event.amount is not None else None
    told = (event.type, amount, event.occurred_at.isoformat(), event.source, dict(event.properties), past.gifts)
    return json.dumps(told)


def _past(key: str, friend: str, text: str) -> Past:
    kind, amount, at, source, properties, gifts = json.loads(text)
    event = Reported(
        type=kind,
        amount=Amount(*amount) if amount else None,
        occurred_at=datetime.fromisoformat(at),
        source=source,
        properties={name: value if isinstance(value, str) else tuple(value) for name, value in properties.items()},
    )
    return Past(key, friend, event, tuple(_gift(gift) for gift in gifts))


def _gift(told: list[object]) -> Gift:
    gift = Gift(*told)  # type: ignore[arg-type]  # as it was written a moment ago
    options, taken = (tuple(tuple(each) for each in listed) for listed in (gift.options, gift.taken))
    return gift._replace(options=options, taken=taken)  # type: ignore[arg-type]  # lists in JSON
