"""`grapevine program …`: check a program file, see what it would change, apply it, and look back."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer

from bot.cli import remarks, revisions
from bot.cli.starting import complain, confirmed, read_settings, told_in_words
from bot.settings import Settings
from referrals.program import Program
from referrals.program_changes import changes
from referrals.program_facts import facts_of
from referrals.program_file import check_program, preset, preset_names, preset_summary, read_program
from referrals.program_file.schema import program_schema
from storage.programs import Revision

commands = typer.Typer(help="Check, apply and look at programs.", no_args_is_help=True)

FileName = Annotated[str, typer.Argument(metavar="FILE", help="A program file, the name of a preset, or - to read it.")]
FileNames = Annotated[list[str], typer.Argument(metavar="FILE…", help="Program files, or names of presets.")]
_NONE_RUNS = "No program is running. Apply one: grapevine program apply FILE"


@commands.command()
def check(
    files: FileNames,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on what is doubtful, too.")] = False,
) -> None:
    """Read program files and say everything that is wrong with them; fails when one cannot be used."""
    settings = read_settings()
    are_fine = [_is_fine(settings, name, strict=strict) for name in files]
    if not all(are_fine):
        raise typer.Exit(1)


@commands.command()
def apply(
    file: FileName,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Apply it without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
) -> None:
    """Show what a program file changes, and make it the running program's newest revision."""
    settings = read_settings()
    text = _text(file)
    new = _checked(settings, file, text)
    with told_in_words():
        found = asyncio.run(revisions.running(settings))
        _show_changes(_program(found), new)
        if dry_run:
            return
        if not (yes or _is_running(found, text, settings) or confirmed("Apply it?")):
            raise typer.Exit(1)
        reply = asyncio.run(revisions.apply(settings, text)).reply
        is_paused = asyncio.run(revisions.is_paused(settings))
    word = "is running now" if reply["is_new"] else "was running already"
    typer.echo(f"Revision {reply['revision']} of {reply['program']} {word}.")
    if is_paused:
        typer.echo("It is paused: grapevine program resume lets friends join again.")


@commands.command()
def show(
    *,
    revision: Annotated[int | None, typer.Option(help="An earlier revision, by its number.")] = None,
    program: Annotated[str | None, typer.Option(help="An earlier program, by its id.")] = None,
    words: Annotated[bool, typer.Option("--words", help="Say it in sentences instead of printing the file.")] = False,
) -> None:
    """Print the running program, or an earlier revision, as the file it was applied from."""
    settings = read_settings()
    with told_in_words():
        found = _wanted(asyncio.run(revisions.history(settings)), asyncio.run(revisions.running(settings)))
        one = next(
            (each for each in found if revision in {None, each.number} and program in {None, each.program_id}), None
        )
        if not found:
            _end(_NONE_RUNS)
        if one is None:
            _end("There is no such revision. `grapevine program history` lists them.")
        told = _program(one)
    if words and told is not None:
        typer.echo("\n".join(str(fact) for fact in facts_of(told)))
    else:
        typer.echo(
            f"# Revision {one.number} of {one.program_id}, applied on {_day(one, settings)}\n{one.text}".rstrip()
        )


@commands.command()
def history() -> None:
    """List every revision that was ever applied, the newest first, and what each of them changed."""
    settings = read_settings()
    with told_in_words():
        found = asyncio.run(revisions.history(settings))
        if not found:
            _end(_NONE_RUNS)
        for number, one in enumerate(found):
            typer.echo(f"{one.program_id} {one.number}, applied on {_day(one, settings)}")
            before = next((each for each in found[number + 1 :] if each.program_id == one.program_id), None)
            program = _program(one)
            if before is not None and program is not None:
                for sentence in changes(_program(before), program).sentences:
                    typer.echo(f"  {sentence}")


@commands.command()
def pause() -> None:
    """Take no new friends for the time being; what was promised is kept."""
    _pause(is_paused=True, words="{} is paused. Nobody new can join; whoever has joined can still qualify.")


@commands.command()
def resume() -> None:
    """Take new friends again."""
    _pause(is_paused=False, words="{} goes on: friends can join again.")


@commands.command()
def presets(
    name: Annotated[str | None, typer.Option("--show", metavar="NAME", help="Print one of them.")] = None,
) -> None:
    """List the programs that ship with Grapevine."""
    if name is not None:
        with told_in_words():
            typer.echo(preset(name).rstrip())
        return
    widest = max(len(each) for each in preset_names())
    for each in preset_names():
        typer.echo(f"{each:<{widest}}  {preset_summary(each)}".rstrip())


@commands.command()
def schema() -> None:
    """Print the JSON Schema of the program file, for editors."""
    typer.echo(json.dumps(program_schema(), indent=2, ensure_ascii=False))


def _is_fine(settings: Settings, name: str, *, strict: bool) -> bool:
    text = _text(name)
    checked = check_program(text, settings.zone)
    remarks.show(checked, name, text)
    program = checked.program
    if program is None:
        count = len(checked.faults)
        complain(f"{name} cannot be used: {count} fault{'' if count == 1 else 's'}.")
        return False
    goals = "1 goal" if len(program.goals) == 1 else f"{len(program.goals)} goals"
    typer.echo(f"{name} is fine: {program.name}, {goals}, in {program.currency}.")
    return not (strict and checked.doubts)


def _checked(settings: Settings, name: str, text: str) -> Program:
    checked = check_program(text, settings.zone)
    remarks.show(checked, name, text)
    if checked.program is None:
        _end(f"{name} cannot be used, and nothing was changed.")
    return checked.program


def _text(name: str) -> str:
    """Read a file, or what stands behind the name of a preset."""
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError):
        if name in preset_names():
            return preset(name)
        complain(f"{name} cannot be read as text, and no preset has this name ({', '.join(preset_names())}).")
        raise typer.Exit(2) from None


def _program(found: Revision | None) -> Program | None:
    return read_program(found.text, ZoneInfo(found.zone), found.number) if found else None


def _show_changes(running: Program | None, new: Program) -> None:
    told = changes(running, new)
    for sentence in told.sentences:
        typer.echo(f"- {sentence}")
    if not told.sentences:
        typer.echo("Nobody would notice a difference.")
    typer.echo(told.open_referrals)


def _is_running(found: Revision | None, text: str, settings: Settings) -> bool:
    return found is not None and (found.text, found.zone) == (text, settings.timezone)


def _wanted(found: list[Revision], running: Revision | None) -> list[Revision]:
    """Put the running program before earlier ones, whose revisions may have been applied later."""
    first = running.program_id if running else ""
    return sorted(found, key=lambda each: each.program_id != first)


def _pause(*, is_paused: bool, words: str) -> None:
    settings = read_settings()
    with told_in_words():
        outcome = asyncio.run(revisions.pause(settings, is_paused=is_paused))
        program = _program(asyncio.run(revisions.running(settings)))
    if outcome.refused or program is None:
        _end(_NONE_RUNS)
    typer.echo(words.format(program.name))


def _day(revision: Revision, settings: Settings) -> str:
    return revision.applied_at.astimezone(settings.zone).strftime("%Y-%m-%d at %H:%M")


def _end(words: str) -> NoReturn:
    complain(words)
    raise typer.Exit(1)
