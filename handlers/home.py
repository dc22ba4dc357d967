"""The personal page in the app: link, code and QR, how referrals stand, and what has been earned."""

from collections.abc import Iterator
from dataclasses import replace

from handlers import rewarding, standing
from handlers.acquaintance import recognize
from handlers.events import HomeOpened
from handlers.menu import HELP, SETTINGS, STATUS, TOP, WHY, why_button
from handlers.outcome import Outcome
from handlers.programs import running_program, terms
from handlers.promising import offer
from handlers.sharing import card
from messages.message import Act, Button, Message
from referrals.program import Program
from storage.customers import Customer
from storage.links import Link
from storage.store import Store

GET_LINK = Act(label="home.button-get-link", action="share", style="primary")
# What stands under the page: everything that has no place of its own on it.
MORE = Message(key="home.more", buttons=((SETTINGS, HELP),))


async def on_home_opened(event: HomeOpened, store: Store) -> Outcome:
    """Show somebody their page; a pure read."""
    customer = await recognize(event, store)
    program = await running_program(store)
    link = await store.links.main_of(program.id, customer.id) if customer and program else None
    answers = [await _invitation(event, program, link, store)]
    if customer is not None and program is not None:
        answers += await _progress(customer, program, link, store)
    rewards = await rewarding.overview(customer, event.at, store) if customer else None
    if rewards is not None:
        # The rows of the rewards themselves; the last leads to what the page shows already.
        answers.append(replace(rewards, buttons=rewards.buttons[:-1]))
    return Outcome(
        answers=(*answers, MORE),
        language=customer.language if customer else None,
        zone=customer.zone if customer else None,
    )


async def _invitation(event: HomeOpened, program: Program | None, link: Link | None, store: Store) -> Message:
    """Show the link, or how to get one."""
    if program is None:
        return Message(key="home.no-program")
    if not program.is_open(event.at):
        return Message(key="home.program-over", values={"program": program.name})
    if link is not None:
        # A read must not move the link on to newer terms, so it shows those the link was last shown with.
        return card(await terms(store, link.program_id, link.revision), link)
    return Message(key="home.welcome", values={"program": program.name, **offer(program)}, buttons=((GET_LINK,),))


async def _progress(customer: Customer, program: Program, link: Link | None, store: Store) -> list[Message]:
    """Show how an advocate's referrals stand, or the invitation of somebody who has invited nobody yet."""
    if link is not None:
        found = await standing.overview(customer, program, store)
        return [replace(found, buttons=(*_asking(found), (STATUS, TOP)))]
    own = await store.referrals.of_friend(program.id, customer.id)
    if own is None:
        return []
    lines, asking = (await standing.where_friend_stands(own, store),), why_button(own.id)
    return [Message(key="home.invited", lines=lines, buttons=((asking,),))]


def _asking(found: Message) -> Iterator[tuple[Button, ...]]:
    """Keep the rows that ask why something stands where it does."""
    return (row for row in found.buttons if all(isinstance(button, Act) and button.action == WHY for button in row))
