"""`grapevine rewards …`: hand rewards over, take them back, give them again, or grant one by hand."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from bot.cli.opening import end_if_refused, opened, tell, told
from bot.cli.starting import complain, confirmed, read_settings, told_in_words
from bot.settings import Settings
from handlers.events import DeliverySettled, RewardGivenAgain, RewardGranted, RewardsRaised, RewardTakenBack
from referrals.money import Amount, AmountError, parse_amount
from referrals.rewarding import Kind
from storage.rewards import Reward

commands = typer.Typer(help="Hand rewards over, take them back, give them again.", no_args_is_help=True)

MOST_LISTED = 1000
ForGood = Annotated[bool, typer.Option("--for-good", help="Deny it, instead of giving it back to claim again.")]
RewardId = Annotated[str, typer.Argument(help="The reward's id, such as rwd_0k3v…; `rewards waiting` shows them.")]
Because = Annotated[str, typer.Option("--because", help="Why; the customer is told these words.")]


@commands.command()
def waiting() -> None:
    """List the rewards that wait for somebody of the team, longest first."""
    settings = read_settings()
    with told_in_words():
        lines = asyncio.run(_waiting(settings))
    for line in lines:
        typer.echo(line)
    if not lines:
        typer.echo("Nothing waits.", err=True)


@commands.command()
def done(reward: RewardId) -> None:
    """Say that a reward was handed over; its owner is told."""
    settings = read_settings()
    with told_in_words():
        outcome = asyncio.run(told(settings, DeliverySettled, reward=reward, is_done=True))
    end_if_refused(outcome, settings)
    typer.echo(f"{reward} is handed over.")


@commands.command()
def refuse(
    reward: RewardId,
    because: Because,
    *,
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Deny it, instead of giving it back to claim again.")
    ] = False,
) -> None:
    """Say that a reward cannot be handed over; its owner is told why."""
    settings = read_settings()
    with told_in_words():
        reason = _reason(because)
        event = {"reward": reward, "is_done": False, "because": reason, "is_over": for_good}
        outcome = asyncio.run(told(settings, DeliverySettled, **event))
    end_if_refused(outcome, settings)
    typer.echo(f"{reward} is denied." if for_good else f"{reward} is back with its customer, to claim again.")


@commands.command()
def revoke(reward: RewardId, because: Because) -> None:
    """Take a reward back; what was used already is owed from then on."""
    settings = read_settings()
    with told_in_words():
        outcome = asyncio.run(told(settings, RewardTakenBack, reward=reward, because=_reason(because)))
    end_if_refused(outcome, settings)
    owed = " It was used already: the customer owes it." if outcome.reply["owed"] else ""
    typer.echo(f"{reward} is taken back.{owed}")


@commands.command()
def regrant(reward: RewardId, because: Because) -> None:
    """Give a reward again that was revoked, denied or has expired; caps and budget are not asked."""
    settings = read_settings()
    with told_in_words():
        outcome = asyncio.run(told(settings, RewardGivenAgain, reward=reward, because=_reason(because)))
    end_if_refused(outcome, settings)
    typer.echo(f"{outcome.reply['reward']} is given for {reward}.")


@commands.command()
def grant(
    customer: Annotated[str, typer.Argument(help="The customer's id, such as cus_0k3v….")],
    amount: Annotated[str, typer.Argument(help="How much, such as 10.00.")],
    unit: Annotated[str, typer.Argument(help="A currency, or a unit of the program.")],
    because: Because,
    kind: Annotated[Kind, typer.Option("--as", help="What it is.")] = Kind.VOUCHER,
) -> None:
    """Grant a reward that no goal led to; caps and budget are not asked."""
    settings = read_settings()
    with told_in_words():
        event = {"customer": customer, "amount": _amount(amount, unit), "kind": kind.value, "because": _reason(because)}
        outcome = asyncio.run(told(settings, RewardGranted, **event))
    end_if_refused(outcome, settings)
    typer.echo(f"{outcome.reply['reward']} is granted.")


@commands.command("raise")
def raise_past(
    because: Because,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Give it without asking.")] = False,
) -> None:
    """Give those who earned under earlier revisions what the running one gives more; caps and budget are not asked."""
    settings = read_settings()
    words = _reason(because)
    with told_in_words():
        count, totals = asyncio.run(_raised(settings, words, is_trial=True))
        if not count:
            typer.echo("Nobody earned less than the running program gives: there is nothing to raise.")
            return
        typer.echo(f"{_rewards(count)} would be raised, by {totals} in all.")
        if not (yes or confirmed("Give it?")):
            raise typer.Exit(1)
        count, totals = asyncio.run(_raised(settings, words, is_trial=False))
    typer.echo(f"{_rewards(count)} raised, by {totals} in all. Whoever gets more is told.")


def _rewards(count: int) -> str:
    return f"{count:,} reward{'' if count == 1 else 's'}"


async def _raised(settings: Settings, because: str, *, is_trial: bool) -> tuple[int, str]:
    """Raise some after some, each in a transaction of its own, and sum up."""
    totals: Counter[str] = Counter()
    count = 0
    after: str | None = ""
    async with opened(settings) as database:
        while after is not None:
            details = {"because": because, "after": after, "is_trial": is_trial}
            outcome = await tell(database, settings, RewardsRaised, **details)
            if outcome.refused:
                end_if_refused(outcome, settings)
            reply: Mapping[str, Any] = outcome.reply
            count, after = count + int(reply["count"]), reply["after"]
            totals.update(reply["totals"])
    return count, ", ".join(f"{Amount(minor, unit).decimal()} {unit}" for unit, minor in sorted(totals.items()))


def _reason(because: str) -> str:
    words = " ".join(because.split())
    if not words:
        complain("--because needs a reason: the customer is told it.")
        raise typer.Exit(2)
    return words


def _amount(text: str, unit: str) -> Amount:
    try:
        amount = parse_amount(text, unit)
    except AmountError as error:
        complain(str(error))
        raise typer.Exit(2) from None
    if not amount.minor:
        complain("A reward of nothing cannot be granted.")
        raise typer.Exit(2)
    return amount


async def _waiting(settings: Settings) -> list[str]:
    async with opened(settings) as database, database.reading() as store:
        found = await store.deliveries.waiting_for_team(MOST_LISTED)
        rewards = {delivery.reward_id: await store.rewards.seen(delivery.reward_id) for delivery in found}
        asked = {delivery.reward_id: delivery.asked_at.astimezone(settings.zone) for delivery in found}
    return [_line(reward, f"{asked[key]:%Y-%m-%d %H:%M}") for key, reward in rewards.items() if reward is not None]


def _line(reward: Reward, since: str) -> str:
    return f"{reward.id}  {reward.kind:<9}  {reward.worth.decimal()} {reward.unit}  {reward.customer_id}  since {since}"
