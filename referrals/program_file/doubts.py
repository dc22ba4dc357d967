"""Points at what can be meant but often is not: limits that nothing passes, words that nobody sees."""

from collections.abc import Iterator

from referrals.money import Amount
from referrals.program import Cap, Contest, Goal, Program, Raffle
from referrals.program_file.positions import Path
from referrals.program_file.table_types import Fault
from referrals.rewarding import ByField, ByStep, Fixed, Option, Part, RewardRule, Side, Size

# Reported by every shop, and never with an amount.
_WITHOUT_AMOUNT = ("signup",)
# Prizes that are named where there are many.
_NAMED = 3
# How often a period can end within a longer one.
_TIMES = {
    ("day", "week"): 7,
    ("day", "month"): 31,
    ("day", "year"): 366,
    ("week", "month"): 5,
    ("week", "year"): 53,
    ("month", "year"): 12,
    ("quarter", "year"): 4,
}


def doubts(program: Program) -> Iterator[Fault]:
    """Yield what is doubtful in a program that can be used."""
    for cap in program.caps:
        yield from _of_cap(cap, program)
        alone = list(_of_prizes_in_cap(cap, program))
        yield from alone
        if not any(doubt.path[-1] == "value" for doubt in alone):
            yield from _of_prizes_together(cap, program)
    for number, goal in enumerate(program.goals):
        yield from _of_goal(goal, program)
        yield from _of_twins(goal, program.goals[:number])
    yield from _of_advocates(program)
    yield from _of_prizes(program)
    yield from _of_units(program)
    yield from _of_events(program)
    yield from _of_stocks(program)
    yield from _of_languages(program)


def _of_cap(cap: Cap, program: Program) -> Iterator[Fault]:
    """A limit below a single reward refuses every one of them."""
    path = cap.path
    about = [
        (goal, rule)
        for goal in program.goals
        for rule in goal.rewards
        if (not cap.goals or goal.name in cap.goals) and cap.owner in {rule.side.value, "program"}
    ]
    prizes = [each for each in _prizes(program) if not cap.goals and cap.owner != "friend" and cap.period != "friend"]
    if not about and not prizes:
        yield Fault(path, "This limits nothing: nobody it is about is rewarded. Leave it out, or check its name.")
    limit = cap.value
    sizes = [(amount.minor, goal.name) for goal, rule in about for amount in _fixed(rule) if _is_of(limit, amount)]
    if limit is not None and sizes and max(sizes)[0] > limit.minor:
        minor, name = max(sizes)
        words = (
            f"One reward for {name}, {_said(Amount(minor, limit.unit))}, is more than this allows, {_said(limit)}, so "
            "it would always be refused. Raise the limit, or lower the reward."
        )
        yield Fault((*path, "value"), words)


def _of_prizes_in_cap(cap: Cap, program: Program) -> Iterator[Fault]:
    """A prize is announced before it is won: a limit that can refuse it breaks a promise."""
    if cap.goals or cap.owner == "friend" or cap.period == "friend":
        return
    for path, rule, times in _prizes(program):
        whose = f"{path[0]}.{path[1]}"
        worths = [amount.minor for amount in _fixed(rule) if _is_of(cap.value, amount)]
        is_whole = cap.owner == "program"
        if cap.value is not None and worths and max(worths) * (times if is_whole else 1) > cap.value.minor:
            all_of_it = Amount(max(worths) * (times if is_whole else 1), cap.value.unit)
            words = (
                f"{whose} alone can come to {_said(all_of_it)}, which is more than this allows, {_said(cap.value)}: it "
                "would be refused to whoever wins it. Raise the limit, lower the prize, or name the goals the limit is "
                "about."
            )
            yield Fault((*cap.path, "value"), words)
        elif cap.count is not None:
            words = (
                f"{whose} counts under this limit too, and is refused once {cap.count} rewards are given. If that is "
                "not meant, name the goals the limit is about."
            )
            yield Fault((*cap.path, "count"), words)


