"""A prize becomes a reward: granted once for its occasion, told to whoever won it and to the team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers import spending
from handlers.events import Event
from handlers.menu import REWARDS
from handlers.outcome import Notice, NoticeKind, TeamPost
from handlers.passing_on import has_team
from handlers.picking import again, is_open
from handlers.programs import terms, worth
from handlers.rewarding import claim_button
from messages.message import Button, Day, Message, NameOf, Phrase, Value
from referrals import ledger
from referrals.decisions import Decision
from referrals.ledger import RewardState
from referrals.money import Amount
from referrals.program import Contest, Program, Raffle
from referrals.rewarding import Delivery, Fixed, Option, RewardRule
from storage.prizes import named
from storage.rewards import Reward
from storage.store import Store

# More than these nobody reads in one message.
MOST_LISTED = 10


@dataclass(frozen=True, kw_only=True)
class Prize:
    """What somebody has won, and for what."""

    story: str
    occasion: str
    customer: str
    rule: RewardRule
    program: Program
    values: Mapping[str, int] = field(default_factory=dict)
    reward: Reward | None = None


async def grant(prize: Prize, event: Event, store: Store) -> list[Prize]:
    """Give a prize, available at once; nothing when it was given before, or is worth nothing."""
    options = [option for option in prize.rule.options if _amount(option).minor]
    if not options:
        return []
    first = options[0]
    reward = Reward(
        id=event.draw.id("rwd", f"{prize.occasion}:{prize.customer}"),
        program_id=prize.program.id,
        referral_id=None,
        goal=prize.occasion.split(":")[1],
        side=prize.rule.side,
        occurrence=1,
        occasion=prize.occasion,
        customer_id=prize.customer,
        event_id=None,
        revision=prize.program.revision,
        amount=_amount(first).minor,
        unit=_amount(first).unit,
        kind=first.kind,
        delivery=first.delivery,
        stock=first.stock,
        options=[_option(option) for option in options] if len(options) > 1 else [],
        fitted="fixed",
        state=RewardState.AVAILABLE,
        pending_until=event.at,
        expires_at=expires(prize.rule, event.at),
        earned_at=event.at,
    )
    if not await store.rewards.add(reward):
        return []
    await book_available(reward, event.at, store)
    if reward.delivery == Delivery.BALANCE:
        await spending.pay_off(reward.customer_id, reward.unit, event, store)
    return [Prize(**{**vars(prize), "reward": reward})]


async def told(prizes: Sequence[Prize], event: Event, store: Store) -> tuple[list[Notice], list[TeamPost]]:
    """Tell the winners what they have won, and the team who did."""
    notices = [await _notice(prize, prize.reward, store) for prize in prizes if prize.reward is not None]
    if not prizes or not await has_team(store):
        return notices, []
    lines = [
        Phrase(
            f"winning.team-{prize.story}",
            {"name": NameOf(prize.customer), "gain": _gain(prize), **prize.values},
        )
        for prize in prizes[:MOST_LISTED]
    ]
    if len(prizes) > MOST_LISTED:
        lines.append(Phrase("informing.and-more", {"more": len(prizes) - MOST_LISTED}))
    message = Message(key="winning.team", values={"count": len(prizes)}, lines=tuple(lines))
    return notices, [TeamPost(message=message, key=f"won:{event.draw.id('won', prizes[0].occasion)}")]


async def keep(prize: Contest | Raffle, outcome: str, slot: str, event: Event, store: Store, **more: object) -> None:
    """Store the decision about a period, so that anybody can check it later."""
    table = "raffles" if isinstance(prize, Raffle) else "contests"
    rule = f"{table}.{prize.name}"
    trace: dict[str, object] = dict(Decision(outcome=outcome, rule=rule, saw=str(more.pop("saw", ""))).to_json())
    trace |= {"slot": slot, **more}
    # A name and a slot may be longer than an id.
    about, decision = named(f"{rule}:{slot}"), event.draw.id("dec", f"{rule}:{slot}:{more}")
    await store.decisions.add(decision, about=about, customer=None, trace=trace, at=event.at)


async def values_of(reward: Reward, store: Store) -> dict[str, Value]:
    """Say what a prize is worth, in the words of its terms."""
    return {"gain": worth(await terms(store, reward.program_id, reward.revision), reward.worth)}


def expires(rule: RewardRule, at: datetime) -> datetime | None:
    """Say until when a reward can be used that becomes available now; nothing when it never expires."""
    return at + rule.expiry.after if rule.expiry.after is not None else rule.expiry.on


async def book_available(reward: Reward, at: datetime, store: Store) -> None:
    """Book a reward that has no hold to wait for."""
    await store.ledger.book(reward, ledger.grant(reward.worth), at)
    step = ledger.advance("release", reward.worth, RewardState.PENDING, RewardState.AVAILABLE)
    await store.ledger.book(reward, step, at)


async def _notice(prize: Prize, reward: Reward, store: Store) -> Notice:
    values: dict[str, Value] = {"gain": _gain(prize), **prize.values}
    lines: tuple[Phrase, ...] = ()
    if reward.expires_at is not None:
        lines = (Phrase("winning.until", {"expires": Day(reward.expires_at)}),)
    buttons: list[Button] = [REWARDS] if reward.delivery == Delivery.BALANCE else [await claim_button(reward, store)]
    if is_open(reward):
        buttons.append(again(reward))
    message = Message(key=f"winning.{prize.story}", values=values, lines=lines, buttons=(tuple(buttons),))
    return Notice(to=prize.customer, kind=NoticeKind.REWARD, key=f"won:{reward.id}", message=message)


def _gain(prize: Prize) -> Value:
    return worth(prize.program, _amount(prize.rule.first))


def _amount(option: Option) -> Amount:
    """A prize belongs to no purchase: only a fixed size says what it is worth."""
    return option.size.amount if isinstance(option.size, Fixed) else Amount(0, option.unit)


def _option(option: Option) -> dict[str, object]:
    amount = _amount(option)
    kept = {"name": option.name, "amount": amount.minor, "unit": amount.unit, "fitted": "fixed"}
    return {
        **kept,
        "kind": option.kind.value,
        "delivery": option.delivery.value,
        "stock": option.stock,
    }
