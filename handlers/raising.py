"""A program that gives more than before gives it for what lies behind, too: each reward is topped up, once."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.events import RewardsRaised
from handlers.outcome import Notice, Outcome
from handlers.programs import running_program
from handlers.refusing import Refused
from handlers.restoring import top_up
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.program import Program
from referrals.raising import raised
from referrals.rewarding import Delivery, RewardRule, Side
from storage.rewards import Reward
from storage.store import Store

# A transaction holds up a chat for no longer than this many take.
CHUNK = 50


async def on_rewards_raised(event: RewardsRaised, store: Store) -> Outcome:
    """Top up the next rewards of earlier revisions to what the running one gives; or only say how much that is."""
    program = await running_program(store)
    if program is None:
        raise Refused("no-program")
    found = await store.rewards.of_earlier(program.id, program.revision, after=event.after, most=CHUNK)
    totals: dict[str, int] = {}
    notices: list[Notice] = []
    count = 0
    for reward in found:
        rule = _rule(reward, program)
        more = await _more(reward, rule, program, store) if rule else None
        if rule is None or more is None:
            continue
        if not event.is_trial:
            extra = _topped_up(reward, more, program, event)
            notices += await top_up(extra, rule, event, event.because, store=store)
        count, totals[more.unit] = count + 1, totals.get(more.unit, 0) + more.minor
    after = found[-1].id if len(found) == CHUNK else None
    return Outcome(reply={"count": count, "totals": totals, "after": after}, notices=tuple(notices))


def _rule(reward: Reward, program: Program) -> RewardRule | None:
    """Find what the running revision gives for the same; codes are bought one by one, and not in part."""
    goal = program.goal(reward.goal)
    rule = goal.reward_of(Side(reward.side)) if goal else None
    return None if rule is None or len(reward.options) > 1 or rule.first.delivery is Delivery.CODES else rule


async def _more(reward: Reward, rule: RewardRule, program: Program, store: Store) -> Amount | None:
    """Say how much is missing to what a reward would be now; nothing where it is none, or was given already."""
    worth = raised(rule, reward.worth, reward.kind, await _people(reward, store))
    if worth is None or not await store.ledger.cost_of(reward.id):
        return None
    before = await store.rewards.of_occasion(program.id, reward.customer_id, _occasion(reward))
    missing = worth.minor - reward.amount - sum(one.amount for one in before if one.state != RewardState.REVOKED)
    return Amount(missing, reward.unit) if missing > 0 else None


async def _people(reward: Reward, store: Store) -> Mapping[str, Mapping[str, str]]:
    referral = await store.referrals.by_id(reward.referral_id) if reward.referral_id else None
    if referral is None:
        return {}
    ids = {"advocate": referral.advocate_id, "friend": referral.friend_id}
    found = {who: await store.customers.by_id(customer) for who, customer in ids.items()}
    return {who: customer.attributes for who, customer in found.items() if customer is not None}


def _topped_up(reward: Reward, more: Amount, program: Program, event: RewardsRaised) -> Reward:
    return replace(
        reward,
        id=event.draw.id("rwd", f"raised:{reward.id}"),
        revision=program.revision,
        amount=more.minor,
        fitted="fixed",
        occasion=f"{_occasion(reward)}{program.revision}",
    )


def _occasion(reward: Reward) -> str:
    return f"raised:{reward.id}:"
