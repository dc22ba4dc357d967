"""How far a friend has come towards a goal: until when it can be reached, how often it was, and what is missing."""

from datetime import datetime

from referrals.matching import Look
from referrals.program import Goal
from referrals.reported import Facts


def deadline_of(goal: Goal, facts: Facts) -> datetime:
    """Return the last moment at which an event counts towards a goal."""
    start = facts.standing.joined_at
    if goal.counted_from == "click" and facts.standing.clicked_at is not None:
        start = facts.standing.clicked_at
    return start + (goal.within or facts.program.qualify_within)


def needed(goal: Goal, look: Look) -> int:
    """Say how many events a goal needs of this friend."""
    if not goal.count.field:
        return goal.count.number
    cases = dict(goal.count.cases)
    return next((cases[text] for text in look.at(goal.count.field) if text in cases), goal.count.number)


def times_reached(goal: Goal, facts: Facts) -> int:
    """Say how often a goal was reached before; a referral from before goals were counted has reached each once."""
    standing = facts.standing
    if not standing.reached and standing.state in {"qualified", "completed"}:
        return 1
    return standing.reached.get(goal.name, 0)


def missing(look: Look) -> list[str]:
    """List the events that a goal needs and has not seen, once more for each time it was reached."""
    times = times_reached(look.goal, look.facts)
    return [event for event in look.goal.events if sum(counted.type == event for counted in look.counted) <= times]


def wanted(look: Look) -> int:
    """Say how many events must have counted for the goal to be reached once more."""
    return needed(look.goal, look) * (times_reached(look.goal, look.facts) + 1)
