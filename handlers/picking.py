"""Someone picks what they want a reward to be, where the program offers several things."""

from collections.abc import Mapping
from typing import Any

from handlers.acquaintance import recognize
from handlers.events import ChoiceAsked, OptionPicked
from handlers.menu import REWARDS, SHARE
from handlers.outcome import Outcome
from handlers.programs import terms, worth
from messages.message import Act, Button, Day, Message, Phrase, Value
from referrals import ledger
from referrals.ledger import RewardState
from referrals.money import Amount
from storage.customers import Customer
from storage.rewards import Reward
from storage.store import Store

# Until a reward is claimed or some of it is spent, the pick may be changed; then it is on its way or used.
OPEN = (RewardState.PENDING, RewardState.AVAILABLE)


async def on_choice_asked(event: ChoiceAsked, store: Store) -> Outcome:
    """Show what there is to pick for a reward, each with a button; a pure read."""
    customer = await recognize(event, store)
    reward = await store.rewards.seen(event.reward)
    if customer is None or reward is None or reward.customer_id != customer.id:
        return _not_theirs(customer)
    if not is_open(reward):
        return await _too_late(reward, customer, store)
    message = await offer(reward, store)
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone)


async def on_option_picked(event: OptionPicked, store: Store) -> Outcome:
    """Make a reward what its owner picked, once; the ledger takes the old amount back and books the new one."""
    customer = await recognize(event, store)
    reward = await store.rewards.by_id(event.reward)
    if customer is None or reward is None or reward.customer_id != customer.id:
        return _not_theirs(customer)
    option = next((option for option in reward.options if option["name"] == event.option), None)
    if option is None or not is_open(reward):
        return await _too_late(reward, customer, store)
    if reward.option != event.option:
        before = reward
        reward = await store.rewards.pick(reward.id, _columns(option), states=OPEN) or reward
        if reward.option != event.option:
            return await _too_late(reward, customer, store)
        await _book(before, reward, event, store)
    values = {"gain": await worth_of(reward, store), "free": Day(reward.pending_until)}
    story = "ready" if reward.state == RewardState.AVAILABLE else "pending"
    on_balance = "-on-balance" if reward.delivery == "balance" and story == "ready" else ""
    buttons: list[Button] = [again(reward), REWARDS]
    if story == "ready" and not on_balance:
        buttons.insert(0, Act(label="rewarding.button-claim", action="claim", about=reward.id, values=values))
    message = Message(key=f"picking.picked-{story}{on_balance}", values=values, buttons=(tuple(buttons),))
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone)


def is_open(reward: Reward) -> bool:
    """Tell whether there is something to pick, and still time to."""
    return len(reward.options) > 1 and reward.state in OPEN and not reward.spent


async def offer(reward: Reward, store: Store) -> Message:
    """Ask what a reward should be: a line and a button for each option."""
    lines, buttons = [], []
    for option in reward.options:
        values: Mapping[str, Value] = {"gain": await _worth(reward, option, store)}
        mark = "picked" if option["name"] == reward.option else "other"
        lines.append(Phrase(f"picking.option-{mark}", {**values, "what": Phrase(f"picking.kind-{option['kind']}")}))
        buttons.append(
            (
                Act(
                    label="picking.button-pick",
                    action="pick",
                    about=f"{reward.id}.{option['name']}",
                    values={**values, "what": Phrase(f"picking.kind-{option['kind']}")},
                    style="success" if mark == "picked" else "",
                ),
            )
        )
    return Message(key="picking.offer", lines=tuple(lines), buttons=(*buttons, (REWARDS,)))


def again(reward: Reward) -> Act:
    """Return the button that shows what else could be picked."""
    return Act(label="picking.button-change", action="choose", about=reward.id)


async def worth_of(reward: Reward, store: Store) -> Value:
    """Say what a reward is worth, in the words of its terms."""
    return worth(await terms(store, reward.program_id, reward.revision), reward.worth)


async def _worth(reward: Reward, option: Mapping[str, Any], store: Store) -> Value:
    program = await terms(store, reward.program_id, reward.revision)
    return worth(program, Amount(int(option["amount"]), str(option["unit"])))


def _columns(option: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: option[name] for name in ("amount", "unit", "kind", "delivery", "stock")}
    return {**columns, "option": option["name"], "fitted": option.get("fitted", "")}


async def _book(before: Reward, after: Reward, event: OptionPicked, store: Store) -> None:
    mark = event.draw.id("pck")
    state = RewardState(before.state)
    await store.ledger.book(before, ledger.take_back(f"unpick:{mark}", before.worth, state), event.at)
    await store.ledger.book(after, ledger.give_back(f"pick:{mark}", after.worth, state), event.at)


def _not_theirs(customer: Customer | None) -> Outcome:
    message = Message(key="rewarding.not-yours", buttons=((REWARDS,),))
    return Outcome(answers=(message,), language=customer.language if customer else None, refused="not-yours")


async def _too_late(reward: Reward, customer: Customer, store: Store) -> Outcome:
    values = {"gain": await worth_of(reward, store)}
    message = Message(key="picking.too-late", values=values, buttons=((REWARDS, SHARE),))
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone, refused="too-late-to-pick")