def _of_prizes_together(cap: Cap, program: Program) -> Iterator[Fault]:
    """Prizes that fit one by one can be too much together, and none of them knows of the others."""
    limit = cap.value
    if limit is None or cap.goals or cap.owner != "program":
        return
    total, named = 0, []
    for path, rule, times in _prizes(program):
        worths = [amount.minor for amount in _fixed(rule) if _is_of(limit, amount)]
        if worths:
            total += max(worths) * times * _decided(path, cap, program)
            named.append(".".join(map(str, path)))
    if total > limit.minor:
        words = (
            f"{', '.join(named[:_NAMED])}{' and more' if len(named) > _NAMED else ''} can come to "
            f"{_said(Amount(total, limit.unit))} in all, which is more than this allows, {_said(limit)}: the last of "
            "them would be refused. Raise the limit, or lower the prizes."
        )
        yield Fault((*cap.path, "value"), words)


def _decided(path: Path, cap: Cap, program: Program) -> int:
    """Say how often a prize can be decided within a cap's period."""
    kind, name = path
    decided: tuple[Contest | Raffle, ...] = program.contests if kind == "contests" else program.raffles
    period = next((each.period for each in decided if kind != "milestones" and each.name == name), "lifetime")
    return _TIMES.get((period, cap.period), 1)


def _prizes(program: Program) -> Iterator[tuple[Path, RewardRule, int]]:
    """List what is won beyond the reward for each referral, and how many win it at once."""
    yield from ((("milestones", each.name), each.reward, 1) for each in program.milestones)
    for contest in program.contests:
        yield ("contests", contest.name), contest.reward, contest.winners
    yield from ((("raffles", each.name), each.reward, each.winners) for each in program.raffles)


def _is_of(limit: Amount | None, amount: Amount) -> bool:
    return limit is not None and limit.unit == amount.unit


def _of_goal(goal: Goal, program: Program) -> Iterator[Fault]:
    path = ("goals", goal.name)
    if goal.counted_from == "click" and (goal.within or program.qualify_within) > program.click_window:
        words = (
            f"A click is forgotten after {program.click_window.days} days, so nobody has longer than that. Raise "
            "click_window_days, or count from joining."
        )
        yield Fault((*path, "counted_from"), words)
    looks_at_amount = goal.minimum is not None or any(part.field == "amount" for part in goal.when.conditions())
    is_part = any(not isinstance(size, Fixed) for rule in goal.rewards for size in _sizes(rule))
    if all(event in _WITHOUT_AMOUNT for event in goal.events) and (looks_at_amount or is_part):
        words = f"A {goal.events[0]} has no amount, so this is never reached. Wait for a purchase, or name an amount."
        yield Fault((*path, "event"), words)
    for rule in goal.rewards:
        yield from _of_expiry(goal, rule, program)
    for condition in goal.when.conditions():
        if condition.field == "country" and any(str(value) != str(value).upper() for value in condition.values):
            words = 'Countries are usually reported as two capital letters, such as "DE". Check what your shop sends.'
            yield Fault(path, words)


def _of_expiry(goal: Goal, rule: RewardRule, program: Program) -> Iterator[Fault]:
    last = rule.expiry.on
    if last is not None and program.ends is not None and last < program.ends + goal.hold.days:
        words = (
            f"Who qualifies on the program's last day waits {goal.hold.days.days} days for the reward, and by then it "
            "has expired. Choose a later day."
        )
        yield Fault(("goals", goal.name, rule.side.value, "expires_on"), words)


def _of_twins(goal: Goal, earlier: tuple[Goal, ...]) -> Iterator[Fault]:
    for other in earlier:
        if (goal.events, goal.minimum, goal.when, goal.count) == (other.events, other.minimum, other.when, other.count):
            words = f"One event reaches this and {other.name} alike, and both are rewarded."
            yield Fault(("goals", goal.name), words)


