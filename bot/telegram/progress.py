"""Which updates are in flight, and up to where all of them are committed."""

from collections.abc import Sequence


class Progress:
    """Keeps the offset of the long poll behind the first update that is not committed."""

    def __init__(self) -> None:
        self._open: set[int] = set()
        self._done: set[int] = set()  # committed, but Telegram may hand them out once more
        self._returned: set[int] = set()  # to be handed out again
        self._next: int | None = None

    @property
    def offset(self) -> int | None:
        """Return the number to ask from: Telegram forgets everything before it."""
        return min(self._open | self._returned, default=self._next)

    def receive(self, asked: int | None, batch: Sequence[int]) -> frozenset[int]:
        """Note what Telegram handed out when asked from a number, and return what is new in it."""
        if asked is not None:
            self._done = {update for update in self._done if update >= asked}
        fresh = frozenset(batch) - self._open - self._done
        self._open |= fresh
        # What was given back and is not among these is gone: Telegram keeps an update for a day.
        self._returned = {update for update in self._returned if batch and update > batch[-1]}
        if batch:
            # The last one handed out, not the highest ever: after a quiet week Telegram starts from a random number.
            self._next = batch[-1] + 1
        return fresh

    def finish(self, update: int) -> None:
        """Note that an update need not be handed out again."""
        self._open.discard(update)
        self._done.add(update)

    def give_back(self, update: int) -> None:
        """Let Telegram hand an update out again, unless it is committed."""
        if update in self._open:
            self._open.discard(update)
            self._returned.add(update)
