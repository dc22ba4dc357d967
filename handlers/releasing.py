"""Holds pass: rewards become available, referrals are completed, and who waits for an event too long gets nothing."""

from datetime import datetime

from handlers import spending
from handlers.competing import standing_lines
from handlers.events import HoldsDue
from handlers.informing import tell_of_completed
from handlers.menu import REWARDS, SHARE, STATUS, why_button
from handlers.outcome import Notice, NoticeKind, Outcome, TeamPost
from handlers.picking import again, is_open, worth_of
from handlers.programs import terms
from handlers.rewarding import claim_button, ready_story
from handlers.winning import on_completed
from messages.message import Button, Day, Message, NameOf, Value
from referrals import ledger
from referrals.ledger import RewardState
from referrals.program import Program
from referrals.rewarding import Delivery, RewardRule
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store

# A hundred steps of some five statements stay near 100 ms of held write lock on SQLite.
CHUNK = 50


async def on_holds_due(event: HoldsDue, store: Store) -> Outcome:
    """Release rewards whose hold has passed, complete their referrals, and tell their owners and the team."""
    due = await store.rewards.take_due_holds(event.at, CHUNK)
    notices: list[Notice] = []
    completed: list[str] = []
    for held in due:
        moved = await release(held, event, store)
        if moved is None:
            continue
        if moved.referral_id and await store.referrals.move(
            moved.referral_id, states=["qualified"], to="completed", completed_at=moved.pending_until
        ):
            completed.append(moved.referral_id)
        notices.append(await _ready(moved, store))
    done = await _complete_without_rewards(event.at, store)
    completed += [referral.id for referral in done]
    overdue = await store.rewards.take_given_up(event.at, CHUNK)
    notices += [notice for held in overdue for notice in await _give_up(held, event.at, store)]
    posts = await tell_of_completed(completed, store)
    won, told = await _prizes(completed, event, store)
    counted = await _counted(done, {notice.to for notice in won}, event.at, store)
    more = CHUNK in {len(due), len(done), len(overdue)}
    return Outcome(notices=(*notices, *won, *counted), posts=(*posts, *told), more=more)


async def release(held: Reward, event: HoldsDue, store: Store) -> Reward | None:
    """Make a pending reward available; nothing when it no longer was pending."""
    moved = await store.rewards.move(held.id, states=[RewardState.PENDING], to=RewardState.AVAILABLE)
    if moved is None:
        return None
    step = ledger.advance("release", moved.worth, RewardState.PENDING, RewardState.AVAILABLE)
    await store.ledger.book(moved, step, event.at)
    if moved.delivery == Delivery.BALANCE:
        await spending.pay_off(moved.customer_id, moved.unit, event, store)
        await _extend(moved, store)
    return moved


async def _complete_without_rewards(at: datetime, store: Store) -> list[Referral]:
    """Complete referrals whose hold has passed and for which no reward was held."""
    due = await store.referrals.take_due(at, CHUNK)
    return [
        referral
        for referral in due
        if await store.referrals.move(
            referral.id, states=["qualified"], to="completed", completed_at=referral.completes_at
        )
    ]


async def _counted(done: list[Referral], told: set[str], at: datetime, store: Store) -> list[Notice]:
    """Tell advocates of a friend who counts without a reward, and how far they are; who hears of a prize knows."""
    people = await store.customers.by_ids({referral.advocate_id for referral in done} - told) if done else {}
    found = []
    for referral in done:
        advocate = people.get(referral.advocate_id)
        if advocate is not None:
            program = await terms(store, referral.program_id, referral.revision)
            message = Message(
                key="winning.counted",
                values={"friend": NameOf(referral.friend_id)},
                lines=await standing_lines(advocate, program, at, store),
                buttons=((STATUS, SHARE),),
            )
            key = f"counted:{referral.id}"
            found.append(Notice(to=advocate.id, kind=NoticeKind.SERVICE, key=key, message=message))
    return found


async def _prizes(completed: list[str], event: HoldsDue, store: Store) -> tuple[list[Notice], list[TeamPost]]:
    found = [await store.referrals.by_id(referral) for referral in completed]
    bound: list[Referral] = [referral for referral in found if referral is not None]
    return await on_completed(bound, event, store)


async def _extend(newest: Reward, store: Store) -> None:
    """Let a reward that rolls carry those before it along, up to its own last day."""
    rule = rule_of(newest, await terms(store, newest.program_id, newest.revision))
    if rule is None or not rule.expiry.is_rolling or newest.expires_at is None:
        return
    for reward in await store.rewards.on_balance(newest.customer_id, newest.unit):
        own = rule_of(reward, await terms(store, reward.program_id, reward.revision))
        if own is not None and own.expiry.is_rolling:
            await store.rewards.extend(reward.id, newest.expires_at)


def rule_of(reward: Reward, program: Program) -> RewardRule | None:
    """Find what a reward was given for in its terms; nothing for one that was given by hand."""
    if reward.occasion:
        kind, _, rest = reward.occasion.partition(":")
        return _prize(program, kind, rest.partition(":")[0])
    goal = program.goal(reward.goal)
    return next((rule for rule in goal.rewards if rule.side == reward.side), None) if goal else None


def _prize(program: Program, kind: str, name: str) -> RewardRule | None:
    rules: dict[str, dict[str, RewardRule]] = {
        "milestone": {prize.name: prize.reward for prize in program.milestones},
        "contest": {prize.name: prize.reward for prize in program.contests},
        "raffle": {prize.name: prize.reward for prize in program.raffles},
    }
    return rules.get(kind, {}).get(name)


async def _ready(reward: Reward, store: Store) -> Notice:
    values: dict[str, Value] = {"gain": await worth_of(reward, store)}
    story = ready_story(reward)
    if reward.expires_at is None:
        story = f"{story}-for-ever"
    else:
        values["expires"] = Day(reward.expires_at)
    buttons: list[Button] = [REWARDS] if reward.delivery == Delivery.BALANCE else [await claim_button(reward, store)]
    if is_open(reward):
        buttons.append(again(reward))
    message = Message(key=f"rewarding.notice-{story}", values=values, buttons=(tuple(buttons),))
    return Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=f"available:{reward.id}", message=message)


async def _give_up(held: Reward, at: datetime, store: Store) -> list[Notice]:
    """Deny a reward whose event never came."""
    moved = await store.rewards.move(
        held.id, states=[RewardState.PENDING], to=RewardState.DENIED, reason="event-never-came", ended_at=at
    )
    if moved is None:
        return []
    await store.caps.give_back(moved.id, moved.program_id, moved.takes)
    await store.ledger.book(moved, ledger.advance("deny", moved.worth, RewardState.PENDING, RewardState.DENIED), at)
    buttons = ((why_button(moved.id),), (SHARE, STATUS))
    message = Message(key="rewarding.notice-given-up", values={"gain": await worth_of(moved, store)}, buttons=buttons)
    return [Notice(to=moved.customer_id, kind=NoticeKind.REWARD, key=f"given-up:{moved.id}", message=message)]
