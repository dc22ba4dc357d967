"""Someone looks at their rewards or claims one: for a voucher, a code, or something the team hands over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers import picking, spending
from handlers.acquaintance import recognize
from handlers.competing import standing_lines
from handlers.delivering import ask_team
from handlers.events import RewardClaimed, RewardsAsked
from handlers.menu import PANEL_STATUS, REWARDS, SHARE, in_pairs, why_button
from handlers.outcome import Outcome, TeamPost
from handlers.picking import worth_of
from handlers.placing import word_of
from handlers.programs import running_program, terms, worth
from handlers.promising import OTHER, deed
from handlers.stocking import give_code
from messages.message import QR, Act, Button, Code, Copy, Day, Message, Phrase, Value
from referrals import balances, ledger
from referrals.balances import Part
from referrals.codes import spaced
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.rewarding import Delivery
from storage.customers import Customer
from storage.rewards import Reward
from storage.store import Store
from storage.vouchers import Voucher

# A screen of buttons; older rewards stay claimable as these are used.
MOST_SHOWN = 10
ENDED = (RewardState.REDEEMED, RewardState.EXPIRED, RewardState.REVOKED, RewardState.DENIED)
# The words under which a reward may have no last day.
ENDLESS = ("available", "to-choose")
OWED = "owed"
# What is not there yet, or is no more: its owner may wonder why.
WONDERED_AT = ("pending", "waiting-for-event", "expired", "revoked", "denied", OWED)


async def on_rewards_asked(event: RewardsAsked, store: Store) -> Outcome:
    """Show what is there to claim, what is coming, what is past and which prize comes next; a pure read."""
    customer = await recognize(event, store)
    message = await overview(customer, event.at, store) if customer else None
    program = await running_program(store)
    counts = {"deed": deed(program) if program is not None else OTHER}
    message = message or Message(key="rewarding.nothing-yet", values=counts, buttons=((SHARE, PANEL_STATUS),))
    if customer is not None and program is not None:
        message = replace(message, lines=(*message.lines, *await standing_lines(customer, program, event.at, store)))
    return Outcome(
        answers=(replace(message, in_place=event.in_panel),),
        language=customer.language if customer else None,
        zone=customer.zone if customer else None,
    )


async def overview(customer: Customer, at: datetime, store: Store) -> Message | None:
    """Show the rewards of a customer with a button for each that is ready; nothing when there never was one."""
    rewards = await store.rewards.of_customer(customer.id)
    if not rewards:
        return None
    listed = [reward for reward in rewards if not _is_on_balance(reward)]
    live = [reward for reward in listed if reward.state not in ENDED]
    past = [reward for reward in listed if reward.state in ENDED]
    shown = [*live, *past[-3:]][:MOST_SHOWN]
    lines = [*await _balance_lines(customer, rewards, store), *await lines_of(shown, customer, at, store)]
    buttons = [(button,) for reward in (*shown, *_open_balances(rewards)) for button in await _buttons(reward, store)]
    asking = [
        why_button(reward.id, await worth_of(reward, store))
        for reward in await _open_to_question(shown, customer, at, store)
    ]
    return Message(
        key="rewarding.overview",
        values={"ready": sum(_is_ready(reward) for reward in live)},
        lines=tuple(lines),
        buttons=(*buttons, *in_pairs(asking), (PANEL_STATUS, SHARE)),
    )


async def lines_of(rewards: Sequence[Reward], customer: Customer, at: datetime, store: Store) -> list[Phrase]:
    """Put some rewards of a customer into a line each: what each is, and until or from when."""
    vouchers = await store.vouchers.of_customer(customer.id)
    parts = await store.spendings.parts(customer.id)
    return [await _line(reward, vouchers.get(reward.id), word_of(reward, at, parts), store) for reward in rewards]


async def on_reward_claimed(event: RewardClaimed, store: Store) -> Outcome:
    """Claim an available reward once; a second tap shows the same voucher or code, or how far it has come."""
    customer = await recognize(event, store)
    reward = await store.rewards.by_id(event.reward)
    if customer is None or reward is None or reward.customer_id != customer.id:
        message = Message(key="rewarding.not-yours", buttons=((REWARDS,),))
        return Outcome(answers=(message,), language=customer.language if customer else None, refused="not-yours")
    posts: tuple[TeamPost, ...] = ()
    if _is_claimable(reward) and not reward.is_over(event.at):
        posts = await _claim(event, reward, store)
    fresh = await store.rewards.by_id(reward.id) or reward
    shown = await _claimed(fresh, store)
    if shown is not None:
        return Outcome(answers=(shown,), posts=posts, language=customer.language, zone=customer.zone)
    message, refused = await _cannot(fresh, store)
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone, refused=refused)


async def claim_button(reward: Reward, store: Store) -> Act:
    """Return the button that claims a reward, or shows what claiming it gave."""
    values = {"gain": await worth_of(reward, store)}
    if reward.state == RewardState.AVAILABLE:
        label = "rewarding.button-claim"
    elif reward.delivery == Delivery.CODES:
        label = "rewarding.button-show-code"
    else:
        label = "rewarding.button-show"
    return Act(label=label, action="claim", about=reward.id, values=values, style="success")


def ready_story(reward: Reward) -> str:
    """Say how a reward is announced that has become available: `available`, or as it is delivered."""
    if picking.is_open(reward):
        return "available-choice"
    return "available" if reward.delivery == Delivery.TILL else f"available-{reward.delivery}"


async def _claim(event: RewardClaimed, reward: Reward, store: Store) -> tuple[TeamPost, ...]:
    moved = await store.rewards.move(
        reward.id, states=[RewardState.AVAILABLE], to=RewardState.CLAIMED, claimed_at=event.at
    )
    if moved is None:
        return ()
    # What the team cannot hand over comes back and may be claimed again: then it is a step of its own.
    step = "claim" if moved.delivery == Delivery.TILL else f"claim:{event.draw.id('stp')}"
    booked = ledger.advance(step, moved.worth, RewardState.AVAILABLE, RewardState.CLAIMED)
    await store.ledger.book(moved, booked, event.at)
    match moved.delivery:
        case Delivery.TEAM:
            return await ask_team(moved, event, store)
        case Delivery.CODES:
            await store.deliveries.ask(moved.id, Delivery.CODES.value, event.at)
            return (await give_code(moved, event, store))[1]
    await _issue(event, moved, store)
    return ()


async def _issue(event: RewardClaimed, reward: Reward, store: Store) -> None:
    program = await terms(store, reward.program_id, reward.revision)
    values = {
        "reward_id": reward.id,
        "customer_id": reward.customer_id,
        "issued_at": event.at,
        "expires_at": event.at + program.voucher_valid_for,
    }
    await store.vouchers.issue(event.draw.voucher_codes(reward.id), values)


async def _claimed(reward: Reward, store: Store) -> Message | None:
    """Show what a claimed reward gave; nothing when there is nothing to show."""
    if reward.delivery == Delivery.CODES and reward.state == RewardState.REDEEMED:
        return await _code(reward, store)
    if reward.state != RewardState.CLAIMED:
        return None
    if reward.delivery == Delivery.TILL:
        voucher = await store.vouchers.of_reward(reward.id)
        return await _voucher(reward, voucher, store) if voucher else None
    values = {"gain": await worth_of(reward, store)}
    return Message(key=f"rewarding.asked-{reward.delivery}", values=values, buttons=((REWARDS, SHARE),))


async def _voucher(reward: Reward, voucher: Voucher, store: Store) -> Message:
    program = await terms(store, reward.program_id, reward.revision)
    code = Code(spaced(voucher.code))
    values: dict[str, Value] = {
        "gain": worth(program, reward.worth),
        "program": program.name,
        "code": code,
        "until": Day(voucher.expires_at),
    }
    copy = Copy(label="rewarding.button-copy-voucher", what=code)
    return Message(key="rewarding.voucher", values=values, picture=QR(code), buttons=((copy,), (REWARDS,)))


async def _code(reward: Reward, store: Store) -> Message | None:
    found = await store.stock.of_reward(reward.id)
    if found is None:
        return None
    code = Code(found)
    copy = Copy(label="rewarding.button-copy-code", what=code)
    values = {"gain": await worth_of(reward, store), "code": code}
    return Message(key="rewarding.code", values=values, buttons=((copy,), (REWARDS,)))


async def _cannot(reward: Reward, store: Store) -> tuple[Message, str]:
    values: dict[str, Value] = {"gain": await worth_of(reward, store), "free": Day(reward.pending_until)}
    over = "expired" if reward.state == RewardState.AVAILABLE else reward.state
    if reward.delivery == Delivery.BALANCE and reward.state == RewardState.AVAILABLE:
        over = "on-balance"
    elif reward.state == RewardState.REDEEMED and reward.delivery != Delivery.TILL:
        over = f"redeemed-{reward.delivery}"
    if reward.ended_at is not None:
        values["day"] = Day(reward.ended_at)
    return Message(key=f"rewarding.cannot-claim-{over}", values=values, buttons=((REWARDS, SHARE),)), f"reward-{over}"


def _is_claimable(reward: Reward) -> bool:
    return reward.state == RewardState.AVAILABLE and reward.delivery != Delivery.BALANCE


def _is_ready(reward: Reward) -> bool:
    return _is_claimable(reward) or (reward.state == RewardState.CLAIMED and reward.delivery == Delivery.TILL)


def _is_on_balance(reward: Reward) -> bool:
    return reward.delivery == Delivery.BALANCE and reward.state in (RewardState.AVAILABLE, RewardState.REDEEMED)


def _open_balances(rewards: list[Reward]) -> list[Reward]:
    return [reward for reward in rewards if _is_on_balance(reward) and picking.is_open(reward)]


async def _open_to_question(shown: Sequence[Reward], customer: Customer, at: datetime, store: Store) -> list[Reward]:
    """Find what somebody may wonder about: what is not there yet or no more, and what became smaller."""
    parts = await store.spendings.parts(customer.id)
    reduced = await store.ledger.reduced_of(customer.id)
    return [reward for reward in shown if word_of(reward, at, parts) in WONDERED_AT or reward.id in reduced]


async def _buttons(reward: Reward, store: Store) -> list[Button]:
    found: list[Button] = []
    has_code = reward.delivery == Delivery.CODES and reward.state == RewardState.REDEEMED
    if _is_ready(reward) or has_code:
        found.append(await claim_button(reward, store))
    if picking.is_open(reward):
        found.append(picking.again(reward))
    return found


async def _line(reward: Reward, voucher: Voucher | None, word: str, store: Store) -> Phrase:
    values: dict[str, Value] = {"gain": await worth_of(reward, store), "free": Day(reward.pending_until)}
    until = voucher.expires_at if voucher and reward.state == RewardState.CLAIMED else reward.expires_at
    if until is not None:
        values["expires"] = Day(until)
    if reward.ended_at is not None:
        values["day"] = Day(reward.ended_at)
    if word == OWED and reward.delivery == Delivery.BALANCE:
        return Phrase("rewarding.line-owed-balance", values)
    if word == RewardState.REDEEMED and reward.delivery != Delivery.TILL:
        return Phrase(f"rewarding.line-redeemed-{reward.delivery}", values)
    if word in ENDLESS and until is None:
        return Phrase(f"rewarding.line-{word}-for-ever", values)
    return Phrase(f"rewarding.line-{word}", values)


async def _balance_lines(customer: Customer, rewards: list[Reward], store: Store) -> list[Phrase]:
    """Say what is on each balance and what of it expires first, or what is owed."""
    has = {reward.unit for reward in rewards if reward.delivery == Delivery.BALANCE}
    found = await spending.balances_of(customer, store) if has else {}
    return [await _balance_line(unit, parts, store) for unit, parts in sorted(found.items()) if unit in has and parts]


async def _balance_line(unit: str, parts: list[Part], store: Store) -> Phrase:
    there = balances.total(parts)
    values: dict[str, Value] = {"gain": await spending.said(Amount(abs(there), unit), store)}
    if there < 0:
        return Phrase("rewarding.balance-owed", values)
    usable = balances.soonest_first(parts)
    first = usable[0].expires_at
    if first is None:
        return Phrase("rewarding.balance", values)
    some = Amount(sum(part.left.minor for part in usable if part.expires_at == first), unit)
    values |= {"expires": Day(first), "some": await spending.said(some, store)}
    return Phrase("rewarding.balance-expiring" if some.minor == there else "rewarding.balance-partly", values)
