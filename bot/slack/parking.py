"""When an event is given up: after how many failures, and what is told about it."""

import traceback
from collections.abc import Awaitable, Callable
from pathlib import PurePath

ATTEMPTS = 3
# Slack posts an event once and repeats it three times; what fails the fourth time never comes again.
LAST_REPEAT = 3
# An event that Slack stopped repeating is never heard of again: the oldest counts make room.
FAILURES_REMEMBERED = 1000

Park = Callable[[str, str], Awaitable[None]]  # event id and error -> stored and told to the team


class Failures:
    """Counts how often each event failed in this process."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def another(self, event: str) -> int:
        """Count one more failure of an event and return how many there are."""
        count = self._counts.pop(event, 0) + 1
        self._counts[event] = count
        if len(self._counts) > FAILURES_REMEMBERED:
            del self._counts[next(iter(self._counts))]
        return count

    def forget(self, event: str) -> None:
        """Forget an event that succeeded or was given up."""
        self._counts.pop(event, None)


def describe(error: BaseException) -> str:
    """Name an error and its place; its own words may hold what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
