"""A customer spends some of a balance at the shop, or gets it back; what was owed is paid off first."""

from collections.abc import Sequence
from datetime import datetime

from handlers.events import BalanceSpent, Event, SpendingUndone
from handlers.menu import REWARDS
from handlers.outcome import Notice, NoticeKind, Outcome
from handlers.programs import running_program, worth
from handlers.refusing import Refused
from messages.message import Message, Value, Worth
from referrals import balances, ledger
from referrals.balances import Part
from referrals.ledger import RewardState
from referrals.money import Amount
from storage.customers import Customer
from storage.errors import TryAgain
from storage.rewards import Reward
from storage.spendings import Spending
from storage.store import Store


async def on_balance_spent(event: BalanceSpent, store: Store) -> Outcome:
    """Take an amount out of a balance, once per key, from what expires first; refuse more than there is."""
    customer = await _known(event.customer, store)
    await store.spendings.hold(customer.id)
    spending = Spending(
        id=event.draw.id("spd"),
        customer_id=customer.id,
        key=event.key,
        unit=event.amount.unit,
        amount=event.amount.minor,
        at=event.at,
    )
    kept = await store.spendings.add(spending)
    if kept.id != spending.id:
        if await _is_other(kept, customer, event.amount, store):
            raise Refused("spending-key-reused")
        return Outcome(reply=await _reply(kept, customer, store))
    await _take(event, spending, customer, store)
    return Outcome(
        reply=await _reply(spending, customer, store), notices=(await _notice(spending, "spent", customer, store),)
    )


async def on_spending_undone(event: SpendingUndone, store: Store) -> Outcome:
    """Give a spending back with compensating entries; what has expired meanwhile expires again at once."""
    customer = await _known(event.customer, store)
    await store.spendings.hold(customer.id)
    spending = await store.spendings.by_id(event.spending)
    owner = await store.customers.by_id(spending.customer_id) if spending else None
    if spending is None or owner is None or owner.id != customer.id:
        raise Refused("unknown-spending")
    if not await store.spendings.undo(spending.id, event.at):
        return Outcome(reply=await _reply(spending, customer, store))
    await _give_back(spending, customer, event.at, store)
    fresh = await store.spendings.by_id(spending.id) or spending
    return Outcome(
        reply=await _reply(fresh, customer, store), notices=(await _notice(fresh, "returned", customer, store),)
    )


async def pay_off(customer: str, unit: str, event: Event, store: Store) -> list[Part]:
    """Set what is on a balance against what is owed for rewards taken back after they were spent; return what is left.

    The spending is booked over from the reward that is gone to the one that stands, so that every sum stays what it
    was: the newer reward is used up by as much as the older one was.
    """
    await store.spendings.hold(customer)
    parts = await store.spendings.parts(customer, unit)
    due = balances.payments(parts)
    for payment in due:
        step = event.draw.id("pay", f"{payment.debt}:{payment.reward}")
        amount = Amount(payment.minor, unit)
        source = await store.spendings.take(payment.reward, payment.minor, event.at)
        debt = await store.rewards.by_id(payment.debt)
        if source is None or debt is None:
            raise TryAgain
        used = ledger.advance(f"pay:{step}", amount, RewardState.AVAILABLE, RewardState.REDEEMED)
        await store.ledger.book(source, used, event.at)
        freed = ledger.advance(f"paid:{step}", amount, RewardState.REDEEMED, RewardState.AVAILABLE)
        await store.ledger.book(debt, freed, event.at)
        # A voucher that was used at a till has nothing spent: only its entries say what is still owed.
        await store.spendings.forgive(debt.id, payment.minor)
    return balances.after(parts, due)


async def balances_of(customer: Customer, store: Store) -> dict[str, list[Part]]:
    """Find a customer's balances as they are once what is owed is paid: a list of parts for each unit."""
    found: dict[str, list[Part]] = {}
    for part in await store.spendings.parts(customer.id):
        found.setdefault(part.left.unit, []).append(part)
    return {unit: balances.after(parts, balances.payments(parts)) for unit, parts in found.items()}


async def said(amount: Amount, store: Store) -> Value:
    """Put an amount into the words that its unit has now."""
    program = await running_program(store)
    return worth(program, amount) if program else Worth(amount)


async def _known(customer: str, store: Store) -> Customer:
    found = await store.customers.by_id(customer)
    if found is None:
        raise Refused("unknown-customer")
    return found


async def _is_other(kept: Spending, customer: Customer, amount: Amount, store: Store) -> bool:
    owner = await store.customers.by_id(kept.customer_id)
    return kept.worth != amount or owner is None or owner.id != customer.id


