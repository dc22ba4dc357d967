"""Writes what was measured as tables that a person can read."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Headings and rows of words."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __str__(self) -> str:
        """Write the table as Markdown, its columns in line."""
        lines = [self.headings, *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.headings))]
        written = [self._line(line, widths) for line in lines]
        return "\n".join([written[0], self._line(["-" * width for width in widths], widths), *written[1:]])

    @staticmethod
    def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
        return f"| {' | '.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))} |"


@dataclass(frozen=True, kw_only=True)
class Section:
    """One thing measured: what, how, and the figures."""

    title: str
    how: str
    parts: Sequence[Table | str]

    def __str__(self) -> str:
        """Write the section as Markdown."""
        return "\n\n".join([f"## {self.title}", self.how, *map(str, self.parts)])
