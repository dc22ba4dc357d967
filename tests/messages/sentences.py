"""Sentences that people write, each with what it wishes: those that were heard before, and those kept for judging."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

FOLDER = Path(__file__).parent / "understood"


@dataclass(frozen=True)
class Sentence:
    """What somebody writes, and what they wish by it; nothing where a human should read it."""

    text: str
    wish: str = ""

    @property
    def wishes(self) -> frozenset[str]:
        """What is right to do: where a heading names several wishes, each of them."""
        return frozenset(self.wish.split(" | ")) - {"nothing"}


def sentences(name: str) -> list[Sentence]:
    """Read a file of sentences that only judge, such as "first-sight-en"."""
    return list(_read(FOLDER / f"{name}.txt"))


def heard(language: str) -> list[Sentence]:
    """Read the sentences that texts are compared with."""
    return list(_read(files("messages") / language / "heard.txt"))


def _read(file: Traversable) -> Iterator[Sentence]:
    wish = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            wish = line.strip("[]")
        elif line and not line.startswith("#"):
            yield Sentence(line, wish)
