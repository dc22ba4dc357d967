"""The owner applies a program, and every story looks up the terms it must judge by."""

from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

from handlers.events import BrandViewed, ProgramApplied
from handlers.outcome import Outcome
from messages.message import Percent, Phrase, Worth
from referrals.money import Amount
from referrals.program import Program
from referrals.program_file import read_program
from referrals.rewarding import Fixed, Portion, Side
from storage.store import Store


async def on_program_applied(event: ProgramApplied, store: Store) -> Outcome:
    """Make the text a new revision, unless the running one already says the same."""
    program = read_program(event.text, ZoneInfo(event.zone))
    # Processes that start together all apply the same file; one of them makes the revision.
    await store.programs.hold()
    running = await store.programs.running()
    if running and (running.program_id, running.text, running.zone) == (program.id, event.text, event.zone):
        return Outcome(reply={"program": program.id, "revision": running.number, "is_new": False})
    number = await store.programs.apply(program.id, event.text, event.zone, event.at)
    return Outcome(reply={"program": program.id, "revision": number, "is_new": True})


async def on_brand_viewed(_: BrandViewed, store: Store) -> Outcome:
    """Tell a page how the shop looks; a pure read."""
    program = await running_program(store)
    return Outcome(reply=brand_of(program)) if program else Outcome(refused="no-program")


async def running_program(store: Store) -> Program | None:
    """Return the newest revision of the running program."""
    found = await store.programs.running()
    return _read(found.text, found.zone, found.number) if found else None


async def terms(store: Store, program: str, revision: int) -> Program:
    """Return the revision that a referral or reward is judged by."""
    found = await store.programs.revision(program, revision)
    if found is None:
        raise LookupError("A referral names a revision that was never applied.")
    return _read(found.text, found.zone, found.number)


def gain(program: Program, side: Side) -> Worth | Phrase | None:
    """Say what one side gets in this program; nothing when it gets nothing."""
    for goal in program.goals:
        rule = goal.reward_of(side)
        size = rule.first.size if rule else None
        if isinstance(size, Fixed):
            return worth(program, size.amount)
        if isinstance(size, Portion):
            return Phrase("words.percent", {"percent": Percent(f"{size.percent:f}")})
    return None


def promise(program: Program, side: Side) -> Worth | Phrase:
    """Say what one side gets in this program, for a sentence that must go on when it gets nothing."""
    return gain(program, side) or Phrase("words.nothing")


def worth(program: Program, amount: Amount) -> Worth:
    """Describe an amount with the names its unit has in this program."""
    return Worth(amount, program.names_of(amount.unit).get(program.language, ()))


def brand_of(program: Program) -> Mapping[str, str]:
    """Say how the shop looks: its colour and its logo, each empty where nothing is said."""
    return {"color": program.brand.color, "logo": program.brand.logo}


@lru_cache(maxsize=64)  # reading takes about a millisecond, every event needs it, and a revision never changes
def _read(text: str, zone: str, number: int) -> Program:
    return read_program(text, ZoneInfo(zone), number)
