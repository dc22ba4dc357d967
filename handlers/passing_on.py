"""What a customer writes goes on to the team: kept as a question first, passed on once they ask for a human."""

from datetime import datetime, timedelta

from handlers.acquaintance import recognize, welcome_in
from handlers.events import ChatEvent, PictureSent, TextWritten
from handlers.outcome import Outcome, TeamPost
from handlers.programs import running_program
from messages.message import Act, Day, Message, NameOf, Photo, Phrase, Said
from storage.conversations import Conversation
from storage.customers import Customer
from storage.store import Store

TEAM_CHANNEL = "team-channel"  # the fact that is "yes" while a channel of the team is set up
# Within two weeks somebody goes on with what was spoken about; later it is another question.
REOPENED_WITHIN = timedelta(days=14)
# Slack repeats an event it saw no answer to for the last time an hour later.
REPEATED_WITHIN = timedelta(hours=1)
# Telegram's 4,096 count an emoji twice, and a line of ours stands above.
LONGEST_PIECE = 1900
LONGEST_QUESTION = 40_000  # Slack's longest message
BETWEEN = "\n\n"

ENOUGH = Act(label="supporting.button-enough", action="enough")
NEVER_MIND = Act(label="supporting.button-never-mind", action="enough")

Written = TextWritten | PictureSent


async def has_team(store: Store) -> bool:
    """Tell whether there is anybody to pass something on to."""
    return await store.due.fact(TEAM_CHANNEL) == "yes"


async def heard(event: Written, store: Store) -> Outcome | None:
    """Pass on what a customer writes while they talk to the team; nothing when they do not."""
    customer = await recognize(event, store)
    # Most of what is written is not for the team: only what may be takes a lock.
    if customer is None or await store.conversations.current_of(customer.id) is None or not await has_team(store):
        return None
    current = await held_current(customer, store)
    words, photo = kept_words(event.text), event.photo if isinstance(event, PictureSent) else None
    if current is None or not (words or photo):
        return None
    if current.state == "open":
        if not _was_passed_on(words, photo, current, event.at):
            return await _pass_on(event, customer, current, words, photo=photo, store=store)
        return _confirmed(customer)
    if current.opened_at is None:
        return None
    return await open_with(event, customer, current, words, photo=photo, store=store)


async def keep_question(event: Written, store: Store) -> Conversation | None:
    """Keep what somebody wrote until they say whether a human should see it; return the last conversation they had."""
    words = kept_words(event.text)
    if not words:
        return None
    customer, _ = await welcome_in(event, store)
    current = await held_current(customer, store)
    if current is None:
        asked = Conversation(
            id=event.draw.id("cnv"),
            customer_id=customer.id,
            platform=event.by.identity.platform,
            state="asked",
            question=words[:LONGEST_QUESTION],
            asked_at=event.at,
        )
        await store.conversations.begin(asked)
    elif not _holds(words, current.question):
        question = f"{current.question}{BETWEEN}{words}"[-LONGEST_QUESTION:].strip()
        await store.conversations.keep_question(current.id, question, event.at)
    return await lately_closed(customer, event.at, store)


async def open_with(
    event: ChatEvent, customer: Customer, asked: Conversation, words: str, *, photo: Photo | None = None, store: Store
) -> Outcome:
    """Open the conversation with its first words: in a thread of its own, or in the one that was closed lately."""
    platform = event.by.identity.platform
    known = {"opened_at": event.at, "platform": platform, "question": words[:LONGEST_QUESTION]}
    last = await lately_closed(customer, event.at, store)
    if last is None:
        await store.conversations.move(asked.id, state="asked", to="open", **known)
    else:
        await store.conversations.discard(asked.id)
        await store.conversations.move(last.id, state="closed", to="open", **known)
    conversation = asked.id if last is None else last.id
    is_known = last is not None and last.thread is not None
    introduction = () if is_known else await _introduction(customer, platform, store)
    first, *rest = pieces(words) or [""]
    key = ("supporting.again" if is_known else "supporting.opened") if first else "supporting.opened-with-picture"
    message = Message(
        key=key,
        values={"name": call(customer), "platform": platform_name(platform), "said": Said(first)},
        lines=introduction,
        buttons=((close_button(conversation),),),
    )
    posts = _numbered(_key(event, conversation), conversation, [message, *_said(customer, rest, photo)])
    answer = Message(key="supporting.passed-on-first", buttons=((ENOUGH,),))
    return Outcome(answers=(answer,), posts=posts, language=customer.language, zone=customer.zone)


async def held_current(customer: Customer, store: Store) -> Conversation | None:
    """Find the conversation a customer is in, and let nobody else open or close one of theirs until we are done."""
    await store.customers.lock([customer.id])
    return await store.conversations.current_of(customer.id)


