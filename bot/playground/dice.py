"""Chance that can be had again: the same seed throws the same dice."""

from __future__ import annotations

import hashlib


class Dice:
    """Throws, one after the other, that depend on the seed alone."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._thrown = 0

    def throw(self, sides: int) -> int:
        """Return a number below the number of sides."""
        self._thrown += 1
        thrown = hashlib.blake2b(f"{self._seed}:{self._thrown}".encode(), digest_size=8).digest()
        return int.from_bytes(thrown, "big") % sides
