"""Explaining: what each answer of the judge says of the rule, of the value it saw, and of what would change it."""

from collections.abc import Callable, Iterator, Mapping

from referrals.decisions import Check, Decision
from referrals.matching import Look, checks, lacking
from referrals.progress import deadline_of, missing, times_reached, wanted


def _qualified(look: Look) -> Decision:
    amount = look.facts.event.amount
    return Decision(
        outcome="qualified",
        rule=look.goal.name,
        saw=amount.decimal() if amount else "none",
        checks=(*_timely(look), *checks(look.goal.when, look)),
    )


def _reached_before(look: Look) -> Decision:
    times = f"{times_reached(look.goal, look.facts)} of {look.goal.most_times}"
    return Decision(outcome="goal-reached-before", rule=look.goal.name, saw=times)


def _ended(look: Look) -> Decision:
    return Decision(outcome="referral-ended", rule=look.goal.name, saw=look.facts.standing.state)


def _before_joining(look: Look) -> Decision:
    joined = look.facts.standing.joined_at.isoformat()
    return Decision(outcome="before-joining", rule="joining", saw=_at(look), would_change=f">= {joined}")


def _too_late(look: Look) -> Decision:
    rule = f"{look.goal.name}.within_days" if look.goal.within else "joining.qualify_within_days"
    deadline = deadline_of(look.goal, look.facts).isoformat()
    return Decision(outcome="too-late", rule=rule, saw=_at(look), would_change=f"<= {deadline}")


def _other_currency(look: Look) -> Decision:
    amount = look.facts.event.amount
    saw = amount.unit if amount else "none"
    currency = look.facts.program.currency
    return Decision(outcome="other-currency", rule="program.currency", saw=saw, would_change=currency)


def _below_minimum(look: Look) -> Decision:
    amount, minimum = look.facts.event.amount, look.goal.minimum
    return Decision(
        outcome="below-minimum",
        rule=f"{look.goal.name}.minimum",
        saw=amount.decimal() if amount else "none",
        would_change=f">= {minimum.decimal()}" if minimum else "",
    )


def _conditions(outcome: str, look: Look) -> Decision:
    """Name the first condition that was missed on the shortest way, and all that would have to be met on it."""
    seen = tuple(checks(look.goal.when, look))
    missed = lacking(look.goal.when, look)
    if not missed:
        return Decision(outcome=outcome, rule=look.goal.name, saw="none", checks=seen)
    first = missed[0]
    wanted_of_all = "; ".join(f"{condition.field} {condition.wanted}" for condition in missed)
    return Decision(
        outcome=outcome,
        rule=f"{look.goal.name}.{first.field}",
        saw=", ".join(look.at(first.field)) or "none",
        would_change=first.wanted if len(missed) == 1 else wanted_of_all,
        checks=seen,
    )


def _conditions_not_met(look: Look) -> Decision:
    return _conditions("conditions-not-met", look)


def _more_needed(look: Look) -> Decision:
    absent = missing(look)
    if len(look.goal.events) > 1 and absent:
        saw = ", ".join(dict.fromkeys(counted.type for counted in look.counted))
        rule = f"{look.goal.name}.events"
        return Decision(outcome="more-needed", rule=rule, saw=saw or "none", would_change=", ".join(absent))
    if len(look.goal.events) == 1 and len(look.counted) < wanted(look):
        saw, needs = str(len(look.counted)), f">= {wanted(look)}"
        return Decision(outcome="more-needed", rule=f"{look.goal.name}.count", saw=saw, would_change=needs)
    return _conditions("more-needed", look)


TOLD: Mapping[str, Callable[[Look], Decision]] = {
    "qualified": _qualified,
    "goal-reached-before": _reached_before,
    "referral-ended": _ended,
    "before-joining": _before_joining,
    "too-late": _too_late,
    "other-currency": _other_currency,
    "below-minimum": _below_minimum,
    "conditions-not-met": _conditions_not_met,
    "more-needed": _more_needed,
}


def _at(look: Look) -> str:
    return look.facts.event.occurred_at.isoformat()


def _timely(look: Look) -> Iterator[Check]:
    """Say that the event came in time, and was large enough: what a reached goal is explained by."""
    goal, amount = look.goal, look.facts.event.amount
    deadline = deadline_of(goal, look.facts).isoformat()
    yield Check(rule=f"{goal.name}.within_days", saw=_at(look), wanted=f"<= {deadline}", passed=True)
    if goal.minimum is not None and amount is not None:
        limit = f">= {goal.minimum.decimal()}"
        yield Check(rule=f"{goal.name}.minimum", saw=amount.decimal(), wanted=limit, passed=True)
