"""`grapevine appeals …`: what customers ask the team to decide again, and the answer with a note for them."""

import asyncio
from typing import Annotated

import typer

from bot.cli.opening import end_if_refused, opened, told
from bot.cli.starting import complain, read_settings, told_in_words
from bot.settings import Settings
from handlers.events import AppealSettled

commands = typer.Typer(help="Decide again what customers appeal against.", no_args_is_help=True)

MOST_LISTED = 1000
CaseId = Annotated[str, typer.Argument(help="The case's id, such as apl_0k3v…; `appeals waiting` shows them.")]
Because = Annotated[str, typer.Option("--because", help="Why; the customer is told these words.")]


@commands.command()
def waiting() -> None:
    """List the open cases, longest first."""
    settings = read_settings()
    with told_in_words():
        lines = asyncio.run(_waiting(settings))
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("Nothing waits.", err=True)


@commands.command()
def grant(case: CaseId, because: Because) -> None:
    """Give the reward after all; its owner is told."""
    _settle(case, because, is_granted=True)


@commands.command()
def keep(case: CaseId, because: Because) -> None:
    """Keep the decision; whoever asked is told why."""
    _settle(case, because, is_granted=False)


def _settle(case: str, because: str, *, is_granted: bool) -> None:
    settings = read_settings()
    words = " ".join(because.split())
    if not words:
        complain("--because needs a reason: the customer is told it.")
        raise typer.Exit(2)
    with told_in_words():
        outcome = asyncio.run(told(settings, AppealSettled, appeal=case, is_granted=is_granted, because=words))
    end_if_refused(outcome, settings)
    if not is_granted:
        typer.echo(f"The decision of {case} is kept.")
        return
    reward = outcome.reply["reward"]
    typer.echo(f"{reward} is given for {case}." if reward else f"{case} is granted: its reward was there already.")


async def _waiting(settings: Settings) -> list[str]:
    async with opened(settings) as database, database.reading() as store:
        found = await store.appeals.waiting(MOST_LISTED)
    return [
        f"{case.id}  {case.outcome:<18}  {case.about}  {case.customer_id}  "
        f"since {case.asked_at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
        for case in found
    ]
