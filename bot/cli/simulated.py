"""Puts the report of a simulation into lines for an owner to read."""

from collections import defaultdict
from collections.abc import Iterator

from bot.cli.histories import Heading
from referrals.money import CURRENCIES, Amount, percent_off
from referrals.program import Program
from referrals.simulation_records import Report

_BEST = 5
_SIDES = {
    "advocate": "to advocates",
    "friend": "to friends",
    "milestone": "for milestones",
    "contest": "in contests",
    "raffle": "in raffles",
}
# What a refusal means, in an owner's words; what is not here is told by its code.
MEANS = {
    "before-joining": "it happened before the friend had joined",
    "below-minimum": "the purchase was too small",
    "cap-budget": "the program's budget was used up",
    "cap-day": "somebody had earned all there is for the day",
    "cap-friend": "one friend had brought all there is",
    "cap-lifetime": "somebody had earned all there ever is",
    "cap-month": "somebody had earned all there is for the month",
    "cap-week": "somebody had earned all there is for the week",
    "cap-year": "somebody had earned all there is for the year",
    "circle": "the friend had brought the advocate here",
    "conditions-not-met": "it did not meet the goal's conditions",
    "customer-before": "the friend was a customer before",
    "excluded-advocate": "the advocate cannot take part",
    "excluded-friend": "the friend cannot take part",
    "goal-reached-before": "the friend had reached the goal already, and it counts no more often",
    "invited-by-another": "the friend belonged to another advocate",
    "late-claim-over": "the invitation came too late after the first purchase",
    "more-needed": "more was needed to reach the goal",
    "no-goal": "no goal waits for an event of this type",
    "other-currency": "it was in another currency",
    "own-link": "somebody invited themselves",
    "program-not-begun": "the program had not begun",
    "program-over": "the program was over",
    "referral-ended": "everything the friend had reached was refunded before",
    "refund-exceeds": "more was given back than was left of the purchase",
    "refund-of-nothing": "the refund does not say of what (refers_to)",
    "refund-of-something-else": "the refund is in another unit than its purchase",
    "too-late": "the time to qualify was over",
}


def report_lines(report: Report, program: Program, heading: Heading) -> Iterator[str]:
    """Say what a program would have done, line by line."""
    yield f"{program.name}: {_lines(report.rows)} replayed{_span(report, program)}."
    yield from _people(report)
    yield ""
    yield from _cost(report, program)
    yield from _months(report, program)
    yield from _milestones(report)
    yield from _winners(report)
    yield from _refused(report)
    yield from _caps(report)
    yield from _remarks(report, program, heading)


def _span(report: Report, program: Program) -> str:
    if report.begins is None or report.ends is None:
        return ""
    first, last = (at.astimezone(program.zone).date().isoformat() for at in (report.begins, report.ends))
    return f", from {first} to {last}"


def _people(report: Report) -> Iterator[str]:
    if not report.referrals:
        yield "Nobody would have joined through somebody. The column invited_by says who had invited a customer."
        return
    yield f"{report.referrals:,} friends would have joined through somebody; {report.qualified:,} of them qualified."
    best = sorted(((count, who) for who, count in report.best.items() if count), key=lambda item: (-item[0], item[1]))
    if best:
        yield f"They brought most: {', '.join(f'{who} ({count:,})' for count, who in best[:_BEST])}."


def _cost(report: Report, program: Program) -> Iterator[str]:
    if not report.rewards:
        yield "Nobody would have been rewarded."
        return
    yield "It would have cost, less what refunds took back:"
    units: dict[str, int] = defaultdict(int)
    for (side, unit), number in sorted(report.rewards.items()):
        units[unit] += report.cost[side, unit]
        yield f"  {_SIDES[side]:<16} {_rewards(number)}  {_said(report.cost[side, unit], unit, program):>20}"
    for unit, minor in sorted(units.items()):
        each = _each(minor, unit, report.qualified, program)
        yield f"  {'in all':<16} {'':>17}  {_said(minor, unit, program):>20}{each}"
    for unit, minor in sorted(report.taken_back.items()):
        gone = sum(number for (_, of), number in report.revoked.items() if of == unit)
        if minor:
            yield f"  {'taken back':<16} {_rewards(gone)}  {_said(minor, unit, program):>20}"


def _each(minor: int, unit: str, qualified: int, program: Program) -> str:
    """Say what one friend who qualified has cost, half a cent up; of things that are counted, about how many."""
    if not qualified:
        return ""
    about = "about " if unit not in CURRENCIES and minor % qualified else ""
    return f"  ({about}{_said((2 * minor + qualified) // (2 * qualified), unit, program)} for each who qualified)"


