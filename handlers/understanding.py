"""Someone writes what they want in words of their own."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from handlers.acquaintance import called, recognize
from handlers.choosing import on_settings_asked
from handlers.events import (
    ChatEvent,
    HelpAsked,
    HumanAsked,
    RewardsAsked,
    SettingsAsked,
    ShareAsked,
    StatusAsked,
    Stopped,
    TextWritten,
    TopAsked,
)
from handlers.explaining import ANSWERS, explain
from handlers.helping import on_help_asked
from handlers.leading import on_top_asked
from handlers.leaving import on_stopped
from handlers.menu import HELP, HUMAN, MENU, REWARDS, SETTINGS, SHARE, STATUS, TOP
from handlers.outcome import Outcome
from handlers.passing_on import has_team
from handlers.programs import running_program
from handlers.rewarding import on_rewards_asked
from handlers.sharing import on_share_asked
from handlers.standing import on_status_asked
from handlers.supporting import on_human_asked
from handlers.terms import given_words, offer
from messages.message import Act, Command, Message
from messages.understanding import Reading, Wish, phrasebook
from storage.store import Store

Fulfil = Callable[[TextWritten, Store], Awaitable[Outcome]]

# Where somebody looks who tells what they did, and misses what it should have led to.
MISSING = (Wish.REWARDS, Wish.STATUS, Wish.WHEN)
STOP = Act(label="understanding.button-stop", action="stop", style="danger")


async def reading_of(event: TextWritten, store: Store) -> Reading:
    """Understand a text, in the reader's language first, and knowing what the program gives."""
    program = await running_program(store)
    given = given_words(program) if program else frozenset()
    return phrasebook().read(event.text, await _language(event, store), given)


def perhaps(reading: Reading) -> tuple[Act, ...]:
    """Offer what was perhaps meant, where a text is near to something known; a human is offered in any case."""
    return tuple(BUTTONS[wish] for wish in reading.perhaps if wish in BUTTONS and wish is not Wish.HUMAN)


async def fulfil(reading: Reading, event: TextWritten, store: Store) -> Outcome | None:
    """Do what somebody plainly wants, the first of two things at once."""
    match reading.wishes:
        case [wish] if reading.tells and wish in MISSING:
            done = await FULFIL[wish](event, store)
            closer = Message(key="understanding.look-closer", buttons=((BUTTONS[Wish.WHY_NOT],), *await _human(store)))
            return replace(done, answers=(*done.answers, closer))
        case [wish]:
            return await FULFIL[wish](event, store)
        case [one, other] if reading.in_turn and other in BUTTONS:
            done = await FULFIL[one](event, store)
            also = Message(key="understanding.also", buttons=((BUTTONS[other],), *await _human(store)))
            return replace(done, answers=(*done.answers, also))
    return None


async def _human(store: Store) -> tuple[tuple[Act], ...]:
    return ((HUMAN,),) if await has_team(store) else ()


async def _language(event: TextWritten, store: Store) -> str | None:
    customer = await recognize(event, store)
    return customer.language if customer and customer.language else event.by.language


async def _hello(event: TextWritten, store: Store) -> Outcome:
    """Greet back: a stranger hears what this is about, whoever is known what they can do."""
    program = await running_program(store)
    if program is None:
        return await _say(Message(key="joining.no-program"), event, store)
    customer = await recognize(event, store)
    if customer is None:
        return await _say(Message(key="joining.welcome", values=offer(program), buttons=MENU), event, store)
    values = {**offer(program), "name": called(customer.first_name)}
    key = "understanding.hello" if customer.first_name else "understanding.hello-without-name"
    return await _say(Message(key=key, values=values, buttons=MENU), event, store)


async def _thanks(event: TextWritten, store: Store) -> Outcome:
    return await _say(Message(key="understanding.thanks"), event, store)


async def _bye(event: TextWritten, store: Store) -> Outcome:
    return await _say(Message(key="understanding.bye"), event, store)


async def _ask_whether_to_stop(event: TextWritten, store: Store) -> Outcome:
    """Ask first: whoever is stopped by mistake hears nothing of a reward that is ready."""
    values = {"stop": Command("stop"), "settings": Command("settings")}
    message = Message(key="understanding.stop", values=values, buttons=((STOP,), (SETTINGS,)))
    return await _say(message, event, store)


def _by(kind: type[ChatEvent], handler: Callable[[Any, Store], Awaitable[Outcome]]) -> Fulfil:
    """Do as if the command had been given."""

    async def command(event: TextWritten, store: Store) -> Outcome:
        return await handler(kind(by=event.by, at=event.at, draw=event.draw), store)

    return command


def _about(wish: Wish) -> Fulfil:
    """Answer a question about the program."""

    async def question(event: TextWritten, store: Store) -> Outcome:
        return await explain(wish, event, store)

    return question


FULFIL: Mapping[Wish, Fulfil] = {
    Wish.SHARE: _by(ShareAsked, on_share_asked),
    Wish.STATUS: _by(StatusAsked, on_status_asked),
    Wish.REWARDS: _by(RewardsAsked, on_rewards_asked),
    Wish.TOP: _by(TopAsked, on_top_asked),
    Wish.SETTINGS: _by(SettingsAsked, on_settings_asked),
    Wish.HELP: _by(HelpAsked, on_help_asked),
    Wish.HUMAN: _by(HumanAsked, on_human_asked),
    Wish.STOP: _ask_whether_to_stop,
    Wish.STOP_AT_ONCE: _by(Stopped, on_stopped),
    Wish.HELLO: _hello,
    Wish.THANKS: _thanks,
    Wish.BYE: _bye,
    **{Wish(about): _about(Wish(about)) for about in ANSWERS},
}

BUTTONS: Mapping[Wish, Act] = {
    Wish.SHARE: SHARE,
    Wish.STATUS: STATUS,
    Wish.REWARDS: REWARDS,
    Wish.TOP: TOP,
    Wish.SETTINGS: SETTINGS,
    Wish.HELP: HELP,
    Wish.HUMAN: HUMAN,
    Wish.STOP: STOP,
    **{Wish(about): Act(label=f"explaining.button-{about}", action="ask", about=about) for about in ANSWERS},
}


async def _say(message: Message, event: ChatEvent, store: Store) -> Outcome:
    customer = await recognize(event, store)
    return Outcome(answers=(message,), language=customer.language if customer else None)
