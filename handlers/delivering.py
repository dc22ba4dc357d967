"""Somebody of the team hands a reward over, or says why it cannot be; codes go to those who wait for one."""

from handlers.events import DeliveriesDue, DeliveryAnswered, DeliverySettled, Event
from handlers.menu import HUMAN, REWARDS, SHARE, why_button
from handlers.outcome import Notice, NoticeKind, Outcome, TeamPost
from handlers.passing_on import has_team
from handlers.picking import worth_of
from handlers.refusing import Refused
from handlers.staffing import no_access, team_member
from handlers.stocking import give_code
from messages.message import Act, Button, Code, Member, Message, NameOf, Phrase, Said, Value
from referrals import ledger
from referrals.ledger import RewardState
from referrals.rewarding import Delivery as Way
from referrals.rewarding import Kind
from storage.deliveries import DONE, FAILED, WAITING, Delivery
from storage.rewards import Reward
from storage.store import Store

HANDS_OVER = "cashier"
PAYS_OUT = "manager"
CHUNK = 50
DONE_ANSWER, CANNOT, STILL_WAITS = "done", "cannot", "waits"
# Why it cannot be: with these the customer has it back and may ask again, or picks something else …
COMES_BACK = ("later", "details")
# … and with these it is over.
IS_OVER = ("gone", "terms")
WITHDRAWN = "withdrawn"


async def ask_team(reward: Reward, event: Event, store: Store) -> tuple[TeamPost, ...]:
    """Ask the team to hand a claimed reward over."""
    await store.deliveries.ask(reward.id, Way.TEAM.value, event.at)
    if not await has_team(store):
        return ()
    # It may be asked for again after it could not be done.
    return (TeamPost(message=await _asked(reward, store), key=f"deliver:{reward.id}:{event.draw.id('ask')}"),)


async def on_delivery_answered(event: DeliveryAnswered, store: Store) -> Outcome:
    """Take what somebody of the team says about a reward that waits for them, once."""
    reward = await store.rewards.by_id(event.reward)
    role = PAYS_OUT if reward is not None and reward.kind == Kind.PAYOUT else HANDS_OVER
    if await team_member(event, store, at_least=role) is None:
        return await no_access(event, store, at_least=role)
    waits = await store.deliveries.of_reward(event.reward) if reward else None
    if reward is None or waits is None or not _is_awaited(waits, reward):
        return Outcome(answers=(Message(key="delivering.answered-already"),))
    match event.answer:
        case "cannot":
            return Outcome(answers=(await _why_not(reward, store),))
        case "waits":
            return Outcome(answers=(await _asked(reward, store, in_place=True),))
    by = {"by_platform": event.by.identity.platform, "by_subject": event.by.identity.subject}
    is_done = event.answer == DONE_ANSWER
    notice = await _settle(
        reward,
        event,
        store,
        reason="" if is_done else event.answer,
        is_over=event.answer in IS_OVER,
        by=by,
    )
    return Outcome(answers=(await _settled(reward, event, store),), notices=(notice,))


async def on_delivery_settled(event: DeliverySettled, store: Store) -> Outcome:
    """Take the same from whoever runs the machine, with a reason in their own words."""
    reward = await store.rewards.by_id(event.reward)
    waits = await store.deliveries.of_reward(event.reward) if reward else None
    if reward is None or waits is None or waits.delivery != Way.TEAM:
        raise Refused("unknown-delivery")
    if not _is_awaited(waits, reward):
        raise Refused("delivery-settled", reply={"state": reward.state})
    notice = await _settle(
        reward, event, store, reason="" if event.is_done else event.because, is_over=event.is_over, by={}
    )
    fresh = await store.rewards.by_id(reward.id) or reward
    return Outcome(reply={"reward": reward.id, "state": fresh.state}, notices=(notice,))


async def on_deliveries_due(event: DeliveriesDue, store: Store) -> Outcome:
    """Give codes that have come to those who wait longest, and end requests whose reward was taken back."""
    notices: list[Notice] = []
    posts: list[TeamPost] = []
    servable = await store.deliveries.take_servable(CHUNK)
    for waits in servable:
        reward = await store.rewards.by_id(waits.reward_id)
        if reward is None or reward.state != RewardState.CLAIMED:
            continue
        given, told = await give_code(reward, event, store)
        posts += told
        if given is not None:
            notices.append(await _notice(given, "code-is-there", store))
    withdrawn = await store.deliveries.take_withdrawn(CHUNK)
    for waits in withdrawn:
        ended = await store.deliveries.end(waits.reward_id, FAILED, at=event.at, reason=WITHDRAWN)
        if ended is not None and ended.delivery == Way.TEAM:
            posts += await _withdrawn(waits.reward_id, store)
    return Outcome(notices=tuple(notices), posts=tuple(posts), more=CHUNK in {len(servable), len(withdrawn)})


def _is_awaited(waits: Delivery, reward: Reward) -> bool:
    is_waiting = waits.state == WAITING and reward.state == RewardState.CLAIMED
    return is_waiting and waits.delivery == Way.TEAM


