"""Binds a friend to an advocate, once and under locks, whichever door the friend came through."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers.gathering import asks_about_advocates, deeds_of
from handlers.programs import running_program, terms
from referrals.attribution import Invitation, before_link, excluded_by, is_before, refusal, why_refused
from referrals.decisions import Decision
from referrals.draw import Draw, read_click_token
from referrals.program import Exclusion, Program, Touch
from storage.clicks import Click
from storage.customers import Customer
from storage.lineage import Lineage
from storage.links import Link
from storage.referrals import Referral
from storage.store import Store

# A chain that still grows after so many looks is left to the repeated transaction.
_LOOKS = 5
# Refusals after which the friend's invitation is told as it stands.
_STANDS = frozenset({"joined-before", "invited-by-another"})


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """What came of an invitation: the referral, or the code of the refusal; and the program, if one runs."""

    referral: Referral | None = None
    refused: str = ""
    program: Program | None = None
    advocate: Customer | None = None
    exclusion: Exclusion | None = None  # which rule says that one of the two cannot take part
    left: str | None = None  # the advocate of before, where the last invitation counts


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A friend who arrives through a link: when, by which click, and since when the invitation counts."""

    friend: str
    link: Link | None
    click: str | None
    joined_at: datetime
    at: datetime
    draw: Draw
    by_code: bool = True  # not only by a click, which is forgotten after a while
    was_promised: bool = False  # a pause that began later does not break it
    is_new: bool = False  # the friend's record was made a moment ago: nobody else sees it yet


async def attribute(arrival: Arrival, store: Store) -> Attribution:
    """Bind the friend to the owner of the link, or say why not; a lost race is judged again with fresh values."""
    program = await running_program(store)
    link = arrival.link
    if program is None or link is None or link.program_id != program.id:
        return Attribution(refused="program-over" if program and link else "unknown-code", program=program)
    if is_before(arrival.joined_at, told_at=arrival.at, link_made=link.created_at):
        decision = before_link(arrival.joined_at, link_made=link.created_at)
        return await _refused(Attribution(refused="before-link", program=program), arrival, decision, store)
    click = await _click(arrival, link, program, store)
    if click is None and not arrival.by_code:
        decision = Decision(outcome="click-too-old", rule="joining.click_window_days", saw="click")
        return await _refused(Attribution(refused="click-too-old", program=program), arrival, decision, store)
    people, found = await _lock_chain(arrival, link, click, store)
    advocate = people.get(link.advocate_id)
    for _ in range(2):
        existing = found.existing
        follows = existing is not None and _may_follow(existing, link, program)
        invitation = await _invitation(arrival, link, people, program, store=store)
        invited_by = existing.advocate_id if existing and not follows else None
        invitation = replace(invitation, invited_by=invited_by, is_circle=arrival.friend in found.above)
        if code := refusal(invitation, program, arrival.at):
            kept = existing if code in _STANDS else None
            refused = Attribution(refused=code, referral=kept, program=program, advocate=advocate)
            return await _explained(refused, invitation, arrival, store)
        referral = await _referral(arrival, link, click, store)
        if existing is not None and follows:
            referral = replace(referral, id=existing.id)
        if await (store.referrals.rebind(referral) if follows else store.referrals.add(referral)):
            # What is promised is what is judged by: the pinned terms, not the newest.
            pinned = await terms(store, program.id, referral.revision)
            left = existing.advocate_id if existing and follows else None
            return Attribution(referral=referral, program=pinned, advocate=advocate, left=left)
        found = await store.lineages.look(program.id, link.advocate_id, arrival.friend)
    raise RuntimeError("A friend is bound and not bound at once.")


def _may_follow(existing: Referral, link: Link, program: Program) -> bool:
    """Tell whether a friend who has done nothing yet may follow somebody else: where the last invitation counts."""
    is_open = existing.state == "joined" and not existing.reached
    return program.touch is Touch.LAST and is_open and existing.advocate_id != link.advocate_id


