"""What a program stipulates: who may come, what counts, by when, how much at most, and how long it is good for."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from handlers.programs import spoken, worth
from handlers.promising import (
    AS_GOOD_AS_EVER,
    FIRST_PURCHASE,
    deed,
    event_name,
    gain_of,
    of_option,
    repeated,
    step,
    what_counts,
)
from messages.message import Day, Phrase, Value, Values
from referrals.conditions import Condition, Group
from referrals.program import Cap, Contest, Goal, Milestone, Program, Raffle
from referrals.rewarding import ByStep, Delivery, Expiry, Side


def conditions(program: Program, to: Side = Side.FRIEND) -> tuple[Phrase, ...]:
    """Put the terms into a few plain lines, for the friend or for who invites."""
    lines = [_who_may_come(program), *_who_may_not(program, to)]
    if deed(program) == FIRST_PURCHASE:
        lines += _of_first_purchase(program)
    else:
        lines += [line for goal in program.goals for line in _of_goal(goal, program, to)]
    lines += _of_steps(program, to)
    if to is Side.ADVOCATE:
        lines += prizes(program)
    else:
        lines += limits(program, "friend")
    lines += budget(program)
    lines += _how_long(program, to)
    if program.late_claim:
        lines.append(Phrase("words.condition-late-claim", {"days": program.late_claim.days}))
    if program.ends is not None:
        lines.append(Phrase("words.condition-ends", {"day": Day(program.ends)}))
    return tuple(lines)


def limits(program: Program, owner: str) -> list[Phrase]:
    """Say how much may be earned at most: by an advocate, or for one friend."""
    return [line for cap in program.caps if cap.owner == owner for line in _limit(cap, program)]


def budget(program: Program) -> list[Phrase]:
    """Say that the program's own means are limited; how much there is its team alone knows."""
    periods = dict.fromkeys(cap.period for cap in program.caps if cap.owner == "program")
    return [Phrase(f"words.budget-{period}") for period in periods]


def prizes(program: Program) -> list[Phrase]:
    """Say what completed referrals lead to beyond the reward for each."""
    lines = [_milestone(one, program) for one in program.milestones]
    lines += [_contest(one, program) for one in program.contests]
    return lines + [_raffle(one, program) for one in program.raffles]


def in_words(condition: Condition) -> Phrase:
    """Say one condition."""
    field, _, name = condition.field.partition(".")
    if field == "first":
        return Phrase("words.condition-first")
    about: Value = f"{name}" if name else Phrase(f"words.field-{field}")
    values = {"field": about, "value": _listed(str(value) for value in condition.values)}
    return Phrase(f"words.condition-{condition.operator.replace('_', '-')}", values)


def when_of(goal: Goal, program: Program) -> Iterator[Phrase]:
    """Say of one goal what an advocate gets for it, and when."""
    rule = goal.reward_of(Side.ADVOCATE)
    if rule is not None:
        values: Values = {"what": what_counts(goal, program), "advocate-gain": repeated(goal, rule, program)}
        yield Phrase("words.goal-for-advocate-told-advocate", values)
    yield from _waits(goal, program)
    if not goal.hold.days and not goal.hold.until_event:
        yield Phrase("words.goal-at-once")


def hold_until(goal: Goal, program: Program) -> Phrase:
    """Say what must come before a reward is anybody's, and by when."""
    values: Values = {
        "event": event_name(goal.hold.until_event, program),
        "days": goal.hold.gives_up_after.days,
    }
    return Phrase("words.condition-hold-until", values)


def _who_may_come(program: Program) -> Phrase:
    if program.lapsed_after is None:
        return Phrase(
            "words.condition-new-customers" if program.new_until == "purchase" else "words.condition-new-here"
        )
    return Phrase("words.condition-lapsed", {"days": program.lapsed_after.days})


def _who_may_not(program: Program, to: Side) -> Iterator[Phrase]:
    """Say who cannot take part: to a friend what is about friends, to who invites all of it."""
    for exclusion in program.exclusions:
        if to is Side.ADVOCATE or exclusion.who is not Side.ADVOCATE:
            said = exclusion.says
            yield (
                Phrase("words.condition-said", {"said": spoken(program, said)})
                if said
                else Phrase("words.condition-not-everybody")
            )


def _of_first_purchase(program: Program) -> Iterator[Phrase]:
    goal = program.goals[0]
    if goal.minimum is not None:
        yield Phrase("words.condition-minimum", {"minimum": worth(program, goal.minimum)})
    yield from _of_group(goal.when)
    days = (goal.within or program.qualify_within).days
    since_click = goal.counted_from == "click"
    key = "words.condition-window-from-click" if since_click else "words.condition-window"
    yield Phrase(key, {"days": days})
    if goal.hold.days:
        yield Phrase("words.condition-hold", {"days": goal.hold.days.days})
    if goal.hold.until_event:
        yield hold_until(goal, program)


