"""The API key: compared in constant time, and nothing is open while none is set."""

from collections.abc import Iterable
from hashlib import blake2b
from hmac import compare_digest


class ApiKey:
    """Knows whether a request carries the key."""

    def __init__(self, key: str | None) -> None:
        self.is_set = bool(key)
        self._digest = _digest((key or "").encode())

    def fits(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Tell whether `Authorization: Bearer …` among these headers is our key."""
        given = next((value for name, value in headers if name == b"authorization"), b"")
        scheme, _, token = given.partition(b" ")
        # Digests are compared, so that not even the key's length shows in the time it takes.
        return compare_digest(_digest(token.strip()), self._digest) and self.is_set and scheme.lower() == b"bearer"


def _digest(token: bytes) -> bytes:
    return blake2b(token, digest_size=32).digest()
