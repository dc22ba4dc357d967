"""Which links exist, remembered for seconds, so that a popular code is not looked up for every visit."""

import time
from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.types import Scope

from bot.web.limits import Limit, address_of
from referrals import codes

# How long a new revision or a new link may take to be seen by visitors.
REMEMBERED_SECONDS = 5.0
# At about 300 bytes an entry this is 3 MB, however many codes are guessed.
REMEMBERED_LINKS = 10_000
# While one visitor's request asks the database again, the others go on with what was known.
_ASKING_SECONDS = 1.0


class KnownLink(Protocol):
    """What the redirect must know of a link."""

    @property
    def id(self) -> str:
        """The link's id."""
        ...

    @property
    def revision(self) -> int:
        """The revision under which it was last shown to its owner."""
        ...

    @property
    def destination(self) -> str | None:
        """Where the program sends visitors; our own landing page when nothing is said."""
        ...


Find = Callable[[str], Awaitable[KnownLink | None]]


class Links:
    """Finds links by code, asking at most once in a few seconds for each, unknown codes included."""

    def __init__(
        self,
        find: Find,
        *,
        seconds: float = REMEMBERED_SECONDS,
        limit: int = REMEMBERED_LINKS,
        misses: Limit | None = None,
    ) -> None:
        self._find = find
        self._misses = misses
        self._seconds = seconds
        self._limit = limit
        self._remembered: dict[str, tuple[float, KnownLink | None]] = {}

    async def by_code(self, code: str) -> KnownLink | None:
        """Find the link with this normalized code."""
        entry = self._remembered.get(code)
        if entry is not None:
            if entry[0] > time.monotonic():
                return entry[1]
            self._remembered[code] = (time.monotonic() + _ASKING_SECONDS, entry[1])
        link = await self._find(code)
        self._remember(code, link)
        return link

    def known(self, code: str) -> KnownLink | None:
        """Return the link with this code if it was found a moment ago: what most redirects need, without awaiting."""
        entry = self._remembered.get(code)
        return entry[1] if entry is not None and entry[0] > time.monotonic() else None

    async def guessed(self, code: str, scope: Scope) -> KnownLink | None:
        """Find the link with a code that anybody may have made up; raises TooMany for who has made up many.

        A code that is in use costs nothing more than by_code; the empty one stands for what cannot be a code.
        """
        entry = self._remembered.get(code)
        if entry is not None and entry[1] is not None:
            return await self.by_code(code)
        address = address_of(scope)
        if self._misses is not None:
            self._misses.check(address)
        link = await self.by_code(code) if code else None
        if link is None and self._misses is not None:
            self._misses.count(address)
        return link

    def is_in_use(self, typed: str) -> bool:
        """Tell whether a link with this code was found lately."""
        entry = self._remembered.get(codes.normalize(typed))
        return entry is not None and entry[1] is not None

    def _remember(self, code: str, link: KnownLink | None) -> None:
        self._remembered.pop(code, None)
        while len(self._remembered) >= self._limit:
            del self._remembered[next(iter(self._remembered))]
        self._remembered[code] = (time.monotonic() + self._seconds, link)
