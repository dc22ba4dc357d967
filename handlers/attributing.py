"""Binds a friend to an advocate, once and under locks, whichever door the friend came through."""

from dataclasses import dataclass
from datetime import datetime

from handlers.programs import running_program, terms
from referrals.attribution import Invitation, refusal
from referrals.draw import Draw, read_click_token
from referrals.program import Program
from storage.customers import Customer
from storage.links import Link
from storage.referrals import Referral
from storage.store import Store

# A chain that still grows after so many looks is left to the repeated transaction.
_LOOKS = 5


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """What came of an invitation: the referral, or the code of the refusal; and the program, if one runs."""

    referral: Referral | None = None
    refused: str = ""
    program: Program | None = None
    advocate: Customer | None = None


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A friend who arrives through a link: when, by which click, and since when the invitation counts."""

    friend: str
    link: Link | None
    click: str | None
    joined_at: datetime
    at: datetime
    draw: Draw


async def attribute(arrival: Arrival, store: Store) -> Attribution:
    """Bind the friend to the owner of the link, or say why not; a lost race is judged again with fresh values."""
    program = await running_program(store)
    link = arrival.link
    if program is None or link is None or link.program_id != program.id:
        return Attribution(refused="program-over" if program and link else "unknown-code", program=program)
    people, above = await _lock_chain(store, program.id, link.advocate_id, arrival.friend)
    advocate = people.get(link.advocate_id)
    for _ in range(2):
        existing = await store.referrals.of_friend(program.id, arrival.friend)
        invitation = Invitation(
            advocate=link.advocate_id,
            friend=arrival.friend,
            customer_since=people[arrival.friend].customer_since,
            invited_by=existing.advocate_id if existing else None,
            is_circle=arrival.friend in above,
        )
        refused = refusal(invitation, program, arrival.at)
        if refused:
            kept = existing if refused in {"joined-before", "invited-by-another"} else None
            return Attribution(refused=refused, referral=kept, program=program, advocate=advocate)
        referral = await _referral(arrival, link, store)
        if await store.referrals.add(referral):
            # What is promised is what is judged by: the pinned terms, not the newest.
            pinned = await terms(store, program.id, referral.revision)
            return Attribution(referral=referral, program=pinned, advocate=advocate)
        above = await store.referrals.chain_above(program.id, link.advocate_id)
    raise RuntimeError("A friend is bound and not bound at once.")


async def _lock_chain(store: Store, program: str, advocate: str, friend: str) -> tuple[dict[str, Customer], list[str]]:
    """Lock the friend, the advocate and everyone above, so that no circle of any length can close beside us.

    Locking only the two would let four crossed invitations close a circle of four: each transaction would lock two
    of the four people and none would see what the opposite one is about to write.
    """
    locked: dict[str, Customer] = {}
    above: list[str] = []
    for _ in range(_LOOKS):
        above = await store.referrals.chain_above(program, advocate)
        wanted = {friend, advocate, *above}
        if wanted <= locked.keys():
            break
        locked = await store.customers.lock(wanted | locked.keys())
    return locked, above


async def _referral(arrival: Arrival, link: Link, store: Store) -> Referral:
    """Make the referral under the revision its click saw, or the link's when there was no click."""
    number = read_click_token(arrival.click) if arrival.click else None
    click = await store.clicks.by_number(number) if number is not None else None
    if click is not None and click.link_id != link.id:
        click = None
    revision = click.revision if click else link.revision
    pinned = await terms(store, link.program_id, revision)
    return Referral(
        id=arrival.draw.id("ref", arrival.friend),
        program_id=link.program_id,
        link_id=link.id,
        advocate_id=link.advocate_id,
        friend_id=arrival.friend,
        revision=revision,
        click=click.number if click else None,
        state="joined",
        joined_at=arrival.joined_at,
        qualify_by=arrival.joined_at + pinned.qualify_within,
    )
