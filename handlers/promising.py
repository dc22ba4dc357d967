"""What a program promises, in few words: what each side gets, for what deed, and under which conditions."""

from collections.abc import Iterable, Iterator, Sequence

from handlers.programs import spoken, worth
from messages.message import Day, Percent, Phrase, Value, Values, Worth
from referrals.conditions import Condition, Group
from referrals.money import Amount
from referrals.program import Cap, Goal, Program
from referrals.rewarding import ByField, ByStep, Fixed, Option, Portion, RewardRule, Side, Size

Gain = Worth | Phrase

FIRST_PURCHASE, SIGNUP, OTHER = "first-purchase", "signup", "other"
# The types of events that every language has words for.
_KNOWN_EVENTS = ("purchase", "signup")
# Ten years are said of a program that knows no window: nobody needs to hear of them.
AS_GOOD_AS_EVER = 3650
# A sentence with more of them would be a list: the conditions are one.
_MOST_SAID = 3


def gain(program: Program, side: Side) -> Gain | None:
    """Say what one side gets in this program; nothing when it gets nothing."""
    given = [(goal, rule) for goal in program.goals if (rule := goal.reward_of(side))]
    if len(given) == 1:
        return _repeated(*given[0], program)
    most = _most_in_all(given, program)
    if most is not None:
        return Phrase("words.up-to", {"gain": most})
    return Phrase("words.and-more", {"gain": _repeated(*given[0], program)}) if given else None


def promise(program: Program, side: Side) -> Gain:
    """Say what one side gets in this program, for a sentence that must go on when it gets nothing."""
    if (own := gain(program, side)) is not None:
        return own
    return (_step(program) if side is Side.ADVOCATE else None) or Phrase("words.nothing")


def _step(program: Program) -> Phrase | None:
    """Say what a friend counts for, where a prize is what an advocate can get for several."""
    rules = [prize.reward for prize in program.milestones] + [prize.reward for prize in program.contests]
    if rules:
        return Phrase("words.step-towards", {"gain": gain_of(program, rules[0])})
    raffle = next(iter(program.raffles), None)
    return Phrase("words.chance-of", {"gain": gain_of(program, raffle.reward)}) if raffle else None


def offer(program: Program) -> Values:
    """Say what both sides get, and for which deed of the friend: the values of every text that tells of the program."""
    return {
        "advocate-gain": promise(program, Side.ADVOCATE),
        "friend-gain": promise(program, Side.FRIEND),
        "deed": deed(program),
    }


def story(program: Program) -> str:
    """Say which of several texts tells of this program: the plain one is about a first purchase."""
    return "" if (what := deed(program)) == FIRST_PURCHASE else f"-{what}"


def deed(program: Program) -> str:
    """Name what a friend must do, where it is so simple that a sentence can say it."""
    goal = program.goals[0]
    is_simple = len(program.goals) == 1 and len(goal.events) == 1 and goal.most_times == 1 and _count(goal) == 1
    if is_simple and goal.events[0] == "purchase":
        return FIRST_PURCHASE
    return SIGNUP if is_simple and goal.events[0] == "signup" else OTHER


def is_rung_up(program: Program) -> bool:
    """Tell whether friends buy at a till, where a code can be given."""
    return any("purchase" in goal.events for goal in program.goals)


def way_of_use(program: Program, side: Side = Side.ADVOCATE) -> str:
    """Name the one way in which everything that a side earns is used: at the till, from a balance; else another."""
    rules = [rule for goal in program.goals if (rule := goal.reward_of(side))]
    ways = {option.delivery for rule in rules for option in rule.options}
    return str(next(iter(ways))) if len(ways) == 1 else OTHER


def gain_of(program: Program, rule: RewardRule) -> Gain:
    """Say what a rule gives: its amount, the most that it may be, or what may be picked."""
    said = [_of_option(option, program) for option in rule.options]
    return either(said)


