"""The ratchet: an open referral may be judged by a newer revision where nobody ends with less.

Two revisions are compared as they are written, not by what happened: where one could ever give somebody less, or where
it takes more than a look to tell, the referral stays with its own. Contests are races, and no referral's terms.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from referrals.conditions import OF_HISTORY, Group
from referrals.money import Amount, percent_off
from referrals.program import Cap, Goal, Program
from referrals.rewarding import ByField, ByStep, EarnRate, Fixed, Option, Portion, RewardRule, Size

_NUMBERS = frozenset({"advocate.referrals", "friend.referrals"})


def better_of(pinned: Program, newer: Program) -> Program:
    """Return the newer revision where it takes nothing from anybody, else the pinned one; the incomparable is less."""
    return newer if newer.applies_to_open and takes_nothing(pinned, newer) else pinned


def takes_nothing(pinned: Program, newer: Program) -> bool:
    """Tell whether every side of every goal gets at least as much of the same, under conditions that are no harder."""
    if (pinned.id, pinned.currency, pinned.zone.key) != (newer.id, newer.currency, newer.zone.key):
        return False
    pairs = [(goal, newer.goal(goal.name)) for goal in pinned.goals]
    kept = all(new is not None and _goal_keeps(old, new, (pinned, newer)) for old, new in pairs)
    if not kept or newer.voucher_valid_for < pinned.voucher_valid_for or not _prizes_keep(pinned, newer):
        return False
    if (newer.caps or _goes_by_numbers(pinned)) and not _reaches_the_same(pinned, newer):
        # What one referral takes of a cap, or adds to the advocate's number, is another's loss.
        return False
    return _caps_keep(pinned, newer)


def _goal_keeps(old: Goal, new: Goal, revisions: tuple[Program, Program]) -> bool:
    return (
        (old.events, old.counted_from) == (new.events, new.counted_from)
        and _trigger_keeps(old, new)
        and _window_keeps(old, new, revisions)
        and _no_less(old.most_times, new.most_times)
        and _hold_keeps(old, new)
        and all(_reward_keeps(rule, new.reward_of(rule.side)) for rule in old.rewards)
    )


def _trigger_keeps(old: Goal, new: Goal) -> bool:
    """Take what the same events reach; or what earlier ones may, where it does not matter which event it was."""
    if _trigger(old) == _trigger(new):
        return True
    looser = _minimum_keeps(old, new) and _conditions_keep(old.when, new.when) and _count_keeps(old, new)
    return looser and not _looks_back(new) and all(isinstance(size, Fixed) for goal in (old, new) for size in _of(goal))


def _window_keeps(old: Goal, new: Goal, revisions: tuple[Program, Program]) -> bool:
    before, after = (goal.within or program.qualify_within for goal, program in zip((old, new), revisions, strict=True))
    # "At most three" may be missed because of an event that a shorter window would not have counted.
    return after == before or (after > before and not _looks_back(new))


def _trigger(goal: Goal) -> tuple[object, ...]:
    return goal.minimum, goal.when, goal.count


def _looks_back(goal: Goal) -> bool:
    return any(condition.field in OF_HISTORY for condition in goal.when.conditions())


def _of(goal: Goal) -> Iterator[Size]:
    return (option.size for rule in goal.rewards for option in rule.options)


def _minimum_keeps(old: Goal, new: Goal) -> bool:
    if new.minimum is None:
        return True
    return old.minimum is not None and new.minimum.minor <= old.minimum.minor


def _conditions_keep(old: Group, new: Group) -> bool:
    """Take only what is plainly no harder: the same, or some of what all had to meet."""
    if old == new or (new.quantifier == "all" and not new.parts):
        return True
    return old.quantifier == new.quantifier == "all" and set(new.parts) <= set(old.parts)


def _count_keeps(old: Goal, new: Goal) -> bool:
    is_plain = not old.count.field and not new.count.field
    return old.count == new.count or (is_plain and new.count.number < old.count.number)


def _no_less(old: int | None, new: int | None) -> bool:
    return new is None or (old is not None and new >= old)


def _hold_keeps(old: Goal, new: Goal) -> bool:
    if new.hold.until_event:
        same_event = old.hold.until_event == new.hold.until_event
        return same_event and new.hold.days <= old.hold.days and new.hold.gives_up_after >= old.hold.gives_up_after
    return new.hold.days <= old.hold.days


def _reward_keeps(old: RewardRule, new: RewardRule | None) -> bool:
    if new is None or not _expiry_keeps(old, new):
        return False
    by_name = {option.name: option for option in new.options}
    kept = all(option.name in by_name and _option_keeps(option, by_name[option.name]) for option in old.options)
    # What stands until somebody picks must not become less either.
    return kept and _option_keeps(old.first, new.first)


def _option_keeps(old: Option, new: Option) -> bool:
    more, less = percent_off(new.unit), percent_off(old.unit)
    if more and less and Decimal(more) > Decimal(less):
        new = replace(new, unit=old.unit, size=old.size)  # more off is more, though the ledger counts it apart
    same = (old.unit, old.kind, old.delivery, old.stock) == (new.unit, new.kind, new.delivery, new.stock)
    return same and _size_keeps(old.size, new.size)


def _size_keeps(old: Size, new: Size) -> bool:
    if isinstance(old, Fixed) and isinstance(new, Fixed):
        return new.amount.unit == old.amount.unit and new.amount.minor >= old.amount.minor
    if isinstance(old, Portion) and isinstance(new, Portion):
        return new.percent >= old.percent and _limit_keeps(old.at_most, new.at_most)
    if isinstance(old, EarnRate) and isinstance(new, EarnRate):
        # As much for each step, and the same steps: of shorter ones, another amount may be left over.
        is_no_less = new.each == old.each and new.amount.minor >= old.amount.minor
        return is_no_less and _limit_keeps(old.at_most, new.at_most)
    return old == new


def _limit_keeps(old: Amount | None, new: Amount | None) -> bool:
    return new is None or (old is not None and new.minor >= old.minor)


def _expiry_keeps(old: RewardRule, new: RewardRule) -> bool:
    before, after = old.expiry, new.expiry
    if after.after is None and after.on is None:
        return True
    if (before.on is None) != (after.on is None) or before.is_rolling != after.is_rolling:
        return False
    if before.on is not None and after.on is not None:
        return after.on >= before.on
    return before.after is not None and after.after is not None and after.after >= before.after


def _goes_by_numbers(program: Program) -> bool:
    """Tell whether how many friends somebody has brought decides anything."""
    asked = {condition.field for goal in program.goals for condition in goal.when.conditions()}
    sizes = [size for goal in program.goals for size in _of(goal)]
    asked |= {size.field for size in sizes if isinstance(size, ByField)}
    return not asked.isdisjoint(_NUMBERS) or any(isinstance(size, ByStep) for size in sizes)


def _reaches_the_same(pinned: Program, newer: Program) -> bool:
    """Tell whether the same events reach the same goals, as often and for the same sides."""
    return {_reach(goal, pinned) for goal in pinned.goals} == {_reach(goal, newer) for goal in newer.goals}


def _reach(goal: Goal, program: Program) -> tuple[object, ...]:
    within = goal.within or program.qualify_within
    return goal.name, _trigger(goal), within, goal.most_times, frozenset(rule.side for rule in goal.rewards)


def _caps_keep(pinned: Program, newer: Program) -> bool:
    """Take the same caps, or none, or a single one by number that holds more: of two, one filled sooner is a loss.

    Under a cap by worth a larger reward may leave no room for the next one, and what was nothing may take a place.
    """
    if not newer.caps:
        return True
    if set(newer.caps) != set(pinned.caps) and not _is_one_raised(pinned.caps, newer.caps):
        return False
    by_worth = any(cap.value is not None for cap in newer.caps)
    return all(
        old.size == new.size or (not by_worth and isinstance(old.size, Fixed))
        for goal in pinned.goals
        for old, new in _options_of(goal, newer)
    ) and (not by_worth or _as_many_options(pinned) == _as_many_options(newer))


def _is_one_raised(old: tuple[Cap, ...], new: tuple[Cap, ...]) -> bool:
    if len(old) != 1 or len(new) != 1 or old[0].value is not None or new[0].value is not None:
        return False
    same = (old[0].name, old[0].goals) == (new[0].name, new[0].goals)
    return same and _no_less(old[0].count, new[0].count)


def _options_of(goal: Goal, newer: Program) -> Iterator[tuple[Option, Option]]:
    later = newer.goal(goal.name)
    for rule in goal.rewards:
        promised = later.reward_of(rule.side) if later else None
        named = {option.name: option for option in promised.options} if promised else {}
        yield from ((option, named[option.name]) for option in rule.options if option.name in named)


def _as_many_options(program: Program) -> int:
    return sum(len(rule.options) for goal in program.goals for rule in goal.rewards)


def _prizes_keep(pinned: Program, newer: Program) -> bool:
    """Milestones, contests and raffles are no part of a referral's terms, but a promise all the same."""
    return (
        all(milestone in newer.milestones for milestone in pinned.milestones)
        and all(contest in newer.contests for contest in pinned.contests)
        and all(raffle in newer.raffles for raffle in pinned.raffles)
        and all(exclusion in pinned.exclusions for exclusion in newer.exclusions)
    )
