"""Someone asks why something is as it is, by the button beside it: a reward or a referral of theirs."""

from datetime import datetime

from handlers import reasons
from handlers.acquaintance import recognize
from handlers.events import WhyAsked
from handlers.menu import HUMAN, PANEL_REWARDS, PANEL_STATUS, SHARE
from handlers.outcome import Outcome
from handlers.passing_on import has_team
from handlers.reasons import Reason
from handlers.rewarding import lines_of as reward_lines
from handlers.standing import lines_of as referral_lines
from handlers.standing import where_friend_stands
from messages.message import Act, Day, Message, Phrase
from referrals.denials import DENIALS, remedy_for
from storage.customers import Customer
from storage.referrals import Referral
from storage.store import Store

# The one button that a way out has; of the others the line says enough.
ASK_CONDITIONS = Act(label="explaining.button-conditions", action="ask", about="conditions")
ASK_CODE = Act(label="explaining.button-code", action="ask", about="code")
WAYS_OUT = {"share-again": SHARE, "buy-again": ASK_CONDITIONS, "buy-more": ASK_CONDITIONS, "use-link": ASK_CODE}
UNTOLD = frozenset({"none", "ask"})


async def on_why_asked(event: WhyAsked, store: Store) -> Outcome:
    """Say why a reward or a referral is where it is, what helps, and whether the team may decide otherwise; a read."""
    customer = await recognize(event, store)
    if customer is None:
        return _not_theirs(None)
    reward = await store.rewards.seen(event.about)
    if reward is not None:
        if reward.customer_id != customer.id:
            return _not_theirs(customer)
        [line] = await reward_lines([reward], customer, event.at, store)
        reason = await reasons.of_reward(reward, customer, event.at, store)
        return await _answered(customer, line, reason, PANEL_REWARDS, store)
    referral = await store.referrals.by_id(event.about)
    if referral is None or customer.id not in {referral.advocate_id, referral.friend_id}:
        return _not_theirs(customer)
    line = await _line(referral, customer, store)
    reason = await reasons.of_referral(referral, customer, event.at, store)
    return await _answered(customer, line, reason, PANEL_STATUS, store)


async def ways_on(reason: Reason, store: Store) -> tuple[list[Phrase], list[Act]]:
    """Say what helps after a denial, each with its one button, and how an appeal stands or is made."""
    if not reason.code:
        return [], []
    remedy = remedy_for(reason.code, reason.side)
    lines = [] if remedy in UNTOLD else [Phrase(f"explaining.way-out-{remedy}")]
    buttons = [WAYS_OUT[remedy]] if remedy in WAYS_OUT else []
    if not DENIALS[reason.code].can_appeal or not await has_team(store):
        return lines, buttons
    asked = await store.appeals.of_decision(reason.about, reason.code)
    if asked is not None:
        return [*lines, said_of(asked.state, asked.settled_at or asked.asked_at)], buttons
    if not reason.about:
        return [*lines, Phrase("explaining.appeal")], [*buttons, HUMAN]
    return [*lines, Phrase("appealing.can-be")], [*buttons, appeal_button(reason)]


def said_of(state: str, day: datetime) -> Phrase:
    """Say how a case stands, to whoever asked."""
    return Phrase(f"appealing.is-{state}", {"day": Day(day)})


def appeal_button(reason: Reason) -> Act:
    """Return the button that asks the team to decide again."""
    return Act(label="appealing.button-appeal", action="appeal", about=reason.about)


async def _answered(customer: Customer, line: Phrase, reason: Reason, back: Act, store: Store) -> Outcome:
    helps, buttons = await ways_on(reason, store)
    rows = (*((button,) for button in buttons), (back,))
    message = Message(key="justifying.why", lines=(line, *reason.lines, *helps), buttons=rows)
    return Outcome(answers=(message,), language=customer.language, zone=customer.zone)


async def _line(referral: Referral, customer: Customer, store: Store) -> Phrase:
    if referral.advocate_id == customer.id:
        return (await referral_lines([referral], customer.id, store))[0]
    return Phrase("standing.own", {"line": await where_friend_stands(referral, store)})


def _not_theirs(customer: Customer | None) -> Outcome:
    message = Message(key="justifying.not-yours", buttons=((PANEL_STATUS, PANEL_REWARDS),))
    return Outcome(answers=(message,), language=customer.language if customer else None, refused="not-yours")
