"""The first question at the first start: who owns this program."""

import asyncio
import sys

import typer

from bot.cli import members
from bot.cli.members import NotAMember, Person
from bot.cli.starting import complain
from bot.cli.team import Role, welcome
from bot.settings import Settings

_QUESTION = (
    "Who owns this program? Paste your Slack member ID (your profile → ⋮ → Copy member ID), "
    "or press Enter to decide later"
)
_COMMAND = "grapevine team add MEMBER --role owner"


def settle_owner(settings: Settings) -> None:
    """Ask who owns the program while nobody is on the team; where nobody can answer, name the command."""
    if settings.slack_bot_token is None or asyncio.run(members.everyone(settings)):
        return
    if not sys.stdin.isatty():
        typer.echo(f"Nobody is on the team yet, so nobody sees figures in Slack. Put yourself on it: {_COMMAND}")
        return
    owner = _asked(settings)
    if owner is None:
        typer.echo(f"Later, then: {_COMMAND}")
        return
    outcome = asyncio.run(members.add(settings, owner, Role.OWNER))
    typer.echo(welcome(owner, Role.OWNER, outcome))


def _asked(settings: Settings) -> Person | None:
    while written := str(typer.prompt(_QUESTION, default="", show_default=False)).strip():
        try:
            person = asyncio.run(members.find(settings, written))
        except NotAMember as error:
            complain(str(error))
            continue
        if typer.confirm(f"That is {person}. Are they the owner?", default=True):
            return person
    return None