def _of_goal(goal: Goal, program: Program, to: Side) -> Iterator[Phrase]:
    """Say of one goal among several what each side gets for it, and what else it asks."""
    gains: dict[str, Value] = {f"{rule.side}-gain": repeated(goal, rule, program) for rule in goal.rewards}
    if not gains:
        gains["advocate-gain"] = step(program) or Phrase("words.nothing")
    for_whom = "both" if len(gains) > 1 else next(iter(gains)).removesuffix("-gain")
    told = "" if to is Side.FRIEND else "-told-advocate"
    yield Phrase(f"words.goal-for-{for_whom}{told}", {"what": what_counts(goal, program), **gains})
    if not goal.says:
        yield from _of_group(goal.when)
    days = (goal.within or program.qualify_within).days
    key = "words.goal-window-from-click" if goal.counted_from == "click" else "words.goal-window"
    if days < AS_GOOD_AS_EVER:
        yield Phrase(key, {"days": days})
    yield from _waits(goal, program)


def _waits(goal: Goal, program: Program) -> Iterator[Phrase]:
    if goal.hold.days:
        yield Phrase("words.goal-hold", {"days": goal.hold.days.days})
    if goal.hold.until_event:
        yield hold_until(goal, program)


def _of_group(group: Group) -> Iterator[Phrase]:
    """Say the conditions that stand side by side; deeper ones are too long for a line."""
    parts = [part for part in group.parts if isinstance(part, Condition)]
    if group.quantifier == "any" or len(parts) < len(group.parts):
        yield Phrase("words.condition-more")
    if group.quantifier == "all":
        yield from (in_words(part) for part in parts)


def _of_steps(program: Program, to: Side) -> Iterator[Phrase]:
    """Say from which friend on there is how much, where it grows with their number."""
    for rule in (rule for goal in program.goals for rule in goal.rewards if rule.side is to):
        for option in (option for option in rule.options if isinstance(option.size, ByStep)):
            for begins, size in option.size.steps if isinstance(option.size, ByStep) else ():
                gain = of_option(replace(option, size=size), program)
                yield Phrase(f"words.steps-{to}", {"number": begins, "gain": gain})


def _milestone(milestone: Milestone, program: Program) -> Phrase:
    key = "words.prize-milestone-again" if milestone.repeats else "words.prize-milestone"
    return Phrase(key, {"referrals": _referrals(milestone.at, milestone.period), "gain": _won(milestone, program)})


def _contest(contest: Contest, program: Program) -> Phrase:
    values: Values = {"winners": contest.winners, "gain": _won(contest, program)}
    apart = "-apart" if contest.partition else ""
    if contest.first_to is not None:
        reached = _referrals(contest.first_to, "lifetime")
        return Phrase(f"words.prize-first{apart}", {**values, "referrals": reached})
    span = Phrase(f"words.span-{contest.period}")
    return Phrase(f"words.prize-most{apart}", {**values, "span": span, "least": contest.at_least})


def _raffle(raffle: Raffle, program: Program) -> Phrase:
    values: Values = {"winners": raffle.winners, "gain": _won(raffle, program)}
    drawn = Phrase(f"words.drawn-{raffle.period}")
    return Phrase("words.prize-raffle", {**values, "drawn": drawn, "entries": raffle.entries_per_referral})


def _won(prize: Milestone | Contest | Raffle, program: Program) -> Value:
    return gain_of(program, prize.reward)


def _referrals(count: int, period: str) -> Phrase:
    if period == "lifetime":
        return Phrase("words.referrals", {"count": count})
    return Phrase("words.referrals-within", {"count": count, "span": Phrase(f"words.span-{period}")})


def _limit(cap: Cap, program: Program) -> Iterator[Phrase]:
    if cap.count is not None:
        yield Phrase(f"words.limit-count-{cap.period}", {"count": cap.count})
    if cap.value is not None:
        yield Phrase(f"words.limit-value-{cap.period}", {"gain": worth(program, cap.value)})
    about = [what_counts(goal, program) for goal in program.goals if goal.name in cap.goals]
    if about and len(about) < len(program.goals):
        said = about[0]
        for one in about[1:]:
            said = Phrase("words.both", {"one": said, "other": one})
        yield Phrase("words.limit-about", {"what": said})


def _how_long(program: Program, to: Side) -> Iterator[Phrase]:
    """Say how long what a side gets is good for, and then a voucher; where it differs, the shortest."""
    rules = [rule for goal in program.goals for rule in goal.rewards if rule.side is to]
    if to is Side.ADVOCATE:
        rules += program.prize_rules
    yield from _of_expiries([rule.expiry for rule in rules])
    if any(option.delivery is Delivery.TILL for rule in rules for option in rule.options):
        yield Phrase("explaining.time-of-voucher", {"days": program.voucher_valid_for.days})


def _of_expiries(found: list[Expiry]) -> Iterator[Phrase]:
    days = {expiry.after.days for expiry in found if expiry.after is not None}
    dates = {expiry.on for expiry in found if expiry.after is None and expiry.on is not None}
    differs = len({(expiry.after, expiry.on) for expiry in found}) > 1
    if days:
        yield Phrase("words.good-for-at-least" if differs else "words.good-for", {"days": min(days)})
    if dates:
        yield Phrase("words.good-until", {"day": Day(min(dates))})


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values)
