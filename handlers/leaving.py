"""Someone wants no more messages, or blocks the bot and comes back."""

from handlers.acquaintance import recognize
from handlers.consenting import FIELDS, settle_consent
from handlers.events import BotBlocked, BotUnblocked, Stopped
from handlers.outcome import Outcome, TeamPost
from handlers.supporting import leave_conversation, lose_conversation
from messages.message import Command, Message
from storage.store import Store


async def on_stopped(event: Stopped, store: Store) -> Outcome:
    """Obey at once: no notice is sent any more, every consent to marketing is withdrawn, a conversation ends."""
    customer = await recognize(event, store)
    posts: tuple[TeamPost, ...] = ()
    if customer is not None:
        await store.customers.change(customer.id, stopped_at=event.at)
        await settle_consent(event, customer, store, what=tuple(FIELDS), given=False, words="leaving.stopped")
        posts = await leave_conversation(event, customer, store)
    values = {"rewards": Command("rewards"), "start": Command("start")}
    message = Message(key="leaving.stopped", values=values)
    return Outcome(answers=(message,), posts=posts, language=customer.language if customer else None)


async def on_bot_blocked(event: BotBlocked, store: Store) -> Outcome:
    """Remember that this chat cannot be written to; whoever of the team talks to them should know."""
    customer = await recognize(event, store)
    posts = await lose_conversation(event, customer, store) if customer else ()
    await store.customers.reached(event.by.identity, is_reachable=False)
    return Outcome(posts=posts)


async def on_bot_unblocked(event: BotUnblocked, store: Store) -> Outcome:
    """Remember that this chat can be written to again."""
    await store.customers.reached(event.by.identity, is_reachable=True)
    return Outcome()
