"""Someone asks about the program, and is answered from the terms that bind them and from how they stand."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.acquaintance import recognize
from handlers.events import ChatEvent, QuestionAsked
from handlers.justifying import ways_on
from handlers.menu import (
    HUMAN,
    MENU,
    PANEL_STATUS,
    REWARDS,
    SETTINGS,
    SHARE,
    STATUS,
    WHY,
    in_pairs,
    why_button,
)
from handlers.outcome import Outcome
from handlers.passing_on import has_team
from handlers.picking import worth_of
from handlers.programs import running_program, terms
from handlers.promising import deed, gain, promise, way_of_use
from handlers.reasons import EXPLAINED, of_decision
from handlers.rewarding import ENDED
from handlers.rewarding import lines_of as reward_lines
from handlers.standing import asking_of, lines_of, where_friend_stands
from handlers.terms import (
    conditions,
    expiry,
    hold,
    link_stays,
    minimum,
    offer,
    rules,
    times,
    window,
)
from messages.message import Act, Button, Command, Day, Message, Phrase, Values
from messages.understanding import Wish
from referrals.ledger import RewardState
from referrals.program import Program
from referrals.rewarding import Side
from storage.customers import Customer
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store

# A few lines are read; whoever has more to see finds all of it behind the buttons.
MOST_LINES = 5
MOST_PURCHASES = 3


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks, and the terms that they ask about."""

    customer: Customer | None
    program: Program  # what their friends are promised, and will be judged by
    own: Referral | None  # the invitation they came through themselves
    own_terms: Program
    at: datetime


Answer = Callable[[Asker, Store], Awaitable[Message]]


async def on_question_asked(event: QuestionAsked, store: Store) -> Outcome:
    """Answer the question that a button stands for; a pure read."""
    if event.about in ANSWERS:
        return await explain(event.about, event, store)
    customer = await recognize(event, store)
    message = Message(key="helping.old-button", buttons=MENU)
    return Outcome(answers=(message,), language=customer.language if customer else None)


async def explain(about: str, event: ChatEvent, store: Store) -> Outcome:
    """Answer a question about the program from the terms of the one who asks."""
    customer = await recognize(event, store)
    program = await running_program(store)
    if program is None:
        answer = Message(key="joining.no-program")
    else:
        answer = await ANSWERS[about](await _asker(customer, program, event.at, store), store)
    zone = customer.zone if customer else None
    return Outcome(answers=(answer,), language=customer.language if customer else None, zone=zone)


async def _asker(customer: Customer | None, program: Program, at: datetime, store: Store) -> Asker:
    link = await store.links.main_of(program.id, customer.id) if customer else None
    own = await store.referrals.of_friend(program.id, customer.id) if customer else None
    return Asker(
        customer=customer,
        program=await terms(store, link.program_id, link.revision) if link else program,
        own=own,
        own_terms=await terms(store, own.program_id, own.revision) if own else program,
        at=at,
    )


async def _how_much(asker: Asker, store: Store) -> Message:
    """Say what both sides get, and what is still to come for whoever was invited."""
    lines = (*minimum(asker.program), *_own("how-much", asker), *_closed(asker))
    buttons = ((SHARE,), (CONDITIONS,))
    return Message(key="explaining.how-much", values=offer(asker.program), lines=lines, buttons=buttons)


async def _when(asker: Asker, store: Store) -> Message:
    """Name the days of what is coming; else say how long a reward waits."""
    coming = [reward for reward in await _rewards(asker, store) if reward.state not in ENDED]
    buttons = ((STATUS, REWARDS),)
    if coming:
        return Message(key="explaining.when-coming", lines=await _shown(coming, asker, store), buttons=buttons)
    if (parts := times(asker.program)) is not None:
        told = (*parts, *_own("when", asker), *await _waiting(asker, store))
        return Message(key="explaining.when-parts", lines=told, buttons=buttons)
    held = hold(asker.program)
    key = "explaining.when" if held else "explaining.when-at-once"
    lines = (*held, *_own("when", asker), *await _waiting(asker, store))
    return Message(key=key, values={"deed": deed(asker.program)}, lines=lines, buttons=buttons)


