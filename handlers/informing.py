"""The team's channel hears what it should know: completed referrals, parked updates, decisions that wait."""

from dataclasses import replace

from handlers.acquaintance import called
from handlers.events import DecisionHandled
from handlers.outcome import Outcome, TeamPost
from handlers.passing_on import has_team, platform_name
from handlers.programs import terms, worth
from handlers.staffing import no_access, team_member
from messages.message import Act, Code, Member, Message, NameOf, Phrase, Value
from referrals.rewarding import Side
from storage.decisions import Decision
from storage.referrals import Referral
from storage.rewards import Reward
from storage.store import Store

# More than these nobody reads in one message; `stats` counts them all.
MOST_LISTED = 10
DECIDES = "manager"
ENDED = ("denied", "revoked")


async def on_decision_handled(event: DecisionHandled, store: Store) -> Outcome:
    """Close a decision that a team member has dealt with, once."""
    if await team_member(event, store, at_least=DECIDES) is None:
        return await no_access(event, store, at_least=DECIDES)
    decision = await store.decisions.by_id(event.decision)
    if decision is None or not await store.decisions.settle(decision.id):
        return Outcome(answers=(Message(key="informing.handled-already"),))
    customer = await store.customers.by_id(decision.customer_id) if decision.customer_id else None
    # An answer leaves at once: no outbox looks the name up for it.
    waited = _waiting(decision, called(customer.first_name if customer else ""))
    by = Phrase("informing.handled-by", {"member": Member(event.by.identity.platform, event.by.identity.subject)})
    settled = replace(waited, lines=(*waited.lines, by), buttons=(), in_place=True)
    return Outcome(answers=(settled,))


async def tell_of_decision(decision: str, store: Store) -> tuple[TeamPost, ...]:
    """Tell the team of a decision that waits for it."""
    kept = await store.decisions.by_id(decision)
    if kept is None or not await has_team(store):
        return ()
    return (TeamPost(message=_waiting(kept), key=f"decision:{kept.id}"),)


async def tell_of_parked(platform: str, update: str, decision: str, store: Store) -> tuple[TeamPost, ...]:
    """Tell the team of an update that was set aside."""
    kept = await store.decisions.by_id(decision)
    if kept is None or not await has_team(store):
        return ()
    return (TeamPost(message=_waiting(kept), key=f"parked:{platform}:{update}"),)


async def tell_of_completed(completed: list[str], store: Store) -> tuple[TeamPost, ...]:
    """Tell the team of the referrals that were completed in one go, in one message."""
    if not completed or not await has_team(store):
        return ()
    shown = [await store.referrals.by_id(referral) for referral in completed[:MOST_LISTED]]
    found = [referral for referral in shown if referral is not None]
    rewards = await store.rewards.of_both_sides(referral.id for referral in found)
    lines = [await _completed(referral, rewards, store) for referral in found]
    if len(completed) > MOST_LISTED:
        lines.append(Phrase("informing.and-more", {"more": len(completed) - MOST_LISTED}))
    message = Message(key="informing.completed", values={"count": len(completed)}, lines=tuple(lines))
    return (TeamPost(message=message, key=f"completed:{completed[0]}"),)


async def _completed(referral: Referral, rewards: list[Reward], store: Store) -> Phrase:
    program = await terms(store, referral.program_id, referral.revision)
    gains: dict[str, Value] = {
        reward.side: worth(program, reward.worth)
        for reward in rewards
        if reward.referral_id == referral.id and reward.state not in ENDED
    }
    nothing = Phrase("words.nothing")
    values: dict[str, Value] = {
        "advocate": NameOf(referral.advocate_id),
        "friend": NameOf(referral.friend_id),
        "advocate-gain": gains.get(Side.ADVOCATE, nothing),
        "friend-gain": gains.get(Side.FRIEND, nothing),
    }
    return Phrase("informing.completed-line", values)


def _waiting(decision: Decision, name: NameOf | Phrase | str = "") -> Message:
    """Put a decision that waits into words: what happened, what it means, what to do."""
    trace = decision.trace
    handled = Act(label="informing.button-handled", action="handled", about=decision.id)
    if trace["outcome"] == "update-parked":
        values: dict[str, Value] = {
            "platform": platform_name(str(trace["rule"])),
            "number": decision.about,
            "error": Code(str(trace["saw"])),
        }
        return Message(key="informing.parked", values=values, buttons=((handled,),))
    asked = decision.customer_id or ""
    values = {"name": name or NameOf(asked), "mine": Code(asked), "other": Code(decision.about)}
    return Message(key="informing.other-account", values=values, buttons=((handled,),))
