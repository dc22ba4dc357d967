"""Money is given back for a purchase: at any time, in parts, and perhaps before the purchase was reported."""

from handlers.earning import Consequences
from handlers.events import EventReported
from handlers.refusing import Refused
from handlers.taken_back import as_it_came
from handlers.taking_back import take_back
from referrals.decisions import Decision
from storage.customers import Customer
from storage.errors import TryAgain
from storage.events import ReportedEvent
from storage.store import Store


async def refund(event: EventReported, row: ReportedEvent, store: Store) -> Consequences:
    """Take a refund off its purchase, or let it wait for a purchase that was not reported yet."""
    purchase = await store.events.by_external_id(event.source, event.refers_to or "")
    if purchase is None:
        waits = Decision(outcome="refund-waits", rule="refers_to", saw="no such purchase yet")
        return Consequences(decision=waits, changes={"state": "waiting"})
    if purchase.type == "refund" or purchase.unit != row.unit:
        raise Refused("refund-of-something-else")
    # Held like whoever buys: a further purchase that stands on this one is judged before or after, not beside.
    friend = await _held(purchase, store)
    locked = await store.events.by_id(purchase.id)
    refunded = await store.events.refund(purchase.id, row.amount or 0)
    if refunded is None or locked is None:
        raise Refused("refund-exceeds")
    return await take_back(locked, refunded, friend, event, store)


async def catch_up_refunds(purchase: ReportedEvent, found: Consequences, event: EventReported, store: Store) -> None:
    """Apply the refunds that came before this purchase."""
    for waiting in await store.events.waiting_for(purchase.source, purchase.external_id):
        await store.events.change(waiting.id, state="counted")
        if waiting.unit != purchase.unit:
            continue
        before = await store.events.by_id(purchase.id)
        left = before.left if before else None
        # What came first was answered and cannot be refused any more: of too much, all that was paid is taken.
        refunded = await store.events.refund(purchase.id, min(waiting.amount or 0, left.minor if left else 0))
        if refunded is None or before is None:
            continue
        friend = await store.customers.by_id(purchase.customer_id) if purchase.customer_id else None
        after = await take_back(before, refunded, friend, event, store)
        # A purchase of which something is left is answered for itself, with its rewards as they are by now.
        if after.decision.outcome == "refund-took-back":
            found.decision = after.decision
        found.notices += after.notices
        found.posts += after.posts
        now = {reward.id: reward for reward in after.rewards}
        found.rewards = [now.get(reward.id, reward) for reward in found.rewards]
    found.notices = await as_it_came(found.notices, found.rewards, store)


async def _held(purchase: ReportedEvent, store: Store) -> Customer | None:
    if purchase.customer_id is None:
        return None
    friend = (await store.customers.lock([purchase.customer_id])).get(purchase.customer_id)
    if friend is not None and friend.merged_into is not None:
        raise TryAgain  # joined to another record while we waited: the purchase is theirs now
    return friend
