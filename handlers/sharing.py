"""Someone asks for their link, code and QR picture."""

from handlers.acquaintance import welcome_in
from handlers.events import LinkLookedUp, ShareAsked
from handlers.menu import STATUS
from handlers.outcome import Outcome
from handlers.programs import promise, running_program
from messages.message import QR, Act, Code, Command, Copy, Message, Phrase, Share, ShareLink
from referrals.program import Program, Side
from storage.links import Link
from storage.store import Store


async def on_share_asked(event: ShareAsked, store: Store) -> Outcome:
    """Show the share card, under the newest revision; the first time, also ask about reminders."""
    customer, _ = await welcome_in(event, store)
    program = await running_program(store)
    if program is None or not program.is_open(event.at):
        key = "sharing.program-over" if program else "joining.no-program"
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


async def on_link_looked_up(event: LinkLookedUp, store: Store) -> Outcome:
    """Tell the redirect which link a code is, its revision, and where the program sends visitors; a pure read."""
    link = await store.links.by_code(event.code)
    if link is None:
        return Outcome(refused="unknown-code")
    program = await running_program(store)
    destination = program.destination if program and program.id == link.program_id else None
    return Outcome(reply={"id": link.id, "revision": link.revision, "destination": destination})


def card(program: Program, link: Link) -> Message:
    """Show a link under the terms that it was shown with: the address, the code, the picture, and what both get."""
    shared = ShareLink(link.code)
    gains = {"advocate-gain": promise(program, Side.ADVOCATE), "friend-gain": promise(program, Side.FRIEND)}
    words = Phrase("sharing.words-for-friends", {"program": program.name, **gains})
    return Message(
        key="sharing.card",
        values={"link": shared, "code": Code(link.code), "program": program.name, **gains},
        picture=QR(shared),
        buttons=(
            (Share(label="sharing.button-send", link=shared, text=words),),
            (
                Copy(label="sharing.button-copy-link", what=shared),
                Copy(label="sharing.button-copy-code", what=Code(link.code)),
            ),
        ),
    )


def _ask_for_consent(program: Program) -> Message:
    return Message(
        key="sharing.ask-for-reminders",
        values={"program": program.name, "settings": Command("settings")},
        buttons=(
            (
                Act(label="sharing.button-agree", action="set", about="reminders:yes"),
                Act(label="sharing.button-decline", action="set", about="reminders:no"),
            ),
        ),
    )
