"""Refuses goals that nobody is rewarded for, that cannot be reached, or that say two things at once."""

from collections.abc import Iterator
from decimal import Decimal

from referrals.conditions import Condition, Operator
from referrals.program_file.building_conditions import condition_of
from referrals.program_file.checking_conditions import field_fault, in_conditions
from referrals.program_file.checking_rewards import in_amount, in_reward
from referrals.program_file.condition_tables import ConditionTable
from referrals.program_file.contradictions import clash, said
from referrals.program_file.table_types import Fault
from referrals.program_file.tables import CountTable, File, GoalTable

Path = tuple[str | int, ...]


def in_goal(goal: GoalTable, file: File, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with a goal."""
    currency = file.program.currency
    yield from _in_events(goal, path)
    yield from _in_hold(goal, path)
    found = list(in_amount(goal.minimum, currency, (*path, "minimum"))) if goal.minimum is not None else []
    found += in_conditions(goal, currency, path)
    yield from found
    yield from _in_count(goal, path)
    if not found:
        yield from _out_of_reach(goal, path)
    yield from _in_times(goal, path)
    if goal.advocate is None and goal.friend is None and not (file.milestones or file.contests or file.raffles):
        name = ".".join(str(part) for part in path)
        words = f"Nobody is rewarded. Add [{name}.advocate], [{name}.friend], or both; or a milestone to count for."
        yield Fault(path, words)
    for side, reward in (("advocate", goal.advocate), ("friend", goal.friend)):
        if reward is not None:
            yield from in_reward(reward, file, (*path, side))


def _in_events(goal: GoalTable, path: Path) -> Iterator[Fault]:
    if goal.event is not None and goal.events is not None:
        yield Fault((*path, "events"), "event and events stand here together. Keep one of them.", on_name=True)
    refund = 'A refund takes rewards back and cannot earn one. Choose another event, such as "purchase".'
    if goal.event == "refund":
        yield Fault((*path, "event"), refund)
    for number, event in enumerate(goal.events or ()):
        if event == "refund":
            yield Fault((*path, "events", number), refund)
        elif event in (goal.events or ())[:number]:
            yield Fault((*path, "events", number), f"{event} stands here twice. Keep one of them, or use count.")


def _in_hold(goal: GoalTable, path: Path) -> Iterator[Fault]:
    events = goal.events or [goal.event or "purchase"]
    if goal.hold_until in events:
        words = f"{goal.hold_until} is what earns the reward, so it would wait for nothing. Name a later event."
        yield Fault((*path, "hold_until"), words)
    elif goal.hold_until == "refund":
        words = 'A refund takes rewards back; nobody is paid for one. Name what is waited for, such as "checkout".'
        yield Fault((*path, "hold_until"), words)
    elif goal.hold_gives_up_days is not None and goal.hold_until is None:
        words = 'There is nothing to give up waiting for. Add a line: hold_until = "checkout", or leave this out.'
        yield Fault((*path, "hold_gives_up_days"), words, on_name=True)


def _in_count(goal: GoalTable, path: Path) -> Iterator[Fault]:
    if goal.events is not None and len(goal.events) > 1 and goal.count != 1:
        words = "Of several events each must happen once. Leave count out, or make a goal of one event."
        yield Fault((*path, "count"), words, on_name=True)
    if not isinstance(goal.count, CountTable):
        return
    if words := field_fault(goal.count.by, is_case=True):
        yield Fault((*path, "count", "by"), words)
    if not goal.count.cases():
        words = f"No case is named, so every one is the other. Write count = {goal.count.otherwise}, or add cases."
        yield Fault((*path, "count"), words, on_name=True)


def _in_times(goal: GoalTable, path: Path) -> Iterator[Fault]:
    if goal.repeats and goal.at_most_times is not None:
        words = "It repeats without end and at most so many times. Keep repeats or at_most_times."
        yield Fault((*path, "at_most_times"), words, on_name=True)


def _out_of_reach(goal: GoalTable, path: Path) -> Iterator[Fault]:
    """Yield conditions that the goal's own settings rule out."""
    for number, part in enumerate(goal.all or ()):
        if words := _ruled_out(goal, part):
            yield Fault((*path, "all", number), f"{words}, so this would never be reached. Change one of the two.")


def _ruled_out(goal: GoalTable, part: ConditionTable) -> str:
    if part.field == "amount" and goal.minimum is not None:
        floor = Condition("amount", Operator.IS_AT_LEAST, (Decimal(goal.minimum),))
        condition = condition_of(part)
        return f"The minimum is {goal.minimum}, and the amount “{said(condition)}”" if clash(floor, condition) else ""
    if part.field == "first" and part.is_ is True and _least(goal) > 1:
        return f"It takes {_least(goal)} events, and only one of them is the first"
    return ""


def _least(goal: GoalTable) -> int:
    if isinstance(goal.count, CountTable):
        return min(goal.count.otherwise, *goal.count.cases().values())
    return goal.count
