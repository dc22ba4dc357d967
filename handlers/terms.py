"""What a program promises and asks for, in the phrases that answers to questions are made of."""

from collections.abc import Iterator
from functools import cache

from handlers import promising, stipulating
from handlers.programs import worth
from messages.message import Day, Phrase, Values
from messages.phrases import words_of
from referrals.program import Program, Touch
from referrals.rewarding import Side


def offer(program: Program) -> Values:
    """Name the program, what each side gets and for which deed."""
    return {"program": program.name, **promising.offer(program)}


@cache
def _words_in(names: str) -> frozenset[str]:
    return frozenset(words_of(names))


def given_words(program: Program) -> frozenset[str]:
    """Collect the words for what the program gives, in every language: a coffee, a month."""
    spoken = (names for languages in program.units.values() for names in languages.values())
    return frozenset[str]().union(*(_words_in(name) for names in spoken for _, name in names))


def conditions(program: Program) -> tuple[Phrase, ...]:
    """Put the terms into a few plain lines, for who invites."""
    return stipulating.conditions(program, Side.ADVOCATE)


def minimum(program: Program) -> tuple[Phrase, ...]:
    """Say how large the first purchase must be, where it is all that counts."""
    if promising.deed(program) != promising.FIRST_PURCHASE:
        return ()
    asked = {goal.minimum for goal in program.goals if goal.minimum is not None}
    return tuple(
        Phrase("words.condition-minimum", {"minimum": worth(program, least)}) for least in asked if len(asked) == 1
    )


def not_oneself(program: Program) -> Phrase:
    """Say that nobody invites themselves, and which of several invitations counts."""
    return Phrase("explaining.not-oneself-last" if program.touch is Touch.LAST else "explaining.not-oneself")


def rules(program: Program) -> tuple[Phrase, ...]:
    """Say who counts and what for, how much at most, and what always holds."""
    always = (not_oneself(program), Phrase("explaining.free"))
    return (*conditions(program), *limits(program), *given_back(program), *always)


def given_back(program: Program) -> tuple[Phrase, ...]:
    """Say what becomes of the reward for a purchase that is given back, where purchases count."""
    counts = any("purchase" in goal.events for goal in program.goals)
    return (Phrase("explaining.given-back"),) if counts else ()


def window(program: Program) -> tuple[Phrase, ...]:
    """Say how long a friend has, where it is the same for every goal."""
    windows = {goal.within or program.qualify_within for goal in program.goals}
    is_purchase = promising.deed(program) == promising.FIRST_PURCHASE
    key = "words.condition-window" if is_purchase else "explaining.time-of-friend"
    said = (each.days for each in windows if len(windows) == 1 and each.days < promising.AS_GOOD_AS_EVER)
    return tuple(Phrase(key, {"days": days}) for days in said)


def hold(program: Program) -> tuple[Phrase, ...]:
    """Say how long a reward waits, and for what."""
    said: list[Phrase] = []
    for phrase in _holds(program):
        if phrase not in said:
            said.append(phrase)
    return tuple(said)


def times(program: Program) -> tuple[Phrase, ...] | None:
    """Say for what an advocate gets something, and when, where one sentence about a friend cannot tell it."""
    given = [goal for goal in program.goals if goal.reward_of(Side.ADVOCATE) is not None]
    if not given:
        prizes = stipulating.prizes(program)
        return tuple(prizes) if prizes else (Phrase("explaining.when-thanks"),)
    if len(program.goals) == 1:
        return None
    return tuple(line for goal in given for line in stipulating.when_of(goal, program))


def ending(program: Program) -> tuple[Phrase, ...]:
    """Say when the program ends, if that is known."""
    return (Phrase("words.condition-ends", {"day": Day(program.ends)}),) if program.ends is not None else ()


def link_stays(program: Program) -> tuple[Phrase, ...]:
    """Say when the program, and with it every link, ends; else that links stay."""
    return ending(program) or (Phrase("explaining.link-stays"),)


def expiry(program: Program) -> tuple[Phrase, ...]:
    """Say how long a reward can be claimed, and then how long its voucher is good."""
    rules = [rule for goal in program.goals for rule in goal.rewards]
    after = {rule.expiry.after.days for rule in rules if rule.expiry.after is not None}
    # Where rewards have different times, each says its own once it is there.
    claim = (Phrase("explaining.time-to-claim", {"days": days}) for days in after if len(after) == 1)
    if promising.way_of_use(program, *Side) == "balance":
        spend = tuple(Phrase("explaining.time-to-spend", {"days": days}) for days in after if len(after) == 1)
        forever = all(rule.expiry.after is None and rule.expiry.on is None for rule in rules)
        return (Phrase("explaining.never-expires"),) if forever else spend
    return (*claim, Phrase("explaining.time-of-voucher", {"days": program.voucher_valid_for.days}))


def limits(program: Program) -> tuple[Phrase, ...]:
    """Say how much can be earned at most, or that friends can be invited without limit."""
    own = tuple(stipulating.limits(program, "advocate"))
    is_limited = own or any(cap.owner == "program" for cap in program.caps)
    return own if is_limited else (Phrase("explaining.no-limit"),)


def _holds(program: Program) -> Iterator[Phrase]:
    for goal in program.goals:
        if goal.hold.days:
            is_purchase = promising.deed(program) == promising.FIRST_PURCHASE
            yield Phrase("words.condition-hold" if is_purchase else "words.goal-hold", {"days": goal.hold.days.days})
        if goal.hold.until_event:
            yield stipulating.hold_until(goal, program)
