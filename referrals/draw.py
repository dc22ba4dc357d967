"""The draw: randomness taken once at the edge, from which every id and code of one event follows."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from referrals import codes

# A code may be taken already; with a million links all three candidates are taken once in 2e13 times.
CANDIDATES = 3

# Random bits at the end of a click's number.
CLICK_BITS = 20

_ID_ALPHABET = "0123456789abcdefghijklmnopqrstuv"
_PAIRS = [one + other for one in _ID_ALPHABET for other in _ID_ALPHABET]
_CLICK_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Draw:
    """Sixteen random bytes or more, made at the edge; the same draw always gives the same ids and codes."""

    seed: bytes = field(repr=False)

    def id(self, kind: str, about: object = "") -> str:
        """Derive an id such as `rwd_0k3v…` (80 bits) for one thing of this event."""
        return f"{kind}_{self._word(f'id:{kind}:{about}', 80)}"

    def share_codes(self) -> tuple[str, ...]:
        """Derive a few candidates for a share code, of which the first free one is taken."""
        return tuple(self._code(f"share:{n}", codes.SHARE_LENGTH) for n in range(CANDIDATES))

    def voucher_codes(self, about: object = "") -> tuple[str, ...]:
        """Derive a few candidates for a secret voucher code."""
        return tuple(self._code(f"voucher:{about}:{n}", codes.VOUCHER_LENGTH) for n in range(CANDIDATES))

    def token(self, purpose: str) -> str:
        """Derive a secret of 32 letters (160 bits) that fits a Telegram start payload."""
        return self._word(f"token:{purpose}", 160)

    def number(self, purpose: str, below: int) -> int:
        """Derive a number from 0 to below."""
        return int.from_bytes(self._bytes(purpose), "big") % below

    def _word(self, purpose: str, bits: int) -> str:
        """Write so many bits with 32 letters, two at a time: every event draws some ten ids."""
        value = int.from_bytes(self._bytes(purpose), "big")
        return "".join([_PAIRS[value >> place & 1023] for place in range(0, bits, 10)])

    def _code(self, purpose: str, length: int) -> str:
        return codes.complete("".join(self._letters(purpose, length - 1)))

    def _letters(self, purpose: str, count: int) -> Iterator[str]:
        # 64 bytes as one number: the bias of taking it modulo 31 this often is below 2**-400.
        # Only its last digits are written: dividing the whole of it each time would take three times as long.
        value = int.from_bytes(self._bytes(purpose), "big") % len(codes.ALPHABET) ** count
        for _ in range(count):
            value, place = divmod(value, len(codes.ALPHABET))
            yield codes.ALPHABET[place]

    def _bytes(self, purpose: str) -> bytes:
        return hashlib.blake2b(purpose.encode(), key=self.seed[:64], digest_size=64).digest()


def click_number(at: datetime, draw: Draw) -> int:
    """Make a click's number: its milliseconds, then 20 random bits, so that rows are appended in order of time."""
    return click_number_at(at) | draw.number("click", 1 << CLICK_BITS)


def click_number_at(at: datetime) -> int:
    """Return the smallest number that a click of this moment can have."""
    return int(at.timestamp() * 1000) << CLICK_BITS


def click_token(number: int) -> str:
    """Write a click's number with 62 letters, at most eleven, for a start payload or a shop's address."""
    beginning, rest = divmod(number, 62**4)
    letters = _CLICK_ALPHABET
    ending = letters[rest // 62**3] + letters[rest // 62**2 % 62] + letters[rest // 62 % 62] + letters[rest % 62]
    return (_beginning(beginning) + ending).lstrip("0") or "0"


# The clicks of fourteen milliseconds begin alike, and every redirect writes one of these.
@lru_cache(maxsize=16)
def _beginning(number: int) -> str:
    written = ""
    while number:
        number, place = divmod(number, len(_CLICK_ALPHABET))
        written = _CLICK_ALPHABET[place] + written
    return written


def read_click_token(text: str) -> int | None:
    """Read a click's number back, or nothing when the text cannot be one."""
    if not 0 < len(text) <= 11 or any(letter not in _CLICK_ALPHABET for letter in text):
        return None
    number = 0
    for letter in text:
        number = number * len(_CLICK_ALPHABET) + _CLICK_ALPHABET.index(letter)
    return number if number < 1 << 63 else None
