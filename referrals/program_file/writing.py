"""Writes a program as the text of a file; whoever reads it gets the same program back."""

from collections.abc import Iterator
from decimal import Decimal

from referrals.conditions import ALWAYS, Condition, Group, Scalar
from referrals.program import Cap, Contest, CountBy, Exclusion, Goal, Milestone, Period, Program, Raffle, Touch
from referrals.program_file.days import day_of, last_day_of
from referrals.program_file.toml_writing import Inline, Keys, Value, key_text, section
from referrals.program_file.writing_rewards import reward_sections


def program_text(program: Program) -> str:
    """Write a program in the one form that a program has; what is as usual is left out where it is rarely changed."""
    parts = [
        section("program", _head(program)),
        section("joining", _joining(program)),
        *([section("terms", dict(program.terms))] if program.terms else []),
        section("vouchers", {"valid_days": program.voucher_valid_for.days}),
        *_brand(program),
        *_units(program),
        *(section(f"events.{key_text(name)}", dict(said)) for name, said in program.events.items()),
        *(part for goal in program.goals for part in _goal(goal, program)),
        *(section(cap.name, _cap(cap)) for cap in program.caps),
        *(part for milestone in program.milestones for part in _milestone(milestone, program)),
        *(part for contest in program.contests for part in _contest(contest, program)),
        *(part for raffle in program.raffles for part in _raffle(raffle, program)),
        *(part for exclusion in program.exclusions for part in _exclusion(exclusion)),
    ]
    return "\n".join(parts)


def _head(program: Program) -> Keys:
    return {
        "id": program.id,
        "name": program.name,
        "currency": program.currency,
        "language": program.language if program.language != "en" else None,
        "starts": day_of(program.starts, program.zone) if program.starts else None,
        "ends": last_day_of(program.ends, program.zone) if program.ends else None,
        "destination": program.destination,
        "attribution": program.touch.value if program.touch is not Touch.FIRST else None,
        "applies_to": "open" if program.applies_to_open else None,
    }


def _joining(program: Program) -> Keys:
    return {
        "qualify_within_days": program.qualify_within.days,
        "claim_within_days": program.claim_within.days,
        "click_window_days": program.click_window.days,
        "late_claim_days": program.late_claim.days or None,
        "lapsed_after_days": program.lapsed_after.days if program.lapsed_after else None,
        "new_until": program.new_until if program.new_until != "purchase" else None,
    }


def _brand(program: Program) -> Iterator[str]:
    if program.brand.color or program.brand.logo:
        yield section("brand", {"color": program.brand.color or None, "logo": program.brand.logo or None})


def _units(program: Program) -> Iterator[str]:
    for name, languages in program.units.items():
        yield section(f"units.{name}", dict(languages.get(program.language, ())))
        for language, names in languages.items():
            if language != program.language:
                yield section(f"units.{name}.{language}", dict(names))


def _goal(goal: Goal, program: Program) -> Iterator[str]:
    hold = goal.hold
    keys: Keys = {
        "event": goal.events[0] if len(goal.events) == 1 else None,
        "events": list(goal.events) if len(goal.events) > 1 else None,
        "minimum": goal.minimum.decimal() if goal.minimum else None,
        **_conditions(goal.when),
        "count": _count(goal.count) if goal.count != CountBy() else None,
        "within_days": goal.within.days if goal.within else None,
        "counted_from": goal.counted_from if goal.counted_from != "joining" else None,
        "repeats": True if goal.most_times is None else None,
        "at_most_times": goal.most_times if goal.most_times not in {None, 1} else None,
        "hold_days": hold.days.days,
        "hold_until": hold.until_event or None,
        "hold_gives_up_days": hold.gives_up_after.days if hold.until_event else None,
    }
    yield section(f"goals.{goal.name}", keys)
    if goal.says:
        yield section(f"goals.{goal.name}.says", dict(goal.says))
    for rule in goal.rewards:
        yield from reward_sections(f"goals.{goal.name}.{rule.side}", rule, program)


def _count(count: CountBy) -> Value:
    if not count.field:
        return count.number
    return Inline({"by": count.field, **dict(count.cases), "otherwise": count.number})


def _conditions(group: Group) -> Keys:
    return {} if group == ALWAYS else {group.quantifier: [_part(part) for part in group.parts]}


def _part(part: Condition | Group) -> Inline:
    if isinstance(part, Group):
        return Inline({part.quantifier: [_part(inner) for inner in part.parts]})
    values = [_scalar(part, value) for value in part.values]
    is_list = part.operator.value.endswith("_of")
    return Inline({"field": part.field, part.operator.value: values if is_list else values[0]})


def _scalar(condition: Condition, value: Scalar) -> Value:
    # Amounts are texts everywhere in the file; other numbers are numbers.
    if isinstance(value, Decimal) and condition.field in {"amount", "total"}:
        return format(value, "f")
    return int(value) if isinstance(value, Decimal) and condition.field == "count" else value


def _cap(cap: Cap) -> Keys:
    return {
        "count": cap.count,
        "value": cap.value.decimal() if cap.value else None,
        "unit": cap.value.unit if cap.value else None,
        **_goals(cap.goals),
    }


def _goals(goals: frozenset[str]) -> Keys:
    return {"goals": sorted(goals) or None}


def _milestone(milestone: Milestone, program: Program) -> Iterator[str]:
    keys: Keys = {
        "at": milestone.at,
        "repeats": milestone.repeats or None,
        "period": milestone.period if milestone.period != "lifetime" else None,
        **_goals(milestone.goals),
    }
    yield from reward_sections(f"milestones.{milestone.name}", milestone.reward, program, keys)


def _contest(contest: Contest, program: Program) -> Iterator[str]:
    is_race = contest.first_to is not None
    keys: Keys = {
        "first_to": contest.first_to,
        "most_in": None if is_race else _run(contest.period),
        "winners": contest.winners,
        "at_least": None if is_race else contest.at_least,
        "partition": contest.partition or None,
    }
    yield from reward_sections(f"contests.{contest.name}", contest.reward, program, keys)


def _raffle(raffle: Raffle, program: Program) -> Iterator[str]:
    keys: Keys = {
        "every": _run(raffle.period),
        "entries_per_referral": raffle.entries_per_referral,
        "winners": raffle.winners,
    }
    yield from reward_sections(f"raffles.{raffle.name}", raffle.reward, program, keys)


def _run(period: Period) -> str:
    return "program" if period == "lifetime" else period


def _exclusion(exclusion: Exclusion) -> Iterator[str]:
    keys: Keys = {"who": exclusion.who.value if exclusion.who else "both", **_conditions(exclusion.when)}
    yield section(f"ineligible.{exclusion.name}", keys)
    if exclusion.says:
        yield section(f"ineligible.{exclusion.name}.says", dict(exclusion.says))
