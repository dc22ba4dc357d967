"""Two records turn out to be one person: they are joined when that person confirms, and can be parted again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.acquaintance import lift_stop, recognize, welcome_in
from handlers.events import (
    ChatEvent,
    ConnectAsked,
    ContactShared,
    Event,
    MergeAnswered,
    MergeUndone,
    PhoneAsked,
    SignInOpened,
    SignInRequested,
)
from handlers.informing import tell_of_decision
from handlers.joined_records import join_records, part_records
from handlers.menu import MENU, REWARDS, STATUS
from handlers.outcome import Notice, NoticeKind, Outcome
from handlers.passing_on import platform_name
from handlers.purchasing import hashed
from handlers.refusing import Refused
from messages.message import Act, AskPhone, Command, Copy, Day, Message, Open, Phrase, SignInLink, Value
from referrals.identity import Identity
from storage.customers import Customer
from storage.merges import Merge
from storage.store import Store

SIGN_IN_VALID_FOR = timedelta(minutes=15)
QUOTATION_MARKS = dict.fromkeys(map(ord, '"“”„‟«»‹›「」『』＂'))


async def on_sign_in_requested(event: SignInRequested, store: Store) -> Outcome:
    """Make a single-use token that lets a customer's chat account join their record."""
    customer = await store.customers.by_id(event.customer)
    if customer is None:
        raise Refused("unknown-customer")
    token, expires = await _new_token(event, customer, store)
    return Outcome(reply={"token": token, "expires_at": expires.isoformat(), "customer": customer.id})


async def on_sign_in_opened(event: SignInOpened, store: Store) -> Outcome:
    """Ask whoever opens a sign-in address whether the record is theirs."""
    mine, _ = await welcome_in(event, store)
    await lift_stop(mine, store)
    owner = await store.tokens.use(hashed(event.token), event.at)
    other = await store.customers.by_id(owner) if owner else None
    if other is None:
        return _say("merging.token-over", mine)
    return await _ask(event, mine, other, "token", store)


async def on_phone_asked(event: PhoneAsked, store: Store) -> Outcome:
    """Ask for the person's own number with the platform's own button; a pure read."""
    customer = await recognize(event, store)
    ask = AskPhone(label="merging.button-share-phone")
    message = Message(key="merging.ask-for-phone", buttons=((ask,),))
    return Outcome(answers=(message,), language=customer.language if customer else None)


async def on_connect_asked(event: ConnectAsked, store: Store) -> Outcome:
    """Make a single-use token with which the same person joins from another platform."""
    mine, _ = await welcome_in(event, store)
    way_over = WAYS_OVER.get(event.to)
    if way_over is None or event.to not in event.by.elsewhere:
        return _say("merging.not-there", mine)
    if event.to in await _chats(mine, store):
        return _say("merging.there-already", mine)
    token, _ = await _new_token(event, mine, store)
    return Outcome(answers=(way_over(token),), language=mine.language, zone=mine.zone)


async def on_contact_shared(event: ContactShared, store: Store) -> Outcome:
    """Note the person's own phone number, or ask whether the record that has it is theirs."""
    mine, _ = await welcome_in(event, store)
    if not event.own:
        return _say("merging.not-your-contact", mine)
    phone = Identity("phone", event.phone)
    other = await store.customers.by_identity(phone)
    if other is None:
        await store.customers.add_identity(mine.id, phone, event.at)
        return _say("merging.phone-noted", mine)
    return await _ask(event, mine, other, "phone", store)


async def on_merge_answered(event: MergeAnswered, store: Store) -> Outcome:
    """Join the two records if the person says they are theirs; leave them alone otherwise."""
    mine = await recognize(event, store)
    merge = await store.merges.by_id(event.request)
    if mine is None or merge is None or merge.state != "asked" or mine.id not in {merge.kept_id, merge.merged_id}:
        return _say("merging.answered-before", mine)
    is_late = event.at - merge.asked_at > SIGN_IN_VALID_FOR
    if is_late or not event.yes:
        await store.merges.move(merge.id, state="asked", to="declined", at=event.at, moved={})
        return _say("merging.token-over" if is_late else "merging.declined", mine)
    # Locked before they are judged: two questions about one record may be answered in the same moment.
    locked = await store.customers.lock([merge.kept_id, merge.merged_id])
    other = locked[merge.merged_id if merge.kept_id == mine.id else merge.kept_id]
    if any(record.merged_into for record in locked.values()):
        return _say("merging.answered-before", mine)
    if await _chats(mine, store) & await _chats(other, store):
        return await _leave_to_team(event, mine, other, merge.way, store)
    return await _join(event, merge, other, store)


async def on_merge_undone(event: MergeUndone, store: Store) -> Outcome:
    """Part two records again that were joined by mistake."""
    merge = await store.merges.by_id(event.merge)
    if merge is None or merge.state != "merged":
        raise Refused("unknown-merge")
    await part_records(merge, event.at, store)
    return Outcome(reply={"merge": merge.id, "kept": merge.kept_id, "parted": merge.merged_id})


