"""What a program promises and asks for, in the phrases that every story may use."""

from handlers.programs import promise, worth
from messages.message import Day, Phrase, Values
from referrals.program import Program
from referrals.rewarding import Side


def offer(program: Program) -> Values:
    """Name the program and what each side gets."""
    return {
        "program": program.name,
        "advocate-gain": promise(program, Side.ADVOCATE),
        "friend-gain": promise(program, Side.FRIEND),
    }


def conditions(program: Program) -> tuple[Phrase, ...]:
    """Put the terms into a few plain lines."""
    return (
        Phrase("words.condition-new-customers"),
        *minimum(program),
        *window(program),
        *hold(program),
        *ending(program),
    )


def minimum(program: Program) -> tuple[Phrase, ...]:
    """Say how large the purchase must be, if it must be."""
    least = program.goals[0].minimum
    return (Phrase("words.condition-minimum", {"minimum": worth(program, least)}),) if least is not None else ()


def window(program: Program) -> tuple[Phrase, ...]:
    """Say how long a friend has."""
    return (Phrase("words.condition-window", {"days": program.qualify_within.days}),)


def hold(program: Program) -> tuple[Phrase, ...]:
    """Say how long a reward waits, if it waits."""
    days = program.goals[0].hold.days.days
    return (Phrase("words.condition-hold", {"days": days}),) if days else ()


def ending(program: Program) -> tuple[Phrase, ...]:
    """Say when the program ends, if that is known."""
    return (Phrase("words.condition-ends", {"day": Day(program.ends)}),) if program.ends is not None else ()


def expiry(program: Program) -> tuple[Phrase, ...]:
    """Say how long a reward can be claimed, and then how long its voucher is good."""
    after = {rule.expiry.after.days for rule in program.goals[0].rewards if rule.expiry.after is not None}
    # Where the two sides have different times, each reward says its own once it is there.
    claim = (Phrase("explaining.time-to-claim", {"days": days}) for days in after if len(after) == 1)
    return (*claim, Phrase("explaining.time-of-voucher", {"days": program.voucher_valid_for.days}))


def limits(program: Program) -> tuple[Phrase, ...]:
    """Say that friends can be invited without limit, where that is so; a program with limits says them itself."""
    return () if program.caps else (Phrase("explaining.no-limit"),)