async def _invitation(
    arrival: Arrival, link: Link, people: dict[str, Customer], program: Program, *, store: Store
) -> Invitation:
    friend, advocate = people[arrival.friend], people.get(link.advocate_id)
    last = None
    if friend.customer_since is not None and program.lapsed_after is not None:
        last = await store.events.last_deed(friend.id, types=deeds_of(program), before=arrival.at)
    return Invitation(
        advocate=link.advocate_id,
        friend=arrival.friend,
        customer_since=friend.customer_since,
        last_bought=last,
        invited_by=None,
        is_circle=False,
        is_paused=await store.programs.is_paused() and not arrival.was_promised,
        advocate_attributes=advocate.attributes if advocate else {},
        friend_attributes=friend.attributes,
    )


async def _explained(refused: Attribution, invitation: Invitation, arrival: Arrival, store: Store) -> Attribution:
    """Find out which rule refused, and keep it."""
    program, code = refused.program, refused.refused
    if program is None:
        return refused
    excluded = excluded_by(program, invitation, arrival.at) if code.startswith("excluded") else None
    decision = why_refused(code, invitation, program, arrival.at)
    refused = replace(refused, exclusion=excluded[1] if excluded else None)
    return await _refused(refused, arrival, decision, store)


async def _refused(attribution: Attribution, arrival: Arrival, decision: Decision, store: Store) -> Attribution:
    """Keep why somebody was not bound, once for each reason; that an invitation stands is no refusal."""
    if attribution.refused in _STANDS or arrival.link is None:
        return attribution
    # The same for the same refusal: who tries again is refused again, and that says nothing new.
    draw = Draw(f"{arrival.friend}:{arrival.link.id}:{attribution.refused}".encode())
    identifier = draw.id("dec", "joining")
    await store.decisions.add(
        identifier, about=arrival.friend, customer=arrival.friend, trace=decision.to_json(), at=arrival.at
    )
    return attribution


async def _lock_chain(
    arrival: Arrival, link: Link, click: Click | None, store: Store
) -> tuple[dict[str, Customer], Lineage]:
    """Lock the friend, the advocate and everyone above, so that no circle of any length can close beside us.

    Locking only the two would let four crossed invitations close a circle of four: each transaction would lock two
    of the four people and none would see what the opposite one is about to write.
    """
    program, advocate, friend = link.program_id, link.advocate_id, arrival.friend
    if arrival.is_new:  # nobody has brought them, and they have brought nobody
        return await _newcomer(friend, link, click, store), Lineage(existing=None, above=())
    locked = await store.lineages.lock(program, advocate, friend)
    found = await store.lineages.look(program, advocate, friend)
    for _ in range(_LOOKS):
        wanted = {friend, advocate, *found.above}
        if wanted <= locked.keys():
            break
        locked = await store.customers.lock(wanted | locked.keys())
        found = await store.lineages.look(program, advocate, friend)
    return locked, found


async def _newcomer(friend: str, link: Link, click: Click | None, store: Store) -> dict[str, Customer]:
    """Hold the advocate side by side with their other newcomers, unless a rule will want them alone."""
    newest = await running_program(store)
    judges = [await terms(store, link.program_id, _revision(link, click)), *([newest] if newest else [])]
    held = store.customers.lock if asks_about_advocates(judges) else store.customers.keep
    return await held([friend, link.advocate_id])


async def _click(arrival: Arrival, link: Link, program: Program, store: Store) -> Click | None:
    """Find the click that somebody came by, unless it is another link's or longer ago than the program remembers."""
    number = read_click_token(arrival.click) if arrival.click else None
    click = await store.clicks.by_number(number) if number is not None else None
    if click is None or click.link_id != link.id:
        return None
    return click if arrival.at <= click.at + program.click_window else None


async def _referral(arrival: Arrival, link: Link, click: Click | None, store: Store) -> Referral:
    """Make the referral under the revision its click saw, or the link's when there was no click."""
    revision = _revision(link, click)
    pinned = await terms(store, link.program_id, revision)
    return Referral(
        id=arrival.draw.id("ref", arrival.friend),
        program_id=link.program_id,
        link_id=link.id,
        advocate_id=link.advocate_id,
        friend_id=arrival.friend,
        revision=revision,
        click=click.number if click else None,
        clicked_at=click.at if click else None,
        state="joined",
        joined_at=arrival.joined_at,
        qualify_by=arrival.joined_at + pinned.qualify_within,
    )


def _revision(link: Link, click: Click | None) -> int:
    return click.revision if click else link.revision
