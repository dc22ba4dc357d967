"""Someone asks what the bot can do, or says something it does not know."""

from handlers.acquaintance import recognize
from handlers.events import ChatEvent, HelpAsked, OldButtonTapped, PictureSent, TextWritten
from handlers.menu import HUMAN, MENU
from handlers.outcome import Outcome
from handlers.passing_on import has_team, keep_question
from handlers.programs import running_program
from handlers.promising import offer, way_of_use
from handlers.staffing import team_member
from messages.message import Act, Command, Day, Message, Phrase, Values
from referrals.rewarding import Side
from storage.store import Store

COMMANDS_EXPLAINED = ("share", "status", "rewards", "top", "settings", "stop")


async def on_help_asked(event: HelpAsked, store: Store) -> Outcome:
    """Explain the program in a few lines, with a button for everything."""
    customer = await recognize(event, store)
    program = await running_program(store)
    if program is None:
        return Outcome(answers=(Message(key="joining.no-program"),))
    values = {
        "program": program.name,
        **offer(program),
        "use": way_of_use(program, *Side),
        **{name: Command(name) for name in COMMANDS_EXPLAINED},
    }
    buttons = (*MENU, (HUMAN,)) if await has_team(store) else MENU
    message = Message(key="helping.help", values=values, lines=await _for_team(event, store), buttons=buttons)
    return Outcome(answers=(message,), language=customer.language if customer else None)


async def _for_team(event: HelpAsked, store: Store) -> tuple[Phrase, ...]:
    """Name what only the team can ask for, to those who may."""
    if await team_member(event, store) is None:
        return ()
    return (Phrase("helping.for-the-team", {"stats": Command("stats", on="slack")}),)


async def on_old_button_tapped(event: OldButtonTapped, store: Store) -> Outcome:
    """Lead somebody on who tapped a button we no longer know."""
    customer = await recognize(event, store)
    message = Message(key="helping.old-button", buttons=MENU)
    return Outcome(answers=(message,), language=customer.language if customer else None)


async def did_not_understand(event: TextWritten, store: Store, *, perhaps: tuple[Act, ...] = ()) -> Outcome:
    """Say kindly that this was not understood, and what it may have been; keep it for a human, if there is one."""
    if not await has_team(store):
        return await _offer("helping.not-understood", event, store, perhaps=perhaps)
    closed = await keep_question(event, store)
    if closed is None or closed.closed_at is None:
        return await _offer("helping.not-understood-kept", event, store, with_human=True, perhaps=perhaps)
    values = {"day": Day(closed.closed_at)}
    return await _offer("helping.still-there", event, store, values=values, with_human=True)


async def was_told(event: TextWritten, store: Store, *, perhaps: tuple[Act, ...]) -> Outcome:
    """Say to whoever tells what they did that nothing has to be reported here, and who helps if it is missing."""
    program, customer, has = await running_program(store), await recognize(event, store), await has_team(store)
    if program is None:
        return await did_not_understand(event, store)
    if has:
        await keep_question(event, store)
    key = "understanding.told-kept" if has else "understanding.told"
    rows = (*((act,) for act in perhaps), *([(HUMAN,)] if has else []), *MENU)
    message = Message(key=key, values={"program": program.name}, buttons=rows)
    return Outcome(answers=(message,), language=customer.language if customer else None)


async def cannot_read_pictures(event: PictureSent, store: Store) -> Outcome:
    """Say kindly that pictures are for humans, and keep the words that came with one."""
    if not await has_team(store):
        return await _offer("helping.picture", event, store)
    await keep_question(event, store)
    return await _offer("helping.picture-for-human", event, store, with_human=True)


async def _offer(
    key: str,
    event: ChatEvent,
    store: Store,
    *,
    values: Values | None = None,
    with_human: bool = False,
    perhaps: tuple[Act, ...] = (),
) -> Outcome:
    customer = await recognize(event, store)
    buttons = ((HUMAN,), *MENU) if with_human else MENU
    lines = (Phrase("helping.perhaps"),) if perhaps else ()
    rows = (*((act,) for act in perhaps), *buttons)
    message = Message(key=key, values=values or {}, lines=lines, buttons=rows)
    return Outcome(answers=(message,), language=customer.language if customer else None)
