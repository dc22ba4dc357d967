"""Tells what a program says in short English sentences, for the team that owns it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from referrals.conditions import ALWAYS, Condition, Group, Operator
from referrals.program import Cap, Contest, CountBy, Goal, Milestone, Program, Raffle, Touch
from referrals.program_amounts import said_option, said_size, said_value
from referrals.program_file.days import day_of, last_day_of
from referrals.rewarding import Expiry, RewardRule, Side

_WHO = {Side.ADVOCATE: "Advocates", Side.FRIEND: "Friends"}
_COMPARED = {
    Operator.IS: "is",
    Operator.IS_NOT: "is not",
    Operator.IS_ONE_OF: "is one of",
    Operator.IS_NONE_OF: "is none of",
    Operator.STARTS_WITH: "starts with",
    Operator.ENDS_WITH: "ends with",
    Operator.CONTAINS: "contains",
    Operator.DOES_NOT_CONTAIN: "does not contain",
    Operator.IS_MORE_THAN: "is more than",
    Operator.IS_AT_LEAST: "is at least",
    Operator.IS_LESS_THAN: "is less than",
    Operator.IS_AT_MOST: "is at most",
}
_OWNERS = {"advocate": "An advocate", "friend": "A friend", "program": "The whole program"}


@dataclass(frozen=True)
class Fact:
    """One thing a program says: a sentence with a gap, {}, and what fills it; the key tells what it is about."""

    key: tuple[str, ...]
    sentence: str
    words: str
    exact: object = None  # what the words shorten, so that no difference goes unnoticed

    def __str__(self) -> str:
        return self.sentence.replace("{}", self.words)


def facts_of(program: Program) -> Iterator[Fact]:
    """Yield what a program says, in the order of its file."""
    yield from _of_head(program)
    yield from _of_joining(program)
    for goal in program.goals:
        yield from _of_goal(goal, program)
    for cap in program.caps:
        yield _of_cap(cap, program)
    for milestone in program.milestones:
        yield from _of_milestone(milestone, program)
    for contest in program.contests:
        yield from _of_contest(contest, program)
    for raffle in program.raffles:
        yield from _of_raffle(raffle, program)
    for exclusion in program.exclusions:
        who = f"{exclusion.who.value}s" if exclusion.who else "advocates and friends"
        key = ("ineligible", exclusion.name)
        yield Fact(key, f"{exclusion.name}: kept out are {{}}.", f"{who} for whom {said_group(exclusion.when)}")
    yield from _of_words(program)


def _of_head(program: Program) -> Iterator[Fact]:
    yield Fact(("program", "name"), "The program is called {}.", program.name)
    yield Fact(("program", "currency"), "Amounts are in {}.", program.currency)
    if program.starts:
        yield Fact(("program", "starts"), "It starts on {}.", day_of(program.starts, program.zone).isoformat())
    if program.ends:
        yield Fact(("program", "ends"), "Its last day is {}.", last_day_of(program.ends, program.zone).isoformat())
    touch = "first" if program.touch is Touch.FIRST else "last"
    yield Fact(("program", "attribution"), "A friend belongs to the {} advocate whose link they followed.", touch)
    if program.destination:
        yield Fact(("program", "destination"), "Links lead to {}.", program.destination)


def _of_joining(program: Program) -> Iterator[Fact]:
    yield Fact(("joining", "qualify"), "A friend has {} to qualify.", _days(program.qualify_within))
    yield Fact(("joining", "claim"), "A purchase with a code waits {} for its customer.", _days(program.claim_within))
    yield Fact(("joining", "click"), "A click is remembered for {}.", _days(program.click_window))
    if program.late_claim:
        words = "A code may still be given {} after the first purchase."
        yield Fact(("joining", "late"), words, _days(program.late_claim))
    if program.lapsed_after:
        words = "Who has bought nothing for {} counts as new again."
        yield Fact(("joining", "lapsed"), words, _days(program.lapsed_after))
    if program.new_until != "purchase":
        yield Fact(("joining", "new"), "Somebody counts as new until their first {}.", program.new_until)
    yield Fact(("vouchers", "valid"), "A voucher can be shown for {}.", _days(program.voucher_valid_for))


def _of_goal(goal: Goal, program: Program) -> Iterator[Fact]:
    key, name = ("goals", goal.name), goal.name
    yield Fact((*key, "event"), f"{name} is reached by {{}}.", _said_count(goal))
    if goal.minimum is not None:
        yield Fact((*key, "minimum"), f"{name} needs {{}}.", f"at least {said_value(goal.minimum, program)}")
    if goal.when != ALWAYS:
        yield Fact((*key, "when"), f"{name} counts only where {{}}.", said_group(goal.when))
    if goal.within:
        yield Fact((*key, "within"), f"{name} must be reached within {{}}.", _days(goal.within))
    if goal.counted_from != "joining":
        yield Fact((*key, "from"), f"{name}: days are counted from the {{}}.", goal.counted_from)
    times = "as often as it happens" if goal.most_times is None else _times(goal.most_times)
    if goal.most_times != 1:
        yield Fact((*key, "times"), f"{name} is rewarded {{}} for one friend.", times)
    yield Fact((*key, "hold"), f"Rewards for {name} come {{}}.", _said_hold(goal))
    for rule in goal.rewards:
        yield from _of_reward(
            (*key, rule.side.value), f"{_WHO[rule.side]} get", why=f"for {name}", rule=rule, program=program
        )


def _of_reward(key: tuple[str, ...], who: str, *, why: str, rule: RewardRule, program: Program) -> Iterator[Fact]:
    words = " or ".join(said_size(option.size, program) for option in rule.options)
    yield Fact((*key, "size"), f"{who} {{}} {why}.", words, rule.options)
    forms = " or ".join(dict.fromkeys(said_option(option) for option in rule.options))
    yield Fact((*key, "form"), f"{who} it {why} {{}}.", forms)
    yield Fact((*key, "expiry"), f"What {who.lower()} {why} {{}}.", _said_expiry(rule.expiry, program))


def _of_cap(cap: Cap, program: Program) -> Fact:
    limits = [_counted(cap.count, "reward")] if cap.count is not None else []
    limits += [said_value(cap.value, program)] if cap.value is not None else []
    period = {"friend": "for one friend", "lifetime": "in all"}.get(cap.period, f"in a {cap.period}")
    about = f" (for {', '.join(sorted(cap.goals))})" if cap.goals else ""
    return Fact(("caps", cap.name), f"{_OWNERS[cap.owner]} may earn {{}} {period}.", f"{' and '.join(limits)}{about}")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _of_milestone(milestone: Milestone, program: Program) -> Iterator[Fact]:
    each = "every" if milestone.repeats else "the first"
    count = "referral" if milestone.at == 1 else f"{milestone.at} referrals"
    period = "" if milestone.period == "lifetime" else f" in a {milestone.period}"
    about = f" for {', '.join(sorted(milestone.goals))}" if milestone.goals else ""
    key = ("milestones", milestone.name)
    yield Fact((*key, "at"), f"{milestone.name} is reached by {{}}.", f"{each} {count}{about}{period}")
    yield from _of_reward(key, "Advocates get", why=f"for {milestone.name}", rule=milestone.reward, program=program)


def _of_contest(contest: Contest, program: Program) -> Iterator[Fact]:
    within = f" of each {contest.partition}" if contest.partition else ""
    winners = "one" if contest.winners == 1 else str(contest.winners)
    if contest.first_to is not None:
        words = f"the first {winners}{within} to reach {_counted(contest.first_to, 'referral')}"
    else:
        period = "the whole program" if contest.period == "lifetime" else f"a {contest.period}"
        words = f"the {winners}{within} with the most referrals in {period}, from {contest.at_least} on"
    key = ("contests", contest.name)
    yield Fact((*key, "won"), f"{contest.name} is won by {{}}.", words)
    yield from _of_reward(key, "Winners get", why=f"for {contest.name}", rule=contest.reward, program=program)


def _of_raffle(raffle: Raffle, program: Program) -> Iterator[Fact]:
    period = "once, when the program ends" if raffle.period == "lifetime" else f"every {raffle.period}"
    key = ("raffles", raffle.name)
    words = f"{period}: {raffle.winners} of all entries, {raffle.entries_per_referral} for each referral"
    yield Fact((*key, "drawn"), f"{raffle.name} is drawn {{}}.", words)
    yield from _of_reward(key, "Winners get", why=f"for {raffle.name}", rule=raffle.reward, program=program)


def _of_words(program: Program) -> Iterator[Fact]:
    """Terms are too long to be repeated; how long they are tells that they differ."""
    for language, text in program.terms.items():
        yield Fact(("terms", language), f"Terms in {language}: {{}}", _gist(text), text)
    for goal in program.goals:
        yield from _of_says(("goals", goal.name), goal.says)
    for exclusion in program.exclusions:
        yield from _of_says(("ineligible", exclusion.name), exclusion.says)
    yield from _of_names(program)
    if program.brand.color or program.brand.logo:
        words = " and ".join(part for part in (program.brand.color, program.brand.logo) if part)
        yield Fact(("brand",), "Pages show {}.", words)


def _of_names(program: Program) -> Iterator[Fact]:
    for unit, languages in program.units.items():
        for language, names in languages.items():
            words = " / ".join(dict.fromkeys(name for _, name in names))
            yield Fact(("units", unit, language), f"The unit {unit} is called {{}} in {language}.", words, names)
    for event, said in program.events.items():
        for language, name in said.items():
            yield Fact(("events", event, language), f"The event {event} is called {{}} in {language}.", name)


def _of_says(key: tuple[str, ...], says: Mapping[str, str]) -> Iterator[Fact]:
    for language, text in says.items():
        yield Fact((*key, "says", language), f"{key[-1]} reads {{}} in {language}.", f"“{_gist(text)}”", text)


def said_group(group: Group) -> str:
    """Write conditions in words."""
    parts = [_said_condition(part) if isinstance(part, Condition) else f"({said_group(part)})" for part in group.parts]
    return f" {'and' if group.quantifier == 'all' else 'or'} ".join(parts)


def _said_condition(condition: Condition) -> str:
    values = (str(value).lower() if isinstance(value, bool) else str(value) for value in condition.values)
    return f"{condition.field} {_COMPARED[condition.operator]} {', '.join(values)}"


def _said_count(goal: Goal) -> str:
    events = " and ".join(f"a {event}" for event in goal.events)
    if goal.count == CountBy():
        return events
    if not goal.count.field:
        return f"{goal.count.number} times {events}"
    cases = ", ".join(f"{number} for {case}" for case, number in goal.count.cases)
    return f"so many times {events}, by {goal.count.field}: {cases}, otherwise {goal.count.number}"


def _said_hold(goal: Goal) -> str:
    hold = goal.hold
    until = f"a {hold.until_event} (which may take {_days(hold.gives_up_after)})" if hold.until_event else ""
    waits = [part for part in (_days(hold.days) if hold.days else "", until) if part]
    return f"after {' and '.join(waits)}" if waits else "at once"


def _said_expiry(expiry: Expiry, program: Program) -> str:
    if expiry.on is not None:
        return f"can be used until {last_day_of(expiry.on, program.zone).isoformat()}"
    if expiry.after is None:
        return "never expires"
    rolling = ", and each further one makes it last longer" if expiry.is_rolling else ""
    return f"can be used for {_days(expiry.after)}{rolling}"


def _gist(text: str) -> str:
    first = text.strip().splitlines()[0] if text.strip() else ""
    return f"{first[:60]}… ({len(text)} letters)" if len(text) > 60 or "\n" in text.strip() else first


def _days(length: timedelta) -> str:
    return "1 day" if length.days == 1 else f"{length.days} days"


def _times(number: int) -> str:
    return f"at most {number} times"