async def _settle(
    reward: Reward, event: Event, store: Store, *, reason: str, is_over: bool, by: dict[str, str]
) -> Notice:
    """Book what became of a reward, and tell its owner."""
    await store.deliveries.end(reward.id, FAILED if reason else DONE, at=event.at, reason=reason or None, **by)
    to = RewardState.REDEEMED if not reason else RewardState.DENIED if is_over else RewardState.AVAILABLE
    values: dict[str, object] = {} if to is RewardState.AVAILABLE else {"ended_at": event.at}
    if to is RewardState.AVAILABLE:
        values["claimed_at"] = None
        values |= await _more_time(reward, event, store)
    if to is RewardState.DENIED:
        values["reason"] = "not-delivered"
    moved = await store.rewards.move(reward.id, states=[RewardState.CLAIMED], to=to, **values)
    if moved is None:
        raise LookupError("A reward that is held was moved by somebody else.")
    if to is RewardState.DENIED:
        await store.caps.give_back(moved.id, moved.program_id, moved.takes)
    # It may be refused and asked for again several times: each time is a step of its own.
    word = "redeem" if to is RewardState.REDEEMED else f"refuse:{event.draw.id('stp')}"
    await store.ledger.book(moved, ledger.advance(word, moved.worth, RewardState.CLAIMED, to), event.at)
    return await _told(moved, reason, event, store)


async def _more_time(reward: Reward, event: Event, store: Store) -> dict[str, object]:
    """While it waited its time went by, and that was not the customer's doing."""
    waits = await store.deliveries.of_reward(reward.id)
    if reward.expires_at is None or waits is None:
        return {}
    return {"expires_at": reward.expires_at + (event.at - waits.asked_at)}


async def _told(reward: Reward, reason: str, event: Event, store: Store) -> Notice:
    if not reason:
        return await _notice(reward, "handed-over", store)
    why: Value = Phrase(f"delivering.why-{reason}") if reason in (*COMES_BACK, *IS_OVER) else Said(reason)
    story = "denied" if reward.state == RewardState.DENIED else "came-back"
    return await _notice(reward, story, store, mark=event.draw.id("ntc"), why=why)


async def _notice(reward: Reward, story: str, store: Store, *, mark: str = "", why: Value = "") -> Notice:
    values: dict[str, Value] = {"gain": await worth_of(reward, store), "why": why}
    buttons: tuple[Button, ...] = (REWARDS, HUMAN) if why else (REWARDS, SHARE)
    if story == "denied":
        buttons = (why_button(reward.id), *buttons)
    if story == "code-is-there":
        buttons = (Act(label="rewarding.button-show-code", action="claim", about=reward.id, values=values),)
    message = Message(key=f"delivering.{story}", values=values, buttons=(buttons,))
    key = ":".join(part for part in (story, reward.id, mark) if part)
    return Notice(to=reward.customer_id, kind=NoticeKind.REWARD, key=key, message=message)


async def _asked(reward: Reward, store: Store, *, in_place: bool = False) -> Message:
    done = Act(label="delivering.button-done", action="deliver", about=f"{reward.id}.{DONE_ANSWER}", style="success")
    cannot = Act(label="delivering.button-cannot", action="deliver", about=f"{reward.id}.{CANNOT}")
    values = await _about(reward, store, in_place=in_place)
    return Message(key="delivering.asked", values=values, buttons=((done, cannot),), in_place=in_place)


async def _why_not(reward: Reward, store: Store) -> Message:
    rows: list[tuple[Button, ...]] = [
        (Act(label=f"delivering.button-{reason}", action="deliver", about=f"{reward.id}.{reason}"),)
        for reason in (*COMES_BACK, *IS_OVER)
    ]
    back = Act(label="delivering.button-back", action="deliver", about=f"{reward.id}.{STILL_WAITS}")
    values = await _about(reward, store, in_place=True)
    return Message(key="delivering.why-not", values=values, buttons=(*rows, (back,)), in_place=True)


async def _settled(reward: Reward, event: DeliveryAnswered, store: Store) -> Message:
    values = await _about(reward, store, in_place=True)
    values["member"] = Member(event.by.identity.platform, event.by.identity.subject)
    story = "is-done" if event.answer == DONE_ANSWER else f"is-{event.answer}"
    return Message(key="delivering.asked", values=values, lines=(Phrase(f"delivering.{story}", values),), in_place=True)


async def _withdrawn(reward: str, store: Store) -> tuple[TeamPost, ...]:
    found = await store.rewards.by_id(reward)
    if found is None or not await has_team(store):
        return ()
    message = Message(key="delivering.withdrawn", values=await _about(found, store))
    return (TeamPost(message=message, key=f"withdrawn:{reward}"),)


async def _about(reward: Reward, store: Store, *, in_place: bool = False) -> dict[str, Value]:
    """Say whose reward it is and what; an answer leaves at once, so no outbox looks the name up for it."""
    customer = await store.customers.by_id(reward.customer_id) if in_place else None
    name: Value = (customer.first_name or Phrase("words.a-friend")) if customer else NameOf(reward.customer_id)
    return {
        "name": name,
        "gain": await worth_of(reward, store),
        "what": Phrase(f"picking.kind-{reward.kind}"),
        "reward": Code(reward.id),
        "customer": Code(reward.customer_id),
    }


def is_answer(answer: str) -> bool:
    """Tell whether a button of ours can say this."""
    return answer in {DONE_ANSWER, CANNOT, STILL_WAITS, *COMES_BACK, *IS_OVER}
