"""Matching: does an event with its people meet a condition, and if not, what would."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import chain

from referrals.conditions import OF_HISTORY, Condition, Group
from referrals.decisions import Check
from referrals.money import CURRENCIES
from referrals.program import Goal
from referrals.reported import Facts, Reported

Seen = tuple[str, ...]


class Look:
    """One goal looking at the facts: at the event itself, and at what counts towards it together with the event."""

    __slots__ = ("counted", "facts", "goal", "seen")

    def __init__(self, facts: Facts, goal: Goal, seen: dict[str, Seen], counted: tuple[Reported, ...] = ()) -> None:
        self.facts = facts
        self.goal = goal
        # What was read once; goals that look at the same event share it, since reading is half of what judging costs.
        self.seen = seen
        self.counted = counted

    def at(self, field: str) -> Seen:
        """Read a field as texts: none where nothing is known, several where the event names several."""
        found = self.seen.get(field)
        if found is None:
            found = _read(field, self)
            if field not in OF_HISTORY:
                self.seen[field] = found
        return found


def holds(part: Condition | Group, look: Look) -> bool:
    """Tell whether a condition, or a group of them, is met."""
    if isinstance(part, Condition):
        return part.meets(look.at(part.field))
    # Loops, where any() and all() over a generator take a third of all that judging costs.
    decides = part.quantifier == "any"
    tests = part.tests
    if tests is None:
        for inner in part.parts:
            if holds(inner, look) is decides:
                return decides
    else:
        known = look.seen.get
        for field, meets in tests:
            seen = known(field)
            if meets(look.at(field) if seen is None else seen) is decides:
                return decides
    return not (decides and part.parts)


def checks(group: Group, look: Look) -> Iterator[Check]:
    """Yield what each condition of a group saw; of a group of any, where one is met, that one alone."""
    for part in group.parts:
        if isinstance(part, Condition):
            yield _check(part, look)
            continue
        met = next((inner for inner in part.parts if holds(inner, look)), None)
        if part.quantifier == "any" and met is not None:
            yield from checks(Group("all", (met,)), look)
        else:
            yield from checks(part, look)


def lacking(part: Condition | Group, look: Look) -> tuple[Condition, ...]:
    """Find the fewest conditions that would have to be met besides those that are: the shortest way to a yes."""
    if holds(part, look):
        return ()
    if isinstance(part, Condition):
        return (part,)
    ways = [lacking(inner, look) for inner in part.parts]
    if part.quantifier == "any":
        return min(ways, key=len)
    # What a later event may still bring stands last.
    return tuple(sorted(chain.from_iterable(ways), key=looks_back))


def looks_back(part: Condition | Group) -> bool:
    """Tell whether a condition is about more than the event itself."""
    if isinstance(part, Condition):
        return part.field in OF_HISTORY
    return any(looks_back(inner) for inner in part.parts)


def _check(condition: Condition, look: Look) -> Check:
    kind = condition.field.partition(".")[0]
    seen = look.at(condition.field)
    return Check(
        rule=f"{look.goal.name}.{condition.field}",
        saw=", ".join(seen) or "none",
        wanted=condition.wanted,
        passed=condition.meets(seen),
        about=kind if kind in {"friend", "advocate"} else "event",
    )


def _read(field: str, look: Look) -> Seen:
    special = _SPECIAL.get(field)
    if special is not None:
        return special(look)
    kind, _, name = field.partition(".")
    if kind in {"friend", "advocate"}:
        return _attribute(look.facts, kind, name)
    found = look.facts.event.properties.get(name if kind == "property" else field)
    if found is None:
        return ()
    return (found,) if isinstance(found, str) else found


def _attribute(facts: Facts, kind: str, name: str) -> Seen:
    party = facts.friend if kind == "friend" else facts.advocate
    if name == "referrals":
        return (str(party.referrals),)
    found = party.attributes.get(name)
    return () if found is None else (found,)


def _amount(look: Look) -> Seen:
    amount = look.facts.event.amount
    return () if amount is None else (amount.decimal(),)


def _total(look: Look) -> Seen:
    amounts = [event.amount for event in look.counted if event.amount is not None]
    digits = CURRENCIES.get(look.facts.program.currency, 0)
    return (format(Decimal(sum(amount.minor for amount in amounts)).scaleb(-digits), "f"),)


def _first(look: Look) -> Seen:
    before = any(event.type in look.goal.events for event in look.facts.history)
    return ("no" if before else "yes",)


_SPECIAL: Mapping[str, Callable[[Look], Seen]] = {
    "amount": _amount,
    "count": lambda look: (str(len(look.counted)),),
    "total": _total,
    "first": _first,
    "source": lambda look: (look.facts.event.source,),
}
