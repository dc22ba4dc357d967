"""Tells in words what a new revision of a program changes, before anybody applies it."""

from dataclasses import dataclass

from referrals.program import Program
from referrals.program_facts import Fact, facts_of

# Beyond so many letters "instead of" would be lost between the two.
_LONG = 160


@dataclass(frozen=True)
class Changes:
    """What a revision changes, a sentence each, and what it means for referrals that are open."""

    sentences: tuple[str, ...]
    open_referrals: str


def changes(running: Program | None, new: Program) -> Changes:
    """Compare a program with the running one; everything is new where none is running."""
    if running is None:
        return Changes(_all(new), "No program is running yet.")
    if running.id != new.id:
        takes_over = f"{new.name} ({new.id}) takes the place of {running.name} ({running.id})."
        kept = f"Nothing changes for referrals that are open: they keep the terms of {running.name}."
        return Changes((takes_over, *_all(new)), kept)
    return Changes(_between(running, new), _for_open(new))


def _all(program: Program) -> tuple[str, ...]:
    return tuple(str(fact) for fact in facts_of(program))


def _between(running: Program, new: Program) -> tuple[str, ...]:
    before = {fact.key: fact for fact in facts_of(running)}
    after = {fact.key: fact for fact in facts_of(new)}
    told = [sentence for key, fact in after.items() if (sentence := _changed(before.get(key), fact))]
    gone = [f"No longer: {fact}" for key, fact in before.items() if key not in after]
    if running.zone != new.zone:
        gone.append(f"Days are counted in {new.zone.key} instead of {running.zone.key}.")
    if running.applies_to_open != new.applies_to_open:
        reach = "open referrals too, where nobody gets less" if new.applies_to_open else "new referrals only"
        gone.append(f"Later revisions of this program reach {reach}.")
    return (*told, *gone)


def _changed(before: Fact | None, after: Fact) -> str:
    if before is None:
        return f"New: {after}"
    if before.words == after.words and before.sentence == after.sentence:
        return "" if before.exact == after.exact else f"{after} (It differs in something small.)"
    if before.sentence != after.sentence or len(before.words) + len(after.words) > _LONG:
        return f"{after} Before: {before}"
    return after.sentence.replace("{}", f"{after.words} instead of {before.words}")


def _for_open(new: Program) -> str:
    if new.applies_to_open:
        return (
            "Referrals that are open take the new terms where every side gets at least as much under conditions that "
            "are no harder; everywhere else they keep their own."
        )
    return "Nothing changes for referrals that are open: they keep the terms they were made under."