async def lately_closed(customer: Customer, at: datetime, store: Store) -> Conversation | None:
    """Find the conversation that a customer may still go on with."""
    last = await store.conversations.last_of(customer.id)
    return last if last and last.closed_at and last.closed_at > at - REOPENED_WITHIN else None


def call(customer: Customer) -> NameOf | Phrase:
    """Name a customer to the team."""
    return NameOf(customer.id) if customer.first_name else Phrase("supporting.a-customer")


def platform_name(platform: str) -> str:
    """Write a platform the way it writes itself."""
    return platform.capitalize()


def close_button(conversation: str) -> Act:
    """Offer the team to close a conversation."""
    return Act(label="supporting.button-close", action="close", about=conversation)


def kept_words(text: str) -> str:
    """Keep of a text what both databases can hold: no NUL, no half of a character."""
    return text.replace("\0", "").encode(errors="ignore").decode().strip()


def pieces(words: str) -> list[str]:
    """Cut what was said into parts that fit into a message of any platform, between two words where there are two."""
    found = []
    while len(words) > LONGEST_PIECE:
        space = max(words.rfind(mark, LONGEST_PIECE // 2, LONGEST_PIECE) for mark in "\n ")
        end = space if space > 0 else LONGEST_PIECE
        found.append(words[:end].rstrip())
        words = words[end:].lstrip()
    return [*found, words] if words else found


async def _pass_on(
    event: Written, customer: Customer, current: Conversation, words: str, *, photo: Photo | None, store: Store
) -> Outcome:
    platform = event.by.identity.platform
    if platform != current.platform:
        # The answer comes where the question was written last.
        await store.conversations.move(current.id, state="open", to="open", platform=platform)
    posts = _numbered(_key(event, current.id), current.id, _said(customer, pieces(words), photo))
    return Outcome(answers=_confirmed(customer).answers, posts=posts, language=customer.language, zone=customer.zone)


def _confirmed(customer: Customer) -> Outcome:
    answer = Message(key="supporting.passed-on", buttons=((ENOUGH,),))
    return Outcome(answers=(answer,), language=customer.language, zone=customer.zone)


async def _introduction(customer: Customer, platform: str, store: Store) -> tuple[Phrase, ...]:
    """Say in a few lines who asks and how they stand, and how they are answered."""
    lines = [Phrase("supporting.known-since", {"since": Day(customer.created_at)})]
    if customer.customer_since is not None:
        lines.append(Phrase("supporting.customer-since", {"since": Day(customer.customer_since)}))
    program = await running_program(store)
    if program is not None:
        counts = await store.referrals.counts_of(program.id, customer.id)
        ready = sum(reward.state in {"available", "claimed"} for reward in await store.rewards.of_customer(customer.id))
        states = {state: counts.get(state, 0) for state in ("joined", "qualified", "completed")}
        lines.append(Phrase("supporting.standing", {**states, "ready": ready}))
        own = await store.referrals.of_friend(program.id, customer.id)
        if own is not None:
            lines.append(Phrase("supporting.invited-by", {"advocate": NameOf(own.advocate_id)}))
    if customer.stopped_at is not None:
        lines.append(Phrase("supporting.has-stopped"))
    return (*lines, Phrase("supporting.how-to-answer", {"name": call(customer), "platform": platform_name(platform)}))


def _said(customer: Customer, parts: list[str], photo: Photo | None) -> list[Message]:
    said = [Message(key="supporting.heard", values={"name": call(customer), "said": Said(part)}) for part in parts]
    if photo is not None:
        said.append(Message(key="supporting.heard-picture", values={"name": call(customer)}, picture=photo))
    return said


def _key(event: ChatEvent, conversation: str) -> str:
    """Name what was written by the platform's number of it, so that a repeated update is passed on once."""
    number = event.message if isinstance(event, TextWritten | PictureSent) else ""
    return f"heard:{conversation}:{event.by.identity.platform}:{number or event.draw.id('msg')}"


def _numbered(key: str, conversation: str, messages: list[Message]) -> tuple[TeamPost, ...]:
    return tuple(
        TeamPost(message=message, key=f"{key}:{number}" if number else key, conversation=conversation)
        for number, message in enumerate(messages)
    )


def _was_passed_on(words: str, photo: Photo | None, current: Conversation, at: datetime) -> bool:
    """Tell whether this is the question again that opened the conversation: its update had no number to know it by."""
    is_fresh = current.opened_at is not None and at - current.opened_at <= REPEATED_WITHIN
    return photo is None and is_fresh and _holds(words, current.question)


def _holds(words: str, question: str) -> bool:
    return words == question or words in question.split(BETWEEN)
