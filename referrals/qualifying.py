"""Qualifying: does this event reach a goal, and what does a refund take back."""

from dataclasses import dataclass
from datetime import datetime

from referrals.decisions import Decision
from referrals.money import Amount
from referrals.program import Goal, Program


@dataclass(frozen=True, kw_only=True)
class Reported:
    """The part of a reported event that rules look at."""

    type: str
    amount: Amount | None
    occurred_at: datetime


def judge(event: Reported, program: Program, *, state: str, joined_at: datetime, qualify_by: datetime) -> Decision:
    """Judge an event of an invited friend under the terms of their referral; the outcome is "qualified" or a denial."""
    goal = next(iter(program.goals_for(event.type)), None)
    if goal is None:
        return Decision(outcome="no-goal", rule="goals", saw=event.type, would_change=_events_of(program))
    if state != "joined":
        return Decision(outcome="goal-reached-before", rule=goal.name, saw=state)
    if event.occurred_at < joined_at:
        return Decision(
            outcome="before-joining",
            rule="joining",
            saw=event.occurred_at.isoformat(),
            would_change=joined_at.isoformat(),
        )
    if event.occurred_at > qualify_by:
        return Decision(
            outcome="too-late",
            rule="joining.qualify_within_days",
            saw=event.occurred_at.isoformat(),
            would_change=f"<= {qualify_by.isoformat()}",
        )
    return _judge_amount(event.amount, program, goal)


def currency_refusal(amount: Amount | None, program: Program) -> Decision | None:
    """Refuse an amount in another currency than the program's."""
    if amount is None or amount.unit == program.currency:
        return None
    return Decision(outcome="other-currency", rule="program.currency", saw=amount.unit, would_change=program.currency)


def _judge_amount(amount: Amount | None, program: Program, goal: Goal) -> Decision:
    other = currency_refusal(amount, program)
    if other is not None:
        return other
    if goal.minimum is not None and (amount is None or amount.minor < goal.minimum.minor):
        return Decision(
            outcome="below-minimum",
            rule=f"{goal.name}.minimum",
            saw=amount.decimal() if amount else "none",
            would_change=f">= {goal.minimum.decimal()}",
        )
    return Decision(outcome="qualified", rule=goal.name, saw=amount.decimal() if amount else "none")


def _events_of(program: Program) -> str:
    return ", ".join(event for goal in program.goals for event in goal.events)


def survives_refund(left: Amount, goal: Goal) -> bool:
    """Tell whether what is left of a purchase after a refund still reaches the goal."""
    return left.minor > 0 and (goal.minimum is None or left.minor >= goal.minimum.minor)
