"""When an update is given up: after how many failures, and what is told about it."""

import traceback
from collections.abc import Awaitable, Callable
from pathlib import PurePath

ATTEMPTS = 3

Park = Callable[[str, str], Awaitable[None]]  # update id and error -> stored and told to the team
Lease = Callable[[], Awaitable[bool]]  # whether this process is the one that polls


def describe(error: BaseException) -> str:
    """Name an error and its place; its own words may hold what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