async def _until(asker: Asker, store: Store) -> Message:
    """Name the last days of what they have; then say how long everything is good for."""
    ready = [reward for reward in await _rewards(asker, store) if reward.state in {"available", "claimed"}]
    rules = (
        *window(asker.program),
        *expiry(asker.program),
        *link_stays(asker.program),
        *_closed(asker),
    )
    lines = (*await _shown(ready, asker, store), *_own("until", asker), *rules)
    return Message(key="explaining.until", lines=lines, buttons=((REWARDS, SHARE),))


async def _conditions(asker: Asker, store: Store) -> Message:
    """Say who counts and what for."""
    lines = (*rules(asker.program), *_closed(asker))
    return Message(key="explaining.conditions", values=offer(asker.program), lines=lines, buttons=((SHARE,),))


async def _why_not(asker: Asker, store: Store) -> Message:
    """Show what stands in the way: of their own invitation, their friends', their purchases and their rewards."""
    buttons: tuple[tuple[Button, ...], ...] = ((PANEL_STATUS, REWARDS),)
    if await has_team(store):
        buttons = ((HUMAN,), *buttons)
    lines, rows = await _obstacles(asker, store)
    if lines:
        # What helps against the latest refusal comes first; each thing that is shown can be asked about by itself.
        helps = tuple((button,) for button in rows if button.action != WHY and (button,) not in buttons)
        asking = in_pairs([button for button in rows if button.action == WHY])
        return Message(
            key="explaining.why-not", lines=tuple(lines), buttons=(*helps, *buttons[:-1], *asking, buttons[-1])
        )
    return Message(
        key="explaining.why-not-nobody",
        values=offer(asker.program),
        lines=conditions(asker.program),
        buttons=((SHARE,), *buttons),
    )


async def _obstacles(asker: Asker, store: Store) -> tuple[list[Phrase], list[Act]]:
    """Put what is in the way into lines, with the buttons that help or ask on."""
    if asker.customer is None:
        return [], []
    lines: list[Phrase] = []
    asking: list[Act] = []
    if asker.own is not None:
        lines.append(Phrase("standing.own", {"line": await where_friend_stands(asker.own, store)}))
        asking.append(why_button(asker.own.id, Phrase("standing.own-invitation")))
    refused, helps = await _refusals(asker, asker.customer, store)
    brought = await store.referrals.of_advocate(asker.program.id, asker.customer.id, limit=50)
    # What was refused comes first, then what has not happened yet; the sort keeps the newest first in each.
    short = sorted((each for each in brought if each.state != "completed"), key=lambda each: each.state != "ineligible")
    lines += [*refused, *await lines_of(short[:MOST_LINES], asker.customer.id, store)]
    asking += await asking_of(short[:MOST_LINES], store)
    # What is pending stands in the line of its referral already, and what was redeemed is nothing that is missing.
    told = {RewardState.PENDING, RewardState.REDEEMED}
    rewards = [reward for reward in await _rewards(asker, store) if reward.state not in told][-MOST_LINES:]
    lines += await _shown(rewards, asker, store)
    asking += [why_button(each.id, await worth_of(each, store)) for each in rewards if each.state in ENDED]
    return lines, [*helps, *asking]


async def _refusals(asker: Asker, customer: Customer, store: Store) -> tuple[list[Phrase], list[Act]]:
    """Say of their own latest purchases why they did not count; nobody else's are anybody's business."""
    found = await store.decisions.of_events_of(customer.id, MOST_PURCHASES)
    if asker.own is None and (at_the_door := await store.decisions.refusal_of(customer.id, EXPLAINED)):
        found.append(at_the_door)
    told = [
        await of_decision(decision, asker.own_terms, store)
        for decision in found
        if decision.trace["outcome"] in EXPLAINED
    ]
    if not told:
        return [], []
    helps, buttons = await ways_on(told[0], store)
    return [*(line for reason in told for line in reason.lines), *helps], buttons


