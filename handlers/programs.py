"""The owner applies a program, and every story looks up the terms it must judge by."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from handlers.events import BrandViewed, ProgramApplied, ProgramPaused
from handlers.outcome import Outcome
from messages.message import Spoken, Worth
from referrals.money import Amount
from referrals.program import Program
from referrals.program_file import read_program
from storage.store import Store

Said = TypeVar("Said")


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


async def on_program_paused(event: ProgramPaused, store: Store) -> Outcome:
    """Take nobody new for the time being, or again; who has joined keeps what they were promised."""
    await store.programs.hold()
    running = await store.programs.running()
    if running is None:
        return Outcome(refused="no-program")
    was_paused = await store.programs.is_paused()
    if was_paused != event.is_paused:
        await store.programs.pause(running.program_id, event.at if event.is_paused else None)
    reply = {"program": running.program_id, "is_paused": event.is_paused, "is_new": was_paused != event.is_paused}
    return Outcome(reply=reply)


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


def worth(program: Program, amount: Amount) -> Worth:
    """Describe an amount with the names its unit has in this program."""
    return Worth(amount, _own_language_first(program, program.names_of(amount.unit)))


def spoken(program: Program, texts: Mapping[str, str]) -> Spoken:
    """Say what the business says, to whom its languages are strange in its own."""
    return Spoken(_own_language_first(program, texts))


def brand_of(program: Program) -> Mapping[str, str]:
    """Say how the shop looks: its colour and its logo, each empty where nothing is said."""
    return {"color": program.brand.color, "logo": program.brand.logo}


def _own_language_first(program: Program, said: Mapping[str, Said]) -> Mapping[str, Said]:
    first = {program.language: said[program.language]} if program.language in said else {}
    return {**first, **said}


@lru_cache(maxsize=64)  # reading takes about a millisecond, every event needs it, and a revision never changes
def _read(text: str, zone: str, number: int) -> Program:
    return read_program(text, ZoneInfo(zone), number)