async def _ask(event: ChatEvent, mine: Customer, other: Customer, way: str, store: Store) -> Outcome:
    if other.id == mine.id:
        return _say("merging.already-yours", mine)
    elsewhere = await _chats(other, store)
    if elsewhere & await _chats(mine, store):
        return await _leave_to_team(event, mine, other, way, store)
    # The record that was there first keeps its id; the other id stays as an alias.
    kept, merged = sorted((mine, other), key=lambda customer: (customer.created_at, customer.id))
    merge = Merge(
        id=event.draw.id("mrg"), kept_id=kept.id, merged_id=merged.id, way=way, state="asked", asked_at=event.at
    )
    await store.merges.add(merge)
    buttons = (
        Act(label="merging.button-yes", action="merge", about=f"{merge.id}.yes", style="primary"),
        Act(label="merging.button-no", action="merge", about=f"{merge.id}.no"),
    )
    message = replace(_question(other, elsewhere), buttons=(buttons,))
    return Outcome(answers=(message,), language=mine.language, zone=mine.zone)


async def _join(event: MergeAnswered, merge: Merge, other: Customer, store: Store) -> Outcome:
    """Join the two records, and let the chats hear of it that were there before."""
    chats_before = await _chats(other, store)
    # Whoever comes to somebody's chat does not switch off the news that is told there.
    listens = other.wants_notices if chats_before else None
    told = await join_records(merge, event.at, store, listens=listens)
    kept = await store.customers.by_id(other.id) or other
    silence = (Phrase("merging.both-stopped", {"start": Command("start")}),) if kept.stopped_at else ()
    warned = () if other.stopped_at else _warnings(event, merge, kept, chats=chats_before, silence=silence)
    message = Message(key="merging.joined", lines=silence, buttons=((STATUS, REWARDS),))
    notices = (*told.notices, *warned)
    return replace(told, answers=(message,), notices=notices, language=kept.language, zone=kept.zone)


def _question(other: Customer, elsewhere: set[str]) -> Message:
    """Ask whether a record is theirs; one with a chat of its own may be a trap, so it is said where and whose."""
    values: dict[str, Value] = {"since": Day(other.customer_since or other.created_at)}
    if not elsewhere:
        return Message(key="merging.is-this-you", values=values)
    # Names are chosen by whoever bears them: in marks, and without marks of their own, none can speak in our voice.
    name = other.first_name.translate(QUOTATION_MARKS).strip()
    called = Phrase("merging.quoted", {"name": name}) if name else Phrase("merging.nameless")
    values |= {"platform": platform_name(min(elsewhere)), "name": called}
    return Message(key="merging.is-this-you-too", values=values)


def _warnings(
    event: ChatEvent, merge: Merge, kept: Customer, *, chats: set[str], silence: tuple[Phrase, ...]
) -> tuple[Notice, ...]:
    """Tell the chats that were there before that one more was joined: nobody is joined without hearing of it.

    What the one who came has switched off must not silence it, so it leaves as what a human answers does.
    """
    here = platform_name(event.by.identity.platform)
    message = Message(key="merging.joined-elsewhere", values={"platform": here}, lines=silence)
    return tuple(
        Notice(to=kept.id, message=message, kind=NoticeKind.SUPPORT, key=f"merged:{merge.id}:{chat}", via=chat)
        for chat in sorted(chats)
    )


async def _leave_to_team(event: ChatEvent, mine: Customer, other: Customer, way: str, store: Store) -> Outcome:
    """Join nothing: only a human can tell whether this is one person with two accounts."""
    decision = event.draw.id("dec")
    trace = {"outcome": "other-account", "rule": "merging", "saw": way, "would_change": "the team decides"}
    await store.decisions.add(decision, about=other.id, customer=mine.id, trace=trace, at=event.at, is_open=True)
    return replace(_say("merging.other-account", mine), posts=await tell_of_decision(decision, store))


async def _chats(customer: Customer, store: Store) -> set[str]:
    """Name the platforms on which a customer has an account."""
    return {chat.platform for chat in await store.customers.chats_of(customer.id)}


async def _new_token(event: Event, customer: Customer, store: Store) -> tuple[str, datetime]:
    token = event.draw.token("sign-in")
    expires = event.at + SIGN_IN_VALID_FOR
    await store.tokens.add(hashed(token), customer.id, expires)
    return token, expires


def _by_link(token: str) -> Message:
    link = SignInLink(token)
    open_it = Open(label="merging.button-open-telegram", link=link)
    return Message(key="merging.connect-by-link", values={"link": link}, buttons=((open_it,),))


def _by_line(token: str) -> Message:
    line = Command("join", f"l_{token}", on="slack")
    copy_it = Copy(label="merging.button-copy-line", what=line)
    return Message(key="merging.connect-by-line", values={"line": line}, buttons=((copy_it,),))


# How somebody comes over to each platform: by a link that opens its chat, or by a line to type there.
WAYS_OVER: Mapping[str, Callable[[str], Message]] = {"telegram": _by_link, "slack": _by_line}


def _say(key: str, customer: Customer | None) -> Outcome:
    message = Message(key=key, buttons=MENU)
    return Outcome(answers=(message,), language=customer.language if customer else None)