async def _take(event: BalanceSpent, spending: Spending, customer: Customer, store: Store) -> None:
    usable = [
        part
        for part in await pay_off(customer.id, spending.unit, event, store)
        if part.left.minor < 0 or part.expires_at is None or part.expires_at > event.at
    ]
    takes = balances.taken(usable, spending.amount)
    if takes is None:
        there = Amount(balances.total(usable), spending.unit)
        raise await _too_low(there, spending.worth, store)
    for take in takes:
        reward = await store.spendings.take(take.reward, take.minor, event.at)
        if reward is None:
            raise TryAgain  # taken back or expired in the same moment: look again
        amount = Amount(take.minor, spending.unit)
        step = ledger.advance(_step(spending), amount, RewardState.AVAILABLE, RewardState.REDEEMED)
        await store.ledger.book(reward, step, event.at)


async def _too_low(there: Amount, wanted: Amount, store: Store) -> Refused:
    told = {"code": "balance-too-low", "unit": there.unit, "available": there.decimal(), "wanted": wanted.decimal()}
    story = "balance-owed" if there.minor < 0 else "balance-too-low"
    owed = Amount(abs(there.minor), there.unit)
    return Refused(story, {"there": await said(owed, store), "wanted": await said(wanted, store)}, told)


async def _give_back(spending: Spending, customer: Customer, at: datetime, store: Store) -> None:
    """Give back to the rewards it was taken from; where another has taken that over, to what expires last."""
    own = await store.spendings.taken_for(_step(spending))
    spent = await store.spendings.spent_of(customer.id, spending.unit, own=own)
    missing = spending.amount
    for reward in sorted(spent, key=lambda reward: reward.id not in own):
        some = min(missing, reward.spent)
        if not some:
            continue
        back = await store.spendings.give_back(reward.id, some)
        if back is None:
            raise TryAgain
        missing -= some
        await _book_back(back, Amount(some, spending.unit), f"un{_step(spending)}", at, store=store)
    if missing:
        raise LookupError("A spending that no reward was spent for.")


async def _book_back(reward: Reward, amount: Amount, step: str, at: datetime, *, store: Store) -> None:
    await store.ledger.book(reward, ledger.advance(step, amount, RewardState.REDEEMED, RewardState.AVAILABLE), at)
    if reward.state == RewardState.EXPIRED:
        gone = ledger.advance(f"expire:{step}", amount, RewardState.AVAILABLE, RewardState.EXPIRED)
        await store.ledger.book(reward, gone, at)
    elif reward.state == RewardState.AVAILABLE:
        await _lower(reward, await store.ledger.cost_of(reward.id), at, store)


async def _lower(reward: Reward, cost: int, at: datetime, store: Store) -> None:
    """Let a reward be what it still costs, where it was taken back, or a part of it, while it was used up."""
    if not cost:
        # Given back now, nothing is left of it and nothing is owed.
        await store.rewards.move(reward.id, states=[RewardState.AVAILABLE], to=RewardState.REVOKED, ended_at=at)
    elif cost < reward.amount and reward.spent >= cost:
        # More is still spent of it than it is worth by now: the rest stays owed.
        await store.rewards.move(reward.id, states=[RewardState.AVAILABLE], to=RewardState.REDEEMED, ended_at=at)
    elif cost < reward.amount:
        await store.rewards.reduce(reward, cost, options=reward.options, takes=reward.takes)


async def _reply(spending: Spending, customer: Customer, store: Store) -> dict[str, object]:
    parts: Sequence[Part] = await store.spendings.parts(customer.id, spending.unit)
    return {
        "spending": spending.id,
        "customer": customer.id,
        "unit": spending.unit,
        "amount": spending.worth.decimal(),
        "state": "booked" if spending.undone_at is None else "undone",
        "spent_at": spending.at.isoformat(),
        "undone_at": spending.undone_at.isoformat() if spending.undone_at else None,
        "balance": Amount(balances.total(parts), spending.unit).decimal(),
    }


async def _notice(spending: Spending, story: str, customer: Customer, store: Store) -> Notice:
    parts = await store.spendings.parts(customer.id, spending.unit)
    left = Amount(max(0, balances.total(parts)), spending.unit)
    message = Message(
        key=f"spending.{story}",
        values={"gain": await said(spending.worth, store), "left": await said(left, store)},
        buttons=((REWARDS,),),
    )
    return Notice(to=customer.id, kind=NoticeKind.REWARD, key=f"{story}:{spending.id}", message=message)


def _step(spending: Spending) -> str:
    return f"spend:{spending.id}"
