"""What a program promises, in few words: what each side gets, and for what deed."""

import re
from collections.abc import Sequence

from handlers.programs import spoken, worth
from messages.message import Percent, Phrase, Value, Values, Worth
from referrals.money import Amount
from referrals.program import Goal, Program
from referrals.rewarding import ByField, ByStep, EarnRate, Fixed, Option, Part, Portion, RewardRule, Side, Size

Gain = Worth | Phrase

FIRST_PURCHASE, SIGNUP, OTHER = "first-purchase", "signup", "other"
# The types of events that every language has words for.
_KNOWN_EVENTS = ("purchase", "signup")
# Ten years are said of a program that knows no window: nobody needs to hear of them.
AS_GOOD_AS_EVER = 3650
_NUMBER = re.compile(r"\d+")
# A sentence with more of them would be a list: the conditions are one.
_MOST_SAID = 3


def gain(program: Program, side: Side) -> Gain | None:
    """Say what one side gets in this program; nothing when it gets nothing."""
    given = [(goal, rule) for goal in program.goals if (rule := goal.reward_of(side))]
    if len(given) == 1:
        return repeated(*given[0], program)
    most = _most_in_all(given, program)
    if most is not None:
        return Phrase("words.up-to", {"gain": most})
    return Phrase("words.and-more", {"gain": repeated(*given[0], program)}) if given else None


def promise(program: Program, side: Side) -> Gain:
    """Say what one side gets in this program, for a sentence that must go on when it gets nothing."""
    if (own := gain(program, side)) is not None:
        return own
    return (step(program) or Phrase("words.thanks")) if side is Side.ADVOCATE else Phrase("words.nothing")


def step(program: Program) -> Phrase | None:
    """Say what a friend counts for, where a prize is what an advocate can get for several."""
    rules = [prize.reward for prize in program.milestones] + [prize.reward for prize in program.contests]
    if rules:
        return Phrase("words.step-towards", {"gain": gain_of(program, rules[0])})
    raffle = next(iter(program.raffles), None)
    return Phrase("words.chance-of", {"gain": gain_of(program, raffle.reward)}) if raffle else None


def offer(program: Program) -> Values:
    """Say what both sides get, and for which deed of the friend: the values of every text that tells of the program."""
    return {
        "gains": gains(program),
        "advocate-gain": promise(program, Side.ADVOCATE),
        "friend-gain": promise(program, Side.FRIEND),
        "deed": deed(program),
    }


def gains(program: Program, *, whose: str = "", advocate: Value = "") -> Phrase:
    """Say what both sides get in one part of a sentence, or what one gets where the other gets nothing."""
    values: Values = {
        "advocate-gain": promise(program, Side.ADVOCATE),
        "friend-gain": promise(program, Side.FRIEND),
        "advocate": advocate,
    }
    return Phrase(f"words.gains{whose}-{who_gains(program)}", values)


def who_gains(program: Program) -> str:
    """Name whom the program gives anything: both, or one side; who only counts towards a prize gets that."""
    has_friend = gain(program, Side.FRIEND) is not None
    has_advocate = gain(program, Side.ADVOCATE) is not None or step(program) is not None
    if has_friend and not has_advocate:
        return "friend"
    return "both" if has_friend else "advocate"


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


def is_endless(program: Program) -> bool:
    """Tell whether a friend has so long for everything that nobody needs to hear of an end."""
    return all((goal.within or program.qualify_within).days >= AS_GOOD_AS_EVER for goal in program.goals)


def is_rung_up(program: Program) -> bool:
    """Tell whether friends buy at a till, where a code can be given."""
    return any("purchase" in goal.events for goal in program.goals)


def way_of_use(program: Program, *sides: Side) -> str:
    """Name the one way in which everything that these sides earn is used: at the till, from a balance; else another."""
    rules = [rule for goal in program.goals for side in sides if (rule := goal.reward_of(side))]
    if Side.ADVOCATE in sides:
        rules += program.prize_rules
    ways = {option.delivery for rule in rules for option in rule.options}
    return str(next(iter(ways))) if len(ways) == 1 else OTHER


def gain_of(program: Program, rule: RewardRule) -> Gain:
    """Say what a rule gives: its amount, the most that it may be, or what may be picked."""
    said = [of_option(option, program) for option in rule.options]
    return either(said)


