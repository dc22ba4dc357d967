"""`grapevine codes …`: load single-use codes into a stock, and see what is left; no code is ever shown or logged."""

import asyncio
import csv
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.opening import opened, tell
from bot.cli.starting import complain, read_settings, told_in_words
from bot.settings import Settings
from handlers.events import StockLoaded

commands = typer.Typer(help="Load gift cards and coupons that are given out once each.", no_args_is_help=True)

# So many rows stay near 100 ms of held write lock on SQLite.
_AT_ONCE = 500
_LONGEST = 128
_HEADER = "code"
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
# More lines than these are counted, not listed.
_MOST_NAMED = 20


@dataclass
class Reading:
    """What was found in a file: the codes with their lines, and which lines are left out for which reason."""

    codes: dict[str, int] = field(default_factory=dict, repr=False)
    left_out: dict[str, list[int]] = field(default_factory=dict)

    def leave_out(self, reason: str, line: int) -> None:
        """Remember a line that holds no new code."""
        self.left_out.setdefault(reason, []).append(line)


@commands.command()
def load(
    stock: Annotated[str, typer.Argument(help="The stock's name in the program's file.")],
    file: Annotated[Path, typer.Argument(help="A CSV file; its first column, or the one called “code”, is read.")],
) -> None:
    """Load codes from a CSV file; each is given out once, and a code that is there already stays as it is."""
    settings = read_settings()
    if not _NAME.fullmatch(stock):
        complain(f"“{stock}” is no name of a stock: small letters, digits and dashes, as in the program's file.")
        raise typer.Exit(2)
    reading = _read(file)
    if not reading.codes:
        _tell_left_out(reading)
        complain(f"{file} holds no code.")
        raise typer.Exit(1)
    with told_in_words():
        new, free, waiting = asyncio.run(_load(settings, stock, reading))
    _tell_left_out(reading)
    typer.echo(f"{new} of {len(reading.codes)} codes are new in “{stock}”, where {free} are free now.")
    if waiting:
        typer.echo(f"{min(waiting, free)} of them go to customers who wait.")


@commands.command("list")
def list_stocks() -> None:
    """List the stocks: how many codes are free, and how many were given out."""
    settings = read_settings()
    with told_in_words():
        counts = asyncio.run(_counts(settings))
    for name, (free, given) in counts.items():
        typer.echo(f"{name}  {free} free  {given} given out")
    if not counts:
        typer.echo("There is no stock yet: grapevine codes load STOCK FILE.csv", err=True)


def _read(file: Path) -> Reading:
    try:
        # Spreadsheets write a byte order mark in front.
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return _gathered(csv.reader(lines))
    except OSError as error:
        complain(f"{file} cannot be read: {error.strerror or error}.")
        raise typer.Exit(2) from None
    except (UnicodeDecodeError, csv.Error):
        complain(f"{file} cannot be read as a CSV file in UTF-8.")
        raise typer.Exit(2) from None


def _gathered(rows: Iterator[Sequence[str]]) -> Reading:
    reading, column = Reading(), 0
    for line, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        names = [cell.casefold() for cell in cells]
        if line == 1 and _HEADER in names:
            column = names.index(_HEADER)
            continue
        code = cells[column] if column < len(cells) else ""
        if not any(cells):
            continue
        if problem := _problem(code):
            reading.leave_out(problem, line)
        elif code in reading.codes:
            reading.leave_out("the same code as on an earlier line", line)
        else:
            reading.codes[code] = line
    return reading


def _problem(code: str) -> str:
    if not code:
        return "no code"
    if len(code) > _LONGEST:
        return f"longer than {_LONGEST} characters"
    return "" if code.isprintable() else "characters that cannot be shown"


async def _load(settings: Settings, stock: str, reading: Reading) -> tuple[int, int, int]:
    codes = tuple(reading.codes)
    new, free, waiting = 0, 0, 0
    async with opened(settings) as database:
        # rich's bar would cost every command, `run` too, 90 ms of importing.
        with typer.progressbar(length=len(codes), label="Loading codes", file=sys.stderr) as progress:
            for start in range(0, len(codes), _AT_ONCE):
                some = codes[start : start + _AT_ONCE]
                reply = (await tell(database, settings, StockLoaded, stock=stock, codes=some)).reply
                known = reply["known"]
                for code, is_known in zip(some, known if isinstance(known, list) else [], strict=True):
                    if is_known:
                        reading.leave_out("already in this stock", reading.codes[code])
                new, free, waiting = new + int(str(reply["new"])), int(str(reply["free"])), int(str(reply["waiting"]))
                progress.update(len(some))
    return new, free, waiting


async def _counts(settings: Settings) -> dict[str, tuple[int, int]]:
    async with opened(settings) as database, database.reading() as store:
        found = await store.stock.counts()
    return {name: (counts.get("free", 0), counts.get("given", 0)) for name, counts in found.items()}


def _tell_left_out(reading: Reading) -> None:
    for reason, lines in reading.left_out.items():
        named = ", ".join(map(str, lines[:_MOST_NAMED]))
        rest = f" and {len(lines) - _MOST_NAMED} more" if len(lines) > _MOST_NAMED else ""
        typer.echo(f"Left out, {reason}: line {named}{rest}", err=True)