def _of_advocates(program: Program) -> Iterator[Fault]:
    is_rewarded = any(goal.reward_of(Side.ADVOCATE) for goal in program.goals)
    if not is_rewarded and not (program.milestones or program.contests or program.raffles):
        words = "Whoever invites friends gets nothing in this program."
        yield Fault(("goals", program.goals[0].name), words)


def _of_prizes(program: Program) -> Iterator[Fault]:
    """What is decided at the end of a program that never ends is never decided."""
    if program.ends is not None:
        return
    endless = [
        ("contests", contest.name, "most_in")
        for contest in program.contests
        if contest.first_to is None and contest.period == "lifetime"
    ]
    endless += [("raffles", raffle.name, "every") for raffle in program.raffles if raffle.period == "lifetime"]
    for path in endless:
        words = "This is decided when the program ends, and it has no end. Add ends to [program], or choose a period."
        yield Fault(path, words)


def _of_units(program: Program) -> Iterator[Fault]:
    used = {option.unit for _, option in _options(program)}
    used |= {cap.value.unit for cap in program.caps if cap.value is not None}
    for name in program.units:
        if name not in used:
            yield Fault(("units", name), f"No reward is paid in {name}. Leave the section out, or check its name.")


def _of_languages(program: Program) -> Iterator[Fault]:
    if program.terms and program.language not in program.terms:
        words = f"The program's own language is {program.language}, and there are no terms in it. Add them."
        yield Fault(("terms",), words)
    for name, languages in program.units.items():
        for language in program.terms:
            if language not in languages:
                words = f"There are terms in {language}, but no name for {name}. Add [units.{name}.{language}]."
                yield Fault(("units", name), words)


def _of_events(program: Program) -> Iterator[Fault]:
    """What nobody waits for is never named, and what has one name is named by it in every language."""
    known = {event for goal in program.goals for event in (*goal.events, goal.hold.until_event)}
    for name, said in program.events.items():
        if name not in known:
            yield Fault(("events", name), f"No goal waits for {name}. Leave the section out, or check its name.")
        for language in program.terms:
            if language not in said:
                words = f"There are terms in {language}, but {name} has no name in it. Add a line: {language} = …"
                yield Fault(("events", name), words)


def _of_stocks(program: Program) -> Iterator[Fault]:
    """The codes of one stock are worth the same; a reward of another worth needs another stock."""
    worths: dict[str, Amount] = {}
    for path, option in _options(program):
        if option.stock and isinstance(option.size, Fixed):
            first = worths.setdefault(option.stock, option.size.amount)
            if first != option.size.amount:
                words = (
                    f"The stock {option.stock} is given for {_said(first)} and for {_said(option.size.amount)}. "
                    "Give each its own."
                )
                yield Fault((*path, "stock"), words)


def _options(program: Program) -> Iterator[tuple[Path, Option]]:
    for path, rule in _rules(program):
        for option in rule.options:
            yield (*path, "choose", option.name) if option.name else path, option


def _rules(program: Program) -> Iterator[tuple[Path, RewardRule]]:
    for goal in program.goals:
        for rule in goal.rewards:
            yield ("goals", goal.name, rule.side.value), rule
    for kind, prizes in (
        ("milestones", program.milestones),
        ("contests", program.contests),
        ("raffles", program.raffles),
    ):
        for prize in prizes:
            yield (kind, prize.name), prize.reward


def _fixed(rule: RewardRule) -> Iterator[Amount]:
    for size in _sizes(rule):
        if isinstance(size, Fixed):
            yield size.amount


def _sizes(rule: RewardRule) -> Iterator[Part]:
    for option in rule.options:
        yield from _simple(option.size)


def _simple(size: Size) -> Iterator[Part]:
    match size:
        case ByField():
            yield from (part for _, part in size.cases)
            if size.otherwise is not None:
                yield size.otherwise
        case ByStep():
            for _, step in size.steps:
                yield from _simple(step)
        case _:
            yield size


def _said(amount: Amount) -> str:
    return f"{amount.decimal()} {amount.unit}"
