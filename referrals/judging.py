"""Judging: which goals an event reaches, what each side gets for it, and what would have changed the answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from referrals.conditions import Group
from referrals.decisions import Decision
from referrals.explaining import TOLD
from referrals.matching import Look, holds, looks_back
from referrals.money import Amount
from referrals.program import Goal, Program
from referrals.progress import deadline_of, missing, times_reached, wanted
from referrals.reported import Facts, Reported
from referrals.rewarding import Part, RewardRule, Side
from referrals.sizing import amount_of, resolved

QUALIFIED = "qualified"
Stage = tuple[str, Callable[[Look], bool]]


class Grant(NamedTuple):
    """What one side gets for one goal: an amount for each option, the first of which stands until another is picked."""

    goal: Goal
    side: Side
    occurrence: int
    rule: RewardRule
    sizes: tuple[Part | None, ...]
    amounts: tuple[Amount, ...]

    @property
    def amount(self) -> Amount:
        """What the first option is worth."""
        return self.amounts[0]


class Verdict(NamedTuple):
    """One goal's answer to an event."""

    goal: Goal
    outcome: str
    look: Look
    grants: tuple[Grant, ...] = ()

    @property
    def is_reached(self) -> bool:
        """Whether the event reached this goal."""
        return self.outcome == QUALIFIED

    @property
    def decision(self) -> Decision:
        """The answer with its reasons; put together when somebody asks, as most goals' are never told."""
        return TOLD[self.outcome](self.look)


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """All that follows from an event, and the one decision that says it shortest."""

    decision: Decision
    verdicts: tuple[Verdict, ...] = ()

    @property
    def reached(self) -> tuple[Verdict, ...]:
        """The goals that were reached, in the order of the file."""
        return tuple(verdict for verdict in self.verdicts if verdict.is_reached)


def judge(facts: Facts) -> Judgement:
    """Judge an event of an invited friend under the terms of their referral."""
    goals = facts.program.goals_for(facts.event.type)
    if not goals:
        events = ", ".join(dict.fromkeys(event for goal in facts.program.goals for event in goal.events))
        return Judgement(decision=Decision(outcome="no-goal", rule="goals", saw=facts.event.type, would_change=events))
    seen: dict[str, tuple[str, ...]] = {}
    first = Look(facts, goals[0], seen)
    stages = [stage for stage in MISSED if stage[0] not in _WHATEVER_THE_GOAL or stage[1](first)]
    if facts.standing.state == "joined" and not facts.standing.reached:
        stages = stages[1:]  # nothing was reached before
    alone = [stage for stage in stages if stage[1] is not _more_needed]
    verdicts = tuple(
        [_verdict(goal, _look(goal, facts, seen), stages if goal.needs_history else alone) for goal in goals]
    )
    nearest = max(verdicts, key=lambda verdict: _NEARNESS[verdict.outcome])
    return Judgement(decision=nearest.decision, verdicts=verdicts)


def currency_refusal(amount: Amount | None, program: Program) -> Decision | None:
    """Refuse an amount in another currency than the program's."""
    if amount is None or amount.unit == program.currency:
        return None
    return Decision(outcome="other-currency", rule="program.currency", saw=amount.unit, would_change=program.currency)


def still_reached(goal: Goal, facts: Facts) -> bool:
    """Tell whether a goal that this event reached would be reached by what is left of it after a refund."""
    left = facts.event.amount
    if left is not None and left.minor <= 0:
        return False
    look = _look(goal, replace(facts, standing=replace(facts.standing, state="joined", reached={})), {})
    if any(missed(look) for missed in (_other_currency, _below_minimum, _conditions_not_met)):
        return False
    return not (goal.needs_history and _more_needed(look))


def _verdict(goal: Goal, look: Look, stages: Sequence[Stage]) -> Verdict:
    for outcome, missed in stages:
        if missed(look):
            return Verdict(goal, outcome, look)
    return Verdict(goal, QUALIFIED, look, _grants(goal, look))


