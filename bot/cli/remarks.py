"""Shows what is wrong with a program file: the place, the line, a caret below the column, and the remedy."""

import unicodedata

import typer

from referrals.program_file import Checked, Remark

# A line longer than this is shown from a little before the place.
_WIDEST = 100
_BEFORE = 60
_DOUBLE = {"W", "F"}


def show(checked: Checked, name: str, text: str) -> None:
    """Print every fault and every doubt of a file."""
    for fault in checked.faults:
        _show(fault, name, text, color="red")
    for doubt in checked.doubts:
        _show(doubt, name, text, color="yellow", word="Is this meant? ")


def _show(remark: Remark, name: str, text: str, *, color: str, word: str = "") -> None:
    place = f":{remark.line}:{remark.column}" if remark.line else ""
    typer.secho(f"{name}{place}: {word}{remark.message}", err=True, fg=color)
    if remark.line:
        typer.echo("\n".join(pointed_at(remark, text)), err=True)


def pointed_at(remark: Remark, text: str) -> list[str]:
    """Write the line a remark is about, and a caret below its column."""
    lines = text.removeprefix("\ufeff").split("\n")
    line = lines[remark.line - 1].rstrip("\r").replace("\t", " ") if remark.line <= len(lines) else ""
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
    column = remark.column - 1
    start = max(0, column - _BEFORE) if len(line) > _WIDEST else 0
    shown = line[start : start + _WIDEST]
    number = str(remark.line)
    return [
        f"  {number} | {'…' if start else ''}{shown}",
        f"  {' ' * len(number)} | {' ' * (bool(start) + _width(line[start:column]))}^",
    ]


def _width(text: str) -> int:
    """Count the columns a terminal gives to a text: two to an emoji or a Chinese letter, none to an accent."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in _DOUBLE) for char in text
    )
