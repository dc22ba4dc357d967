"""`grapevine program simulate FILE --events orders.csv`: what a program would have cost, had it been running then."""

import io
import sys
from pathlib import Path
from typing import Annotated, TextIO
from zoneinfo import ZoneInfo

import typer

from bot.cli.histories import History, WrongLine
from bot.cli.simulated import report_lines
from bot.cli.starting import complain, read_settings
from referrals.program import Program
from referrals.program_file import ProgramFileError, preset, preset_names, read_program
from referrals.simulating import Simulation
from storage.scratch import Scratch

# A file is told how far it is after so many lines: often enough for the eye, and too seldom to cost time.
_LINES_A_STEP = 5000


def simulate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A program file, or the name of a preset.")],
    *,
    events: Annotated[Path, typer.Option("--events", help="A CSV file of what happened, oldest first.")],
) -> None:
    """Replay a history of purchases, and say what the program would have cost, given and refused."""
    settings = read_settings()
    zone = ZoneInfo(settings.timezone)
    try:
        text = preset(file) if file in preset_names() else Path(file).read_text(encoding="utf-8")
        program = read_program(text, zone)
    except (OSError, UnicodeDecodeError):
        complain(f"{file} is neither a preset ({', '.join(preset_names())}) nor a file that can be read.")
        raise typer.Exit(1) from None
    except ProgramFileError as error:
        complain(f"{file}: {error}")
        raise typer.Exit(1) from None
    try:
        lines = _replayed(events, program, zone)
    except OSError as error:
        complain(f"{events} cannot be read: {error.strerror or error}.")
        raise typer.Exit(1) from None
    except WrongLine as error:
        complain(f"{events}, {error}")
        raise typer.Exit(1) from None
    for line in lines:
        typer.echo(line)


def _replayed(events: Path, program: Program, zone: ZoneInfo) -> list[str]:
    """Let everything in the file happen, and tell what came of it."""
    with events.open(encoding="utf-8-sig", newline="") as file, Scratch() as memory:
        history = History(file, program, zone)
        simulation = Simulation(program, memory)
        _play(simulation, history, file, events.stat().st_size)
        simulation.finish()
    return list(report_lines(simulation.report, program, history.heading))


def _play(simulation: Simulation, history: History, file: TextIO, size: int) -> None:
    """Let everything happen, with a bar for who waits at a terminal."""
    if not sys.stderr.isatty():
        for row in history.rows():
            simulation.play(row)
        return
    # Click's bar, as rich's would cost every command 90 ms of importing.
    with typer.progressbar(length=size, label="Replaying", file=sys.stderr) as bar:
        read = 0
        for number, row in enumerate(history.rows()):
            simulation.play(row)
            if number % _LINES_A_STEP == 0 and isinstance(file, io.TextIOWrapper):
                now = file.buffer.tell()
                bar.update(now - read)
                read = now
        bar.update(size - read)
