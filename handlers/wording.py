"""Someone tells their friends in words of their own."""

from dataclasses import replace
from datetime import timedelta

from handlers.acquaintance import welcome_in
from handlers.events import ChatEvent, TextWritten, WordsAsked, WordsSettled
from handlers.menu import STATUS
from handlers.outcome import Outcome
from handlers.programs import running_program
from handlers.sharing import words_for_friends
from messages.message import Act, Button, Message, Phrase, Said, Values
from referrals.program import Program
from referrals.wording import LONGEST, read_words
from storage.customers import Customer
from storage.links import Link
from storage.store import Store

# Whoever has not written them by then is on to something else.
AWAITED_FOR = timedelta(minutes=15)

KEEP = Act(label="wording.button-keep", action="words", about="keep")
OURS = Act(label="wording.button-ours", action="words", about="ours")
CARD = Act(label="wording.button-send-card", action="share", style="primary")
CHANGE = Act(label="sharing.button-words", action="words")


async def on_words_asked(event: WordsAsked, store: Store) -> Outcome:
    """Ask for their words, and take what they write next for them."""
    customer, program, link = await _own_link(event, store)
    if program is None or link is None:
        return _over(customer, program)
    await store.links.await_words(link.id, event.at)
    buttons: tuple[Button, ...] = (OURS, KEEP) if link.words else (KEEP,)
    values: Values = {"words": _shown(program, link), "limit": LONGEST}
    return _says(customer, Message(key="wording.ask", values=values, buttons=(buttons,)))


async def on_words_settled(event: WordsSettled, store: Store) -> Outcome:
    """Leave their words as they are, or go back to ours."""
    customer, program, link = await _own_link(event, store)
    if program is None or link is None:
        return _over(customer, program)
    words = "" if event.ours else link.words
    await store.links.keep_words(link.id, words)
    if not event.ours:
        return _says(customer, Message(key="wording.left-as-it-was", buttons=((CARD, CHANGE),)))
    return _says(customer, _told("wording.back-to-ours", program, link, words=words))


async def worded(event: TextWritten, store: Store) -> Outcome | None:
    """Keep what somebody wrote as their words, if they were asked for them; nothing when they were not."""
    program = await running_program(store)
    if program is None:
        return None
    awaiting = await store.links.awaiting_words(program.id, event.by.identity, event.at - AWAITED_FOR)
    if awaiting is None:
        return None
    customer, _ = await welcome_in(event, store)
    words = read_words(event.text)
    if words.refused:
        values: Values = {"found": words.found, "length": len(words.text), "limit": LONGEST}
        return _says(customer, Message(key=f"wording.{words.refused}", values=values, buttons=((KEEP,),)))
    await store.links.keep_words(awaiting.id, words.text)
    return _says(customer, _told("wording.kept", program, awaiting, words=words.text))


async def _own_link(event: ChatEvent, store: Store) -> tuple[Customer, Program | None, Link | None]:
    customer, _ = await welcome_in(event, store)
    program = await running_program(store)
    if program is None or not program.is_open(event.at):
        return customer, program, None
    link = await store.links.show(
        program.id,
        customer.id,
        revision=program.revision,
        link=event.draw.id("lnk"),
        codes=event.draw.share_codes(),
        at=event.at,
    )
    return customer, program, link


def _shown(program: Program, link: Link) -> Said | Phrase:
    return Said(link.words) if link.words else words_for_friends(program, link)


def _told(key: str, program: Program, link: Link, *, words: str) -> Message:
    changed = replace(link, words=words)
    return Message(key=key, values={"words": words_for_friends(program, changed)}, buttons=((CARD, CHANGE),))


def _over(customer: Customer, program: Program | None) -> Outcome:
    key = "sharing.program-over" if program else "joining.no-program"
    return _says(customer, Message(key=key, buttons=((STATUS,),)))


def _says(customer: Customer, message: Message) -> Outcome:
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone)
