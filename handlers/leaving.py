"""Someone wants no more messages, or blocks the bot and comes back."""

from handlers.acquaintance import recognize
from handlers.events import BotBlocked, BotUnblocked, Stopped
from handlers.outcome import Outcome
from messages.message import Message
from storage.store import Store


async def on_stopped(event: Stopped, store: Store) -> Outcome:
    """Obey at once: no notice is sent any more, and the consent to reminders is withdrawn."""
    customer = await recognize(event, store)
    if customer is not None:
        await store.customers.change(customer.id, stopped_at=event.at, reminders_agreed_at=None)
    message = Message(key="leaving.stopped")
    return Outcome(answers=(message,), language=customer.language if customer else None)


async def on_bot_blocked(event: BotBlocked, store: Store) -> Outcome:
    """Remember that this chat cannot be written to."""
    await store.customers.reached(event.by.identity, is_reachable=False)
    return Outcome()


async def on_bot_unblocked(event: BotUnblocked, store: Store) -> Outcome:
    """Remember that this chat can be written to again."""
    await store.customers.reached(event.by.identity, is_reachable=True)
    return Outcome()
