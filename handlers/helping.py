"""Someone asks what the bot can do, or says something it does not know."""

from handlers.acquaintance import recognize
from handlers.events import ChatEvent, HelpAsked, OldButtonTapped
from handlers.menu import MENU
from handlers.outcome import Outcome
from handlers.programs import promise, running_program
from messages.message import Message
from referrals.program import Side
from storage.store import Store


async def on_help_asked(event: HelpAsked, store: Store) -> Outcome:
    """Explain the program in a few lines, with a button for everything."""
    customer = await recognize(event, store)
    program = await running_program(store)
    if program is None:
        return Outcome(answers=(Message(key="joining.no-program"),))
    values = {
        "program": program.name,
        "advocate-gain": promise(program, Side.ADVOCATE),
        "friend-gain": promise(program, Side.FRIEND),
    }
    message = Message(key="helping.help", values=values, buttons=MENU)
    return Outcome(answers=(message,), language=customer.language if customer else None)


async def on_old_button_tapped(event: OldButtonTapped, store: Store) -> Outcome:
    """Lead somebody on who tapped a button we no longer know."""
    customer = await recognize(event, store)
    message = Message(key="helping.old-button", buttons=MENU)
    return Outcome(answers=(message,), language=customer.language if customer else None)


async def did_not_understand(event: ChatEvent, store: Store) -> Outcome:
    """Say kindly that this was not understood, and what would be."""
    customer = await recognize(event, store)
    message = Message(key="helping.not-understood", buttons=MENU)
    return Outcome(answers=(message,), language=customer.language if customer else None)
