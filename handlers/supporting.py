"""Support: a customer reaches a human, and a thread of the team's channel answers in the customer's chat."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.acquaintance import recognize, welcome_in
from handlers.events import (
    ChatEvent,
    ConversationClosed,
    ConversationEnded,
    ConversationReopened,
    HumanAsked,
    PictureSent,
    TeamReplied,
)
from handlers.helping import cannot_read_pictures
from handlers.menu import HUMAN, MENU
from handlers.outcome import Notice, NoticeKind, Outcome, TeamPost
from handlers.passing_on import (
    ENOUGH,
    NEVER_MIND,
    call,
    close_button,
    has_team,
    heard,
    held_current,
    kept_words,
    open_with,
    pieces,
)
from handlers.staffing import no_access, team_member
from messages.message import Act, Member, Message, Said
from referrals.identity import Identity
from storage.conversations import Conversation
from storage.customers import Customer
from storage.errors import NotYet
from storage.store import Store

# A post that has not come back with its number by now has failed, and is sent anew.
BEING_POSTED = timedelta(seconds=60)
# What starts like this is for the team's own eyes.
NOTE = "//"


async def on_human_asked(event: HumanAsked, store: Store) -> Outcome:
    """Open a conversation with what was asked, or ask for the first words of one."""
    if not await has_team(store):
        return _say("supporting.nobody-there", await recognize(event, store))
    customer, _ = await welcome_in(event, store)
    current = await held_current(customer, store)
    if current is not None and current.state == "open":
        message = Message(key="supporting.already", buttons=((ENOUGH,),))
        return Outcome(answers=(message,), language=customer.language, zone=customer.zone)
    if current is not None and current.question:
        return await open_with(event, customer, current, current.question, store=store)
    if current is None:
        waiting = Conversation(
            id=event.draw.id("cnv"),
            customer_id=customer.id,
            platform=event.by.identity.platform,
            state="asked",
            asked_at=event.at,
            opened_at=event.at,
        )
        await store.conversations.begin(waiting)
    message = Message(key="supporting.what-is-it", buttons=((NEVER_MIND,),))
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone)


async def on_picture_sent(event: PictureSent, store: Store) -> Outcome:
    """Pass a picture on to the team if the customer is in a conversation; offer one otherwise."""
    return await heard(event, store) or await cannot_read_pictures(event, store)


async def on_conversation_ended(event: ConversationEnded, store: Store) -> Outcome:
    """Close the conversation because its customer has no more questions."""
    customer = await recognize(event, store)
    current = await held_current(customer, store) if customer else None
    if customer is None or current is None:
        return _say("supporting.nothing-open", customer)
    if await store.conversations.discard(current.id):
        return _say("supporting.never-mind", customer)
    posts = await _closed_by_customer("supporting.closed-by-customer", current, customer, event=event, store=store)
    message = Message(key="supporting.ended", buttons=((HUMAN,),))
    return Outcome(answers=(message,), posts=posts, language=customer.language, zone=customer.zone)


async def on_team_replied(event: TeamReplied, store: Store) -> Outcome:
    """Pass a reply of the team on to the customer: words and pictures, in order, each once."""
    # In this order: a number that is noted between the two questions is then found by the second.
    being_posted = await store.conversations.is_being_posted(event.at - BEING_POSTED)
    found = await store.conversations.by_thread(event.thread)
    if found is None and being_posted:
        # The thread may be that conversation's, whose number is noted a moment after the team has seen it.
        raise NotYet
    words = kept_words(event.text)
    if words.startswith(NOTE) or not (words or event.photos):
        return Outcome()
    if found is None:
        return await _of_no_conversation(event, store)
    if await team_member(event, store) is None:
        denied = await no_access(event, store)
        return Outcome(answers=(Message(key="supporting.reply-not-sent"), *denied.answers), refused=denied.refused)
    conversation = await _held(found.id, store)
    if conversation is None or conversation.state != "open":
        reopen = _reopen_button(found.id)
        return Outcome(answers=(Message(key="supporting.reply-after-closing", buttons=((reopen,),)),))
    if not any(chat.is_reachable for chat in await store.customers.chats_of(conversation.customer_id)):
        return Outcome(answers=(Message(key="supporting.reply-unreachable"),))
    said = [Message(key="supporting.reply", values={"said": Said(part)}) for part in pieces(words)]
    said += [Message(key="supporting.reply-picture", picture=photo) for photo in event.photos]
    said[-1] = replace(said[-1], buttons=((ENOUGH,),))
    key = f"reply:{event.thread}:{event.message}"
    notices = [
        _notice(conversation, f"{key}:{number}" if number else key, message) for number, message in enumerate(said)
    ]
    return Outcome(notices=tuple(notices))


async def _of_no_conversation(event: TeamReplied, store: Store) -> Outcome:
    """Say under a message of ours that nobody reads replies there: it may be a second copy of a question."""
    if not event.to_us or await team_member(event, store) is None:
        return Outcome()
    return Outcome(answers=(Message(key="supporting.reply-in-a-copy"),))


async def on_conversation_closed(event: ConversationClosed, store: Store) -> Outcome:
    """Close a conversation, and tell its customer and the thread."""
    if await team_member(event, store) is None:
        return await no_access(event, store)
    conversation = await _held(event.conversation, store)
    if conversation is None:
        return Outcome(answers=(Message(key="supporting.unknown"),))
    if not await _close(conversation, event.at, store):
        reopen = _reopen_button(conversation.id)
        return Outcome(answers=(Message(key="supporting.closed-already", buttons=((reopen,),)),))
    key = f"closed:{conversation.id}:{event.draw.id('end')}"
    return Outcome(
        notices=(_notice(conversation, key, Message(key="supporting.closed-by-team", buttons=((HUMAN,),))),),
        posts=(
            TeamPost(
                message=Message(
                    key="supporting.closed-by-member",
                    values={"member": _mention(event)},
                    buttons=((_reopen_button(conversation.id),),),
                ),
                key=f"post-{key}",
                conversation=conversation.id,
            ),
        ),
    )


async def on_conversation_reopened(event: ConversationReopened, store: Store) -> Outcome:
    """Open a closed conversation again, unless its customer wants no messages or is in another one."""
    if await team_member(event, store) is None:
        return await no_access(event, store)
    conversation = await _held(event.conversation, store)
    customer = await store.customers.by_id(conversation.customer_id) if conversation else None
    if conversation is None or customer is None:
        return Outcome(answers=(Message(key="supporting.unknown"),))
    obstacle = await _why_not_reopened(conversation, customer, store)
    if obstacle:
        return Outcome(answers=(Message(key=obstacle),))
    await store.conversations.move(conversation.id, state="closed", to="open")
    key = f"reopened:{conversation.id}:{event.draw.id('opn')}"
    message = Message(
        key="supporting.reopened-by-member",
        values={"member": _mention(event), "name": call(customer)},
        buttons=((close_button(conversation.id),),),
    )
    return Outcome(
        notices=(_notice(conversation, key, Message(key="supporting.reopened", buttons=((ENOUGH,),))),),
        posts=(TeamPost(message=message, key=f"post-{key}", conversation=conversation.id),),
    )


async def leave_conversation(event: ChatEvent, customer: Customer, store: Store) -> tuple[TeamPost, ...]:
    """End the conversation of somebody who wants no more messages, and tell its thread."""
    current = await held_current(customer, store)
    if current is None or await store.conversations.discard(current.id):
        return ()
    return await _closed_by_customer("supporting.left", current, customer, event=event, store=store)


async def lose_conversation(event: ChatEvent, customer: Customer, store: Store) -> tuple[TeamPost, ...]:
    """Tell the thread of somebody whose only chat is about to be lost that replies do not reach them now."""
    current = await store.conversations.current_of(customer.id)
    reachable = [chat for chat in await store.customers.chats_of(customer.id) if chat.is_reachable]
    if current is None or current.state != "open":
        return ()
    if [Identity(chat.platform, chat.subject) for chat in reachable] != [event.by.identity]:
        return ()
    message = Message(key="supporting.blocked", values={"name": call(customer)})
    return (TeamPost(message=message, key=f"lost:{current.id}:{event.draw.id('end')}", conversation=current.id),)


async def _why_not_reopened(conversation: Conversation, customer: Customer, store: Store) -> str:
    """Say what is in the way of opening a conversation again; a question nobody has seen is not."""
    if conversation.state != "closed":
        return "supporting.open-already"
    asked_at = conversation.opened_at or conversation.asked_at
    if customer.stopped_at is not None and customer.stopped_at >= asked_at:
        return "supporting.cannot-reopen-stopped"
    current = await store.conversations.current_of(customer.id)
    if current is None or await store.conversations.discard(current.id):
        return ""
    return "supporting.cannot-reopen-another"


async def _closed_by_customer(
    key: str, current: Conversation, customer: Customer, *, event: ChatEvent, store: Store
) -> tuple[TeamPost, ...]:
    if not await _close(current, event.at, store):
        return ()
    reopen = ((_reopen_button(current.id),),) if key == "supporting.closed-by-customer" else ()
    message = Message(key=key, values={"name": call(customer)}, buttons=reopen)
    told = f"post-closed:{current.id}:{event.draw.id('end')}"
    return (TeamPost(message=message, key=told, conversation=current.id),)


async def _close(conversation: Conversation, at: datetime, store: Store) -> bool:
    """Close a conversation, and forget the question it began with."""
    return await store.conversations.move(conversation.id, state="open", to="closed", closed_at=at, question="")


async def _held(conversation: str, store: Store) -> Conversation | None:
    """Find a conversation, and let nobody else open or close one of its customer until we are done."""
    found = await store.conversations.by_id(conversation)
    if found is None:
        return None
    await store.customers.lock([found.customer_id])
    return await store.conversations.by_id(conversation)


def _notice(conversation: Conversation, key: str, message: Message) -> Notice:
    return Notice(
        to=conversation.customer_id, kind=NoticeKind.SUPPORT, via=conversation.platform, key=key, message=message
    )


def _reopen_button(conversation: str) -> Act:
    return Act(label="supporting.button-reopen", action="reopen", about=conversation)


def _mention(event: ChatEvent) -> Member:
    return Member(event.by.identity.platform, event.by.identity.subject)


def _say(key: str, customer: Customer | None) -> Outcome:
    message = Message(key=key, buttons=MENU)
    if customer is None:
        return Outcome(answers=(message,))
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone)
