"""Someone asks for their link, code and QR picture, and sends them on: as a card, or from a page."""

from datetime import datetime

from handlers.acquaintance import lift_stop, recognize, welcome_in
from handlers.events import CardAsked, CardSent, LinkLookedUp, ShareAsked, SharePageViewed
from handlers.menu import STATUS
from handlers.outcome import Outcome
from handlers.programs import brand_of, running_program, terms
from handlers.promising import gain, is_rung_up, offer, who_gains
from handlers.stipulating import budget, limits
from messages.message import (
    QR,
    Act,
    Code,
    Command,
    Copy,
    Message,
    Open,
    Phrase,
    Said,
    Share,
    ShareLink,
    SharePage,
    Values,
)
from referrals import codes
from referrals.program import Program
from referrals.rewarding import Side
from storage.links import Link
from storage.store import Store

# What is said openly of the sharer's own gain, by who gains anything.
_SIDES = {"both": "", "friend": "-without-gain", "advocate": "-alone"}


async def on_share_asked(event: ShareAsked, store: Store) -> Outcome:
    """Show the share card, under the newest revision; the first time, also ask about reminders."""
    customer, _ = await welcome_in(event, store)
    if event.started:
        await lift_stop(customer, store)
    program = await running_program(store)
    closed = await _closed(program, event.at, store)
    if program is None or closed:
        key = f"sharing.{closed}" if program else "joining.no-program"
        return Outcome(
            answers=(Message(key=key, buttons=((STATUS,),)),), language=customer.language, zone=customer.zone
        )
    link = await store.links.show(
        program.id,
        customer.id,
        revision=program.revision,
        link=event.draw.id("lnk"),
        codes=event.draw.share_codes(),
        at=event.at,
    )
    answers = [card(program, link)]
    if customer.reminders_asked_at is None:
        await store.customers.change(customer.id, reminders_asked_at=event.at)
        answers.append(_ask_for_consent(program))
    return Outcome(answers=tuple(answers), language=customer.language, zone=customer.zone)


async def on_card_asked(event: CardAsked, store: Store) -> Outcome:
    """Hand somebody the card of their own that they are about to send, and nobody anybody else's; a pure read."""
    customer = await recognize(event, store)
    program = await running_program(store)
    is_open = program is not None and not await _closed(program, event.at, store)
    link = await store.links.main_of(program.id, customer.id) if customer and program and is_open else None
    if customer is None or link is None:
        return Outcome(reply={"invite": Phrase("sharing.inline-start")}, refused="no-link")
    promised = await terms(store, link.program_id, link.revision)
    values: Values = {"program": promised.name, **offer(promised)}
    about = "sharing.inline-about" if gain(promised, Side.FRIEND) else "sharing.inline-about-without-gift"
    return Outcome(
        answers=(card_for_friends(promised, link),),
        reply={"title": Phrase("sharing.inline-title", values), "about": Phrase(about, values)},
        language=customer.language,
        zone=customer.zone,
    )


async def on_card_sent(event: CardSent, store: Store) -> Outcome:
    """Count a card that was sent, once however often the platform tells."""
    customer = await recognize(event, store)
    program = await running_program(store)
    link = await store.links.main_of(program.id, customer.id) if customer and program else None
    if link is not None:
        await store.links.shared(link.id, event.mark, event.at)
    return Outcome()


async def on_share_page_viewed(event: SharePageViewed, store: Store) -> Outcome:
    """Show an advocate what they can send, and what both sides get from it; leaves no row."""
    code = codes.normalize(event.code)
    link = await store.links.by_code(code) if codes.is_valid(code) else None
    program = await running_program(store)
    if link is None or program is None:
        return Outcome(refused="unknown-code")
    promised = await terms(store, link.program_id, link.revision)
    return Outcome(
        reply={
            "code": code,
            "program": program.name,
            "words": words_for_friends(promised, link),
            "advocate_gets": gain(promised, Side.ADVOCATE),
            "friend_gets": gain(promised, Side.FRIEND),
            "brand": brand_of(program),
            "over": link.program_id != program.id or bool(await _closed(program, event.at, store)),
        },
    )


async def on_link_looked_up(event: LinkLookedUp, store: Store) -> Outcome:
    """Tell the redirect which link a code is, its revision, and where the program sends visitors; a pure read."""
    link = await store.links.by_code(event.code)
    if link is None:
        return Outcome(refused="unknown-code")
    program = await running_program(store)
    destination = program.destination if program and program.id == link.program_id else None
    return Outcome(reply={"id": link.id, "revision": link.revision, "destination": destination})


async def _closed(program: Program | None, at: datetime, store: Store) -> str:
    """Say why nobody new can be invited just now: nothing, mostly."""
    if program is None:
        return ""
    if not program.is_open(at):
        return "program-over"
    return "program-paused" if await store.programs.is_paused() else ""


def card(program: Program, link: Link) -> Message:
    """Show a link under the terms that it was shown with: the address, the code, the picture, and what both get."""
    shared = ShareLink(link.code)
    own = (Phrase("sharing.your-words", {"words": Said(link.words)}),) if link.words else ()
    return Message(
        key="sharing.card",
        values={
            "link": shared,
            "code": Code(link.code),
            "program": program.name,
            "till": "yes" if is_rung_up(program) else "no",
            **offer(program),
        },
        lines=(*limits(program, "advocate"), *budget(program), *own),
        picture=QR(shared),
        buttons=(
            (Share(label="sharing.button-send", link=shared, text=words_for_friends(program, link)),),
            (
                Copy(label="sharing.button-copy-link", what=shared),
                Copy(label="sharing.button-copy-code", what=Code(link.code)),
            ),
            (
                Act(label="sharing.button-words", action="words"),
                Open(label="sharing.button-more-ways", link=SharePage(link.code)),
            ),
        ),
    )


def card_for_friends(program: Program, link: Link) -> Message:
    """Show a link as a friend sees it: the advocate's words, the address, the code and the picture."""
    shared = ShareLink(link.code)
    words = words_for_friends(program, link)
    return Message(
        key="sharing.card-for-friends",
        values={"words": words, "link": shared, "code": Code(link.code)},
        picture=QR(shared),
        buttons=((Open(label="sharing.button-open", link=ShareLink(link.code, "telegram")),),),
    )


def words_for_friends(program: Program, link: Link) -> Phrase:
    """Say what an advocate tells their friends, in their own words or in ours, and openly what they get for it."""
    gains = offer(program)
    ours = "sharing.our-words" if gain(program, Side.FRIEND) else "sharing.our-words-without-gift"
    words = Said(link.words) if link.words else Phrase(ours, {"program": program.name, **gains})
    key = "honest" if link.words else "honest-briefly"
    side = _SIDES[who_gains(program)]
    return Phrase("sharing.words-for-friends", {"words": words, "honest": Phrase(f"sharing.{key}{side}", gains)})


def _ask_for_consent(program: Program) -> Message:
    return Message(
        key="sharing.ask-for-news",
        values={"program": program.name, "settings": Command("settings")},
        buttons=(
            (
                Act(label="sharing.button-agree", action="set", about="all:yes"),
                Act(label="sharing.button-decline", action="set", about="all:no"),
            ),
        ),
    )
