"""Small news that waited together are told together."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers.menu import SHARE, STATUS
from messages.message import Message, Phrase

# What is fresh is told at once, each by itself; what had to wait this long is told together.
WAITED = timedelta(minutes=1)
MOST_TOGETHER = 10
# Which texts are small enough, and the line that each becomes.
LINES: Mapping[str, str] = {"joining.friend-joined": "digesting.friend-joined"}


def together(news: Sequence[Message]) -> Message:
    """Make one message of several; each of them is one of LINES."""
    lines = tuple(Phrase(LINES[one.key], one.values) for one in news)
    return Message(key="digesting.news", values={"count": len(news)}, lines=lines, buttons=((STATUS, SHARE),))
