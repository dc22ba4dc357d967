"""`grapevine team …`: say who of the business may see figures, answer customers and decide."""

import asyncio
from enum import StrEnum
from typing import Annotated, NoReturn

import typer

from bot.cli import members
from bot.cli.asking import SlackUnreachable
from bot.cli.members import NotAMember, Person
from bot.cli.starting import complain, read_settings, told_in_words
from bot.settings import Settings
from handlers.outcome import Outcome
from storage.team import Member

commands = typer.Typer(help="Say who belongs to the team.", no_args_is_help=True)

MEMBER_HELP = "A Slack member ID such as U0123ABCD (profile → ⋮ → Copy member ID), or an id that `team list` shows."
_LAST_OWNER = "They are the only owner. Make somebody else an owner first: grapevine team add MEMBER --role owner"


class Role(StrEnum):
    """What a member may do; each role may do what the ones before it may."""

    VIEWER = "viewer"
    CASHIER = "cashier"
    MANAGER = "manager"
    OWNER = "owner"


@commands.command()
def add(
    member: Annotated[str, typer.Argument(help=MEMBER_HELP)],
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.VIEWER,
) -> None:
    """Put somebody on the team, or give them another role."""
    settings = read_settings()
    with told_in_words():
        person = _understood(settings, member)
        outcome = asyncio.run(members.add(settings, person, role))
        has_owner = any(one.role == Role.OWNER for one in asyncio.run(members.everyone(settings)))
    _end_if_refused(outcome)
    typer.echo(welcome(person, role, outcome))
    if not has_owner:
        typer.echo("There is no owner yet: grapevine team add MEMBER --role owner", err=True)


@commands.command("list")
def list_members() -> None:
    """List the team: id, role, since when, and the name where Slack tells it."""
    settings = read_settings()
    with told_in_words():
        team = asyncio.run(members.everyone(settings))
        names = asyncio.run(_names(settings, team))
    if not team:
        typer.echo("Nobody is on the team yet. Put yourself on it: grapevine team add MEMBER --role owner", err=True)
    for one in team:
        since = one.added_at.astimezone(settings.zone).date().isoformat()
        member = members.whole_id(one.identity)
        typer.echo(f"{member}  {one.role:<7}  since {since}  {names.get(member, '')}".rstrip())


@commands.command()
def remove(member: Annotated[str, typer.Argument(help=MEMBER_HELP)]) -> None:
    """Take somebody off the team."""
    settings = read_settings()
    with told_in_words():
        try:
            identity = asyncio.run(members.known(settings, member))
        except NotAMember as error:
            _end(str(error))
        outcome = asyncio.run(members.remove(settings, identity))
    _end_if_refused(outcome)
    was = with_article(str(outcome.reply["was"]))
    typer.echo(f"{members.whole_id(identity)} is no longer on the team; they were {was}.")


def welcome(person: Person, role: str, outcome: Outcome) -> str:
    """Say what somebody is now, and what they were."""
    match outcome.reply.get("was"):
        case None:
            return f"{person} is on the team now, as {with_article(role)}."
        case str(was) if was != role:
            return f"{person} is {with_article(role)} now; they were {with_article(was)}."
        case _:
            return f"{person} was {with_article(role)} already."


def with_article(role: str) -> str:
    """Write "an owner", "a viewer"."""
    return f"{'an' if role.startswith('o') else 'a'} {role}"


def _understood(settings: Settings, written: str) -> Person:
    try:
        return asyncio.run(members.find(settings, written))
    except NotAMember as error:
        _end(str(error))


def _end_if_refused(outcome: Outcome) -> None:
    match outcome.refused:
        case "":
            return
        case "last-owner":
            _end(_LAST_OWNER)
        case "unknown-member":
            _end("They are not on the team. `grapevine team list` shows who is.")
        case code:
            _end(f"That was refused ({code}).")


async def _names(settings: Settings, team: list[Member]) -> dict[str, str]:
    names: dict[str, str] = {}
    for one in team:
        try:
            names[members.whole_id(one.identity)] = await members.name_of(settings, one.identity)
        except SlackUnreachable:
            # A list without names is a list; waiting ten seconds for each of them is none.
            break
    return names


def _end(words: str) -> NoReturn:
    complain(words)
    raise typer.Exit(1) from None