def _grants(goal: Goal, look: Look) -> tuple[Grant, ...]:
    """Work out what each side gets; what comes to nothing, such as a percentage of next to nothing, is no reward."""
    occurrence = times_reached(goal, look.facts) + 1
    grants = []
    for rule in goal.rewards:
        sizes: Sequence[Part | None] | None = rule.fixed
        if sizes is None:
            sizes = tuple([resolved(option.size, look) for option in rule.options])
        event = look.facts.event.amount
        amounts = tuple([amount_of(size, event, option.unit) for size, option in zip(sizes, rule.options, strict=True)])
        if sizes is rule.fixed or any(amount.minor > 0 for amount in amounts):
            grants.append(Grant(goal, rule.side, occurrence, rule, tuple(sizes), amounts))
    return tuple(grants)


def _ended(look: Look) -> bool:
    return look.facts.standing.state == "ineligible"


def _reached_before(look: Look) -> bool:
    most = look.goal.most_times
    return most is not None and times_reached(look.goal, look.facts) >= most


def _before_joining(look: Look) -> bool:
    return look.facts.event.occurred_at < look.facts.standing.joined_at


def _too_late(look: Look) -> bool:
    return look.facts.event.occurred_at > deadline_of(look.goal, look.facts)


def _other_currency(look: Look) -> bool:
    amount = look.facts.event.amount
    return amount is not None and amount.unit != look.facts.program.currency


def _below_minimum(look: Look) -> bool:
    minimum, amount = look.goal.minimum, look.facts.event.amount
    return minimum is not None and (amount is None or amount.minor < minimum.minor)


def _conditions_not_met(look: Look) -> bool:
    """Tell whether a condition on this event itself is missed; what looks back may come to hold with a later one."""
    when = look.goal.when
    if not when.parts or holds(when, look):
        return False
    return not look.goal.needs_history or not all(looks_back(part) for part in when.parts if not holds(part, look))


def _more_needed(look: Look) -> bool:
    goal = look.goal
    if len(goal.events) > 1:
        return bool(missing(look)) or not holds(goal.when, look)
    return len(look.counted) < wanted(look) or not holds(goal.when, look)


# What stands above hides what stands below; of several goals that were missed, the one that came furthest down is told.
MISSED: tuple[Stage, ...] = (
    ("goal-reached-before", _reached_before),
    ("referral-ended", _ended),
    ("before-joining", _before_joining),
    ("too-late", _too_late),
    ("other-currency", _other_currency),
    ("below-minimum", _below_minimum),
    ("conditions-not-met", _conditions_not_met),
    ("more-needed", _more_needed),
)
# The same for every goal, and asked once.
_WHATEVER_THE_GOAL = frozenset({"referral-ended", "before-joining", "other-currency"})
NEARNESS = ("no-goal", *(outcome for outcome, _ in MISSED), QUALIFIED)
_NEARNESS = {outcome: place for place, outcome in enumerate(NEARNESS)}


def _look(goal: Goal, facts: Facts, seen: dict[str, tuple[str, ...]]) -> Look:
    """Gather what counts towards the goal: events of its types, in time, that meet what is asked of each by itself."""
    if not goal.needs_history:
        return Look(facts, goal, seen)
    alone = Group("all", tuple(part for part in goal.when.parts if not looks_back(part)))
    counted = tuple(event for event in (*facts.history, facts.event) if _counts(event, goal, alone, facts=facts))
    return Look(facts, goal, seen, counted)


def _counts(event: Reported, goal: Goal, alone: Group, *, facts: Facts) -> bool:
    if event.type not in goal.events or not facts.standing.joined_at <= event.occurred_at <= deadline_of(goal, facts):
        return False
    look = Look(replace(facts, event=event, history=()), goal, {}, (event,))
    return not _below_minimum(look) and not _other_currency(look) and holds(alone, look)


def free_at(goal: Goal, reached_at: datetime) -> datetime:
    """Return when a reward's hold of days is over."""
    return reached_at + goal.hold.days


def given_up_at(goal: Goal, reached_at: datetime) -> datetime:
    """Return until when a reward waits for the event it needs."""
    return reached_at + max(goal.hold.gives_up_after, timedelta())