def what_counts(goal: Goal, program: Program) -> Value:
    """Name a goal for those who are to reach it: in the business's words, or by its event."""
    if goal.says:
        said = spoken(program, goal.says)
        return said if _is_said(goal) else _of_minimum(said, goal, program)
    kinds = [_event(event, goal, program) for event in goal.events]
    named = kinds[0]
    for kind in kinds[1:]:
        named = Phrase("words.both", {"one": named, "other": kind})
    return named


def _is_said(goal: Goal) -> bool:
    """Tell whether the business's own words name the smallest amount: “a first stay from $75”."""
    if goal.minimum is None:
        return True
    whole = goal.minimum.decimal().partition(".")[0]
    return all(whole in _NUMBER.findall(said) for said in goal.says.values())


def _event(event: str, goal: Goal, program: Program) -> Value:
    least, most = _fewest(goal), _count(goal)
    if most == 1 and event in program.events:
        return _of_minimum(event_name(event, program), goal, program)
    values: dict[str, Value] = {"count": most, "event": event_name(event, program)}
    kind = event if event in _KNOWN_EVENTS and event not in program.events else "event"
    if kind == "purchase" and goal.minimum is not None:
        return Phrase("words.what-purchase-minimum", {**values, "minimum": worth(program, goal.minimum)})
    if kind == "event" and least < most:
        return _of_minimum(Phrase("words.what-event-between", {**values, "least": least}), goal, program)
    return _of_minimum(Phrase(f"words.what-{kind}", values), goal, program)


def _of_minimum(what: Value, goal: Goal, program: Program) -> Value:
    if goal.minimum is None:
        return what
    return Phrase("words.what-minimum", {"what": what, "minimum": worth(program, goal.minimum)})


def event_name(event: str, program: Program) -> Value:
    """Name the type of an event in the business's words, in words of ours, or as it is reported."""
    if event in program.events:
        return spoken(program, program.events[event])
    if event in _KNOWN_EVENTS:
        return Phrase(f"words.event-{event}")
    return event.replace("_", " ").replace("-", " ").replace(".", " ")


def _count(goal: Goal) -> int:
    return max([goal.count.number, *(number for _, number in goal.count.cases)])


def _fewest(goal: Goal) -> int:
    return min([goal.count.number, *(number for _, number in goal.count.cases)])


def repeated(goal: Goal, rule: RewardRule, program: Program) -> Gain:
    """Say what a rule gives, and how often."""
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


def _parts(size: Size) -> list[Part]:
    match size:
        case ByField():
            return [*(part for _, part in size.cases), *([size.otherwise] if size.otherwise else [])]
        case ByStep():
            return [part for _, step in size.steps for part in _parts(step)]
    return [size]


def of_option(option: Option, program: Program) -> Gain:
    """Say what one option gives."""
    parts = _parts(option.size)
    said = list(dict.fromkeys(parts))
    if len(said) == 1:
        return of_part(said[0], program)
    most = _most_of(option.size)
    if most is not None and all(isinstance(part, Fixed) for part in said):
        return Phrase("words.up-to", {"gain": worth(program, most)})
    if all(isinstance(part, Portion) for part in said):
        largest = max((part for part in said if isinstance(part, Portion)), key=lambda part: part.percent)
        return Phrase("words.up-to", {"gain": of_part(largest, program)})
    rates = [part for part in said if isinstance(part, EarnRate)]
    if len(rates) == len(said) and len({rate.each for rate in rates}) == 1:
        best = max(rates, key=lambda rate: rate.amount.minor)
        return Phrase("words.up-to", {"gain": of_part(best, program)})
    return either([of_part(part, program) for part in said])


def of_part(part: Part, program: Program) -> Gain:
    """Say an amount, or a part of the purchase."""
    if isinstance(part, Fixed):
        return worth(program, part.amount)
    if isinstance(part, EarnRate):
        rate: dict[str, Value] = {"gain": worth(program, part.amount), "each": worth(program, part.each)}
        if part.at_most is None:
            return Phrase("words.for-each", rate)
        return Phrase("words.for-each-at-most", {**rate, "most": worth(program, part.at_most)})
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