async def _voucher(asker: Asker, store: Store) -> Message:
    """Say how a reward is used at the till, and what is there to be used."""
    ready = [reward for reward in await _rewards(asker, store) if reward.state in {"available", "claimed"}]
    days = asker.program.voucher_valid_for.days
    lines = await _shown(ready, asker, store)
    own = {way_of_use(asker.own_terms, Side.FRIEND)} if asker.own else set()
    ways = {way_of_use(asker.program, Side.ADVOCATE), *own}
    key = "explaining.balance" if ways == {"balance"} else "explaining.voucher"
    return Message(key=key, values={"days": days}, lines=lines, buttons=((REWARDS,),))


async def _privacy(asker: Asker, store: Store) -> Message:
    """Say what is kept and who sees it, and how to have it deleted."""
    has = await has_team(store)
    deleting = Phrase("explaining.privacy-ask-team") if has else Phrase("explaining.privacy-ask-shop")
    values: Values = {"program": asker.program.name, "settings": Command("settings"), "stop": Command("stop")}
    buttons = ((SETTINGS, HUMAN),) if has else ((SETTINGS,),)
    return Message(key="explaining.privacy", values=values, lines=(deleting,), buttons=buttons)


async def _bot(asker: Asker, store: Store) -> Message:
    """Say openly that nobody sits here."""
    if await has_team(store):
        return Message(
            key="explaining.bot-with-team", values={"program": asker.program.name}, buttons=((HUMAN,), *MENU)
        )
    return Message(key="explaining.bot", values={"program": asker.program.name}, buttons=MENU)


async def _code(asker: Asker, store: Store) -> Message:
    """Say where a friend's code goes."""
    if asker.own is not None:
        standing = await where_friend_stands(asker.own, store)
        return Message(key="explaining.code-invited", lines=(standing,), buttons=((SHARE, STATUS),))
    return Message(key="explaining.code", buttons=((SHARE,),))


ANSWERS: Mapping[str, Answer] = {
    Wish.HOW_MUCH: _how_much,
    Wish.WHEN: _when,
    Wish.UNTIL: _until,
    Wish.CONDITIONS: _conditions,
    Wish.WHY_NOT: _why_not,
    Wish.VOUCHER: _voucher,
    Wish.PRIVACY: _privacy,
    Wish.BOT: _bot,
    Wish.CODE: _code,
}
CONDITIONS = Act(label="explaining.button-conditions", action="ask", about=Wish.CONDITIONS)


async def _rewards(asker: Asker, store: Store) -> list[Reward]:
    return await store.rewards.of_customer(asker.customer.id) if asker.customer else []


async def _shown(rewards: list[Reward], asker: Asker, store: Store) -> tuple[Phrase, ...]:
    """Put the latest few rewards into lines."""
    if asker.customer is None or not rewards:
        return ()
    return tuple(await reward_lines(rewards[-MOST_LINES:], asker.customer, asker.at, store))


async def _waiting(asker: Asker, store: Store) -> tuple[Phrase, ...]:
    """Say how many friends have joined and not bought yet."""
    counts = await store.referrals.counts_of(asker.program.id, asker.customer.id) if asker.customer else {}
    waiting = counts.get("joined", 0)
    return (Phrase("explaining.when-waiting", {"waiting": waiting}),) if waiting else ()


def _own(about: str, asker: Asker) -> tuple[Phrase, ...]:
    """Say what whoever was invited still has to do for their own reward, and by when."""
    gains = promise(asker.own_terms, Side.FRIEND) if gain(asker.own_terms, Side.FRIEND) is not None else None
    if asker.own is None or asker.own.state != "joined" or gains is None:
        return ()
    values: Values = {"gain": gains, "until": Day(asker.own.qualify_by), "deed": deed(asker.own_terms)}
    return (Phrase(f"explaining.{about}-own", values),)


def _closed(asker: Asker) -> tuple[Phrase, ...]:
    return () if asker.program.is_open(asker.at) else (Phrase("explaining.closed"),)
