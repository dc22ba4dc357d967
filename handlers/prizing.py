"""A prize becomes a reward: granted once for its occasion, told to whoever won it and to the team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers import capping, spending
from handlers.capping import Refusal
from handlers.events import Event
from handlers.menu import REWARDS, SHARE, why_button
from handlers.outcome import Notice, NoticeKind, TeamPost
from handlers.passing_on import has_team
from handlers.picking import again, is_open
from handlers.programs import terms, worth
from handlers.rewarding import claim_button
from messages.message import Button, Day, Message, NameOf, Phrase, Value
from referrals import ledger
from referrals.caps import Asked, Owners
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
    refusal: Refusal | None = None  # the limit that had no room for it


async def grant(prize: Prize, event: Event, store: Store) -> list[Prize]:
    """Give a prize, available at once, or deny it where a limit is full; nothing when it was given, or is nothing."""
    options = [option for option in prize.rule.options if _amount(option).minor]
    if not options:
        return []
    owners = Owners(advocate=prize.customer, friend="", referral="")
    asked = Asked(prize.rule.side, [_amount(option) for option in options])
    takes, refusal = await capping.take(asked, prize.program, event.at, owners=owners, store=store)
    reward = replace(_reward(prize, options, event), takes=takes)
    if refusal is not None:
        reward = capping.denied(reward, refusal, event.at)
    if not await store.rewards.add(reward):
        await store.caps.give_back(reward.id, reward.program_id, takes)
        return []
    if refusal is not None:
        trace, about = refusal.decision.to_json(), reward.id
        await store.decisions.add(
            event.draw.id("dec", about), about=about, customer=prize.customer, trace=trace, at=event.at
        )
    else:
        await book_available(reward, event.at, store)
        if reward.delivery == Delivery.BALANCE:
            await spending.pay_off(reward.customer_id, reward.unit, event, store)
    return [replace(prize, reward=reward, refusal=refusal)]


def _reward(prize: Prize, options: Sequence[Option], event: Event) -> Reward:
    first = options[0]
    return Reward(
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


async def told(prizes: Sequence[Prize], event: Event, store: Store) -> tuple[list[Notice], list[TeamPost]]:
    """Tell the winners what they have won, and the team who did."""
    notices = [await _notice(prize, prize.reward, store) for prize in prizes if prize.reward is not None]
    if not prizes or not await has_team(store):
        return notices, []
    lines = [_team_line(prize) for prize in prizes[:MOST_LISTED]]
    if len(prizes) > MOST_LISTED:
        lines.append(Phrase("informing.and-more", {"more": len(prizes) - MOST_LISTED}))
    message = Message(key="winning.team", values={"count": len(prizes)}, lines=tuple(lines))
    return notices, [TeamPost(message=message, key=f"won:{event.draw.id('won', prizes[0].occasion)}")]


def _team_line(prize: Prize) -> Phrase:
    values: dict[str, Value] = {"name": NameOf(prize.customer), "gain": _gain(prize), **prize.values}
    if prize.refusal is not None:
        return Phrase("winning.team-denied", {**values, "limit": prize.refusal.take.cap.name})
    return Phrase(f"winning.team-{prize.story}", values)


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
    if prize.refusal is not None:
        return _refused(prize, reward, prize.refusal, values)
    lines: tuple[Phrase, ...] = ()
    if reward.expires_at is not None:
        lines = (Phrase("winning.until", {"expires": Day(reward.expires_at)}),)
    buttons: list[Button] = [REWARDS] if reward.delivery == Delivery.BALANCE else [await claim_button(reward, store)]
    if is_open(reward):
        buttons.append(again(reward))
    message = Message(key=f"winning.{prize.story}", values=values, lines=lines, buttons=(tuple(buttons),))
    return Notice(to=prize.customer, kind=NoticeKind.REWARD, key=f"won:{reward.id}", message=message)


def _refused(prize: Prize, reward: Reward, refusal: Refusal, values: Mapping[str, Value]) -> Notice:
    """Say what somebody has reached all the same, and why there is nothing on top for it."""
    message = Message(
        key=f"winning.denied-{prize.story}",
        values={**values, "why": capping.why(refusal, prize.program)},
        lines=capping.opens_again(refusal, prize.program, reward.earned_at),
        buttons=((why_button(reward.id),), (REWARDS, SHARE)),
    )
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
