"""What a part of the soak found, and its place in docs/reliability.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.processes import ROOT
from bench.report import Table

PAGE = ROOT / "docs" / "reliability.md"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was done, what was counted, and what should not have happened."""

    title: str
    how: str
    parts: Sequence[Table | str]
    broken: Sequence[str] = ()

    def __str__(self) -> str:
        """Write it as Markdown; what is broken comes first."""
        verdict = "\n".join(f"**Broken: {what}**" for what in self.broken)
        return "\n\n".join(part for part in (f"## {self.title}", verdict, self.how, *map(str, self.parts)) if part)


def write_down(name: str, finding: Finding, machine: str, *, page: Path = PAGE) -> None:
    """Put a finding between the markers of its part, or at the end of the page when it has none yet."""
    first, last = f"<!-- soak: {name} -->", f"<!-- end of soak: {name} -->"
    command = f"`make soak ARGS={name}`. The machine: {machine}"
    section = f"{first}\n\n{finding}\n\n{command}\n\n{last}"
    text = page.read_text(encoding="utf-8").rstrip("\n")
    before, found, rest = text.partition(first)
    after = rest.partition(last)[2] if found else ""
    page.write_text(f"{before.rstrip()}\n\n{section}\n{after.lstrip(chr(10)) and after}".rstrip("\n") + "\n", "utf-8")