def _months(report: Report, program: Program) -> Iterator[str]:
    found: dict[str, list[str]] = defaultdict(list)
    most = {unit: max(minor for (_, of), minor in report.by_month.items() if of == unit) for _, unit in report.by_month}
    alone = {unit for unit in most if list(report.by_month.values()).count(most[unit]) == 1}
    several = len({month for month, _ in report.by_month}) > 1
    for (month, unit), minor in sorted(report.by_month.items()):
        biggest = "  ← most" if several and unit in alone and minor == most[unit] else ""
        found[month].append(f"{_said(minor, unit, program):>20}{biggest}")
    if found:
        yield ""
        yield "Granted by month, before refunds:"
    for month, amounts in found.items():
        yield f"  {month} {', '.join(amounts)}"


def _milestones(report: Report) -> Iterator[str]:
    if report.milestones:
        yield ""
        yield "Milestones:"
    for name, number in sorted(report.milestones.items()):
        yield f"  {name:<24} {_times(number)}"


def _winners(report: Report) -> Iterator[str]:
    won = [(name, winners) for name, winners in sorted(report.winners.items()) if winners.times]
    if won:
        yield ""
        yield "Prizes won:"
    for name, winners in won:
        more = ", …" if winners.times > len(winners.named) else ""
        yield f"  {name:<24} {_times(winners.times)}: {', '.join(winners.named)}{more}"


def _refused(report: Report) -> Iterator[str]:
    if report.refused:
        yield ""
        yield "What led to nothing, and why:"
    for code, reason in sorted(report.refused.items(), key=lambda item: (-item[1].times, item[0])):
        lines = ", ".join(str(line) for line in reason.lines)
        more = ", …" if reason.times > len(reason.lines) else ""
        where = f"line{'s' if len(reason.lines) > 1 else ''} {lines}{more}"
        yield f"  {reason.times:>9,} × {code}: {MEANS.get(code, code)} ({where})"
    if report.uninvited:
        yield f"  {report.uninvited:>9,} × not-invited: nobody had invited the customer"


def _caps(report: Report) -> Iterator[str]:
    if report.caps:
        yield ""
        yield "Caps that were full:"
    for name, cap in sorted(report.caps.items()):
        yield f"  {name:<24} {_times(cap.times)}, first on {cap.first.date().isoformat()} (line {cap.line})"


def _remarks(report: Report, program: Program, heading: Heading) -> Iterator[str]:
    """Say what this figure leaves out, and what may be wrong with the file."""
    remarks = []
    if any(goal.hold.days or goal.hold.until_event for goal in program.goals) and report.rewards:
        remarks.append("Every hold is taken to have passed, and every reward to be used.")
    remarks += _of_prizes(report, program)
    if report.refunds:
        remarks.append(f"{report.refunds:,} refunds were of purchases that had led to nothing, or are not in the file.")
    if report.repeated.times:
        times, lines = report.repeated.times, ", ".join(map(str, report.repeated.lines))
        more = ", …" if times > len(report.repeated.lines) else ""
        remarks.append(f"{_lines(times)} came twice, with the id of an earlier one, and counted once ({lines}{more}).")
    if heading.missing:
        remarks.append(f"The program looks at {', '.join(heading.missing)}, which the file has no column for.")
    if heading.idle:
        remarks.append(f"The program does not look at {', '.join(heading.idle)}.")
    if remarks:
        yield ""
        yield from remarks


def _of_prizes(report: Report, program: Program) -> Iterator[str]:
    if report.winners:
        yield "A period that had not ended with the file is decided as if nothing more had happened in it."
    if program.raffles:
        yield "A raffle's winners are drawn by lot: the real draw finds others."
    periods = [contest.period for contest in program.contests if contest.first_to is None]
    if program.ends is None and "lifetime" in [*periods, *(raffle.period for raffle in program.raffles)]:
        yield "The program has no end, so a prize that is decided at its end is never given."


def _rewards(number: int) -> str:
    return f"{number:>9,} {'reward ' if number == 1 else 'rewards'}"


def _times(number: int) -> str:
    return f"{number:>9,} time{'' if number == 1 else 's'}"


def _lines(number: int) -> str:
    return f"{number:,} line{'' if number == 1 else 's'}"


def _said(minor: int, unit: str, program: Program) -> str:
    """Write an amount of money, or so many of what the program's file gives a name."""
    if percent := percent_off(unit):
        return f"{minor:,} × {percent} % off"
    if unit not in CURRENCIES:
        names = dict(program.units.get(unit, {}).get(program.language, ()))
        return f"{minor:,} {names.get('one' if minor == 1 else 'other', unit)}"
    whole, point, cents = Amount(minor, unit).decimal().partition(".")
    return f"{int(whole):,}{point}{cents} {unit}"
