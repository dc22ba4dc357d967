"""How often one address may ask for what it should not need to: counted in memory, and answered with when to come back.

The counts are this process's own: behind several processes an address has as many times the limit. They bound floods
and guesses from outside; what must be exact is counted in the database.
"""

import time
from collections.abc import Callable, Mapping
from ipaddress import IPv6Address
from math import ceil

from starlette.types import Scope

# At about 150 bytes an address this is 1.5 MB, however many addresses ask.
REMEMBERED_ADDRESSES = 10_000


class TooMany(Exception):
    """An address has used up what it may ask for."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.headers: Mapping[str, str] = {"retry-after": str(max(1, ceil(seconds)))}


class Limit:
    """So many at once, and one more every few seconds, for each address."""

    def __init__(
        self,
        burst: int,
        seconds_each: float,
        *,
        most: int = REMEMBERED_ADDRESSES,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._each = seconds_each
        self._credit = burst * seconds_each
        self._most = most
        self._now = now
        self._paid_until: dict[str, float] = {}  # when all that an address has asked for will be forgotten

    def check(self, address: str) -> None:
        """Raise TooMany when nothing is left."""
        left = self._credit - (self._paid_until.get(address, 0.0) - self._now())
        if left < self._each:
            raise TooMany(self._each - left)

    def count(self, address: str) -> None:
        """Note one more."""
        now = self._now()
        owed = max(self._paid_until.pop(address, now), now) + self._each
        while len(self._paid_until) >= self._most:
            del self._paid_until[next(iter(self._paid_until))]
        # However many were under way when the last one was given, the wait is never longer than one.
        self._paid_until[address] = min(owed, now + self._credit)

    def take(self, address: str) -> None:
        """Note one more; raises TooMany when nothing is left."""
        self.check(address)
        self.count(address)


class Limits:
    """Every limit of the web edge."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        # People mistype a handful of codes; 31 ** 7 codes are not found at one in ten seconds.
        self.misses = Limit(30, 10.0, now=now)
        # A phone asks for three things an invitation; behind one address may stand a whole school.
        self.pages = Limit(200, 1 / 40, now=now)
        self.keys = Limit(20, 6.0, now=now)
        # A till that mistypes twenty vouchers in ten minutes is not typing.
        self.vouchers = Limit(20, 30.0, now=now)
        # All tills together: whoever has the key still cannot search for vouchers from many addresses.
        self.vouchers_of_key = Limit(200, 3.0, now=now)


def address_of(scope: Scope) -> str:
    """Name who asks: an IPv4 address, or the network of an IPv6 address, in which one person has 2 ** 64 of them."""
    client = scope.get("client")
    host = str(client[0]) if client else ""
    if ":" not in host:
        return host
    try:
        address = IPv6Address(host.partition("%")[0])
    except ValueError:
        return host
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