def conditions(program: Program, to: Side = Side.FRIEND) -> tuple[Phrase, ...]:
    """Put the terms into a few plain lines, for the friend or for who invites."""
    lines = [_who_may_come(program)]
    if deed(program) == FIRST_PURCHASE:
        lines += _of_first_purchase(program)
    else:
        lines += [line for goal in program.goals for line in _of_goal(goal, program, to)]
    lines += limits(program, "friend")
    if program.ends is not None:
        lines.append(Phrase("words.condition-ends", {"day": Day(program.ends)}))
    return tuple(lines)


def limits(program: Program, owner: str) -> list[Phrase]:
    """Say how much may be earned at most: by an advocate, or for one friend."""
    return [_limit(cap, program) for cap in program.caps if cap.owner == owner]


def what_counts(goal: Goal, program: Program) -> Value:
    """Name a goal for those who are to reach it: in the business's words, or by its event."""
    if goal.says:
        return spoken(program, goal.says)
    kinds = [_event(event, goal, program) for event in goal.events]
    said = kinds[0]
    for kind in kinds[1:]:
        said = Phrase("words.both", {"one": said, "other": kind})
    return said


def _who_may_come(program: Program) -> Phrase:
    if program.lapsed_after is None:
        return Phrase(
            "words.condition-new-customers" if program.new_until == "purchase" else "words.condition-new-here"
        )
    return Phrase("words.condition-lapsed", {"days": program.lapsed_after.days})


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
        yield Phrase("words.condition-hold-until", {"event": event_name(goal.hold.until_event, program)})


def _of_goal(goal: Goal, program: Program, to: Side) -> Iterator[Phrase]:
    """Say of one goal among several what each side gets for it, and what else it asks."""
    gains: dict[str, Value] = {f"{rule.side}-gain": _repeated(goal, rule, program) for rule in goal.rewards}
    if not gains:
        gains["advocate-gain"] = _step(program) or Phrase("words.nothing")
    for_whom = "both" if len(gains) > 1 else next(iter(gains)).removesuffix("-gain")
    told = "" if to is Side.FRIEND else "-told-advocate"
    yield Phrase(f"words.goal-for-{for_whom}{told}", {"what": what_counts(goal, program), **gains})
    if not goal.says:
        yield from _of_group(goal.when)
    days = (goal.within or program.qualify_within).days
    key = "words.goal-window-from-click" if goal.counted_from == "click" else "words.goal-window"
    if days < AS_GOOD_AS_EVER:
        yield Phrase(key, {"days": days})
    if goal.hold.days:
        yield Phrase("words.goal-hold", {"days": goal.hold.days.days})
    if goal.hold.until_event:
        yield Phrase("words.condition-hold-until", {"event": event_name(goal.hold.until_event, program)})


def _of_group(group: Group) -> Iterator[Phrase]:
    """Say the conditions that stand side by side; deeper ones are too long for a line."""
    parts = [part for part in group.parts if isinstance(part, Condition)]
    if group.quantifier == "any" or len(parts) < len(group.parts):
        yield Phrase("words.condition-more")
    if group.quantifier == "all":
        yield from (in_words(part) for part in parts)


def in_words(condition: Condition) -> Phrase:
    """Say one condition."""
    field, _, name = condition.field.partition(".")
    if field == "first":
        return Phrase("words.condition-first")
    about: Value = f"{name}" if name else Phrase(f"words.field-{field}")
    values = {"field": about, "value": _listed(str(value) for value in condition.values)}
    return Phrase(f"words.condition-{condition.operator.replace('_', '-')}", values)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values)


def _limit(cap: Cap, program: Program) -> Phrase:
    if cap.count is not None:
        return Phrase(f"words.limit-count-{cap.period}", {"count": cap.count})
    most = worth(program, cap.value or Amount(0, program.currency))
    return Phrase(f"words.limit-value-{cap.period}", {"gain": most})


