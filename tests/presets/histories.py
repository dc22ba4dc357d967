"""Histories: who did what when under a program, and what each must have at the end, written for people to read.

A file holds several, each under a title:

    == The friend installs and both get space
    day 0  Bob joins by Anna
    day 1  Bob does account_created
    day 1  Bob does purchase 80.00 USD product=tent as order-1
    day 2  order-1 is refunded 80.00 USD
    day 3  Anna is plan=plus
    day 4  40 friends of Anna do purchase 80.00 USD
    day 9  Bob joins by Carl -> invited-by-another
    then   Anna has 500 mb available, 250 mb denied because cap-lifetime
    then   Dora has nothing
    then   Anna's Bob is completed

A step may end in `-> code`: what it is answered. Days count from a Monday at ten in the morning, UTC. What must be
true is looked up right after the line above it, or on the day that is given: `then day 90  …`. Time only goes forward.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_DAY = 24 * 60  # in minutes
_STEP = re.compile(
    r"day (?P<day>\d+)(?: (?P<hour>\d\d):(?P<minute>\d\d))?\s+(?P<what>.+?)(?:\s+-> (?P<answer>[a-z-]+))?"
)
_THEN = re.compile(r"then(?: day (?P<day>\d+))?\s+(?P<what>.+)")
_HAS = re.compile(r"(?P<who>\w+) has (?P<holdings>.+)")
_STANDS = re.compile(r"(?P<who>\w+)'s (?P<friend>\w+) is (?P<state>[a-z]+)(?: because (?P<reason>[a-z-]+))?")


@dataclass(frozen=True)
class Step:
    """Something that happens on a day, and the code it is answered with, where that is told."""

    line: int
    minute: int  # since the beginning, as all of them count
    what: str
    answer: str | None


@dataclass(frozen=True)
class Holding:
    """Somebody's rewards by state, such as "500 mb available"; the reason of those that were refused."""

    line: int
    minute: int
    who: str
    holdings: frozenset[str]


@dataclass(frozen=True)
class Standing:
    """How an advocate's referral of a friend stands."""

    line: int
    minute: int
    who: str
    friend: str
    state: str
    reason: str | None


Line = Step | Holding | Standing


@dataclass
class History:
    """One history: what happens and what must be true, in the order in which it is told."""

    title: str
    lines: list[Line] = field(default_factory=list)

    @property
    def says_how_it_ends(self) -> bool:
        """Whether there is anything that could be otherwise."""
        return any(not isinstance(line, Step) or line.answer for line in self.lines)


def histories(path: Path) -> Iterator[History]:
    """Read the histories of a file; raises ValueError with the line that cannot be read."""
    history: History | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.strip()
        if text.startswith("== "):
            if history is not None:
                yield history
            history = History(text.removeprefix("== "))
        elif text and not text.startswith("#"):
            if history is None:
                raise ValueError(f"{path.name}, line {number}: a history begins with its title, == …")
            _read(text, number, history, path.name)
    if history is not None:
        yield history


def _read(text: str, number: int, history: History, name: str) -> None:
    if step := _STEP.fullmatch(text):
        minute = (int(step["day"]) * 24 + int(step["hour"] or 10) - 10) * 60 + int(step["minute"] or 0)
        _tell(history, Step(number, minute, step["what"], step["answer"]), name)
        return
    then = _THEN.fullmatch(text)
    last = history.lines[-1].minute if history.lines else 0
    minute = int(then["day"]) * _DAY if then and then["day"] else last
    if then and (has := _HAS.fullmatch(then["what"])):
        parts = frozenset() if has["holdings"] == "nothing" else frozenset(has["holdings"].split(", "))
        _tell(history, Holding(number, minute, has["who"], parts), name)
    elif then and (stands := _STANDS.fullmatch(then["what"])):
        found = Standing(number, minute, stands["who"], stands["friend"], stands["state"], stands["reason"])
        _tell(history, found, name)
    else:
        raise ValueError(f"{name}, line {number}: this is neither a step nor an end: {text}")


def _tell(history: History, line: Line, name: str) -> None:
    if history.lines and line.minute < history.lines[-1].minute:
        raise ValueError(f"{name}, line {line.line}: this lies before the line above it")
    history.lines.append(line)
