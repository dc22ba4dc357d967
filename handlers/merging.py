"""Two records turn out to be one person: they are joined when that person confirms, and can be parted again."""

from datetime import timedelta

from handlers.acquaintance import lift_stop, recognize, welcome_in
from handlers.events import (
    ChatEvent,
    ConnectAsked,
    ContactShared,
    MergeAnswered,
    MergeUndone,
    PhoneAsked,
    SignInOpened,
    SignInRequested,
)
from handlers.joined_records import join_records, part_records
from handlers.menu import MENU, REWARDS, STATUS
from handlers.outcome import Outcome
from handlers.purchasing import hashed
from handlers.refusing import Refused
from messages.message import Act, AskPhone, Day, Message
from referrals.identity import Identity
from storage.customers import Customer
from storage.merges import Merge
from storage.store import Store

SIGN_IN_VALID_FOR = timedelta(minutes=15)


async def on_sign_in_requested(event: SignInRequested, store: Store) -> Outcome:
    """Make a single-use token that lets a customer's chat account join their record."""
    customer = await store.customers.by_id(event.customer)
    if customer is None:
        raise Refused("unknown-customer")
    token = event.draw.token("sign-in")
    expires = event.at + SIGN_IN_VALID_FOR
    await store.tokens.add(hashed(token), customer.id, expires)
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
    return Outcome()


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
    if not event.yes:
        await store.merges.move(merge.id, state="asked", to="declined", at=event.at, moved={})
        return _say("merging.declined", mine)
    other = await store.customers.by_id(merge.merged_id if merge.kept_id == mine.id else merge.kept_id)
    if other is None or other.id == mine.id or await _has_account(other, event.by.identity.platform, store):
        return _say("merging.other-account", mine)
    notices = await join_records(merge, event.at, store)
    message = Message(key="merging.joined", buttons=((STATUS, REWARDS),))
    return Outcome(answers=(message,), notices=notices, language=mine.language, zone=mine.zone)


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
    if await _has_account(other, event.by.identity.platform, store):
        trace = {"outcome": "other-account", "rule": "merging", "saw": way, "would_change": "the team decides"}
        await store.decisions.add(
            event.draw.id("dec"), about=other.id, customer=mine.id, trace=trace, at=event.at, is_open=True
        )
        return _say("merging.other-account", mine)
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
    since = Day(other.customer_since or other.created_at)
    message = Message(key="merging.is-this-you", values={"since": since}, buttons=(buttons,))
    return Outcome(answers=(message,), language=mine.language, zone=mine.zone)


async def _has_account(customer: Customer, platform: str, store: Store) -> bool:
    return any(identity.platform == platform for identity in await store.customers.identities_of(customer.id))


def _say(key: str, customer: Customer | None) -> Outcome:
    message = Message(key=key, buttons=MENU)
    return Outcome(answers=(message,), language=customer.language if customer else None)