def _event(event: str, goal: Goal, program: Program) -> Value:
    if event in program.events and _count(goal) == 1:
        return event_name(event, program)
    values: dict[str, Value] = {"count": _count(goal), "event": event_name(event, program)}
    kind = event if event in _KNOWN_EVENTS and event not in program.events else "event"
    if kind == "purchase" and goal.minimum is not None:
        return Phrase("words.what-purchase-minimum", {**values, "minimum": worth(program, goal.minimum)})
    return Phrase(f"words.what-{kind}", values)


def event_name(event: str, program: Program) -> Value:
    """Name the type of an event in the business's words, in words of ours, or as it is reported."""
    if event in program.events:
        return spoken(program, program.events[event])
    if event in _KNOWN_EVENTS:
        return Phrase(f"words.event-{event}")
    return event.replace("_", " ").replace("-", " ").replace(".", " ")


def _count(goal: Goal) -> int:
    return max([goal.count.number, *(number for _, number in goal.count.cases)])


def _repeated(goal: Goal, rule: RewardRule, program: Program) -> Gain:
    said = gain_of(program, rule)
    if goal.most_times is None:
        return Phrase("words.each-time", {"gain": said})
    return Phrase("words.so-many-times", {"gain": said, "times": goal.most_times}) if goal.most_times > 1 else said


def _most_in_all(given: list[tuple[Goal, RewardRule]], program: Program) -> Worth | None:
    """Add up what several goals bring, where it is all of one kind and ends somewhere."""
    amounts = [(_most_of(rule.options[0].size), goal.most_times) for goal, rule in given if not rule.is_choice]
    if not amounts or len(amounts) < len(given):
        return None
    total = 0
    for amount, times in amounts:
        if amount is None or times is None or amount.unit != (amounts[0][0] or amount).unit:
            return None
        total += amount.minor * times
    first = amounts[0][0]
    return worth(program, Amount(total, first.unit)) if first else None


def _most_of(size: Size) -> Amount | None:
    """Find the most a size can come to, where that is known before anything is bought."""
    found = [part.amount if isinstance(part, Fixed) else part.at_most for part in _parts(size)]
    known = [amount for amount in found if amount is not None]
    if not known or len(known) < len(found) or len({amount.unit for amount in known}) > 1:
        return None
    return max(known, key=lambda amount: amount.minor)


def _parts(size: Size) -> list[Fixed | Portion]:
    match size:
        case ByField():
            return [*(part for _, part in size.cases), *([size.otherwise] if size.otherwise else [])]
        case ByStep():
            return [part for _, step in size.steps for part in _parts(step)]
    return [size]


def _of_option(option: Option, program: Program) -> Gain:
    parts = _parts(option.size)
    said = list(dict.fromkeys(parts))
    if len(said) == 1:
        return _of_part(said[0], program)
    most = _most_of(option.size)
    if most is not None and all(isinstance(part, Fixed) for part in said):
        return Phrase("words.up-to", {"gain": worth(program, most)})
    if all(isinstance(part, Portion) for part in said):
        largest = max((part for part in said if isinstance(part, Portion)), key=lambda part: part.percent)
        return Phrase("words.up-to", {"gain": _of_part(largest, program)})
    return either([_of_part(part, program) for part in said])


def _of_part(part: Fixed | Portion, program: Program) -> Gain:
    if isinstance(part, Fixed):
        return worth(program, part.amount)
    values: dict[str, Value] = {"percent": Percent(f"{part.percent:f}")}
    if part.at_most is None:
        return Phrase("words.percent", values)
    return Phrase("words.percent-at-most", {**values, "most": worth(program, part.at_most)})


def either(said: Sequence[Gain]) -> Gain:
    """Say several things of which one may be had."""
    shown = said[:_MOST_SAID]
    first = shown[0]
    for one in shown[1:]:
        first = Phrase("words.either", {"one": first, "other": one})
    return Phrase("words.or-else", {"gain": first}) if len(said) > _MOST_SAID else first
