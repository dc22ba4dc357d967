"""Which fields the rules of a program look at: nothing else of a history has to be read."""

from collections.abc import Iterator

from referrals.program import Program
from referrals.rewarding import ByField, ByStep, Size

_PLAIN = ("product", "category", "country")


def properties_of(program: Program) -> frozenset[str]:
    """Name the properties of an event that a rule looks at."""
    found = _fields_of(program)
    return frozenset(name.removeprefix("property.") for name in found if name in _PLAIN or name.startswith("property."))


def attributes_of(program: Program) -> frozenset[str]:
    """Name the attributes of a customer, as a friend or as an advocate, that a rule looks at."""
    people = (name.split(".", 1) for name in _fields_of(program) if name.startswith(("friend.", "advocate.")))
    return frozenset(name for _, name in people if name != "referrals")


def _fields_of(program: Program) -> set[str]:
    found = {condition.field for goal in program.goals for condition in goal.when.conditions()}
    found |= {condition.field for exclusion in program.exclusions for condition in exclusion.when.conditions()}
    found |= {goal.count.field for goal in program.goals}
    sizes = [option.size for goal in program.goals for rule in goal.rewards for option in rule.options]
    return found | {name for size in sizes for name in _fields_in(size)}


def _fields_in(size: Size) -> Iterator[str]:
    if isinstance(size, ByField):
        yield size.field
    if isinstance(size, ByStep):
        for _, step in size.steps:
            yield from _fields_in(step)
