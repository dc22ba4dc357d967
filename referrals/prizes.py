"""Prizes: what completed referrals lead to beyond the reward for each, in milestones, contests and raffles."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from referrals.program import Contest, Milestone, Raffle

# Holds that pass in the last moment of a period are worked through by then.
GRACE = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Contender:
    """An advocate in a contest: so many completed referrals in its period, the last of which came at `since`."""

    customer: str
    score: int
    since: datetime
    partition: str = ""


@dataclass(frozen=True, kw_only=True)
class Entrant:
    """An advocate in a raffle, with so many entries."""

    customer: str
    entries: int


def milestones_reached(milestone: Milestone, *, before: int, after: int) -> tuple[int, ...]:
    """Say which times a milestone was reached between two numbers of completed referrals: 1 for the first."""
    first, last = before // milestone.at + 1, after // milestone.at
    if not milestone.repeats:
        last = min(last, 1)
    return tuple(range(first, last + 1))


def milestone_left(milestone: Milestone, number: int) -> int:
    """Say how many more completed referrals the next milestone needs; 0 when there is none left."""
    if not milestone.repeats and number >= milestone.at:
        return 0
    return milestone.at - number % milestone.at


def has_won(contest: Contest, score: int) -> bool:
    """Tell whether a contest for the first is won with this score, as long as there are prizes left."""
    return contest.first_to is not None and score >= contest.first_to


def winners(contest: Contest, contenders: Sequence[Contender]) -> dict[str, tuple[Contender, ...]]:
    """Find who has won in each part of a contest for most: of equals, who got there first; then the smaller id."""
    found: dict[str, tuple[Contender, ...]] = {}
    enough = [contender for contender in contenders if contender.score >= max(1, contest.at_least)]
    for part in sorted({contender.partition for contender in enough}):
        inside = [contender for contender in enough if contender.partition == part]
        inside.sort(key=lambda contender: (-contender.score, contender.since, contender.customer))
        found[part] = tuple(inside[: contest.winners])
    return found


def drawn(raffle: Raffle, entrants: Sequence[Entrant], seed: bytes) -> tuple[str, ...]:
    """Draw the winners of a raffle: whoever has the seed and the entries can draw again and will find the same.

    Entrants stand in order of id; an entry's number decides. Nobody wins twice in one draw.
    """
    return drawn_in_order(raffle, sorted(entrants, key=lambda entrant: entrant.customer), seed)


def drawn_in_order(raffle: Raffle, entrants: Iterable[Entrant], seed: bytes) -> tuple[str, ...]:
    """Draw among entrants who stand in order of id already; they are read once for each winner, and once before."""
    numbers = _numbers(seed)
    found: list[str] = []
    left = sum(entrant.entries for entrant in entrants)
    while left and len(found) < raffle.winners:
        place = _below(left, numbers)
        for entrant in entrants:
            if entrant.customer in found:
                continue
            if place < entrant.entries:
                found.append(entrant.customer)
                left -= entrant.entries
                break
            place -= entrant.entries
    return tuple(found)


def fingerprint(seed: bytes) -> str:
    """Name a seed without telling it, so that a draw can be checked later."""
    return hashlib.sha256(seed).hexdigest()[:16]


def _numbers(seed: bytes) -> Iterator[int]:
    count = 0
    while True:
        digest = hashlib.blake2b(f"raffle:{count}".encode(), key=seed[:64], digest_size=8).digest()
        yield int.from_bytes(digest, "big")
        count += 1


def _below(limit: int, numbers: Iterator[int]) -> int:
    """Take a number below a limit that is as likely as every other: what would favour the small ones is drawn again."""
    fair = (1 << 64) - (1 << 64) % limit
    return next(number for number in numbers if number < fair) % limit
